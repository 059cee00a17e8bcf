import Archive
import ArgumentParser
import Gridworlds
import Letters
import Planning
import TerminalUI
import Worlds

/// A level file that was checked, as text and as the documented JSON.
struct CheckedLevel {
  private let file: String
  private let level: (world: any World, level: Level)?
  /// The states of a level; `nil` where they are too many or chance has a part in it.
  private let graph: StateGraph?
  /// What is wrong with it, by line; what was found first explains the rest.
  let problems: [FileProblem]
  /// What is shown otherwise than it is written.
  let remarks: [FileProblem]

  /// Reads the file.
  /// - Parameters:
  ///   - file: the level file's path.
  ///   - isNamed: whether its name was typed, and it may be a pipe.
  ///   - name: the world of a file that names none.
  init(_ file: String, isNamed: Bool, worldName name: String?) {
    self.file = file
    do throws(FileProblem) {
      let reading = try LevelFile.examine(
        file, worldName: name, takesPipes: isNamed, world: Catalogue.world)
      level = reading.level
      graph = level.flatMap { $0.world.isDeterministic ? StateGraph($0.world, $0.level) : nil }
      problems = reading.problems.sorted { ($0.line ?? .max) < ($1.line ?? .max) }
      remarks = reading.texts.compactMap { CheckedLevel.remark($0.key, $0.text, file: file, line: $0.line) }
    } catch {
      (level, graph, problems, remarks) = (nil, nil, [error], [])
    }
  }

  /// What screens replace in a text, since it is no single sign that is written from left to right.
  private static func remark(_ key: String, _ text: String, file: String, line: Int?) -> FileProblem? {
    var letters: [Character] = []
    for letter in text where letter != "\n" && letter.scalarOnScreen == .substitute && !letters.contains(letter) {
      letters.append(letter)
    }
    guard !letters.isEmpty else { return nil }
    let shown = letters.prefix(8).map { String($0) }.joined(separator: " ")
    return FileProblem(
      path: file, line: line,
      cause:
        "a remark: screens show \(Unicode.Scalar.substitute) for \(shown)\(letters.count > 8 ? " …" : "") in '\(key)'",
      mend: "write letters that run from left to right, each of one code, to have them shown")
  }

  /// The fewest steps to each goal, by its name.
  private var distances: [(goal: String, steps: Int?)]? {
    guard let graph, let world = level?.world else { return nil }
    return world.goalIndices.map { (world.goals[$0].id, graph.distances[$0][0]) }
  }

  private var sharedSteps: Int? {
    guard let graph, let world = level?.world else { return nil }
    return graph.longestSharedPath(world.intended, world.goalIndices.first { $0 != world.intended } ?? 0)
  }

  /// The line that a level has against which nothing is to be said.
  var line: String? {
    guard let (world, level) = level else { return nil }
    var parts = ["ok", "\(level.map.width)x\(level.map.height)"]
    if let distances, let sharedSteps {
      parts += distances.map { goal, steps in steps.map { "\(goal) in \($0)" } ?? "no way to \(goal)" }
      parts.append("shared steps \(sharedSteps)")
    } else {
      parts.append(
        world.isDeterministic
          ? "too many states for exact values" : "others move at random: values are approximate")
    }
    return "\(FileProblem.shown(file)): \(parts.joined(separator: ", "))"
  }

  /// The documented object.
  var json: JSON {
    func list(_ problems: [FileProblem]) -> JSON {
      .array(
        problems.map { problem in
          .object([
            .init("line", problem.line.map { .integer($0) } ?? .null), .init("cause", .string(problem.cause)),
            .init("mend", .string(problem.mend)),
          ])
        })
    }
    return .object([
      .init("file", .string(FileProblem.shown(file))), .init("ok", .bool(problems.isEmpty)),
      .init("world", level.map { .string($0.world.name) } ?? .null),
      .init("width", level.map { .integer($0.level.map.width) } ?? .null),
      .init("height", level.map { .integer($0.level.map.height) } ?? .null),
      .init(
        "distances",
        distances.map { .object($0.map { .init($0.goal, $0.steps.map { .integer($0) } ?? .null) }) } ?? .null),
      .init("shared_steps", sharedSteps.map { .integer($0) } ?? .null),
      .init("problems", list(problems)), .init("remarks", list(remarks)),
    ])
  }
}
