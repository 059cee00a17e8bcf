import TerminalUI
import Testing

@Suite("Canvas")
struct CanvasTests {
  private let style = Style()

  @Test("text is cut at its width and at the edges, and nothing outside traps")
  func cut() {
    var canvas = Canvas(size: Size(width: 6, height: 2))
    #expect(canvas.put("abcdef", x: 3, y: 0, style: style) == 6)
    #expect(canvas.put("abc", x: 0, y: 1, style: style, width: 2) == 2)
    canvas.put("x", x: -5, y: 0, style: style)
    canvas.put("x", x: 0, y: 99, style: style)
    canvas[-1, 7] = Cell(glyph: "x")
    canvas.fill(Rect(x: -3, y: -3, width: 4, height: 4), Cell(glyph: "#"))
    #expect(canvas.text() == "#  abc\nab")
    #expect(canvas[100, 100] == Cell())
  }

  @Test(
    "what would not be one column wide never reaches the screen",
    arguments: [
      "\u{1B}", "\u{7}", "\n", "\u{9B}", "\u{202E}", "\u{200D}", "e\u{301}".unicodeScalars.last.map(String.init)!, "漢",
      "🧀", "\u{FEFF}",
    ])
  func plain(_ text: String) {
    var canvas = Canvas(size: Size(width: 4, height: 1))
    canvas.put(text, x: 0, y: 0, style: style)
    #expect(canvas.text() == "?")
  }

  @Test("a box has its title at the left and its hint at the right")
  func box() {
    var canvas = Canvas(size: Size(width: 24, height: 3))
    canvas.box(Rect(x: 0, y: 0, width: 24, height: 3), title: "Title", hint: "hint", style: style, titleStyle: style)
    #expect(
      canvas.text() == """
        ╭─ Title ─────── hint ─╮
        │                      │
        ╰──────────────────────╯
        """)
  }

  @Test("a box without room for it is not drawn, and does not trap", arguments: 0..<8)
  func tinyBox(_ side: Int) {
    var canvas = Canvas(size: Size(width: 4, height: 4))
    canvas.box(Rect(x: 0, y: 0, width: side, height: side), title: "long title", style: style, titleStyle: style)
    #expect(canvas.size.width == 4)
  }

  @Test("lines break at spaces, and words longer than a line inside")
  func wrapping() {
    #expect(wrap("one two three", width: 7) == ["one two", "three"])
    #expect(wrap("abcdefgh", width: 3) == ["abc", "def", "gh"])
    #expect(wrap("a\n\nb", width: 5) == ["a", "", "b"])
    #expect(wrap("anything", width: 0).isEmpty)
  }

  @Test("a row of one style carries one sequence, and ends in a reset")
  func ansi() {
    var canvas = Canvas(size: Size(width: 2, height: 1))
    canvas.put("ab", x: 0, y: 0, style: Style(.rgb(255, 0, 0), on: .rgb(0, 0, 0), .bold))
    #expect(canvas.ansi(depth: .trueColor) == "\u{1B}[0;1;38;2;255;0;0;48;2;0;0;0mab\u{1B}[0m")
    #expect(canvas.ansi(depth: .indexed256) == "\u{1B}[0;1;38;5;196;48;5;16mab\u{1B}[0m")
    #expect(canvas.ansi(depth: .mono) == "\u{1B}[0;1mab\u{1B}[0m")
  }

  @Test("colours that xterm has are found exactly, greys as greys")
  func palette() {
    for red in [0, 95, 135, 175, 215, 255] as [UInt8] {
      let index = 16 + 36 * ([0, 95, 135, 175, 215, 255].firstIndex(of: red) ?? 0)
      if red != 0 { #expect(Color.rgb(red, 0, 0).index256 == UInt8(index)) }
    }
    #expect(Color.rgb(18, 18, 18).index256 == 233)
    #expect(Color.rgb(128, 128, 128).index256 == 244)
    #expect(Color.rgb(255, 85, 85).index16 == 9)
    #expect(Color.standard.index256 == nil)
  }

  @Test("half a mixture lies half-way")
  func blending() {
    #expect(Color.rgb(0, 100, 200).blended(with: .rgb(100, 200, 0), share: 0.5) == .rgb(50, 150, 100))
    #expect(Color.standard.blended(with: .rgb(1, 2, 3), share: 0.5) == .standard)
  }
}

@Suite("Keys")
struct KeyTests {
  @Test(
    "a key's name reads back as the key",
    arguments: [
      .character("d"), .character(" "), .character(","), .character("^"), .up, .shiftLeft, .enter, .escape, .backspace,
      .tab, .shiftTab, .home, .pageDown, .delete, .insert, .function(1), .function(12), .control("z"),
    ] as [Key])
  func names(_ key: Key) {
    #expect(Key(named: key.description) == key)
  }

  @Test("a sequence has spaces between its names, and says which name is none")
  func sequences() throws {
    #expect(
      try Key.sequence("Space , , d q") == [
        .character(" "), .character(","), .character(","), .character("d"), .character("q"),
      ])
    #expect(throws: UnknownKey.self) { try Key.sequence("d Sapce") }
  }

  @Test("the footer keeps its last entry, the way out, when the others do not fit")
  func footer() {
    let bindings = Bindings<Int>([
      .init("a", 1, "G", "first", footer: "first"), .init("b", 2, "G", "second", footer: "second"),
      .init("q", 3, "G", "out", footer: "out"),
    ])
    #expect(bindings.footer(width: 80).map(\.words) == ["first", "second", "out"])
    #expect(bindings.footer(width: 16).map(\.words) == ["first", "out"])
    #expect(bindings.footer(width: 3).map(\.words) == ["out"])
  }

  @Test("two meanings of one key are found")
  func clashes() {
    let bindings = Bindings<Int>([.init("a b", 1, "G", "one"), .init("b c", 2, "G", "two")])
    #expect(bindings.clashes == [.character("b")])
  }
}
