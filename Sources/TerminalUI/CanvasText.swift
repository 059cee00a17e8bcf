import Letters

extension Canvas {
  /// Writes text into a block, broken at spaces; what does not fit below is left out.
  /// - Returns: the row after the text.
  @discardableResult
  public mutating func put(wrapping text: String, in rect: Rect, style: Style = Style()) -> Int {
    var row = rect.y
    for line in text.wrapped(to: rect.width).prefix(rect.height) {
      put(line, x: rect.x, y: row, style: style, width: rect.width)
      row += 1
    }
    return row
  }

  /// The page as plain text: rows joined by newlines, spaces at row ends left out.
  public func text() -> String {
    (0..<size.height).map { y in
      var row = String.UnicodeScalarView()
      for x in 0..<size.width where self[x, y].glyph != .secondHalf { row.append(self[x, y].glyph) }
      while row.last == " " { row.removeLast() }
      return String(row)
    }.joined(separator: "\n")
  }

  /// The page as text with SGR sequences, as a terminal of `depth` colours would need it.
  ///
  /// Only changes of style are written, and each row ends in the terminal's own style.
  public func ansi(depth: ColorDepth) -> String {
    (0..<size.height).map { ansiRow($0, depth: depth) }.joined(separator: "\n")
  }

  private func ansiRow(_ y: Int, depth: ColorDepth) -> String {
    var end = size.width
    while end > 0, self[end - 1, y] == Cell() { end -= 1 }
    var row = ""
    var current = Shown(Style(), depth: depth)
    for x in 0..<end where self[x, y].glyph != .secondHalf {
      let cell = self[x, y]
      let wanted = Shown(cell.style, depth: depth)
      row += current.sequence(to: wanted)
      row.unicodeScalars.append(cell.glyph)
      current = wanted
    }
    return row + (current == Shown(Style(), depth: depth) ? "" : "\u{1B}[0m")
  }

  /// The page with every glyph replaced by its stand-in in `glyphs`.
  public func rendered(with glyphs: GlyphSet) -> Canvas {
    guard glyphs == .ascii else { return self }
    var copy = self
    for y in 0..<size.height {
      for x in 0..<size.width { copy[x, y].glyph = glyphs.scalar(self[x, y].glyph) }
    }
    return copy
  }
}

/// A style as a terminal of limited colours shows it.
public struct Shown: Hashable, Sendable {
  /// A colour that a terminal knows.
  public enum Ink: Hashable, Sendable {
    /// The terminal's own.
    case standard
    /// One of its palette.
    case index(UInt8)
    /// Red, green and blue.
    case rgb(UInt8, UInt8, UInt8)

    init(_ color: Color, depth: ColorDepth) {
      switch (color, depth) {
      case (.standard, _), (_, .mono): self = .standard
      case (.rgb(let r, let g, let b), .trueColor): self = .rgb(r, g, b)
      case (_, .indexed256): self = color.index256.map(Ink.index) ?? .standard
      case (_, .ansi16): self = color.index16.map(Ink.index) ?? .standard
      }
    }
  }

  /// Of the glyph.
  public var foreground: Ink
  /// Behind the glyph.
  public var background: Ink
  /// Bold, reverse and the like.
  public var attributes: Attributes

  /// What is left of `style` at `depth`. Two colours that fall together are set apart again, or text would vanish.
  public init(_ style: Style, depth: ColorDepth) {
    foreground = Ink(style.foreground, depth: depth)
    background = Ink(style.background, depth: depth)
    attributes = style.attributes
    if foreground == background, style.foreground != style.background, let light = style.background.luminance {
      let isLight = light > 0.18
      switch depth {
      case .ansi16: foreground = .index(isLight ? 0 : 15)
      case .indexed256: foreground = .index(isLight ? 16 : 231)
      case .mono, .trueColor: break
      }
    }
  }

  /// The SGR sequence that changes this look into `next`; empty if they are the same.
  func sequence(to next: Shown) -> String {
    if self == next { return "" }
    if next == Shown(Style(), depth: .mono) { return "\u{1B}[0m" }
    var codes: [String] = []
    var attributes = attributes
    if !attributes.subtracting(next.attributes).isEmpty {
      // Bold and dim share one "off", so both go and the wanted one returns below.
      if !attributes.intersection([.bold, .dim]).subtracting(next.attributes).isEmpty {
        codes.append("22")
        attributes.subtract([.bold, .dim])
      }
      for (attribute, off) in [(Attributes.italic, "23"), (.underline, "24"), (.reverse, "27")]
      where attributes.contains(attribute) && !next.attributes.contains(attribute) { codes.append(off) }
    }
    for (attribute, on) in [(Attributes.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7")]
    where next.attributes.contains(attribute) && !attributes.contains(attribute) { codes.append(on) }
    if foreground != next.foreground { codes.append(Shown.code(next.foreground, base: 30)) }
    if background != next.background { codes.append(Shown.code(next.background, base: 40)) }
    return "\u{1B}[\(codes.joined(separator: ";"))m"
  }

  private static func code(_ ink: Ink, base: Int) -> String {
    switch ink {
    case .standard: "\(base + 9)"
    case .index(let index) where index < 8: "\(base + Int(index))"
    case .index(let index) where index < 16: "\(base + 52 + Int(index))"
    case .index(let index): "\(base + 8);5;\(index)"
    case .rgb(let r, let g, let b): "\(base + 8);2;\(r);\(g);\(b)"
    }
  }
}
