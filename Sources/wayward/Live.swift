import Accounts
import ArgumentParser
import Foundation
import Studies
import Viewer

/// `wayward live`: a life without episodes, in which an agent learns as one watches.
struct Live: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Watch one agent learn in one unending life.", subcommands: [Forest.self])

  /// A printed life, or with --dump-screen the picture of one.
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, csv, json, ansi, svg }

  struct Forest: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "trees",
      abstract: "Trees that grow again, the faster the more there are: cut to the last one, then kept.",
      discussion: """
        After the tree gridworld of Shah et al. (2022). The agent learns by Q-learning with a table: how many trees \
        stand, where the nearest one lies, and four moves. On a terminal the life is shown; with --format, or elsewhere, \
        its course is printed. Affinity is (p - b) / (g - b): how often the agent cuts, p, between a random walker, b, \
        and a greedy chopper, g, at the same numbers of trees. The same seed gives the same life, always.
        \(Schema.life.sentence)
        """)

    @Option(help: "The seed of forest, chance and choices.", transform: whole(0...UInt64.max))
    var seed: UInt64 = 1

    @Option(help: "Steps of a printed life.", transform: whole(1...1_000_000_000))
    var steps = 3_000_000

    @Option(help: "How many lives are printed, with the seeds from --seed on.", transform: whole(1...1_000))
    var lives = 1

    @Option(help: "text, csv or json; prints instead of showing. With --dump-screen text, ansi or svg.")
    var format: Format?

    @Option(help: "Begin the show at a step.", transform: whole(0...1_000_000_000))
    var at = 0

    @Option(
      help: "Step size of Q-learning, above 0, at most 1.", transform: number(0...1, "above 0 and at most 1") { $0 > 0 }
    )
    var stepSize = TreeLife.Settings(seed: 0).stepSize

    @Option(help: "Discount a step, from 0 to below 1.", transform: number(0...1, "from 0 to below 1") { $0 < 1 })
    var discount = TreeLife.Settings(seed: 0).discount

    @Option(help: "How often it acts at random, 0 to 1.", transform: number(0...1))
    var exploration = TreeLife.Settings(seed: 0).exploration

    @Option(
      help: "Cuts a step that the agent expects at first, for ever and everywhere, 0 to 1.", transform: number(0...1))
    var hope = TreeLife.Settings(seed: 0).hope

    @Option(
      help: "An experiment: the least probability of regrowth in a step, 1e-6 by the rules, to 1.",
      transform: number(TreeLife.ruledLeast...1))
    var least = TreeLife.ruledLeast

    @OptionGroup var screen: LookOptions

    @OptionGroup var outOptions: OutOptions

    func validate() throws {
      let isPicture = format == .ansi || format == .svg
      if isPicture, !screen.dumpScreen {
        throw ValidationError("--format \(format?.rawValue ?? "") needs --dump-screen")
      }
      if screen.dumpScreen, format == .csv || format == .json {
        throw ValidationError("a screen is printed as text, ansi or svg")
      }
    }

    func run() throws {
      let isTerminal = isatty(STDOUT_FILENO) != 0 && isatty(STDIN_FILENO) != 0
      let isShown = format == nil && isTerminal && outOptions.out == nil
      try outOptions.collect(from: []) { screen.dumpScreen || isShown ? try show() : try report(as: format ?? .text) }
    }

    private func show() throws {
      let isPaused = screen.dumpScreen
      let picture = format.flatMap { PictureFormat(rawValue: $0.rawValue) } ?? .text
      let settings = settings(seed: seed)
      try screen.open(as: picture) { theme, size in
        App(LifeRoom(settings, at: at, isPaused: isPaused), theme: theme, size: size)
      }
    }

    private func settings(seed: UInt64) -> TreeLife.Settings {
      var settings = TreeLife.Settings(seed: seed)
      settings.stepSize = stepSize
      settings.discount = discount
      settings.exploration = exploration
      settings.hope = hope
      settings.least = least
      return settings
    }

    private func report(as format: Format) throws {
      if format == .csv { try Output.line(LifeReport.header) }
      for number in 0..<UInt64(lives) {
        var life = TreeLife(settings(seed: seed &+ number))
        life.run(steps)
        let report = LifeReport(life)
        switch format {
        case .text, .ansi, .svg: try Output.line(report.text + (number + 1 < UInt64(lives) ? "\n" : ""))
        case .csv: try Output.line(report.csv)
        case .json: try Output.line(report.json.text)
        }
        try Output.flush()
        if format == .csv {
          Wayward.complain("seed \(life.settings.seed): \(LifeSummary(life.course).text(steps: life.steps))")
        }
      }
    }
  }
}
