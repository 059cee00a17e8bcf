import Gridworlds
import Inference
import Planning
import Synchronization

/// What lay ahead of an agent at each frame of an episode, exactly: what its policy makes of the time that was left there.
public struct EpisodeOdds: Sendable {
  /// By frame. What came first is settled once it has come; whether the intended goal comes at all, only by coming.
  public let outlooks: [Odds.Outlook]
  /// The step by which the probability of the intended goal fell most; `nil` where none lowered it by ``leastFall``.
  ///
  /// The rules leave nothing to chance, so what was expected before a step is the mean over the actions that the policy
  /// could have taken: what falls, falls by the action that was taken.
  public let turn: Int?

  /// Falls of less are not told.
  public static let leastFall = 0.05

  /// The outlook at a frame; `nil` beyond the end.
  public func outlook(at frame: Int) -> Odds.Outlook? { outlooks.indices.contains(frame) ? outlooks[frame] : nil }

  /// - Parameters:
  ///   - chain: of the agent on the episode's level.
  ///   - path: the state of each frame.
  init(_ episode: Episode, _ chain: Odds, path: [Int]) {
    let intended = episode.world.intended
    let own = episode.achievement(of: intended) ?? .max
    let other =
      episode.world.goalIndices.filter { $0 != intended }.compactMap { episode.achievement(of: $0) }.min() ?? .max
    var outlooks = chain.outlooks(along: path)
    for frame in outlooks.indices {
      if frame >= min(own, other) {
        (outlooks[frame].intended, outlooks[frame].proxyFirst) = own <= other ? (1, 0) : (0, 1)
      }
      if frame >= own { outlooks[frame].intendedEver = 1 }
    }
    self.outlooks = outlooks
    func fall(_ step: Int) -> Double { outlooks[step].intendedEver - outlooks[step + 1].intendedEver }
    let most = (0..<max(0, outlooks.count - 1)).max { fall($0) < fall($1) }
    turn = most.flatMap { fall($0) >= EpisodeOdds.leastFall ? $0 : nil }
  }
}

/// What lay ahead in a run, once it has been worked out, or why it cannot be. The lock is never held while it is.
final class OddsMemo: Sendable {
  let known = Mutex<Result<EpisodeOdds, Odds.Refusal>?>(nil)
}
