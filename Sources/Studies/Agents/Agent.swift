import Gridworlds
import Inference
import Planning

/// Who acts: a policy with the seed of its sampling, and what is known of how it came to be.
public struct Agent: Sendable {
  /// How it chooses.
  public let policy: any Policy
  /// The seed of its sampling.
  public let seed: UInt64
  /// Whether it takes its most probable action always.
  public let greedy: Bool
  /// How it came to be; `nil` where nothing says so.
  public let record: AgentRecord?
  /// What many of its episodes show; `nil` while nobody has looked.
  public private(set) var known: KnownAgent?

  /// A policy that acts.
  public init(_ policy: any Policy, seed: UInt64 = 1, greedy: Bool = false, record: AgentRecord? = nil) {
    self.policy = policy
    self.seed = seed
    self.greedy = greedy
    self.record = record
  }

  /// The same agent, of which something is known.
  public func known(as known: KnownAgent?) -> Agent {
    var agent = self
    agent.known = known
    return agent
  }

  /// What screens and files call it.
  public var name: String { policy.name }

  /// The same agent with other chances.
  public func sampling(seed: UInt64, greedy: Bool? = nil) -> Agent {
    Agent(policy, seed: seed, greedy: greedy ?? self.greedy, record: record).known(as: known)
  }

  /// What it does on a level.
  public func episode(_ world: any World, _ level: Level) -> Episode {
    Episode(world: world, level: level, agent: name, agentDigest: record?.digest, seed: seed)
      .continued(by: policy, seed: seed, greedy: greedy)
  }

  /// What it does on a level, analysed.
  /// - Parameter graph: the level's states, where they are known already.
  public func run(_ world: any World, _ level: Level, graph: StateGraph? = nil) -> Run {
    Run(episode(world, level), graph: graph, known: known)
  }
}
