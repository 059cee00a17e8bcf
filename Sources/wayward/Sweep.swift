import Accounts
import Archive
import ArgumentParser
import Foundation
import Gridworlds
import Learning
import Studies
import Synchronization
import TerminalUI
import Viewer

/// `wayward sweep`: agents over severities of training, or over mixtures of levels.
struct Sweep: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train agents at several severities and draw success and proxy rate.",
    discussion: """
      The severity p is the share of shifted levels in training. With --mixtures the agents are measured on held-out \
      mixtures of training and shifted levels instead, and success is drawn against the mixture, a line a severity: \
      wayward sweep advisor --mixtures 0,0.25,0.5,0.75,1 draws it against ρ = 1 − p, how often the asker is right, for \
      agents trained at ρ = 1 and at ρ = 0.5.

      \(Schema.sweep.sentence) CSV has one line a seed, and one for all.

      With --keep an interrupted sweep goes on when the same command is given again, to the same bytes. On several \
      machines or processes --plan prints the trainings, a command a line, and --measure-only measures their agents; \
      wayward help machines has recipes.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, json, csv }

  @OptionGroup var worldOptions: WorldOptions

  @Option(
    help: "Shares of shifted levels in training; 0,0.01,0.03,0.1,0.3,1 unless given, with --mixtures 0,0.5.",
    transform: Sweep.shares)
  var severities: [Double]?

  @Option(
    help: "Shares of shifted levels in held-out mixtures to measure success on: 0,0.25,0.5,0.75,1.",
    transform: Sweep.shares)
  var mixtures: [Double]?

  @Option(help: "Agents at each severity, from seeds 1, 2, ….", transform: whole(1...100))
  var seeds = 3

  @Option(
    help: "Environment steps of each agent, rounded up to whole batches; the world's own recipe unless given.",
    transform: whole(1...1_000_000_000))
  var steps: Int?

  @Option(help: "Held-out levels of each distribution.", transform: whole(1...1_000_000))
  var levels = 1000

  @Option(help: "Threads; the result does not depend on them.", transform: whole(1...64))
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: "Write the chart to this SVG file too.")
  var svg: String?

  @Option(help: "table, json or csv; the table has the chart below it.")
  var format = Format.table

  @Option(help: "Keep the agents in this folder, and go on from those that are there.")
  var keep: String?

  @Flag(help: "Keep the weights in half precision: half the bytes, each weight rounded.")
  var half = false

  @Flag(help: "Print the trainings, a command a line, and do nothing else.")
  var plan = false

  @Flag(help: "Train nothing: measure the agents in the folder of --keep, all of which must be there.")
  var measureOnly = false

  @OptionGroup var outOptions: OutOptions

  func validate() throws {
    if let severities, mixtures != nil, severities.count > 6 {
      throw ValidationError("--mixtures goes with up to 6 severities, a line of the chart each")
    }
    if keep == "" { throw ValidationError("--keep names a folder") }
    if plan || measureOnly, keep == nil {
      throw ValidationError("\(plan ? "--plan" : "--measure-only") needs the folder of the agents: --keep DIR")
    }
    if plan, measureOnly { throw ValidationError("--plan and --measure-only are one after the other, not together") }
  }

  /// Shares between 0 and 1, as `0,0.1,1`: up to twelve, no two the same.
  @Sendable static func shares(_ text: String) throws -> [Double] {
    let shares = try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let share = Double(part.trimmingCharacters(in: .whitespaces)), (0...1).contains(share) else {
        throw ValidationError("'\(part)' is no share from 0 to 1; write them as 0,0.1,1")
      }
      // −0 is 0, and is not to be shown otherwise.
      return share + 0
    }
    guard Set(shares).count == shares.count else { throw ValidationError("each share is named once") }
    guard shares.count <= 12 else { throw ValidationError("there are up to 12 shares") }
    return shares
  }

  /// The command that does one training of a plan, with one thread, since others run beside it.
  static func command(of job: TrainingJob, keeping folder: String) -> String {
    "\(job.command) --threads 1 --keep \(ShellWord.quoted(folder))"
  }

  func run() throws {
    let study = try study()
    if let keep {
      Interruption.say { "stopped; the agents in \(keep) stay as they are, and the same command goes on from there" }
    }
    try outOptions.collect(from: measureOnly ? study.jobs.map(\.path) : [], besides: svg.map { [$0] } ?? []) {
      try sweep(study)
    }
  }

  func study() throws -> SweepPlan {
    let world = try worldOptions.found()
    var recipe = TrainingConfiguration(for: world)
    recipe.threads = threads
    if let steps { recipe.totalSteps = steps }
    let usual = mixtures == nil ? [0, 0.01, 0.03, 0.1, 0.3, 1] : [0, 0.5]
    return SweepPlan(
      world: world, recipe: recipe, severities: severities ?? usual, seeds: seeds,
      mixtures: mixtures ?? [0, 1], levels: levels, folder: keep, isHalf: half)
  }

  private func sweep(_ study: SweepPlan) throws {
    if plan {
      for job in study.jobs { try Output.line(Sweep.command(of: job, keeping: keep ?? ".")) }
      return
    }
    if measureOnly {
      let missing = study.missing
      for problem in missing { Wayward.complain("\(problem)") }
      if !missing.isEmpty { throw ExitCode(65) }
    } else {
      try study.check()
    }
    if let svg { try AtomicFile.check(svg) }
    if !measureOnly, let rounding = study.jobs.first?.rounding { Wayward.complain(rounding) }
    let meter = SweepMeter(study.world.name)
    let (control, folder, measures) = (TrainingControl(), keep, measureOnly)
    let finished = Mutex(0)
    Interruption.isAwaited { control.stop() }
    let end: @Sendable () -> Never = {
      Interruption.end(
        folder.map { folder in
          measures
            ? "stopped; the agents in \(folder) stay, and the same command measures them anew"
            : "stopped; \(finished.withLock { $0 }) agents are finished in \(folder), with the progress of the next, and "
              + "the same command goes on from there"
        }
          ?? "stopped; nothing is kept, the same command begins anew; with --keep DIR it would go on")
    }
    let result = try study.run(control, trains: !measureOnly) { progress in
      finished.withLock { $0 = progress.agent - (progress.isMeasuring ? 0 : 1) }
      // What is measured is measured again.
      if progress.isMeasuring, Interruption.isAsked { end() }
      meter.show(progress)
    }
    meter.clear()
    guard let result else { end() }
    let words = SweepWords(result)
    switch format {
    case .json: for object in result.json { try Output.line(object.text) }
    case .csv: for line in result.csv { try Output.line(line) }
    case .table:
      let glyphs = GlyphSet.current
      for line in words.table { try Output.line(glyphs.text(line)) }
      try Output.line("\n" + words.chart.text(size: Size(width: 80, height: 26), glyphs: glyphs))
    }
    if let svg { try AtomicFile.write(Data(words.chart.svg.utf8), to: svg) }
  }
}

extension GlyphSet {
  /// What the terminal that reads our output can be trusted to draw.
  static var current: GlyphSet {
    let isPlain = ProcessInfo.processInfo.environment["WAYWARD_ASCII"]?.isEmpty == false
    return isPlain ? .ascii : TerminalEnvironment.current().glyphs
  }
}
