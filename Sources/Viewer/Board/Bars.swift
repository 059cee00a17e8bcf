import TerminalUI

/// Glyphs of bars.
enum Bars {
  /// A cell filled from below, by eighths.
  static let eighths: [Unicode.Scalar] = Array("▁▂▃▄▅▆▇█".unicodeScalars)
}

/// A bar of eighths: `███▊`, padded with spaces.
func bar(_ share: Double, width: Int) -> String {
  let eighths = Int((min(1, max(0, share)) * Double(width) * 8).rounded())
  let parts = Array(" ▏▎▍▌▋▊▉")
  let full = eighths / 8
  let rest = full < width && eighths % 8 > 0 ? String(parts[eighths % 8]) : ""
  return String(repeating: "█", count: full) + rest + String(repeating: " ", count: width - full - rest.count)
}

/// Points as a line of braille dots, two columns and four rows of them a cell; dotted, in every other cell.
func drawBraille(
  _ points: [(Double, Double)], x: ClosedRange<Double>, y: ClosedRange<Double>, style: Style, isDotted: Bool = false,
  into canvas: inout Canvas, in rect: Rect
) {
  let (columns, rows) = (rect.width * 2, rect.height * 4)
  guard columns > 1, rows > 1, x.upperBound > x.lowerBound, y.upperBound > y.lowerBound else { return }
  func dot(_ point: (Double, Double)) -> (Int, Int) {
    let right = (point.0 - x.lowerBound) / (x.upperBound - x.lowerBound)
    let up = (point.1 - y.lowerBound) / (y.upperBound - y.lowerBound)
    return (
      max(0, min(columns - 1, Int(right * Double(columns - 1)))),
      max(0, min(rows - 1, rows - 1 - Int((up * Double(rows - 1)).rounded())))
    )
  }
  let bits: [[UInt32]] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]]
  func set(_ column: Int, _ row: Int) {
    if isDotted, column / 2 % 2 == 1 { return }
    let (cellX, cellY) = (rect.x + column / 2, rect.y + row / 4)
    let old = canvas[cellX, cellY].glyph.value
    let before = (0x2800...0x28FF).contains(old) ? old - 0x2800 : 0
    guard let glyph = Unicode.Scalar(0x2800 + (before | bits[column % 2][row % 4])) else { return }
    canvas[cellX, cellY] = Cell(glyph: glyph, style: style)
  }
  var before: (Int, Int)?
  for point in points {
    let here = dot(point)
    if let before {
      let count = max(1, max(abs(here.0 - before.0), abs(here.1 - before.1)))
      for part in 0...count {
        set(before.0 + (here.0 - before.0) * part / count, before.1 + (here.1 - before.1) * part / count)
      }
    } else {
      set(here.0, here.1)
    }
    before = here
  }
}
