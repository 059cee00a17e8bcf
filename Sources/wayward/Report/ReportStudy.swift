import Archive
import Foundation
import Gridworlds
import Learning
import Studies
import Worlds

/// Agents that a table is of: trained at some severities from some seeds, and measured on mixtures of levels.
struct ReportStudy: Hashable, Sendable {
  /// The world's name.
  let world: String
  /// Environment steps of each; the world's own recipe unless given.
  var steps: Int?
  /// The shares of shifted levels in training, and in the mixtures that they are measured on.
  var severities = [0.0], mixtures = [0.0, 1]
  /// Agents at each severity.
  var seeds = 3
  /// Whether they are trained as those that come with the program are, which are taken where they are among them.
  var isShipped = false

  /// The study itself.
  /// - Parameters:
  ///   - folder: where its agents are kept.
  ///   - library: has those that come with the program.
  ///   - threads: the result does not depend on them.
  func plan(in folder: String, _ library: Library, threads: Int) throws -> SweepPlan {
    let found = try Catalogue.world(named: world)
    var recipe = TrainingConfiguration(for: found)
    recipe.threads = threads
    if let steps { recipe.totalSteps = steps }
    return SweepPlan(
      world: found, recipe: recipe, severities: severities, seeds: seeds, mixtures: mixtures,
      levels: Measurements.levels, folder: "\(folder)/\(isShipped ? "half/" : "")\(found.family)",
      shelf: isShipped ? library.root.map { "\($0)/\(found.family)/agents" } : nil, isHalf: isShipped)
  }
}

/// The agents that tables need and that do not come with the program: trained once, kept, and used again.
struct ReportAgents {
  /// Where they are kept; that of what can be made anew unless given: `~/.cache/wayward/report`, or below
  /// `XDG_CACHE_HOME`.
  let keep: String?

  /// A folder of this version of the program, since another one may train otherwise.
  func folder(_ environment: [String: String] = ProcessInfo.processInfo.environment) throws(FileProblem) -> String {
    let cache =
      environment["XDG_CACHE_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
      ?? environment["HOME"].flatMap { $0.hasPrefix("/") ? "\($0)/.cache" : nil }
    guard let kept = keep ?? cache.map({ "\($0)/wayward/report" }) else {
      throw FileProblem.usage("without HOME there is no folder to keep agents in", mend: "name one with --keep")
    }
    return "\(kept)/\(Version.number)"
  }

  /// Ends the program as it was asked to.
  static func end(_ folder: String) -> Never { Interruption.end(farewell(folder)) }

  /// What is said then.
  static func farewell(_ folder: String) -> String {
    "stopped; what was trained is kept in \(folder), and the same command goes on from there"
  }

  /// Trains a part of the agents that studies need: every so-manieth, those that are there already left out.
  /// - Returns: how many are there in the end, and how many of them were trained now.
  func train(_ plans: [SweepPlan], shard: Shard) throws -> (there: Int, trained: Int) {
    let folder = try folder()
    var seen: Set<String> = []
    // What lies on the shelf counts too: which part an agent belongs to does not depend on what is there already.
    let jobs = plans.flatMap(\.jobs).filter { seen.insert($0.command).inserted }
    let part = jobs.enumerated().filter { $0.offset % shard.count == shard.number - 1 }.map(\.element)
    let paths = Set(part.map(\.path))
    for plan in plans { try plan.check { paths.contains($0.path) } }
    let control = TrainingControl()
    Interruption.isAwaited { control.stop() }
    var trained = 0
    for (index, job) in part.enumerated() where !job.isKept {
      let meter = TrainingMeter("agent \(index + 1) of \(part.count), \(job.command)", of: job.configuration)
      defer { meter.clear() }
      guard let trainer = try job.trained(control, keepsProgress: true, progress: meter.add) else {
        ReportAgents.end(folder)
      }
      _ = try job.keep(trainer)
      trained += 1
    }
    return (part.count, trained)
  }
}

/// A training's progress on standard error: on a terminal a line that changes, elsewhere one line an agent.
private final class TrainingMeter {
  private let title: String, steps: Int
  private let meter: Meter
  private var done = 0

  init(_ title: String, of recipe: TrainingConfiguration) {
    self.title = title
    steps = recipe.updates * recipe.stepsPerUpdate
    meter = Meter(title, of: steps)
    if isatty(STDERR_FILENO) == 0 { Wayward.complain(title) }
  }

  /// Counts steps.
  func add(_ steps: Int) {
    done += steps
    meter.show(done)
  }

  func clear() { meter.clear() }
}
