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

  @Argument(help: "The level: corner/first, a .yaml file, corner:shift#42, or a recording, for its level.")
  var level: String

  @OptionGroup var agentOptions: AgentOptions

  @OptionGroup var subjectOptions: SubjectOptions

  @Flag(help: "Beside the level's training twin.")
  var compare = false

  @OptionGroup var place: PlaceOptions

  @OptionGroup var screen: ScreenOptions

  func run() throws {
    let library = try subjectOptions.library()
    let (world, level) = try subjectOptions.level(level, in: library)
    let agent = try agentOptions.agent(for: world, in: library)
    let run = agent.run(world, level)
    let rivals = library.agentSources(in: world)
    let isPlaying = !screen.dumpScreen && !compare && place.at == nil
    var replay = ReplayRoom(run, agent: agent, isPlaying: isPlaying, rivals: rivals)
    try place.begin(&replay)
    let twin = try compare ? Compare.twin(of: run, agent, at: replay.frame) : nil
    try screen.open(reading: [self.level]) { [replay] theme, size in
      twin.map { App(replay, $0, theme: theme, size: size) } ?? App(replay, theme: theme, size: size)
    }
  }
}

/// `wayward replay`: opens recorded episodes.
struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Replay recorded episodes from a file: one at once, several from a list.")

  @Argument(help: "A file of episodes as wayward record writes them; FILE#3 its third; - is standard input.")
  var file: String

  @Option(help: "Open this episode of the file, from 1, instead of the list of all.", transform: whole(1...Int.max))
  var episode: Int?

  @OptionGroup var place: PlaceOptions

  @OptionGroup var screen: ScreenOptions

  @OptionGroup var libraryOptions: LibraryOptions

  func run() throws {
    let levels = NamedLevels(try libraryOptions.library(), world: Catalogue.world)
    let (index, named) = try Replay.recording(file, levels)
    let number = try Replay.number(named, episode, of: file)
    if number == nil, place.at == nil, try holdsSeveral(index) {
      if let torn = index.torn { Wayward.complain("\(torn)") }
      try screen.open(reading: [file]) { App(GalleryRoom(GallerySource(file: index)), theme: $0, size: $1) }
      return
    }
    var room = try Replay.room(of: index, episode: number ?? 0)
    try place.begin(&room)
    try screen.open(reading: [file]) { [room] in App(room, theme: $0, size: $1) }
  }

  /// The recording that a text names, with the number of an episode where it names one, from 0.
  static func recording(_ text: String, _ levels: NamedLevels) throws -> (EpisodeIndex, number: Int?) {
    let file = try FileReference(text)
    let wait = LongWait()
    defer { wait.clear() }
    let progress = { wait.sayReading(file?.path ?? text, episodes: $0) }
    let index = try file.map {
      try Subject($0, reference: text, levels: levels, progress: progress, world: Catalogue.world)
        .episodes(named: $0.path).index
    }
    return (try index ?? EpisodeIndex(path: text, levels: levels, progress: progress), file?.episode)
  }

  /// The number of the episode that is meant, from 0: `FILE#3` and `--episode 3` say the same.
  static func number(_ named: Int?, _ option: Int?, of text: String) throws -> Int? {
    if let named, let option, named != option - 1 {
      throw ValidationError("'\(text)' names episode \(named + 1), --episode names \(option): leave one of them out")
    }
    return named ?? option.map { $0 - 1 }
  }

  /// The replay of a file, at one of its episodes, counted from 0.
  static func room(of index: EpisodeIndex, episode: Int) throws -> ReplayRoom {
    let wait = LongWait()
    let file = index.path
    let recorded = try index.all(
      limit: 20_000, progress: { wait.say("reading \(file): \($0) lines") }, world: Catalogue.world)
    let place = Result { () throws(FileProblem) in try recorded.place(of: episode) }
    // Why there is not the one that is wanted is said in the end.
    for problem in recorded.problems where place != .failure(problem) { Wayward.complain("\(problem)") }
    let standing = try place.get()
    let longest = recorded.map(\.episode.steps.count).max() ?? 0
    if longest > 100_000 { wait.say("analysing \(longest) steps", atOnce: true) }
    let (trees, places) = BranchTree.placed(recorded)
    wait.clear()
    guard
      let room = ReplayRoom(
        trees: trees, at: places[standing].tree, branch: places[standing].branch,
        source: "wayward replay \(ShellWord.file(file))")
    else { throw FileProblem(path: file, cause: "there is no episode", mend: "write one with: wayward record LEVEL") }
    return room
  }

  /// Whether a second episode follows the first one that is no branch: then there is a list to choose from.
  private func holdsSeveral(_ index: EpisodeIndex) throws -> Bool {
    var count = 0
    for number in 0..<index.count where count < 2 {
      // One that cannot be read stands in the list, which says why.
      if (try? index.episode(number, world: Catalogue.world).origin) ?? nil == nil { count += 1 }
    }
    return count > 1
  }

  /// A replay that does not reproduce its hashes says so.
  static func warn(of recorded: RecordedEpisode, in file: String) {
    guard let step = recorded.episode.recording?.mismatch?.step else { return }
    Wayward.complain(
      "\(file):\(recorded.line): from step \(step) on the moves lead elsewhere than recorded")
  }
}

/// `wayward play`: you act.
struct Play: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Play a level yourself; the replay's keys look back.")

  @Argument(help: "The level: corner/first, a .yaml file, corner:shift#42, or a recording, for its level.")
  var level: String

  @OptionGroup var subjectOptions: SubjectOptions
  @OptionGroup var screen: ScreenOptions

  func run() throws {
    let (world, level) = try subjectOptions.level(level, in: subjectOptions.library())
    try screen.open(reading: [self.level]) { theme, size in
      App(ReplayRoom.played(world, level), theme: theme, size: size)
    }
  }
}
