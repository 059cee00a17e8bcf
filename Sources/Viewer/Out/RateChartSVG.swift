import Archive
import Letters

extension RateChart {
  /// The chart as a picture that scales; the same chart gives the same text.
  ///
  /// Series differ by colour (Okabe and Ito's palette, the same as on screens), by dash and by marker, so that the
  /// picture reads in grey too.
  public var svg: String { RateChartPicture(chart: self).text }
}

/// A chart laid out on a page.
private struct RateChartPicture {
  let chart: RateChart
  private let plot = (left: 72.0, right: 696.0, top: 72.0, bottom: 340.0)
  private let width = 720.0
  private let legendTop = 412.0

  private static let colors = ["#009E73", "#E69F00", "#0072B2", "#D55E00", "#CC79A7", "#56B4E9", "#000000", "#7F7F7F"]
  private static let dashes = ["", "8 5", "2 4", "12 4 2 4", "5 3", "16 6"]

  var text: String {
    let height = legendTop + Double((legend.map(\.row).max() ?? 0) + 1) * 22 + 6
    var lines = [
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(digits(width)) \(digits(height))\" role=\"img\">",
      "<title>\(safe(chart.title))</title>",
      "<desc>\(safe("\(chart.note). \(description)"))</desc>",
      "<rect width=\"\(digits(width))\" height=\"\(digits(height))\" fill=\"#FFFFFF\"/>",
      "<g font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\" font-size=\"13\" fill=\"#22262B\">",
      words(chart.title, x: 24, y: 28, more: " font-size=\"16\" font-weight=\"bold\""),
      words(chart.note, x: 24, y: 50, more: " fill=\"#5A6068\""),
    ]
    lines += axes
    for (number, series) in chart.series.enumerated() { lines += drawn(series, number) }
    for item in legend { lines += item.lines }
    return (lines + ["</g>", "</svg>"]).joined(separator: "\n") + "\n"
  }

  /// The means in words, for readers who do not see the picture.
  private var description: String {
    chart.series.map { series in
      "\(series.name): "
        + zip(chart.ticks, series.points).map { "\(digits($1.mean, 3)) at \($0)" }.joined(separator: ", ")
    }.joined(separator: "; ") + "."
  }

  private var axes: [String] {
    var lines: [String] = []
    for quarter in 0...4 {
      let y = height(of: Double(quarter) / 4)
      lines.append(line(plot.left, y, plot.right, y, "stroke=\"\(quarter == 0 ? "#22262B" : "#D8DBDF")\""))
      lines.append(
        words(digits(Double(quarter) / 4, 2), x: plot.left - 8, y: y + 4.5, more: " text-anchor=\"end\""))
    }
    lines.append(line(plot.left, plot.top, plot.left, plot.bottom, "stroke=\"#22262B\""))
    for (index, tick) in chart.ticks.enumerated() {
      let x = place(of: index)
      lines.append(line(x, plot.bottom, x, plot.bottom + 5, "stroke=\"#22262B\""))
      lines.append(words(tick, x: x, y: plot.bottom + 21, more: " text-anchor=\"middle\""))
    }
    let (middle, center) = ((plot.left + plot.right) / 2, (plot.top + plot.bottom) / 2)
    lines.append(words(chart.xTitle, x: middle, y: plot.bottom + 46, more: " text-anchor=\"middle\""))
    lines.append(
      words(
        chart.yTitle, x: 20, y: center,
        more: " text-anchor=\"middle\" transform=\"rotate(-90 20 \(digits(center)))\""))
    return lines
  }

  private func drawn(_ series: RateChart.Series, _ number: Int) -> [String] {
    let color = color(of: series)
    let shift = (Double(number) - Double(chart.series.count - 1) / 2) * spacing
    let places = series.points.indices.map { place(of: $0) + shift }
    let corners = zip(places, series.points).map { "\(digits($0)),\(digits(height(of: $1.mean)))" }
    var lines = [
      "<g stroke=\"\(color)\" fill=\"\(color)\">",
      "<polyline points=\"\(corners.joined(separator: " "))\" fill=\"none\" stroke-width=\"2\"\(dash(number))/>",
    ]
    for (x, point) in zip(places, series.points) {
      let (low, high) = (height(of: point.interval.lowerBound), height(of: point.interval.upperBound))
      lines.append(line(x, low, x, high, "stroke-width=\"1.5\""))
      for y in [low, high] { lines.append(line(x - 4, y, x + 4, y, "stroke-width=\"1.5\"")) }
      if point.each.count > 1 {
        for value in point.each {
          lines.append(
            "<circle cx=\"\(digits(x + spacing * 0.45))\" cy=\"\(digits(height(of: value)))\" r=\"2.2\" fill-opacity=\"0.35\""
              + " stroke-opacity=\"0.8\" stroke-width=\"0.8\"/>")
        }
      }
      lines.append(marker(number, x, height(of: point.mean)))
    }
    return lines + ["</g>"]
  }

  /// A sign that tells the series apart without colour.
  private func marker(_ number: Int, _ x: Double, _ y: Double) -> String {
    func polygon(_ corners: [(Double, Double)]) -> String {
      let points = corners.map { "\(digits(x + $0.0)),\(digits(y + $0.1))" }.joined(separator: " ")
      return "<polygon points=\"\(points)\" stroke=\"#FFFFFF\"/>"
    }
    switch number % 6 {
    case 0: return "<circle cx=\"\(digits(x))\" cy=\"\(digits(y))\" r=\"5.5\" stroke=\"#FFFFFF\"/>"
    case 1: return polygon([(-5, -5), (5, -5), (5, 5), (-5, 5)])
    case 2: return polygon([(0, -7), (7, 0), (0, 7), (-7, 0)])
    case 3: return polygon([(0, -6), (6, 5), (-6, 5)])
    case 4: return polygon([(0, 6), (6, -5), (-6, -5)])
    default: return polygon([(-3, -7), (3, -7), (3, 7), (-3, 7)])
    }
  }

  /// The legend in rows that fit the page.
  private var legend: [(row: Int, lines: [String])] {
    var items: [(name: String, sign: (Double, Double) -> [String])] = chart.series.enumerated().map { number, series in
      (
        series.name,
        { x, y in
          [
            "<g stroke=\"\(color(of: series))\" fill=\"\(color(of: series))\">",
            line(x, y, x + 34, y, "stroke-width=\"2\"\(dash(number))"), marker(number, x + 17, y), "</g>",
          ]
        }
      )
    }
    items.append(
      (
        "95 % interval",
        { x, y in
          [
            line(x + 17, y - 7, x + 17, y + 7, "stroke=\"#5A6068\" stroke-width=\"1.5\""),
            line(x + 13, y - 7, x + 21, y - 7, "stroke=\"#5A6068\" stroke-width=\"1.5\""),
            line(x + 13, y + 7, x + 21, y + 7, "stroke=\"#5A6068\" stroke-width=\"1.5\""),
          ]
        }
      ))
    if chart.series.contains(where: { $0.points.contains { $0.each.count > 1 } }) {
      items.append(
        (
          "one seed",
          { x, y in
            [
              "<circle cx=\"\(digits(x + 17))\" cy=\"\(digits(y))\" r=\"2.2\" fill=\"#5A6068\" fill-opacity=\"0.35\""
                + " stroke=\"#5A6068\" stroke-width=\"0.8\"/>"
            ]
          }
        ))
    }
    var (x, row) = (plot.left, 0)
    return items.map { item in
      let room = 42 + Double(item.name.columns) * 7.4 + 18
      if x > plot.left, x + room > width { (x, row) = (plot.left, row + 1) }
      defer { x += room }
      let y = legendTop + Double(row) * 22
      return (row, item.sign(x, y) + [words(item.name, x: x + 42, y: y + 4.5)])
    }
  }

  private func color(of series: RateChart.Series) -> String {
    RateChartPicture.colors[max(0, series.look) % RateChartPicture.colors.count]
  }

  private func dash(_ number: Int) -> String {
    let dash = RateChartPicture.dashes[number % RateChartPicture.dashes.count]
    return dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\""
  }

  /// How far apart the series stand at a tick, with room between them for their seeds.
  private var spacing: Double {
    let room = (plot.right - plot.left) / Double(max(1, chart.ticks.count))
    return min(18, 0.8 * room / Double(max(1, chart.series.count)))
  }

  private func place(of tick: Int) -> Double {
    plot.left + (Double(tick) + 0.5) * (plot.right - plot.left) / Double(max(1, chart.ticks.count))
  }

  private func height(of rate: Double) -> Double {
    plot.bottom - min(1, max(0, rate)) * (plot.bottom - plot.top)
  }

  private func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ stroke: String) -> String {
    "<line x1=\"\(digits(x1))\" y1=\"\(digits(y1))\" x2=\"\(digits(x2))\" y2=\"\(digits(y2))\" \(stroke)/>"
  }

  private func words(_ text: String, x: Double, y: Double, more: String = "") -> String {
    "<text x=\"\(digits(x))\" y=\"\(digits(y))\"\(more)>\(safe(text))</text>"
  }

  private func safe(_ text: String) -> String { SVG.escaped(PlainText.stripped(text, limit: 2_000)) }

  /// A number that is not negative with a fixed count of digits after the point.
  private func digits(_ value: Double, _ count: Int = 1) -> String {
    guard value.isFinite else { return "0" }
    let scale = (0..<count).reduce(1) { scale, _ in scale * 10 }
    let whole = Int((max(0, value) * Double(scale)).rounded())
    let rest = String(whole % scale)
    return "\(whole / scale)." + String(repeating: "0", count: count - rest.count) + rest
  }
}
