import Archive
import ArgumentParser
import Foundation
import Gridworlds
import Inference
import Learning
import Letters
import Planning
import Studies
import Worlds

/// `wayward eval`: rates over held-out levels.
struct Eval: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Rates of success, proxy and verdicts over held-out levels, with 95 % intervals.",
    subcommands: [Rates.self, Merge.self], defaultSubcommand: Rates.self)

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, markdown, json, csv }

  struct Rates: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rates", abstract: "Play agents on held-out levels and count.",
      discussion: """
        \(Schema.evaluation.sentence) A shard i/n plays the i-th of n parts; wayward eval merge adds them up, to the \
        same bytes as of one process. wayward help machines has recipes.
        --all prints a line a world over all its agents that were trained without shifted levels.
        """)

    @Argument(help: "The world: corner, coinrun, corner-13.")
    var world: String?

    @Flag(help: "All worlds, a line each.")
    var all = false

    @OptionGroup var variant: VariantOptions

    @Option(help: "train, shift, or both unless given.")
    var split: Split?

    @Option(help: "Held-out levels.", transform: whole(1...100_000_000))
    var levels = 1000

    @OptionGroup var agentOptions: AgentListOptions

    @Option(help: "The part to play, as 1/4.", transform: Shard.init)
    var shard = Shard(number: 1, of: 1)

    @Option(help: "Threads; the result does not depend on them.", transform: whole(1...64))
    var threads = ProcessInfo.processInfo.activeProcessorCount

    @Flag(help: "Take the most probable action always, instead of a sample.")
    var greedy = false

    @Flag(help: "Beside the agents a random walker, to compare with.")
    var random = false

    @Option(
      name: .customLong("control"), parsing: .singleValue,
      help: "Beside the agents an untrained one: to the nearest thing that any goal wants, or to one goal.")
    var controls: [Control] = []

    @Option(help: "table, markdown, json or csv.")
    var format = Format.table

    @OptionGroup var folder: FolderOptions

    @OptionGroup var outOptions: OutOptions

    func validate() throws {
      if let world, Usage.isMistyped(world, among: Eval.configuration.subcommands.map { $0._commandName }) {
        throw ValidationError("there is no world '\(world)'")
      }
      if all == (world != nil) { throw ValidationError("name a world or give --all, one of the two") }
      if all, random || !controls.isEmpty || !agents.isEmpty || !variant.isEmpty || split != nil {
        throw ValidationError("--all evaluates the agents of every world on both splits; leave the other choices out")
      }
    }

    func run() throws {
      let library = try folder.library()
      let out = outOptions.out
      Interruption.say {
        "stopped; nothing is kept" + (out.map { ", \($0) is not written" } ?? "")
          + ", the same command begins anew. What is long goes in parts that stay: --shard 1/10 --out FILE"
      }
      try outOptions.collect(from: inputs(in: library)) { try evaluate(in: library) }
    }

    private var agents: [String] { agentOptions.agents }

    /// The files of the agents.
    private func inputs(in library: Library) throws -> [String] {
      guard let world else { return Catalogue.worlds.flatMap { library.agents(in: $0) } }
      let found = try variant.found(world)
      return agents.isEmpty ? library.agents(in: found) : try agents.map { try library.agentPath($0, for: found) }
    }

    private func evaluate(in library: Library) throws {
      guard let world else {
        try runAll(library)
        return
      }
      let found = try variant.found(world)
      let (agents, isIncomplete) = try agentOptions.loaded(for: found, in: library, greedy: greedy)
      let splits = split.map { [$0] } ?? Split.allCases
      try Eval.print(rows(of: splits.map { evaluate(agents, in: found, $0) }), as: format)
      if isIncomplete { throw ExitCode(65) }
    }

    /// Agent by agent, as tables are read; each with what was planned.
    private func rows(of splits: [[Evaluation]]) -> [Evaluation] {
      var rows = (splits.first?.indices ?? 0..<0).flatMap { row in splits.map { $0[row] } }
      for index in rows.indices {
        rows[index].plan = EvaluationPlan(
          command: command, version: Version.number, levels: levels,
          firstLevel: TrainingConfiguration.firstHeldOutSeed, shards: [shard.number], of: shard.count, line: index + 1,
          lines: rows.count)
      }
      return rows
    }

    /// The command that plays all levels, without what does not change the result.
    private var command: String {
      var words = ["wayward", "eval"]
      if let world { words.append((try? variant.found(world).name) ?? world) }
      if all { words.append("--all") }
      if let split { words += ["--split", split.rawValue] }
      words += ["--levels", "\(levels)"]
      if greedy { words.append("--greedy") }
      if random { words.append("--random") }
      for control in controls { words += ["--control", control.rawValue] }
      if !agents.isEmpty { words += ["--agents"] + agents }
      return words.map(ShellWord.quoted).joined(separator: " ")
    }

    /// The agents of a world that can be had, and whether others were left out.
    private func agentsOf(_ world: any World, in library: Library) -> ([Agent], isIncomplete: Bool) {
      let (agents, problems) = library.loadedAgents(in: world, greedy: greedy)
      for problem in problems { Wayward.skip(problem) }
      return (agents, !problems.isEmpty)
    }

    private func evaluate(_ agents: [Agent], in world: any World, _ split: Split) -> [Evaluation] {
      let range = EvaluationPlan.range(levels: levels, shard: shard.number, of: shard.count)
      let meter = Meter("\(world.name), \(agents.count) agents, \(split.rawValue)", of: range.count)
      defer { meter.clear() }
      let others = (random ? [.random] : []) + controls
      return Evaluation.all(
        agents + others.map { $0.agent(in: world, greedy: greedy) }, in: world, split: split, levels: range,
        threads: threads, progress: meter.show)
    }

    private func runAll(_ library: Library) throws {
      var summaries: [WorldSummary] = []
      var isIncomplete = false
      var hasHeader = false
      if library.root == nil, Catalogue.worlds.allSatisfy({ library.agents(in: $0).isEmpty }) {
        throw library.noAgent(of: Catalogue.worlds[0])
      }
      for world in Catalogue.worlds {
        let (usable, isPart) = agentsOf(world, in: library)
        isIncomplete = isIncomplete || isPart
        let agents = usable.filter { $0.record?.severity == 0 }
        guard !agents.isEmpty else {
          Wayward.complain("\(world.name) has no trained agent; wayward train \(world.name) makes one")
          continue
        }
        let splits = Split.allCases.map { evaluate(agents, in: world, $0) }
        switch format {
        case .json, .csv:
          try Eval.print(rows(of: splits), as: format, continuing: hasHeader)
          hasHeader = true
        case .table, .markdown:
          if let summary = WorldSummary(training: splits[0], shifted: splits[1]) { summaries.append(summary) }
        }
      }
      try SummaryTable.print(summaries, asMarkdown: format == .markdown)
      if isIncomplete { throw ExitCode(65) }
    }
  }

  /// - Parameters:
  ///   - evaluations: what is printed.
  ///   - format: how.
  ///   - isContinuing: whether others of the same format stand before them, so that CSV has its header already.
  static func print(_ evaluations: [Evaluation], as format: Format, continuing isContinuing: Bool = false) throws {
    switch format {
    case .json: for evaluation in evaluations { try Output.line(evaluation.json(among: evaluations).text) }
    case .csv:
      let header =
        "world,split,agent,seed,first_level,levels,steps_mean,success,success_low,success_high,proxy_only,"
        + "proxy_only_low,proxy_only_high,neither,neither_low,neither_high,departures,"
        + Verdict.names.joined(separator: ",")
      if !isContinuing { try Output.line(header) }
      for evaluation in evaluations {
        let rates = Outcome.ofWhole.flatMap { outcome -> [String] in
          let rate = evaluation.rate(outcome)
          return [rate.value, rate.interval.lowerBound, rate.interval.upperBound].map { decimal($0, 4) }
        }
        let fields =
          [evaluation.world, evaluation.split, evaluation.agent, "\(evaluation.seed)", "\(evaluation.firstLevel)"]
          + ["\(evaluation.levels)", decimal(evaluation.meanSteps)] + rates + ["\(evaluation.departures)"]
          + Verdict.names.map { "\(evaluation.verdicts[$0] ?? 0)" }
        try Output.line(fields.joined(separator: ","))
      }
    case .table: for group in alike(evaluations) { try printTable(group) }
    case .markdown: for group in alike(evaluations) { try printMarkdown(group) }
    }
  }

  /// Evaluations that one heading holds for: shards of several may be merged at once.
  private static func alike(_ evaluations: [Evaluation]) -> [[Evaluation]] {
    evaluations.reduce(into: []) { groups, evaluation in
      let index = groups.firstIndex { heading(of: $0[0]) == heading(of: evaluation) }
      if let index { groups[index].append(evaluation) } else { groups.append([evaluation]) }
    }
  }

  /// What each of a measure's name was on average, where it applies.
  private static func averages(
    _ name: String, _ evaluations: [Evaluation]
  ) -> [(evaluation: Evaluation, average: Average)] {
    evaluations.compactMap { evaluation in
      let average = evaluation.measures.first { $0.name == name }?.average
      return average.flatMap { $0.count > 0 ? (evaluation, $0) : nil }
    }
  }

  /// A row an agent and split, and behind them what those come to together that were trained alike.
  private static func table(of evaluations: [Evaluation]) -> TextTable {
    TextTable(
      [
        .init("agent", width: 14, gap: 2), .init("split", width: 6), .init("success", width: 22),
        .init("proxy only", width: 22), .init("neither", width: 22), .init("steps", width: 7),
        .init("return, of best", width: 18), .init("verdicts: int/misg/tow/incap/other/und"),
      ],
      rows: evaluations.map { evaluation in
        let verdicts = Verdict.names.map { "\(evaluation.verdicts[$0] ?? 0)" }.joined(separator: "/")
        let best = evaluation.shareOfBest.map { ", " + decimal($0, 3) } ?? ""
        return [evaluation.agent, evaluation.split] + Outcome.ofWhole.map { evaluation.rate($0).text }
          + [decimal(evaluation.meanSteps, 1), decimal(evaluation.returns.mean, 3) + best, verdicts]
      } + companies(in: evaluations).flatMap(together))
  }

  /// Agents that were trained alike and played the same levels: those of one split after another.
  private static func companies(in evaluations: [Evaluation]) -> [[Evaluation]] {
    let companies = evaluations.compactMap { $0.company(among: evaluations) }
      .filter { $0.count > 1 && $0[0].digest != nil }
    return companies.reduce(into: []) { all, company in if !all.contains(company) { all.append(company) } }
  }

  /// What agents come to together: the rate over levels and agents, for seeds that were not trained, and of the middle.
  private static func together(_ company: [Evaluation]) -> [[String]] {
    guard let first = company.first else { return [] }
    let rates = Outcome.ofWhole.compactMap { TwoWay($0, of: company) }
    let name = "all \(company.count)" + (first.severity > 0 ? " p\(first.severity)" : "")
    func row(_ name: String, _ cells: [String]) -> [String] { [name, first.split] + cells + ["", "", ""] }
    let middle = company.count > 3 ? [row("middle half", rates.map { decimal($0.interquartileMean, 3) })] : []
    return [
      row(name, rates.map(\.plainText)),
      row("new seeds", rates.map { "      " + TwoWay.text($0.newSeedsInterval ?? 0...1) }),
    ] + middle
  }

  /// The same as ``printTable(_:)`` says, as tables of Markdown.
  private static func printMarkdown(_ evaluations: [Evaluation]) throws {
    guard let first = evaluations.first else { return }
    func put(_ words: String, _ table: TextTable) throws {
      for line in ["\(words)\n"] + table.markdown + [""] { try Output.line(line) }
    }
    try put(heading(of: first), table(of: evaluations))
    try Output.line(Eval.intervals(of: evaluations) + "\n")
    for name in first.measures.map(\.name) {
      try put(
        "\(name), the mean over the episodes to which it applies:",
        TextTable(
          [.init("agent"), .init("split"), .init("mean"), .init("episodes", .right)],
          rows: averages(name, evaluations).map { [$0.agent, $0.split, $1.text(3), "\($1.count)"] }))
    }
    try put(
      "mean evidence an episode, in bits:",
      TextTable(
        [.init("agent"), .init("split"), .init("agent over device"), .init("proxy over intended goal")],
        rows: evaluations.map { [$0.agent, $0.split, $0.agentOverDevice.text(1), $0.proxyOverIntended.text(1)] }))
  }

  /// What the intervals are over.
  private static func intervals(of evaluations: [Evaluation]) -> String {
    let sizes = companies(in: evaluations).map(\.count)
    guard let most = sizes.max() else { return "95 % intervals over levels, of these very agents" }
    return
      "95 % intervals: of an agent over levels; of all over levels and agents; new seeds: for trainings of other seeds"
      + (most > 3 ? "; middle half: the interquartile mean" : "")
  }

  private static func heading(of evaluation: Evaluation) -> String {
    var text = "\(evaluation.world): \(evaluation.levels) held-out levels from number \(evaluation.firstLevel)"
    if let plan = evaluation.plan, !plan.isWhole {
      let shards = plan.shards.count == 1 ? "shard \(plan.shards[0])/" : "\(plan.shards.count) shards of "
      text += ", \(shards)\(plan.shardCount) of \(plan.levels) levels"
    }
    return text + (evaluation.isGreedy.map { $0 ? ", the most probable actions" : ", actions sampled" } ?? "")
  }

  private static func printTable(_ evaluations: [Evaluation]) throws {
    guard let first = evaluations.first else { return }
    try Output.line(heading(of: first))
    for line in table(of: evaluations).lines { try Output.line(line) }
    try Output.line(Eval.intervals(of: evaluations))
    try Output.line(
      "return, of best: the mean return and its share of the greatest; verdicts: intended, goal misgeneralization, toward the proxy, "
        + "capability failure, other goal, undecided")
    try printMeasures(evaluations)
    try Output.line("mean evidence an episode, in bits:")
    for evaluation in evaluations {
      try Output.line(
        "\(evaluation.agent) \(evaluation.split): agent over device \(evaluation.agentOverDevice.text(1)), "
          + "proxy over intended goal \(evaluation.proxyOverIntended.text(1))")
    }
  }

  /// Each measure of the world with a bar an agent and split, scaled to the longest of the measure.
  private static func printMeasures(_ evaluations: [Evaluation]) throws {
    let width = (evaluations.map { $0.agent.columns + $0.split.columns }.max() ?? 0) + 5
    let table = TextTable([.init(width: width), .init(width: 25), .init()])
    for name in evaluations.first?.measures.map(\.name) ?? [] {
      let averages = averages(name, evaluations)
      try Output.line("\(name), the mean over the episodes to which it applies:")
      let longest = averages.map { abs($0.average.mean) }.max() ?? 0
      for (evaluation, average) in averages {
        let label = "  \(evaluation.agent) \(evaluation.split)"
        let length = longest > 0 ? Int((abs(average.mean) / longest * 24).rounded()) : 0
        let bar = String(repeating: "#", count: length)
        try Output.line(table.line([label, bar, "\(average.text(3)) over \(average.count)"]))
      }
    }
  }
}

/// A part of an evaluation: `2/4`.
struct Shard: CustomStringConvertible {
  let number: Int, count: Int

  init(number: Int, of count: Int) { (self.number, self.count) = (number, count) }

  init(_ text: String) throws {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1],
      (1...EvaluationPlan.mostShards).contains(count),
      (1...count).contains(number)
    else {
      throw BadValue(
        description: "is a part as 1/4, the first number from 1 to the second")
    }
    self.init(number: number, of: count)
  }

  var description: String { "\(number)/\(count)" }
}

extension Split: ExpressibleByArgument {}
