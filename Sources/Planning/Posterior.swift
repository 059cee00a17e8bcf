import Foundation
import Gridworlds

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
  func shares(of candidates: [Candidate]) -> [Double] {
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
  public let logLikelihood: [[Double]]
  /// For each number of steps seen: log p(actions so far | devices).
  public let logDevice: [Double]
  private let logShares: [Double]
  private let logAgentOdds: Double

  /// The device class in words, for screens and files.
  public static let deviceClass = "KT on none, 1 or 2 last actions, walls; uniform"

  /// The likelihoods of what evidence there is.
  init(_ evidence: Evidence, prior: Prior = Prior()) {
    var logDevice = [0.0]
    for (step, action) in evidence.actions.enumerated() {
      logDevice.append(logDevice[step] + log(evidence.habits[step][action]))
    }
    let models = AgentModel.grid(prior)
    logLikelihood = evidence.graph.candidates.indices.map { candidate in
      var logs = Array(repeating: 0.0, count: models.count)
      var result = [0.0]
      for step in evidence.actions.indices {
        if let moment = evidence.moment(step, candidate) {
          for (index, model) in models.enumerated() { logs[index] += log(model.probability(of: moment)) }
        } else {
          for index in logs.indices { logs[index] += logDevice[step + 1] - logDevice[step] }
        }
        result.append(logSum(logs) - log(Double(models.count)))
      }
      return result
    }
    self.logDevice = logDevice
    logShares = prior.shares(of: evidence.graph.candidates).map { log($0) }
    logAgentOdds = log(prior.agent) - log(1 - prior.agent)
  }

  /// The probability of each candidate after some steps, given that an agent with one of them acts.
  public func goals(after steps: Int) -> [Double] {
    let logs = zip(logLikelihood, logShares).map { $0[steps] + $1 }
    let total = logSum(logs)
    return logs.map { exp($0 - total) }
  }

  /// The evidence after some steps for an agent with one of the goals over the devices, as a natural logarithm.
  public func logAgentOverDevice(after steps: Int) -> Double {
    logSum(zip(logLikelihood, logShares).map { $0[steps] + $1 }) - logDevice[steps]
  }

  /// The probability after some steps that an agent with one of the goals acts, not a device.
  public func agentProbability(after steps: Int) -> Double {
    1 / (1 + exp(-(logAgentOverDevice(after: steps) + logAgentOdds)))
  }

  /// The evidence after some steps for one candidate over another, in bits.
  public func bits(for goal: Int, over other: Int, after steps: Int) -> Double {
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

  /// The probability of what was done at a moment; 0 < p ≤ 1 for lapses above 0.
  func probability(of moment: Moment) -> Double {
    var (weight, total) = (0.0, 0.0)
    for loss in moment.losses {
      let value = loss < weights.count ? weights[loss] : 0
      total += value
      if loss == moment.lossTaken { weight += value }
    }
    return ((1 - lapse) * weight / total + lapse * moment.shareAlike) * moment.habit
  }
}

/// What an agent with a goal had to choose from at a step.
struct Moment {
  /// For each action the steps that it loses against the best; beyond all bounds where it leads nowhere.
  let losses: [Int]
  /// The loss of the action that was taken.
  let lossTaken: Int
  /// The share of the actions that lose just as much.
  let shareAlike: Double
  /// How probable the taken one is by habit among those.
  let habit: Double
}

/// An episode as inference sees it: where it went, what was done, and what a device expected.
struct Evidence {
  let graph: StateGraph
  let states: [Int]
  let actions: [Int]
  /// By step, the device mixture's probability of each action, given all before.
  let habits: [[Double]]
  /// By candidate, the first frame at which it is achieved.
  let achieved: [Int?]
  /// The steps that a person took in the agent's stead: they say nothing about the agent.
  let interventions: Set<Int>

  init(_ graph: StateGraph, states: [Int], actions: [Int], episode: Episode) {
    self.graph = graph
    self.states = states
    self.actions = actions
    let interventions = Set(episode.interventions)
    self.interventions = interventions
    var device = Device(actionCount: graph.actionCount)
    habits = actions.enumerated().map { step, action in
      let agent = graph.reachable.agents[states[step]]
      var walls = 0
      for (bit, heading) in Heading.orthogonal.enumerated() where graph.level.isWall(agent.moved(heading)) {
        walls |= 1 << bit
      }
      defer {
        if interventions.contains(step) { device.witness(action) } else { device.learn(action, walls: walls) }
      }
      return device.predictions(walls: walls)
    }
    achieved = graph.candidates.indices.map { index in
      if let goal = graph.candidates[index].declared { return episode.achievement(of: goal) }
      return states.firstIndex { graph.distances[index][$0] == 0 }
    }
  }

  /// The first frame at which a candidate is achieved, where the agent itself did it.
  func achievedByAgent(_ candidate: Int) -> Int? {
    achieved[candidate].flatMap { interventions.contains($0 - 1) ? nil : $0 }
  }

  /// The choice at a step for a candidate goal; `nil` where it says nothing: achieved, out of reach, or a person's.
  func moment(_ step: Int, _ candidate: Int) -> Moment? {
    if interventions.contains(step) { return nil }
    if let achieved = achieved[candidate], achieved <= step { return nil }
    let distances = graph.distances[candidate]
    let costs = (0..<graph.actionCount).map { graph.successor(of: states[step], by: $0).flatMap { distances[$0] } }
    guard let best = costs.lazy.compactMap(\.self).min() else { return nil }
    let losses = costs.map { $0.map { $0 - best } ?? .max }
    let taken = losses[actions[step]]
    var (alike, habit) = (0, 0.0)
    for (action, loss) in losses.enumerated() where loss == taken {
      alike += 1
      habit += habits[step][action]
    }
    return Moment(
      losses: losses, lossTaken: taken, shareAlike: Double(alike) / Double(losses.count),
      habit: habits[step][actions[step]] / habit)
  }
}
