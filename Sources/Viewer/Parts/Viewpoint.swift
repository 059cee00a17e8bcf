import Gridworlds
import Studies

/// What of an episode is shown now, for the parts that look at it.
struct Viewpoint: Sendable {
  let run: Run
  /// At most the last one.
  let frame: Int
  /// Who acts, where the agent is at hand.
  let agent: Agent?

  /// - Parameter frame: where one stands; beyond the episode's end, there.
  init(_ run: Run, at frame: Int, agent: Agent?) {
    (self.run, self.agent) = (run, agent)
    self.frame = min(frame, run.episode.steps.count)
  }

  var episode: Episode { run.episode }
  var world: any World { run.episode.world }
  var level: Level { run.episode.level }
  /// What stands where now.
  var shown: Frame { run.episode.frames[frame] }
  /// Whether no step follows.
  var isAtEnd: Bool { frame == run.episode.steps.count }

  /// What the network sees now.
  var sight: Observation? { agent.flatMap { Observation($0.policy, of: shown, in: world, level) } }
}
