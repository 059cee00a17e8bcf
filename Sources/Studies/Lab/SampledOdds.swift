import Gridworlds
import Learning

/// What becomes of an agent on a level, from sampled episodes: for levels of which ``Odds`` says nothing.
public struct SampledOdds: Sendable {
  /// Episodes in which the intended goal came first, or with a proxy.
  public let intended: Rate
  /// Episodes in which a proxy came first.
  public let proxyFirst: Rate
  /// Episodes in which neither came.
  public let neither: Rate
  /// Episodes in which the intended goal came at all.
  public let intendedEver: Rate

  /// Samples episodes, from the agent's own seed on.
  /// - Parameters:
  ///   - agent: who acts.
  ///   - world: the rules.
  ///   - level: where it acts.
  ///   - episodes: how many.
  ///   - threads: the result does not depend on them.
  ///   - progress: called with how many are done, from any thread.
  public init(
    _ agent: Agent, in world: any World, on level: Level, episodes: Int, threads: Int,
    progress: @Sendable (Int) -> Void = { _ in }
  ) {
    let intended = world.intended
    let ends = Workers(threads: threads).map(episodes, progress: progress) { index -> (Int?, Int?) in
      let episode = agent.sampling(seed: agent.seed &+ UInt64(index)).episode(world, level)
      let others = world.goalIndices.filter { $0 != intended }.compactMap { episode.achievement(of: $0) }
      return (episode.achievement(of: intended), others.min())
    }
    let ever = ends.count { $0.0 != nil }
    let first = ends.count { own, other in own.map { $0 <= other ?? .max } ?? false }
    let proxy = ends.count { own, other in other.map { $0 < own ?? .max } ?? false }
    self.intended = Rate(first, of: ends.count)
    proxyFirst = Rate(proxy, of: ends.count)
    neither = Rate(ends.count - first - proxy, of: ends.count)
    intendedEver = Rate(ever, of: ends.count)
  }
}
