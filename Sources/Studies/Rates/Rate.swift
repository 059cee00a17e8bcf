import Archive

/// Numbers, one a level, of which only their count, sum and sum of squares are kept, so that shards can be added. Sums are
/// exact: in whatever order numbers and shards come, the same is kept.
public struct Average: Sendable, Hashable {
  /// How many.
  public let count: Int
  /// The sum, and that of the squares: the nearest number, then the nearest to what is left, and so on.
  private let sumTerms: [Double], squareTerms: [Double]

  /// What is kept of some numbers.
  public init(_ values: [Double]) {
    var tally = Tally()
    for value in values { tally.add(value) }
    self = tally.average
  }

  private init(count: Int, sum: [Double], squares: [Double]) {
    self.count = count
    sumTerms = sum
    squareTerms = squares
  }

  /// An average that is being made.
  struct Tally: Sendable {
    private var count = 0
    private var sum = ExactSum([]), squares = ExactSum([])

    /// Takes one more number in, which is finite.
    mutating func add(_ value: Double) {
      count += 1
      sum.add(value)
      squares.add(value * value)
    }

    var average: Average { Average(count: count, sum: sum.terms, squares: squares.terms) }
  }

  /// Both together.
  public static func + (first: Average, second: Average) -> Average {
    Average(
      count: first.count + second.count, sum: ExactSum(first.sumTerms + second.sumTerms).terms,
      squares: ExactSum(first.squareTerms + second.squareTerms).terms)
  }

  private var sum: Double { sumTerms.first ?? 0 }
  private var squares: Double { squareTerms.first ?? 0 }

  /// Their mean; 0 of none.
  public var mean: Double { count > 0 ? sum / Double(count) : 0 }

  /// The 95 % interval of the mean, by the normal approximation.
  public var interval: ClosedRange<Double> {
    guard count > 1 else { return -Double.infinity...Double.infinity }
    let variance = max(0, squares - sum * sum / Double(count)) / Double(count - 1)
    let half = 1.959_963_984_540_054 * (variance / Double(count)).squareRoot()
    return (mean - half)...(mean + half)
  }

  /// The mean with its interval, if there is one: `3.1 [2.9, 3.3]`; a dash of none.
  public func text(_ digits: Int) -> String {
    guard count > 1 else { return count > 0 ? decimal(mean, digits) : "–" }
    return "\(decimal(mean, digits)) [\(decimal(interval.lowerBound, digits)), "
      + "\(decimal(interval.upperBound, digits))]"
  }

  var json: JSON {
    func rest(_ terms: [Double]) -> JSON { .array(terms.dropFirst().map { .double($0) }) }
    return .object([
      .init("mean", .double(mean)), .init("low", .double(interval.lowerBound)),
      .init("high", .double(interval.upperBound)), .init("sum", .double(sum)), .init("squares", .double(squares)),
      .init("count", .integer(count)), .init("sum_rest", rest(sumTerms)), .init("squares_rest", rest(squareTerms)),
    ])
  }

  init?(json: JSON?, atMost most: Int) {
    guard let count = json?["count"]?.integer, (0...most).contains(count) else { return nil }
    self.init(json: json, count: count)
  }

  init?(json: JSON?, count: Int) {
    guard let sum = Average.terms("sum", in: json, below: Double(count) * 1e140),
      let squares = Average.terms("squares", in: json, below: Double(count) * 1e280), squares.first ?? 0 >= 0
    else { return nil }
    self.init(count: count, sum: sum, squares: squares)
  }

  /// A number with what its rounding left, of which lines of an earlier version have none; `nil` where that makes no
  /// sense.
  /// - Parameter limit: what grows with the count, so that no sum of such sums leaves the range of numbers.
  private static func terms(_ name: String, in json: JSON?, below limit: Double) -> [Double]? {
    guard let first = json?[name]?.double else { return nil }
    let rest = json?[name + "_rest"].map { $0.array?.map(\.double) ?? [nil] } ?? []
    let terms = ([first] + rest).compactMap(\.self)
    // There are no more terms than all bits of a number can make.
    guard terms.count == rest.count + 1, terms.count <= 50, terms.allSatisfy({ abs($0) <= limit }) else { return nil }
    return ExactSum(terms).terms
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

  /// The share with its interval: `0.914 [0.895, 0.930]`; a dash of nothing.
  public var text: String {
    guard total > 0 else { return "–" }
    return "\(decimal(value, 3)) [\(decimal(interval.lowerBound, 3)), \(decimal(interval.upperBound, 3))]"
  }
}
