import Testing

@testable import TerminalUI

@Suite("Widgets")
struct WidgetTests {
  @Test("a bar shows eighths, and never nothing for something")
  func bar() {
    #expect(Bar.text(0.47, width: 8) == "███▊")
    #expect(Bar.text(0.0001, width: 8) == "▏")
    #expect(Bar.text(1, width: 3) == "███")
    #expect(Bar.text(9, width: 3) == "███")
    #expect(Bar.text(0, width: 3) == "")
    #expect(Bar.text(.nan, width: 3) == "")
  }

  @Test("a sparkline keeps what its reader looks for: the dip, the peak or the mean")
  func sparkline() {
    #expect(Sparkline.text([0, 1, 2, 3, 4, 5, 6, 7]) == "▁▂▃▄▅▆▇█")
    #expect(Sparkline.text([0, 9, 0, 0], width: 2, range: 0...9, reduction: .maximum) == "█▁")
    #expect(Sparkline.text([9, 9, 9, 0], width: 2, range: 0...9, reduction: .minimum) == "█▁")
    #expect(Sparkline.text([0, 8, 4, 4], width: 2, range: 0...8) == "▅▅")
    #expect(Sparkline.text([5, .nan, 5]) == "▁ ▁")
    #expect(Sparkline.text([]) == "")
    #expect(Sparkline.worst([0, 0, 3, 0, 1], width: 2, by: >) == [0, 3])
  }

  @Test("text breaks at spaces, and a long word is cut rather than lost")
  func wrapping() {
    #expect("the agent is steering by the corner".wrapped(to: 12) == ["the agent is", "steering by", "the corner"])
    #expect("abcdefghij kl".wrapped(to: 4) == ["abcd", "efgh", "ij", "kl"])
    #expect("a\n\n  b c".wrapped(to: 9) == ["a", "", "  b c"])
    #expect("".wrapped(to: 5) == [""])
    #expect("abc".wrapped(to: 0) == [])
    #expect("corner".truncated(to: 4) == "cor…")
  }

  @Test("the chosen row is always in sight, and the bar tells where in the list one is")
  func list() {
    var list = ScrollingList(count: 10)
    list.move(by: 6)
    var canvas = Canvas(size: Size(width: 8, height: 4))
    list.draw(into: &canvas, in: canvas.bounds) { row, isSelected in ("\(isSelected ? "▸" : " ")row \(row)", Style()) }
    #expect(canvas.text() == " row 3 │\n row 4 █\n row 5 │\n▸row 6 │")
    list.settle(height: 4)
    list.move(by: -2)
    #expect(list.visible(height: 4) == 3..<7)
    #expect(list.row(at: 1, height: 4) == 4)
    list.count = 2
    #expect(list.selection == 1)
    #expect(list.visible(height: 4) == 0..<2)
    list.count = 0
    #expect(list.visible(height: 4).isEmpty)
  }

  @Test("help is drawn from the bindings themselves")
  func help() {
    var canvas = Canvas(size: Size(width: 52, height: 8))
    canvas.help(BindingsTests.table, title: "Help: Replay", hint: "Esc", in: canvas.bounds)
    canvas.footer(BindingsTests.table, y: 7)
    #expect(
      canvas.text() == """
        ╭─ Help: Replay ────────────────────────────── Esc ╮
        │                                                  │
        │ Time      Space play/pause   , ← . → step        │
        │           0-9 jump                               │
        │                                                  │
        │ Anywhere  ^P palette   ? F1 help                 │
        │                                                  │
        Space play  ,. step  0-9 jump  ^P palette  ? help
        """)
  }

  @Test("a curve is drawn with axes whose numbers are round")
  func plot() {
    var canvas = Canvas(size: Size(width: 24, height: 8))
    let plot = LinePlot(
      [.init((0...20).map { Double($0) / 20 })], horizontal: 0...200_000, vertical: 0...1, title: "return",
      caption: "steps")
    plot.draw(into: &canvas, in: canvas.bounds)
    #expect(
      canvas.text() == """
        return
        1┤                  ⣀⠤⠒⠉
         │             ⢀⡠⠔⠊⠉
         │        ⣀⠤⠔⠒⠊⠁
         │    ⣀⠤⠒⠉
        0┤⡠⠔⠊⠉
         └──────────────────────
          0      steps      200k
        """)
  }

  @Test("values that are not numbers leave a gap, and a flat curve lies in the middle")
  func oddPlots() {
    var canvas = Canvas(size: Size(width: 20, height: 6))
    LinePlot([.init([.nan, .infinity]), .init([3, 3, 3]), .init([])]).draw(into: &canvas, in: canvas.bounds)
    LinePlot([.init([1, 2])]).draw(into: &canvas, in: Rect(x: 0, y: 0, width: 3, height: 2))
    #expect(canvas.text().contains("3"))
  }

  @Test(
    "ticks fall on round numbers",
    arguments: [
      (0.0...1.0, ["0", "0.5", "1"]), (-3...7, ["0", "5"]), (0...200_000, ["0", "100k", "200k"]),
      (0.81...0.84, ["0.82", "0.84"]), (0...3_000_000, ["0", "2M"]),
    ])
  func ticks(_ range: ClosedRange<Double>, labels: [String]) { #expect(Ticks(range, count: 3).labels == labels) }
}
