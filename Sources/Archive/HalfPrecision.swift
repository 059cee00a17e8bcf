import Learning

/// IEEE half precision, without the type that not every machine has.
enum HalfPrecision {
  /// The number of some bits.
  static func widened(_ bits: UInt16) -> Float {
    let sign: Float = bits & 0x8000 == 0 ? 1 : -1
    let exponent = Int(bits >> 10) & 0x1F
    let fraction = Float(bits & 0x3FF)
    switch exponent {
    case 0: return sign * fraction * 0x1p-24
    case 31: return fraction == 0 ? sign * .infinity : .nan
    default: return Float(sign: .plus, exponent: exponent - 25, significand: 1024 + fraction) * sign
    }
  }

  /// The bits of the nearest number, the even one of two; an infinity's where the number is beyond all of them.
  static func bits(of value: Float) -> UInt16 {
    let sign: UInt16 = value.sign == .minus ? 0x8000 : 0
    guard value.isFinite else { return sign | (value.isNaN ? 0x7E00 : 0x7C00) }
    // Below 2⁻¹⁴ the numbers lie 2⁻²⁴ apart; above, 1024 of them lie between two powers of two.
    let exponent = max(value == 0 ? -14 : Int(value.exponent), -14)
    let steps = (value.magnitude / Float(sign: .plus, exponent: exponent - 10, significand: 1))
      .rounded(.toNearestOrEven)
    // What rounds up to the next power of two carries into the exponent, and the greatest into infinity.
    let magnitude = (exponent + 14) << 10 + Int(steps)
    return sign | UInt16(min(magnitude, 0x7C00))
  }
}

extension Tensor {
  /// The same with each number rounded as half precision keeps it; infinite where it cannot.
  public var halved: Tensor {
    let rounded = values.map { HalfPrecision.widened(HalfPrecision.bits(of: $0)) }
    return Tensor(name: name, shape: shape, values: rounded) ?? self
  }
}
