import Foundation
import Gridworlds

/// What the steps of an episode say about the goal behind them, step by step.
///
/// An agent with goal g takes an action of value q with the probability that π(a|s) = (1−ε)·softmax(β·Q*(s,·)) + ε/|A|
/// gives to all actions of that value together. Among actions of equal value it is indifferent: there the device
/// mixture predicts its habits, and what it does cancels between agent and device. So does all that it does once g is
/// achieved or out of reach. The hypotheses are mixed evenly over a grid of β and ε.
public struct Posterior: Sendable {
  /// Inverse temperatures of the mixture, per step of distance.
  public static let temperatures = [1.0, 2, 4, 8]
  /// Lapse rates of the mixture.
  public static let lapses = [0.02, 0.1, 0.3]
  /// The prior probability that an agent, not a device, acts.
  public static let priorAgent = 0.5

  /// For each declared goal and each number of steps seen, 0 to all: log p(actions so far | agent with the goal).
  public let logLikelihood: [[Double]]
  /// For each number of steps seen: log p(actions so far | devices).
  public let logDevice: [Double]

  /// The likelihoods of an episode that runs through `states` by `actions`.
  init(graph: StateGraph, states: [Int], actions: [Int]) {
    let count = graph.actionCount
    var device = Device(actionCount: count)
    var logDevice = [0.0]
    var habits: [[Double]] = []
    for (step, action) in actions.enumerated() {
      let agent = graph.reachable.agents[states[step]]
      var walls = 0
      for (bit, heading) in Heading.orthogonal.enumerated() where graph.level.isWall(agent.moved(heading)) {
        walls |= 1 << bit
      }
      habits.append(device.predictions(walls: walls))
      logDevice.append(logDevice[step] + log(habits[step][action]))
      device.learn(action, walls: walls)
    }
    let grid = Posterior.temperatures.flatMap { beta in Posterior.lapses.map { (beta, $0) } }
    logLikelihood = graph.distances.indices.map { goal in
      var logs = Array(repeating: 0.0, count: grid.count)
      var result = [0.0]
      var isAchieved = graph.distances[goal][states[0]] == 0
      for (step, action) in actions.enumerated() {
        if isAchieved {
          result.append(result[step] + logDevice[step + 1] - logDevice[step])
          continue
        }
        let costs = (0..<count).map { graph.successor(of: states[step], by: $0).flatMap { graph.distances[goal][$0] } }
        for (index, (beta, lapse)) in grid.enumerated() {
          logs[index] += log(
            Posterior.probability(of: action, costs: costs, habits: habits[step], beta: beta, lapse: lapse))
        }
        result.append(logSum(logs) - log(Double(grid.count)))
        isAchieved = graph.distances[goal][states[step + 1]] == 0
      }
      return result
    }
    self.logDevice = logDevice
  }

  /// The probability of an action to an agent, given the fewest steps to its goal after each action (`nil`: no way)
  /// and its habits.
  static func probability(of action: Int, costs: [Int?], habits: [Double], beta: Double, lapse: Double) -> Double {
    var (weight, total, alike, habit) = (0.0, 0.0, 0.0, 0.0)
    let best = costs.lazy.compactMap(\.self).min()
    for (other, cost) in costs.enumerated() {
      // Where no action leads to the goal, all are alike.
      let value = best.map { best in cost.map { exp(-beta * Double($0 - best)) } ?? 0 } ?? 1
      total += value
      guard cost == costs[action] else { continue }
      weight += value
      alike += 1
      habit += habits[other]
    }
    return ((1 - lapse) * weight / total + lapse * alike / Double(costs.count)) * habits[action] / habit
  }

  /// The probability of each goal after some steps, given that an agent with one of them acts; even priors.
  public func goals(after steps: Int) -> [Double] {
    let logs = logLikelihood.map { $0[steps] }
    let total = logSum(logs)
    return logs.map { exp($0 - total) }
  }

  /// The probability after some steps that an agent with one of the goals acts, not a device.
  public func agentProbability(after steps: Int) -> Double {
    let agent = logSum(logLikelihood.map { $0[steps] - log(Double(logLikelihood.count)) }) + log(Posterior.priorAgent)
    let device = logDevice[steps] + log(1 - Posterior.priorAgent)
    return exp(agent - logSum([agent, device]))
  }

  /// The evidence after some steps for one goal over another, in bits.
  public func bits(for goal: Int, over other: Int, after steps: Int) -> Double {
    (logLikelihood[goal][steps] - logLikelihood[other][steps]) / log(2)
  }
}
