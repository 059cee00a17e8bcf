/// A colour of text or of the field behind it.
public enum Color: Hashable, Sendable {
  /// The terminal's own default, whatever the user has chosen for it.
  case standard
  /// Red, green and blue, as in sRGB.
  case rgb(UInt8, UInt8, UInt8)
}

extension Color {
  /// A colour written as on the web: `Color(hex: 0xE69F00)`. Only the lower 24 bits count.
  public init(hex: UInt32) {
    self = .rgb(UInt8(hex >> 16 & 255), UInt8(hex >> 8 & 255), UInt8(hex & 255))
  }

  /// The colour on the way to `other`.
  /// - Parameter share: how much of `other` is in it, in `0...1`.
  /// - Returns: the mixture; this colour unchanged if either is the terminal's unknown default.
  public func blended(with other: Color, share: Double) -> Color {
    guard case .rgb(let r0, let g0, let b0) = self, case .rgb(let r1, let g1, let b1) = other, share == share else {
      return self
    }
    let share = min(max(share, 0), 1)
    func mix(_ a: UInt8, _ b: UInt8) -> UInt8 {
      UInt8((Double(a) * (1 - share) + Double(b) * share).rounded())
    }
    return .rgb(mix(r0, r1), mix(g0, g1), mix(b0, b1))
  }

  /// This colour, moved towards black or white only as far as it takes to be read on `background`.
  /// - Returns: a colour of contrast 4.5 or more; this colour unchanged if either is the terminal's unknown default.
  /// - SeeAlso: WCAG 2.1, success criterion 1.4.3.
  public func readable(on background: Color) -> Color {
    guard let ground = background.luminance, let own = luminance else { return self }
    let enough = 4.5
    if Color.contrast(own, ground) >= enough { return self }
    let pole = Color.contrast(0, ground) > Color.contrast(1, ground) ? Color.rgb(0, 0, 0) : .rgb(255, 255, 255)
    for step in 1..<16 {
      let candidate = blended(with: pole, share: Double(step) / 16)
      if let light = candidate.luminance, Color.contrast(light, ground) >= enough { return candidate }
    }
    return pole
  }

  /// Relative luminance in `0...1`; nil for the terminal's unknown default.
  public var luminance: Double? {
    guard case .rgb(let r, let g, let b) = self else { return nil }
    return 0.2126 * Oklab.linear[Int(r)] + 0.7152 * Oklab.linear[Int(g)] + 0.0722 * Oklab.linear[Int(b)]
  }

  /// The ratio of two luminances, in `1...21`.
  static func contrast(_ a: Double, _ b: Double) -> Double {
    (max(a, b) + 0.05) / (min(a, b) + 0.05)
  }
}
