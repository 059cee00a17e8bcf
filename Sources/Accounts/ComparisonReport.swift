import Archive
import Gridworlds
import Studies

/// Two runs beside one another as the documented JSON.
public struct ComparisonReport {
  private let comparison: Comparison
  private let names: [String]

  /// The report of a comparison.
  /// - Parameters:
  ///   - comparison: the two runs.
  ///   - names: what each is called, A first.
  public init(_ comparison: Comparison, names: [String]) { (self.comparison, self.names) = (comparison, names) }

  /// One object; steps count from 0.
  public var json: JSON {
    let (same, shared) = comparison.sameMoves(before: .max)
    // Numbers of actions say nothing of one another where they are of different ones.
    let (known, parting): (Int?, Int?) = comparison.sharesActions ? (same, comparison.partingStep) : (nil, nil)
    let sides = zip(["a", "b"], zip(names, [comparison.first, comparison.second])).map { key, side in
      JSON.Member(key, ComparisonReport.json(of: side.1, called: side.0))
    }
    return .object(
      sides + [
        .init("shared_steps", .integer(shared)), .init("same_moves", known.map { .integer($0) } ?? .null),
        .init("parting_step", parting.map { .integer($0) } ?? .null),
        .init("caption", .array(comparison.captionSentences.map { .string($0) })),
      ])
  }

  private static func json(of run: Run, called name: String) -> JSON {
    let episode = run.episode
    return .object([
      .init("name", .string(name)), .init("world", .string(episode.world.name)),
      .init("level", .string(episode.level.reference)), .init("agent", .string(episode.agent)),
      .init("seed", .integer(episode.seed)), .init("steps", .integer(episode.steps.count)),
      .init("outcome", .string(run.outcome.rawValue)), .init("return", .double(Double(episode.totalReward))),
      .init("departure_step", run.analysis?.marks.departure.map { .integer($0) } ?? .null),
      .init("verdict", .string(run.analysis?.verdict.name ?? "undecided")),
    ])
  }
}
