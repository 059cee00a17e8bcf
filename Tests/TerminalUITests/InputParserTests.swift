import Gridworlds
import Testing
import Workshop

@testable import TerminalUI

@Suite("InputParser")
struct InputParserTests {
  private func heard(_ text: String) -> [InputEvent] {
    var parser = InputParser()
    return parser.feed(Array(text.utf8)) + parser.pause()
  }

  @Test("what a terminal answers or reports is no key, and the keys around it are", arguments: TerminalNoise.answers)
  func answers(_ answer: String) {
    let keys = heard("x" + answer + "y").filter { if case .mouse = $0 { false } else { true } }
    #expect(keys == [.key("x"), .key("y")], "\(answer.debugDescription)")
  }

  @Test(
    "answers cut anywhere, each piece after a long silence, are no keys; an ESC by itself is Esc, the rest still none",
    arguments: TerminalNoise.answers)
  func cut(_ answer: String) {
    let bytes = Array(answer.utf8)
    guard bytes.count > 3, bytes[0] == 0x1B else { return }
    for cut in 1..<bytes.count where cut != 2 {
      var parser = InputParser()
      var events = parser.feed(bytes[..<cut]) + parser.pause() + parser.feed(bytes[cut...])
      events += parser.feed(Array("y".utf8))
      let keys = events.filter { if case .mouse = $0 { false } else { true } }
      #expect(keys == (cut == 1 ? [.key(.escape)] : []) + [.key("y")], "\(answer.debugDescription) cut at \(cut)")
    }
  }

  @Test(
    "random sequences cut at random places are no keys, and the keys around them are", arguments: [UInt64(1), 2, 3])
  func noise(_ seed: UInt64) {
    var (noise, random) = (TerminalNoise(seed: seed), RandomSource(seed: seed))
    for round in 0..<4000 {
      var parser = InputParser()
      var expected: [InputEvent] = []
      var events: [InputEvent] = []
      var fed: [[UInt8]] = []
      for _ in 0..<1 + random.below(3) {
        let stalls = random.chance(0.3)
        for piece in noise.pieces(of: noise.next(), stalls: stalls) {
          fed.append(Array(piece))
          events += parser.feed(piece)
          if stalls { events += parser.pause() }
        }
        let key = random.pick(Array("aq7é[O")) ?? "a"
        expected.append(.key(.character(key)))
        fed.append(Array(String(key).utf8))
        events += parser.feed(Array(String(key).utf8))
      }
      let keys = events.filter { if case .mouse = $0 { false } else { true } }
      #expect(keys == expected, "seed \(seed), round \(round): \(fed)")
      if keys != expected { return }
    }
  }

  @Test("random bytes never trap, and a person is heard again after them", arguments: [UInt64(4), 5])
  func garbage(_ seed: UInt64) {
    var random = RandomSource(seed: seed)
    for round in 0..<2000 {
      var parser = InputParser()
      let bytes = (0..<random.below(40)).map { _ in
        random.chance(0.3)
          ? (random.pick([0x1B, 0x5B, 0x4D, 0x9B, 0x4F, 0x50] as [UInt8]) ?? 0) : UInt8(random.below(256))
      }
      _ = parser.feed(bytes)
      // A paste that never ends stays one.
      _ = parser.feed(Array("\u{1B}[201~".utf8))
      // At most one key is taken for the end of what was torn off.
      var events: [InputEvent] = []
      for key in "jjj" { events += parser.pause() + parser.feed(Array(String(key).utf8)) }
      #expect(events.contains(.key("j")), "seed \(seed), round \(round): \(bytes)")
    }
  }

  @Test("Esc is a key once nothing follows; with more at once it begins what follows")
  func escape() {
    var parser = InputParser(escapeDelay: 0.05)
    #expect(parser.feed([0x1B]) == [])
    #expect(parser.patience == 0.05)
    #expect(parser.pause() == [.key(.escape)])
    #expect(parser.patience == nil)
    #expect(parser.feed(Array("[".utf8)) == [.key("[")], "typed after it, a bracket is one")
    #expect(heard("\u{1B}q") == [.key(.escape), .key("q")])
    #expect(heard("\u{1B}\u{1B}") == [.key(.escape), .key(.escape)])
    #expect(heard("\u{1B}[") == [] && heard("\u{1B}O") == [], "Alt with a bracket is none of our keys")
  }

  @Test("a string that never ends does not hold the keyboard")
  func tornString() {
    var parser = InputParser()
    #expect(parser.feed(Array("\u{1B}]52;c;abc".utf8)) + parser.pause() == [])
    #expect(parser.feed(Array("q".utf8)) == [.key("q")])
    #expect(heard("\u{1B}]52;c;abc\u{1B}[A") == [.key(.up)], "another sequence ends it")
  }

  @Test("the mouse is read in every encoding, and malformed reports are nothing")
  func mouse() {
    let press = InputEvent.mouse(MouseEvent(.press, at: Point(x: 10, y: 4)))
    for text in ["\u{1B}[<0;11;5M", "\u{1B}[32;11;5M", "\u{1B}[M +%", "\u{9B}<0;11;5M"] {
      #expect(heard(text) == [press], "\(text)")
    }
    #expect(heard("\u{1B}[<0;11;5m") == [.mouse(MouseEvent(.release, at: Point(x: 10, y: 4)))])
    #expect(heard("\u{1B}[M#+%") == [.mouse(MouseEvent(.release, at: Point(x: 10, y: 4)))])
    var parser = InputParser()
    #expect(
      parser.feed([0x1B, 0x5B, 0x4D, 0x20, 0xC8, 0x30]) == [.mouse(MouseEvent(.press, at: Point(x: 167, y: 15)))])
    #expect(heard("\u{1B}[M Ü+") == [.mouse(MouseEvent(.press, at: Point(x: 187, y: 10)))], "in UTF-8")
    for text in [
      "<0;11M", "<0;;5M", "<0;0;5M", "<-1;2;3M", "<0;99999999999999999999;5M", "<0;1;2;3M", "<35;1;1M", "1;2M", "<a",
    ] {
      #expect(heard("\u{1B}[\(text)x") == [.key("x")], "\(text)")
    }
  }

  @Test("pasted text is text: neither marks in it, nor sequences, nor bytes in pieces act")
  func paste() {
    #expect(heard("\u{1B}[200~a\u{1B}[200~b\u{1B}[Aq\r\u{7}\u{1B}[201~x") == [.paste("ab[Aq\n"), .key("x")])
    #expect(heard("\u{9B}200~aÜ✜\u{9B}201~x") == [.paste("aÜ✜"), .key("x")])
    var parser = InputParser()
    var events: [InputEvent] = []
    for byte in Array("\u{1B}[200~日\u{1B}[20\u{1B}[201~x".utf8) {
      events += parser.feed([byte])
      if events.isEmpty, parser.patience == nil { events += parser.pause() }
    }
    #expect(events == [.paste("日[20"), .key("x")])
    parser = InputParser()
    #expect(parser.feed(Array("\u{1B}[200~ab\u{1B}[2".utf8)) + parser.pause() == [.paste("ab")])
    #expect(parser.feed(Array("01~q".utf8)) == [.paste(""), .key("q")], "the mark of its end was cut")
  }

  @Test("a terminal's own keys are known by its description, but for those that look like answers")
  func capabilities() {
    let described = [
      "kcuu1": "\u{1B}A", "kf1": "\u{1B}[M", "kf15": "\u{1B}[1;2R", "kdch1": "\u{1B}[3$", "kbs": "\u{8}",
    ]
    var parser = InputParser { described[$0] }
    #expect(
      parser.feed(Array("\u{1B}A\u{1B}[M\u{1B}[3$x\u{1B}[1;2R".utf8)) == [
        .key(.up), .key(.function(1)), .key(.delete), .key("x"),
      ])
    #expect(
      parser.feed(Array("\u{1B}[[A\u{1B}[[Z\u{1B}[1;5C\u{1B}[1;2C".utf8)) == [
        .key(.function(1)), .key(.right), .key(.shiftRight),
      ])
  }

  @Test("bytes that are no UTF-8 are no keys, and those after them are")
  func encoding() {
    var parser = InputParser()
    #expect(
      parser.feed([0xC3, 0xA9, 0xFF, 0xC0, 0x80, 0xE2, 0x82, 0x78, 0xA9, 0xED, 0xA0, 0x80, 0x79]) == [
        .key("é"), .key("x"), .key("y"),
      ])
    #expect(parser.feed([0xE2, 0x97]) + parser.feed([0x89]) == [.key("◉")])
  }
}
