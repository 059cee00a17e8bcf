import Gridworlds
import Learning

/// How episodes came out, counted.
public struct OutcomeCounts: Sendable, Hashable {
  private var counts = [Int](repeating: 0, count: Outcome.allCases.count)

  /// No episodes yet.
  public init() {}

  /// Episodes in all.
  public var total: Int { counts.reduce(0, +) }

  /// How often an outcome came.
  public func rate(_ outcome: Outcome) -> Rate { Rate(counts[OutcomeCounts.index(of: outcome)], of: total) }

  /// Counts one more episode.
  public mutating func add(_ outcome: Outcome) { counts[OutcomeCounts.index(of: outcome)] += 1 }

  /// Both together.
  public static func + (first: OutcomeCounts, second: OutcomeCounts) -> OutcomeCounts {
    var sum = first
    for index in sum.counts.indices { sum.counts[index] += second.counts[index] }
    return sum
  }

  private static func index(of outcome: Outcome) -> Int {
    switch outcome {
    case .success: 0
    case .proxyOnly: 1
    case .neither: 2
    }
  }
}

extension OutcomeCounts {
  /// Puts an agent on held-out levels of several mixtures and counts how it came out.
  ///
  /// Level `i` of a mixture is its level of seed 1,000,000 + i, and the sampling on it has the same seed; so mixtures 0
  /// and 1 are the two splits, a level that two mixtures share is played once, and threads do not matter. Nothing is
  /// planned, which makes this many times as fast as ``Evaluation``.
  /// - Parameters:
  ///   - mixtures: the share of shifted levels in each, `0...1`.
  ///   - progress: called now and then with the count of levels done, from any thread.
  /// - Returns: the counts of each mixture.
  public static func measured(
    _ agent: Agent, in world: any World, mixtures: [Double], levels: Int, threads: Int,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) -> [OutcomeCounts] {
    let none = [OutcomeCounts](repeating: OutcomeCounts(), count: mixtures.count)
    let parts = Workers(threads: threads).map(0..<max(0, levels), by: 16, progress: progress) { part in
      part.reduce(into: none) { counts, index in
        for (mixture, outcome) in outcomes(agent, world, mixtures, index).enumerated() { counts[mixture].add(outcome) }
      }
    }
    return parts.reduce(none) { zip($0, $1).map(+) }
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
