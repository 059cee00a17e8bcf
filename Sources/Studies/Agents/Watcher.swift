import Gridworlds
import Planning

/// An agent with the seed of its sampling: puts it on levels and returns what it did.
public struct Watcher: Sendable {
  /// The agent.
  public let policy: any Policy
  /// The seed of its sampling.
  public let seed: UInt64
  /// Whether it takes its most probable action always.
  public let greedy: Bool
  /// How the agent came to be; `nil` where nothing says so.
  public let record: AgentRecord?

  /// An agent with the seed of its sampling.
  public init(_ policy: any Policy, seed: UInt64 = 1, greedy: Bool = false, record: AgentRecord? = nil) {
    self.policy = policy
    self.seed = seed
    self.greedy = greedy
    self.record = record
  }

  /// What it does on a level, analysed.
  public func run(_ world: any World, _ level: Level) -> Run {
    Run(world.rollout(level, policy: policy, seed: seed, greedy: greedy))
  }
}
