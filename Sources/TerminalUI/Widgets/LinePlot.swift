#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Curves over a common axis, drawn with the dots of braille.
public struct LinePlot: Sendable {
  /// One curve: its values stand at equal distances; one that is not finite leaves a gap.
  public struct Series: Sendable {
    /// The values, from left to right.
    public var values: [Double]
    /// How the curve is drawn.
    public var style: Style

    /// A curve through `values`.
    public init(_ values: [Double], style: Style = Style()) {
      (self.values, self.style) = (values, style)
    }
  }

  /// The curves; later ones are drawn over earlier ones.
  public var series: [Series]
  /// What the left and right ends stand for.
  public var horizontal: ClosedRange<Double>
  /// What the lower and upper ends stand for; nil takes the smallest and the largest value.
  public var vertical: ClosedRange<Double>?
  /// The words above the vertical axis.
  public var title: String
  /// The words below the horizontal axis.
  public var caption: String

  /// A plot of `series`.
  public init(
    _ series: [Series], horizontal: ClosedRange<Double> = 0...1, vertical: ClosedRange<Double>? = nil,
    title: String = "", caption: String = ""
  ) {
    (self.series, self.horizontal, self.vertical) = (series, horizontal, vertical)
    (self.title, self.caption) = (title, caption)
  }

  /// Draws axes, labels and curves into `rect`; nothing if it is smaller than 12 by 4.
  public func draw(into canvas: inout Canvas, in rect: Rect, axisStyle: Style = Style()) {
    guard rect.width >= 12, rect.height >= 4 else { return }
    let range = verticalRange
    let area = title.isEmpty ? rect : rect.split(top: 1).rest
    let rows = area.height - 2
    let ticks = Ticks(range, count: max(2, rows / 3 + 1))
    let margin = (ticks.labels.map(\.count).max() ?? 0) + 1
    let field = Rect(x: rect.x + margin, y: area.y, width: rect.width - margin, height: rows)
    canvas.put(title, x: rect.x, y: rect.y, style: axisStyle, width: rect.width)
    for y in field.y..<field.maxY { canvas[field.x - 1, y] = Cell("│", axisStyle) }
    for (value, label) in zip(ticks.values, ticks.labels) {
      let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
      let y = field.maxY - 1 - Int((share * Double(rows - 1)).rounded())
      canvas.put(label, endingAt: field.x - 1, y: y, style: axisStyle)
      canvas[field.x - 1, y] = Cell("┤", axisStyle)
    }
    drawHorizontalAxis(into: &canvas, field: field, style: axisStyle)
    for one in series { drawCurve(one, into: &canvas, field: field, range: range) }
  }

  private func drawHorizontalAxis(into canvas: inout Canvas, field: Rect, style: Style) {
    canvas[field.x - 1, field.maxY] = Cell("└", style)
    for x in field.x..<field.maxX { canvas[x, field.maxY] = Cell("─", style) }
    let left = Ticks.label(horizontal.lowerBound, step: horizontal.upperBound - horizontal.lowerBound)
    let right = Ticks.label(horizontal.upperBound, step: horizontal.upperBound - horizontal.lowerBound)
    canvas.put(left, x: field.x, y: field.maxY + 1, style: style)
    canvas.put(right, endingAt: field.maxX, y: field.maxY + 1, style: style)
    let room = field.width - left.count - right.count - 2
    if caption.count <= room {
      canvas.put(caption, x: field.x + left.count + 1 + (room - caption.count) / 2, y: field.maxY + 1, style: style)
    }
  }

  private func drawCurve(_ series: Series, into canvas: inout Canvas, field: Rect, range: ClosedRange<Double>) {
    let (dotsWide, dotsHigh) = (field.width * 2, field.height * 4)
    let height = range.upperBound - range.lowerBound
    var last: Point?
    for (index, value) in series.values.enumerated() {
      guard value.isFinite else {
        last = nil
        continue
      }
      let across = series.values.count > 1 ? Double(index) / Double(series.values.count - 1) : 0
      let up = min(max((value - range.lowerBound) / height, 0), 1)
      let point = Point(
        x: Int((across * Double(dotsWide - 1)).rounded()),
        y: dotsHigh - 1 - Int((up * Double(dotsHigh - 1)).rounded()))
      for dot in dots(from: last ?? point, to: point) {
        canvas.addDot(dot, in: field, style: series.style)
      }
      last = point
    }
  }

  /// The dots of a straight line, both ends included.
  private func dots(from start: Point, to end: Point) -> [Point] {
    let steps = max(abs(end.x - start.x), abs(end.y - start.y))
    guard steps > 0 else { return [end] }
    return (0...steps).map { step in
      let share = Double(step) / Double(steps)
      return Point(
        x: start.x + Int((share * Double(end.x - start.x)).rounded()),
        y: start.y + Int((share * Double(end.y - start.y)).rounded()))
    }
  }

  /// Never empty: a flat curve lies in the middle.
  private var verticalRange: ClosedRange<Double> {
    let finite = series.lazy.flatMap(\.values).filter(\.isFinite)
    let low = vertical?.lowerBound ?? finite.min() ?? 0
    let high = vertical?.upperBound ?? finite.max() ?? 1
    return high > low && (high - low).isFinite ? low...high : (low - 0.5)...(low + 0.5)
  }
}

extension Canvas {
  /// Adds one dot of braille, of 2 by 4 in each cell of `field`, to those already there.
  fileprivate mutating func addDot(_ dot: Point, in field: Rect, style: Style) {
    let bits: [[UInt32]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]
    let (x, y) = (field.x + dot.x / 2, field.y + dot.y / 4)
    let present = self[x, y].glyph.value
    let dots = (0x2800..<0x2900).contains(present) ? present : 0x2800
    guard let glyph = Unicode.Scalar(dots | bits[dot.y % 4][dot.x % 2]) else { return }
    self[x, y] = Cell(glyph, style)
  }
}

/// Round numbers along an axis.
struct Ticks {
  let values: [Double]
  let labels: [String]

  /// About `count` multiples of 1, 2 or 5 times a power of ten.
  init(_ range: ClosedRange<Double>, count: Int) {
    let rough = (range.upperBound - range.lowerBound) / Double(max(1, count - 1))
    let power = pow(10, floor(log10(rough)))
    let step = [1.0, 2, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999 } ?? rough
    let first = (range.lowerBound / step - 1e-9).rounded(.up)
    let last = (range.upperBound / step + 1e-9).rounded(.down)
    guard step > 0, step.isFinite, last >= first, last - first < 100 else {
      (values, labels) = ([], [])
      return
    }
    values = (0...Int(last - first)).map { (first + Double($0)) * step }
    labels = values.map { Ticks.label($0, step: step) }
  }

  /// `value` with as many decimals as `step` calls for; thousands as `k`, millions as `M`.
  static func label(_ value: Double, step: Double) -> String {
    for (unit, name) in [(1e9, "G"), (1e6, "M"), (1e3, "k")] where abs(value) >= unit * (unit == 1e3 ? 10 : 1) {
      return fixed(value / unit, decimals: step >= unit ? 0 : 1) + name
    }
    let decimals = step > 0 && step.isFinite ? Int(max(0, -floor(log10(step) + 1e-9))) : 0
    return fixed(value, decimals: min(decimals, 6))
  }

  /// `value` rounded to a fixed number of decimals, with no zeros behind the last that counts.
  private static func fixed(_ value: Double, decimals: Int) -> String {
    let scale = pow(10, Double(decimals))
    let scaled = (abs(value) * scale).rounded()
    guard scaled < 1e15 else { return "\(value)" }
    let digits = String(Int(scaled))
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else { return sign + padded }
    var fraction = padded.suffix(decimals)
    while fraction.last == "0" { fraction.removeLast() }
    return sign + padded.dropLast(decimals) + (fraction.isEmpty ? "" : "." + fraction)
  }
}
