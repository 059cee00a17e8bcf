import Archive
import ArgumentParser
import Foundation
import Gridworlds
import Studies

/// `wayward report`: the tables of the articles and of the first page.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Make the tables of the documentation: print, check or write them.",
    discussion: """
      Every table and figure of the articles stands between two marks, <!-- report NAME --> and <!-- end -->, and is made \
      here. --check makes what takes a moment again and fails with the difference where an article says otherwise; it is \
      for continuous integration. --write puts what was made into the articles of a clone. Agents that tables need beyond \
      those that come with the program are trained, with progress on standard error, and kept for the next time in \
      ~/.cache/wayward/report (or below XDG_CACHE_HOME), a folder a version; an interrupted report goes on from there. \
      With --shard i/n only the i-th of n parts of them is trained, on whatever machine sees the folder, and no table is \
      made; then the same without --shard makes the tables.
      """)

  @Option(parsing: .upToNextOption, help: "Tables by name; all unless given.")
  var table: [String] = []

  @Flag(help: "The names of the tables, and the command that measures the same as each.")
  var list = false

  @Flag(help: "Only tables that are made in a moment.")
  var quick = false

  @Flag(help: "Compare with the articles, and fail where they differ; of slow tables the quick rows.")
  var check = false

  @Flag(help: "Write the tables into the articles.")
  var write = false

  @Option(help: "The clone whose articles are meant; this folder or one above unless given.")
  var root: String?

  @Option(help: "Keep agents that are trained for tables in this folder, and use those that are there.")
  var keep: String?

  @Option(help: "Train this part of the agents, as 1/4, and make no table.", transform: Shard.init)
  var shard: Shard?

  @Option(help: "Threads; the tables do not depend on them.", transform: whole(1...64))
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @OptionGroup var libraryOptions: LibraryOptions

  func validate() throws {
    if check && write { throw ValidationError("--check and --write exclude each other") }
    if shard != nil, check || write || list {
      throw ValidationError("--shard trains agents and makes no table: leave --check, --write and --list out")
    }
    if keep == "" { throw ValidationError("--keep names a folder") }
    let names = ReportTable.all.map(\.name)
    for name in table where !names.contains(name) {
      throw ValidationError("\(FileProblem.unknown("table", name, among: names))")
    }
  }

  private var chosen: [ReportTable] {
    ReportTable.all.filter { (table.isEmpty || table.contains($0.name)) && (!quick || $0.isQuick) }
  }

  func run() throws {
    if list {
      let table = TextTable([.init(gap: 2), .init()], rows: ReportTable.all.map { [$0.name, $0.command] })
      for line in table.lines.dropFirst() { try Output.line(line) }
      return
    }
    var library = try libraryOptions.library()
    // The tables are of what everybody has.
    library.own = nil
    let agents = ReportAgents(keep: keep)
    if let shard {
      let folder = try agents.folder()
      let plans = try chosen.flatMap(\.studies).map { try $0.plan(in: folder, library, threads: threads) }
      let (there, trained) = try agents.train(plans, shard: shard)
      try Output.line(
        "\(there) agents of part \(shard) are there, \(trained) of them trained now: \(PlainText.stripped(folder, limit: 400))"
      )
      return
    }
    let measurements = Measurements(library, threads: threads, agents: agents)
    if check || write {
      try check ? compare(measurements) : rewrite(measurements)
    } else {
      for table in chosen {
        try Output.line("<!-- report \(table.name) -->")
        for line in try timed(table, { try table.lines(measurements) }) { try Output.line(line) }
        try Output.line("<!-- end -->\n")
        try Output.flush()
      }
    }
  }

  private func compare(_ measurements: Measurements) throws {
    let articles = try Articles(root: root)
    var wrong = 0
    for table in chosen where table.parts.contains(where: { $0.isQuick }) {
      let places = try articles.holding(table.name)
      if places.count != table.places {
        wrong += 1
        try Output.line(
          "the table '\(table.name)' stands in \(places.map(\.path).joined(separator: ", ")), and should in "
            + "\(table.places) article\(table.places == 1 ? "" : "s")")
      }
      for (path, text) in places {
        let difference = try timed(table) { try table.difference(from: try text.block(table.name), measurements) }
        guard !difference.isEmpty else { continue }
        wrong += 1
        try Output.line("\(path): the table '\(table.name)' differs from what is made (-: stands there, +: made):")
        for line in difference { try Output.line(line) }
        try Output.line("write it with: wayward report --write --table \(table.name)\n")
      }
    }
    for name in articles.names where !ReportTable.all.contains(where: { $0.name == name }) {
      wrong += 1
      try Output.line("there is no table '\(name)', but an article has a mark of that name")
    }
    if wrong > 0 { throw ExitCode(1) }
    try Output.line("the articles say what is made")
  }

  private func rewrite(_ measurements: Measurements) throws {
    let articles = try Articles(root: root)
    for table in chosen where articles.names.contains(table.name) {
      let lines = try timed(table) { try table.lines(measurements) }
      for path in try articles.write(lines, as: table.name) { try Output.line("\(path): \(table.name)") }
    }
  }

  private func timed<Result>(_ table: ReportTable, _ body: () throws -> Result) rethrows -> Result {
    let start = ContinuousClock.now
    let result = try body()
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    if seconds > 1 { Wayward.complain("\(table.name): \(Int(seconds.rounded())) s") }
    return result
  }
}

/// The articles and the first page of a clone.
private struct Articles {
  private var files: [(path: String, text: MarkedText)] = []

  /// Finds them in a folder, or in this one or one above.
  init(root: String?) throws(FileProblem) {
    let folder = "Sources/wayward/wayward.docc"
    let places = root.map { [$0] } ?? [".", "..", "../..", "../../.."]
    guard let found = places.first(where: { FileManager.default.fileExists(atPath: "\($0)/\(folder)") }) else {
      throw FileProblem(
        path: root ?? ".", cause: "there are no articles here", mend: "go to a clone, or name one with --root",
        kind: .inputOutput)
    }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(found)/\(folder)")) ?? []
    for name in ["README.md"] + names.filter({ $0.hasSuffix(".md") }).sorted().map({ "\(folder)/\($0)" }) {
      let path = found == "." ? name : "\(found)/\(name)"
      files.append((path, try Articles.text(path)))
    }
  }

  private static func text(_ path: String) throws(FileProblem) -> MarkedText {
    try MarkedText(String(decoding: BoundedFile.read(path, limit: 1 << 20), as: UTF8.self), path: path)
  }

  /// The names of all tables that stand in them.
  var names: Set<String> { Set(files.flatMap(\.text.names)) }

  /// Where a table stands.
  func holding(_ name: String) throws -> [(path: String, text: MarkedText)] {
    let found = files.filter { $0.text.names.contains(name) }
    guard !found.isEmpty else {
      throw FileProblem(
        path: "Sources/wayward/wayward.docc", cause: "no article has the table '\(name)'",
        mend: "write '<!-- report \(name) -->' and '<!-- end -->' where it belongs")
    }
    return found
  }

  /// Puts a table's lines into every file that has it, as the file is now: a person may have written there meanwhile.
  func write(_ lines: [String], as name: String) throws -> [String] {
    try holding(name).map { path, _ in
      var text = try Articles.text(path)
      try text.replace(name, with: lines)
      try AtomicFile.write(Data(text.text.utf8), to: path)
      return path
    }
  }
}
