import Foundation

extension SettingsFile {
  /// Writes one setting into a file, which is made where there is none, and says so in a sentence.
  public static func keep(_ setting: [String], _ value: String, in path: String) -> String {
    do {
      try put(text(old(path), setting: setting, to: value, path: path), into: path)
      return "\(value) is \(setting.last ?? "") now; kept in \(FileProblem.shown(path))."
    } catch {
      return "\(value) is \(setting.last ?? "") until the program ends: \(error)"
    }
  }

  /// Puts what a file lacks of a whole text of settings into it, which is that text where there was no setting; every
  /// line that is there stays as it is.
  /// - Returns: how many settings were added.
  public static func complete(_ path: String, with whole: String) throws(FileProblem) -> Int {
    let wanted = try SettingsFile(Data(whole.utf8), path: path).entries
    var text = try old(path)
    let held = Set(try SettingsFile(Data(text.utf8), path: path).entries.map(\.path))
    let lacking = wanted.filter { !held.contains($0.path) }
    if text.allSatisfy(\.isWhitespace) {
      text = whole
    } else {
      for entry in lacking { text = try self.text(text, setting: entry.path, to: entry.value, path: path) }
    }
    if !lacking.isEmpty { try put(text, into: path) }
    return lacking.count
  }

  /// The text of a file, empty where there is none; lines ended by line feeds alone.
  private static func old(_ path: String) throws(FileProblem) -> String {
    guard FileManager.default.fileExists(atPath: path) else { return "" }
    let bytes = try BoundedFile.read(path, limit: largestSize)
    let text = String(decoding: try TextDecoder.decoded(bytes, place: FilePlace(path: path)), as: UTF8.self)
    return text.replacing("\r\n", with: "\n")
  }

  /// Writes the file, whole or not at all, into a folder that is made where there is none.
  private static func put(_ text: String, into path: String) throws(FileProblem) {
    let folder = (path as NSString).deletingLastPathComponent
    do {
      if !folder.isEmpty { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) }
    } catch {
      throw FileProblem(
        path: path, cause: "its folder cannot be made", mend: "make it, or name another file", kind: .inputOutput)
    }
    try AtomicFile.write(Data(text.utf8), to: path)
  }

  /// A settings file's text with one setting changed or added; every other line stays as it is.
  /// - Parameters:
  ///   - text: the file so far; empty where there is none.
  ///   - setting: the keys that lead to the setting, at most three.
  /// - Throws: where the text is no settings file, or is written so (in braces) that a line alone cannot be changed.
  public static func text(
    _ text: String, setting: [String], to value: String, path: String
  ) throws(FileProblem) -> String {
    let file = try SettingsFile(Data(text.utf8), path: path)
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last == "" { lines.removeLast() }
    let quoted = value.contains("\"") || value.contains("\\") ? "'\(value)'" : "\"\(value)\""
    func line(_ depth: Int) -> String {
      String(repeating: "  ", count: depth) + setting[depth] + (depth == setting.count - 1 ? ": " + quoted : ":")
    }
    if let entry = file.entries.last(where: { $0.path == setting }) {
      let old = lines[entry.line - 1]
      lines[entry.line - 1] = String(old.prefix { $0 == " " }) + line(setting.count - 1).drop { $0 == " " }
    } else {
      // After the last setting beside which it belongs, as deep in the file as there is one.
      var depth = setting.count - 1
      var place = lines.count
      while depth > 0 {
        let above = Array(setting.prefix(depth))
        if let last = file.entries.last(where: { $0.path.count > depth && Array($0.path.prefix(depth)) == above }) {
          place = last.line
          break
        }
        depth -= 1
      }
      lines.insert(contentsOf: (depth..<setting.count).map(line), at: place)
    }
    let changed = lines.joined(separator: "\n") + "\n"
    let wanted = file.entries.filter { $0.path != setting }.map { [$0.path.joined(separator: " "), $0.value] }
    let read = try? SettingsFile(Data(changed.utf8), path: path)
    let kept = read?.entries.filter { $0.path != setting }.map { [$0.path.joined(separator: " "), $0.value] }
    guard kept == wanted, read?.entries.last(where: { $0.path == setting })?.value == value else {
      throw FileProblem(
        path: path, cause: "the file is written in a way that the program cannot add to",
        mend: "add \(setting.joined(separator: ": ")): \(quoted) yourself")
    }
    return changed
  }
}
