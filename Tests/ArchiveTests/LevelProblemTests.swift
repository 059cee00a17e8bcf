import Archive
import Foundation
import Gridworlds
import Testing
import Worlds

private let path = "levels/corner/first.yaml"
private let map = "map: |\n  #####\n  #@.*#\n  #####\n"

private func line(_ text: String) -> String? { line(Data(text.utf8)) }

private func line(_ bytes: Data) -> String? {
  problem { () throws(FileProblem) in
    try LevelFile.parse(bytes, path: path, reference: "corner/first", world: named)
  }
}

@Suite("problems of level files") struct LevelProblemTests {
  @Test("a goal out of reach is a fault, except where an agent may abstain")
  func abstention() throws {
    func line(_ world: String, _ row: String) -> String? {
      problem { () throws(FileProblem) in
        try LevelFile.parse(
          Data("world: \(world)\nmap: |\n  #####\n  #\(row)#\n  #####\n".utf8), path: "a.yaml", reference: "a",
          world: named)
      }
    }
    let refused = "a.yaml:4: no way from the agent to the dry-cheese; open one or move the agent"
    #expect(line("lava", "@~*") == nil)
    #expect(line("lava", "@#*") == refused)
    #expect(line("lava-lethal", "@~*") == refused)
  }

  @Test(
    "a map's fault is named by the line in the file",
    arguments: [
      (
        "map: |\n  #####\n  #@.*#\n  #.%.#\n  #####\n",
        ":4: row 3, column 3: unknown letter '%'; the letters are: # wall, . floor, @ agent, * cheese"
      ),
      (
        "title: x\nmap: |\n  #####\n  #@.*#\n  #P..#\n  #####\n",
        ":5: row 3, column 2: unknown letter 'P'; the letters are: # wall, . floor, @ agent, * cheese"
      ),
      (
        "map: |\n  ####\n  #@é#\n  ####\n",
        ":3: row 2, column 3: unknown letter 'é'; the letters are: # wall, . floor, @ agent, * cheese"
      ),
      (
        "# c\nmap: |\n  #####\n  #@.*#\n  #...#\n  #..@#\n  #####\n",
        ":6: the map has two agents (row 2 and row 4); keep one"
      ),
      ("map: |\n  #####\n  #@@*#\n  #####\n", ":3: the map has two agents (row 2, columns 2 and 3); keep one"),
      ("map: |\n  ####\n  #.*#\n  ####\n", ":1: the map has no agent; put one '@' where it starts"),
      ("title: x\n\nmap: |\n  ####\n  #@.#\n  ####\n", ":3: the map has no cheese; put a '*' where it lies"),
      (
        "map: |\n  #####\n  #*###\n  ###@#\n  #####\n",
        ":4: no way from the agent to the cheese; open one or move the agent"
      ),
      (
        "map: |\n\n  #####\n  #@.*#\n  #####\n  ####\n",
        ":6: row 4 has 4 cells where 5 were expected; make all rows equally long"
      ),
      ("map: |\n  ####\n  #####\n  #@.*#\n", ":2: row 1 has 4 cells where 5 were expected; make all rows equally long"),
      ("map: |\n  #@*#\n\n  ####\n", ":3: row 2 has 0 cells where 4 were expected; make all rows equally long"),
      ("map: |\n", ":1: the map is empty; draw it, one row a line"),
      ("map: |\n  \n", ":1: the map is empty; draw it, one row a line"),
      (
        "map: |\n   #####\n   #@.*#\n  #####\n",
        ":4: this line is indented less than the first line of its text; indent them alike, or write 'map: |2' "
          + "where the blanks belong to the map"
      ),
      ("map: |\n #####\n#@.*#\n", ":3: this row of the map is not indented; put two spaces before every row"),
      ("map: |\n#####\n#@.*#\n", ":2: this row of the map is not indented; put two spaces before every row"),
      ("map: |\n  #@*#\n@..#\n", ":3: this is no 'key: value'; write a key, a colon and a space"),
    ])
  func maps(text: String, expected: String) { #expect(line(text) == path + expected) }

  @Test("sides end at 1,024")
  func large() {
    let wide = "map: |\n  @*" + String(repeating: ".", count: 1023) + "\n"
    #expect(line(wide) == "\(path):1: the map has 1025 columns and 1 rows; at most 1024 of each are allowed")
    let tall = "map: |\n  @*\n" + String(repeating: "  ..\n", count: 1024)
    #expect(line(tall) == "\(path):1: the map has 2 columns and 1025 rows; at most 1024 of each are allowed")
    let many = "map: |\n" + String(repeating: "  " + String(repeating: "*", count: 100) + "\n", count: 11) + "  @"
    #expect(
      line(many + String(repeating: ".", count: 99) + "\n")
        == "\(path):1: goal 'cheese' has 1100 cells; at most 1024 are allowed")
  }

  @Test(
    "a key's fault says what would do",
    arguments: [
      (
        "titel: x\n" + map,
        ":1: unknown key 'titel'; did you mean 'title'? the keys are: world, title, note, steps, goals, map"
      ),
      ("x: 1\n" + map, ":1: unknown key 'x'; the keys are: world, title, note, steps, goals, map"),
      ("title: a\n" + map + "title: b\n", ":6: the key 'title' stands here again, after line 1; keep one"),
      ("title: x\n", ": there is no map; write 'map: |' and the map below it"),
      ("map: #@.*#\n", ":1: 'map' should be a block text; write 'map: |' and the map below it"),
      ("map: >\n  #@.*#\n", ":1: 'map' should be a block text; write 'map: |' and the map below it"),
      ("map:\n  - \"#@.*#\"\n", ":1: 'map' should be a block text; write 'map: |' and the map below it"),
      ("title: [a]\n" + map, ":1: 'title' should be a text; write one"),
      ("note:\n  a: b\n" + map, ":1: 'note' should be a text; write one"),
      ("steps: many\n" + map, ":1: 'steps' should be a whole number; write digits alone"),
      ("steps: 1.5\n" + map, ":1: 'steps' should be a whole number; write digits alone"),
      ("steps: 0\n" + map, ":1: steps is 0; choose a number from 1 to 1000000"),
      ("\nsteps: 1000001\n" + map, ":2: steps is 1000001; choose a number from 1 to 1000000"),
      ("steps: 99999999999999999999\n" + map, ":1: 'steps' should be a whole number; write digits alone"),
      (
        "world: maze\n" + map,
        ":1: there is no world 'maze'; there are: "
          + Catalogue.families.map(\.name).joined(separator: ", ")
      ),
      ("goals: 3\n" + map, ":1: 'goals' should list cells by goal; write a line like '  corner: [[9, 1]]'"),
      ("goals:\n  corner: 3\n" + map, ":2: goal 'corner' should have a list of cells; write one like [[9, 1], [8, 1]]"),
      (
        "goals:\n  corner: [[1]]\n" + map,
        ":2: goal 'corner' should have a list of cells; write one like [[9, 1], [8, 1]]"
      ),
      (
        "goals:\n  corner: [[1, a]]\n" + map,
        ":2: a cell of goal 'corner' is no pair of whole numbers; write digits alone"
      ),
      (
        "goals:\n  corner: [[9, 1]]\n" + map,
        ":2: goal 'corner': the cell [9, 1] lies outside of the map; columns go from 0 to 4, rows from 0 to 2"
      ),
      (
        "goals:\n  corner: [[70000, -1]]\n" + map,
        ":2: goal 'corner': the cell [70000, -1] lies outside of the map; columns go from 0 to 4, rows from 0 to 2"
      ),
      (
        "goals:\n  conrer: [[1, 1]]\n" + map,
        ":2: corner has no goal 'conrer'; did you mean 'corner'? its proxies are: corner"
      ),
      (
        "goals:\n  cheese: [[1, 1]]\n" + map,
        ":2: 'cheese' is the intended goal, which the map alone places; draw it in the map"
      ),
      ("goals:\n  corner: []\n  corner: []\n" + map, ":3: the key 'corner' stands here again, after line 2; keep one"),
      ("title: \"a\\eb\"\n" + map, ":1: 'title' holds a control or invisible character; delete it"),
      (
        "title: \(String(repeating: "x", count: 201))\n" + map,
        ":1: 'title' has 201 characters; at most 200 are allowed"
      ),
    ])
  func keys(text: String, expected: String) { #expect(line(text) == path + expected) }

  @Test(
    "only plain YAML is read",
    arguments: [
      ("title: &a x\nnote: *a\n" + map, ":1: a YAML anchor; write the value out, or put the text in quotes"),
      ("note: *a\n" + map, ":1: a YAML alias; write the value out, or put the text in quotes"),
      ("goals: {corner: &a [*a]}\n" + map, ":1: a YAML anchor; write the value out, or put the text in quotes"),
      ("goals: {\n  corner: [*a]}\n" + map, ":2: a YAML alias; write the value out, or put the text in quotes"),
      ("&a title: x\n" + map, ":1: a YAML anchor; write the value out, or put the text in quotes"),
      ("title: x\n  *a\n" + map, ":2: a YAML alias; write the value out, or put the text in quotes"),
      ("title: !!str x\n" + map, ":1: a YAML tag; delete it, or put the text in quotes"),
      ("%YAML 1.2\n---\n" + map, ":1: a YAML directive; delete the line"),
      (map + "---\n" + map, ":5: a second document begins here; put each level into a file of its own"),
      (map + "...\n", ":5: a mark of the document's end; delete the line"),
      ("--- &a\n" + map, ":1: something follows '---'; write it on a line of its own"),
      ("? a\n: b\n" + map, ":1: this is no 'key: value'; write a key, a colon and a space"),
      ("goals:\n  ? *a\n  : 1\n" + map, ":2: '?' cannot stand here; put the text in quotes"),
      (
        "title: \"a\n  &b\"\n" + map,
        ":1: a quoted text is not closed on its line; close it, or write '|' and the text below"
      ),
      ("title: \"a\" b\n" + map, ":1: something follows the quoted text; put all of it in quotes"),
      ("title: a: b\n" + map, ":1: the text contains a ':'; put it in quotes"),
      ("title: | x\n" + map, ":1: something follows '|'; begin the text on the next line"),
      ("goals: [[[[[[[[[\n", ":1: lists are nested deeper than 8; write cells as [x, y]"),
      ("goals:\n  - - - - 1\n" + map, ":2: lists are nested too deeply; write cells as [x, y]"),
      ("goals: [1\n" + "  2\n", ":1: a list is not closed; close it with ']' or '}'"),
      ("goals: [1]]\n" + map, ":1: a bracket closes what nothing opened; delete it"),
      ("goals: [\"a\"]\n" + map, ":1: '\"' cannot stand here; put the text in quotes"),
      (
        "goals:\n                  a: b\n" + map,
        ":2: this line is indented by 18; indent by two, or write 'key: |' for a text"
      ),
      ("- a\n- b\n", ":1: the file is no list of 'key: value'; begin with 'map: |'"),
      (
        "goals:\n    a: 1\n  b: 2\n" + map,
        ":3: YAML: did not find expected key; look around it for a missing colon, quote or indent"
      ),
    ])
  func yaml(text: String, expected: String) { #expect(line(text) == path + expected) }

  @Test(
    "bytes that no text holds are named by code and line",
    arguments: [
      ("", ": the file is empty; write at least 'map: |' and a map below it"),
      (" \n\r\n", ": the file is empty; write at least 'map: |' and a map below it"),
      ("# only this\n", ": the file says nothing: it has no 'key: value'; begin with 'map: |'"),
      ("title: a\u{1B}[2J\n" + map, ":1: there is a control or invisible character U+001B; delete it"),
      ("\ntitle: a\0\n" + map, ":2: there is a control or invisible character U+0000; delete it"),
      ("title: a\u{202E}b\n" + map, ":1: there is a control or invisible character U+202E; delete it"),
      ("title: a\u{2028}b\n" + map, ":1: there is a control or invisible character U+2028; delete it"),
      ("title: a\u{85}b\n" + map, ":1: there is a control or invisible character U+0085; delete it"),
      ("title: a\u{200B}b\n" + map, ":1: there is a control or invisible character U+200B; delete it"),
      ("title: a\n\u{FEFF}" + map, ":2: there is a control or invisible character U+FEFF; delete it"),
      ("title: a\rmap: b", ":1: there is a control or invisible character U+000D; delete it"),
      ("map: |\n\t###\n", ":2: there is a tab; write spaces"),
    ])
  func characters(text: String, expected: String) { #expect(line(text) == path + expected) }

  @Test("bytes that are not UTF-8 are counted")
  func encoding() {
    #expect(
      line(Data("title: a\nnote: ".utf8) + [0xC3, 0x28]) == "\(path):2: byte 15 is not UTF-8; save the file as UTF-8")
    #expect(line(Data("é".utf8) + [0xED, 0xA0, 0x80]) == "\(path):1: byte 2 is not UTF-8; save the file as UTF-8")
  }

  @Test("2 MB are the limit")
  func size() {
    let data = Data(repeating: 0x20, count: LevelFile.largestSize + 1)
    #expect(line(data) == "\(path): the file has more than 2 MB; only smaller files are read")
  }

  @Test("a bomb of aliases is refused before anything expands it")
  func bomb() {
    var text = "a: &a [x, x, x, x, x, x, x, x, x]\n"
    for (name, last) in zip("bcdefghi", "abcdefgh") {
      text += "? &\(name) [*\(last), *\(last), *\(last), *\(last), *\(last), *\(last), *\(last), *\(last)]\n: 1\n"
    }
    #expect(line(text + map) == "\(path):1: a YAML anchor; write the value out, or put the text in quotes")
  }
}
