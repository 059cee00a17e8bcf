import Gridworlds
import Learning
import Studies

/// What a cell of a study's table says, with the counts that it rests on.
public enum SweepClaim: Sendable, Hashable {
  /// How often an outcome came on a mixture after a training of a severity, of one seed's agent, counted from 1.
  case rate(severity: Double, mixture: Double, seed: Int, Outcome, Rate)
  /// The same of all seeds' agents together, with the interval over seeds and levels.
  case together(severity: Double, mixture: Double, Outcome, TwoWay)
  /// The interval of it for seeds that were not trained.
  case newSeeds(severity: Double, mixture: Double, Outcome, ClosedRange<Double>)
  /// The mean over the middle half of the seeds.
  case middle(severity: Double, mixture: Double, Outcome, Double)
  /// The least and the greatest rate of a seed.
  case spread(severity: Double, mixture: Double, Outcome, least: Double, most: Double)

  /// The figures of the cell.
  public var words: String {
    switch self {
    case .rate(_, _, _, _, let rate): rate.text
    case .together(_, _, _, let rate): rate.plainText
    case .newSeeds(_, _, _, let interval): "      \(TwoWay.text(interval))"
    case .middle(_, _, _, let mean): decimal(mean, 3)
    case .spread(_, _, _, let least, let most): "\(decimal(least, 3))–\(decimal(most, 3))"
    }
  }
}

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
    let seeds =
      result.seeds > 1
      ? [
        "all: with the interval over seeds and levels; new: that for seeds not trained;",
        (result.seeds > 3 ? "middle: the interquartile mean; " : "") + "spread: least–most seed",
      ] : []
    let head = [
      "\(result.world.name): \(trainings)",
      "\(result.levels) held-out levels a \(isOfTraining ? "split" : "mixture") from number \(first), actions sampled",
      "\(symbol)\(place): \(meaning)", "[95 % interval; of a seed Wilson's, over levels]",
    ]
    return head + seeds + [""]
      + TextTable(columns, rows: groups.flatMap { $0.rows.map { $0.labels + $0.claims.map(\.words) } }).lines
  }

  /// What the table says, cell by cell.
  public var claims: [SweepClaim] { groups.flatMap { $0.rows.flatMap(\.claims) } }

  /// Lines that belong together: a severity, or a mixture of one.
  private struct Group {
    /// A line for each seed, one for all of them and one for their spread; with one seed its line alone.
    let rows: [(labels: [String], claims: [SweepClaim])]

    init(_ names: [String], _ figures: [(cell: SweepCell, outcome: Outcome)], seeds: Int) {
      func claims(_ claim: (_ severity: Double, _ mixture: Double, Outcome, TwoWay) -> SweepClaim) -> [SweepClaim] {
        figures.map { cell, outcome in claim(cell.severity, cell.mixture, outcome, cell.rate(outcome)) }
      }
      var rows = (0..<seeds).map { seed in
        (
          labels: ["\(seed + 1)"],
          claims: claims { .rate(severity: $0, mixture: $1, seed: seed + 1, $2, $3.agents[seed]) }
        )
      }
      if seeds > 1 {
        rows.append((["all"], claims { .together(severity: $0, mixture: $1, $2, $3) }))
        rows.append(
          (["new"], claims { .newSeeds(severity: $0, mixture: $1, $2, $3.newSeedsInterval ?? 0...1) }))
        if seeds > 3 {
          rows.append((["middle"], claims { .middle(severity: $0, mixture: $1, $2, $3.interquartileMean) }))
        }
        rows.append(
          (
            ["spread"],
            claims { .spread(severity: $0, mixture: $1, $2, least: $3.spread.lowerBound, most: $3.spread.upperBound) }
          ))
      }
      let blank = names.map { _ in "" }
      self.rows = rows.enumerated().map { (($0 == 0 ? names : blank) + $1.labels, $1.claims) }
    }
  }

  private var columns: [TextTable.Column] {
    isOfTraining
      ? [column(symbol, 7), column("seed", 8)] + SweepWords.trainingFigures.map { column($0.0, 22) }
      : [
        column("trained \(symbol)", 11), column("tested \(symbol)", 10), column("seed", 8), column("success", 22),
        column("proxy only", 22),
      ]
  }

  private static let trainingFigures: [(String, mixture: Double, Outcome)] = [
    ("shifted: success", 1, .success), ("shifted: proxy only", 1, .proxyOnly), ("training: success", 0, .success),
  ]

  private var groups: [Group] {
    isOfTraining
      ? result.severities.map { severity in
        Group(
          [number(severity)], SweepWords.trainingFigures.map { (result.cell(severity, $0.mixture), $0.2) },
          seeds: result.seeds)
      }
      : result.cells.map { cell in
        Group(
          [number(cell.severity), number(cell.mixture)], [(cell, .success), (cell, .proxyOnly)], seeds: result.seeds)
      }
  }

  private func column(_ heading: String, _ width: Int) -> TextTable.Column { .init(heading, width: width, gap: 2) }
}
