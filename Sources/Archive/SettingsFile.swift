import Foundation
import Gridworlds
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
  /// What is wrong with lines that were left out.
  public let problems: [FileProblem]

  /// The settings of a file.
  public init(reading path: String) throws(FileProblem) {
    try self.init(BoundedFile.read(path, limit: SettingsFile.largestSize), path: path)
  }

  /// The settings in a file's bytes. A line that is wrong is left out, the others stand.
  /// - Throws: where there is no text at all.
  public init(_ bytes: Data, path: String) throws(FileProblem) {
    let place = FilePlace(path: path)
    self.path = path
    guard bytes.contains(where: { ![0x20, 0x0A, 0x0D].contains($0) }) else {
      (entries, problems) = ([], [])
      return
    }
    var findings = Findings(place)
    let text = try LevelText.checked(SettingsFile.readable(bytes, &findings), findings: &findings)
    var entries: [Entry] = []
    let plain = PlainYAML.read(text.lines, findings: &findings).text
    if LevelFields.holdsMore(plain),
      let root = findings.noting({ () throws(FileProblem) in
        try LevelFields.root(of: plain, place: place, begin: "theme: dark")
      })
    {
      SettingsFile.collect(root, at: [], into: &entries, &findings)
    }
    self.entries = entries
    problems = findings.problems
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

  /// Bytes without the lines that are not UTF-8, which are noted.
  private static func readable(_ bytes: Data, _ findings: inout Findings) throws(FileProblem) -> Data {
    let all = [UInt8](bytes)
    guard try TextDecoder.isUTF8(Array(all.prefix(4)), place: findings.place),
      TextDecoder.firstInvalid(in: all[...]) != nil
    else { return bytes }
    let lines = all.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated().map { number, line in
      guard let at = TextDecoder.firstInvalid(in: line) else { return line }
      findings.note(
        "byte \(line.startIndex + at) is not UTF-8", line: number + 1, mend: "save the file as UTF-8")
      return []
    }
    return Data(lines.joined(separator: [0x0A]))
  }

  private static func collect(
    _ mapping: Node.Mapping, at path: [String], into entries: inout [Entry], _ findings: inout Findings
  ) {
    for (key, value) in mapping {
      let line = key.mark?.line ?? 1
      let name = key.scalar?.string ?? ""
      guard name.count <= 60, path.count < 4 else {
        findings.note("this is too deep or too long", line: line, mend: "settings are lines like 'theme: dark'")
        continue
      }
      if let inner = value.mapping {
        collect(inner, at: path + [name], into: &entries, &findings)
      } else if let scalar = value.scalar, scalar.string.count <= 200,
        scalar.string.unicodeScalars.allSatisfy({ !PlainText.isHazard($0) })
      {
        guard entries.count < 1_000 else {
          findings.note("there are more than 1,000 settings", line: line, mend: "keep those that differ")
          return
        }
        entries.append(Entry(path: path + [name], value: scalar.string, line: line))
      } else {
        findings.note("'\(name)' should be a short text", line: line, mend: "write one, in quotes where it is a sign")
      }
    }
  }
}
