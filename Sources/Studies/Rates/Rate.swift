import Archive

/// Numbers, one a level, of which only their count, sum and sum of squares are kept, so that shards can be added.
public struct Average: Sendable, Hashable {
  /// How many.
  public let count: Int
  private let sum: Double
  private let squares: Double

  /// What is kept of some numbers.
  public init(_ values: [Double]) {
    self.init(count: values.count, sum: values.reduce(0, +), squares: values.reduce(0) { $0 + $1 * $1 })
  }

  private init(count: Int, sum: Double, squares: Double) {
    self.count = count
    self.sum = sum
    self.squares = squares
  }

  /// Both together.
  public static func + (first: Average, second: Average) -> Average {
    Average(
      count: first.count + second.count, sum: first.sum + second.sum, squares: first.squares + second.squares)
  }

  /// Their mean; 0 of none.
  public var mean: Double { count > 0 ? sum / Double(count) : 0 }

  /// The 95 % interval of the mean, by the normal approximation.
  public var interval: ClosedRange<Double> {
    guard count > 1 else { return -Double.infinity...Double.infinity }
    let variance = max(0, squares - sum * sum / Double(count)) / Double(count - 1)
    let half = 1.959_963_984_540_054 * (variance / Double(count)).squareRoot()
    return (mean - half)...(mean + half)
  }

  /// The mean with its interval, if there is one: `3.1 [2.9, 3.3]`.
  public func text(_ digits: Int) -> String {
    guard count > 1 else { return decimal(mean, digits) }
    return "\(decimal(mean, digits)) [\(decimal(interval.lowerBound, digits)), "
      + "\(decimal(interval.upperBound, digits))]"
  }

  var json: JSON {
    .object([
      .init("mean", .double(mean)), .init("low", .double(interval.lowerBound)),
      .init("high", .double(interval.upperBound)), .init("sum", .double(sum)), .init("squares", .double(squares)),
      .init("count", .integer(count)),
    ])
  }

  init?(json: JSON?) {
    guard let count = json?["count"]?.integer, (0...1 << 40).contains(count) else { return nil }
    self.init(json: json, count: count)
  }

  init?(json: JSON?, count: Int) {
    guard let sum = json?["sum"]?.double, let squares = json?["squares"]?.double, sum.isFinite, squares.isFinite,
      squares >= 0
    else { return nil }
    self.init(count: count, sum: sum, squares: squares)
  }
}

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

  /// The share with its interval: `0.914 [0.895, 0.930]`.
  public var text: String {
    "\(decimal(value, 3)) [\(decimal(interval.lowerBound, 3)), \(decimal(interval.upperBound, 3))]"
  }
}
