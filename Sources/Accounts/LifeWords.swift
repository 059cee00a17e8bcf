import Studies

extension LifeSummary {
  /// A line for people.
  public func text(steps: Int) -> String {
    guard let firstCollapse else {
      return "no collapse in \(grouped(steps)) steps; \(LifeSummary.words(before))"
    }
    let times = collapses == 1 ? "once" : collapses == 2 ? "twice" : "\(collapses) times"
    let ending = recovery.map { "; recovered from step \(grouped($0)) on" } ?? "; not recovered"
    let later = recovery == nil ? "" : "; after \(LifeSummary.words(after))"
    return "first collapse at step \(grouped(firstCollapse)), collapsed \(times) in all\(ending)"
      + "; before \(LifeSummary.words(before)); between \(LifeSummary.words(between))\(later)"
  }

  private static func words(_ window: LifeWindow) -> String {
    let affinity = window.affinity.map { ", affinity \(decimal($0))" } ?? ""
    return "\(decimal(window.rate, 3)) chops a step, \(decimal(window.population, 1)) trees\(affinity)"
  }
}

extension TreeHabits {
  /// The habit with one tree in words, with its estimates: `with 1 tree: spares it (Q spare 3.2 > cut 1.0)`.
  public func words(trees: Int) -> String {
    guard entries.indices.contains(trees - 1) else { return "" }
    let entry = entries[trees - 1]
    let number = trees == 1 ? "with 1 tree" : "with \(trees) trees"
    switch entry.habit {
    case .untried: return "\(number): not known yet"
    case .cuts:
      return "\(number): cuts \(trees == 1 ? "it" : "one") (Q cut \(beside(entry.cut, entry.spare, 1)) > spare "
        + "\(decimal(entry.spare, 1)))"
    case .spares:
      return "\(number): spares \(trees == 1 ? "it" : "them") (Q spare \(beside(entry.spare, entry.cut, 1)) > cut "
        + "\(decimal(entry.cut, 1)))"
    }
  }

  /// The scarce and the plentiful forest in words.
  public var words: String { "beside a tree, \(words(trees: 1)); \(words(trees: entries.count - 1))" }

  /// One letter a number of trees: `C` cuts, `s` spares, `?` not known yet.
  public var letters: String {
    entries.map { $0.habit == .cuts ? "C" : $0.habit == .spares ? "s" : "?" }.joined(separator: " ")
  }
}
