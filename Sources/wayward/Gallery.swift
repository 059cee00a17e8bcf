import ArgumentParser
import Gridworlds
import Studies
import TerminalUI
import Viewer

/// `wayward`: opens the gallery.
struct Gallery: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Open the gallery: worlds, agents, episodes with their verdicts.")

  @Option(
    help: "Held-out levels of each distribution to begin with, 0 to 100000; L loads more.",
    transform: whole(0...100_000))
  var levelsCount = 100

  @OptionGroup var libraryOptions: LibraryOptions
  @OptionGroup var screen: ScreenOptions

  func run() throws {
    let library = try libraryOptions.library()
    try screen.open { theme, size in
      let source = GallerySource(library, levels: levelsCount)
      return App(GalleryRoom(source) { Train.room(for: $0, in: library) }, theme: theme, size: size)
    }
  }
}
