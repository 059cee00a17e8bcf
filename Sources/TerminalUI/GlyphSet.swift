/// Which glyphs a screen can show.
public enum GlyphSet: Sendable {
  case unicode, ascii

  /// The glyph to write in place of one that was drawn.
  public func scalar(_ glyph: Unicode.Scalar) -> Unicode.Scalar {
    if self == .unicode || glyph.isASCII { return glyph }
    if let named = GlyphSet.table[glyph] { return named }
    if (0x2800...0x28FF).contains(glyph.value) {
      let dots = (glyph.value - 0x2800).nonzeroBitCount
      return [" ", ".", ".", ":", ":", "*", "*", "#", "#"][dots]
    }
    return "?"
  }

  // Light lines for walls, `"` and `=` for the path taken, `:` and `-` for paths that might be.
  private static let table: [Unicode.Scalar: Unicode.Scalar] = {
    var table: [Unicode.Scalar: Unicode.Scalar] = [:]
    func map(_ from: String, _ to: String) {
      for (source, target) in zip(from.unicodeScalars, to.unicodeScalars) { table[source] = target }
    }
    func map(all from: String, _ to: Unicode.Scalar) { for source in from.unicodeScalars { table[source] = to } }
    map(all: "╵╷│╎║", "|")
    map(all: "╶╴─╌—–", "-")
    map(all: "└┌├┘┴┐┤┬┼╭╮╰╯", "+")
    map(all: "╹╻┃", "\"")
    map(all: "╺╸━═", "=")
    map(all: "┗┏┣┛┻┓┫┳╋", "\"")
    map(all: "┄┈", "-")
    map(all: "┆┊", ":")
    map("▁▂▃▄▅▆▇█", "_.:-=+*#")
    map("▏▎▍▌▋▊▉", "-----==")
    map("░▒▓", ".:%")
    map("▴▾◄►◂▸╱╲", "^v<><>/\\")
    map("◉⚑◊▪●·≈▮↑↓", "GPD#o.~|^v")
    map("πβε−×≥≤∞‖…’", "pbe-x><8|.'")
    return table
  }()

  /// A canvas as this set can show it.
  public func rendered(_ canvas: Canvas) -> Canvas {
    guard self == .ascii else { return canvas }
    var result = canvas
    for y in 0..<canvas.size.height {
      for x in 0..<canvas.size.width { result[x, y].glyph = scalar(canvas[x, y].glyph) }
    }
    return result
  }
}
