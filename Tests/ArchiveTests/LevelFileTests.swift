import Archive
import Foundation
import Gridworlds
import Testing
import Worlds

private func parse(_ text: String, path: String = "levels/corner/first.yaml") throws(FileProblem) -> Level {
  try LevelFile.parse(Data(text.utf8), path: path, reference: "corner/first", world: named).level
}

private let map = "map: |\n  #####\n  #@.*#\n  #####\n"

@Suite("level files") struct LevelFileTests {
  @Test("a file says all that a level holds")
  func whole() throws {
    let text = """
      # A comment
      world: corner-13
      title: "Cheese: the first"
      note: |
        Two lines,
        one & two *stars*.
      steps: 20
      goals:
        corner: [[1, 1], [2, 1]]
      map: |
        #####
        #@.*#
        #####
      """
    let level = try parse(text, path: "elsewhere.yaml")
    #expect(level.world == "corner-13")
    #expect(level.title == "Cheese: the first")
    #expect(level.note == "Two lines,\none & two *stars*.")
    #expect(level.timeLimit == 20)
    #expect(level.targets == [[Position(x: 3, y: 1)], [Position(x: 1, y: 1), Position(x: 2, y: 1)]])
    #expect(level.reference == "corner/first")
    #expect(level.start == Position(x: 1, y: 1))
  }

  @Test(
    "what editors leave behind changes nothing",
    arguments: [
      "\u{FEFF}" + map, map.replacingOccurrences(of: "\n", with: "\r\n"), "---\n" + map, "\n\n" + map + "\n\n",
      map.replacingOccurrences(of: "#\n", with: "#  \n"), map.replacingOccurrences(of: "|\n", with: "|-\n\n"),
      map.replacingOccurrences(of: "  #", with: "    #"), "goals: {\n  corner: [\n [3, 1] ] }\n" + map,
    ])
  func forgiving(_ text: String) throws {
    #expect(try LevelFile.rows(of: parse(text).map) == ["#####", "#@.*#", "#####"])
  }

  @Test("the folder names the world only where the file does not")
  func folder() throws {
    #expect(try parse("world: corner-7\n" + map).world == "corner-7")
    #expect(try parse(map).world == "corner")
    #expect(
      problem { () throws(FileProblem) in try parse(map, path: "first.yaml") }
        == "first.yaml: the file names no world, and neither does its folder; add a line like 'world: corner', or say --world corner"
    )
  }

  @Test(
    "a level printed parses back to an equal one",
    arguments: [
      ("", ""), ("A title", "One line"), ("Yes", "two\n\nlines"), ("a: b # c", "ends in a line feed\n"),
      ("\"quoted\" \\ and 'so'", "  indented"), ("- dash", "*stars* & \"more\"\n  two"), ("null", " "),
      ("é ∑ 🧀", "a\n \nb"),
      ("#", "\nfirst empty"), ("ends in:", "tail \n  "), ("a\u{301}", "|"), ("1e5", "---"),
    ])
  func roundTrip(title: String, note: String) throws {
    for seed in 0..<3 as Range<UInt64> {
      let world = Corner(size: 9)
      let drawn = world.generate(.shifted, seed: seed)
      for targets in [[:], ["corner": [drawn.start]], ["corner": []]] {
        let level = try Level(
          of: world, reference: "corner/first", title: title, note: note, map: drawn.map, targets: targets,
          timeLimit: 30 + Int(seed))
        #expect(try parse(LevelFile.print(level, of: world)) == level)
      }
    }
  }

  @Test("every world's levels print and parse back", arguments: Catalogue.worlds.indices)
  func catalogue(_ index: Int) throws {
    let world = Catalogue.worlds[index]
    for split in Split.allCases {
      let level = world.generate(split, seed: 7)
      let data = Data(LevelFile.print(level, of: world).utf8)
      #expect(try LevelFile.parse(data, path: "a.yaml", reference: level.reference, world: named).level == level)
    }
  }

  @Test("every level of this repository parses, prints and parses back")
  func repository() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("levels").path
    let library = try Library(levelsOption: root, environment: [:], executable: nil)
    let entries = library.families.flatMap { library.levels(of: $0) }
    #expect(entries.count > 50)
    for entry in entries {
      let (world, level) = try library.level(entry.reference, world: named)
      let printed = Data(LevelFile.print(level, of: world).utf8)
      let again = try LevelFile.parse(printed, path: "a.yaml", reference: entry.reference, world: named)
      #expect(again.level == level, "\(entry.path)")
    }
  }

  @Test("what could move a cursor is left out of printed files")
  func hostilePrint() throws {
    let world = Corner()
    let level = try Level(
      of: world, reference: "corner/first", title: "a\u{1B}[2Jb\u{202E}c", note: "x\u{7}\ny",
      map: world.generate(.training, seed: 1).map)
    let again = try parse(LevelFile.print(level, of: world))
    #expect(again.title == "abc")
    #expect(again.note == "x\ny")
  }
}
