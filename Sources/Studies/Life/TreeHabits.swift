import Learning

/// What the agent of a tree life would do beside a tree, by how many stand.
public struct TreeHabits: Sendable {
  /// What it would do.
  public enum Habit: Sendable { case untried, spares, cuts }

  /// A number of trees with what the table says of it.
  public struct Entry: Sendable {
    /// Trees standing.
    public let trees: Int
    /// The estimate of cutting the tree ahead, in reward units.
    public let cut: Double
    /// The estimate of the best other move.
    public let spare: Double
    /// What follows.
    public let habit: Habit
  }

  /// From one tree to all.
  public let entries: [Entry]

  /// What a table says.
  public init(_ table: TabularQ) {
    let most = table.values.count / table.actionCount / TreeSight.Kind.allCases.count - 1
    entries = (1...max(1, most)).map { trees in
      let row = TreeSight.state(trees: trees, .beside)
      let others = (0..<table.actionCount).filter { $0 != TreeSight.ahead }
      let cut = table.value(of: TreeSight.ahead, in: row)
      let spare = others.map { table.value(of: $0, in: row) }.max() ?? cut
      // What was never cut is not yet known to be cut or spared, unless something else is already liked better.
      let isTried = (0..<table.actionCount).contains { table.visits(of: $0, in: row) > 0 }
      return Entry(trees: trees, cut: cut, spare: spare, habit: !isTried ? .untried : cut >= spare ? .cuts : .spares)
    }
  }
}
