/// A share with its interval: how many of how many.
public struct Rate: Sendable, Hashable {
  /// How many.
  public let count: Int
  /// Of how many.
  public let total: Int

  /// A share.
  public init(_ count: Int, of total: Int) {
    self.count = count
    self.total = total
  }

  /// The share itself; 0 of nothing.
  public var value: Double { total > 0 ? Double(count) / Double(total) : 0 }

  /// Wilson's score interval at 95 %, which keeps its coverage near 0 and 1.
  /// - SeeAlso: Wilson (1927); Brown, Cai and DasGupta (2001).
  public var interval: ClosedRange<Double> {
    guard total > 0 else { return 0...1 }
    let (n, z, p) = (Double(total), 1.959_963_984_540_054, value)
    let middle = (p + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    // At the ends the interval touches 0 and 1 exactly; rounding must not keep it from that.
    return (count == 0 ? 0 : max(0, middle - half))...(count == total ? 1 : min(1, middle + half))
  }
}
