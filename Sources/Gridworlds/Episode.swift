/// Why an episode stopped.
public enum Conclusion: String, Hashable, Sendable {
  /// The world ended.
  case terminated
  /// The time limit cut it.
  case truncated
  /// Whoever recorded it stopped there.
  case stopped
}

/// A level plus what an agent did in it: the one thing that moves between trainer, players, files and screens.
public struct Episode: Sendable {
  /// Who acts where a person plays.
  public static let person = "you"

  /// The rules.
  public let world: any World
  /// The level.
  public let level: Level
  /// Who acted.
  public let agent: String
  /// A number that tells the agent's parameters from another's of the same name; `nil` where that is not known.
  public let agentDigest: UInt64?
  /// The seed of the agent's sampling.
  public let seed: UInt64
  /// The states it ran through, one more than there are steps.
  public private(set) var states: [PackedState]
  /// The actions in order.
  public private(set) var steps: Steps
  /// Why it stopped; ``Conclusion/stopped`` while it may still go on.
  public private(set) var conclusion: Conclusion = .stopped
  /// The steps at which a person acted in the agent's stead, ascending. They are no evidence of what the agent is after.
  public private(set) var interventions: [Int] = []
  /// The sum of the intended goal's rewards.
  public private(set) var totalReward: Float = 0
  /// What is known of it against the recording that it was played again from; `nil` of what was played here.
  public var recording: Recording?
  /// By goal, the first frame at which it is achieved.
  private var achievements: [Int?]
  private var random: RandomSource

  /// An episode at its first frame.
  public init(world: any World, level: Level, agent: String, agentDigest: UInt64? = nil, seed: UInt64) {
    self.world = world
    self.level = level
    self.agent = agent
    self.agentDigest = agentDigest
    self.seed = seed
    random = RandomSource(seed: seed, stream: 1)
    states = []
    steps = Steps(actionCount: world.actions.count)
    achievements = Array(repeating: nil, count: world.goals.count)
    enter(world.begin(level))
  }

  /// One frame more than there are steps.
  public var frames: Frames { Frames(world: world, level: level, states: states) }

  /// Takes one action; does nothing once the episode has ended.
  public mutating func advance(_ action: Int, decision: Decision? = nil) {
    guard conclusion == .stopped, world.actions.indices.contains(action) else { return }
    let (state, reward, end) = world.advance(states[states.count - 1], action, in: level, using: &random)
    enter(state)
    steps.append(action, reward: reward, decision: decision)
    totalReward += reward
    if end == .terminates {
      conclusion = .terminated
    } else if steps.count >= level.timeLimit {
      conclusion = .truncated
    }
  }

  /// Takes one action that a person chose in the agent's stead; does nothing once the episode has ended.
  /// - Parameter decision: what the agent made of the state, where it was asked.
  public mutating func intervene(_ action: Int, decision: Decision? = nil) {
    let step = steps.count
    advance(action, decision: decision)
    if steps.count > step { interventions.append(step) }
  }

  private mutating func enter(_ state: PackedState) {
    for goal in achievements.indices where achievements[goal] == nil {
      if world.isAchieved(goal, in: state, of: level) { achievements[goal] = states.count }
    }
    states.append(state)
  }

  /// The episode up to a step, open to be continued otherwise.
  public func prefix(_ count: Int) -> Episode {
    var shorter = Episode(world: world, level: level, agent: agent, agentDigest: agentDigest, seed: seed)
    for step in steps.prefix(count) { shorter.advance(step.action, decision: step.decision) }
    shorter.interventions = interventions.filter { $0 < shorter.steps.count }
    shorter.recording = recording?.prefix(shorter.steps.count)
    return shorter
  }

  /// Whether it is known that another agent acted in another episode, be it one of the same name.
  public func hasOtherAgent(than other: Episode) -> Bool {
    agent != other.agent || agentDigest.map { digest in other.agentDigest.map { $0 != digest } ?? false } ?? false
  }

  /// The first frame at which a goal is achieved, `nil` if never.
  public func achievement(of goal: Goal.Index) -> Int? {
    achievements.indices.contains(goal.number) ? achievements[goal.number] : nil
  }

  /// Bit `g` is set where goal `g` is achieved at a frame.
  public func achieved(at frame: Int) -> UInt32 { world.achieved(in: states[frame], of: level) }

  /// Where the agent stands at a frame.
  public func agent(at frame: Int) -> Position { world.agent(of: states[frame]) }

  /// A hash of a frame that is the same in every run: the level, the time and the state.
  public func hash(at frame: Int) -> UInt64 {
    RandomSource.mix(states[frame].stableHash ^ level.stableHash ^ UInt64(frame))
  }
}

extension World {
  /// Plays a policy from the level's start to its end.
  /// - Parameters:
  ///   - seed: of the sampling; the same seed gives the same episode.
  ///   - greedy: the most probable action always, instead of a sample.
  public func rollout(_ level: Level, policy: some Policy, seed: UInt64, greedy: Bool = false) -> Episode {
    Episode(world: self, level: level, agent: policy.name, seed: seed)
      .continued(by: policy, seed: seed, greedy: greedy)
  }
}
