import Archive

/// How often something came of several agents that played the same levels: a rate over two kinds of chance, which levels
/// were drawn and which agents were trained.
///
/// Levels that are easy for one agent are mostly easy for the next, so that three agents on a thousand levels are not three
/// thousand levels. The squared standard error is *agents* + *levels* − *rest*: that of the mean over the agents, that of
/// the mean over the levels, and what both of them count, the part of a single cell.
/// - SeeAlso: Owen (2007), "The pigeonhole bootstrap"; Cameron, Gelbach and Miller (2011).
public struct TwoWay: Sendable, Hashable {
  /// On how many levels it came, of each agent.
  public let counts: [Int]
  /// Levels that each agent played.
  public let levels: Int
  /// The sum over the levels of the square of how many agents it came of.
  public let squares: Int

  /// A rate of agents on levels.
  /// - Parameters:
  ///   - counts: on how many levels it came, of each agent.
  ///   - levels: levels that each agent played.
  ///   - squares: the sum over the levels of the square of how many agents it came of.
  public init(counts: [Int], levels: Int, squares: Int) {
    self.counts = counts
    self.levels = levels
    self.squares = squares
  }

  /// The rate of an agent by itself, with an interval over levels; a point of the figure.
  public var agents: [Rate] { counts.map { Rate($0, of: levels) } }

  /// How often it came in all, over levels and agents.
  public var count: Int { counts.reduce(0, +) }

  /// The share: the mean over the agents; 0 of nothing.
  public var value: Double { Rate(count, of: counts.count * levels).value }

  /// The least and the greatest rate of an agent.
  public var spread: ClosedRange<Double> {
    let rates = agents.map(\.value)
    return (rates.min() ?? 0)...(rates.max() ?? 0)
  }

  /// The mean over the middle half of the agents, as rliable has it: a quarter of them, rounded down, is left out at either
  /// end, so that one agent that went astray moves it little. Of less than four it is the mean of all.
  /// - SeeAlso: Agarwal et al. (2021), "Deep reinforcement learning at the edge of the statistical precipice".
  public var interquartileMean: Double {
    let rates = agents.map(\.value).sorted()
    let middle = rates.dropFirst(rates.count / 4).dropLast(rates.count / 4)
    return middle.isEmpty ? 0 : middle.reduce(0, +) / Double(middle.count)
  }

  /// The parts of the squared standard error; `nil` where there are too few agents or levels to tell them.
  private var parts: (agents: Double, levels: Double, rest: Double)? {
    let (s, n) = (Double(counts.count), Double(levels))
    guard s > 1, n > 1 else { return nil }
    let p = value
    let byAgent = agents.reduce(0) { $0 + $1.value * $1.value }
    let byLevel = Double(squares) / (s * s)
    let rest = Double(count) - n * byAgent - s * byLevel + s * n * p * p
    return (
      max(0, byAgent - s * p * p) / (s * (s - 1)), max(0, byLevel - n * p * p) / (n * (n - 1)),
      max(0, rest) / ((s - 1) * (n - 1) * s * n)
    )
  }

  /// The standard error of the share, two ways; never below what the levels alone leave open. `nil` where there are too
  /// few agents or levels to tell.
  public var standardError: Double? {
    parts.map { max($0.agents + $0.levels - $0.rest, $0.levels).squareRoot() }
  }

  /// The 95 % interval by the standard error: right of many agents, too narrow of three. Of one agent it is that over
  /// levels.
  public var interval: ClosedRange<Double> {
    guard counts.count > 1 else { return Rate(count, of: levels).interval }
    return wilson(squaredHalf)
  }

  /// The 95 % interval for what other trainings of the same recipe would come to on average: the part of the agents counts
  /// by Student's t, of one agent less than there are; never narrower than the other. `nil` of a single agent, which tells
  /// nothing of that.
  public var newSeedsInterval: ClosedRange<Double>? {
    guard counts.count > 1 else { return nil }
    let (t, z) = (TwoWay.student(counts.count - 1), TwoWay.normal)
    let wide = parts.map { t * t * $0.agents + z * z * max(0, $0.levels - $0.rest) }
    return wilson(max(squaredHalf, wide ?? 0))
  }

  /// The square of half of what is not yet Wilson's interval.
  private var squaredHalf: Double {
    let error = standardError ?? 0
    return TwoWay.normal * TwoWay.normal * error * error
  }

  /// The ends of an interval by Wilson's reckoning, with as many independent levels as would give this width, and no more
  /// than there are: it stays in 0...1, and where nothing or everything came, it is that of the levels of one agent.
  /// - Parameter half: the square of half its width near a share of ½.
  /// - SeeAlso: Dean and Pagano (2015), "Evaluating confidence interval methods for binomial proportions in clustered
  ///   surveys".
  private func wilson(_ half: Double) -> ClosedRange<Double> {
    let (p, squared) = (value, TwoWay.normal * TwoWay.normal)
    guard levels > 0 else { return 0...1 }
    let binomial = p * (1 - p)
    let ratio =
      half > 0 && binomial > 0
      ? max(half / binomial, squared / Double(counts.count * levels)) : squared / Double(levels)
    let middle = (p + ratio / 2) / (1 + ratio)
    let reach = (binomial * ratio + ratio * ratio / 4).squareRoot() / (1 + ratio)
    return (count == 0 ? 0 : max(0, middle - reach))...(p == 1 ? 1 : min(1, middle + reach))
  }

  /// The normal distribution's quantile of 97.5 %.
  private static let normal = 1.959_963_984_540_054

  /// Student's quantile of 97.5 % for a count of degrees of freedom.
  static func student(_ freedom: Int) -> Double {
    let table = [
      12.706_205, 4.302_653, 3.182_446, 2.776_445, 2.570_582, 2.446_912, 2.364_624, 2.306_004, 2.262_157, 2.228_139,
    ]
    if table.indices.contains(freedom - 1) { return table[freedom - 1] }
    // The expansion of Abramowitz and Stegun, 26.7.5, right to five digits from eleven on.
    let (z, v) = (normal, Double(freedom))
    let (z3, z5) = (z * z * z, z * z * z * z * z)
    let (z7, z9) = (z5 * z * z, z5 * z * z * z * z)
    return z + (z3 + z) / (4 * v) + (5 * z5 + 16 * z3 + 3 * z) / (96 * v * v)
      + (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * v * v * v)
      + (79 * z9 + 776 * z7 + 1482 * z5 - 1920 * z3 - 945 * z) / (92_160 * v * v * v * v)
  }

  /// The share with the interval for seeds that were not trained, of one agent with that over levels; a dash of nothing.
  public var text: String { count(of: newSeedsInterval ?? interval) }

  /// The share with the interval by the standard error.
  public var plainText: String { count(of: interval) }

  private func count(of interval: ClosedRange<Double>) -> String {
    guard counts.count * levels > 0 else { return "–" }
    return "\(decimal(value, 3)) \(TwoWay.text(interval))"
  }

  /// An interval as it stands behind a share: `[0.895, 0.930]`.
  public static func text(_ interval: ClosedRange<Double>) -> String {
    "[\(decimal(interval.lowerBound, 3)), \(decimal(interval.upperBound, 3))]"
  }

  /// The documented members.
  var members: [JSON.Member] {
    [
      .init("rate", .double(value)), .init("low", .double(interval.lowerBound)),
      .init("high", .double(interval.upperBound)), .init("count", .integer(count)),
      .init("min", .double(spread.lowerBound)), .init("max", .double(spread.upperBound)),
      .init("new_seeds_low", newSeedsInterval.map { .double($0.lowerBound) } ?? .null),
      .init("new_seeds_high", newSeedsInterval.map { .double($0.upperBound) } ?? .null),
      .init("interquartile_mean", .double(interquartileMean)),
    ]
  }
}
