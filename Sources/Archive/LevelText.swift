import Foundation

/// A level file's text: checked before parsing, quoted when written.
enum LevelText {
  /// The lines of a text that holds nothing invisible; CRLF is accepted. What is not allowed is noted and left out.
  /// - Throws: where there is no text at all.
  static func checked(
    _ bytes: Data, findings: inout Findings
  ) throws(FileProblem) -> (lines: [Substring], joined: String) {
    let place = findings.place
    guard bytes.count <= LevelFile.largestSize else {
      throw place.bad(
        "the file has more than \(BoundedFile.bytes(LevelFile.largestSize))", mend: "only smaller files are read")
    }
    let raw = String(decoding: try TextDecoder.decoded(bytes, place: place), as: UTF8.self)
    var text = String.UnicodeScalarView()
    var line = 1
    var isEmpty = true
    var wasReturn = false
    var lastNoted = 0
    func note(_ problem: FileProblem) {
      // The first of a line is enough.
      if lastNoted < line { findings.note(problem) }
      lastNoted = line
    }
    for scalar in raw.unicodeScalars {
      if wasReturn, scalar != "\n" { note(invisible("\r", line: line, place: place)) }
      wasReturn = scalar == "\r"
      if wasReturn { continue }
      if scalar == "\t" {
        note(place.bad("there is a tab", line: line, mend: "write spaces"))
        text.append(" ")
        continue
      }
      if scalar != "\n", PlainText.isHazard(scalar) {
        note(invisible(scalar, line: line, place: place))
        continue
      }
      if scalar == "\n" { line += 1 } else if scalar != " " { isEmpty = false }
      text.append(scalar)
    }
    if wasReturn { note(invisible("\r", line: line, place: place)) }
    if isEmpty, let problem = findings.problems.first { throw problem }
    if isEmpty { throw FileProblem.empty(place.path, mend: "write at least 'map: |' and a map below it") }
    let joined = String(text)
    return (joined.utf8.split(separator: 10, omittingEmptySubsequences: false).map { Substring($0) }, joined)
  }

  private static func invisible(_ scalar: Unicode.Scalar, line: Int, place: FilePlace) -> FileProblem {
    let code = String(scalar.value, radix: 16, uppercase: true)
    let padded = String(repeating: "0", count: max(0, 4 - code.count)) + code
    return place.bad("there is a control or invisible character U+\(padded)", line: line, mend: "delete it")
  }

  /// A one-line text as YAML, in quotes where it needs them.
  static func written(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    let isPlain =
      scalars.first.map { $0.properties.isAlphabetic } == true && scalars.last != " " && scalars.last != ":"
      && zip(scalars, scalars.dropFirst()).allSatisfy { ($0, $1) != (":", " ") && ($0, $1) != (" ", "#") }
      && !["true", "false", "yes", "no", "on", "off", "null", "y", "n"].contains(text.lowercased())
    return isPlain ? text : quoted(text)
  }

  /// A note as the lines of a block text, or in quotes where a block would change it.
  static func note(_ text: String) -> [String] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let first = lines.first, !first.isEmpty, first.first != " ", lines.last?.isEmpty == false,
      lines.allSatisfy({ $0.isEmpty || $0.contains { $0 != " " } })
    else { return ["note: \(quoted(text))"] }
    return ["note: |"] + lines.map { $0.isEmpty ? "" : "  " + $0 }
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
