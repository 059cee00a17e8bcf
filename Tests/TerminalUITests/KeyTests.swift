import Testing

@testable import TerminalUI

@Suite("Key")
struct KeyTests {
  static let all: [Key] =
    [
      .up, .down, .left, .right, .shiftUp, .shiftDown, .shiftLeft, .shiftRight, .enter, .escape, .backspace, .delete,
      .tab, .shiftTab, .home, .end, .pageUp, .pageDown, .insert, .function(1), .function(12), .control("p"),
    ] + (0x20..<0x7F).compactMap { Unicode.Scalar($0).map { Key.character(Character($0)) } }

  @Test("what help prints can be typed after --keys", arguments: all)
  func roundTrip(_ key: Key) throws {
    #expect(try Key(described: key.description) == key)
    #expect(!key.description.isEmpty)
  }

  @Test(
    "keys have the names people try",
    arguments: [
      ("space", Key.space), ("LEFT", .left), ("←", .left), ("^p", .control("p")), ("C-P", .control("p")),
      ("Ctrl-r", .control("r")), ("^I", .tab), ("C-m", .enter), ("shift-tab", .shiftTab), ("S-Left", .shiftLeft),
      ("f11", .function(11)), ("F", "F"), ("^", "^"), ("é", "é"), ("Return", .enter), ("Backspace", .backspace),
    ])
  func names(_ word: String, key: Key) throws { #expect(try Key(described: word) == key) }

  @Test(
    "a word that is no key is refused by name", arguments: ["", "spce", "F0", "F99", "^^", "C-", "C-1", "\u{7}", "日"])
  func unknown(_ word: String) {
    #expect(throws: UnknownKey.self) { try Key(described: word) }
  }

  @Test("a sequence is split on spaces, so the space bar has a name")
  func sequence() throws {
    #expect(try Key.sequence("Space d  , Left\n^P") == [.space, "d", ",", .left, .control("p")])
    #expect(try Key.sequence("") == [])
    let error = #expect(throws: UnknownKey.self) { try Key.sequence("d no\u{1B}[2Jpe d") }
    #expect(error?.description.contains("'no�[2Jpe'") == true)
  }
}

@Suite("Bindings")
struct BindingsTests {
  enum Command { case play, back, forward, seek, help, palette }

  static let table = Bindings<Command>([
    Binding([.space], .play, group: "Time", words: "play/pause", footer: "play"),
    Binding([",", .left], .back, group: "Time", words: "step", footer: "step"),
    Binding([".", .right], .forward, group: "Time", words: "step", footer: "step"),
    Binding(["0", "1"], .seek, group: "Time", words: "jump", footer: "jump", label: "0-9"),
    Binding([.control("P")], .palette, group: "Anywhere", words: "palette", footer: "palette"),
    Binding(["?", .function(1)], .help, group: "Anywhere", words: "help", footer: "help"),
  ])

  @Test("a key finds its command however its control letter was written")
  func dispatch() {
    #expect(Self.table.command(for: .control("p")) == .palette)
    #expect(Self.table.command(for: .control("P")) == .palette)
    #expect(Self.table.command(for: "x") == nil)
    #expect(Self.table.clashes.isEmpty)
  }

  @Test("one key with two commands is a clash; the same command twice is not")
  func clashes() {
    let table = Bindings<Command>([
      Binding(["a", .tab], .play, group: "", words: ""), Binding([.control("i")], .back, group: "", words: ""),
      Binding(["a"], .play, group: "", words: ""),
    ])
    #expect(table.clashes == [.tab])
    #expect(table.command(for: .tab) == .play)
  }

  @Test("the footer keeps its order, joins steps, and keeps help to the last")
  func footer() {
    func line(_ width: Int) -> String {
      Self.table.footer(width: width).map { "\($0.keys) \($0.words)" }.joined(separator: "  ")
    }
    #expect(line(80) == "Space play  ,. step  0-9 jump  ^P palette  ? help")
    #expect(line(40) == "Space play  ,. step  0-9 jump  ? help")
    #expect(line(6) == "? help")
    #expect(line(5) == "")
    for width in 0..<90 { #expect(line(width).count <= width) }
  }

  @Test("help lists all keys under their group")
  func help() {
    let groups = Self.table.help()
    #expect(groups.map(\.group) == ["Time", "Anywhere"])
    #expect(groups.last?.entries.map { "\($0.keys) \($0.words)" } == ["^P palette", "? F1 help"])
  }
}
