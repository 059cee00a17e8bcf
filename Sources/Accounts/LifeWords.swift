import Studies

/// What a phrase says of a life without episodes, with the figures that it rests on.
public enum LifeClaim: Sendable, Hashable {
  /// A part of the life: all of it where no tree was the last one, else until the first collapse, from there to the
  /// recovery or to now, and since the recovery.
  public enum Part: Sendable, Hashable { case whole, before, between, after }

  case noCollapse(steps: Int)
  /// When the last tree was cut for the first time, how often it was, and from which step on trees have stood since.
  case collapses(first: Int, times: Int, recovery: Int?)
  case course(Part, rate: Double, population: Double, affinity: Double?)
  /// What the agent would do beside a tree where so many stand, and what it expects of cutting and of sparing it.
  case habit(trees: Int, TreeHabits.Habit, cut: Double, spare: Double)

  /// A phrase.
  public var words: String {
    switch self {
    case .noCollapse(let steps): return "no collapse in \(grouped(steps)) steps"
    case .collapses(let first, let count, let recovery):
      let times = count == 1 ? "once" : count == 2 ? "twice" : "\(count) times"
      let ending = recovery.map { "; recovered from step \(grouped($0)) on" } ?? "; not recovered"
      return "first collapse at step \(grouped(first)), collapsed \(times) in all\(ending)"
    case .course(let part, let rate, let population, let affinity):
      let name =
        switch part {
        case .whole: ""
        case .before: "before "
        case .between: "between "
        case .after: "after "
        }
      return "\(name)\(decimal(rate, 3)) chops a step, \(decimal(population, 1)) trees"
        + (affinity.map { ", affinity \(decimal($0))" } ?? "")
    case .habit(let trees, let habit, let cut, let spare):
      let number = trees == 1 ? "with 1 tree" : "with \(trees) trees"
      switch habit {
      case .untried: return "\(number): not known yet"
      case .cuts:
        return "\(number): cuts \(trees == 1 ? "it" : "one") (Q cut \(beside(cut, spare, 1)) > spare "
          + "\(decimal(spare, 1)))"
      case .spares:
        return "\(number): spares \(trees == 1 ? "it" : "them") (Q spare \(beside(spare, cut, 1)) > cut "
          + "\(decimal(cut, 1)))"
      }
    }
  }
}

extension LifeSummary {
  /// What there is to say of a life of so many steps.
  public func claims(steps: Int) -> [LifeClaim] {
    func course(_ part: LifeClaim.Part, _ window: LifeWindow) -> LifeClaim {
      .course(part, rate: window.rate, population: window.population, affinity: window.affinity)
    }
    guard let firstCollapse else { return [.noCollapse(steps: steps), course(.whole, before)] }
    return [
      .collapses(first: firstCollapse, times: collapses, recovery: recovery), course(.before, before),
      course(.between, between),
    ] + (recovery == nil ? [] : [course(.after, after)])
  }

  /// A line for people.
  public func text(steps: Int) -> String { claims(steps: steps).map(\.words).joined(separator: "; ") }
}

extension TreeHabits {
  /// What it would do with so many trees; `nil` of more than there can be.
  public func claim(trees: Int) -> LifeClaim? {
    guard entries.indices.contains(trees - 1) else { return nil }
    let entry = entries[trees - 1]
    return .habit(trees: trees, entry.habit, cut: entry.cut, spare: entry.spare)
  }

  /// The habit with one tree in words, with its estimates: `with 1 tree: spares it (Q spare 3.2 > cut 1.0)`.
  public func words(trees: Int) -> String { claim(trees: trees)?.words ?? "" }

  /// The scarce and the plentiful forest in words.
  public var words: String { "beside a tree, \(words(trees: 1)); \(words(trees: entries.count - 1))" }

  /// One letter a number of trees: `C` cuts, `s` spares, `?` not known yet.
  public var letters: String {
    entries.map { $0.habit == .cuts ? "C" : $0.habit == .spares ? "s" : "?" }.joined(separator: " ")
  }
}
