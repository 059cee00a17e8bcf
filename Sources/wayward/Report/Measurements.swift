import Archive
import Gridworlds
import Learning
import Planning
import Studies
import Worlds

/// What tables are made of: evaluations and sweeps, each worked out once.
final class Measurements {
  /// Where levels and agents are.
  let library: Library
  /// How many cores work.
  let threads: Int
  private var evaluations: [String: [Evaluation]] = [:]
  private var sweeps: [String: SweepResult] = [:]

  /// Held-out levels of every figure.
  static let levels = 1000

  init(_ library: Library, threads: Int) { (self.library, self.threads) = (library, threads) }

  /// What agents do on held-out levels; those of the world that never saw a shifted level, unless some are named.
  func evaluations(
    of name: String, _ split: Split, agents: [String]? = nil, greedy: Bool = false, controls: [Control] = []
  ) throws -> [Evaluation] {
    let key = "\(name) \(split.rawValue) \(agents ?? []) \(greedy) \(controls)"
    if let known = evaluations[key] { return known }
    let world = try Catalogue.world(named: name)
    let found =
      try agents.map { try $0.map { try library.agent($0, for: world, greedy: greedy) } }
      ?? library.agents(in: world).map { try Agent(path: $0, for: world, greedy: greedy) }
      .filter { $0.record?.severity == 0 }
    guard !found.isEmpty else {
      throw FileProblem(
        path: library.root ?? "levels", cause: "\(name) has no trained agent", mend: "make one: wayward train \(name)")
    }
    let meter = Meter("\(name), \(found.count) agents, \(split.rawValue)", of: Measurements.levels)
    defer { meter.clear() }
    let result = Evaluation.all(
      found + controls.map { $0.agent(in: world, greedy: greedy) }, in: world, split: split,
      levels: 0..<Measurements.levels, threads: threads, progress: meter.show)
    evaluations[key] = result
    return result
  }

  /// Agents trained at several severities and measured on mixtures: three seeds of each.
  func sweep(
    _ name: String, steps: Int? = nil, severities: [Double], mixtures: [Double] = [0, 1]
  ) throws -> SweepResult {
    let key = "\(name) \(steps ?? 0) \(severities) \(mixtures)"
    if let known = sweeps[key] { return known }
    let world = try Catalogue.world(named: name)
    var recipe = TrainingConfiguration(for: world)
    recipe.threads = threads
    if let steps { recipe.totalSteps = steps }
    let plan = SweepPlan(
      world: world, recipe: recipe, severities: severities, seeds: 3, mixtures: mixtures, levels: Measurements.levels)
    let meter = SweepMeter(name)
    defer { meter.clear() }
    // Nobody ends it but by ending the program.
    guard let result = try plan.run(progress: meter.show) else { throw CancellationError() }
    sweeps[key] = result
    return result
  }

  /// Rows of agents and what they came to in numbers of their world: the mean of each measure that is named.
  func measures(_ names: [String], of evaluations: [Evaluation], _ digits: Int = 3) -> [[String]] {
    evaluations.map { evaluation in
      [evaluation.agent]
        + names.map { name in
          evaluation.measures.first { $0.name == name }.map { $0.average.text(digits) } ?? "–"
        }
    }
  }
}

extension SweepResult {
  /// What the agents of one severity do on one mixture.
  func cell(trainedAt severity: Double, on mixture: Double) -> SweepCell? {
    cells.first { $0.severity == severity && $0.mixture == mixture }
  }
}
