import Archive
import ArgumentParser
import Foundation
import Gridworlds
import Studies
import TerminalUI
import Viewer

/// `wayward snapshot`: one screen without a terminal.
struct Snapshot: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print one screen of a replay without a terminal, as text, with colours, or as SVG.")

  enum Format: String, ExpressibleByArgument { case text, ansi, svg }

  @Argument(help: "A level, or a file of episodes (.jsonl).")
  var source: String

  @OptionGroup var agentOptions: AgentOptions

  @OptionGroup var variant: VariantOptions

  @Option(help: "A step, or departure.")
  var at: String?

  @Option(help: "Columns x rows.")
  var size = Size(width: 80, height: 24)

  @Option(help: "text, ansi or svg.")
  var format = Format.text

  @Option(help: "Keys to press first, by name: \"c . .\".")
  var keys: String?

  @Option(help: "dark, light, projector, contrast or mono.")
  var theme = Theme.Name.dark

  @Flag(help: "ASCII glyphs only.")
  var ascii = false

  @OptionGroup var libraryOptions: LibraryOptions

  func run() throws {
    let (runs, watcher) = try runs()
    guard let first = runs.first else {
      throw FileProblem(path: source, cause: "there is no episode", mend: "write one with: wayward record LEVEL")
    }
    var app = App(replaying: runs, watcher: watcher, isPlaying: false, Theme(theme), size)
    var pressed = try at.map { try Snapshot.keys(to: $0, in: first) } ?? []
    do {
      pressed += try keys.map { try Key.sequence($0) } ?? []
    } catch {
      throw ValidationError("\(error)")
    }
    app.drive(pressed)
    let picture = app.picture(size: size).rendered(
      with: ascii || ScreenOptions.wantsASCII ? .ascii : .unicode)
    switch format {
    case .text: print(picture.text())
    case .ansi: print(picture.ansi(depth: .trueColor))
    case .svg: print(picture.svg(title: "wayward: \(first.episode.level.reference)", theme: Theme(theme)))
    }
  }

  private func runs() throws -> ([Run], Watcher?) {
    if source.hasSuffix(".jsonl") {
      return (try EpisodeFile.readAll(source, world: Agent.world).map { Run($0.episode) }, nil)
    }
    let library = try libraryOptions.library()
    let (world, level) = try variant.applied(to: library.level(source, world: Agent.world))
    let watcher = try agentOptions.watcher(for: world, in: library)
    return ([watcher.run(world, level)], watcher)
  }

  /// The keys that go to a step or a mark.
  private static func keys(to place: String, in run: Run) throws -> [Key] {
    if place == "departure" {
      guard run.analysis?.marks.departure != nil else {
        throw FileProblem(
          path: run.episode.level.reference, cause: "this episode has no departure", mend: "name a step: --at 5")
      }
      return [.character("d")]
    }
    guard let step = Int(place), (0...run.episode.steps.count).contains(step) else {
      throw ValidationError("--at is departure or a step from 0 to \(run.episode.steps.count)")
    }
    return [.character(":")] + "\(step)".map { .character($0) } + [.enter]
  }
}
