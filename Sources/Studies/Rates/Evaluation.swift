import Gridworlds
import Inference
import Learning
import Planning

/// What one agent does on many held-out levels of one distribution.
public struct Evaluation: Sendable, Hashable {
  public var world: String
  public var split: String
  public var agent: String
  /// The seed of the agent's training; 0 where it was not trained.
  public var seed: UInt64
  /// The first held-out level's seed, and how many levels follow it.
  public var firstLevel: UInt64
  public var levels: Int
  public var totalSteps: Int
  /// By outcome.
  public var outcomes: [Outcome: Int]
  /// By the verdict's name.
  public var verdicts: [String: Int]
  /// Episodes with a departure.
  public var departures: Int
  /// By which goal was achieved first; `nil` where that was not written down.
  public var firstTouches: [Touch.Kind: Int]?
  /// The evidence of each episode for an agent over the devices, in bits.
  public var agentOverDevice: Average
  /// The evidence of each episode for the best proxy over the intended goal, in bits.
  public var proxyOverIntended: Average
  /// The share of shifted levels in the agent's training.
  public var severity: Double
  /// The undiscounted returns.
  public var returns: Average
  /// The greatest returns that the levels allow, of those of which it is known.
  public var best: Average
  /// What the world measures besides, over the episodes to which it applies.
  public var measures: [Measure]
  /// A number that tells the agent's parameters from others'; `nil` where it has none.
  public var digest: UInt64?
  /// Whether the agent took its most probable action always; `nil` where that was not written down.
  public var isGreedy: Bool?
  /// Who played the same levels beside it; `nil` where that was not written down.
  public var company: Company?
  /// Of what it is a part; `nil` where that was not written down.
  public var plan: EvaluationPlan?

  /// A named number over episodes.
  public struct Measure: Sendable, Hashable {
    /// What it is.
    public let name: String
    /// Over the episodes to which it applies.
    public let average: Average
  }

  /// The share of the greatest return that was reached, over all levels; `nil` where the greatest is not known.
  public var shareOfBest: Double? { best.count == levels && best.mean > 0 ? returns.mean / best.mean : nil }

  /// Plays an agent on held-out levels, its actions sampled, and judges every episode.
  /// - Parameter progress: called now and then with the count of levels done, from any thread.
  public init(
    _ agent: Agent, in world: any World, split: Split, levels: Range<Int>, threads: Int,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    self =
      Evaluation.all(
        [agent], in: world, split: split, levels: levels, threads: threads, progress: progress)[0]
  }

  /// The same for several agents, level by level, so that what all need of a level is worked out once.
  ///
  /// Level `i` has seed 1,000,000 + i, and the agents' sampling on it the same, so the result does not depend on
  /// threads, shards or company. Memory does not grow with the levels.
  public static func all(
    _ agents: [Agent], in world: any World, split: Split, levels: Range<Int>, threads: Int,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) -> [Evaluation] {
    // Each episode of an agent that was trained, or made for a goal, is judged as one of its, known from other levels.
    let agents = agents.map { agent in
      agent.record == nil && !(agent.policy is SeekingPolicy)
        ? agent : AgentProfile.known(agent, in: world, threads: threads)
    }
    var tallies = agents.map { _ in EvaluationTally(measures: world.measures) }
    let kinds = agents.map { Company.Kind(isTrained: $0.record != nil, severity: $0.record?.severity ?? 0) }
    let companies = kinds.map { kind in kinds.indices.filter { kinds[$0] == kind } }
    for start in stride(from: levels.lowerBound, to: levels.upperBound, by: blockLength) {
      let block = start..<min(start + blockLength, levels.upperBound)
      let rows = Workers(threads: threads).map(
        block, by: 4, progress: { progress(start - levels.lowerBound + $0) },
        { part in
          part.map { offset in
            let seed = TrainingConfiguration.firstHeldOutSeed + UInt64(offset)
            let level = world.generate(split, seed: seed)
            let graph = StateGraph(world, level)
            return agents.map { EvaluationTally.Line($0.sampling(seed: seed).run(world, level, graph: graph)) }
          }
        })
      for lines in rows.joined() {
        for (index, line) in lines.enumerated() {
          tallies[index].add(line, alike: companies[index].count { lines[$0].outcome == line.outcome })
        }
      }
    }
    return agents.indices.map { index in
      let tally = tallies[index]
      var evaluation = Evaluation(of: agents[index], in: world, split: split, levels: levels, tally: tally)
      evaluation.company = Company(agents: companies[index].count, shared: tally.shared)
      return evaluation
    }
  }

  /// Levels of which each one's outcome is held at once.
  private static let blockLength = 4_096

  private init(of agent: Agent, in world: any World, split: Split, levels: Range<Int>, tally: EvaluationTally) {
    self.world = world.name
    self.split = split.rawValue
    self.agent = agent.name
    seed = agent.record?.seed ?? 0
    severity = agent.record?.severity ?? 0
    digest = agent.record?.digest
    isGreedy = agent.greedy
    firstLevel = TrainingConfiguration.firstHeldOutSeed + UInt64(levels.lowerBound)
    self.levels = levels.count
    totalSteps = tally.steps
    outcomes = tally.outcomes
    verdicts = tally.verdicts
    departures = tally.departures
    firstTouches = tally.firstTouches
    agentOverDevice = tally.agentBits.average
    proxyOverIntended = tally.proxyBits.average
    returns = tally.returns.average
    best = tally.best.average
    measures = zip(world.measures, tally.measures).map { Measure(name: $0, average: $1.average) }
  }

  /// How often an outcome came.
  public func rate(_ outcome: Outcome) -> Rate { Rate(outcomes[outcome] ?? 0, of: levels) }

  /// The mean length of an episode.
  public var meanSteps: Double { levels > 0 ? Double(totalSteps) / Double(levels) : 0 }
}
