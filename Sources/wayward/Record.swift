import Accounts
import Archive
import ArgumentParser
import Foundation
import Gridworlds
import Inference
import Planning
import Studies
import Synchronization
import Worlds

/// `wayward record`: an episode as JSON Lines.
struct Record: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write what an agent does on levels as JSON Lines.")

  @Argument(help: "Levels: corner/first, a .yaml file, corner:shift#42; several make a file of several episodes.")
  var levels: [String]

  @Option(
    help: "So many levels from each drawn one on: corner:shift#1000000, corner:shift#1000001 …",
    transform: whole(1...1_000_000))
  var count = 1

  @Option(help: "The part to record, as 1/4; the parts one after another are the whole.", transform: Shard.init)
  var shard = Shard(number: 1, of: 1)

  @Flag(help: "Leave out probabilities and values; what rests on them is then said to be missing.")
  var light = false

  @OptionGroup var agentOptions: AgentOptions

  @OptionGroup var subjectOptions: SubjectOptions

  @OptionGroup var outOptions: OutOptions

  func run() throws {
    let library = try subjectOptions.library()
    try outOptions.collect(from: inputs(in: library)) { try record(in: library) }
  }

  /// The files of the levels and of the agents that act on them.
  private func inputs(in library: Library) throws -> [String] {
    try levels.flatMap { text in
      let files = try library.inputs(text)
      // What can be read once only is not read here.
      guard files.allSatisfy(ContentHash.canRead) else { return files }
      return try files + [library.agentPath(agentOptions.agent, for: subjectOptions.level(text, in: library).world)]
    }
  }

  private func record(in library: Library) throws {
    // One agent acts on many levels of a world: it is loaded once.
    var known: (world: String, agent: Agent)?
    for text in levels { try check(text, in: library) }
    let out = outOptions.out
    let standing = Mutex((done: 0, next: levels[0]))
    Interruption.say {
      let (done, next) = standing.withLock { $0 }
      if let out { return "stopped; \(out) is not written, and the same command begins anew" }
      return "stopped; \(done) episodes are written, \(Output.wholeness); the next would be that of \(next)"
    }
    for index in EvaluationPlan.range(levels: levels.count * count, shard: shard.number, of: shard.count) {
      let reference = try reference(index, in: library)
      standing.withLock { $0.next = reference }
      let (world, level) = try subjectOptions.level(reference, in: library)
      let last = known?.world == world.name ? known?.agent : nil
      let acting = try last ?? agentOptions.agent(for: world, in: library)
      known = (world.name, acting)
      let episode = acting.episode(world, level)
      try Output.unit {
        try EpisodeFile.forEachPart(of: episode, isLight: light) { try Output.write($0) }
        standing.withLock { $0.done += 1 }
      }
    }
  }

  /// Whether so many levels follow a reference.
  private func check(_ text: String, in library: Library) throws {
    guard count > 1 else { return }
    guard case .generated(_, _, let seed) = try library.resolve(text) else {
      throw ValidationError("--count is for drawn levels like corner:shift#1000000, not for \(text)")
    }
    guard seed <= UInt64.max - UInt64(count) else {
      throw ValidationError("there are not so many levels after \(text)")
    }
  }

  /// One of all levels, counted from 0: `count` of each that was named.
  private func reference(_ index: Int, in library: Library) throws -> String {
    let text = levels[index / count]
    guard index % count > 0, case .generated(let world, let split, let seed) = try library.resolve(text) else {
      return text
    }
    return LevelReference.generated(world: world, split: split, seed: seed + UInt64(index % count)).text
  }
}

/// `wayward analyze`: what exact planning says about recorded episodes.
struct Analyze: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Classes, marks, posterior and verdict of recorded episodes.",
    discussion: """
      One episode seldom tells what its agent is after. With --profile it is judged as one of an agent that is known from \
      what it does on 100 shifted levels, or from the other episodes of the file: goal misgeneralization is said of such \
      agents alone.

      \(Schema.analysis.sentence)
      """)

  @Argument(help: "A file of episodes as wayward record writes them; FILE#3 its third alone; - is standard input.")
  var file: String

  @Option(
    help: "The agent that acted, by name or file; or the word others: it is known from the other episodes of the file.")
  var profile: String?

  @Option(help: "Threads; the result does not depend on them.", transform: whole(1...64))
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: "text or json.")
  var format = TextFormat.text

  @Flag var account = AccountFlag.account

  @OptionGroup var libraryOptions: LibraryOptions

  @OptionGroup var characters: GlyphOptions

  @OptionGroup var outOptions: OutOptions

  func run() throws {
    let (path, only) = try FileReference(file).map { ($0.path, $0.episode) } ?? (file, nil)
    let levels = NamedLevels(try libraryOptions.library(), world: Catalogue.world)
    if profile == "others", path == "-" {
      throw ValidationError("standard input is read once; write it to a file for --profile others")
    }
    try outOptions.collect(from: Analyze.inputs(path, levels)) { try analyze(path, only, levels) }
  }

  /// The file, and those of the levels with which its own are compared.
  private static func inputs(_ path: String, _ levels: NamedLevels) -> [String] {
    // What can be read once only is not read here, and what cannot be read at all is told by who needs it.
    let index = ContentHash.canRead(path) ? try? EpisodeIndex(path: path, levels: levels) : nil
    return [path] + (index?.comparedFiles ?? [])
  }

  private func analyze(_ path: String, _ only: Int?, _ levels: NamedLevels) throws {
    var agents = try profile.map {
      try $0 == "others"
        ? KnownAgents(ofEpisodesIn: path, threads: threads)
        : KnownAgents(named: $0, in: try libraryOptions.library(), threads: threads)
    }
    var reader = try EpisodeFile.Reader(path: path, world: Catalogue.world)
    reader.levels = levels
    var number = 0
    var (isIncomplete, isCut) = (false, false)
    let out = outOptions.out
    let done = Mutex(0)
    Interruption.say {
      out.map { "stopped; \($0) is not written, and the same command begins anew" }
        ?? "stopped; \(done.withLock { $0 }) episodes are told, \(Output.wholeness); the same command begins anew"
    }
    while let next = reader.next() {
      number += 1
      guard only == nil || only == number - 1 else { continue }
      let recorded: RecordedEpisode
      do {
        recorded = try next.get()
      } catch {
        guard number > 1 || only != nil || !reader.isDone else { throw error }
        isIncomplete = true
        Wayward.complain("\(error)")
        continue
      }
      isCut = recorded.torn != nil
      Replay.warn(of: recorded, in: path)
      let run = Run(recorded.episode, known: try agents?.known(of: recorded.episode, number: number))
      switch format {
      case .json: try Output.line(EpisodeReport(run).json(number: number).text)
      case .text:
        let lines = EpisodeReport(run).text(number: number, account: account == .account).split(
          separator: "\n", omittingEmptySubsequences: false)
        try Output.line(lines.map { characters.glyphs.text(String($0)) }.joined(separator: "\n") + "\n")
      }
      done.withLock { $0 += 1 }
      // What comes behind the one that was asked for is nobody's question.
      if only != nil { break }
    }
    if let only, only >= number {
      if let torn = reader.torn { Wayward.complain("\(torn)") }
      throw FileProblem(
        path: path, cause: "there is no episode \(only + 1)", mend: "it has \(number), counted from 1")
    }
    if let torn = reader.torn {
      // Of an episode by itself the file lacks nothing unless it was cut within it.
      isIncomplete = isIncomplete || only == nil || isCut
      Wayward.complain("\(torn)")
    }
    // What could be read was analysed; that something could not is for whoever goes on with it.
    if isIncomplete { throw ExitCode(65) }
  }
}

/// Whether the account is told.
enum AccountFlag: EnumerableFlag {
  case account, noAccount

  static func help(for value: AccountFlag) -> ArgumentHelp? {
    switch value {
    case .account: "In text: tell the account of each episode in plain words, as is done unless said otherwise."
    case .noAccount: "In text: leave the account out. JSON has it always."
    }
  }
}
