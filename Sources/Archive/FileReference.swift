import Foundation

/// A file as a command line names it: `runs.jsonl`, `runs.jsonl#3` for its third episode, `-` for standard input.
public struct FileReference: Hashable, Sendable {
  /// The file.
  public let path: String
  /// The number of an episode in it, from 0; `nil` where none was named.
  public let episode: Int?

  /// What a text names; `nil` where it names no file.
  ///
  /// A file of exactly that name comes first, whatever signs are in it. Of what is not there, the ending tells whether a
  /// file is meant.
  /// - Throws: ``FileProblem`` where what follows a file's name is the number of no episode.
  public init?(_ text: String) throws(FileProblem) {
    if FileReference.isThere(text) || text == "-" {
      (path, episode) = (text, nil)
      return
    }
    if let hash = text.lastIndex(of: "#") {
      let (name, digits) = (String(text[..<hash]), text[text.index(after: hash)...])
      if !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
        FileReference.isThere(name) || name == "-" || FileReference.isFileName(name)
      {
        guard let number = Int(digits), number > 0 else {
          throw .usage(
            "'\(PlainText.stripped(text, limit: 60))' names no episode",
            mend: "they count from 1: \(PlainText.stripped(name, limit: 60))#1 is the first")
        }
        (path, episode) = (name, number - 1)
        return
      }
    }
    guard FileReference.isFileName(text) else { return nil }
    (path, episode) = (text, nil)
  }

  /// Whether the file is standard input, under any of its names.
  public var isStandardInput: Bool { FileReference.isStandardInput(path) }

  /// Whether a path is a name of standard input.
  static func isStandardInput(_ path: String) -> Bool {
    ["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"].contains(path)
  }

  /// Whether there is something of this name that is no folder.
  private static func isThere(_ path: String) -> Bool {
    var status = stat()
    return !path.isEmpty && !path.utf8.contains(0) && stat(path, &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
  }

  private static func isFileName(_ text: String) -> Bool {
    let name = text.hasSuffix(".gz") ? String(text.dropLast(3)) : text
    return [".yaml", ".yml", ".jsonl"].contains { name.hasSuffix($0) }
  }
}
