import TerminalUI

extension App {
  /// The least that every room can be drawn in.
  public static let smallest = Size(width: 40, height: 12)

  static func fits(_ size: Size) -> Bool { size.width >= smallest.width && size.height >= smallest.height }

  /// What is shown where no room can be; each line fits into 20 columns.
  static func drawTooSmall(into canvas: inout Canvas, _ theme: Theme) {
    let lines = [
      "Window too small", "have \(canvas.size.width)x\(canvas.size.height)",
      "need \(smallest.width)x\(smallest.height)", "q quits",
    ]
    for (y, line) in lines.enumerated() { canvas.put(line, x: 0, y: y, style: theme.style(.text)) }
  }
}
