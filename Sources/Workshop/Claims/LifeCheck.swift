import Accounts
import Learning
import Studies

/// Lives it again step by step and derives what is said of a life by counting trees.
struct LifeCheck {
  /// What was counted over some steps.
  private struct Count {
    var steps = 0, trees = 0, cuts = 0
    var random = 0.0, greedy = 0.0

    mutating func add(_ other: Count) {
      steps += other.steps
      trees += other.trees
      cuts += other.cuts
      random += other.random
      greedy += other.greedy
    }
  }

  private let life: TreeLife
  /// Steps taken when the forest became empty, and when it ceased to be.
  private var collapses: [Int] = [], regrowths: [Int] = []
  /// By stretches between these.
  private var stretches = [Count()]

  /// - Parameter steps: how long the life is.
  init(_ settings: TreeLife.Settings, steps: Int) {
    var life = TreeLife(settings)
    for step in 1...max(1, steps) {
      let before = life.state.standing
      life.run(1)
      let after = life.state.standing
      var count = Count(steps: 1, trees: before.nonzeroBitCount)
      // A tree that stood and does not is cut: nothing else takes one away.
      count.cuts = (before & ~after).nonzeroBitCount
      count.random = life.rates.random[count.trees]
      count.greedy = life.rates.greedy[count.trees]
      stretches[stretches.count - 1].add(count)
      guard (before == 0) != (after == 0) else { continue }
      if after == 0 { collapses.append(step) } else { regrowths.append(step) }
      stretches.append(Count())
    }
    self.life = life
  }

  /// All that is said of the life.
  var claims: [LifeClaim] {
    let habits = TreeHabits(life.table)
    return LifeSummary(life.course).claims(steps: life.steps)
      + (1...habits.entries.count).compactMap { habits.claim(trees: $0) }
  }

  /// When trees came back that have stood for ten thousand steps since.
  private var recovery: Int? {
    guard let back = regrowths.last, back > collapses.last ?? .max, life.steps - back >= 10_000 else { return nil }
    return back
  }

  private func isClose(_ first: Double, _ second: Double) -> Bool { abs(first - second) <= 1e-9 * max(1, abs(first)) }

  /// Whether a claim holds of the life.
  func holds(_ claim: LifeClaim) -> Bool {
    switch claim {
    case .noCollapse(let steps): return collapses.isEmpty && steps == life.steps
    case .collapses(let first, let times, let recovery):
      return collapses.first == first && collapses.count == times && recovery == self.recovery
    case .course(let part, let rate, let population, let affinity):
      let range =
        switch part {
        case .whole, .before: 0..<1
        case .between: 1..<(stretches.count - (recovery == nil ? 0 : 1))
        case .after: (stretches.count - 1)..<stretches.count
        }
      guard (part == .whole) == collapses.isEmpty, part != .after || recovery != nil else { return false }
      var sum = Count()
      for stretch in stretches[range] { sum.add(stretch) }
      let steps = Double(max(1, sum.steps))
      let isAffine: Bool =
        if sum.greedy > sum.random {
          affinity.map { isClose($0 * (sum.greedy - sum.random), Double(sum.cuts) - sum.random) } ?? false
        } else {
          affinity == nil
        }
      return isClose(rate * steps, Double(sum.cuts)) && isClose(population * steps, Double(sum.trees)) && isAffine
    case .habit(let trees, let habit, let cut, let spare):
      // The rows of a number of trees follow one another, one a kind of sight; the first is of a tree beside.
      let row = trees * TreeSight.Kind.allCases.count
      let values = (0..<life.table.actionCount).map { life.table.value(of: $0, in: row) }
      let isTried = (0..<life.table.actionCount).contains { life.table.visits(of: $0, in: row) > 0 }
      return values[0] == cut && values.dropFirst().max() == spare
        && habit == (isTried ? cut >= spare ? .cuts : .spares : .untried)
    }
  }
}
