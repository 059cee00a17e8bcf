/// The plain part of YAML that level files are written in, checked before a YAML parser sees a byte.
///
/// Anchors and aliases make a small file large, tags and directives mean something to some parsers only. They need
/// a place where a value begins. Since a line here begins with a key, a dash, a list or a text that holds no `: `,
/// there is none that this check does not see.
struct PlainYAML {
  /// Lists in lists beyond this are refused.
  static let largestDepth = 8
  /// Spaces before a line, block texts excepted.
  static let largestIndentation = 16

  private let place: FilePlace
  private var line = 0
  private var isBlock = false
  private var isInMap = false
  private var blockIndentation: Int?
  private var depth = 0
  private var listLine = 0
  private var keys: [String: Int] = [:]
  private var hasBegun = false

  /// Checks a text whose lines end in line feeds.
  static func check(_ lines: [Substring], place: FilePlace) throws(FileProblem) {
    var scan = PlainYAML(place: place)
    for line in lines {
      scan.line += 1
      try scan.check(Array(line.unicodeScalars))
    }
    if scan.depth > 0 {
      throw place.bad("a list is not closed", line: scan.listLine, mend: "close it with ']' or '}'")
    }
  }

  private init(place: FilePlace) { self.place = place }

  private func bad(_ cause: String, mend: String) -> FileProblem { place.bad(cause, line: line, mend: mend) }

  private mutating func check(_ scalars: [Unicode.Scalar]) throws(FileProblem) {
    let indentation = scalars.prefix { $0 == " " }.count
    let isBlank = indentation == scalars.count
    if isBlock {
      if isBlank { return }
      if indentation > 0 {
        if let first = blockIndentation, indentation < first {
          throw bad("this line is indented less than the first line of its text", mend: "indent them alike")
        }
        blockIndentation = blockIndentation ?? indentation
        return
      }
      isBlock = false
    }
    let text = scalars[indentation...]
    // To YAML a row at the left margin that begins with a wall is a comment.
    if isInMap, indentation == 0, text.first == "#", text.count > 1, text.dropFirst().first != " " {
      throw bad("this row of the map is not indented", mend: "put two spaces before every row")
    }
    if isBlank || text.first == "#" { return }
    if depth > 0 { return try checkList(text) }
    if indentation == 0, try isMarker(String(String.UnicodeScalarView(text))) { return }
    guard indentation <= PlainYAML.largestIndentation else {
      throw bad("this line is indented by \(indentation)", mend: "indent by two, or write 'key: |' for a text")
    }
    hasBegun = true
    try checkEntry(text, isTop: indentation == 0)
  }

  /// Whether the line is the `---` that may begin a file.
  private func isMarker(_ text: String) throws(FileProblem) -> Bool {
    if text.hasPrefix("%") { throw bad("a YAML directive", mend: "delete the line") }
    if text.hasPrefix("...") { throw bad("a mark of the document's end", mend: "delete the line") }
    guard text.hasPrefix("---") else { return false }
    guard !hasBegun else { throw bad("a second document begins here", mend: "put each level into a file of its own") }
    guard text.drop(while: { $0 == "-" }).allSatisfy({ $0 == " " }), !text.hasPrefix("----") else {
      throw bad("something follows '---'", mend: "write it on a line of its own")
    }
    return true
  }

  private mutating func checkEntry(_ text: ArraySlice<Unicode.Scalar>, isTop: Bool) throws(FileProblem) {
    var rest = text
    var dashes = 0
    while rest.first == "-", rest.count == 1 || rest.dropFirst().first == " " {
      dashes += 1
      rest = rest.dropFirst().drop { $0 == " " }
    }
    guard dashes <= 2 else { throw bad("lists are nested too deeply", mend: "write cells as [x, y]") }
    let key = rest.prefix { $0 == "_" || $0 == "-" || $0.properties.isAlphabetic || ("0"..."9").contains($0) }
    let after = rest[key.endIndex...]
    if !key.isEmpty, after.first == ":", after.count == 1 || after.dropFirst().first == " " {
      let isTopKey = isTop && dashes == 0
      if isTopKey {
        let name = String(String.UnicodeScalarView(key))
        isInMap = name == "map"
        if let first = keys.updateValue(line, forKey: name) {
          throw bad("the key '\(name)' stands here again, after line \(first)", mend: "keep one")
        }
      }
      return try checkValue(after.dropFirst().drop { $0 == " " }, mayBeBlock: isTopKey)
    }
    if isTop, dashes == 0, !["&", "*", "!", "[", "{"].contains(rest.first) {
      throw bad("this is no 'key: value'", mend: "write a key, a colon and a space")
    }
    try checkValue(rest, mayBeBlock: false)
  }

  private mutating func checkValue(_ value: ArraySlice<Unicode.Scalar>, mayBeBlock: Bool) throws(FileProblem) {
    guard let first = value.first, first != "#" else { return }
    switch first {
    case "[", "{": try checkList(value)
    case "\"", "'": try checkQuoted(value, quote: first)
    case "|", ">":
      guard mayBeBlock else { throw bad("a block text inside of a list", mend: "write it on the key's line") }
      let header = value.dropFirst().drop { "0123456789+-".unicodeScalars.contains($0) }.drop { $0 == " " }
      guard header.isEmpty || header.first == "#" else {
        throw bad("something follows '\(first)'", mend: "begin the text on the next line")
      }
      isBlock = true
      blockIndentation = nil
    case "&", "*", "!", "%", "@", "`", "?", ",", "]", "}": throw forbidden(first)
    default:
      // Only `: ` and ` #` end a plain text.
      for index in value.indices where value[index] == ":" || value[index] == "#" {
        let next = value.index(after: index)
        if value[index] == "#", index > value.startIndex, value[index - 1] == " " { return }
        if value[index] == ":", next == value.endIndex || value[next] == " " {
          throw bad("the text contains a ':'", mend: "put it in quotes")
        }
      }
    }
  }

  private func checkQuoted(_ value: ArraySlice<Unicode.Scalar>, quote: Unicode.Scalar) throws(FileProblem) {
    var index = value.startIndex + 1
    while index < value.endIndex {
      if quote == "\"", value[index] == "\\" {
        index += 2
        continue
      }
      if value[index] == quote {
        guard quote == "'", index + 1 < value.endIndex, value[index + 1] == "'" else { break }
        index += 1
      }
      index += 1
    }
    guard index < value.endIndex else {
      throw bad("a quoted text is not closed on its line", mend: "close it, or write '|' and the text below")
    }
    let rest = value[(index + 1)...]
    let tail = rest.drop { $0 == " " }
    guard tail.isEmpty || (tail.first == "#" && tail.count < rest.count) else {
      throw bad("something follows the quoted text", mend: "put all of it in quotes")
    }
  }

  private mutating func checkList(_ text: ArraySlice<Unicode.Scalar>) throws(FileProblem) {
    if depth == 0 { listLine = line }
    for index in text.indices {
      let scalar = text[index]
      switch scalar {
      case "#" where index == text.startIndex || text[index - 1] == " ": return
      case "[", "{": depth += 1
      case "]", "}": depth -= 1
      case "a"..."z", "A"..."Z", "0"..."9", "_", "-", "+", ".", ",", ":", " ": break
      default: throw forbidden(scalar)
      }
      guard depth >= 0 else { throw bad("a bracket closes what nothing opened", mend: "delete it") }
      guard depth <= PlainYAML.largestDepth else {
        throw bad("lists are nested deeper than \(PlainYAML.largestDepth)", mend: "write cells as [x, y]")
      }
    }
  }

  private func forbidden(_ scalar: Unicode.Scalar) -> FileProblem {
    switch scalar {
    case "&": bad("a YAML anchor", mend: "write the value out, or put the text in quotes")
    case "*": bad("a YAML alias", mend: "write the value out, or put the text in quotes")
    case "!": bad("a YAML tag", mend: "delete it, or put the text in quotes")
    default: bad("'\(scalar)' cannot stand here", mend: "put the text in quotes")
    }
  }
}
