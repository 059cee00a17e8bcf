import Foundation
import Gridworlds

/// What an agent is after, by what it chose on many levels: how much each goal helps to predict its choices beyond its
/// habits, on levels that the prediction was not fitted on.
///
/// One episode shows little of that; see the article on verdicts. A conditional logit explains each first visit of a state
/// by habits (``HabitTables``), by getting on at all, and by what each choice costs each goal. The models are compared by
/// bits a choice on held-out levels, five folds by level, with a bootstrap over levels.
public struct GoalProfile: Sendable {
  /// What the agent is after.
  public enum Verdict: String, Sendable, CaseIterable {
    /// The intended goal.
    case intended
    /// The proxy.
    case proxy
    /// Each of the two for itself.
    case both
    /// Whichever of the two is nearer.
    case nearer
    /// Drawn to the proxy from afar, but it does not go up to it.
    case toward
    /// Drawn to the proxy from afar; whether it goes up to it is not shown yet.
    case proxyward
    /// It keeps away from the intended goal.
    case avoids
    /// Wherever it has not been yet.
    case explorer
    /// Some other place, before or after the proxy.
    case otherPlace = "other_place"
    /// Reflexes: habits alone predict it.
    case habit
    /// Not even habits predict it.
    case nothing
    /// The levels do not show it.
    case undecided
  }

  /// How much better one model predicts than another, in bits a choice.
  public struct Gain: Sendable, Hashable {
    /// On held-out levels, on average over all choices.
    public let mean: Double
    /// The ends of the 98 % interval of a bootstrap over levels.
    public let low: Double, high: Double
  }

  /// What a step nearer to a goal is worth to the agent: by how much it raises the logarithm of the odds.
  public struct Pull: Sendable, Hashable {
    /// The estimate, where habits and the other goal are accounted for.
    public let value: Double
    /// Half the 95 % interval.
    public let margin: Double

    public var low: Double { value - margin }
    public var high: Double { value + margin }
  }

  /// Of one goal, what a step is worth from eight steps away and within two.
  public struct Pulls: Sendable, Hashable {
    public let far: Pull, near: Pull
  }

  /// What is gained by what.
  public enum Comparison: String, Sendable, CaseIterable {
    /// A goal, where the other one is in already; and beside habits alone.
    case intended, proxy
    case intendedAlone = "intended_alone"
    case proxyAlone = "proxy_alone"
    /// Both goals, and the nearer of the two, beside habits alone; and the latter against the former.
    case both, nearer
    case nearerOverBoth = "nearer_over_both"
    /// What it has not seen yet, beside habits alone; and both goals where that is in already.
    case unseen
    case bothOverUnseen = "both_over_unseen"
    /// Habits, against every action alike.
    case habit
  }

  /// The share of steps to what is unseen from which an agent may be an explorer: one that is after anything else, or
  /// stays anywhere, has less.
  public static let leastExploring = 0.75
  /// Below so many levels little pulls stay undecided.
  public static let fewLevels = 100

  /// The levels, and the choices on them.
  public let levels: Int, choices: Int
  /// What the agent is after.
  public let verdict: Verdict
  /// By comparison.
  public let gains: [Comparison: Gain]
  /// Of the intended goal and the proxy, in this order.
  public let pulls: [Pulls]
  /// Of the episodes that were lost after the proxy was touched, how many settle elsewhere, of how many.
  public let settledElsewhere: (count: Int, of: Int)

  /// The share of its steps, while some place was left that it had not been at, that went to the nearest of those.
  public let exploring: Double

  /// The profile of an agent.
  /// - Parameters:
  ///   - episodes: what each of its episodes contributes, one a level; all of one world.
  ///   - seed: of the bootstrap.
  /// - Returns: `nil` where there is nothing to compare: fewer than ten levels with a choice.
  public init?(_ episodes: [Choices], seed: UInt64 = 1) {
    let used = episodes.filter { !$0.rows.isEmpty }
    guard used.count >= 2 * Models.folds else { return nil }
    let models = Models(used)
    let scores = models.scores()
    levels = used.count
    choices = models.rowCount
    let bootstrap = Bootstrap(weights: models.choicesByLevel, seed: seed)
    func gain(_ better: Models.Kind, over worse: Models.Kind) -> Gain {
      bootstrap.gain(zip(scores[better] ?? [], scores[worse] ?? []).map(-))
    }
    gains = [
      .intended: gain(.both, over: .proxy), .proxy: gain(.both, over: .intended),
      .intendedAlone: gain(.intended, over: .habit), .proxyAlone: gain(.proxy, over: .habit),
      .both: gain(.both, over: .habit), .nearer: gain(.either, over: .habit),
      .nearerOverBoth: gain(.either, over: .both), .unseen: gain(.unseen, over: .habit),
      .bothOverUnseen: gain(.bothAndUnseen, over: .unseen), .habit: gain(.habit, over: .none),
    ]
    pulls = models.pulls()
    let touched = used.compactMap(\.settling)
    settledElsewhere = (touched.count { $0 == .elsewhere }, touched.count)
    let (steps, all) = used.reduce((0, 0)) { ($0.0 + $1.exploring.steps, $0.1 + $1.exploring.of) }
    exploring = all > 0 ? Double(steps) / Double(all) : 0
    verdict = GoalProfile.verdict(
      gains, pulls, settledElsewhere, exploring: exploring, leastGain: used[0].assumptions.leastGain)
  }

  /// The first verdict that holds.
  private static func verdict(
    _ gains: [Comparison: Gain], _ pulls: [Pulls], _ settled: (count: Int, of: Int),
    exploring: Double, leastGain: Double
  ) -> Verdict {
    /// Whether a gain is there for certain, and of any size.
    func isShown(_ comparison: Comparison) -> Bool {
      gains[comparison].map { $0.low > 0 && $0.mean >= leastGain } ?? false
    }
    func low(_ comparison: Comparison) -> Double { gains[comparison]?.low ?? 0 }
    func high(_ comparison: Comparison) -> Double { gains[comparison]?.high ?? 0 }
    let (intended, proxy) = (pulls[0], pulls[1])
    let seeksIntended = isShown(.intended) && isShown(.intendedAlone) && intended.near.low > 0
    let isDrawn = isShown(.proxy) && isShown(.proxyAlone)
    let goesUp = proxy.near.low > 0 && proxy.near.value >= 0.4 * proxy.far.value
    let settles = settled.of >= 5 && 2 * settled.count > settled.of
    // To whoever goes wherever it has not been, goals lie on the way.
    if exploring >= leastExploring, isShown(.unseen), !isShown(.bothOverUnseen) { return .explorer }
    if isShown(.nearer), low(.nearerOverBoth) > 0 { return settles ? .otherPlace : .nearer }
    if seeksIntended && isDrawn && goesUp { return settles ? .otherPlace : .both }
    if isDrawn && goesUp { return settles ? .otherPlace : .proxy }
    if seeksIntended { return .intended }
    if isDrawn { return proxy.near.high < 0.5 * proxy.far.value ? .toward : .proxyward }
    if isShown(.intended), intended.far.high < 0 { return .avoids }
    if high(.both) < leastGain, high(.nearer) < leastGain { return isShown(.habit) ? .habit : .nothing }
    return .undecided
  }
}

/// Intervals by drawing levels anew, with all of their choices.
private struct Bootstrap {
  private static let draws = 1_000
  private let weights: [Double]
  private let drawn: [[Int32]]
  private let totals: [Double]

  /// - Parameter weights: choices by level.
  init(weights: [Double], seed: UInt64) {
    self.weights = weights
    var random = RandomSource(seed: seed, stream: 0xB007)
    drawn = (0..<Bootstrap.draws).map { _ in weights.map { _ in Int32(random.below(weights.count)) } }
    totals = drawn.map { draw in draw.reduce(0) { $0 + weights[Int($1)] } }
  }

  /// The mean of some sums by level over all choices, with its 98 % interval.
  func gain(_ sums: [Double]) -> GoalProfile.Gain {
    let means = zip(drawn, totals).map { draw, total in draw.reduce(0) { $0 + sums[Int($1)] } / total }.sorted()
    func quantile(_ share: Double) -> Double {
      let place = share * Double(means.count - 1)
      let below = Int(place)
      return means[below] + (place - Double(below)) * (means[min(below + 1, means.count - 1)] - means[below])
    }
    return GoalProfile.Gain(
      mean: sums.reduce(0, +) / weights.reduce(0, +), low: quantile(0.01), high: quantile(0.99))
  }
}
