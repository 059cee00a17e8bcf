/// A seeded source of randomness with the same stream on every machine and in every version of Swift.
///
/// SplitMix64 (Steele, Lea and Flood 2014): one addition and a mix a draw, 8 bytes of state, so that each of many
/// environments can own one.
public struct RandomSource: Hashable, Sendable, BitwiseCopyable {
  /// The whole state; a source made from it goes on where this one stands.
  public private(set) var state: UInt64

  /// The source of a seed.
  @inlinable public init(seed: UInt64) { self.init(state: RandomSource.mix(seed &+ 0x9E37_79B9_7F4A_7C15)) }

  /// An independent source for each pair of seed and stream.
  @inlinable public init(seed: UInt64, stream: UInt64) {
    self.init(
      state: RandomSource.mix(seed &+ 0x9E37_79B9_7F4A_7C15) ^ RandomSource.mix(stream &* 0xD1B5_4A32_D192_ED03 &+ 1))
  }

  /// The source that stands at a recorded state.
  public init(state: UInt64) { self.state = state }

  /// 64 random bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return RandomSource.mix(state)
  }

  /// A uniform whole number in `0..<bound`; `bound` is at least 1.
  public mutating func below(_ bound: Int) -> Int {
    precondition(bound > 0, "nothing lies below \(bound)")
    return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// A uniform number in `0..<1` with 24 random bits.
  public mutating func unit() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// Whether an event of this probability happens.
  public mutating func chance(_ probability: Double) -> Bool { Double(next() >> 11) * 0x1p-53 < probability }

  /// One of the elements; `nil` of none.
  public mutating func pick<Element>(_ elements: [Element]) -> Element? {
    elements.isEmpty ? nil : elements[below(elements.count)]
  }

  /// An index drawn from a distribution that sums to about 1; rounding falls on the last one with any weight.
  public mutating func sample(_ probabilities: [Float]) -> Int {
    var rest = unit()
    for (index, probability) in probabilities.enumerated() {
      rest -= probability
      if rest < 0 { return index }
    }
    return probabilities.lastIndex { $0 > 0 } ?? 0
  }

  /// A bijection of 64 bits in which every output bit depends on every input bit.
  public static func mix(_ value: UInt64) -> UInt64 {
    var bits = value
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }
}
