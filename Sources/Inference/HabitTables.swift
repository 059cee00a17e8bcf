import Foundation

/// Reflexes of an agent: how often it takes each action by the surroundings and the last action, each estimate backing off
/// to a simpler one.
///
/// Fitted on other levels than the ones that they explain, or they would explain those by heart.
struct HabitTables: Sendable {
  /// The tables, by what they look at: surroundings and last action, last action, surroundings.
  static let count = 3

  private let actionCount: Int
  private let byBoth: [Double], byLast: [Double], bySurroundings: [Double]

  /// Counts choices.
  /// - Parameters:
  ///   - rows: what was chosen where.
  ///   - actionCount: actions a state.
  ///   - surroundingsCount: in how many surroundings an agent can find itself.
  ///   - pseudoCount: how many observations the simpler estimate counts for.
  init(_ rows: some Sequence<Choices.Row>, actionCount: Int, surroundingsCount: Int, pseudoCount: Double) {
    self.actionCount = actionCount
    let contexts = actionCount + 1
    var all = [Double](repeating: 0, count: actionCount)
    var last = [Double](repeating: 0, count: contexts * actionCount)
    var around = [Double](repeating: 0, count: surroundingsCount * actionCount)
    var both = [Double](repeating: 0, count: surroundingsCount * contexts * actionCount)
    for row in rows {
      let (action, before, place) = (Int(row.action), Int(row.last), Int(row.surroundings))
      all[action] += 1
      last[before * actionCount + action] += 1
      around[place * actionCount + action] += 1
      both[(place * contexts + before) * actionCount + action] += 1
    }
    let total = all.reduce(0, +)
    let marginal = all.map { ($0 + 0.5) / (total + 0.5 * Double(actionCount)) }
    /// Estimates in each context of some counts, by the estimates that they back off to there.
    func estimates(_ counts: [Double], _ simpler: (Int) -> ArraySlice<Double>) -> [Double] {
      var result = counts
      for context in 0..<(counts.count / actionCount) {
        let range = context * actionCount..<(context + 1) * actionCount
        let sum = counts[range].reduce(0, +) + pseudoCount
        for (index, prior) in zip(range, simpler(context)) {
          result[index] = (counts[index] + pseudoCount * prior) / sum
        }
      }
      return result
    }
    byLast = estimates(last) { _ in marginal[...] }
    let walls = estimates(around) { _ in marginal[...] }
    bySurroundings = walls
    byBoth = estimates(both) { context in
      let place = context / contexts
      return walls[place * actionCount..<(place + 1) * actionCount]
    }
  }

  /// The probability that each table gives to an action.
  func probabilities(of action: Int, in row: Choices.Row) -> (both: Double, last: Double, surroundings: Double) {
    let (before, place) = (Int(row.last), Int(row.surroundings))
    return (
      byBoth[(place * (actionCount + 1) + before) * actionCount + action], byLast[before * actionCount + action],
      bySurroundings[place * actionCount + action]
    )
  }
}
