import Gridworlds
import Learning

/// How episodes came out, counted; those that stop before their end are left out.
public struct OutcomeCounts: Sendable, Hashable {
  private var counts: [Outcome: Int] = [:]

  /// No episodes yet.
  public init() {}

  /// How some episodes came out.
  public init(_ outcomes: some Sequence<Outcome>) {
    for outcome in outcomes { add(outcome) }
  }

  /// Whole episodes in all.
  public var total: Int { counts.values.reduce(0, +) }

  /// How often an outcome came.
  public func rate(_ outcome: Outcome) -> Rate { Rate(counts[outcome] ?? 0, of: total) }

  /// Counts one more episode.
  public mutating func add(_ outcome: Outcome) {
    if outcome != .unfinished { counts[outcome, default: 0] += 1 }
  }
}

extension Outcome {
  /// Puts an agent on held-out levels of several mixtures and says how each level came out.
  ///
  /// Level `i` of a mixture is its level of seed 1,000,000 + i, and the sampling on it has the same seed; so mixtures 0
  /// and 1 are the two splits, a level that two mixtures share is played once, and threads do not matter. Nothing is
  /// planned, which makes this many times as fast as ``Evaluation``.
  /// - Parameters:
  ///   - agent: who plays.
  ///   - world: the rules.
  ///   - mixtures: the share of shifted levels in each, `0...1`.
  ///   - levels: how many of each.
  ///   - threads: the result does not depend on them.
  ///   - progress: called now and then with the count of levels done, from any thread.
  /// - Returns: the outcomes of each mixture, in the order of its levels.
  public static func measured(
    _ agent: Agent, in world: any World, mixtures: [Double], levels: Int, threads: Int,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) -> [[Outcome]] {
    let parts = Workers(threads: threads).map(0..<max(0, levels), by: 16, progress: progress) { part in
      part.map { outcomes(agent, world, mixtures, $0) }
    }
    return mixtures.indices.map { mixture in parts.flatMap { $0.map { $0[mixture] } } }
  }

  /// The outcome on one level of each mixture.
  private static func outcomes(
    _ agent: Agent, _ world: any World, _ mixtures: [Double], _ index: Int
  ) -> [Outcome] {
    let seed = TrainingConfiguration.firstHeldOutSeed + UInt64(index)
    var played: [String: Outcome] = [:]
    return mixtures.map { mixture in
      let level = world.generate(severity: mixture, seed: seed)
      if let known = played[level.reference] { return known }
      let outcome = Outcome(of: agent.sampling(seed: seed).episode(world, level))
      played[level.reference] = outcome
      return outcome
    }
  }
}
