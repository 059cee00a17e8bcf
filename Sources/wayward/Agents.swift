import Archive
import ArgumentParser
import Gridworlds
import Studies
import Worlds

/// `wayward agents`: which agents there are.
struct ListAgents: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "agents", abstract: "The trained agents: how each came to be, and whether it can be read.",
    discussion: """
      An agent that cannot be read is listed with its problem, and the others after it. \(Schema.agent.sentence)
      """)

  @Argument(help: "A world: only agents that act in it; all unless given.")
  var world: String?

  @Option(help: "table, markdown or json.")
  var format = ListFormat.table

  @OptionGroup var libraryOptions: LibraryOptions

  func run() throws {
    let library = try libraryOptions.library()
    let world = try world.map { try VariantOptions.world(named: $0) }
    let families = world.map { [$0.family] } ?? library.families
    let paths = world.map { library.agentPaths(in: $0) } ?? families.flatMap { library.agents(of: $0) }
    for problem in families.flatMap({ library.problems(of: $0) }) { Wayward.skip(problem) }
    if format == .json {
      for path in paths { try Output.line(ListedAgent(path).json.text) }
      return
    }
    let table = TextTable(
      [
        .init("agent", gap: 2), .init("world", gap: 2), .init("severity", gap: 2), .init("seed", gap: 2),
        .init("steps", gap: 2), .init("file", gap: 2), .init("made by, or what is wrong"),
      ], rows: paths.map { ListedAgent($0).cells })
    for line in format == .markdown ? table.markdown : table.lines { try Output.line(line) }
  }
}

/// The formats of a list.
enum ListFormat: String, ExpressibleByArgument, CaseIterable { case table, markdown, json }

/// The formats of what is told line by line.
enum TextFormat: String, ExpressibleByArgument, CaseIterable { case text, json }

/// An agent's file, and what is known of it.
private struct ListedAgent {
  let path: String
  /// What the file says; `nil` where it cannot be read.
  let record: AgentRecord?
  /// Why it cannot act.
  let problem: FileProblem?

  /// Slow: reads the file.
  init(_ path: String) {
    self.path = path
    var record: AgentRecord?
    do throws(FileProblem) {
      let checkpoint = try Checkpoint.read(path)
      record = AgentRecord(checkpoint, name: Agent.name(of: path))
      guard let world = try? Catalogue.world(named: checkpoint.world) else {
        throw FileProblem(
          path: path, cause: "there is no world '\(checkpoint.world)'",
          mend: Nearest.advice(for: checkpoint.world, among: Catalogue.families.map(\.name)))
      }
      _ = try Agent(checkpoint, path: path, for: world)
      problem = nil
    } catch {
      problem = error
    }
    self.record = record
  }

  /// The documented object.
  var json: JSON {
    .object([
      .init("agent", .string(Agent.name(of: path))), .init("file", .string(path)),
      .init("world", record.map { .string($0.world) } ?? .null),
      .init("severity", record.map { .double($0.severity) } ?? .null),
      .init("seed", record.map { .integer($0.seed) } ?? .null),
      .init("steps", record.map { .integer($0.steps) } ?? .null),
      .init("command", record.map { .string($0.command) } ?? .null),
      .init("stopped_early", record.map { .bool($0.isStoppedEarly) } ?? .null),
      .init("measured", record?.rates.map(ListedAgent.measured) ?? .null),
      .init("reads", .bool(problem == nil)), .init("problem", problem.map { .string($0.description) } ?? .null),
    ])
  }

  private static func measured(_ rates: Checkpoint.Rates) -> JSON {
    .object([
      .init("levels", .integer(rates.levels)), .init("train_success", .double(rates.trainSuccess)),
      .init("shift_success", .double(rates.shiftSuccess)), .init("shift_proxy_only", .double(rates.shiftProxyOnly)),
      .init("shift_neither", .double(rates.shiftNeither)),
    ])
  }

  /// The row of a table.
  var cells: [String] {
    let known = record.map { [$0.world, "\($0.severity)", "\($0.seed)", grouped($0.steps)] } ?? ["–", "–", "–", "–"]
    let made = record.map { ($0.isStoppedEarly ? "stopped early: " : "") + $0.command }
    let rest = problem.map { "cannot act: \($0.cause); \($0.mend)" } ?? made ?? ""
    return [PlainText.stripped(Agent.name(of: path), limit: 60)] + known + [FileProblem.shown(path), rest]
  }
}
