/// How text is set, beside its colours.
public struct Attributes: OptionSet, Hashable, Sendable {
  /// One bit for each attribute.
  public let rawValue: UInt8

  /// Attributes from their bits.
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// Heavier or brighter.
  public static let bold = Attributes(rawValue: 1)
  /// Fainter.
  public static let dim = Attributes(rawValue: 2)
  /// Slanted, where the terminal can.
  public static let italic = Attributes(rawValue: 4)
  /// With a line below.
  public static let underline = Attributes(rawValue: 8)
  /// Foreground and background exchanged.
  public static let reverse = Attributes(rawValue: 16)
}

/// The look of a cell.
public struct Style: Hashable, Sendable {
  /// The glyph's colour.
  public var foreground: Color
  /// The colour behind the glyph.
  public var background: Color
  /// Bold, reverse and the like.
  public var attributes: Attributes

  /// A style; by default the terminal's own.
  public init(_ foreground: Color = .standard, on background: Color = .standard, _ attributes: Attributes = []) {
    (self.foreground, self.background, self.attributes) = (foreground, background, attributes)
  }

  /// The terminal's own colours with `attributes`.
  public init(attributes: Attributes) { self.init(.standard, on: .standard, attributes) }

  /// This style with `attributes` added.
  public func with(_ attributes: Attributes) -> Style {
    Style(foreground, on: background, self.attributes.union(attributes))
  }

  /// This style on another background.
  public func on(_ background: Color) -> Style {
    Style(foreground, on: background, attributes)
  }
}

extension Unicode.Scalar {
  /// What the cell after a wide letter holds; no text has this scalar.
  public static let secondHalf: Unicode.Scalar = "\u{FFFF}"
}

/// One place on the screen, one column wide: a glyph, or a half of one, and its look.
public struct Cell: Hashable, Sendable {
  /// What is drawn. A wide letter takes two cells of a canvas, the second of which holds ``Unicode/Scalar/secondHalf``;
  /// a canvas replaces any scalar that has no column.
  public var glyph: Unicode.Scalar
  /// How it is drawn.
  public var style: Style

  /// A cell that shows `glyph`; by default a blank.
  public init(_ glyph: Unicode.Scalar = " ", _ style: Style = Style()) {
    (self.glyph, self.style) = (glyph, style)
  }

  /// A cell that shows `glyph` in `style`.
  public init(glyph: Unicode.Scalar, style: Style) {
    self.init(glyph, style)
  }
}
