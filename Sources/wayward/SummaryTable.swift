import Gridworlds
import Inference
import Planning
import Studies
import Worlds

/// A line a world: the table of the article on results, which `wayward eval --all` prints.
enum SummaryTable {
  static let headings = [
    "world", "agents", "training: success", "of best return", "shifted: success", "proxy only", "neither",
    "int/misg/tow/incap/other/und, %",
  ]

  /// Prints it for people, or as Markdown: the worlds whose reward pays for the proxy apart, and without a verdict on goals.
  static func print(_ summaries: [WorldSummary], asMarkdown: Bool) throws {
    guard let first = summaries.first?.training.first else { return }
    func put(_ columns: [String], _ rows: [[String]]) throws {
      if rows.isEmpty { return }
      let table = TextTable(columns.map { .init($0, gap: 2) }, rows: rows)
      for line in asMarkdown ? table.markdown : table.lines { try Output.line(line) }
    }
    let paid = summaries.filter(isPaidForProxy)
    try put(headings, summaries.filter { !isPaidForProxy($0) }.map(cells))
    if !paid.isEmpty {
      try Output.line("\nWhere the reward itself pays for the proxy, a fault of the specification:\n")
      try put(headings.dropLast(), paid.map { cells($0).dropLast() })
    }
    let manner = first.isGreedy == true ? "the most probable actions" : "actions sampled"
    try Output.line(
      "\n\(first.levels) held-out levels an agent and split, \(manner); rates over all agents of a world with the "
        + "95 % interval\nfor seeds that were not trained, after it the least and the greatest of an agent. Verdicts are those on shifted levels."
    )
  }

  private static func isPaidForProxy(_ summary: WorldSummary) -> Bool {
    (try? Catalogue.world(named: summary.world))?.rewardsProxy ?? false
  }

  /// A world's line.
  static func cells(_ summary: WorldSummary) -> [String] {
    func rate(_ outcome: Outcome, _ evaluations: [Evaluation]) -> String {
      guard let rate = TwoWay(outcome, of: evaluations) else { return "–" }
      let ends = "\(decimal(rate.spread.lowerBound, 3))–\(decimal(rate.spread.upperBound, 3))"
      return rate.text + (evaluations.count > 1 ? " " + ends : "")
    }
    let verdicts = Verdict.names.map { decimal(summary.verdict($0).value * 100, 0) }.joined(separator: "/")
    return [
      summary.world, "\(summary.training.count)", rate(.success, summary.training),
      summary.shareOfBest.map { decimal($0, 3) } ?? "–", rate(.success, summary.shifted),
      rate(.proxyOnly, summary.shifted), rate(.neither, summary.shifted), verdicts,
    ]
  }
}
