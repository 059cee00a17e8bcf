import Archive
import ArgumentParser
import Foundation
import Gridworlds
import Planning
import Studies
import TerminalUI
import Worlds

/// `wayward levels`: level files.
struct Levels: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List, check and generate levels.", subcommands: [List.self, Check.self, Generate.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The hand-made levels, with what they show.",
      discussion: "A level that cannot be read is listed with its problem. \(Schema.level.sentence)")

    @Option(help: "table, markdown or json.")
    var format = ListFormat.table

    @OptionGroup var libraryOptions: LibraryOptions

    func run() throws {
      let library = try libraryOptions.library()
      // Row by row, since there may be many.
      let table = TextTable([.init("level", width: 24), .init("shows")])
      if format == .markdown { for line in table.markdown { try Output.line(line) } }
      for problem in library.families.flatMap({ library.problems(of: $0) }) { Wayward.skip(problem) }
      for entry in library.families.flatMap({ library.levels(of: $0) }) {
        let level = ListedLevel(entry, in: library)
        switch format {
        case .table: try Output.line(table.line(level.cells))
        case .markdown: try Output.line(TextTable.markdown(level.cells))
        case .json: try Output.line(level.json.text)
        }
      }
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check level files: each problem with file, line, cause and mend.",
      discussion: """
        Each problem of each file is named, sorted by line; of folders all .yaml and .yml files are checked that are not \
        hidden. Rows must have one length; letters may have blanks between them; a file that is nothing but a map takes \
        its world from its folder, or from --world. What is shown otherwise than it is written is remarked, and no \
        problem. Exit status 65 where any file has one. \(Schema.check.sentence)
        """)

    @Argument(help: "Level files, or folders of them; - is standard input.")
    var paths: [String]

    @Option(help: "The world of level files that name none, such as bare maps.")
    var world: String?

    @Option(help: "text or json.")
    var format = TextFormat.text

    func run() throws {
      do {
        if let world { _ = try Catalogue.world(named: world) }
      } catch {
        throw ValidationError("\(error)")
      }
      var (files, bad, problems) = (0, 0, 0)
      var kinds: Set<Int32> = []
      for file in try paths.flatMap(Check.files) {
        files += 1
        let level = CheckedLevel(file, isNamed: paths.contains(file), worldName: world)
        bad += level.problems.isEmpty ? 0 : 1
        problems += level.problems.count
        kinds.formUnion(level.problems.map(\.kind.rawValue))
        if format == .json {
          try Output.line(level.json.text)
        } else {
          if let line = level.line { try Output.line(line) }
          for problem in level.problems + level.remarks { Wayward.complain("\(problem)") }
        }
      }
      if format == .text {
        try Output.line(
          "\(files) level\(files == 1 ? "" : "s"), \(bad) with "
            + (problems > bad ? "problems, \(problems) in all" : "a problem"))
      }
      // What could not be read at all is another matter than what is wrong in it.
      if bad > 0 { throw ExitCode(kinds == [74] ? 74 : 65) }
    }

    private static func files(at path: String) throws -> [String] {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
        return [path]
      }
      let names = (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []).sorted()
      let found = names.filter { name in
        (name.hasSuffix(".yaml") || name.hasSuffix(".yml"))
          && !name.split(separator: "/").contains { $0.hasPrefix(".") }
      }
      guard !found.isEmpty else {
        throw FileProblem(path: path, cause: "there is no level file in this folder", mend: "name a .yaml file")
      }
      return found.map { path.hasSuffix("/") ? path + $0 : "\(path)/\($0)" }
    }
  }

  struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print a level as a level file.")

    @Argument(help: "The level: corner:shift#42, coinrun:train#7, or any other, to have it as a file.")
    var reference: String

    @OptionGroup var subjectOptions: SubjectOptions

    @OptionGroup var outOptions: OutOptions

    func run() throws {
      let library = try subjectOptions.library()
      try outOptions.collect(from: library.inputs(reference)) {
        let (world, level) = try subjectOptions.level(reference, in: library)
        try Output.write(LevelFile.print(level, of: world))
      }
    }
  }
}

/// A level's file, and what is known of it.
private struct ListedLevel {
  let entry: Library.Entry
  /// The level in its world; `nil` where it cannot be read.
  let found: (world: any World, level: Level)?
  /// Why it cannot be read.
  let problem: FileProblem?

  /// Reads the file.
  init(_ entry: Library.Entry, in library: Library) {
    self.entry = entry
    do {
      found = try library.level(entry.reference, world: Catalogue.world)
      problem = nil
    } catch {
      found = nil
      problem = error
    }
  }

  /// The documented object.
  var json: JSON {
    let level = found?.level
    let members: [JSON.Member] = [
      .init("level", .string(entry.reference)), .init("file", .string(entry.path)),
      .init("world", found.map { .string($0.world.name) } ?? .null),
      .init("title", level.map { .string($0.title) } ?? .null),
      .init("note", level.map { .string($0.note) } ?? .null),
      .init("width", level.map { .integer($0.map.width) } ?? .null),
      .init("height", level.map { .integer($0.map.height) } ?? .null),
      .init("steps", level.map { .integer($0.timeLimit) } ?? .null),
      .init("problem", problem.map { .string($0.description) } ?? .null),
    ]
    return .object(members)
  }

  /// The row of a table.
  var cells: [String] {
    [entry.reference, problem.map { "cannot be read: \($0.cause); \($0.mend)" } ?? found?.level.title ?? ""]
  }
}
