import Inference
import Planning

/// What a list of episodes comes to: verdicts, outcomes by split, and when they depart.
///
/// Verdicts and departures are of the ``pooled`` splits: levels as in training say nothing of a shift, and hand-made ones
/// were chosen.
public struct EpisodeCounts: Sendable, Hashable {
  /// What is counted of the whole episodes of a split.
  private struct Part: Sendable, Hashable {
    var played = 0
    var reached = 0
    var verdicts: [String: Int] = [:]
    /// Departures by their step.
    var departures: [Int: Int] = [:]
    /// By agent, and by level, how often each verdict was given, in the order of their names.
    var agents: [String: SIMD8<Int32>] = [:]
    var levels: [String: SIMD8<Int32>] = [:]

    /// Whether each agent played each level once.
    var isTable: Bool {
      played == agents.count * levels.count
        && agents.values.allSatisfy { Int($0.wrappedSum()) == levels.count }
        && levels.values.allSatisfy { Int($0.wrappedSum()) == agents.count }
    }
  }

  /// How many whole episodes were counted.
  public private(set) var total = 0
  /// How many recordings stop before the episode's end: whether they are won or lost nobody knows.
  public private(set) var unfinished = 0
  /// How many, whole or not, are replays that are not what was recorded.
  public private(set) var differing = 0
  /// Of how many, whole or not, the values are approximate.
  public private(set) var approximate = 0
  private var parts: [EpisodeSplit: Part] = [:]

  /// Nothing counted yet.
  public init() {}

  /// Counts one more.
  public mutating func count(_ summary: EpisodeSummary) {
    if summary.mismatch != nil { differing += 1 }
    if summary.isApproximate { approximate += 1 }
    guard !summary.isUnfinished else {
      unfinished += 1
      return
    }
    total += 1
    count(summary, in: &parts[summary.split, default: Part()])
  }

  private func count(_ summary: EpisodeSummary, in part: inout Part) {
    part.played += 1
    part.verdicts[summary.verdict, default: 0] += 1
    if summary.outcome == .success { part.reached += 1 }
    if let step = summary.departure { part.departures[step, default: 0] += 1 }
    var verdict = SIMD8<Int32>()
    if let index = EpisodeCounts.index(of: summary.verdict) { verdict[index] = 1 }
    part.agents[summary.agent, default: SIMD8()] &+= verdict
    part.levels["\(summary.world) \(summary.name)", default: SIMD8()] &+= verdict
  }

  /// The splits whose episodes are counted together: the shifted one where it has any, else all that there are.
  public var pooled: [EpisodeSplit] {
    parts[.shifted] != nil ? [.shifted] : EpisodeSplit.allCases.filter { parts[$0] != nil }
  }

  private var pool: [Part] { pooled.compactMap { parts[$0] } }

  /// How many whole episodes the verdicts are of, on how many levels, by how many agents.
  public var pooledTotal: Int { pool.reduce(0) { $0 + $1.played } }
  public var levels: Int { pool.reduce(0) { $0 + $1.levels.count } }
  public var agents: Int { pool.reduce(into: Set()) { $0.formUnion($1.agents.keys) }.count }

  /// How often a verdict was given on the pooled levels, by its name in files.
  public func verdict(_ name: String) -> Rate {
    Rate(pool.reduce(0) { $0 + ($1.verdicts[name] ?? 0) }, of: pooledTotal)
  }

  private static func index(of verdict: String) -> Int? {
    Verdict.names.firstIndex(of: verdict).flatMap { $0 < SIMD8<Int32>.scalarCount ? $0 : nil }
  }

  /// The same as a rate over levels and agents; `nil` where there is one agent, or not each of them played each level once.
  public func together(_ name: String) -> TwoWay? {
    guard pool.count == 1, let part = pool.first, part.agents.count > 1, part.isTable,
      let index = EpisodeCounts.index(of: name)
    else { return nil }
    let counts = part.agents.sorted { $0.key < $1.key }.map { Int($0.value[index]) }
    return TwoWay(
      counts: counts, levels: part.levels.count,
      squares: part.levels.values.reduce(0) { $0 + Int($1[index]) * Int($1[index]) })
  }

  /// How often the intended goal was reached on some levels.
  public func reached(_ split: EpisodeSplit) -> Rate {
    Rate(parts[split]?.reached ?? 0, of: parts[split]?.played ?? 0)
  }

  private var departures: [Int: Int] {
    pool.reduce(into: [:]) { $0.merge($1.departures, uniquingKeysWith: +) }
  }

  /// How many departed on the pooled levels.
  public var departed: Int { departures.values.reduce(0, +) }

  /// A histogram of the departures' steps.
  public struct Histogram: Sendable, Hashable {
    /// How many fall into each bin; the last one takes all that come later.
    public let bins: [Int]
    /// Steps a bin.
    public let width: Int
    /// The first step of the last bin.
    public var last: Int { (bins.count - 1) * width }
  }

  /// The histogram with so many bins, as wide as it takes for all but the latest twentieth to have one of their own.
  public func histogram(bins count: Int) -> Histogram {
    let count = max(2, count)
    let (departures, departed) = (departures, departed)
    let steps = departures.keys.sorted()
    var (seen, most) = (0, 0)
    for step in steps {
      if seen * 20 >= departed * 19 { break }
      seen += departures[step] ?? 0
      most = step
    }
    let width = max(1, (most + count) / count)
    var bins = Array(repeating: 0, count: count)
    for (step, number) in departures { bins[min(count - 1, max(0, step / width))] += number }
    return Histogram(bins: bins, width: width)
  }
}
