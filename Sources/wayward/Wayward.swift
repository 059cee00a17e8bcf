import Archive
import ArgumentParser
import Foundation
import Gridworlds
import Studies
import TerminalUI

/// See goal misgeneralization happen.
@main
struct Wayward: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wayward",
    abstract: "See goal misgeneralization happen: trained agents in gridworlds, a shift, and where they depart.",
    discussion: """
      Without a command the gallery opens. A LEVEL is a file's name (corner/first), a path ending in .yaml, or a \
      generated level: corner:train#42, corner:shift#42, corner-13-tree:shift#7. Held-out levels have numbers from \
      1000000 on. In every screen ? shows the keys; wayward help topics lists what there is to read.
      """,
    version: "wayward \(Version.number)",
    subcommands: [
      Gallery.self, Watch.self, Compare.self, Replay.self, Play.self, Edit.self, Train.self, Live.self, Eval.self,
      Record.self, Analyze.self, Profile.self, Ask.self, OddsCommand.self, Certify.self, Snapshot.self, Export.self,
      Levels.self,
      ListWorlds.self,
      ListAgents.self, Sweep.self, Prove.self, Bench.self, ReportCommand.self, MonkeyCommand.self, FuzzCommand.self,
      ShowSettings.self, Help.self,
    ],
    defaultSubcommand: Gallery.self)

  static func main() {
    Output.prepare()
    Installation.prepare()
    Interruption.prepare()
    if isatty(STDERR_FILENO) != 0 { Waiting.listen { complain("waiting for \($0)") } }
    var status = status {
      var command = try parseAsRoot(parsable(CommandLine.arguments.dropFirst()))
      try command.run()
    }
    // What was printed before something went wrong goes out as well; that it cannot is told once.
    if !Output.hasFailed { status = max(status, self.status { try Output.flush() }) }
    Interruption.settle()
    Foundation.exit(status)
  }

  /// What was typed, as the parser can take it, to which `-#2`, the second episode of standard input, is an option.
  static func parsable(_ arguments: some Sequence<String>) -> [String] {
    arguments.map { $0.wholeMatch(of: /-#[0-9]+/) == nil ? $0 : "/dev/stdin" + $0.dropFirst() }
  }

  /// Runs something and says what went wrong: 64 usage, 65 bad data, 74 input and output, 70 a fault of ours.
  private static func status(of body: () throws -> Void) -> Int32 {
    do {
      try body()
      return 0
    } catch let problem as FileProblem {
      complain("\(problem)")
      return problem.kind.rawValue
    } catch let problem as TerminalError {
      complain("\(problem)")
      return 64
    } catch {
      let code = exitCode(for: error)
      if code == .success { return status { try Output.line(Help.whole(fullMessage(for: error))) } }
      if error is ExitCode { return code.rawValue }
      complain(Usage.line(for: error, Array(CommandLine.arguments.dropFirst())))
      // What is neither the parser's nor thrown by us as what it is, nobody foresaw.
      return code == .failure ? 70 : code.rawValue
    }
  }

  /// Words about results go to standard error.
  static func complain(_ text: String) { Output.remark("wayward: \(PlainText.strippedLines(text))\n") }
}

extension Wayward {
  /// Says what is left out, and why.
  static func skip(_ problem: FileProblem) { complain("left out: \(problem)") }
}

/// Where levels and agents are.
struct LibraryOptions: ParsableArguments {
  @Option(
    name: .long,
    help: "The folder with levels and agents; else WAYWARD_LEVELS, levels/ here or above, or beside the program.")
  var levels: String?

  func library() throws -> Library {
    try Library(
      levelsOption: levels, environment: ProcessInfo.processInfo.environment,
      executable: Bundle.main.executablePath)
  }
}

/// Where levels and agents are, for commands whose `--levels` is a count.
struct FolderOptions: ParsableArguments {
  @Option(
    name: .customLong("levels-dir"),
    help: "The folder with levels and agents; else WAYWARD_LEVELS, levels/ here or above, or beside the program.")
  var folder: String?

  func library() throws -> Library {
    try Library(
      levelsOption: folder, named: "--levels-dir", environment: ProcessInfo.processInfo.environment,
      executable: Bundle.main.executablePath)
  }
}

/// Which agent acts, and how.
struct AgentOptions: ParsableArguments {
  @Option(help: "An agent's name (seed-1) or file; the world's first agent unless given.")
  var agent: String?

  @Option(help: "The seed of the agent's sampling.", transform: whole(0...UInt64.max))
  var seed: UInt64 = 1

  @Flag(help: "Take the most probable action always, instead of a sample.")
  var greedy = false

  func agent(for world: any World, in library: Library) throws -> Agent {
    try library.agent(agent, for: world, seed: seed, greedy: greedy, skipping: Wayward.skip)
  }

  /// The same for what goes without one: `nil` where none was asked for and none can act.
  func agentIfAny(for world: any World, in library: Library) throws -> Agent? {
    guard agent == nil else { return try agent(for: world, in: library) }
    let (found, problems) = library.firstAgent(in: world, seed: seed, greedy: greedy)
    for problem in problems { Wayward.skip(problem) }
    return found?.agent
  }
}
