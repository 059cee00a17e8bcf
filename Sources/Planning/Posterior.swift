import Foundation
import Gridworlds

/// What the steps of an episode say about the goal behind them, step by step.
///
/// An agent with goal g takes action a with π(a|s) = (1−ε)·softmax(β·Q*(s,·)) + ε/|A| until g is achieved, and after
/// that is predicted by the device mixture itself, so that what it does then cancels between agent and device. The
/// hypotheses are mixed evenly over a grid of β and ε.
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
    for (step, action) in actions.enumerated() {
      let agent = graph.reachable.agents[states[step]]
      var walls = 0
      for (bit, heading) in Heading.orthogonal.enumerated() where graph.level.isWall(agent.moved(heading)) {
        walls |= 1 << bit
      }
      logDevice.append(logDevice[step] + device.observe(action, walls: walls))
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
          logs[index] += log(Posterior.probability(of: action, costs: costs, beta: beta, lapse: lapse))
        }
        result.append(logSum(logs) - log(Double(grid.count)))
        isAchieved = graph.distances[goal][states[step + 1]] == 0
      }
      return result
    }
    self.logDevice = logDevice
  }

  /// π(a|s) of an agent, given the fewest steps to its goal after each action (`nil`: no way). Where no action leads
  /// to the goal, all are alike.
  static func probability(of action: Int, costs: [Int?], beta: Double, lapse: Double) -> Double {
    guard let best = costs.compactMap(\.self).min() else { return 1 / Double(costs.count) }
    let weights = costs.map { $0.map { exp(-beta * Double($0 - best)) } ?? 0 }
    return (1 - lapse) * weights[action] / weights.reduce(0, +) + lapse / Double(costs.count)
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
