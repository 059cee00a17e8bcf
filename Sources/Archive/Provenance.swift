import Foundation

/// What made a file, so that the same work is not done twice and other work is not written over.
///
/// It lies beside the file, `.NAME.made` beside `NAME`: the file itself has the very bytes that standard output would
/// have had.
public struct Provenance: Sendable, Equatable {
  /// The command as it is typed, without what does not change its result.
  public var command: String
  /// The version of the program.
  public var version: String
  /// The hash of the files that were read; `nil` where one of them could be read once only.
  public var inputs: String?
  /// The exit status; where it is not 0 the file lacks something.
  public var status: Int32 = 0

  /// What makes a file.
  public init(command: String, version: String, inputs: String?) {
    (self.command, self.version, self.inputs) = (command, version, inputs)
  }

  /// What is known of a file that is there.
  public enum Finding: Sendable, Equatable {
    /// Nothing says what made it.
    case unknown
    /// It was changed since it was made.
    case changed(Provenance)
    /// It is as it was made.
    case made(Provenance)
  }

  /// The `format` that files name.
  static let format = "wayward-made"

  /// What is known of a file.
  public static func find(_ path: String) -> Finding {
    guard let text = try? BoundedFile.read(note(of: path), limit: 1 << 16, takesPipes: false),
      let json = try? JSON(parsing: text),
      json["format"]?.string == format, let command = json["command"]?.string, let version = json["program"]?.string,
      let bytes = json["bytes"]?.integer, let hash = json["hash"]?.string
    else { return .unknown }
    var made = Provenance(command: command, version: version, inputs: json["inputs"]?.string)
    made.status = Int32(clamping: json["status"]?.integer ?? 0)
    guard let content = ContentHash(file: path) else { return .changed(made) }
    return content.count == bytes && content.text == hash ? .made(made) : .changed(made)
  }

  /// Keeps what makes a file, before the file is put there: what is not put there then is as if it had been changed.
  /// - Parameter content: the hash of the bytes that the file will have.
  public func keep(for path: String, content: ContentHash) throws(FileProblem) {
    let members: [JSON.Member] = [
      .init("format", .string(Provenance.format)), .init("version", .integer(1)), .init("command", .string(command)),
      .init("program", .string(version)), .init("inputs", inputs.map { .string($0) } ?? .null),
      .init("status", .integer(status)), .init("bytes", .integer(content.count)), .init("hash", .string(content.text)),
    ]
    try AtomicFile.write(Data((JSON.object(members).text + "\n").utf8), to: Provenance.note(of: path))
  }

  /// Where it lies: `out/.1.jsonl.made` for `out/1.jsonl`.
  static func note(of path: String) -> String {
    let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
    return path.dropLast(name.count) + ".\(name).made"
  }
}
