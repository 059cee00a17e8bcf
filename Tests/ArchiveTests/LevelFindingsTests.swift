import Archive
import Foundation
import Gridworlds
import Testing
import Worlds

/// All that is wrong with a text, sorted by line as people are told it: line and cause.
private func all(_ text: String, path: String = "levels/corner/a.yaml", world: String? = nil) -> [String] {
  LevelFile.read(Data(text.utf8), path: path, reference: "a", worldName: world, world: named).problems
    .sorted { ($0.line ?? .max) < ($1.line ?? .max) }.map { "\($0.line ?? 0) \($0.cause)" }
}

/// The map of a text without a fault, a row a line.
private func rows(_ text: String, path: String = "levels/corner/a.yaml", world: String? = nil) -> String? {
  let reading = LevelFile.read(Data(text.utf8), path: path, reference: "a", worldName: world, world: named)
  #expect(reading.problems.map(\.description) == [])
  return reading.level.map { LevelFile.rows(of: $0.level.map).joined(separator: "\n") }
}

@Suite("all problems of a level file") struct LevelFindingsTests {
  @Test("every kind of fault is named with its line, beside those of other kinds")
  func together() {
    #expect(
      all(
        """
        titel: a key
        steps: 0
        title: a: b
        goals:
          conrer: [[1, 1]]
          corner: [[99, 1]]
        note: "x
        map: |
          #######
          #A...Z#
          #.@@.A#
          #####

          #.....#
        """) == [
          "1 unknown key 'titel'", "2 steps is 0", "3 the text contains a ':'", "5 corner has no goal 'conrer'",
          "6 goal 'corner': the cell [99, 1] lies outside of the map", "7 a quoted text is not closed on its line",
          "8 the map has no cheese", "10 row 2, column 2: unknown letter 'A'", "10 row 2, column 6: unknown letter 'Z'",
          "11 the map has two agents (row 3, columns 3 and 4)", "12 row 4 has 5 cells where 7 were expected",
          "13 row 5 has 0 cells where 7 were expected",
        ])
  }

  @Test("what is wrong with bytes leaves the rest to be looked at")
  func bytes() {
    #expect(
      all("title: a\u{202E}b\u{200B}\nsteps: many\nmap: |\n  ####\n  #@.#\n  ####\n") == [
        "1 there is a control or invisible character U+202E", "2 'steps' should be a whole number",
        "3 the map has no cheese",
      ])
    #expect(all("title: x\ttab\nmap: |\n  #@*#\n").map { $0.prefix(1) } == ["1"])
  }

  @Test("three agents are two too many, a list that nothing closes ends at the next key")
  func counted() {
    #expect(all("map: |\n  @@@*\n").count == 2)
    #expect(
      all("goals:\n  corner: [[1, 1]\nmap: |\n  ####\n  #@.#\n  ####\n") == [
        "2 a list is not closed", "3 the map has no cheese",
      ])
  }

  @Test("one problem is thrown: the one that explains the others")
  func first() {
    let text = "map: |\n  #####\n  #A.*#\n  #####\n"
    #expect(all(text) == ["1 the map has no agent", "3 row 2, column 2: unknown letter 'A'"])
    let thrown = problem { () throws(FileProblem) in
      try LevelFile.parse(Data(text.utf8), path: "corner/a.yaml", reference: "a", world: named)
    }
    #expect(thrown?.contains("unknown letter 'A'") == true)
  }

  @Test("what is wrong in any world is told of an unknown one as well")
  func unknownWorld() {
    #expect(
      all("world: crner\nsteps: 0\ngoals:\n  corner: [[9, 9]]\nmap: |\n  ####\n  #@.#\n  #.@?#\n  ####\n") == [
        "1 there is no world 'crner'", "2 steps is 0", "4 goal 'corner': the cell [9, 9] lies outside of the map",
        "8 row 3 has 5 cells where 4 were expected", "8 the map has two agents (row 2 and row 3)",
      ])
  }

  @Test("however many faults a file has, a hundred are told")
  func many() {
    let text = (0..<5_000).map { "k\($0): x\n" }.joined() + "map: |\n  @*\n"
    #expect(all(text).count == 101)
  }

  @Test("a recording that is taken for a level is called one")
  func recording() {
    #expect(all("{\"format\":\"wayward-episode\"}\n") == ["0 this is a recording, and no level"])
    #expect(!all("{{{{\n").contains { $0.contains("recording") })
  }
}

@Suite("maps as they are pasted") struct PastedMapTests {
  private let plain = "#####\n#@.*#\n#####"

  @Test(
    "blanks between letters, line ends of Windows and blanks at ends mean nothing",
    arguments: [
      "map: |\n  # # # # #\n  # @ . * #\n  # # # # #\n", "map: |\n  # # # # # \n  # @ . * #   \n  # # # # #\n\n",
      "map: |\r\n  #####\r\n  #@.*#  \r\n  #####\r\n", "map: |2-\n  #####\n  #@.*#\n  #####",
      "map: |\n      #####\n      #@.*#\n      #####\n  \n",
    ])
  func spaced(_ text: String) { #expect(rows(text) == plain) }

  @Test("where blanks belong to the map, those outside are walls")
  func shaped() {
    #expect(
      rows("map: |2\n    #####\n  ###...#\n  #.@.*.#\n  #####\n", path: "corner/a.yaml")
        == "#######\n###...#\n#.@.*.#\n#######")
    #expect(all("map: |\n  #####\n   #@*#\n  #####\n") == ["3 row 2, column 1: a blank, which is no letter"])
    #expect(all("map: |2\n  #####\n  #@ *#\n  #####\n") == ["3 row 2, column 3: a blank, which is no letter"])
    #expect(all("map: |2\n  #####\n #@.*#\n  #####\n").first?.hasPrefix("3 this line is indented less") == true)
    // A short row is named: nobody knows which cell is missing.
    #expect(all("map: |\n  #####\n  #@*#\n  #####\n") == ["3 row 2 has 4 cells where 5 were expected"])
  }

  @Test("a file that is nothing but a map takes its world from its folder, or is told it")
  func bare() {
    #expect(rows(plain) == plain && rows("\n" + plain + "\n\n") == plain)
    #expect(rows("# # # # #\n# @ . * #\n# # # # #\n", path: "a.txt", world: "corner") == plain)
    #expect(rows("    ###\n  ###.#\n  #@.*#\n  #####\n", path: "a", world: "corner") == "#####\n###.#\n#@.*#\n#####")
    #expect(all(plain, path: "a.yaml") == ["0 the file names no world, and neither does its folder"])
    #expect(all("#####\n#A.*#\n#####\n").map { $0.prefix(2) } == ["1 ", "2 "])
    #expect(
      problem { () throws(FileProblem) in
        try LevelFile.parse(
          Data("world: corner\nmap: |\n  @*\n".utf8), path: "a", reference: "a", worldName: "keys", world: named)
      } == "a:1: the file names the world corner; leave --world out")
  }
}
