extension Canvas {
  /// The rows with the escape sequences that colour them; each row ends in a reset.
  public func ansi(depth: ColorDepth) -> String {
    var text = ""
    for y in 0..<size.height {
      var last: Style?
      for x in 0..<size.width {
        let cell = self[x, y]
        if cell.style != last {
          text += Canvas.sequence(for: cell.style, depth: depth)
          last = cell.style
        }
        text.unicodeScalars.append(cell.glyph)
      }
      text += "\u{1B}[0m" + (y + 1 < size.height ? "\n" : "")
    }
    return text
  }

  private static func sequence(for style: Style, depth: ColorDepth) -> String {
    var codes = ["0"]
    if style.attributes.contains(.bold) { codes.append("1") }
    if style.attributes.contains(.dim) { codes.append("2") }
    if style.attributes.contains(.underline) { codes.append("4") }
    if style.attributes.contains(.reverse) { codes.append("7") }
    for (color, base) in [(style.foreground, 30), (style.background, 40)] {
      guard case .rgb(let red, let green, let blue) = color else { continue }
      switch depth {
      case .mono: break
      case .ansi16:
        if let index = color.index16 { codes.append("\(index < 8 ? base + Int(index) : base + 52 + Int(index))") }
      case .indexed256: if let index = color.index256 { codes.append("\(base + 8);5;\(index)") }
      case .trueColor: codes.append("\(base + 8);2;\(red);\(green);\(blue)")
      }
    }
    return "\u{1B}[" + codes.joined(separator: ";") + "m"
  }
}
