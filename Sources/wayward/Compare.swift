import Archive
import ArgumentParser
import Gridworlds
import Studies
import TerminalUI
import Viewer
import Worlds

/// `wayward compare`: two runs beside one another.
struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Put two runs beside one another: levels, agents, seeds, or recorded episodes.",
    discussion: """
      Each side is a level, on which an agent acts, or a file of episodes (.jsonl), of which the first is taken, or the \
      one that FILE#3 names, counted from 1; what is in a file tells which of the two it is. With one side only, the other is the same level: name what differs with \
      --agent-b, --seed-b or --world-b, else it is the level's training twin. \(Schema.comparison.sentence)
      """)

  /// A printed screen, or what it shows.
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, ansi, svg, json }

  @Argument(help: "A: a level (corner/first, corner:shift#42, a .yaml file) or a file of episodes (.jsonl).")
  var first: String

  @Argument(help: "B; A's level again unless given.")
  var second: String?

  @OptionGroup var agentOptions: AgentOptions

  @Option(help: "The agent of B; A's unless given.")
  var agentB: String?

  @Option(help: "The seed of B's sampling; A's unless given.", transform: whole(0...UInt64.max))
  var seedB: UInt64?

  @Option(help: "The rules under which B's level is played, a world's name: coinrun-end.")
  var worldB: String?

  @OptionGroup var subjectOptions: SubjectOptions

  @Option(help: "A printed screen as text, ansi or svg; or json, which is printed instead of showing.")
  var format = Format.text

  @OptionGroup var look: LookOptions

  func validate() throws {
    if format == .json, look.dumpScreen { throw ValidationError("a screen is printed as text, ansi or svg") }
    if format == .ansi || format == .svg, !look.dumpScreen {
      throw ValidationError("--format \(format.rawValue) needs --dump-screen")
    }
  }

  func run() throws {
    let library = try subjectOptions.library()
    var torn: Set<FileProblem> = []
    let subject = try subjectOptions.subject(first, in: library)
    let a = try side(first, subject, agentOptions, world: nil, in: library, &torn)
    let room: ComparisonRoom
    if second == nil && agentB == nil && seedB == nil && worldB == nil {
      guard let agent = a.agent else {
        throw ValidationError("name a second file or level: an episode of a file has no twin")
      }
      room = try Compare.twin(of: a.run, agent)
    } else {
      // What can be read once only is read once.
      var other = try second.map { try subjectOptions.subject($0, in: library) } ?? subject
      var options = agentOptions
      if case .episodes = other, agentB != nil || seedB != nil || worldB != nil {
        guard second == nil else {
          throw ValidationError(
            "--agent-b, --seed-b and --world-b are for a level, and B is a recording: leave them out")
        }
        // Beside what was recorded it is what comes of its level otherwise.
        let (world, level) = try subject.level(world: Catalogue.world)
        other = .level(world, level, path: nil)
        options.agent = agentOptions.agent ?? a.run.episode.agent
        options.seed = a.run.episode.seed
      }
      options.agent = agentB ?? options.agent
      options.seed = seedB ?? options.seed
      let b = try side(second ?? first, other, options, world: worldB, in: library, &torn)
      room = ComparisonRoom(a, b)
    }
    if format == .json { return try Output.line(room.report.json.text) }
    if !look.dumpScreen { try Keyboard.attach(reading: [first, second ?? first]) }
    try look.open(as: PictureFormat(rawValue: format.rawValue) ?? .text) { App(room, theme: $0, size: $1) }
  }

  /// What a level or a file of episodes gives to a side.
  /// - Parameter torn: what was said of files that were cut, which is said once.
  private func side(
    _ text: String, _ subject: Subject, _ options: AgentOptions, world name: String?, in library: Library,
    _ torn: inout Set<FileProblem>
  ) throws -> ComparisonRoom.Side {
    if case .episodes(let index, let number) = subject {
      if let cut = index.torn, torn.insert(cut).inserted { Wayward.complain("\(cut)") }
      let episode = try index.episode(number ?? 0, world: Catalogue.world)
      return ComparisonRoom.Side(
        run: Run(episode.episode), agent: nil,
        name: episode.origin?.branch ?? "\(FileProblem.shown(index.path)), episode \(episode.number + 1)")
    }
    var (world, level) = try subjectOptions.variant.applied(to: subject.level(world: Catalogue.world))
    if let name {
      let other = try VariantOptions.world(named: name)
      guard let moved = try? level.under(other) else {
        throw ValidationError("\(text) is no level of \(name)")
      }
      (world, level) = (other, moved)
    }
    let agent = try options.agent(for: world, in: library)
    let title = level.title.isEmpty ? level.reference : level.title
    return ComparisonRoom.Side(
      run: agent.run(world, level), agent: agent, name: "\(title), \(agent.name), seed \(agent.seed)")
  }

  /// A run beside the same agent's on the level's twin.
  static func twin(of run: Run, _ agent: Agent, at frame: Int = 0) throws -> ComparisonRoom {
    let level = run.episode.level
    guard let twin = ComparisonRoom.twin(of: run, agent: agent, at: frame) else {
      throw FileProblem(
        path: level.reference, cause: "this level has no twin", mend: "name another level, --agent-b or --seed-b")
    }
    return twin
  }
}
