import Foundation
import Gridworlds

/// A mixture of sequence predictors that pursue nothing: what an episode would look like without a goal.
///
/// Krichevsky–Trofimov estimates over five contexts, weighted evenly: none, the last action, the last two, the walls
/// around the agent, and the uniform policy. None of them knows the cell, or it could memorise a path. After Orseau,
/// McGill and Legg (2018).
struct Device {
  private let actionCount: Int
  private var logWeights: [Double]
  /// By predictor, the counts of each action in each context, and their sum.
  private var counts: [[Double]]
  private var last: (Int, Int)

  init(actionCount: Int) {
    self.actionCount = actionCount
    logWeights = Array(repeating: -log(5), count: 5)
    let contexts = [1, actionCount + 1, (actionCount + 1) * (actionCount + 1), 16]
    counts = contexts.map { Array(repeating: 0, count: $0 * (actionCount + 1)) }
    last = (actionCount, actionCount)
  }

  /// Writes the mixture's probability of each action to come, given all before.
  /// - Parameter walls: a bit for each of the four neighbours that is wall.
  func predict(walls: Int, into result: inout [Double]) {
    let total = logSum(logWeights)
    let uniform = exp(logWeights[4] - total) / Double(actionCount)
    for action in 0..<actionCount { result[action] = uniform }
    for predictor in counts.indices {
      let weight = exp(logWeights[predictor] - total)
      let start = context(predictor, walls: walls) * (actionCount + 1)
      for action in 0..<actionCount { result[action] += weight * estimate(predictor, start, action) }
    }
  }

  /// Learns the action that came.
  mutating func learn(_ action: Int, walls: Int) {
    for predictor in counts.indices {
      let start = context(predictor, walls: walls) * (actionCount + 1)
      logWeights[predictor] += log(estimate(predictor, start, action))
      counts[predictor][start + action] += 1
      counts[predictor][start + actionCount] += 1
    }
    logWeights[4] -= log(Double(actionCount))
    last = (action, last.0)
  }

  /// Takes note of an action that somebody else took: what follows it may depend on it, but it is nobody's habit.
  mutating func witness(_ action: Int) { last = (action, last.0) }

  private func context(_ predictor: Int, walls: Int) -> Int {
    switch predictor {
    case 0: 0
    case 1: last.0
    case 2: last.0 * (actionCount + 1) + last.1
    default: walls & 15
    }
  }

  /// Krichevsky and Trofimov's estimate of an action in a context, whose counts begin at `start`.
  private func estimate(_ predictor: Int, _ start: Int, _ action: Int) -> Double {
    (counts[predictor][start + action] + 0.5) / (counts[predictor][start + actionCount] + Double(actionCount) / 2)
  }
}

/// The logarithm of a sum of exponentials, without overflow; −∞ of nothing.
func logSum(_ logs: [Double]) -> Double {
  guard let largest = logs.max(), largest > -.infinity else { return -.infinity }
  return largest + log(logs.reduce(0) { $0 + exp($1 - largest) })
}
