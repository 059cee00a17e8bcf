import TerminalUI

extension FuzzFormat {
  static let terminal = FuzzFormat(
    name: "terminal", subject: "what terminals send: keys, answers, reports, pastes", corpus: FuzzCorpus.terminal,
    words: [
      "\u{1B}", "\u{1B}[", "\u{1B}O", "\u{1B}]", "\u{1B}P", "\u{1B}_", "\u{1B}\\", "\u{07}", "\u{9B}", "\u{9D}",
      "\u{9C}",
      "\u{1B}[M", "\u{1B}[<", ";", "\u{1B}[200~", "\u{1B}[201~", "\u{18}", "q", "R", "M", "m", "~",
    ]
  ) { bytes in
    var parser = InputParser()
    let whole = parser.feed(bytes)
    if let fault = fault(in: whole, of: bytes.count) { return .wrong(fault) }
    var slow = InputParser()
    let single = bytes.flatMap { slow.feed(CollectionOfOne($0)) }
    if joined(single) != joined(whole) { return .wrong("what comes at once is read otherwise than byte by byte") }
    // Whatever was begun, a person gets through: the end of a paste, silence, and then a key is a key.
    _ = parser.pause()
    _ = parser.feed(Array("\u{1B}[201~".utf8))
    for _ in 0..<4 where parser.patience != nil { _ = parser.pause() }
    var presses: [InputEvent] = []
    for _ in 0..<3 {
      presses += parser.feed(CollectionOfOne(UInt8(ascii: "x")))
      while parser.patience != nil { presses += parser.pause() }
    }
    return presses.last == .key(.character("x")) ? .read : .wrong("no key is heard any more")
  }

  private static func fault(in events: [InputEvent], of count: Int) -> String? {
    if events.count > count { return "\(events.count) events of \(count) bytes" }
    for event in events {
      switch event {
      case .key(.character(let character)):
        let scalars = character.unicodeScalars
        if scalars.contains(where: { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }) {
          return "a control character as a key"
        }
      case .paste(let text):
        let isPlain = text.unicodeScalars.allSatisfy {
          $0 == "\n" || $0 == "\t" || $0.value >= 0x20 && !(0x7F..<0xA0).contains($0.value)
        }
        if !isPlain { return "a control character in a paste" }
      case .mouse(let mouse): if mouse.point.x < 0 || mouse.point.y < 0 { return "a mouse beyond the screen" }
      default: break
      }
    }
    return nil
  }

  /// Pastes that follow one another are one.
  private static func joined(_ events: [InputEvent]) -> [InputEvent] {
    events.reduce(into: []) { joined, event in
      if case .paste(let text) = event, case .paste(let before)? = joined.last {
        joined[joined.count - 1] = .paste(before + text)
      } else {
        joined.append(event)
      }
    }
  }
}

extension FuzzCorpus {
  /// Keys and pastes among all that terminals send unasked.
  static func terminal() -> [[UInt8]] {
    var noise = TerminalNoise(seed: 1)
    let typed = [
      "jjk q", "\u{1B}[A\u{1B}[B\u{1B}OC\u{1B}[1;2D", "\u{1B}[200~pasted q\r\ntext\u{1B}[201~",
      "\u{1B}[<0;12;5M\u{1B}[<0;12;5m",
      "\u{1B}[M !!", "\u{1B}[15~\u{1B}[3~\u{1B}[Z\u{7F}\r\t", "ü日x",
    ].map { Array($0.utf8) }
    let mixed = (0..<40).map { _ in noise.next() + Array("x".utf8) + noise.next() }
    return typed + TerminalNoise.answers.map { Array($0.utf8) } + mixed
  }
}
