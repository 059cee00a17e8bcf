import Archive
import Foundation
import Testing

@Suite("Settings files")
struct SettingsFileTests {
  private func read(_ text: String) throws -> SettingsFile {
    try SettingsFile(Data(text.utf8), path: "settings.yaml")
  }

  @Test("each setting has the keys that lead to it, and its line")
  func entries() throws {
    let file = try read("# mine\ntheme: light\nkeys:\n  replay:\n    step-forward: \". l\"\n")
    #expect(
      file.entries == [
        .init(path: ["theme"], value: "light", line: 2),
        .init(path: ["keys", "replay", "step-forward"], value: ". l", line: 5),
      ])
  }

  @Test("a file of comments alone sets nothing", arguments: ["", "# nothing\n", "\n\n# a\n"])
  func empty(_ text: String) throws { #expect(try read(text).entries.isEmpty) }

  @Test(
    "what is no list of short texts is refused with its line",
    arguments: [
      ("theme: [dark]\n", 1), ("theme: dark\nkeys: &a\n  replay:\n", 2),
      ("a:\n  b:\n    c:\n      d:\n        e: f\n", 5),
      ("theme: dark\ntheme: light\n", 2), ("nothing\n", 1),
    ])
  func refused(_ text: String, _ line: Int) throws {
    let file = try read(text + "mouse: off\n")
    #expect(file.problems.map(\.line) == [line], "\(file.problems)")
    #expect(file.problems.allSatisfy { !$0.mend.isEmpty })
    #expect(file.entries.contains { $0.path == ["mouse"] }, "the other lines stand")
  }

  @Test("a line with a byte that is no UTF-8 is left out by its line, and the others stand")
  func latin() throws {
    let bytes = Data("theme: light\n# caf".utf8) + [0xE9] + Data("\nmouse: off\ntitle: ".utf8) + [0xE9]
    let file = try SettingsFile(bytes, path: "settings.yaml")
    #expect(file.entries.map(\.path) == [["theme"], ["mouse"]] && file.entries.map(\.line) == [1, 3])
    #expect(
      file.problems.map(\.description) == [
        "settings.yaml:2: byte 18 is not UTF-8; save the file as UTF-8",
        "settings.yaml:4: byte 38 is not UTF-8; save the file as UTF-8",
      ])
  }

  @Test("each wrong line is said, and what is right around it stands")
  func several() throws {
    let file = try read(
      "theme: a: b\nmouse: off\nkeys:\n  replay:\n    first: [x\n    last: \"e\"\n    last: \"f\"\n  gallery: &a\n    up: k\n"
        + "speed: \"8\n\tascii: on\nanimation: on\n")
    #expect(file.problems.compactMap(\.line).sorted() == [1, 5, 7, 8, 10, 11])
    #expect(file.entries.map { $0.path.joined(separator: ".") } == ["mouse", "keys.replay.last", "animation"])
  }

  @Test("bytes from anywhere are refused or read, and never end the program")
  func noise() {
    var state: UInt64 = 7
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
    let seed = Array("theme: dark\nkeys:\n  replay:\n    first: \"g Home\"\n".utf8)
    var (taken, refused) = (0, 0)
    for _ in 0..<400 {
      var bytes = seed
      for _ in 0..<(next() % 6) { bytes[Int(next() % UInt64(bytes.count))] = UInt8(next() % 256) }
      if next() % 3 == 0 { bytes = Array(bytes.prefix(Int(next() % UInt64(bytes.count)))) }
      do throws(FileProblem) {
        let file = try SettingsFile(Data(bytes), path: "x")
        #expect(file.entries.count <= 4)
        #expect(file.problems.allSatisfy { !$0.mend.isEmpty })
        if file.problems.isEmpty { taken += 1 } else { refused += 1 }
      } catch {
        #expect(!error.mend.isEmpty)
        refused += 1
      }
    }
    #expect(taken > 20 && refused > 20)
  }
}
