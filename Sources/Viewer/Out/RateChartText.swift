import Letters
import TerminalUI

extension RateChart {
  /// The chart in letters, its series told apart by their marks and by how dense their lines are.
  /// - Parameter size: columns and rows in all; less than 40×14 leaves things out.
  public func text(size: Size, glyphs: GlyphSet) -> String {
    var drawing = RateChartDrawing(chart: self, size: size)
    drawing.draw()
    return drawing.canvas.rendered(with: glyphs).text()
  }
}

/// A chart on a canvas: a title, the plot with its axes, and the legend.
private struct RateChartDrawing {
  let chart: RateChart
  var canvas: Canvas
  /// Where the plot is.
  private let plot: Rect
  /// Dots of braille, by cell.
  private var dots: [Point: UInt32] = [:]

  private static let marks: [Unicode.Scalar] = ["●", "×", "◆", "○", "■", "▲"]
  /// Of how many dots of a line the first are drawn, and how many.
  private static let dashes = [(of: 1, drawn: 1), (of: 4, drawn: 1), (of: 8, drawn: 4), (of: 6, drawn: 2)]

  init(chart: RateChart, size: Size) {
    self.chart = chart
    canvas = Canvas(size: size)
    let legendRows = RateChartDrawing.legend(of: chart, width: size.width - 6).count
    plot = Rect(x: 6, y: 3, width: max(1, size.width - 8), height: max(1, size.height - 7 - legendRows))
  }

  mutating func draw() {
    canvas.put(chart.title, x: 0, y: 0)
    canvas.put(chart.yTitle, x: 0, y: 1)
    canvas.put(chart.note, endingAt: plot.maxX, y: 1)
    drawAxes()
    for (number, series) in chart.series.enumerated() { drawLine(series, number) }
    for (cell, dots) in dots { canvas[cell] = Cell(Unicode.Scalar(0x2800 + dots) ?? " ") }
    for (number, series) in chart.series.enumerated() { drawPoints(series, number) }
    for (row, text) in RateChartDrawing.legend(of: chart, width: canvas.size.width - 6).enumerated() {
      canvas.put(text, x: plot.x, y: plot.maxY + 4 + row)
    }
  }

  private mutating func drawAxes() {
    for y in plot.y..<plot.maxY { canvas[plot.x - 1, y] = Cell("│") }
    for (rate, label) in [(0, "0.00"), (0.25, "0.25"), (0.5, "0.50"), (0.75, "0.75"), (1, "1.00")] {
      canvas.put(label + "┤", x: 1, y: row(of: rate))
    }
    canvas[plot.x - 1, plot.maxY] = Cell("└")
    canvas.put(String(repeating: "─", count: plot.width), x: plot.x, y: plot.maxY)
    var free = 0
    for (index, tick) in chart.ticks.enumerated() {
      let x = column(of: index)
      canvas[x, plot.maxY] = Cell("┬")
      // Where labels would touch, some are left out.
      let left = x - tick.count / 2
      if left >= free { free = canvas.put(tick, x: left, y: plot.maxY + 1) + 1 }
    }
    canvas.put(chart.xTitle, x: max(0, plot.x + (plot.width - chart.xTitle.columns) / 2), y: plot.maxY + 2)
  }

  /// The line through the means, four dots a row and two a column.
  private mutating func drawLine(_ series: RateChart.Series, _ number: Int) {
    let dash = RateChartDrawing.dashes[number % RateChartDrawing.dashes.count]
    for index in series.points.indices.dropLast() {
      let from = (x: (column(of: index) + shift(number)) * 2, y: dot(of: series.points[index].mean))
      let to = (x: (column(of: index + 1) + shift(number)) * 2, y: dot(of: series.points[index + 1].mean))
      let length = max(abs(to.x - from.x), abs(to.y - from.y), 1)
      for step in 0...length where step % dash.of < dash.drawn {
        let x = from.x + (to.x - from.x) * step / length
        let y = from.y + (to.y - from.y) * step / length
        let bits: [UInt32] = x % 2 == 0 ? [0x01, 0x02, 0x04, 0x40] : [0x08, 0x10, 0x20, 0x80]
        dots[Point(x: x / 2, y: plot.y + y / 4), default: 0] |= bits[y % 4]
      }
    }
  }

  /// Intervals, seeds and above them the means.
  private mutating func drawPoints(_ series: RateChart.Series, _ number: Int) {
    for (index, point) in series.points.enumerated() {
      let x = column(of: index) + shift(number)
      for y in row(of: point.interval.upperBound)...row(of: point.interval.lowerBound) { canvas[x, y] = Cell("│") }
      if point.each.count > 1 {
        for value in point.each { canvas[x, row(of: value)] = Cell("┼") }
      }
      canvas[x, row(of: point.mean)] = Cell(RateChartDrawing.mark(number))
    }
  }

  /// The legend's items in lines of a width.
  private static func legend(of chart: RateChart, width: Int) -> [String] {
    var items = chart.series.enumerated().map { "\(mark($0)) \($1.name)" } + ["│ 95 % interval"]
    if chart.series.contains(where: { $0.points.contains { $0.each.count > 1 } }) { items.append("┼ one seed") }
    return items.reduce(into: []) { lines, item in
      if let last = lines.last, last.columns + 3 + item.columns <= width {
        lines[lines.count - 1] = last + "   " + item
      } else {
        lines.append(item)
      }
    }
  }

  private static func mark(_ number: Int) -> Unicode.Scalar { marks[number % marks.count] }

  private func column(of tick: Int) -> Int {
    plot.x + (2 * tick + 1) * plot.width / (2 * max(1, chart.ticks.count))
  }

  /// Columns by which a series stands beside its tick, so that no mark hides another.
  private func shift(_ number: Int) -> Int {
    let room = plot.width / max(1, chart.ticks.count)
    let twice = 2 * number - (chart.series.count - 1)
    return room >= 2 * chart.series.count + 2 ? twice : twice / 2
  }

  private func dot(of rate: Double) -> Int { Int(((1 - min(1, max(0, rate))) * Double(plot.height * 4 - 1)).rounded()) }

  private func row(of rate: Double) -> Int { plot.y + dot(of: rate) / 4 }
}
