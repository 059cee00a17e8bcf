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

  /// The map of a level as it stands in the file. YAML never sees it.
  struct MapBlock {
    /// The line of its key.
    let line: Int
    /// The indentation that its key says, as in `map: |2`: then blanks before a row belong to it.
    let indentation: Int?
    /// Whether some of its rows are not indented as they should be, and where they stand nobody knows.
    var isBroken = false
    /// Its lines, as they are.
    fileprivate(set) var lines: [Substring] = []
  }

  private let place: FilePlace
  private var line = 0
  private var isBlock = false
  private var isInMap = false
  private var blockIndentation: Int?
  private var depth = 0
  private var listLine = 0
  private var listIndentation = 0
  private var indentation = 0
  /// The keys so far with their lines, by the indentation of their list.
  private var keys: [(indentation: Int, lines: [String: Int])] = []
  private var hasBegun = false
  private var map: MapBlock?

  /// Checks a text, takes its map out, and notes what is wrong.
  /// - Returns: the lines that a YAML parser may see, in their places; and the map, where there is one.
  static func read(_ lines: [Substring], findings: inout Findings) -> (text: String, map: MapBlock?) {
    var scan = PlainYAML(place: findings.place)
    var shown: [Substring] = []
    // What is indented more than a line that is wrong belongs to it.
    var wrong: Int?
    for line in lines {
      scan.line += 1
      let indentation = line.prefix { $0 == " " }.count
      if let outer = wrong, indentation > outer || indentation == line.count {
        shown.append("")
        continue
      }
      wrong = nil
      // A key that stands no deeper than the list's own is none of the list.
      if scan.depth > 0, indentation <= scan.listIndentation, beginsWithKey(line.dropFirst(indentation).unicodeScalars)
      {
        scan.closeList(&findings, &shown)
      }
      scan.indentation = indentation
      let wasBlock = scan.isBlock
      do throws(FileProblem) {
        let lineCount = scan.map?.lines.count ?? 0
        try scan.check(Array(line.unicodeScalars))
        let isOfMap = scan.map?.line == scan.line || scan.map?.lines.count ?? 0 > lineCount
        shown.append(isOfMap ? "" : line)
      } catch {
        findings.note(error)
        shown.append("")
        if scan.isInMap, scan.map != nil {
          scan.map?.isBroken = true
          (scan.isInMap, scan.isBlock) = (false, false)
        } else if !(wasBlock && scan.isBlock) {
          wrong = indentation
          scan.isBlock = false
          scan.forgetList(&shown)
        }
      }
    }
    if scan.depth > 0 { scan.closeList(&findings, &shown) }
    scan.checkRows(&findings)
    return (shown.joined(separator: "\n"), scan.map)
  }

  /// Goes on after a list that nothing closes, as if it were not there.
  private mutating func closeList(_ findings: inout Findings, _ shown: inout [Substring]) {
    findings.note("a list is not closed", line: listLine, mend: "close it with ']' or '}'")
    forgetList(&shown)
  }

  private mutating func forgetList(_ shown: inout [Substring]) {
    guard depth > 0 else { return }
    for index in max(0, listLine - 1)..<max(listLine - 1, shown.count) { shown[index] = "" }
    depth = 0
  }

  private init(place: FilePlace) { self.place = place }

  private func bad(_ cause: String, mend: String) -> FileProblem { place.bad(cause, line: line, mend: mend) }

  /// Whether the rows of the map are indented alike.
  private mutating func checkRows(_ findings: inout Findings) {
    guard let map, let first = map.lines.first(where: { !$0.allSatisfy { $0 == " " } }) else { return }
    let least = map.indentation ?? first.prefix { $0 == " " }.count
    for (index, row) in map.lines.enumerated() where row.prefix(while: { $0 == " " }).count < least {
      if row.allSatisfy({ $0 == " " }) { continue }
      self.map?.isBroken = true
      findings.note(
        "this line is indented less than the first line of its text", line: map.line + 1 + index,
        mend: "indent them alike, or write 'map: |2' where the blanks belong to the map")
    }
  }

  private mutating func check(_ scalars: [Unicode.Scalar]) throws(FileProblem) {
    let indentation = scalars.prefix { $0 == " " }.count
    let isBlank = indentation == scalars.count
    if isBlock {
      if isInMap, isBlank || indentation > 0 {
        map?.lines.append(Substring(String(String.UnicodeScalarView(scalars))))
        return
      }
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
    try checkEntry(text, indentation: indentation)
  }

  /// The name before a `: `; empty where there is none.
  private static func key(of text: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
    let key = text.prefix { $0 == "_" || $0 == "-" || $0.properties.isAlphabetic || ("0"..."9").contains($0) }
    let after = text[key.endIndex...]
    return after.first == ":" && (after.count == 1 || after.dropFirst().first == " ") ? key : key.prefix(0)
  }

  /// Whether a line begins with a key, as every level's lines do that are none of its map.
  static func beginsWithKey(_ line: some Sequence<Unicode.Scalar>) -> Bool { !key(of: Array(line)[...]).isEmpty }

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

  private mutating func checkEntry(_ text: ArraySlice<Unicode.Scalar>, indentation: Int) throws(FileProblem) {
    let isTop = indentation == 0
    var rest = text
    var dashes = 0
    while rest.first == "-", rest.count == 1 || rest.dropFirst().first == " " {
      dashes += 1
      rest = rest.dropFirst().drop { $0 == " " }
    }
    guard dashes <= 2 else { throw bad("lists are nested too deeply", mend: "write cells as [x, y]") }
    let key = PlainYAML.key(of: rest)
    if !key.isEmpty {
      let isTopKey = isTop && dashes == 0
      let name = String(String.UnicodeScalarView(key))
      if isTopKey { isInMap = name == "map" }
      if dashes == 0 { try take(name, indentation: indentation) }
      let value = rest[key.endIndex...].dropFirst().drop { $0 == " " }
      try checkValue(value, mayBeBlock: isTopKey)
      if isInMap, isBlock, value.first == "|" {
        let digits = value.dropFirst().filter { ("0"..."9").contains($0) }
        map = MapBlock(line: line, indentation: Int(String(String.UnicodeScalarView(digits))))
      } else {
        isInMap = false
      }
      return
    }
    if isTop, dashes == 0, !["&", "*", "!", "[", "{"].contains(rest.first) {
      throw bad("this is no 'key: value'", mend: "write a key, a colon and a space")
    }
    try checkValue(rest, mayBeBlock: false)
  }

  /// Takes a key in, once in a list.
  private mutating func take(_ name: String, indentation: Int) throws(FileProblem) {
    while let last = keys.last, last.indentation > indentation { keys.removeLast() }
    if keys.last?.indentation != indentation { keys.append((indentation, [:])) }
    if let first = keys[keys.count - 1].lines[name] {
      throw bad("the key '\(name)' stands here again, after line \(first)", mend: "keep one")
    }
    keys[keys.count - 1].lines[name] = line
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
    if depth == 0 { (listLine, listIndentation) = (line, indentation) }
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
