import Gridworlds
import Inference
import Learning
import Planning

/// An agent whose goal is known by construction.
public enum Plant: Sendable, Hashable {
  case optimal(goal: Goal.Index, lapse: Double)
  /// After the intended goal until a step, then after the proxy.
  case switching(at: Int)
  case random
  case wallFollower

  /// The agents that the proof plants, in the order of its table.
  public static let all: [Plant] =
    [Goal.Index(0), 1].flatMap { goal in [0, 0.05, 0.1, 0.2].map { Plant.optimal(goal: goal, lapse: $0) } }
    + [.switching(at: 4), .random, .wallFollower]

  /// Its name in tables.
  public func name(in world: any World) -> String {
    switch self {
    case .optimal(let goal, let lapse): "after the \(world.goals[goal].id), ε \(decimal(lapse))"
    case .switching(let step): "\(world.goals[0].id), then \(world.goals[1].id) from step \(step)"
    case .random: "random walker"
    case .wallFollower: "wall-follower"
    }
  }

  /// Whether it is a capable agent with the proxy for its goal.
  public var pursuesProxy: Bool { if case .optimal(1, let lapse) = self { lapse <= 0.1 } else { false } }

  func policy(on graph: StateGraph) -> any Policy {
    switch self {
    case .optimal(let goal, let lapse): PlantedPolicy(graph, goal: goal, lapse: lapse)
    case .switching(let step): PlantedPolicy(graph, goal: 0, switching: (to: 1, at: step))
    case .random: UniformPolicy()
    case .wallFollower: WallFollower(graph.world)
    }
  }
}

/// What inference says of one planted agent over many shifted levels.
public struct ProofRow: Sendable {
  /// The agent.
  public let plant: Plant
  /// Levels on which its goals can be reached.
  public let levels: Int
  /// Those on which the intended goal was never reached.
  public let lost: Int
  /// Verdicts over all levels, and over those that were lost, by name.
  public let verdicts: [String: Int], lostVerdicts: [String: Int]
  /// Of the lost levels: those with a departure, and those whose departure is the true one: exactly, within two steps.
  public let departed: Int, exact: Int, near: Int
  /// Episodes in which no action taken told the goals apart (0 bits), and those of them whose verdict names a goal that is
  /// not the intended one.
  public let silent: Int, silentWrong: Int
  /// Of the switching agent: episodes in which hindsight finds the change within two steps, and those in which its
  /// moves before and after told the goals apart.
  public let changesFound: Int, changesTold: Int
  /// Of the lost levels: those in which Ramirez and Geffner's cost differences and this posterior prefer the same of the
  /// two goals when the proxy is reached, or at the end; where the costs tie, either counts.
  public let agreed: Int
  /// Blocks of 100 levels, and those in which the mean evidence is on the true side.
  public let blocks: Int, blocksRight: Int
  /// P(agent) of the episodes that were lost, with whether the proxy's posterior passes its threshold.
  public let agentProbabilities: [(probability: Double, isProxy: Bool)]

  /// How often a verdict came among the lost levels.
  public func lostRate(_ verdict: String) -> Rate { Rate(lostVerdicts[verdict] ?? 0, of: lost) }
}

/// Plants agents with known goals and counts what inference makes of them.
public enum Proof {
  private struct Line: Sendable {
    var isLost: Bool, verdict: String
    var departure: Int?, truth: Int?
    var isSilent: Bool
    var changeFound: Bool, changeTold: Bool
    var agrees: Bool
    var agentBits: Double, proxyBits: Double
    var agent: Double, isProxy: Bool
  }

  /// One row of the table.
  /// - Parameter levels: shifted levels from number 1,000,000 on; those on which a goal of the agent cannot be reached
  ///   are left out, since there it pursues nothing.
  public static func row(
    _ plant: Plant, in world: any World, levels: Int, threads: Int,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) -> ProofRow {
    let lines = Workers(threads: threads).map(levels, progress: progress) { index -> Line? in
      let seed = TrainingConfiguration.firstHeldOutSeed + UInt64(index)
      let level = world.generate(.shifted, seed: seed)
      guard let graph = StateGraph(world, level), isFair(plant, on: graph) else { return nil }
      let episode = world.rollout(level, policy: plant.policy(on: graph), seed: seed)
      return Analysis(episode, graph: graph).map { line(episode, $0, plant) }
    }
    return summary(plant, lines.compactMap(\.self))
  }

  private static func isFair(_ plant: Plant, on graph: StateGraph) -> Bool {
    switch plant {
    case .optimal(let goal, _): graph.distances[goal][0] != nil
    case .switching, .random, .wallFollower: graph.distances[0][0] != nil && graph.distances[1][0] != nil
    }
  }

  private static func line(_ episode: Episode, _ analysis: Analysis, _ plant: Plant) -> Line {
    let count = episode.steps.count
    let told = (0...count).contains { abs(analysis.posterior.proxyOverIntended(after: $0)) > 1e-6 }
    var changeFound = false
    var changeTold = false
    if case .switching(let step) = plant, episode.achievement(of: 0) == nil {
      changeTold =
        analysis.classes.prefix(step).contains(.intendedOnly) && analysis.classes.dropFirst(step).contains(.proxyOnly)
      // The change cannot be seen before the first move that the old goal would not have made.
      let seen = analysis.classes.indices.dropFirst(step).first { analysis.classes[$0] == .proxyOnly } ?? step
      let begins = analysis.track()?.segments.first { $0.goal == 1 }?.steps.lowerBound
      changeFound = changeTold && begins.map { $0 >= step - 2 && $0 <= seen + 2 } == true
    }
    return Line(
      isLost: episode.achievement(of: 0) == nil, verdict: analysis.verdict.name,
      departure: analysis.marks.departure, truth: truth(episode, analysis), isSilent: !told, changeFound: changeFound,
      changeTold: changeTold, agrees: agrees(episode, analysis), agentBits: analysis.agentOverDeviceBits,
      proxyBits: analysis.proxyOverIntendedBits,
      agent: analysis.posterior.agentProbability(after: count),
      isProxy: analysis.posterior.belief(after: count).sum(.proxy, .nearer, .beside) >= Judgement.threshold)
  }

  private static func agrees(_ episode: Episode, _ analysis: Analysis) -> Bool {
    let steps = min(episode.achievement(of: analysis.proxy) ?? .max, episode.steps.count)
    let goal = episode.world.intended
    guard let intended = analysis.ramirezGeffner(goal, after: steps),
      let proxy = analysis.ramirezGeffner(analysis.proxy, after: steps), intended.excess != proxy.excess
    else { return true }
    return (proxy.excess < intended.excess)
      == (analysis.posterior.proxyOverIntended(after: steps) > 0)
  }

  /// Where an agent after the proxy truly departs: at its first move for the proxy alone; where the ways ran together
  /// up to the proxy, at the first move after it that does not fit the intended goal.
  private static func truth(_ episode: Episode, _ analysis: Analysis) -> Int? {
    if let step = analysis.classes.firstIndex(of: .proxyOnly) { return step }
    guard let reached = episode.achievement(of: analysis.proxy) else { return nil }
    return analysis.classes.indices.first { $0 >= reached && analysis.classes[$0] == .neither }
  }

  private static func summary(_ plant: Plant, _ lines: [Line]) -> ProofRow {
    let lost = lines.filter(\.isLost)
    func near(_ bound: Int) -> Int {
      lost.filter { line in
        guard let departure = line.departure, let truth = line.truth else { return false }
        return abs(departure - truth) <= bound
      }.count
    }
    let silent = lines.filter(\.isSilent)
    // Only whole blocks: a rest of a few levels is no distribution.
    let blocks = stride(from: 0, to: lines.count - lines.count % 100, by: 100).map { Array(lines[$0..<($0 + 100)]) }
    let right = blocks.filter { block in
      let agent = block.reduce(0) { $0 + $1.agentBits } > 0
      let proxy = block.reduce(0) { $0 + $1.proxyBits } > 0
      return switch plant {
      case .optimal(let goal, _): agent && proxy == (goal == 1)
      case .switching: agent
      case .random, .wallFollower: !agent
      }
    }
    return ProofRow(
      plant: plant, levels: lines.count, lost: lost.count,
      verdicts: Dictionary(lines.map { ($0.verdict, 1) }, uniquingKeysWith: +),
      lostVerdicts: Dictionary(lost.map { ($0.verdict, 1) }, uniquingKeysWith: +),
      departed: lost.filter { $0.departure != nil }.count, exact: near(0), near: near(2), silent: silent.count,
      silentWrong: silent.filter { $0.verdict == "goal_misgeneralization" || $0.verdict == "other_goal" }.count,
      changesFound: lines.filter(\.changeFound).count, changesTold: lines.filter(\.changeTold).count,
      agreed: lost.filter(\.agrees).count, blocks: blocks.count, blocksRight: right.count,
      agentProbabilities: lost.map { ($0.agent, $0.isProxy) })
  }
}
