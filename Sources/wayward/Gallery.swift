import ArgumentParser
import Gridworlds
import Studies
import TerminalUI
import Viewer

/// `wayward`: opens the gallery.
struct Gallery: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Open the gallery: worlds, agents, episodes with their verdicts.")

  @OptionGroup var libraryOptions: LibraryOptions
  @OptionGroup var screen: ScreenOptions

  func run() throws {
    let library = try libraryOptions.library()
    try screen.open { theme, size in
      App(GalleryScene(GallerySource(library)) { Train.scene(for: $0, in: library) }, theme: theme, size: size)
    }
  }
}
