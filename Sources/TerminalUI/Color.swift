/// A colour of the screen.
public enum Color: Hashable, Sendable {
  /// The terminal's own.
  case standard
  case rgb(UInt8, UInt8, UInt8)

  /// A colour as in `0xE69F00`.
  public init(hex: UInt32) {
    self = .rgb(UInt8(hex >> 16 & 0xFF), UInt8(hex >> 8 & 0xFF), UInt8(hex & 0xFF))
  }

  /// A mixture; `share` 0 is this colour, 1 the other. The terminal's own colours do not mix.
  public func blended(with other: Color, share: Double) -> Color {
    guard case .rgb(let r1, let g1, let b1) = self, case .rgb(let r2, let g2, let b2) = other else { return self }
    func mix(_ first: UInt8, _ second: UInt8) -> UInt8 {
      UInt8(clamping: Int((Double(first) * (1 - share) + Double(second) * share).rounded()))
    }
    return .rgb(mix(r1, r2), mix(g1, g2), mix(b1, b2))
  }

  /// The nearest of the 256 colours of xterm, of which the first 16 are the user's own and never chosen.
  public var index256: UInt8? {
    guard case .rgb(let red, let green, let blue) = self else { return nil }
    let steps = [0, 95, 135, 175, 215, 255]
    func nearest(_ value: UInt8) -> Int {
      steps.indices.min { abs(steps[$0] - Int(value)) < abs(steps[$1] - Int(value)) } ?? 0
    }
    let cube = [red, green, blue].map(nearest)
    let grey = max(0, min(23, (Int(red) + Int(green) + Int(blue) - 24 + 15) / 30))
    let greyValue = 8 + 10 * grey
    let cubeError = Color.error([red, green, blue], cube.map { steps[$0] })
    let greyError = Color.error([red, green, blue], [greyValue, greyValue, greyValue])
    return greyError < cubeError ? UInt8(232 + grey) : UInt8(16 + 36 * cube[0] + 6 * cube[1] + cube[2])
  }

  /// The nearest of the 8 ANSI colours and their bright twins.
  public var index16: UInt8? {
    guard case .rgb(let red, let green, let blue) = self else { return nil }
    let palette = [
      [0, 0, 0], [170, 0, 0], [0, 170, 0], [170, 85, 0], [0, 0, 170], [170, 0, 170], [0, 170, 170], [170, 170, 170],
      [85, 85, 85], [255, 85, 85], [85, 255, 85], [255, 255, 85], [85, 85, 255], [255, 85, 255], [85, 255, 255],
      [255, 255, 255],
    ]
    let error = palette.map { Color.error([red, green, blue], $0) }
    return error.indices.min { error[$0] < error[$1] }.map(UInt8.init)
  }

  // The eye is most sensitive to green, least to blue.
  private static func error(_ first: [UInt8], _ second: [Int]) -> Int {
    zip(zip(first, second), [3, 6, 1]).reduce(0) { sum, term in
      let difference = Int(term.0.0) - term.0.1
      return sum + term.1 * difference * difference
    }
  }
}

/// How many colours a screen has.
public enum ColorDepth: Int, Sendable, Comparable, CaseIterable {
  case mono, ansi16, indexed256, trueColor

  public static func < (first: ColorDepth, second: ColorDepth) -> Bool { first.rawValue < second.rawValue }
}

/// How a glyph is set besides its colours.
public struct Attributes: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }
  /// Heavier or brighter.
  public static let bold = Attributes(rawValue: 1)
  /// Fainter.
  public static let dim = Attributes(rawValue: 2)
  /// With a line below.
  public static let underline = Attributes(rawValue: 4)
  /// Foreground and background swapped.
  public static let reverse = Attributes(rawValue: 8)
}

/// The look of a cell.
public struct Style: Hashable, Sendable {
  /// The glyph's colour.
  public var foreground: Color
  /// The cell's colour.
  public var background: Color
  /// How the glyph is set.
  public var attributes: Attributes

  /// The look of a cell.
  public init(_ foreground: Color = .standard, on background: Color = .standard, _ attributes: Attributes = []) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }
}
