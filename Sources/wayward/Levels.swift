import Archive
import ArgumentParser
import Foundation
import Gridworlds
import Planning
import Studies
import Worlds

/// `wayward levels`: level files.
struct Levels: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List, check and generate levels.", subcommands: [List.self, Check.self, Generate.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "The hand-made levels, with what they show.")

    @OptionGroup var libraryOptions: LibraryOptions

    func run() throws {
      let library = try libraryOptions.library()
      let table = TextTable([.init(width: 24), .init()])
      for family in library.families {
        for entry in library.levels(of: family) {
          let (_, level) = try library.level(entry.reference, world: Catalogue.world)
          try Output.line(table.line([entry.reference, level.title]))
        }
      }
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check level files: each problem with file, line, cause and mend.",
      discussion: "Rows must have one length. Exit status 65 where any file has a problem.")

    @Argument(help: "Level files, or folders of them.")
    var paths: [String]

    func run() throws {
      var files: [String] = []
      for path in paths { files += try Check.files(at: path) }
      var bad = 0
      var kinds: Set<Int32> = []
      for file in files {
        do {
          let (world, level) = try LevelFile.read(file, reference: file, world: Catalogue.world)
          let graph = StateGraph(world, level)
          try Output.line("\(file): ok, \(level.map.width)x\(level.map.height)" + Check.about(graph, world))
        } catch {
          bad += 1
          kinds.insert(error.kind.rawValue)
          Wayward.complain("\(error)")
        }
      }
      try Output.line("\(files.count) level\(files.count == 1 ? "" : "s"), \(bad) with a problem")
      // What could not be read at all is another matter than what is wrong in it.
      if bad > 0 { throw ExitCode(kinds == [74] ? 74 : 65) }
    }

    private static func about(_ graph: StateGraph?, _ world: any World) -> String {
      guard world.isDeterministic else { return ", others move at random: values are approximate" }
      guard let graph else { return ", too many states for exact values" }
      let distances = world.goalIndices.map { goal in
        graph.distances[goal][0].map { "\(world.goals[goal].id) in \($0)" } ?? "no way to \(world.goals[goal].id)"
      }
      let proxy = world.goalIndices.first { $0 != world.intended } ?? 0
      return ", " + distances.joined(separator: ", ")
        + ", shared steps \(graph.longestSharedPath(world.intended, proxy))"
    }

    private static func files(at path: String) throws -> [String] {
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
        return [path]
      }
      let found = (FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? [])
        .filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }.sorted()
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
