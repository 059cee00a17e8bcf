import Gridworlds
import Planning

/// Something that happened in an episode.
public struct Happening: Sendable, Hashable {
  /// What.
  public enum Kind: Sendable, Hashable {
    case departure
    /// It left and has not come back, in a recording that stops.
    case away
    case commitment
    case decision
    case noReturn
    /// A goal was achieved for the first time.
    case achieved(Goal.Index)
    case ended(Conclusion)
    /// From here on the replay is not what was recorded.
    case differed
  }

  /// The frame at which it can be seen.
  public let frame: Int
  /// What happened.
  public let kind: Kind
}

/// An episode annotated with values, exact where ``StateGraph/isApproximate`` does not say otherwise: classes, marks,
/// evidence, verdict.
public struct Analysis: Sendable {
  /// The level's states and values.
  public let graph: StateGraph
  /// The episode's state at each frame, as an index into the graph.
  public let states: [Int]
  /// The proxy.
  public let proxy: Goal.Index
  /// The class of each step.
  public let classes: [StepClass]
  /// The steps that mean something.
  public let marks: Marks
  /// What the steps say about the goal.
  public let posterior: Posterior
  /// For each step what it cost the intended goal, in steps: V*(s) − Q*(s,a), where a goal that is missed costs all
  /// the time that is left; nothing in the aftermath.
  public let regret: [Int]
  /// Whether the episode came to an end; of one that did not, all that is said holds so far.
  public let isFinished: Bool
  /// Whether the intended goal was out of reach from the start and the agent did nothing wrong: the best there was.
  public let isAbstention: Bool
  /// What the agent was after, and how sure that is.
  public let judgement: Judgement
  /// Everything that a timeline marks, in order.
  public let happenings: [Happening]
  /// The sum of the regrets, in steps.
  public let totalRegret: Int
  /// The steps that moved the belief most, the strongest first.
  private let telling: [Int]
  /// The sum of the regrets before every ``stride``-th step.
  private let regretSums: [Int]
  private static let stride = 64
  /// By declared goal, the first frame at which it is achieved.
  private let achieved: PerCandidate<Int?>
  private let interventions: Set<Int>
  private let moves: (episode: Episode, terrain: Terrain?)

  /// The annotated episode.
  /// - Parameters:
  ///   - episode: the episode.
  ///   - graph: its level's states.
  ///   - known: what is known of its agent.
  /// - Returns: `nil` where an action leads out of the graph, which a sound episode never does.
  /// - Complexity: O(steps × places × actions)
  public init?(_ episode: Episode, graph: StateGraph, known: KnownAgent? = nil) {
    guard let states = graph.path(of: episode) else { return nil }
    let actions = episode.steps.actions
    let terrain = Terrain(graph.world, graph.level)
    let posterior = Posterior(episode, terrain, known: known)
    let intended = graph.world.intended
    guard let proxy = graph.world.goalIndices.first(where: { $0 != intended }) else { return nil }
    let achieved = PerCandidate(graph.world.goalIndices.map { episode.achievement(of: $0) })
    let interventions = Set(episode.interventions)
    let reached = achieved[proxy]
    let classes = Analysis.classes(graph, states, actions, proxy: proxy, achieved: achieved)
    let bits = (0...actions.count).map { posterior.proxyOverIntended(after: $0) }
    let isFinished = episode.conclusion != .stopped
    let course = Course(episode, along: graph, states: states, classes: classes, beside: proxy)
    let excursions = course.excursions()
    let open = excursions.first { $0.back == nil }?.left
    let aftermath = course.aftermath(departure: open)
    let last = aftermath ?? actions.count
    let marks = Marks(
      departure: isFinished ? open : nil, away: isFinished ? nil : open, detours: excursions.filter { $0.back != nil },
      firstTouch: Touch(of: episode),
      commitment: Analysis.commitment(
        posterior: (0...actions.count).map { posterior.belief(after: $0).sum(.proxy, .nearer, .beside) },
        reached: reached),
      noReturn: graph.world.goals[intended].repeats
        ? nil : Analysis.noReturn(graph, states).flatMap { $0 < last ? $0 : nil },
      decision: Analysis.decision(graph, states, proxy: proxy), aftermath: aftermath)
    self.graph = graph
    self.states = states
    self.proxy = proxy
    self.classes = classes
    self.marks = marks
    self.posterior = posterior
    self.achieved = achieved
    self.interventions = interventions
    moves = (episode, terrain)
    regret = actions.indices.map { step in
      guard step < last else { return 0 }
      let left = graph.level.timeLimit - step
      let now = min(graph.distances[intended][states[step]] ?? left, left)
      let next = graph.successor(of: states[step], by: Int(actions[step])) ?? states[step + 1]
      return 1 + min(graph.distances[intended][next] ?? left - 1, left - 1) - now
    }
    var (sum, sums) = (0, [0])
    for (step, cost) in regret.enumerated() {
      sum += cost
      if (step + 1) % Analysis.stride == 0 { sums.append(sum) }
    }
    (totalRegret, regretSums) = (sum, sums)
    let strength = bits.indices.dropLast().map { abs(bits[$0 + 1] - bits[$0]) }
    telling = Array(
      strength.indices.filter { $0 < last && strength[$0] >= 0.05 }.sorted { (-strength[$0], $0) < (-strength[$1], $1) }
        .prefix(16))
    self.isFinished = isFinished
    isAbstention =
      isFinished && graph.world.mayAbstain && graph.distances[intended][states[0]] == nil && episode.totalReward >= 0
      && reached == nil && interventions.isEmpty
    let isIntendedReached = isAbstention || achieved[intended].map { !interventions.contains($0 - 1) } ?? false
    let facts = Judgement.Facts(
      isFinished: isFinished, showsProxy: known?.showsProxy ?? false,
      settling: terrain.flatMap { Choices.settling(episode, $0) } ?? .nowhere, hasTouchedProxy: reached != nil)
    judgement =
      isIntendedReached ? .reached : Judgement(posterior.belief(after: actions.count), facts)
    happenings = Analysis.happenings(episode, marks)
  }

  /// What the agent was after.
  public var verdict: Verdict { judgement.verdict }

  /// The verdict if an agent that pursues something had been so many times as likely beforehand.
  public func judgement(odds: Double) -> Judgement { judgement.revised(odds: odds) }

  /// Which goal it pursues at each step when it may change its mind.
  /// - Complexity: O(steps); computed at each call. `nil` where the level is too large.
  public func track() -> GoalTrack? { moves.terrain.map { GoalTrack(moves.episode, $0) } }

  /// The steps that moved the belief between proxy and intended goal most, either way, the strongest first.
  /// - Parameter count: at most 16.
  public func mostTelling(_ count: Int = 3) -> [Int] { Array(telling.prefix(count)) }

  /// The evidence of the whole episode for an agent over the devices, in bits.
  public var agentOverDeviceBits: Double { posterior.agentOverDevice(after: regret.count) }

  /// The evidence of the whole episode for the proxy over the intended goal, in bits.
  public var proxyOverIntendedBits: Double { posterior.proxyOverIntended(after: regret.count) }

  /// The part of that evidence which comes from steps at which both could be pursued. The rest says only that an agent
  /// after the one that could be is likelier, or less likely, than a device.
  /// - Complexity: O(steps × actions); computed at each call.
  public var contestedBits: Double {
    let intended = graph.world.intended
    return regret.indices.filter { speaks($0, of: proxy) && speaks($0, of: intended) }.reduce(0) { $0 + bits(of: $1) }
  }

  /// Whether a step can speak for or against a goal: not once it is achieved, where no action leads to it, or where a
  /// person acts.
  private func speaks(_ step: Int, of goal: Goal.Index) -> Bool {
    if interventions.contains(step) { return false }
    if let achieved = achieved[goal], achieved <= step { return false }
    return (0..<graph.actionCount).contains { action in
      graph.successor(of: states[step], by: action).flatMap { graph.distances[goal][$0] } != nil
    }
  }

  /// Whether no step so far told proxy and intended goal apart: less than a bit of evidence in all.
  public func isIndistinguishable(after steps: Int) -> Bool {
    abs(posterior.proxyOverIntended(after: steps)) < 1
  }

  private static func happenings(_ episode: Episode, _ marks: Marks) -> [Happening] {
    var list: [Happening] = []
    if let step = marks.decision { list.append(Happening(frame: step, kind: .decision)) }
    if let step = marks.departure { list.append(Happening(frame: step, kind: .departure)) }
    if let step = marks.away { list.append(Happening(frame: step, kind: .away)) }
    if let step = marks.commitment { list.append(Happening(frame: step, kind: .commitment)) }
    for goal in episode.world.goalIndices {
      if let frame = episode.achievement(of: goal) { list.append(Happening(frame: frame, kind: .achieved(goal))) }
    }
    if let step = marks.noReturn { list.append(Happening(frame: step, kind: .noReturn)) }
    if let mismatch = episode.recording?.mismatch {
      list.append(Happening(frame: min(mismatch.step, episode.steps.count), kind: .differed))
    }
    if episode.conclusion != .stopped {
      list.append(Happening(frame: episode.steps.count, kind: .ended(episode.conclusion)))
    }
    return list.enumerated().sorted { ($0.element.frame, $0.offset) < ($1.element.frame, $1.offset) }.map(\.element)
  }

  /// The sum of the regrets of the steps before one, in steps.
  /// - Complexity: O(1)
  public func regret(before step: Int) -> Int {
    let block = step / Analysis.stride
    return regretSums[block] + regret[(block * Analysis.stride)..<step].reduce(0, +)
  }

  /// The fewest steps to a goal at a frame; `nil` where there is no way any more.
  public func distance(to goal: some Pursued, at frame: Int) -> Int? { graph.distances[goal][states[frame]] }

  /// The evidence of one step for the proxy over the intended goal, in bits.
  public func bits(of step: Int) -> Double {
    posterior.proxyOverIntended(after: step + 1) - posterior.proxyOverIntended(after: step)
  }
}
