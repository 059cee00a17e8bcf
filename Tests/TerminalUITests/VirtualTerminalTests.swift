import Testing

@testable import TerminalUI
@testable import Workshop

/// Pages as no scene would draw them: any glyph in any style, changed here and there.
struct WildPages {
  private var random: SystemlessRandom
  private let glyphs = Array(" ab@◉┃█·░⚑日🧀 ".unicodeScalars)
  private let colors: [Color] = [
    .standard, .rgb(0, 0, 0), .rgb(0, 0, 5), .rgb(255, 255, 255), .rgb(20, 23, 28), .rgb(230, 159, 0),
    .rgb(231, 159, 0),
  ]

  init(seed: UInt64) { random = SystemlessRandom(state: seed) }

  mutating func cell() -> Cell {
    var attributes = Attributes(rawValue: UInt8(random.below(32)))
    if random.below(3) > 0 { attributes = [] }
    return Cell(
      glyphs[random.below(glyphs.count)],
      Style(colors[random.below(colors.count)], on: colors[random.below(colors.count)], attributes))
  }

  mutating func page(after page: Canvas?, size: Size) -> Canvas {
    var canvas = page ?? Canvas(size: size)
    for _ in 0..<(1 + random.below(12)) {
      let (x, y) = (random.below(size.width), random.below(size.height))
      switch random.below(4) {
      case 0: canvas[x, y] = cell()
      case 1: canvas.fill(Rect(x: x, y: y, width: random.below(30), height: 1 + random.below(4)), cell())
      case 2: canvas.put("step \(random.below(1000)) ▸ 歩ok目", x: x, y: y, style: cell().style)
      default: for column in x..<size.width where random.below(3) > 0 { canvas[column, y] = cell() }
      }
    }
    return canvas
  }

  mutating func size() -> Size { Size(width: 1 + random.below(90), height: 1 + random.below(30)) }
}

/// SplitMix64, as the worlds use it; a failing seed can be run again.
struct SystemlessRandom {
  var state: UInt64
  mutating func below(_ bound: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((bits ^ (bits >> 31)) % UInt64(max(1, bound)))
  }
}

@Suite("A terminal in memory")
struct VirtualTerminalTests {
  @Test(
    "differences leave the same picture as drawing everything, at every depth and through changes of size",
    arguments: ColorDepth.allCases, [UInt64(1), 2, 3])
  func differences(_ depth: ColorDepth, _ seed: UInt64) {
    var pages = WildPages(seed: seed)
    var stream = CanvasStream(depth: depth)
    var terminal = VirtualTerminal(size: .standard)
    var canvas: Canvas?
    for frame in 0..<150 {
      if frame % 40 == 0 {
        let size = pages.size()
        canvas = Canvas(size: size)
        terminal.resize(size)
      }
      let next = pages.page(after: canvas, size: canvas?.size ?? .standard)
      terminal.feed(stream.next(next))
      #expect(terminal.difference(from: next, depth: depth) == nil, "seed \(seed), frame \(frame)")
      canvas = next
    }
    #expect(terminal.faults.isEmpty, "nothing beyond the page, no wrap, no scroll: \(terminal.faults)")
    #expect(!terminal.isCursorVisible)
    terminal.feed(stream.end())
    #expect(terminal.isCursorVisible)
  }

  @Test("what did not change costs no byte, and one cell costs a few")
  func small() {
    var stream = CanvasStream()
    var canvas = Canvas(size: .standard, style: Style(.rgb(1, 2, 3), on: .rgb(9, 9, 9)))
    #expect(stream.next(canvas).count < 2_200, "a blank page is its blanks and little more")
    #expect(stream.next(canvas).isEmpty)
    canvas[40, 12] = Cell("@", Style(.rgb(1, 2, 3), on: .rgb(9, 9, 9)))
    #expect(stream.nextText(canvas) == "\u{1B}[13;41H\u{1B}[38;2;1;2;3m@")
    canvas[43, 12] = Cell("x", Style(.rgb(1, 2, 3), on: .rgb(9, 9, 9)))
    #expect(stream.nextText(canvas) == "  x", "two blanks are shorter than a jump over them")
  }

  @Test("a cell that is left stale is found, as is a colour")
  func stale() {
    var stream = CanvasStream()
    var terminal = VirtualTerminal(size: Size(width: 10, height: 2))
    var canvas = Canvas(size: Size(width: 10, height: 2))
    canvas.put("abc", x: 0, y: 0)
    terminal.feed(stream.next(canvas))
    canvas[4, 1] = Cell("#")
    #expect(terminal.difference(from: canvas) == Point(x: 4, y: 1))
    canvas[4, 1] = Cell()
    canvas[1, 0].style.foreground = .rgb(1, 1, 1)
    #expect(terminal.difference(from: canvas) == Point(x: 1, y: 0))
  }

  @Test("what a stream must not do is noted: cells beyond the screen, wraps, scrolls, unknown sequences")
  func faults() {
    for bytes in ["\u{1B}[3;1H", "abcdef", "a\r\n\n", "\u{1B}[5z", "\u{301}", "abcd日"] {
      var terminal = VirtualTerminal(size: Size(width: 5, height: 2))
      terminal.feed(bytes)
      #expect(!terminal.faults.isEmpty, "\(bytes.debugDescription)")
    }
  }

  @Test("bytes of any kind, cut anywhere, do no harm")
  func rubbish() {
    var random = SystemlessRandom(state: 7)
    let starts: [[UInt8]] = [[0x1B, 0x5B], [0x1B, 0x5D], [0x1B], [0xE2], [0xF0, 0x9F]]
    for size in [Size(width: 7, height: 3), Size(width: 1, height: 1), Size(width: 0, height: 0)] {
      var terminal = VirtualTerminal(size: size)
      for _ in 0..<20_000 {
        if random.below(4) == 0 { terminal.feed(starts[random.below(starts.count)]) }
        terminal.feed([UInt8(random.below(256))])
        if random.below(3) == 0 { terminal.feed("\(random.below(300));\(random.below(300))") }
      }
      #expect(terminal.text().split(separator: "\n", omittingEmptySubsequences: false).count == max(1, size.height))
    }
  }

  @Test("a wide letter that loses a half is gone")
  func halves() {
    var terminal = VirtualTerminal(size: Size(width: 6, height: 1))
    terminal.feed("日本語\u{1B}[1;2Hx\u{1B}[1;5H\u{1B}[X")
    #expect(terminal.text() == " x本")
    terminal.feed("\u{1B}[1;4H\u{1B}[P")
    #expect(terminal.text() == " x")
    #expect(terminal.faults.isEmpty)
  }

  @Test("erasing, inserting and deleting do as terminals do")
  func editing() {
    var terminal = VirtualTerminal(size: Size(width: 6, height: 2))
    terminal.feed("abcdef\u{1B}[1;3H\u{1B}[2P")
    #expect(terminal.text() == "abef\n")
    terminal.feed("\u{1B}[1@x")
    #expect(terminal.text() == "abxef\n")
    terminal.feed("\u{1B}[1;2H\u{1B}[2X")
    #expect(terminal.text() == "a  ef\n")
    terminal.feed("\u{1B}[K\u{1B}[2;1Hz\u{1B}[3b")
    #expect(terminal.text() == "a\nzzzz")
    terminal.feed("\u{1B}[1;1H\u{1B}[J")
    #expect(terminal.text() == "\n")
  }
}
