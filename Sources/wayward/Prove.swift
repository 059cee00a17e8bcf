import Archive
import ArgumentParser
import Foundation
import Gridworlds
import Inference
import Learning
import Studies
import Workshop
import Worlds

/// `wayward prove`: plants behaviour of which it is known what is right, and counts what inference makes of it.
struct Prove: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prove goal inference on planted agents, whose goals are known.",
    discussion: """
      Each behaviour plays blocks of 100 shifted levels on which it can be planted; each block is asked what its agent is \
      after, and each lost level, on which the intended goal was never reached, what it shows of an agent known from the \
      other levels of its block, and of an unknown one. Exit status 1 where a bar of the definitions is missed.
      --claims tells episodes of each world, whole and cut, on drawn and edited levels, alone and side by side, and \
      derives each claim of each sentence again by other code, with those of studies' tables and of lives. Exit status \
      1 where one does not hold.
      """)

  @Option(help: "Worlds; corner unless given.")
  var world: [String] = []

  @Option(help: "Blocks of 100 levels of each behaviour; 24 are the whole trial.", transform: whole(1...10_000))
  var blocks = 10

  @Option(help: "Threads; the result does not depend on them.", transform: whole(1...64))
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @Flag(help: "Instead: how often verdicts change with what is taken for granted, planted and trained agents together.")
  var sensitivity = false

  @Option(
    help: "Instead: so many episodes a world whose every sentence is derived again, in all worlds unless given.",
    transform: whole(1...1_000_000))
  var claims: Int?

  @OptionGroup var folder: FolderOptions

  func run() throws {
    let all = claims == nil ? ["corner"] : Catalogue.worlds.map(\.name)
    let worlds = try (world.isEmpty ? all : world).map { try VariantOptions.world(named: $0) }
    if let claims {
      let areProven = try worlds.map { try prove(claims, in: $0) }
      if areProven.contains(false) { throw ExitCode(1) }
    } else if sensitivity {
      for world in worlds { try showSensitivity(of: world) }
    } else {
      let areProven = try worlds.map(prove)
      if areProven.contains(false) { throw ExitCode(1) }
    }
  }

  /// Derives the claims of episodes again.
  private func prove(_ episodes: Int, in world: any World) throws -> Bool {
    let agents = try folder.library().agents(of: world.family).compactMap { try? Agent(path: $0, for: world) }
    let levels = (episodes + ClaimProof.perLevel - 1) / ClaimProof.perLevel
    let meter = Meter("claims in \(world.name)", of: levels)
    let report = ClaimProof(world, agents: agents).report(episodes: episodes, threads: threads, progress: meter.show)
    meter.clear()
    try Output.line(
      "\(world.name): \(report.episodes) episodes, \(report.stopped) of them stopped, \(report.withPerson) with a person, "
        + "\(report.edited) on edited levels, \(report.known) of a known agent, \(report.pairs) pairs, \(report.studies) studies, \(report.lives) lives: "
        + "\(grouped(report.claims)) claims, \(report.faults.count) do not hold")
    for fault in report.faults.prefix(20) { try Output.line("  \(fault)") }
    return report.faults.isEmpty
  }

  private func prove(_ world: any World) throws -> Bool {
    try Output.line("\(world.name): blocks of 100 shifted levels from number \(TrainingConfiguration.firstHeldOutSeed)")
    try Output.line("devices: \(Posterior.Devices(in: world).rawValue)")
    let table = TextTable(ProofTable.columns)
    try Output.line(table.heading)
    var rows: [Proof.Row] = []
    for behaviour in Proof.behaviours(in: world) {
      let meter = Meter(behaviour.words(in: world), of: blocks * 100)
      let row = Proof.row(behaviour, in: world, blocks: blocks, threads: threads, progress: meter.show)
      meter.clear()
      guard let row else { continue }
      rows.append(row)
      try Output.line(table.line(ProofTable.cells(row, in: world)))
    }
    try Output.line("lost levels called goal misgeneralization of a known agent, by the probability asked, planted:")
    let curve = TextTable(ProofTable.curve)
    try Output.line(curve.heading)
    for point in Proof.curve(rows) { try Output.line(curve.line(ProofTable.cells(point))) }
    var isProven = true
    for bar in Proof.bars(rows) {
      let missing = bar.missing.map { $0.words(in: world) }.joined(separator: "; ")
      try show(bar.words + (bar.isMet ? "" : ": not \(missing)"), isMet: bar.isMet)
      isProven = isProven && bar.isMet
    }
    isProven = try proveMoved(in: world) && isProven
    try Output.line("")
    return isProven
  }

  private func show(_ words: String, isMet: Bool) throws { try Output.line("\(isMet ? "met   " : "MISSED") \(words)") }

  /// What follows where the intended object is moved, of agents that never saw a shifted level; where that is known of
  /// the world's agents.
  private func proveMoved(in world: any World) throws -> Bool {
    guard let bar = MovedObject.bar(of: world) else { return true }
    let (agents, problems) = try folder.library().loadedAgents(in: world)
    for problem in problems { Wayward.skip(problem) }
    let question = MovedObject(0, in: world, split: .shifted, levels: 150, threads: threads)
    let answers = agents.filter { $0.record?.severity == 0 }.map { ($0.name, question.ask($0, in: world)) }
    guard !answers.isEmpty, !question.pairs.isEmpty else { return true }
    let words = answers.map { "\($0.0) \(decimal($0.1.follow.mean))" }.joined(separator: ", ")
    let isMet = answers.allSatisfy { bar.contains($0.1.follow.mean) }
    try show(
      "what follows \(world.goals[0].noun), moved in \(question.pairs.count) pairs, is "
        + "\(bar.lowerBound > 0 ? "above \(decimal(bar.lowerBound, 1))" : "below \(decimal(bar.upperBound, 1))"): \(words)",
      isMet: isMet)
    return isMet
  }

  private func showSensitivity(of world: any World) throws {
    let (agents, problems) = try folder.library().loadedAgents(in: world)
    for problem in problems { Wayward.skip(problem) }
    let meter = Meter("sensitivity in \(world.name)", of: Proof.behaviours(in: world).count + agents.count)
    let rows = Sensitivity.table(in: world, agents, threads: threads, progress: meter.show)
    meter.clear()
    try Output.line(
      "\(world.name): verdicts that change, of planted and trained agents and of the levels that they lost")
    let table = TextTable(ProofTable.sensitivity)
    try Output.line(table.heading)
    for row in rows { try Output.line(table.line(ProofTable.cells(row))) }
    try Output.line("")
  }
}
