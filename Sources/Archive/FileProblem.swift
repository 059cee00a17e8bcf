import Gridworlds

/// What is wrong with a file: where, why, and what would mend it.
public struct FileProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// Which exit status the problem asks for.
  public enum Kind: Int32, Sendable {
    /// What was typed names nothing that there is; no file is to blame.
    case usage = 64
    /// What the file says is wrong.
    case badData = 65
    /// The file could not be read or written at all.
    case inputOutput = 74
  }

  /// The file as it was named; standard input is `<stdin>`; empty where no file is to blame.
  public let path: String
  /// The line, counted from 1, where one is to blame.
  public let line: Int?
  /// What is wrong, without a full stop.
  public let cause: String
  /// What to do about it, without a full stop.
  public let mend: String
  /// Which exit status it asks for.
  public let kind: Kind

  /// A problem with what a file says.
  public init(path: String, line: Int? = nil, cause: String, mend: String, kind: Kind = .badData) {
    self.path = FileProblem.shown(path)
    self.line = line
    self.cause = PlainText.stripped(cause, limit: 400)
    self.mend = PlainText.stripped(mend, limit: 400)
    self.kind = kind
  }

  /// `levels/corner/first.yaml:14: the map has two agents (row 3 and row 9); keep one`, free of control characters.
  public var description: String {
    let place = path.isEmpty ? "" : line.map { "\(path):\($0): " } ?? "\(path): "
    return mend.isEmpty ? place + cause : "\(place)\(cause); \(mend)"
  }

  /// A word that was typed and means nothing, the same wherever it was typed.
  public static func usage(_ cause: String, mend: String) -> FileProblem {
    FileProblem(path: "", cause: cause, mend: mend, kind: .usage)
  }

  /// A name that was typed and that nothing has.
  public static func unknown(
    _ what: String, _ name: String, among known: [String], list: String? = nil
  ) -> FileProblem {
    usage(
      "there is no \(what) '\(PlainText.stripped(name, limit: 60))'",
      mend: Nearest.advice(for: name, among: known, list: list))
  }

  /// A world that was typed and that there is not.
  public static func unknown(_ world: UnknownWorld) -> FileProblem {
    usage("there is no world '\(PlainText.stripped(world.name, limit: 60))'", mend: world.hint)
  }

  /// A file, or standard input, in which there is nothing at all.
  public static func empty(_ path: String, mend: String) -> FileProblem {
    let cause = FileReference.isStandardInput(path) ? "standard input was empty" : "the file is empty"
    return FileProblem(path: path, cause: cause, mend: mend)
  }

  /// The same with the file's name alone, where there is little room and the folder is known.
  public var short: String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return FileProblem(path: name, line: line, cause: cause, mend: mend, kind: kind).description
  }

  /// How messages name a path.
  public static func shown(_ path: String) -> String {
    path == "-" ? "<stdin>" : PlainText.stripped(path, limit: 400)
  }
}

/// A file being read, so that every problem in it is named alike.
struct FilePlace: Sendable {
  let path: String

  func bad(_ cause: String, line: Int? = nil, mend: String) -> FileProblem {
    FileProblem(path: path, line: line, cause: cause, mend: mend)
  }

  /// What looking for a world threw.
  func unknownWorld(_ error: any Error, line: Int? = nil) -> FileProblem {
    guard let unknown = error as? UnknownWorld else {
      return bad("\(error)", line: line, mend: "name a world that there is")
    }
    return bad(
      "there is no world '\(PlainText.stripped(unknown.name, limit: 60))'", line: line, mend: unknown.hint)
  }

  func broken(_ cause: String, mend: String) -> FileProblem {
    FileProblem(path: path, cause: cause, mend: mend, kind: .inputOutput)
  }
}
