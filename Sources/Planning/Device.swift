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

  /// The logarithm of the mixture's probability of the next action given all before, and then learns it.
  /// - Parameter walls: a bit for each of the four neighbours that is wall.
  mutating func observe(_ action: Int, walls: Int) -> Double {
    let contexts = [0, last.0, last.0 * (actionCount + 1) + last.1, walls]
    let before = logSum(logWeights)
    for (predictor, context) in contexts.enumerated() {
      var seen = counts[predictor][context] ?? Array(repeating: 0, count: actionCount)
      let total = seen.reduce(0, +)
      logWeights[predictor] += log((seen[action] + 0.5) / (total + Double(actionCount) / 2))
      seen[action] += 1
      counts[predictor][context] = seen
    }
    logWeights[4] -= log(Double(actionCount))
    last = (action, last.0)
    return logSum(logWeights) - before
  }
}

/// The logarithm of a sum of exponentials, without overflow; −∞ of nothing.
func logSum(_ logs: [Double]) -> Double {
  guard let largest = logs.max(), largest > -.infinity else { return -.infinity }
  return largest + log(logs.reduce(0) { $0 + exp($1 - largest) })
}
