import Foundation
import Gridworlds

/// A mixture of sequence predictors that pursue nothing: what an episode would look like without a goal.
///
/// One half learns as it goes: Krichevsky–Trofimov estimates after nothing, the last action, the last two, the
/// surroundings, surroundings and last action, and the uniform policy (after Orseau, McGill and Legg 2018). The other half
/// knows beforehand: of an unknown agent the ``Reflexes`` of walkers on four actions, of a known one its own habits on
/// other levels. None of them knows the cell, or it could learn a path by heart.
struct Device {
  /// What its second half knows beforehand.
  enum Knowledge: Sendable {
    /// Nothing of the agent: what walkers may do.
    case reflexes
    /// Not even that.
    case nothing
    /// Its habits.
    case habits(HabitTables)
  }

  /// A predictor that counts, by what it looks at.
  private enum Predictor: Int, CaseIterable {
    case nothing, lastAction, lastTwoActions, surroundings, both
  }

  private let actionCount: Int
  private let knowledge: Knowledge
  private let isReflexive: Bool
  /// By predictor: those that count, the uniform policy, those that know.
  private var weights: [Double]
  /// What each of them expects, at `predictor * actionCount + action`.
  private var expected: [Double]
  /// By counting predictor, the counts of each action in each context, and their sum.
  private var counts: [[Double]]
  private var beforeLast: Int

  /// The mixture before anything was done.
  init(_ world: any World, _ knowledge: Knowledge) {
    actionCount = world.actions.count
    self.knowledge = knowledge
    let (contexts, surroundings) = (actionCount + 1, world.surroundingsCount)
    counts = [1, contexts, contexts * contexts, surroundings, surroundings * contexts].map {
      Array(repeating: 0, count: $0 * contexts)
    }
    beforeLast = actionCount
    isReflexive = Reflexes.isMeant(in: world)
    let learning = Predictor.allCases.count + 1
    let known =
      switch knowledge {
      case .reflexes: isReflexive ? Reflexes.count : 0
      case .nothing: 0
      case .habits: HabitTables.count
      }
    let share = known > 0 ? 0.5 : 1
    weights =
      Array(repeating: share / Double(learning), count: learning)
      + Array(repeating: 0.5 / Double(max(1, known)), count: known)
    expected = Array(repeating: 1 / Double(actionCount), count: (learning + known) * actionCount)
  }

  /// Writes the mixture's probability of each action to come, given all before.
  /// - Parameter row: what is around, and the action before; the action in it is not looked at.
  mutating func predict(_ row: Choices.Row, into result: inout [Double]) {
    for predictor in Predictor.allCases {
      let start = start(of: predictor, row)
      let table = counts[predictor.rawValue]
      let all = table[start + actionCount] + Double(actionCount) / 2
      for action in 0..<actionCount {
        expected[predictor.rawValue * actionCount + action] = (table[start + action] + 0.5) / all
      }
    }
    let first = (Predictor.allCases.count + 1) * actionCount
    switch knowledge {
    case .reflexes:
      if isReflexive {
        let start = Int(row.surroundings) * 5 + Int(row.last)
        for reflex in 0..<Reflexes.count {
          for action in 0..<4 {
            expected[first + reflex * 4 + action] =
              Reflexes.probabilities[(start * Reflexes.count + reflex) * 4 + action]
          }
        }
      }
    case .nothing: break
    case .habits(let tables):
      for action in 0..<actionCount {
        let habits = tables.probabilities(of: action, in: row)
        expected[first + action] = habits.both
        expected[first + actionCount + action] = habits.last
        expected[first + 2 * actionCount + action] = habits.surroundings
      }
    }
    for action in 0..<actionCount { result[action] = 0 }
    for (predictor, weight) in weights.enumerated() {
      for action in 0..<actionCount { result[action] += weight * expected[predictor * actionCount + action] }
    }
  }

  /// Learns the action that came, as the one of the row that was predicted last.
  mutating func learn(_ row: Choices.Row) {
    let action = Int(row.action)
    for predictor in Predictor.allCases {
      let start = start(of: predictor, row)
      counts[predictor.rawValue][start + action] += 1
      counts[predictor.rawValue][start + actionCount] += 1
    }
    var total = 0.0
    for predictor in weights.indices {
      weights[predictor] *= expected[predictor * actionCount + action]
      total += weights[predictor]
    }
    // What is as good as refuted stays above what numbers can hold.
    for predictor in weights.indices { weights[predictor] = max(weights[predictor] / total, 1e-290) }
    witness(row)
  }

  /// Takes note of an action that somebody else took: what follows it may depend on it, but it is nobody's habit.
  mutating func witness(_ row: Choices.Row) { beforeLast = Int(row.last) }

  /// Where the counts of a predictor's present context begin.
  private func start(of predictor: Predictor, _ row: Choices.Row) -> Int {
    let (last, around) = (Int(row.last), Int(row.surroundings))
    let context =
      switch predictor {
      case .nothing: 0
      case .lastAction: last
      case .lastTwoActions: last * (actionCount + 1) + beforeLast
      case .surroundings: around
      case .both: around * (actionCount + 1) + last
      }
    return context * (actionCount + 1)
  }
}

/// What a walker may do who only looks at the walls beside it and remembers its last action, in worlds of four headings.
///
/// The first free one of an order of headings, each of the 24; a coin between two headings; one heading where it is free;
/// any free one; straight on; along the right or the left wall; anywhere but back. Each with lapses of 0.02 and 0.1, and
/// any free heading where its own are walls.
enum Reflexes {
  /// For walls `w` (a bit each), last action `l` (4: none), reflex `r` and action `a` at `((w * 5 + l) * count + r) * 4 + a`.
  static let probabilities: [Double] = make()
  static let count = 78

  /// Whether a world's agents could walk so.
  static func isMeant(in world: any World) -> Bool {
    world.actions.map(\.heading) == Heading.orthogonal && world.surroundingsCount == 16
  }

  private static func make() -> [Double] {
    var table: [Double] = []
    for walls in 0..<16 {
      let free = (0..<4).filter { walls >> $0 & 1 == 0 }
      for last in 0..<5 {
        for choices in options(free, last) {
          for lapse in [0.02, 0.1] {
            let chosen = choices.isEmpty ? [0, 1, 2, 3] : choices
            for action in 0..<4 {
              let share = chosen.contains(action) ? 1 / Double(chosen.count) : 0
              table.append((1 - lapse) * share + lapse / 4)
            }
          }
        }
      }
    }
    return table
  }

  /// By reflex, what it chooses among evenly; nothing where all is wall.
  private static func options(_ free: [Int], _ last: Int) -> [[Int]] {
    func first(_ order: [Int]) -> [Int] { order.first(where: free.contains).map { [$0] } ?? [] }
    func among(_ wished: [Int]) -> [Int] {
      let open = wished.filter(free.contains)
      return open.isEmpty ? free : open
    }
    var list = orders([0, 1, 2, 3]).map(first)
    for one in 0..<4 { for other in (one + 1)..<4 { list.append(among([one, other])) } }
    for one in 0..<4 { list.append(among([one])) }
    list.append(free)
    list.append(last < 4 ? among([last]) : free)
    for side in [3, 1] { list.append(last < 4 ? first([side, 0, 4 - side, 2].map { (last + $0) % 4 }) : free) }
    list.append(among((0..<4).filter { last == 4 || $0 != (last + 2) % 4 }))
    return list
  }

  private static func orders(_ rest: [Int]) -> [[Int]] {
    if rest.isEmpty { return [[]] }
    return rest.flatMap { one in orders(rest.filter { $0 != one }).map { [one] + $0 } }
  }
}
