import Gridworlds

/// What terminals send that is no key: answers to questions, reports, strings. Random, and of valid form.
public struct TerminalNoise {
  private var random: RandomSource

  /// Noise that a seed decides.
  public init(seed: UInt64) { random = RandomSource(seed: seed, stream: 29) }

  /// One control sequence or string, in 7 bits or in 8.
  public mutating func next() -> [UInt8] {
    switch random.below(12) {
    case 0: return bytes(random.pick(TerminalNoise.answers) ?? "")
    case 1: return control("?" + numbers(), final: random.pick(Array("cnuhl")) ?? "c")
    case 2: return control(random.pick(["?", "", ">"] as [String]).map { $0 + numbers() + "$" } ?? "$", final: "y")
    case 3: return control(">" + numbers(), final: "c")
    case 4: return control("\(1 + random.below(300));\(1 + random.below(300))", final: "R")
    case 5: return control("48;" + numbers(), final: "t")
    case 6:
      return control(
        "<\(random.below(200));\(random.below(400));\(random.below(300))", final: random.chance(0.5) ? "M" : "m")
    case 7: return control("\(32 + random.below(100));\(random.below(400));\(random.below(300))", final: "M")
    case 8: return byteMouse()
    case 9: return control(random.pick(["I", "O"] as [String]) ?? "I", final: nil)
    case 10: return string(UInt8(ascii: "]"), body: "\([4, 10, 11, 12, 52][random.below(5)]);" + text(), canBell: true)
    default:
      return string(random.pick(Array("PX^_".utf8)) ?? 0x5F, body: text(), canBell: false)
    }
  }

  /// The sequence in pieces that come one after another.
  /// - Parameter stalls: whether there is a long silence between them. Then a beginning by itself is a key with Alt, and a
  ///   single byte in the middle a person's; there are none of these.
  public mutating func pieces(of sequence: [UInt8], stalls: Bool) -> [ArraySlice<UInt8>] {
    let cuts = Set((0..<random.below(4)).map { _ in 1 + random.below(max(1, sequence.count - 1)) })
    var pieces: [ArraySlice<UInt8>] = []
    var start = 0
    for cut in cuts.sorted() where cut < sequence.count && !(stalls && (cut < 4 || cut - start < 2)) {
      pieces.append(sequence[start..<cut])
      start = cut
    }
    return pieces + [sequence[start...]]
  }

  /// What terminals answer and report, as their manuals have it.
  public static let answers = [
    "\u{1B}[?62;1;2;6;9;15;22c", "\u{1B}[?1;2c", "\u{1B}[>41;354;0c", "\u{1B}P!|00000000\u{1B}\\", "\u{1B}[0n",
    "\u{1B}[12;40R", "\u{1B}[1;2R", "\u{1B}[?1;1R", "\u{1B}[?12;40;1R", "\u{1B}[?2026;2$y", "\u{1B}[4;1$y",
    "\u{1B}]4;1;rgb:cdcd/0000/0000\u{07}", "\u{1B}]10;rgb:ffff/ffff/ffff\u{1B}\\", "\u{1B}]11;rgb:0000/0000/0000\u{07}",
    "\u{1B}]52;c;aGVsbG8gcXVpdA==\u{1B}\\", "\u{1B}P1+r524742=382F382F38\u{1B}\\", "\u{1B}P0+r\u{1B}\\",
    "\u{1B}P1$r0;38;5;9m\u{1B}\\", "\u{1B}P0$r\u{1B}\\", "\u{1B}P>|XTerm(379)\u{1B}\\", "\u{1B}[I", "\u{1B}[O",
    "\u{1B}[?1u", "\u{1B}[?31u", "\u{1B}[97;5u", "\u{1B}[27;1:3u", "\u{1B}[97:65;2;65u", "\u{1B}[1;1:3A",
    "\u{1B}[27;5;105~", "\u{1B}_Gi=31;OK\u{1B}\\", "\u{1B}_Gi=1;EINVAL:no such image\u{1B}\\",
    "\u{1B}[48;50;160;1000;1600t",
    "\u{1B}[8;24;80t", "\u{1B}[4;600;800t", "\u{1B}[3;-4;7t", "\u{1B}[1t", "\u{1B}]lwindow title, q to quit\u{1B}\\",
    "\u{1B}]Licon\u{1B}\\", "\u{1B}^private\u{1B}\\", "\u{1B}Xstring q\u{1B}\\", "\u{1B}[?997;1n", "\u{1B}[?13n",
    "\u{1B}[1;1;1;128;128;1;0x", "\u{1B}[1;2;3;4;5&w", "\u{1B}[M\u{20}\u{21}\u{21}", "\u{1B}[t\u{21}\u{22}",
    "\u{1B}[T\u{21}\u{22}\u{23}\u{24}\u{25}\u{26}", "\u{1B}\\", "\u{9B}?62;1c", "\u{90}1$r0m\u{9C}",
    "\u{9D}11;rgb:0/0/0\u{9C}",
    "\u{9F}Gi=1;OK\u{9C}",
  ]

  private mutating func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

  private mutating func numbers() -> String {
    (0...random.below(5)).map { _ in random.chance(0.1) ? "" : "\(random.below(2000))" }.joined(separator: ";")
  }

  private mutating func control(_ body: String, final: Character?) -> [UInt8] {
    let start = random.pick([[0x1B, 0x5B], [0x1B, 0x5B], [0x9B], [0xC2, 0x9B]] as [[UInt8]]) ?? [0x1B, 0x5B]
    return start + Array(body.utf8) + (final.map { Array(String($0).utf8) } ?? [])
  }

  /// A press as X10 sends it, a byte a number, or two of UTF-8. Two bytes that could be either are left out.
  private mutating func byteMouse() -> [UInt8] {
    let start: [UInt8] = [0x1B, 0x5B, 0x4D, UInt8(32 + random.below(4))]
    if random.chance(0.3) {
      let column = Unicode.Scalar(UInt32(33 + random.below(1000))) ?? "!"
      let row = Unicode.Scalar(UInt32(33 + random.below(90))) ?? "!"
      return start + Array(String(column).utf8) + Array(String(row).utf8)
    }
    return start + [UInt8(33 + random.below(223)), UInt8(33 + random.below(90))]
  }

  private mutating func string(_ introducer: UInt8, body: String, canBell: Bool) -> [UInt8] {
    let isEight = random.chance(0.2)
    let start: [UInt8] = isEight ? [introducer + 0x40] : [0x1B, introducer]
    let end: [UInt8] = canBell && random.chance(0.5) ? [0x07] : isEight ? [0x9C] : [0x1B, 0x5C]
    return start + Array(body.utf8) + end
  }

  /// Letters of which most are keys somewhere.
  private mutating func text() -> String {
    let letters = Array("qQ yn\n:/+=;Gi31rgb0fÜ✜日\u{1F9C0}")
    return String((0..<random.below(60)).map { _ in random.pick(letters) ?? "q" })
  }
}
