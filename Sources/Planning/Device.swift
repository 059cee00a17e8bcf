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
  private var counts: [[Int: [Double]]]
  private var last: (Int, Int)

  init(actionCount: Int) {
    self.actionCount = actionCount
    logWeights = Array(repeating: -log(5), count: 5)
    counts = Array(repeating: [:], count: 4)
    last = (actionCount, actionCount)
  }

  /// The mixture's probability of each action to come, given all before.
  /// - Parameter walls: a bit for each of the four neighbours that is wall.
  func predictions(walls: Int) -> [Double] {
    let total = logSum(logWeights)
    var result = Array(repeating: exp(logWeights[4] - total) / Double(actionCount), count: actionCount)
    for (predictor, context) in contexts(walls: walls).enumerated() {
      let weight = exp(logWeights[predictor] - total)
      for action in 0..<actionCount { result[action] += weight * estimate(predictor, context, action) }
    }
    return result
  }

  /// Learns the action that came.
  mutating func learn(_ action: Int, walls: Int) {
    for (predictor, context) in contexts(walls: walls).enumerated() {
      logWeights[predictor] += log(estimate(predictor, context, action))
      counts[predictor][context, default: Array(repeating: 0, count: actionCount)][action] += 1
    }
    logWeights[4] -= log(Double(actionCount))
    last = (action, last.0)
  }

  /// Takes note of an action that somebody else took: what follows it may depend on it, but it is nobody's habit.
  mutating func witness(_ action: Int) { last = (action, last.0) }

  private func contexts(walls: Int) -> [Int] { [0, last.0, last.0 * (actionCount + 1) + last.1, walls] }

  /// Krichevsky and Trofimov's estimate of an action in a context.
  private func estimate(_ predictor: Int, _ context: Int, _ action: Int) -> Double {
    guard let seen = counts[predictor][context] else { return 1 / Double(actionCount) }
    return (seen[action] + 0.5) / (seen.reduce(0, +) + Double(actionCount) / 2)
  }
}

/// The logarithm of a sum of exponentials, without overflow; −∞ of nothing.
func logSum(_ logs: [Double]) -> Double {
  guard let largest = logs.max(), largest > -.infinity else { return -.infinity }
  return largest + log(logs.reduce(0) { $0 + exp($1 - largest) })
}
