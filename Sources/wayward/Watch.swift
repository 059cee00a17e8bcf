import Archive
import ArgumentParser
import Gridworlds
import Studies
import TerminalUI
import Viewer

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

  @OptionGroup var libraryOptions: LibraryOptions
  @OptionGroup var screen: ScreenOptions

  func run() throws {
    let library = try libraryOptions.library()
    let (world, level) = try variant.applied(to: library.level(level, world: Agent.world))
    let watcher = try agentOptions.watcher(for: world, in: library)
    let run = watcher.run(world, level)
    let rivals = Rival.all(in: library, for: world)
    let twin = try compare ? Compare.twin(of: run, watcher) : nil
    try screen.open { theme, size in
      var replay = ReplayScene.shown([run], watcher: watcher, isPlaying: !screen.dumpScreen && !compare)
      replay.rivals = rivals
      if let twin { return App(replay, beside: twin, theme: theme, size: size) }
      return App(replay, theme: theme, size: size)
    }
  }
}

/// `wayward replay`: opens recorded episodes.
struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Replay recorded episodes from a file.")

  @Argument(help: "A file of episodes as wayward record writes them.")
  var file: String

  @OptionGroup var screen: ScreenOptions

  func run() throws {
    guard file != "-" || screen.dumpScreen else {
      throw ValidationError("standard input carries the keys here; write the episodes to a file first")
    }
    let recorded = try EpisodeFile.readAll(file, world: Agent.world)
    for episode in recorded { Replay.warn(of: episode, in: file) }
    guard !recorded.isEmpty else {
      throw FileProblem(path: file, cause: "there is no episode", mend: "write one with: wayward record LEVEL")
    }
    let trees = BranchTree.trees(of: recorded)
    try screen.open { theme, size in
      guard let scene = ReplayScene(trees: trees) else { preconditionFailure("at least one episode") }
      return App(scene, theme: theme, size: size)
    }
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
    let (world, level) = try variant.applied(to: libraryOptions.library().level(level, world: Agent.world))
    try screen.open { theme, size in
      guard let scene = ReplayScene.played(world, level) else { preconditionFailure("one run can be shown") }
      return App(scene, theme: theme, size: size)
    }
  }
}

extension App {
  /// The program that opens in a replay of some runs, of which there is at least one.
  init(replaying runs: [Run], watcher: Watcher?, isPlaying: Bool, _ theme: Theme, _ size: Size) {
    self.init(ReplayScene.shown(runs, watcher: watcher, isPlaying: isPlaying), theme: theme, size: size)
  }
}

extension ReplayScene {
  /// A replay of some runs, of which there is at least one.
  static func shown(_ runs: [Run], watcher: Watcher?, isPlaying: Bool) -> ReplayScene {
    guard let scene = ReplayScene(runs: runs, watcher: watcher, isPlaying: isPlaying) else {
      preconditionFailure("at least one run")
    }
    return scene
  }
}
