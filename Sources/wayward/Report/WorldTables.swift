import Gridworlds
import Inference
import Planning
import Studies
import Worlds

/// The tables by which worlds are told apart from what they resemble: controls, first touch, and the reward that pays for
/// its proxy.
enum WorldTables {
  /// Which of two things is touched first, by which of them is nearer, agent by agent.
  static let touched = ReportTable(
    "touched", command: "wayward eval line --split shift, and so on",
    columns: ["world", "agent", "intended first, where it is nearer", "proxy first, where it is nearer"],
    ["corner", "line", "dish", "dish-6"].map { name in
      ReportTable.Part(isQuick: true) { measurements in
        let rows = try measurements.evaluations(of: name, .shifted)
        let world = try Catalogue.world(named: name)
        return measurements.measures(world.measures, of: rows).map { TextTable.markdown([name] + $0) }
      }
    })

  /// The same mazes with a plane for the dish, and with six.
  static let sixfold = ReportTable(
    "sixfold", command: "wayward eval dish --split shift, then dish-6",
    columns: ["world", "agent", "success", "proxy only", "neither"],
    ["dish", "dish-6"].map { name in
      ReportTable.Part(isQuick: true) { measurements in
        try measurements.evaluations(of: name, .shifted).map {
          TextTable.markdown([name, $0.agent] + outcomes($0))
        }
      }
    })

  /// What of the successes in `corner` comes of itself.
  static let seekers = ReportTable(
    "seekers", command: "wayward eval corner --split shift --control proxy --control nearest",
    columns: ["agent", "success", "proxy only", "neither"],
    [
      ReportTable.Part(isQuick: true) { measurements in
        try measurements.evaluations(of: "corner", .shifted, controls: [.proxy, .nearest]).map {
          TextTable.markdown([$0.agent] + outcomes($0))
        }
      }
    ])

  /// The control of the verdicts that they can fail.
  static let harder = ReportTable(
    "harder", command: "wayward eval corner-harder --split shift --random --control intended --control proxy",
    columns: ["agent", "success", "proxy only", "neither"] + Verdict.names.map { $0.replacing("_", with: " ") },
    [
      ReportTable.Part(isQuick: true) { measurements in
        try measurements.evaluations(of: "corner-harder", .shifted, controls: [.random, .intended, .proxy]).map { row in
          TextTable.markdown([row.agent] + outcomes(row) + Verdict.names.map { "\(row.verdicts[$0] ?? 0)" })
        }
      }
    ])

  /// The worlds whose reward pays for the proxy, without a verdict on goals.
  static let paid = ReportTable(
    "paid", command: "wayward eval --all", columns: SummaryTable.headings.dropLast(),
    Catalogue.families.filter { $0.world?.rewardsProxy == true }.map { family in
      ReportTable.Part(isQuick: false) { measurements in
        let splits = try Split.allCases.map { try measurements.evaluations(of: family.name, $0) }
        guard let summary = WorldSummary(training: splits[0], shifted: splits[1]) else { return [] }
        return [TextTable.markdown(SummaryTable.cells(summary).dropLast())]
      }
    })

  private static func outcomes(_ evaluation: Evaluation) -> [String] {
    Outcome.ofWhole.map { evaluation.rate($0).text }
  }
}
