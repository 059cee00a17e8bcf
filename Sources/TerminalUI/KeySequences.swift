/// What terminals send for keys that have no character.
enum KeySequences {
  /// The keys that are known whatever the terminal, and over them those that its description names.
  /// - Parameter capability: what the terminal database says of a key, by its name.
  static func table(_ capability: (String) -> String?) -> [[UInt8]: Key] {
    var table: [[UInt8]: Key] = [:]
    for (sequence, key) in common { table[[0x1B] + Array(sequence.utf8)] = key }
    for (name, key) in capabilities {
      guard let sequence = capability(name).map({ Array($0.utf8) }), isKey(sequence) else { continue }
      table[sequence] = key
    }
    return table
  }

  /// Whether what the database says of a key can be told from characters and from what terminals answer: xterm's F15
  /// is the answer that the cursor is in row 1.
  private static func isKey(_ sequence: [UInt8]) -> Bool {
    guard sequence.count > 1, sequence[0] == 0x1B, sequence.count <= 16 else { return false }
    return !(sequence.last == UInt8(ascii: "R") && sequence.contains(UInt8(ascii: ";")))
  }

  private static let common: [(String, Key)] = [
    ("[A", .up), ("[B", .down), ("[C", .right), ("[D", .left), ("OA", .up), ("OB", .down), ("OC", .right),
    ("OD", .left), ("[1~", .home), ("[4~", .end), ("[7~", .home), ("[8~", .end), ("[H", .home), ("[F", .end),
    ("OH", .home), ("OF", .end), ("[2~", .insert), ("[3~", .delete), ("[5~", .pageUp), ("[6~", .pageDown),
    ("[Z", .shiftTab), ("OM", .enter), ("OP", .function(1)), ("OQ", .function(2)), ("OR", .function(3)),
    ("OS", .function(4)), ("[11~", .function(1)), ("[12~", .function(2)), ("[13~", .function(3)),
    ("[14~", .function(4)), ("[15~", .function(5)), ("[17~", .function(6)), ("[18~", .function(7)),
    ("[19~", .function(8)), ("[20~", .function(9)), ("[21~", .function(10)), ("[23~", .function(11)),
    ("[24~", .function(12)), ("[[A", .function(1)), ("[[B", .function(2)), ("[[C", .function(3)),
    ("[[D", .function(4)), ("[[E", .function(5)),
  ]

  private static let capabilities: [(String, Key)] =
    [
      ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right), ("kri", .shiftUp), ("kind", .shiftDown),
      ("kUP", .shiftUp), ("kDN", .shiftDown), ("kLFT", .shiftLeft), ("kRIT", .shiftRight), ("kdch1", .delete),
      ("kich1", .insert), ("khome", .home), ("kend", .end), ("kpp", .pageUp), ("knp", .pageDown), ("kcbt", .shiftTab),
      ("kent", .enter),
    ] + (1...63).map { ("kf\($0)", .function($0)) }

  /// An arrow with modifiers, `ESC [ 1 ; 5 A`: with Shift alone a key of its own, with others the arrow.
  static func arrow(_ sequence: [UInt8]) -> Key? {
    guard sequence.count == 6, sequence.starts(with: Array("\u{1B}[1;".utf8)) else { return nil }
    let isShifted = sequence[4] == UInt8(ascii: "2")
    guard (UInt8(ascii: "1")...UInt8(ascii: "8")).contains(sequence[4]) else { return nil }
    switch sequence[5] {
    case UInt8(ascii: "A"): return isShifted ? .shiftUp : .up
    case UInt8(ascii: "B"): return isShifted ? .shiftDown : .down
    case UInt8(ascii: "C"): return isShifted ? .shiftRight : .right
    case UInt8(ascii: "D"): return isShifted ? .shiftLeft : .left
    default: return nil
    }
  }
}
