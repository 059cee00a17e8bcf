import Gridworlds
import Learning
import Studies

/// A study's result in words and figures for people.
///
/// The share of shifted levels is called p; where a world's story knows it as a reliability, ρ = 1 − p is told instead.
public struct SweepWords: Sendable {
  /// What was found.
  public let result: SweepResult
  private let reliability: String?

  /// The words of a result.
  public init(_ result: SweepResult) {
    self.result = result
    reliability = result.world.story.reliability
  }

  /// `p` or `ρ`.
  public var symbol: String { reliability == nil ? "p" : "ρ" }

  /// A share of shifted levels in its shortest digits, `0.03`; as ρ, `0.97`.
  public func number(_ severity: Double) -> String {
    let value = reliability == nil ? severity : ((1 - severity) * 1e9).rounded() / 1e9
    let digits = "\(value)"
    return digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
  }

  /// What the symbol stands for.
  public var meaning: String {
    reliability.map { "share of levels in which \($0)" } ?? "share of shifted levels"
  }

  /// Whether the levels are the two splits as they are, so that what was varied is the training.
  public var isOfTraining: Bool { result.mixtures == [0, 1] }

  /// How many seeds a training has, and how long one is.
  public var trainings: String {
    "\(result.seeds) \(result.seeds == 1 ? "seed" : "seeds") of \(result.steps) steps each"
  }

  /// The lines of the table.
  public var table: [String] {
    let first = TrainingConfiguration.firstHeldOutSeed
    let place = isOfTraining ? " in training" : ""
    let seeds = result.seeds > 1 ? "; all: all seeds' levels; spread: least–most seed" : ""
    let head = [
      "\(result.world.name): \(trainings)",
      "\(result.levels) held-out levels a \(isOfTraining ? "split" : "mixture") from number \(first), actions sampled",
      "\(symbol)\(place): \(meaning)", "[95 % interval of Wilson]\(seeds)", "",
    ]
    let (columns, groups) = isOfTraining ? trainingGroups : mixtureGroups
    return head + TextTable(columns, rows: Array(groups.joined())).lines
  }

  private var trainingGroups: ([TextTable.Column], [[[String]]]) {
    let figures: [(String, Double, Outcome)] = [
      ("shifted: success", 1, .success), ("shifted: proxy only", 1, .proxyOnly), ("training: success", 0, .success),
    ]
    let groups = result.severities.map { severity in
      rows([number(severity)], figures.map { (result.cell(severity, $0.1), $0.2) })
    }
    return ([column(symbol, 7), column("seed", 8)] + figures.map { column($0.0, 22) }, groups)
  }

  private var mixtureGroups: ([TextTable.Column], [[[String]]]) {
    let groups = result.cells.map { cell in
      rows([number(cell.severity), number(cell.mixture)], [(cell, .success), (cell, .proxyOnly)])
    }
    let columns = [
      column("trained \(symbol)", 11), column("tested \(symbol)", 10), column("seed", 8), column("success", 22),
      column("proxy only", 22),
    ]
    return (columns, groups)
  }

  /// A line for each seed, one for all of them and one for their spread; with one seed its line alone.
  private func rows(_ names: [String], _ figures: [(cell: SweepCell, outcome: Outcome)]) -> [[String]] {
    let blank = names.map { _ in "" }
    var rows = (0..<result.seeds).map { seed in
      ["\(seed + 1)"] + figures.map { $0.cell.seeds[seed].rate($0.outcome).text }
    }
    if result.seeds > 1 {
      rows.append(["all"] + figures.map { $0.cell.rate($0.outcome).text })
      rows.append(
        ["spread"]
          + figures.map {
            let spread = $0.cell.spread($0.outcome)
            return "\(decimal(spread.lowerBound, 3))–\(decimal(spread.upperBound, 3))"
          })
    }
    return rows.enumerated().map { ($0 == 0 ? names : blank) + $1 }
  }

  private func column(_ heading: String, _ width: Int) -> TextTable.Column { .init(heading, width: width, gap: 2) }
}
