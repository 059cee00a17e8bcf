import Foundation
import Gridworlds
import Yams

/// Level files: a map in ASCII with a few words about it, in plain YAML.
///
/// ```
/// world: corner
/// title: The cheese is two steps away
/// map: |
///   #####
///   #@.*#
///   #####
/// ```
public enum LevelFile {
  /// Larger files are refused: 2 MB.
  public static let largestSize = 2 << 20
  /// The keys in the order in which files are written.
  public static let keys = ["world", "title", "note", "steps", "goals", "map"]
  /// Characters of a title.
  public static let longestTitle = 200
  /// Characters of a note.
  public static let longestNote = 4_000

  /// The world and the level of a file's bytes.
  /// - Parameters:
  ///   - path: names the file in problems; its folder names the world where nothing else does.
  ///   - reference: the text that names the level.
  ///   - name: the world of a file that names none.
  ///   - world: the world of a name with its variant; what it throws is shown.
  public static func parse(
    _ bytes: Data, path: String, reference: String, worldName name: String? = nil,
    world: (String) throws -> any World
  ) throws(FileProblem) -> (world: any World, level: Level) {
    let reading = read(bytes, path: path, reference: reference, worldName: name, world: world)
    if let problem = reading.problems.first { throw problem }
    guard let level = reading.level else {
      throw FilePlace(path: path).bad("there is no level", mend: "write at least 'map: |' and a map below it")
    }
    return level
  }

  /// What a file holds, and all that is wrong with it.
  public struct Reading {
    /// The world and the level; `nil` where something is wrong.
    public internal(set) var level: (world: any World, level: Level)?
    /// All that is wrong, in the order in which it was found: the first ones explain those that follow.
    public let problems: [FileProblem]
    /// Its texts for people, each with its key and line.
    public let texts: [(key: String, line: Int?, text: String)]
  }

  /// Reads a file's bytes, and goes on where something is wrong, so that all of it can be said at once.
  public static func read(
    _ bytes: Data, path: String, reference: String, worldName name: String? = nil,
    world: (String) throws -> any World
  ) -> Reading {
    var findings = Findings(FilePlace(path: path))
    do throws(FileProblem) {
      let text = try LevelText.checked(bytes, findings: &findings)
      let fields = try fields(of: text.lines, &findings)
      var level: (world: any World, level: Level)?
      if let found = findings.noting({ () throws(FileProblem) in
        try LevelFile.world(of: fields, path: path, name, world)
      }) {
        level = self.level(fields, of: found, reference: reference, &findings)
      } else if let draft = draft(fields, reference: reference) {
        note(draft.faultsAnywhere(), of: fields, &findings)
      }
      return Reading(
        level: findings.problems.isEmpty ? level : nil, problems: findings.problems,
        texts: [("title", fields.titleLine, fields.title), ("note", fields.noteLine, fields.note)])
    } catch {
      if findings.problems.last != error { findings.note(error) }
      return Reading(problems: findings.problems, texts: [])
    }
  }

  private static func fields(of lines: [Substring], _ findings: inout Findings) throws(FileProblem) -> LevelFields {
    if JSON.beginsObject(lines.lazy.flatMap(\.utf8)) {
      throw findings.place.bad("this is a recording, and no level", mend: "open it with: wayward replay FILE")
    }
    if isBareMap(lines) { return LevelFields(bareMap: lines, place: findings.place) }
    let (text, map) = PlainYAML.read(lines, findings: &findings)
    return LevelFields(text, map: map, findings: &findings)
  }

  /// Whether bytes look like a level, right or wrong: they are a map, or have one.
  static func isLike(_ bytes: Data) -> Bool {
    var findings = Findings(FilePlace(path: ""))
    guard let lines = try? LevelText.checked(bytes, findings: &findings).lines else { return false }
    return isBareMap(lines) || PlainYAML.read(lines, findings: &findings).map != nil
  }

  /// Whether a text is nothing but a map, as it is copied from elsewhere: no line begins with a key, and an agent stands
  /// somewhere, or walls and floor are most of it.
  private static func isBareMap(_ lines: [Substring]) -> Bool {
    if lines.contains(where: { PlainYAML.beginsWithKey($0.unicodeScalars) || $0.hasPrefix("---") }) { return false }
    let letters = lines.joined().unicodeScalars.filter { $0 != " " }
    return letters.count > 2
      && (letters.contains("@") && letters.contains("#")
        || letters.filter { $0 == "#" || $0 == "." }.count * 2 > letters.count)
  }

  private static func world(
    of fields: LevelFields, path: String, _ name: String?, _ world: (String) throws -> any World
  ) throws(FileProblem) -> any World {
    let place = FilePlace(path: path)
    if let named = fields.world {
      guard name == nil || name == named.value else {
        throw place.bad("the file names the world \(named.value)", line: named.line, mend: "leave --world out")
      }
      do {
        return try world(named.value)
      } catch {
        throw place.unknownWorld(error, line: named.line)
      }
    }
    do {
      return try world(name ?? folder(of: path))
    } catch {
      if name != nil { throw (error as? UnknownWorld).map(FileProblem.unknown) ?? place.unknownWorld(error) }
      throw place.bad(
        "the file names no world, and neither does its folder",
        mend: "add a line like 'world: corner', or say --world corner")
    }
  }

  private static func level(
    _ fields: LevelFields, of world: any World, reference: String, _ findings: inout Findings
  ) -> (world: any World, level: Level)? {
    guard let draft = draft(fields, reference: reference) else { return nil }
    let (level, faults) = draft.examined(as: world, searches: findings.problems.isEmpty)
    note(faults, of: fields, &findings)
    return level.map { (world, $0) }
  }

  private static func note(_ faults: [LevelDraft.Fault], of fields: LevelFields, _ findings: inout Findings) {
    for fault in faults { findings.note(fault.cause, line: fields.line(of: fault.spot), mend: fault.mend) }
  }

  /// The level as its file has it; `nil` where there is no map that can be looked at.
  private static func draft(_ fields: LevelFields, reference: String) -> LevelDraft? {
    guard fields.hasMap, !fields.isMapBroken else { return nil }
    var draft = LevelDraft(
      reference: reference, title: fields.title, note: fields.note, rows: fields.rows, goals: fields.goals,
      steps: fields.steps)
    draft.isShaped = fields.isShaped
    return draft
  }

  /// What a file, or standard input, holds, and all that is wrong with it.
  /// - Parameters:
  ///   - name: the world of a file that names none.
  ///   - takesPipes: whether what is no regular file is read too.
  ///   - world: the world of a name.
  /// - Throws: where it cannot be read at all.
  public static func examine(
    _ path: String, worldName name: String? = nil, takesPipes: Bool = true, world: (String) throws -> any World
  ) throws(FileProblem) -> Reading {
    read(
      try BoundedFile.read(path, limit: largestSize, takesPipes: takesPipes), path: path, reference: path,
      worldName: name, world: world)
  }

  /// The world and the level of a file in a folder of levels.
  public static func read(
    _ path: String, reference: String, world: (String) throws -> any World
  ) throws(FileProblem) -> (world: any World, level: Level) {
    try parse(
      BoundedFile.read(path, limit: largestSize, takesPipes: false), path: path, reference: reference, world: world)
  }

  /// The file of a level, which parses back to an equal one.
  ///
  /// Invisible characters in title and note, which no file may hold, are left out.
  public static func print(_ level: Level, of world: any World) -> String {
    var lines = ["world: \(level.world)"]
    let title = PlainText.stripped(level.title, limit: longestTitle)
    if !title.isEmpty { lines.append("title: \(LevelText.written(title))") }
    let note = PlainText.strippedLines(level.note, limit: longestNote)
    if !note.isEmpty { lines += LevelText.note(note) }
    if level.timeLimit != world.timeLimit { lines.append("steps: \(level.timeLimit)") }
    let moved = zip(world.goals, level.targets).filter { goal, cells in
      goal.role == .proxy && cells != world.targets(of: goal, in: level.map)
    }
    if !moved.isEmpty { lines.append("goals:") }
    for (goal, cells) in moved {
      lines.append("  \(goal.id): [\(cells.map { "[\($0.x), \($0.y)]" }.joined(separator: ", "))]")
    }
    lines.append("map: |")
    lines += rows(of: level.map).map { "  " + $0 }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A map as text, a row a line.
  public static func rows(of map: Grid<Tile>) -> [String] {
    (0..<map.height).map { y in
      String(decoding: map.elements[y * map.width..<(y + 1) * map.width].map(\.letter), as: UTF8.self)
    }
  }

  private static func folder(of path: String) -> String {
    let parts = path.split(separator: "/")
    return parts.count > 1 ? String(parts[parts.count - 2]) : ""
  }
}
