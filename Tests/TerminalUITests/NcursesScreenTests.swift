import CTerminal
import Testing

@testable import TerminalUI
@testable import Workshop

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// ncurses and signals belong to the whole process, so these run one by one.
@Suite("NcursesScreen", .serialized)
struct NcursesScreenTests {
  static let agent = Style(Color(hex: 0xE69F00), on: Color(hex: 0x303030), .bold)
  static let floor = Style(Color(hex: 0x808080), on: Color(hex: 0x303030))

  static func board(agentAt x: Int, size: Size = .standard) -> Canvas {
    var canvas = Canvas(size: size)
    for y in 2..<14 {
      for column in 2..<40 { canvas[column, y] = Cell(column % 2 == 0 ? "·" : " ", floor) }
    }
    canvas.put("@▾", x: x, y: 5, style: agent)
    return canvas
  }

  @Test(
    "one step of an agent costs at most 100 bytes: a class may watch over SSH",
    arguments: [["TERM": "xterm-256color"], ["TERM": "xterm-256color", "COLORTERM": "truecolor"], ["TERM": "vt100"]])
  func bytesOfOneStep(_ variables: [String: String]) throws {
    let terminal = try PseudoTerminal()
    let screen = try terminal.screen(variables.merging(["LANG": "C.UTF-8"]) { $1 })
    screen.show(Self.board(agentAt: 10))
    #expect(terminal.output().utf8.count > 500)
    screen.show(Self.board(agentAt: 12))
    let step = terminal.output()
    #expect(step.contains("@"))
    #expect(step.utf8.count <= 100, "\(step.debugDescription)")
    screen.show(Self.board(agentAt: 12))
    #expect(terminal.output() == "", "nothing changed, so nothing is written")
  }

  @Test("the last corner is drawn, and does not scroll the screen")
  func lastCorner() throws {
    let terminal = try PseudoTerminal(size: Size(width: 20, height: 5))
    let screen = try terminal.screen()
    var canvas = Canvas(size: screen.size)
    canvas.box(canvas.bounds)
    screen.show(canvas)
    let output = terminal.output()
    #expect(output.contains("╯"))
    #expect(output.contains("╰"))
  }

  @Test("keys arrive by name, whichever way the terminal spells them")
  func keys() throws {
    let terminal = try PseudoTerminal()
    let screen = try terminal.screen()
    let spellings: [(String, Key)] = [
      ("a", "a"), (" ", .space), ("é", "é"), ("\r", .enter), ("\t", .tab), ("\u{7F}", .backspace),
      ("\u{10}", .control("p")),
      ("\u{1B}[A", .up), ("\u{1B}OB", .down), ("\u{1B}[1;2C", .shiftRight), ("\u{1B}[1;2D", .shiftLeft),
      ("\u{1B}[1;2A", .shiftUp), ("\u{1B}[1;2B", .shiftDown), ("\u{1B}[1;5C", .right), ("\u{1B}[Z", .shiftTab),
      ("\u{1B}[H", .home), ("\u{1B}OF", .end), ("\u{1B}[1~", .home), ("\u{1B}[5~", .pageUp), ("\u{1B}[6~", .pageDown),
      ("\u{1B}[3~", .delete), ("\u{1B}[2~", .insert), ("\u{1B}OP", .function(1)), ("\u{1B}[24~", .function(12)),
      ("\u{1B}", .escape), ("?", "?"),
    ]
    for (spelling, key) in spellings {
      terminal.type(spelling)
      #expect(try screen.next(timeout: 5) == .key(key), "\(spelling.debugDescription)")
    }
  }

  @Test("a sequence nobody knows is not taken for a burst of commands")
  func unknownSequences() throws {
    let terminal = try PseudoTerminal()
    let screen = try terminal.screen()
    terminal.type("\u{1B}[99;7Qx")
    #expect(try screen.next(timeout: 5) == .key("x"))
    terminal.type("\u{1B}[?62;1cy")
    #expect(try screen.next(timeout: 5) == .key("y"))
  }

  @Test("the mouse presses, drags, lets go and turns its wheel, also beyond column 223")
  func mouse() throws {
    let terminal = try PseudoTerminal(size: Size(width: 300, height: 50))
    let screen = try terminal.screen()
    _ = terminal.output()
    screen.setMouse(true)
    #expect(terminal.output().contains("\u{1B}[?1002h\u{1B}[?1006h"))
    terminal.type("\u{1B}[<0;251;5M\u{1B}[<32;252;5M\u{1B}[<0;252;5m\u{1B}[<64;1;1M\u{1B}[<65;1;1Mx")
    let expected: [InputEvent] = [
      .mouse(MouseEvent(.press, at: Point(x: 250, y: 4))), .mouse(MouseEvent(.drag, at: Point(x: 251, y: 4))),
      .mouse(MouseEvent(.release, at: Point(x: 251, y: 4))), .mouse(MouseEvent(.scrollUp, at: Point(x: 0, y: 0))),
      .mouse(MouseEvent(.scrollDown, at: Point(x: 0, y: 0))), .key("x"),
    ]
    for event in expected { #expect(try screen.next(timeout: 5) == event) }
    screen.setMouse(false)
    #expect(terminal.output().contains("\u{1B}[?1002l"))
  }

  @Test("pasted text arrives as text: none of its letters acts as a key, and no escape survives")
  func paste() throws {
    let terminal = try PseudoTerminal()
    let screen = try terminal.screen()
    terminal.type("\u{1B}[200~quit now\rq\u{7}\u{1B}[201~x")
    #expect(try screen.next(timeout: 5) == .paste("quit now\nq"))
    #expect(try screen.next(timeout: 5) == .key("x"))
  }

  @Test("a paste that stalls on a slow line is a paste to its end")
  func stalledPaste() throws {
    let terminal = try PseudoTerminal()
    let screen = try terminal.screen()
    terminal.type("\u{1B}[200~abc")
    #expect(try screen.next(timeout: 5) == .paste("abc"))
    terminal.type("y\rqq\u{1B}[201~x")
    #expect(try screen.next(timeout: 5) == .paste("y\nqq"), "neither an answer nor the key that leaves")
    #expect(try screen.next(timeout: 5) == .key("x"))
  }

  @Test("a new size of the window arrives as an event, and everything is drawn again, whatever a shell exported")
  func resize() throws {
    setenv("LINES", "10", 1)
    setenv("COLUMNS", "30", 1)
    let terminal = try PseudoTerminal()
    let screen = try terminal.screen()
    #expect(screen.size == .standard)
    screen.show(Self.board(agentAt: 4))
    _ = terminal.output()
    terminal.resize(Size(width: 50, height: 20))
    kill(getpid(), SIGWINCH)
    #expect(try screen.next(timeout: 5) == .resize(Size(width: 50, height: 20)))
    #expect(screen.size == Size(width: 50, height: 20))
    screen.show(Self.board(agentAt: 4, size: screen.size))
    #expect(terminal.output().contains("@▾"))
  }

  @Test("a message from another thread ends the wait")
  func waking() throws {
    let terminal = try PseudoTerminal()
    let screen = try terminal.screen()
    screen.waker.wake()
    #expect(try screen.next(timeout: nil) == nil)
  }

  @Test("a terminal that is gone ends the loop instead of spinning it")
  func hangUp() throws {
    let terminal = try PseudoTerminal()
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    let screen = try NcursesScreen(
      TerminalEnvironment(variables: ["TERM": "xterm-256color"], isTerminal: true), input: ends[0],
      output: terminal.slave)
    close(ends[1])
    #expect(throws: TerminalError.hangUp) { try screen.next(timeout: nil) }
    screen.close()
    close(ends[0])
  }

  @Test("closing gives the terminal back as it was")
  func closing() throws {
    let terminal = try PseudoTerminal()
    let before = terminal.settings
    let screen = try terminal.screen()
    #expect(terminal.settings != before)
    screen.setMouse(true)
    screen.close()
    screen.close()
    #expect(terminal.settings == before)
    let output = terminal.output()
    for sequence in ["[?1049l", "[?25h", "[?1002l", "[?1006l", "[?2004l"] {
      #expect(output.contains("\u{1B}\(sequence)"))
    }
  }

  @Test("an unknown TERM falls back instead of ending the program")
  func unknownTerm() throws {
    let terminal = try PseudoTerminal()
    let screen = try terminal.screen(["TERM": "no-such-terminal", "LANG": "C.UTF-8"])
    screen.show(Self.board(agentAt: 4))
    #expect(terminal.output().contains("@▾"))
  }

  @Test("when no type is known the error names TERM, and the terminal is as it was")
  func noType() throws {
    let terminal = try PseudoTerminal()
    let before = terminal.settings
    var environment = TerminalEnvironment(variables: ["TERM": "no-such-terminal"], isTerminal: true)
    environment.terminalTypes = ["no-such-terminal"]
    let error = #expect(throws: TerminalError.self) {
      try NcursesScreen(environment, input: terminal.slave, output: terminal.slave)
    }
    #expect(error == .unknownTerminal(term: "no-such-terminal"))
    #expect(terminal.settings == before)
  }

  @Test("NO_COLOR leaves bold and sends no colour")
  func noColor() throws {
    let terminal = try PseudoTerminal()
    let screen = try terminal.screen(["TERM": "xterm-256color", "LANG": "C.UTF-8", "NO_COLOR": "1"])
    #expect(screen.depth == .mono)
    screen.show(Self.board(agentAt: 4))
    let output = terminal.output()
    #expect(!output.contains(/\[([0-9;]*;)?[34][0-9](;[0-9;]*)?m/))
    #expect(output.contains(/\[([0-9;]*;)?1m/))
  }

  @Test("in the C locale only ASCII is sent, on a terminal without colours too")
  func cLocale() throws {
    for term in ["xterm-256color", "vt100"] {
      let terminal = try PseudoTerminal()
      let screen = try terminal.screen(["TERM": term, "LC_ALL": "C"])
      #expect(screen.glyphs == .ascii)
      screen.show(Self.board(agentAt: 4))
      let output = terminal.output()
      #expect(output.contains("@"))
      #expect(output.utf8.allSatisfy { $0 < 0x80 })
    }
  }

  @Test("24 bits of colour need no entry in the terminal database, and leave the environment alone")
  func trueColor() throws {
    let terminal = try PseudoTerminal()
    let screen = try terminal.screen(["TERM": "xterm-256color", "LANG": "C.UTF-8", "COLORTERM": "truecolor"])
    #expect(screen.depth == .trueColor)
    var canvas = Canvas(size: screen.size)
    canvas[0, 0] = Cell("x", Style(.rgb(1, 2, 3), on: .rgb(0, 0, 5)))
    screen.show(canvas)
    let output = terminal.output()
    #expect(output.contains("38;2;1;2;3"))
    #expect(output.contains("48;2;1;0;5"), "numbers below 8 would mean the user's palette")
    #expect(getenv("TERMINFO") == nil)
  }

  @Test("more colours than there are pairs still come out right")
  func manyColors() throws {
    let terminal = try PseudoTerminal()
    let screen = try terminal.screen(["TERM": "xterm-256color", "LANG": "C.UTF-8", "COLORTERM": "truecolor"])
    var color: UInt32 = 8
    for _ in 0..<140 {
      var canvas = Canvas(size: screen.size)
      for cell in 0..<500 {
        canvas[cell % 80, cell / 80] = Cell("▀", Style(Color(hex: color), on: .rgb(9, 9, 9)))
        color += 1
      }
      screen.show(canvas)
    }
    let last = color - 1
    #expect(terminal.output().contains("38;2;\(last >> 16);\(last >> 8 & 255);\(last & 255)"))
  }

  @Test("ncurses and the canvas agree on the width of every glyph drawn")
  func widths() throws {
    let terminal = try PseudoTerminal()
    _ = try terminal.screen().size
    for scalar in GlyphSetTests.drawn.unicodeScalars { #expect(screen_columns(scalar.value) == 1, "\(scalar)") }
  }

  @Test(
    "what ncurses writes for changes shows the same as drawing everything: no cell is stale", arguments: [UInt64(1), 2])
  func noStaleCell(_ seed: UInt64) throws {
    let terminal = try PseudoTerminal()
    let screen = try terminal.screen()
    var shown = VirtualTerminal(size: .standard)
    var pages = WildPages(seed: seed)
    var canvas = Canvas(size: .standard)
    for frame in 0..<25 {
      canvas = pages.page(after: frame % 9 == 0 ? nil : canvas, size: .standard)
      screen.show(canvas)
      shown.feed(terminal.output())
      #expect(shown.difference(from: canvas, depth: screen.depth) == nil, "seed \(seed), frame \(frame)")
    }
  }

  @Test("a copy goes to the clipboard past what is drawn, and only where a terminal may understand it")
  func copying() throws {
    let terminal = try PseudoTerminal()
    let screen = try terminal.screen()
    var shown = VirtualTerminal(size: .standard)
    screen.show(Self.board(agentAt: 4))
    #expect(screen.copy("step 7: \u{1B}[2Jup ▴"))
    screen.show(Self.board(agentAt: 5))
    shown.feed(terminal.output())
    #expect(shown.clipboard == "c3RlcCA3OiBbMkp1cCDilrQ=", "base 64 of the text without its escape")
    #expect(shown.difference(from: Self.board(agentAt: 5), depth: screen.depth) == nil)
    let simple = try PseudoTerminal()
    screen.close()
    let old = try simple.screen(["TERM": "vt100", "LANG": "C.UTF-8"])
    #expect(!old.copy("x"))
    #expect(!simple.output().contains("]52"))
  }
}
