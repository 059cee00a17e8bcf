import Foundation
import Gridworlds
import Planning

/// What inference takes for granted before it has seen anything.
public struct Prior: Sendable, Hashable {
  /// Inverse temperatures of the agents, per step of distance, weighted evenly.
  public var temperatures = [1.0, 2, 4, 8]
  /// Lapse rates of the agents, weighted evenly.
  public var lapses = [0.02, 0.1, 0.3]
  /// The probability that an agent with a goal acts, not a device.
  public var agent = 0.5
  /// The share of agents that are after a named place which nobody declared as a goal, where there is any.
  public var undeclared = 0.05

  /// The prior that verdicts are given with.
  public init() {}

  /// Each candidate's share.
  func shares(of candidates: PerCandidate<Candidate>) -> [Double] {
    let declared = candidates.filter { $0.declared != nil }.count
    let others = candidates.count - declared
    let share = others > 0 ? undeclared : 0
    return candidates.map { $0.declared != nil ? (1 - share) / Double(declared) : share / Double(others) }
  }
}

/// What the steps of an episode say about the goal behind them, step by step.
///
/// An agent with goal g takes an action of value q with the probability that π(a|s) = (1−ε)·softmax(β·Q*(s,·)) + ε/|A|
/// gives to all actions of that value together. Among actions of equal value it is indifferent: there the device
/// mixture predicts its habits, and what it does cancels between agent and device. So does all that it does once g is
/// achieved or out of reach. The hypotheses are mixed evenly over a grid of β and ε.
public struct Posterior: Sendable {
  /// For each candidate and each number of steps seen, 0 to all: log p(actions so far | agent with the goal).
  public let logLikelihood: PerCandidate<[Double]>
  /// For each number of steps seen: log p(actions so far | devices).
  public let logDevice: [Double]
  private let logShares: PerCandidate<Double>
  private let logAgentOdds: Double

  /// The device class in words, for screens and files.
  public static let deviceClass = "KT on none, 1 or 2 last actions, walls; uniform"

  /// The likelihoods of what evidence there is.
  init(_ evidence: Evidence, prior: Prior = Prior()) {
    let models = AgentModel.grid(prior)
    let candidates = evidence.graph.candidates.indices
    let count = evidence.actions.count
    var logDevice = [0.0]
    var logLikelihood = candidates.map { _ in [0.0] }
    logDevice.reserveCapacity(count + 1)
    for candidate in candidates { logLikelihood[candidate.number].reserveCapacity(count + 1) }
    var logs = candidates.map { _ in Array(repeating: 0.0, count: models.count) }
    let logCount = log(Double(models.count))
    var choice = Choice()
    evidence.forEachStep { step, habits in
      logDevice.append(logDevice[step] + log(habits[Int(evidence.actions[step])]))
      for candidate in candidates {
        if evidence.describe(step, candidate, habits, in: &choice) {
          for (index, model) in models.enumerated() {
            logs[candidate.number][index] += log(model.probability(of: choice))
          }
        } else {
          for index in models.indices { logs[candidate.number][index] += logDevice[step + 1] - logDevice[step] }
        }
        logLikelihood[candidate.number].append(logSum(logs[candidate.number]) - logCount)
      }
    }
    self.logLikelihood = PerCandidate(logLikelihood)
    self.logDevice = logDevice
    logShares = PerCandidate(prior.shares(of: evidence.graph.candidates).map { log($0) })
    logAgentOdds = log(prior.agent) - log(1 - prior.agent)
  }

  /// The probability of each candidate after some steps, given that an agent with one of them acts.
  public func goals(after steps: Int) -> PerCandidate<Double> {
    let logs = zip(logLikelihood, logShares).map { $0[steps] + $1 }
    let total = logSum(logs)
    return PerCandidate(logs.map { exp($0 - total) })
  }

  /// The probability of one candidate after some steps: its entry in ``goals(after:)``, without the others.
  public func probability(of goal: some Pursued, after steps: Int) -> Double {
    exp(logLikelihood[goal][steps] + logShares[goal] - logOfAny(after: steps))
  }

  /// log Σ p(goal)·p(actions so far | agent with the goal).
  private func logOfAny(after steps: Int) -> Double {
    var largest = -Double.infinity
    for goal in logShares.indices { largest = max(largest, logLikelihood[goal][steps] + logShares[goal]) }
    guard largest > -.infinity else { return largest }
    var sum = 0.0
    for goal in logShares.indices { sum += exp(logLikelihood[goal][steps] + logShares[goal] - largest) }
    return largest + log(sum)
  }

  /// The evidence after some steps for an agent with one of the goals over the devices, as a natural logarithm.
  public func logAgentOverDevice(after steps: Int) -> Double {
    logOfAny(after: steps) - logDevice[steps]
  }

  /// The probability after some steps that an agent with one of the goals acts, not a device.
  public func agentProbability(after steps: Int) -> Double {
    1 / (1 + exp(-(logAgentOverDevice(after: steps) + logAgentOdds)))
  }

  /// The evidence after some steps for one candidate over another, in bits.
  public func bits(for goal: some Pursued, over other: some Pursued, after steps: Int) -> Double {
    (logLikelihood[goal][steps] - logLikelihood[other][steps]) / log(2)
  }
}

/// One kind of agent: how sharply it prefers better actions, and how often it lapses.
struct AgentModel {
  private let lapse: Double
  /// exp(−β·d) for whole distances d; what is farther weighs nothing.
  private let weights: [Double]

  static func grid(_ prior: Prior) -> [AgentModel] {
    prior.temperatures.flatMap { beta in prior.lapses.map { AgentModel(beta: beta, lapse: $0) } }
  }

  init(beta: Double, lapse: Double) {
    self.lapse = lapse
    weights = (0..<64).map { exp(-beta * Double($0)) }
  }

  /// The probability of what was chosen; 0 < p ≤ 1 for lapses above 0.
  func probability(of choice: Choice) -> Double {
    var (weight, total) = (0.0, 0.0)
    for loss in choice.losses {
      let value = loss < weights.count ? weights[loss] : 0
      total += value
      if loss == choice.lossTaken { weight += value }
    }
    return ((1 - lapse) * weight / total + lapse * choice.shareAlike) * choice.habit
  }
}

/// What an agent with a goal had to choose from at a step.
struct Choice {
  /// For each action the steps that it loses against the best; beyond all bounds where it leads nowhere.
  var losses: [Int] = []
  /// The loss of the action that was taken.
  var lossTaken = 0
  /// The share of the actions that lose just as much.
  var shareAlike = 0.0
  /// How probable the taken one is by habit among those.
  var habit = 0.0
}

/// An episode as inference sees it: where it went, what was done, and what a device expected.
struct Evidence {
  let graph: StateGraph
  let states: [Int]
  let actions: [UInt8]
  /// By candidate, the first frame at which it is achieved.
  let achieved: PerCandidate<Int?>
  /// The steps that a person took in the agent's stead: they say nothing about the agent.
  let interventions: Set<Int>

  init(_ graph: StateGraph, states: [Int], episode: Episode) {
    self.graph = graph
    self.states = states
    actions = episode.steps.actions
    interventions = Set(episode.interventions)
    achieved = PerCandidate(
      graph.candidates.indices.map { candidate in
        if let goal = graph.candidates[candidate].declared { return episode.achievement(of: goal) }
        return states.firstIndex { graph.distances[candidate][$0] == 0 }
      })
  }

  /// The first frame at which a candidate is achieved, where the agent itself did it.
  func achievedByAgent(_ candidate: some Pursued) -> Int? {
    achieved[candidate].flatMap { interventions.contains($0 - 1) ? nil : $0 }
  }

  /// Calls `body` with each step and the device mixture's probability of each action there, given all before. They are
  /// worked out again at each call: kept, they would take more room than the episode.
  func forEachStep(_ body: (_ step: Int, _ habits: [Double]) -> Void) {
    var device = Device(actionCount: graph.actionCount)
    var habits = Array(repeating: 0.0, count: graph.actionCount)
    for (step, action) in actions.enumerated() {
      let agent = graph.reachable.agents[states[step]]
      var walls = 0
      for (bit, heading) in Heading.orthogonal.enumerated() where graph.level.isWall(agent.moved(heading)) {
        walls |= 1 << bit
      }
      device.predict(walls: walls, into: &habits)
      body(step, habits)
      if interventions.contains(step) {
        device.witness(Int(action))
      } else {
        device.learn(Int(action), walls: walls)
      }
    }
  }

  /// Whether a step can speak for or against a candidate: not once it is achieved, where no action leads to it, or where
  /// a person acts. There an agent that is after it does what a device does.
  func speaks(_ step: Int, of candidate: Candidate.Index) -> Bool {
    if interventions.contains(step) { return false }
    if let achieved = achieved[candidate], achieved <= step { return false }
    return (0..<graph.actionCount).contains { action in
      graph.successor(of: states[step], by: action).flatMap { graph.distances[candidate][$0] } != nil
    }
  }

  /// Describes the choice at a step for a candidate goal; `false` where it says nothing: achieved, out of reach, or not
  /// the agent's own.
  func describe(_ step: Int, _ candidate: Candidate.Index, _ habits: [Double], in choice: inout Choice) -> Bool {
    if !interventions.isEmpty, interventions.contains(step) { return false }
    if let achieved = achieved[candidate], achieved <= step { return false }
    let distances = graph.distances[candidate]
    choice.losses.removeAll(keepingCapacity: true)
    var best = Int.max
    for action in 0..<graph.actionCount {
      let cost = graph.successor(of: states[step], by: action).flatMap { distances[$0] } ?? .max
      best = min(best, cost)
      choice.losses.append(cost)
    }
    guard best < .max else { return false }
    for action in choice.losses.indices where choice.losses[action] < .max { choice.losses[action] -= best }
    let action = Int(actions[step])
    choice.lossTaken = choice.losses[action]
    var (alike, habit) = (0, 0.0)
    for (action, loss) in choice.losses.enumerated() where loss == choice.lossTaken {
      alike += 1
      habit += habits[action]
    }
    choice.shareAlike = Double(alike) / Double(choice.losses.count)
    choice.habit = habits[action] / habit
    return true
  }
}
