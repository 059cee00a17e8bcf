import Foundation
import Yams

/// The user's settings as a plain YAML file: options, and keys by screen. What they mean is not known here, only that
/// they are short, plain texts with a line each.
///
/// ```
/// theme: projector
/// animation: false
/// keys:
///   replay:
///     step-forward: ". Right"
/// ```
public struct SettingsFile: Sendable {
  /// One setting.
  public struct Entry: Sendable, Hashable {
    /// The keys that lead to it: `["theme"]`, `["keys", "replay", "step-forward"]`.
    public let path: [String]
    /// What it is set to.
    public let value: String
    /// Its line, counted from 1.
    public let line: Int

    /// A setting.
    public init(path: [String], value: String, line: Int) { (self.path, self.value, self.line) = (path, value, line) }
  }

  /// Larger files are refused: 64 kB.
  public static let largestSize = 64 << 10
  /// The file's path, for problems.
  public let path: String
  /// The settings in the order of the file.
  public let entries: [Entry]

  /// The settings of a file.
  public init(reading path: String) throws(FileProblem) {
    try self.init(BoundedFile.read(path, limit: SettingsFile.largestSize), path: path)
  }

  /// The settings in a file's bytes.
  public init(_ bytes: Data, path: String) throws(FileProblem) {
    let place = FilePlace(path: path)
    self.path = path
    guard !bytes.isEmpty else {
      entries = []
      return
    }
    let text = try LevelText.checked(bytes, place: place)
    guard text.lines.contains(where: { !$0.allSatisfy { $0 == " " } && $0.first != "#" }) else {
      entries = []
      return
    }
    try PlainYAML.check(text.lines, place: place)
    var entries: [Entry] = []
    try SettingsFile.collect(
      try LevelFields.root(of: text.joined, place: place, begin: "theme: dark"), at: [], into: &entries, place)
    self.entries = entries
  }

  /// A problem with an entry.
  /// - Parameters:
  ///   - known: the words that could stand in the place of `word`, which is the entry's own unless given.
  public func problem(
    _ entry: Entry, _ cause: String, word: String? = nil, known: [String] = [], mend: String = ""
  ) -> FileProblem {
    FileProblem(
      path: path, line: entry.line, cause: cause,
      mend: known.isEmpty ? mend : Nearest.advice(for: word ?? entry.path.last ?? "", among: known))
  }

  private static func collect(
    _ mapping: Node.Mapping, at path: [String], into entries: inout [Entry], _ place: FilePlace
  ) throws(FileProblem) {
    for (key, value) in mapping {
      let line = key.mark?.line ?? 1
      let name = key.scalar?.string ?? ""
      guard name.count <= 60, path.count < 4 else {
        throw place.bad("this is too deep or too long", line: line, mend: "settings are lines like 'theme: dark'")
      }
      if let inner = value.mapping {
        try collect(inner, at: path + [name], into: &entries, place)
      } else if let scalar = value.scalar, scalar.string.count <= 200,
        scalar.string.unicodeScalars.allSatisfy({ !PlainText.isHazard($0) })
      {
        entries.append(Entry(path: path + [name], value: scalar.string, line: line))
      } else {
        throw place.bad("'\(name)' should be a short text", line: line, mend: "write one, in quotes where it is a sign")
      }
      guard entries.count <= 1_000 else {
        throw place.bad("there are more than 1,000 settings", line: line, mend: "keep those that differ")
      }
    }
  }
}
