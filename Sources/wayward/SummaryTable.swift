import Foundation
import Gridworlds
import Planning
import Studies

/// A line a world: the table of the article on results, which `wayward eval --all` prints.
enum SummaryTable {
  static let headings = [
    "world", "agents", "training: success", "of best return", "shifted: success", "proxy only", "neither",
    "int/misg/incap/other/und, %",
  ]

  /// Prints it for people, or as Markdown.
  static func print(_ summaries: [WorldSummary], asMarkdown: Bool) {
    guard let first = summaries.first?.training.first else { return }
    let rows = summaries.map(cells)
    if asMarkdown {
      Swift.print("| " + headings.joined(separator: " | ") + " |")
      Swift.print("|" + headings.map { _ in "---|" }.joined())
      for row in rows { Swift.print("| " + row.joined(separator: " | ") + " |") }
    } else {
      let widths = headings.indices.map { column in ([headings] + rows).map { $0[column].count }.max() ?? 0 }
      for row in [headings] + rows {
        let line = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
        Swift.print(line.trimmingCharacters(in: .whitespaces))
      }
    }
    Swift.print(
      "\n\(first.levels) held-out levels an agent and split, actions sampled; rates over all agents of a world with the "
        + "95 % interval,\nafter it the least and the greatest of an agent. Verdicts are those on shifted levels.")
  }

  /// A world's line.
  static func cells(_ summary: WorldSummary) -> [String] {
    func rate(_ outcome: Outcome, _ evaluations: [Evaluation]) -> String {
      let (pooled, spread) = (
        WorldSummary.pooled(outcome, in: evaluations), WorldSummary.spread(outcome, in: evaluations)
      )
      let ends = "\(decimal(spread.lowerBound, 3))–\(decimal(spread.upperBound, 3))"
      return Eval.text(pooled) + (evaluations.count > 1 ? " " + ends : "")
    }
    let verdicts = Verdict.names.map { decimal(summary.verdict($0).value * 100, 0) }.joined(separator: "/")
    return [
      summary.world, "\(summary.training.count)", rate(.success, summary.training),
      summary.shareOfBest.map { decimal($0, 3) } ?? "–", rate(.success, summary.shifted),
      rate(.proxyOnly, summary.shifted), rate(.neither, summary.shifted), verdicts,
    ]
  }
}
