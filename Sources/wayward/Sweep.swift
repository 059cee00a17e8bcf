import Accounts
import Archive
import ArgumentParser
import Foundation
import Gridworlds
import Learning
import Studies
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

      With --keep an interrupted sweep goes on when the same command is given again, to the same bytes.
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
    help: "Environment steps of each agent; the world's own recipe unless given.", transform: whole(1...1_000_000_000))
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

  @OptionGroup var outOptions: OutOptions

  func validate() throws {
    if let severities, mixtures != nil, severities.count > 6 {
      throw ValidationError("--mixtures goes with up to 6 severities, a line of the chart each")
    }
    if keep == "" { throw ValidationError("--keep names a folder") }
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

  func run() throws { try outOptions.collect(from: [], sweep) }

  private func sweep() throws {
    let world = try worldOptions.found()
    var recipe = TrainingConfiguration(for: world)
    recipe.threads = threads
    if let steps { recipe.totalSteps = steps }
    let usual = mixtures == nil ? [0, 0.01, 0.03, 0.1, 0.3, 1] : [0, 0.5]
    let plan = SweepPlan(
      world: world, recipe: recipe, severities: severities ?? usual, seeds: seeds,
      mixtures: mixtures ?? [0, 1], levels: levels, folder: keep)
    try plan.check()
    if let svg { try AtomicFile.check(svg) }
    let meter = SweepMeter(world.name)
    let result = try plan.run(progress: meter.show)
    meter.clear()
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
