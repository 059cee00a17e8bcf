import Archive
import Gridworlds
import Learning

/// What agents trained at one severity do on one mixture.
public struct SweepCell: Sendable, Hashable {
  /// The share of shifted levels in training.
  public let severity: Double
  /// The share of shifted levels in the held-out mixture.
  public let mixture: Double
  /// What the agent of each seed did.
  public let seeds: [OutcomeCounts]
  private let rates: [Outcome: TwoWay]

  /// What some agents do on one mixture.
  /// - Parameters:
  ///   - severity: the share of shifted levels in training.
  ///   - mixture: the share of shifted levels in the held-out mixture.
  ///   - outcomes: by seed, of the same levels in the same order.
  public init(severity: Double, mixture: Double, outcomes: [[Outcome]]) {
    self.severity = severity
    self.mixture = mixture
    seeds = outcomes.map { OutcomeCounts($0) }
    rates = Dictionary(uniqueKeysWithValues: Outcome.ofWhole.map { ($0, TwoWay($0, in: outcomes)) })
  }

  /// The rate over seeds and levels.
  public func rate(_ outcome: Outcome) -> TwoWay { rates[outcome] ?? TwoWay(counts: [], levels: 0, squares: 0) }
}

/// What a study found.
public struct SweepResult: Sendable {
  /// The rules.
  public let world: any World
  /// Environment steps of each training.
  public let steps: Int
  /// Held-out levels of each mixture.
  public let levels: Int
  /// By severity, and within that by mixture, both in order.
  public let cells: [SweepCell]

  /// What a study found.
  public init(world: any World, steps: Int, levels: Int, cells: [SweepCell]) {
    self.world = world
    self.steps = steps
    self.levels = levels
    self.cells = cells
  }

  /// The severities of the trainings, in order.
  public var severities: [Double] { Set(cells.map(\.severity)).sorted() }
  /// The shares of shifted levels in the mixtures, in order.
  public var mixtures: [Double] { Set(cells.map(\.mixture)).sorted() }
  /// Agents at each severity.
  public var seeds: Int { cells.first?.seeds.count ?? 0 }

  /// What the agents of a severity do on a mixture; empty where neither was tried.
  public func cell(_ severity: Double, _ mixture: Double) -> SweepCell {
    cells.first { $0.severity == severity && $0.mixture == mixture }
      ?? SweepCell(severity: severity, mixture: mixture, outcomes: [])
  }
}

extension SweepResult {
  /// The documented objects: one a severity and mixture.
  public var json: [JSON] {
    return cells.map { cell in
      let pooled = Outcome.ofWhole.map { JSON.Member($0.rawValue, .object(cell.rate($0).members)) }
      let agents = cell.seeds.enumerated().map { index, counts -> JSON in
        .object(
          [.init("seed", .integer(index + 1))]
            + Outcome.ofWhole.map { .init($0.rawValue, .object(counts.rate($0).members)) })
      }
      return .object(
        [
          .init("world", .string(world.name)), .init("severity", .double(cell.severity)),
          .init("mixture", .double(cell.mixture)), .init("steps", .integer(steps)),
          .init("first_level", .integer(TrainingConfiguration.firstHeldOutSeed)), .init("levels", .integer(levels)),
          .init("seeds", .integer(seeds)),
        ] + pooled + [.init("agents", .array(agents))])
    }
  }

  /// Lines of comma-separated values with a header: one a seed, and one, `all`, for the seeds together.
  public var csv: [String] {
    let names = Outcome.ofWhole.flatMap { name in
      ["", "_low", "_high", "_min", "_max"].map { name.rawValue + $0 }
    }
    let header = ["world", "severity", "mixture", "seed", "steps", "levels"] + names
    let rows = cells.flatMap { cell -> [[String]] in
      func row(
        _ seed: String, _ levels: Int, _ figures: (Outcome) -> (Double, ClosedRange<Double>, ClosedRange<Double>)
      ) -> [String] {
        [world.name, "\(cell.severity)", "\(cell.mixture)", seed, "\(steps)", "\(levels)"]
          + Outcome.ofWhole.flatMap { outcome in
            let (value, interval, spread) = figures(outcome)
            return [value, interval.lowerBound, interval.upperBound, spread.lowerBound, spread.upperBound]
              .map { decimal($0, 4) }
          }
      }
      return cell.seeds.enumerated().map { index, counts in
        row("\(index + 1)", counts.total) { outcome in
          let rate = counts.rate(outcome)
          return (rate.value, rate.interval, rate.value...rate.value)
        }
      }
        + [
          row("all", levels * cell.seeds.count) { outcome in
            let rate = cell.rate(outcome)
            return (rate.value, rate.interval, rate.spread)
          }
        ]
    }
    return ([header] + rows).map { $0.joined(separator: ",") }
  }
}
