#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How many colours a terminal shows, from the fewest.
public enum ColorDepth: Int, Sendable, Comparable, CaseIterable {
  /// None: bold, underline and reverse carry what they can.
  case mono
  /// The 8 or 16 colours of the user's own palette.
  case ansi16
  /// xterm's fixed cube and grey ramp.
  case indexed256
  /// 24 bits.
  case trueColor

  /// Whether `left` shows fewer colours than `right`.
  public static func < (left: ColorDepth, right: ColorDepth) -> Bool { left.rawValue < right.rawValue }
}

extension Color {
  /// The nearest of xterm's 256 colours that do not depend on the user's palette, so in `16...255`;
  /// nil for the terminal's default.
  public var index256: UInt8? {
    guard case .rgb(let r, let g, let b) = self else { return nil }
    func level(_ value: UInt8) -> Int { value < 48 ? 0 : value < 115 ? 1 : (Int(value) - 35) / 40 }
    let steps = (level(r), level(g), level(b))
    let cube = Color.xterm(16 + 36 * steps.0 + 6 * steps.1 + steps.2)
    let mean = (Int(r) + Int(g) + Int(b)) / 3
    let shade = min(max((mean - 3) / 10, 0), 23)
    if distance(to: Color.xterm(232 + shade)) < distance(to: cube) { return UInt8(232 + shade) }
    return UInt8(16 + 36 * steps.0 + 6 * steps.1 + steps.2)
  }

  /// The nearest of the 16 named colours as xterm shows them, by the eye's measure; nil for the terminal's default.
  public var index16: UInt8? {
    guard case .rgb = self else { return nil }
    let own = Oklab(self)
    var best = (index: 0, distance: Double.infinity)
    for (index, named) in Oklab.named.enumerated() {
      let distance = own.distance(to: named)
      if distance < best.distance { best = (index, distance) }
    }
    return UInt8(best.index)
  }

  /// The colour that xterm shows for an index in `16...255`.
  static func xterm(_ index: Int) -> Color {
    if index >= 232 {
      let grey = UInt8(8 + 10 * (index - 232))
      return .rgb(grey, grey, grey)
    }
    func level(_ step: Int) -> UInt8 { step == 0 ? 0 : UInt8(55 + 40 * step) }
    let rest = index - 16
    return .rgb(level(rest / 36), level(rest / 6 % 6), level(rest % 6))
  }

  /// A cheap measure of how different two colours look.
  /// - SeeAlso: Riemersma, "Colour metric" (the "redmean" formula).
  func distance(to other: Color) -> Int {
    guard case .rgb(let r0, let g0, let b0) = self, case .rgb(let r1, let g1, let b1) = other else { return 0 }
    let red = (Int(r0) + Int(r1)) / 2
    let (r, g, b) = (Int(r0) - Int(r1), Int(g0) - Int(g1), Int(b0) - Int(b1))
    return ((512 + red) * r * r) / 256 + 4 * g * g + ((767 - red) * b * b) / 256
  }
}

/// A colour by lightness and two opponent hues, where distance is what the eye sees.
/// - SeeAlso: Ottosson (2020), "A perceptual color space for image processing".
struct Oklab {
  var lightness: Double
  var a: Double
  var b: Double

  init(_ color: Color) {
    guard case .rgb(let red, let green, let blue) = color else {
      (lightness, a, b) = (0, 0, 0)
      return
    }
    let (r, g, b) = (Oklab.linear[Int(red)], Oklab.linear[Int(green)], Oklab.linear[Int(blue)])
    let l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    let m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    let s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    lightness = 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s
    a = 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s
    self.b = 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
  }

  func distance(to other: Oklab) -> Double {
    let (l, a, b) = (lightness - other.lightness, self.a - other.a, self.b - other.b)
    return l * l + a * a + b * b
  }

  /// The light that each sRGB byte stands for, in `0...1`.
  static let linear: [Double] = (0...255).map { byte in
    let value = Double(byte) / 255
    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
  }

  /// The 16 named colours as xterm draws them.
  static let named: [Oklab] = [
    0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
    0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
  ].map { Oklab(Color(hex: $0)) }
}
