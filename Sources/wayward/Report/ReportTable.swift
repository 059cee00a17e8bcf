import Archive
import Studies

/// A table of the articles: made by this program, kept between marks, and compared with what stands there.
struct ReportTable: Sendable {
  /// What stands in the mark: `<!-- report eval -->`.
  let name: String
  /// The command that measures the same, for a person who doubts it.
  let command: String
  /// In how many articles it stands.
  let places: Int
  /// The agents that it is of and that are trained for it, beyond those that come with the program.
  let studies: [ReportStudy]
  /// The lines before its parts: a table's head.
  let head: [String]
  /// What is made piece by piece; the quick ones are made again by every check.
  let parts: [Part]

  /// A piece of a table: the rows of one world.
  struct Part: Sendable {
    let isQuick: Bool
    let make: @Sendable (Measurements) throws -> [String]
  }

  /// A table that is made in one piece.
  init(
    _ name: String, command: String, places: Int = 1, isQuick: Bool = false, studies: [ReportStudy] = [],
    _ make: @escaping @Sendable (Measurements) throws -> [String]
  ) {
    (self.name, self.command, self.places, self.studies, head) = (name, command, places, studies, [])
    parts = [Part(isQuick: isQuick, make: make)]
  }

  /// A table with columns, a part a study.
  init(
    _ name: String, command: String, columns: [String], studies: [ReportStudy],
    _ rows: @escaping @Sendable (SweepResult) -> [[String]]
  ) {
    (self.name, self.command, places, self.studies, head) = (name, command, 1, studies, Markdown.head(columns))
    parts = studies.map { study in
      Part(isQuick: false) { measurements in rows(try measurements.result(of: study)).map { TextTable.markdown($0) } }
    }
  }

  /// A table with columns, whose rows are made in several pieces.
  init(_ name: String, command: String, columns: [String], _ parts: [Part]) {
    (self.name, self.command, places, studies, self.parts) = (name, command, 1, [], parts)
    head = Markdown.head(columns)
  }

  /// Whether all of it is made in a moment.
  var isQuick: Bool { parts.allSatisfy(\.isQuick) }

  /// All of its lines.
  func lines(_ measurements: Measurements) throws -> [String] {
    try head + parts.flatMap { try $0.make(measurements) }
  }

  /// What is made again in a moment and stands otherwise, as the lines of a difference; none where all agrees.
  func difference(from standing: [String], _ measurements: Measurements) throws -> [String] {
    let made = try head + parts.filter(\.isQuick).flatMap { try $0.make(measurements) }
    if isQuick { return Markdown.difference(from: standing, to: made) }
    let missing = made.filter { !standing.contains($0) }
    // A row is known by its first cell.
    return missing.flatMap { row in
      standing.filter { $0 != row && Markdown.firstCell(of: $0) == Markdown.firstCell(of: row) }.map { "- \($0)" }
        + ["+ \(row)"]
    }
  }
}

/// Tables as Markdown.
enum Markdown {
  /// The two lines of a table's head.
  static func head(_ columns: [String]) -> [String] { table(columns, []) }

  /// A table.
  static func table(_ columns: [String], _ rows: [[String]]) -> [String] {
    TextTable(columns.map { .init($0) }, rows: rows).markdown
  }

  /// Code within a line.
  static func code(_ text: String) -> String { "`\(text)`" }

  static func firstCell(of row: String) -> Substring { row.split(separator: "|").first ?? "" }

  /// What was taken out and what was put in, line by line, as `diff` says it.
  static func difference(from old: [String], to new: [String]) -> [String] {
    let changes = new.difference(from: old)
    // Each in the order of the text, which that of applying them is not.
    return (changes.removals.sorted { $0.offset < $1.offset } + changes.insertions).map { change in
      switch change {
      case .remove(_, let line, _): "- \(line)"
      case .insert(_, let line, _): "+ \(line)"
      }
    }
  }
}

/// A text in which tables stand between marks.
struct MarkedText {
  private(set) var lines: [String]
  private let path: String

  /// Reads a text.
  /// - Parameters:
  ///   - text: Markdown with marks.
  ///   - path: names it in problems.
  init(_ text: String, path: String) throws(FileProblem) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    self.path = path
    for name in names { _ = try range(of: name) }
  }

  /// The text.
  var text: String { lines.joined(separator: "\n") }

  /// The names of the tables that stand in it.
  var names: [String] { lines.compactMap(MarkedText.name) }

  /// The lines of a table.
  func block(_ name: String) throws(FileProblem) -> [String] { Array(lines[try range(of: name)]) }

  /// Puts other lines in the place of a table.
  mutating func replace(_ name: String, with block: [String]) throws(FileProblem) {
    lines.replaceSubrange(try range(of: name), with: block)
  }

  private static func name(_ line: String) -> String? {
    line.hasPrefix("<!-- report ") && line.hasSuffix(" -->") ? String(line.dropFirst(12).dropLast(4)) : nil
  }

  private func range(of name: String) throws(FileProblem) -> Range<Int> {
    guard let mark = lines.firstIndex(where: { MarkedText.name($0) == name }) else {
      throw FileProblem(path: path, cause: "there is no table '\(name)'", mend: "write '<!-- report \(name) -->'")
    }
    let rest = lines[(mark + 1)...]
    guard let end = rest.firstIndex(of: "<!-- end -->"), !rest[..<end].contains(where: { MarkedText.name($0) != nil })
    else {
      throw FileProblem(
        path: path, line: mark + 1, cause: "the table '\(name)' has no end", mend: "write '<!-- end -->' after it")
    }
    return mark + 1..<end
  }
}

extension CollectionDifference.Change {
  /// Where the line stands, before or after.
  fileprivate var offset: Int {
    switch self {
    case .remove(let offset, _, _), .insert(let offset, _, _): offset
    }
  }
}
