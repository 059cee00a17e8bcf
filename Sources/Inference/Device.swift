import Foundation
import Gridworlds
import Planning

/// A mixture of sequence predictors that pursue nothing: what an episode would look like without a goal.
///
/// Krichevsky–Trofimov estimates over five contexts, weighted evenly: none, the last action, the last two, the walls
/// around the agent, and the uniform policy. None of them knows the cell, or it could memorise a path. After Orseau,
/// McGill and Legg (2018).
struct Device {
  /// A predictor, by what it looks at.
  private enum Predictor: Int, CaseIterable {
    case nothing, lastAction, lastTwoActions, walls
    /// Every action alike, always: it learns nothing.
    case uniform

    /// Those that count what came.
    static let counting: [Predictor] = [.nothing, .lastAction, .lastTwoActions, .walls]

    /// In how many contexts it can find itself; that no action came yet is a context too.
    func contexts(_ actionCount: Int) -> Int {
      switch self {
      case .nothing: 1
      case .lastAction: actionCount + 1
      case .lastTwoActions: (actionCount + 1) * (actionCount + 1)
      case .walls: 1 << Heading.orthogonal.count
      case .uniform: 0
      }
    }
  }

  private let actionCount: Int
  /// By predictor.
  private var logWeights: [Double]
  /// By predictor, the counts of each action in each context, and their sum.
  private var counts: [[Double]]
  /// The last action and the one before it; ``actionCount`` where there was none.
  private var last: (action: Int, before: Int)

  init(actionCount: Int) {
    self.actionCount = actionCount
    let predictors = Predictor.allCases
    logWeights = predictors.map { _ in -log(Double(predictors.count)) }
    counts = predictors.map { Array(repeating: 0, count: $0.contexts(actionCount) * (actionCount + 1)) }
    last = (actionCount, actionCount)
  }

  /// Writes the mixture's probability of each action to come, given all before.
  /// - Parameter walls: a bit for each of the four neighbours that is wall.
  func predict(walls: Int, into result: inout [Double]) {
    let total = logSum(logWeights)
    let uniform = exp(logWeights[Predictor.uniform.rawValue] - total) / Double(actionCount)
    for action in 0..<actionCount { result[action] = uniform }
    for predictor in Predictor.counting {
      let weight = exp(logWeights[predictor.rawValue] - total)
      let start = start(of: predictor, walls: walls)
      for action in 0..<actionCount { result[action] += weight * estimate(predictor, start, action) }
    }
  }

  /// Learns the action that came.
  mutating func learn(_ action: Int, walls: Int) {
    for predictor in Predictor.counting {
      let start = start(of: predictor, walls: walls)
      logWeights[predictor.rawValue] += log(estimate(predictor, start, action))
      counts[predictor.rawValue][start + action] += 1
      counts[predictor.rawValue][start + actionCount] += 1
    }
    logWeights[Predictor.uniform.rawValue] -= log(Double(actionCount))
    witness(action)
  }

  /// Takes note of an action that somebody else took: what follows it may depend on it, but it is nobody's habit.
  mutating func witness(_ action: Int) { last = (action, last.action) }

  /// Where the counts of a predictor's present context begin.
  private func start(of predictor: Predictor, walls: Int) -> Int {
    let context =
      switch predictor {
      case .nothing, .uniform: 0
      case .lastAction: last.action
      case .lastTwoActions: last.action * (actionCount + 1) + last.before
      case .walls: walls
      }
    return context * (actionCount + 1)
  }

  /// Krichevsky and Trofimov's estimate of an action in a context, whose counts begin at `start`.
  private func estimate(_ predictor: Predictor, _ start: Int, _ action: Int) -> Double {
    let (seen, all) = (counts[predictor.rawValue][start + action], counts[predictor.rawValue][start + actionCount])
    return (seen + 0.5) / (all + Double(actionCount) / 2)
  }
}

/// The logarithm of a sum of exponentials, without overflow; −∞ of nothing.
func logSum(_ logs: [Double]) -> Double {
  guard let largest = logs.max(), largest > -.infinity else { return -.infinity }
  return largest + log(logs.reduce(0) { $0 + exp($1 - largest) })
}
