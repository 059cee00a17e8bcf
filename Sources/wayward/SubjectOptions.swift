import Archive
import ArgumentParser
import Foundation
import Gridworlds
import Studies
import Worlds

/// Which level is meant, under which rules, and where levels are.
struct SubjectOptions: ParsableArguments {
  @Option(help: "The world of a level file that names none, such as a bare map.")
  var world: String?

  @OptionGroup var variant: VariantOptions

  @OptionGroup var libraryOptions: LibraryOptions

  func library() throws -> Library { try libraryOptions.library() }

  /// What a text names: a level, drawn or from a file, or recorded episodes.
  func subject(_ text: String, in library: Library) throws -> Subject {
    let wait = LongWait()
    defer { wait.clear() }
    return try library.subject(
      text, worldName: world, levels: NamedLevels(library, world: Catalogue.world),
      progress: { wait.sayReading(text, episodes: $0) }, world: Catalogue.world)
  }

  /// The level that a text names, in the variant; of a recording the one that it was made on.
  func level(_ text: String, in library: Library) throws -> (world: any World, level: Level) {
    try variant.applied(to: subject(text, in: library).level(world: Catalogue.world))
  }
}

/// Standard input where it has been the data: what is pressed then comes from the terminal itself.
enum Keyboard {
  /// Lets keys come from the terminal where one of the texts names standard input.
  static func attach(reading texts: [String]) throws {
    guard try texts.contains(where: { try FileReference($0)?.isStandardInput == true }), isatty(STDIN_FILENO) == 0
    else {
      return
    }
    let terminal = open("/dev/tty", O_RDWR)
    guard terminal >= 0 else {
      throw FileProblem(
        path: "-", cause: "it has been read, and there is no terminal for the keys",
        mend: "print the screen with --dump-screen", kind: .inputOutput)
    }
    defer { close(terminal) }
    guard dup2(terminal, STDIN_FILENO) >= 0 else {
      throw FileProblem(path: "/dev/tty", cause: "keys cannot be read from it", mend: "try again", kind: .inputOutput)
    }
  }
}
