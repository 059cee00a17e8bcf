import Gridworlds
import Yams

/// What the keys of a level file say, each with its line.
struct LevelFields {
  private(set) var world: (value: String, line: Int)?
  private(set) var title = ""
  private(set) var note = ""
  private(set) var titleLine: Int?
  private(set) var noteLine: Int?
  private(set) var steps: Int?
  private(set) var goals: [(id: String, cells: [(x: Int, y: Int)])] = []
  private(set) var rows: [String] = []
  /// Whether blanks before and after rows belong to the map: they are outside.
  private(set) var isShaped = false
  /// Whether there is a map that can be looked at.
  var hasMap: Bool { mapLine != nil && !isNoBlock }
  private var isNoBlock = false
  /// Whether lines were left out of the text.
  private var isPartial = false
  /// Whether nobody knows where rows begin.
  private(set) var isMapBroken = false
  private let place: FilePlace
  private var stepsLine: Int?
  private var goalLines: [String: Int] = [:]
  private var mapLine: Int?
  private var firstRowLine = 1

  /// The fields of a text that ``PlainYAML`` has checked; what is wrong is noted, and the field left as it comes.
  init(_ text: String, map: PlainYAML.MapBlock?, findings: inout Findings) {
    place = findings.place
    if let map { readMap(map) }
    let isWhole = findings.problems.isEmpty
    isPartial = !isWhole
    let hasMore = LevelFields.holdsMore(text)
    guard hasMore || map == nil else { return }
    guard let root = findings.noting({ () throws(FileProblem) in try LevelFields.root(of: text, place: place) }) else {
      return
    }
    for (key, value) in root {
      _ = findings.noting { () throws(FileProblem) in try take(value, of: key) }
    }
    if mapLine == nil, isWhole {
      findings.note("there is no map", line: nil, mend: "write 'map: |' and the map below it")
    }
  }

  private mutating func take(_ value: Node, of key: Node) throws(FileProblem) {
    let line = key.mark?.line
    switch key.scalar?.string ?? "" {
    case "world": world = (try self.text(value, "world", line, limit: 100), line ?? 1)
    case "title": (titleLine, title) = try (line, self.text(value, "title", line, limit: LevelFile.longestTitle))
    case "note":
      (noteLine, note) = try (line, self.text(value, "note", line, limit: LevelFile.longestNote, keepsLines: true))
    case "steps":
      stepsLine = line
      steps = try number(value, "'steps' should be a whole number", line)
    case "goals": try readGoals(value, line)
    case "map":
      (mapLine, isNoBlock) = (line, true)
      throw place.bad("'map' should be a block text", line: line, mend: "write 'map: |' and the map below it")
    case let unknown:
      throw place.bad(
        "unknown key '\(unknown)'", line: line,
        mend: Nearest.advice(for: unknown, among: LevelFile.keys, what: "the keys are"))
    }
  }

  /// Whether more than blanks, comments and the mark of a beginning stands in a text.
  static func holdsMore(_ text: String) -> Bool {
    text.split(separator: "\n").contains { line in
      let rest = line.drop { $0 == " " }
      return !rest.isEmpty && rest.first != "#" && !line.hasPrefix("---")
    }
  }

  /// The line of a fault.
  func line(of spot: LevelDraft.Spot) -> Int? {
    switch spot {
    case .row(let row): firstRowLine + row
    case .goal(let id): goalLines[id] ?? mapLine
    case .steps: stepsLine
    case .map: mapLine
    }
  }

  static func root(of text: String, place: FilePlace, begin: String = "map: |") throws(FileProblem) -> Node.Mapping {
    let root: Node?
    let parser: Parser
    do {
      // No resolver: its patterns would run over texts that nobody has limited yet.
      parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
      root = try parser.singleRoot()
    } catch {
      throw problem(error, in: text, place: place)
    }
    // Nodes know their anchors only while the parser lives.
    defer { withExtendedLifetime(parser) {} }
    guard let root else {
      throw place.bad("the file says nothing: it has no 'key: value'", mend: "begin with '\(begin)'")
    }
    try refuseAnchors(root, depth: 0, place: place)
    guard let mapping = root.mapping else {
      let line = root.mark.map { min($0.line, lastLine(of: text)) }
      throw place.bad("the file is no list of 'key: value'", line: line, mend: "begin with '\(begin)'")
    }
    return mapping
  }

  /// A second look, should the first have overlooked one.
  private static func refuseAnchors(_ node: Node, depth: Int, place: FilePlace) throws(FileProblem) {
    guard node.anchor == nil, depth < 32 else {
      throw place.bad("a YAML anchor", line: node.mark?.line, mend: "write the value out")
    }
    switch node {
    case .mapping(let mapping):
      for (key, value) in mapping {
        try refuseAnchors(key, depth: depth + 1, place: place)
        try refuseAnchors(value, depth: depth + 1, place: place)
      }
    case .sequence(let sequence):
      for element in sequence { try refuseAnchors(element, depth: depth + 1, place: place) }
    case .alias: throw place.bad("a YAML alias", line: node.mark?.line, mend: "write the value out")
    case .scalar: break
    }
  }

  private static func lastLine(of text: String) -> Int {
    max(1, text.utf8.count { $0 == 10 } + (text.utf8.last == 10 ? 0 : 1))
  }

  private static func problem(_ error: any Error, in text: String, place: FilePlace) -> FileProblem {
    let mend = "look around it for a missing colon, quote or indent"
    // What is missing at the end is missed one line behind it.
    let last = lastLine(of: text)
    switch error as? YamlError {
    case .scanner(_, let cause, let mark, _), .parser(_, let cause, let mark, _), .composer(_, let cause, let mark, _):
      return place.bad("YAML: \(cause)", line: min(mark.line, last), mend: mend)
    case .duplicatedKeysInMapping(let keys, let context):
      return place.bad(
        "the key '\(keys.first ?? "")' stands twice in a list", line: context.mark.line, mend: "keep one")
    case .reader(let cause, _, _, _): return place.bad("YAML: \(cause)", mend: "save the file as UTF-8")
    default: return place.bad("the file is no YAML", mend: mend)
    }
  }

  private func text(
    _ node: Node, _ key: String, _ line: Int?, limit: Int, keepsLines: Bool = false
  ) throws(FileProblem) -> String {
    guard let scalar = node.scalar else { throw place.bad("'\(key)' should be a text", line: line, mend: "write one") }
    var text = scalar.string
    if scalar.style == .literal || scalar.style == .folded {
      while text.utf8.last == 10 { text.unicodeScalars.removeLast() }
    }
    let count = text.unicodeScalars.count
    guard count <= limit else {
      throw place.bad("'\(key)' has \(count) characters", line: line, mend: "at most \(limit) are allowed")
    }
    guard text.unicodeScalars.allSatisfy({ (keepsLines && $0 == "\n") || !PlainText.isHazard($0) }) else {
      throw place.bad("'\(key)' holds a control or invisible character", line: line, mend: "delete it")
    }
    return text
  }

  private func number(_ node: Node, _ cause: String, _ line: Int?) throws(FileProblem) -> Int {
    guard let scalar = node.scalar, scalar.style == .plain, let number = Int(scalar.string) else {
      throw place.bad(cause, line: node.mark?.line ?? line, mend: "write digits alone")
    }
    return number
  }

  private mutating func readGoals(_ node: Node, _ line: Int?) throws(FileProblem) {
    // What stood below was wrong, and is said.
    if isPartial, node.scalar?.string == "" { return }
    guard let mapping = node.mapping else {
      throw place.bad("'goals' should list cells by goal", line: line, mend: "write a line like '  corner: [[9, 1]]'")
    }
    for (key, value) in mapping {
      let line = key.mark?.line ?? line
      let id = key.scalar?.string ?? ""
      guard let cells = value.sequence else { throw wrongCells(id, line) }
      goalLines[id] = line
      var read: [(x: Int, y: Int)] = []
      for cell in cells {
        guard let pair = cell.sequence, pair.count == 2 else { throw wrongCells(id, cell.mark?.line ?? line) }
        let cause = "a cell of goal '\(id)' is no pair of whole numbers"
        read.append((try number(pair[0], cause, line), try number(pair[1], cause, line)))
      }
      goals.append((id, read))
    }
  }

  private func wrongCells(_ id: String, _ line: Int?) -> FileProblem {
    place.bad("goal '\(id)' should have a list of cells", line: line, mend: "write one like [[9, 1], [8, 1]]")
  }

  private mutating func readMap(_ map: PlainYAML.MapBlock) {
    mapLine = map.line
    var lines = map.lines
    while lines.last?.allSatisfy({ $0 == " " }) == true { lines.removeLast() }
    let blank = lines.prefix { $0.allSatisfy { $0 == " " } }.count
    firstRowLine = map.line + 1 + blank
    let indentation = map.indentation ?? lines.dropFirst(blank).first?.prefix { $0 == " " }.count ?? 0
    isShaped = map.indentation != nil
    rows = lines.dropFirst(blank).map { String($0.dropFirst(indentation)) }
    isMapBroken = map.isBroken
  }

  /// The fields of a text that is nothing but a map.
  init(bareMap lines: [Substring], place: FilePlace) {
    self.place = place
    let isBlank = { (line: Substring) in line.allSatisfy { $0 == " " } }
    let first = lines.firstIndex { !isBlank($0) } ?? 0
    let last = lines.lastIndex { !isBlank($0) } ?? first
    let drawn = lines[first...max(first, last)]
    let indentation = drawn.filter { !isBlank($0) }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
    (mapLine, firstRowLine, isShaped) = (first + 1, first + 1, true)
    rows = drawn.map { String($0.dropFirst(indentation)) }
  }
}
