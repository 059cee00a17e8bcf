import Archive
import ArgumentParser
import Foundation
import Gridworlds
import Studies
import TerminalUI
import Viewer
import Worlds

/// `wayward edit`: draws a level while an agent runs on it.
struct Edit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Edit a level; the agent runs on it after each edit.",
    discussion: """
      The level may be a file (corner/first), a generated one (corner:shift#42), or a world's name for an empty room, \
      whose size --new chooses. S saves a level file; an existing file is never overwritten without asking. W moves the \
      goal to every cell and shows in which the agent gets it.
      """)

  @Argument(help: "The level: corner/first, a .yaml file, corner:shift#42; or a world for an empty room.")
  var level: String

  @Option(help: "The size of an empty room, columns x rows.")
  var new: Size?

  @OptionGroup var agentOptions: AgentOptions

  @OptionGroup var subjectOptions: SubjectOptions
  @OptionGroup var screen: ScreenOptions

  func run() throws {
    let library = try subjectOptions.library()
    let (sketch, reference, file) = try opened(in: library)
    let world = sketch.world
    // Drawing needs no agent, unless one was asked for.
    let agent = try agentOptions.agentIfAny(for: world, in: library)
    let path = file ?? EditorRoom.path(for: reference, of: world, in: library.root)
    let room = EditorRoom(
      sketch, reference: reference, path: path, agent: agent, threads: ProcessInfo.processInfo.activeProcessorCount,
      showsPace: !screen.dumpScreen
    ) { ReplayRoom($0, agent: $1, isPlaying: true) }
    try screen.open(reading: [level]) { App(room, theme: $0, size: $1) }
  }

  /// The sketch of the level, with its file where it can be written again, or an empty room of the world of that name.
  private func opened(in library: Library) throws -> (LevelSketch, reference: String, path: String?) {
    if let world = try? Catalogue.world(named: level) {
      let world = try subjectOptions.variant.applied(to: world)
      // As large as the world's own levels are.
      let map = world.generate(.training, seed: 0).map
      let size = new ?? Size(width: map.width, height: map.height)
      guard (3...1000).contains(size.width), (3...1000).contains(size.height) else {
        throw ValidationError("--new is from 3x3 to 1000x1000")
      }
      return (LevelSketch(emptyRoomOf: world, width: size.width, height: size.height), "new \(world.name)", nil)
    }
    if new != nil { throw ValidationError("--new is for an empty room: name a world, like corner") }
    let subject = try subjectOptions.subject(level, in: library)
    let (world, level) = try subjectOptions.variant.applied(to: subject.level(world: Catalogue.world))
    let path: String? = if case .level(_, _, let path) = subject { path } else { nil }
    return (LevelSketch(level, of: world), level.reference, path)
  }
}
