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
    let place = FilePlace(path: path)
    let text = try LevelText.checked(bytes, place: place)
    try PlainYAML.check(text.lines, place: place)
    let fields = try LevelFields(text.joined, place: place)

    let found: any World
    do {
      found = try world(fields.world?.value ?? name ?? folder(of: path))
    } catch {
      guard let named = fields.world else {
        if name != nil { throw place.unknownWorld(error) }
        throw place.bad("the file names no world, and neither does its folder", mend: "add a line like 'world: corner'")
      }
      throw place.unknownWorld(error, line: named.line)
    }
    let draft = LevelDraft(
      reference: reference, title: fields.title, note: fields.note, rows: fields.rows, goals: fields.goals,
      steps: fields.steps)
    do throws(LevelDraft.Fault) {
      return (found, try draft.level(of: found))
    } catch {
      throw place.bad(error.cause, line: fields.line(of: error.spot), mend: error.mend)
    }
  }

  /// The world and the level of a file.
  public static func read(
    _ path: String, reference: String, world: (String) throws -> any World
  ) throws(FileProblem) -> (world: any World, level: Level) {
    try parse(BoundedFile.read(path, limit: largestSize), path: path, reference: reference, world: world)
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
