import TerminalUI

/// The last row: what can be done, for the eye and for the mouse.
struct Footer {
  /// The entries with the columns in which they begin.
  private let entries: [(x: Int, entry: Bindings<Command>.FooterEntry)]

  init(_ bindings: Bindings<Command>, width: Int) {
    var next = 1
    entries = bindings.footer(width: width - 2).map { entry in
      defer { next += entry.width + 2 }
      return (next, entry)
    }
  }

  /// A word on what just happened, in as many of the last rows as it needs.
  static func draw(notice: String, into canvas: inout Canvas, theme: Theme) {
    let size = canvas.size
    let lines = notice.fitted(width: size.width - 2, height: max(1, size.height / 3))
    for (row, line) in lines.enumerated() {
      let y = size.height - lines.count + row
      canvas.fill(Rect(x: 0, y: y, width: size.width, height: 1), Cell(glyph: " ", style: theme.style(.text)))
      canvas.put(line, x: 1, y: y, style: theme.style(.alert), width: size.width - 2)
    }
  }

  /// The command that a click on a column means.
  func command(at column: Int) -> Command? {
    entries.first { ($0.x..<($0.x + $0.entry.width)).contains(column) }.flatMap { $0.entry.command(at: column - $0.x) }
  }

  func draw(into canvas: inout Canvas, theme: Theme) {
    let y = canvas.size.height - 1
    for (x, entry) in entries {
      let next = canvas.put(entry.keys, x: x, y: y, style: theme.style(.key))
      canvas.put(" \(entry.words)  ", x: next, y: y, style: theme.style(.dim), width: canvas.size.width - next)
    }
  }
}
