import Foundation
import Gridworlds

/// The models of an agent that are compared, fitted by folds of levels.
struct Models {
  enum Kind: CaseIterable {
    case none, habit, intended, proxy, both, either, unseen, bothAndUnseen

    /// The columns that a model may use; none at all of every action alike.
    var columns: [Int] {
      let habits = HabitTables.count
      func column(_ feature: Choices.Feature) -> Int { habits + feature.rawValue }
      let base = Array(0..<habits) + [column(.anywhere), column(.anywhereNear)]
      let intended = [column(.intendedFar), column(.intendedFading), column(.intendedNear)]
      let proxy = [column(.proxyFar), column(.proxyFading), column(.proxyNear)]
      let unseen = [column(.unseenFar), column(.unseenFading), column(.unseenNear)]
      return switch self {
      case .none: []
      case .habit: base
      case .intended: base + intended
      case .proxy: base + proxy
      case .both: base + intended + proxy
      case .either: base + [column(.eitherFar), column(.eitherFading), column(.eitherNear)]
      case .unseen: base + unseen
      case .bothAndUnseen: base + intended + proxy + unseen
      }
    }
  }

  /// Parts of the levels, each of which is predicted from all others.
  static let folds = 5

  /// Choices by level.
  let choicesByLevel: [Double]
  private let design: ConditionalLogit.Design
  private let levels: [Int]
  /// How much of a pull is left eight steps away.
  private let fadingAtEight: Double

  /// - Parameter episodes: each with a choice at least.
  init(_ episodes: [Choices]) {
    let (options, surroundings) = (episodes[0].actionCount, episodes[0].surroundingsCount)
    let features = Choices.Feature.count
    let tables = (0..<Models.folds).map { fold in
      HabitTables(
        episodes.indices.lazy.filter { $0 % Models.folds != fold }.flatMap { episodes[$0].rows }, actionCount: options,
        surroundingsCount: surroundings, pseudoCount: episodes[0].assumptions.pseudoCount)
    }
    var design = ConditionalLogit.Design(options: options, columns: HabitTables.count + features)
    var levels: [Int] = []
    for (level, episode) in episodes.enumerated() {
      let table = tables[level % Models.folds]
      for (index, row) in episode.rows.enumerated() {
        levels.append(level)
        design.chosen.append(row.action)
        for option in 0..<options {
          let habits = table.probabilities(of: option, in: row)
          design.values += [log(habits.both), log(habits.last), log(habits.surroundings)]
          let start = (index * options + option) * features
          for feature in 0..<features { design.values.append(-episode.costs[start + feature]) }
        }
      }
    }
    self.design = design
    self.levels = levels
    fadingAtEight = episodes[0].fading(8)
    choicesByLevel = episodes.map { Double($0.rows.count) }
  }

  /// Choices in all.
  var rowCount: Int { design.rows }

  private func ridge(_ columns: [Int]) -> ConditionalLogit.Ridge {
    ConditionalLogit.Ridge(
      strength: columns.map { $0 < HabitTables.count ? 1 : 0.1 }, center: columns.map { $0 == 0 ? 1 : 0 })
  }

  /// By model, the bits of each level's choices, predicted from other levels.
  func scores() -> [Kind: [Double]] {
    var result: [Kind: [Double]] = [:]
    for kind in Kind.allCases {
      var sums = [Double](repeating: 0, count: choicesByLevel.count)
      defer { result[kind] = sums }
      guard kind != .none else {
        sums = choicesByLevel.map { -$0 * log2(Double(design.options)) }
        continue
      }
      let columns = kind.columns
      let part = design.keeping(columns)
      var weights: [Double]?
      for fold in 0..<Models.folds {
        let fitted = ConditionalLogit(
          part.rows { levels[$0] % Models.folds != fold }, ridge: ridge(columns), from: weights)
        weights = fitted.weights
        let held = (0..<rowCount).filter { levels[$0] % Models.folds == fold }
        let logs = ConditionalLogit.logLikelihoods(
          part.rows { levels[$0] % Models.folds == fold }, fitted.weights)
        for (row, value) in zip(held, logs) { sums[levels[row]] += value * 1.442_695_040_888_963_4 }
      }
    }
    return result
  }

  /// Of the intended goal and the proxy, what a step nearer is worth where both are accounted for.
  func pulls() -> [GoalProfile.Pulls] {
    let columns = Kind.both.columns
    let part = design.keeping(columns)
    let fitted = ConditionalLogit(part, ridge: ridge(columns))
    let covariance = fitted.covariance(part, groups: levels, count: choicesByLevel.count)
    func pull(_ parts: [(column: Int, share: Double)]) -> GoalProfile.Pull {
      var (value, variance) = (0.0, 0.0)
      for first in parts {
        value += first.share * fitted.weights[first.column]
        for second in parts {
          variance += first.share * second.share * covariance[first.column * columns.count + second.column]
        }
      }
      return GoalProfile.Pull(value: value, margin: 1.96 * max(0, variance).squareRoot())
    }
    return [Choices.Feature.intendedFar, .proxyFar].map { feature in
      let far = columns.firstIndex(of: HabitTables.count + feature.rawValue) ?? 0
      return GoalProfile.Pulls(
        far: pull([(far, 1), (far + 1, 2 * fadingAtEight)]), near: pull([(far + 2, 1)]))
    }
  }
}

extension ConditionalLogit.Design {
  /// The same choices by some of the columns.
  fileprivate func keeping(_ kept: [Int]) -> ConditionalLogit.Design {
    var part = ConditionalLogit.Design(options: options, columns: kept.count)
    part.chosen = chosen
    part.values.reserveCapacity(rows * options * kept.count)
    for start in stride(from: 0, to: values.count, by: columns) {
      for column in kept { part.values.append(values[start + column]) }
    }
    return part
  }
}
