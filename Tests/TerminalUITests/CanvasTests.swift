import Testing

@testable import TerminalUI

@Suite("Canvas")
struct CanvasTests {
  @Test("nothing outside the page traps: layouts are computed from sizes that users choose")
  func outside() {
    var canvas = Canvas(size: Size(width: 3, height: 2))
    canvas[-1, 0] = Cell("a")
    canvas[3, 0] = Cell("b")
    canvas[0, 2] = Cell("c")
    canvas.put("long text", x: -2, y: 1)
    canvas.fill(Rect(x: 2, y: -5, width: 100, height: 6), Cell("#"))
    canvas.box(Rect(x: 0, y: 0, width: 1, height: 1), title: "t")
    canvas.blit(Canvas(size: .standard), at: Point(x: 3, y: 2))
    #expect(canvas[9, 9] == Cell())
    #expect(canvas.text() == "  #\nng")
    var none = Canvas(size: Size(width: -4, height: 7))
    none.put("x", x: 0, y: 0)
    #expect(none.text() == "\n\n\n\n\n\n")
  }

  @Test(
    "a title from a file can neither move the cursor nor push its neighbours aside",
    arguments: [
      ("\u{1B}[2J", "�[2J"), ("a\u{7}b", "a�b"), ("a\nb", "a�b"), ("\r\n", "�"), ("\u{9B}31m", "�31m"),
      ("日本", "日本"), ("🧀", "🧀"), ("👩‍🔬", "��"), ("🇩🇪", "��"), ("❤️", "��"), ("か\u{3099}x", "がx"), ("e\u{301}", "é"),
      ("é", "é"), ("x\u{301}", "�"),
      ("שלום", "����"), ("a\u{627}b", "a�b"), ("o\u{302}\u{301}", "ố"), ("\u{202E}abc", "�abc"),
      ("\u{200B}", "�"), ("\u{AD}", "�"), ("\u{E000}", "�"), ("⚑◉►", "⚑◉►"), ("⚡", "⚡"), ("\u{1F1E9}", "�"),
      ("\u{FFFF}x", "�x"), ("\u{FEFF}x", "�x"),
    ])
  func hostile(_ text: String, shown: String) {
    var canvas = Canvas(size: Size(width: 8, height: 1))
    canvas.put(text, x: 0, y: 0)
    #expect(canvas.text() == shown)
  }

  @Test("the subscript strips too: a legend may hold any scalar")
  func subscriptStrips() {
    var canvas = Canvas(size: Size(width: 1, height: 1))
    canvas[0, 0] = Cell("\u{1B}")
    #expect(canvas[0, 0].glyph == "\u{FFFD}")
  }

  @Test("put stops at its width and says where it stopped, so that columns line up")
  func width() {
    var canvas = Canvas(size: Size(width: 10, height: 1))
    #expect(canvas.put("abcdef", x: 1, y: 0, width: 3) == 4)
    #expect(canvas.put("xy", x: 4, y: 0) == 6)
    #expect(canvas.put("end", endingAt: 10, y: 0) == 7)
    #expect(canvas.text() == " abcxy end")
  }

  @Test("a wide letter takes two cells, and is never halved: not by an edge, a width, a clip or a letter over it")
  func wide() {
    var canvas = Canvas(size: Size(width: 6, height: 1))
    #expect(canvas.put("a日b", x: 0, y: 0) == 4)
    #expect(canvas[1, 0].glyph == "日" && canvas[2, 0].glyph == .secondHalf && canvas[3, 0].glyph == "b")
    #expect(canvas.put("日本", x: 3, y: 0) == 5)
    #expect(canvas.text() == "a日日")
    canvas[2, 0] = Cell("x")
    #expect(canvas.text() == "a x日")
    canvas[3, 0] = Cell("y")
    #expect(canvas.text() == "a xy")
    #expect(canvas.put("日本", x: 0, y: 0, width: 3) == 2)
    #expect(canvas.put("日", endingAt: 6, y: 0) == 4)
    #expect(canvas.text() == "日xy日")
    canvas.clipped(to: Rect(x: 1, y: 0, width: 2, height: 1)) { $0.put("本語", x: 0, y: 0) }
    #expect(canvas.text() == "  xy日")
    canvas.restyle(Rect(x: 4, y: 0, width: 1, height: 1)) { $0.attributes = .bold }
    canvas.restyle(Rect(x: 5, y: 0, width: 1, height: 1)) { $0.attributes = .dim }
    #expect(canvas[4, 0].style.attributes == .bold && canvas[5, 0].style.attributes == .bold)
    var page = Canvas(size: Size(width: 5, height: 1))
    page.blit(canvas, at: Point(x: -1, y: 0))
    #expect(page.text() == " xy日")
    page.blit(canvas, at: Point(x: -5, y: 0))
    #expect(page.text() == " xy日")
    #expect(page.rendered(with: .ascii).text() == " xy??")
    #expect(GlyphSet.ascii.text("日本 é") == "???? ?")
    #expect(page.ansi(depth: .mono) == "\u{1B}[1m \u{1B}[0mxy\u{1B}[1m日\u{1B}[0m")
    var frame = Canvas(size: Size(width: 9, height: 2))
    frame.box(frame.bounds, title: "日本語")
    #expect(frame.text() == "╭─ 日… ─╮\n╰───────╯")
  }

  @Test("text is measured, wrapped and cut by columns")
  func columns() {
    #expect(
      ["日本", "e\u{301}", "🧀", "👩‍🔬", "🇩🇪", "❤️", "ｱ", "Ａ", "…", "🌡", ""].map(\.columns) == [
        4, 1, 2, 2, 2, 2, 1, 2, 1, 1, 0,
      ])
    #expect("日本語".truncated(to: 6) == "日本語")
    #expect("日本語".truncated(to: 5) == "日本…")
    #expect("日本語".truncated(to: 4) == "日…")
    #expect("日本語 の a".wrapped(to: 5) == ["日本", "語 の", "a"])
    #expect("日本".wrapped(to: 1) == ["日", "本", ""])
    #expect("日本".prefix(columns: 3) == "日")
  }

  @Test("a frame shows title and hint, and drops the hint before the title")
  func box() {
    var canvas = Canvas(size: Size(width: 20, height: 6))
    canvas.box(Rect(x: 0, y: 0, width: 20, height: 3), title: "Runs", hint: "1-14")
    canvas.box(Rect(x: 0, y: 3, width: 12, height: 3), title: "Inspector", hint: "I")
    #expect(
      canvas.text() == """
        ╭─ Runs ───── 1-14 ╮
        │                  │
        ╰──────────────────╯
        ╭─ Inspec… ╮
        │          │
        ╰──────────╯
        """)
  }

  @Test("clipping confines a panel's drawing, and ends with the block")
  func clipping() {
    var canvas = Canvas(size: Size(width: 6, height: 2))
    canvas.clipped(to: Rect(x: 1, y: 0, width: 2, height: 1)) { panel in
      panel.put("abcdef", x: 0, y: 0)
      panel.put("abcdef", x: 0, y: 1)
    }
    canvas[5, 1] = Cell("!")
    #expect(canvas.text() == " bc\n     !")
  }

  @Test("SGR text changes only what differs and ends each row plain, so that it can be pasted anywhere")
  func ansi() {
    var canvas = Canvas(size: Size(width: 6, height: 2))
    let red = Style(.rgb(255, 0, 0), .bold)
    canvas.put("ab", x: 0, y: 0, style: red)
    canvas.put("c", x: 2, y: 0, style: Style(.rgb(255, 0, 0), on: .rgb(0, 0, 255)))
    canvas.put("d", x: 1, y: 1, style: Style(attributes: .reverse))
    #expect(
      canvas.ansi(depth: .trueColor)
        == "\u{1B}[1;38;2;255;0;0mab\u{1B}[22;48;2;0;0;255mc\u{1B}[0m\n \u{1B}[7md\u{1B}[0m")
    #expect(canvas.ansi(depth: .indexed256).hasPrefix("\u{1B}[1;38;5;196mab"))
    #expect(canvas.ansi(depth: .ansi16).hasPrefix("\u{1B}[1;91mab"))
    #expect(canvas.ansi(depth: .mono) == "\u{1B}[1mab\u{1B}[0mc\n \u{1B}[7md\u{1B}[0m")
  }

  @Test("rectangles divide without losing a cell")
  func rectangles() {
    let page = Rect(Size(width: 80, height: 24))
    #expect(page.columns([1, 2, 2]).map(\.width).reduce(0, +) == 80)
    #expect(page.split(bottom: 1).bottom == Rect(x: 0, y: 23, width: 80, height: 1))
    #expect(page.split(right: 100).rest.isEmpty)
    #expect(page.inset(by: 50).isEmpty)
    #expect(page.centered(Size(width: 20, height: 4)) == Rect(x: 30, y: 10, width: 20, height: 4))
    #expect(page.intersection(Rect(x: 70, y: 20, width: 20, height: 20)).size == Size(width: 10, height: 4))
    #expect(!page.contains(Point(x: 80, y: 0)))
  }
}
