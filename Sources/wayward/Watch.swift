import Archive
import ArgumentParser
import Gridworlds
import Studies
import TerminalUI
import Viewer
import Worlds

/// `wayward watch`: puts a trained agent on a level and replays what it does.
struct Watch: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Put a trained agent on a level and replay what it does.")

  @Argument(help: "The level: corner/first, a .yaml file, corner:shift#42.")
  var level: String

  @OptionGroup var agentOptions: AgentOptions

  @OptionGroup var variant: VariantOptions

  @Flag(help: "Beside the level's training twin.")
  var compare = false

  @OptionGroup var place: PlaceOptions

  @OptionGroup var libraryOptions: LibraryOptions
  @OptionGroup var screen: ScreenOptions

  func run() throws {
    let library = try libraryOptions.library()
    let (world, level) = try variant.applied(to: library.level(level, world: Catalogue.world))
    let agent = try agentOptions.agent(for: world, in: library)
    let run = agent.run(world, level)
    let rivals = library.agentSources(in: world)
    let isPlaying = !screen.dumpScreen && !compare && place.at == nil
    var replay = ReplayRoom(run, agent: agent, isPlaying: isPlaying, rivals: rivals)
    try place.begin(&replay)
    let twin = try compare ? Compare.twin(of: run, agent, at: replay.frame) : nil
    try screen.open { [replay] theme, size in
      twin.map { App(replay, $0, theme: theme, size: size) } ?? App(replay, theme: theme, size: size)
    }
  }
}

/// `wayward replay`: opens recorded episodes.
struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Replay recorded episodes from a file: one at once, several from a list.")

  @Argument(help: "A file of episodes as wayward record writes them.")
  var file: String

  @Option(help: "Open this episode of the file, from 1, instead of the list of all.")
  var episode: Int?

  @OptionGroup var place: PlaceOptions

  @OptionGroup var screen: ScreenOptions

  func run() throws {
    guard file != "-" || screen.dumpScreen else {
      throw ValidationError("standard input carries the keys here; write the episodes to a file first")
    }
    if episode == nil, place.at == nil, file != "-", try holdsSeveral() {
      try screen.open { App(GalleryRoom(GallerySource(file: file)), theme: $0, size: $1) }
      return
    }
    var room = try Replay.room(of: file, episode: episode ?? 1)
    try place.begin(&room)
    try screen.open { [room] in App(room, theme: $0, size: $1) }
  }

  /// The replay of a file, at one of its episodes, counted from 1.
  static func room(of file: String, episode: Int) throws -> ReplayRoom {
    let wait = LongWait()
    let recorded = try EpisodeFile.readAll(
      file, limit: 20_000, progress: { wait.say("reading \(file): \($0) lines") }, world: Catalogue.world)
    for episode in recorded { Replay.warn(of: episode, in: file) }
    guard !recorded.isEmpty else {
      throw FileProblem(path: file, cause: "there is no episode", mend: "write one with: wayward record LEVEL")
    }
    let longest = recorded.map(\.episode.steps.count).max() ?? 0
    if longest > 100_000 { wait.say("analysing \(longest) steps", atOnce: true) }
    let (trees, places) = BranchTree.placed(recorded)
    wait.clear()
    guard places.indices.contains(episode - 1),
      let room = ReplayRoom(
        trees: trees, at: places[episode - 1].tree, branch: places[episode - 1].branch,
        source: "wayward replay \(PlainText.stripped(file, limit: 400))")
    else { throw ValidationError("--episode is from 1 to \(recorded.count)") }
    return room
  }

  /// Whether a second episode follows the first one that is no branch: then there is a list to choose from.
  private func holdsSeveral() throws -> Bool {
    var reader = try EpisodeFile.Reader(path: file, world: Catalogue.world)
    var count = 0
    while count < 2, let next = reader.next() { if try next.get().origin == nil { count += 1 } }
    return count > 1
  }

  /// A replay that does not reproduce its hashes says so.
  static func warn(of recorded: RecordedEpisode, in file: String) {
    guard let step = recorded.firstMismatch else { return }
    Wayward.complain(
      "\(file):\(recorded.line): from step \(step) on the moves lead elsewhere than recorded; the rules have changed")
  }
}

/// `wayward play`: you act.
struct Play: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Play a level yourself; the replay's keys look back.")

  @Argument(help: "The level: corner/first, a .yaml file, corner:shift#42.")
  var level: String

  @OptionGroup var variant: VariantOptions

  @OptionGroup var libraryOptions: LibraryOptions
  @OptionGroup var screen: ScreenOptions

  func run() throws {
    let (world, level) = try variant.applied(to: libraryOptions.library().level(level, world: Catalogue.world))
    try screen.open { theme, size in
      App(ReplayRoom.played(world, level), theme: theme, size: size)
    }
  }
}
