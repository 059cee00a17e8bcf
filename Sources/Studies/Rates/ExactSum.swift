/// A sum without rounding, so that neither the order of the numbers nor how they are parted matters.
///
/// - SeeAlso: Shewchuk (1997), "Adaptive precision floating-point arithmetic and fast robust geometric predicates".
struct ExactSum: Sendable {
  /// Numbers whose bits do not overlap, the least first; together they are the sum.
  private var parts: [Double] = []

  /// The sum of some numbers.
  init(_ values: some Sequence<Double>) {
    for value in values { add(value) }
  }

  /// Adds a finite number. The sum must stay in range: nothing brings an infinite one back.
  mutating func add(_ value: Double) {
    var carried = value
    var kept = 0
    for index in parts.indices {
      let (sum, error) = ExactSum.twoSum(carried, parts[index])
      if error != 0 {
        parts[kept] = error
        kept += 1
      }
      carried = sum
    }
    parts.removeSubrange(kept...)
    if carried != 0 { parts.append(carried) }
  }

  /// The sum as few numbers: the nearest one, then the nearest to what is left, and so on. Empty where it is 0; the same
  /// for the same sum, however it came about.
  var terms: [Double] {
    var rest = self
    var terms: [Double] = []
    while let nearest = rest.nearest {
      terms.append(nearest)
      rest.add(-nearest)
    }
    return terms
  }

  /// The number nearest to the sum, an even one of two; `nil` where the sum is 0.
  private var nearest: Double? {
    guard var high = parts.last else { return nil }
    var index = parts.count - 1
    var low = 0.0
    while index > 0, low == 0 {
      index -= 1
      (high, low) = ExactSum.twoSum(high, parts[index])
    }
    // Half way between two numbers what is left below decides, which the last rounding could not see.
    if index > 0, (low < 0) == (parts[index - 1] < 0) {
      let (further, error) = ExactSum.twoSum(high, low * 2)
      if error == 0 { high = further }
    }
    return high
  }

  /// The rounded sum of two numbers and what rounding took off.
  /// - SeeAlso: Knuth, The Art of Computer Programming, volume 2, section 4.2.2, theorem B.
  private static func twoSum(_ a: Double, _ b: Double) -> (sum: Double, error: Double) {
    let sum = a + b
    let part = sum - a
    return (sum, (a - (sum - part)) + (b - part))
  }
}
