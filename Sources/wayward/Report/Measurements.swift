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
  /// Where agents are kept that are trained for a table.
  let agents: ReportAgents
  private var evaluations: [String: [Evaluation]] = [:]
  private var sweeps: [ReportStudy: SweepResult] = [:]
  private var planted: [String: [Proof.Row]] = [:]

  /// Held-out levels of every figure.
  static let levels = 1000

  init(_ library: Library, threads: Int, agents: ReportAgents) {
    (self.library, self.threads, self.agents) = (library, threads, agents)
  }

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

  /// What the agents of a study do, trained where they are not there yet.
  func result(of study: ReportStudy) throws -> SweepResult {
    if let known = sweeps[study] { return known }
    let folder = try agents.folder()
    let plan = try study.plan(in: folder, library, threads: threads)
    try plan.check()
    let meter = SweepMeter(study.world)
    defer { meter.clear() }
    let control = TrainingControl()
    Interruption.isAwaited { control.stop() }
    let result = try plan.run(control) { progress in
      // What is measured is measured again.
      if progress.isMeasuring, Interruption.isAsked { ReportAgents.end(folder) }
      meter.show(progress)
    }
    guard let result else { ReportAgents.end(folder) }
    Interruption.say { ReportAgents.farewell(folder) }
    sweeps[study] = result
    return result
  }

  /// What inference makes of the behaviours that are planted in a world, over so many blocks of levels.
  func planted(in world: any World, blocks: Int) -> [Proof.Row] {
    if let known = planted[world.name] { return known }
    let rows = Proof.behaviours(in: world).compactMap { behaviour in
      let meter = Meter("\(world.name): \(behaviour.words(in: world))", of: blocks * 100)
      defer { meter.clear() }
      return Proof.row(behaviour, in: world, blocks: blocks, threads: threads, progress: meter.show)
    }
    planted[world.name] = rows
    return rows
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
