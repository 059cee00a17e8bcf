/// Turns the bytes that a terminal sends into events.
///
/// Not all of them are keys: terminals answer questions that an earlier program asked, report focus, sizes and the mouse
/// in several encodings, and send strings. Whatever has the form of a control sequence (ECMA-48, in 7 or 8 bits) is taken
/// in whole, known or not, so that none of its letters acts as a key; the pieces of one may come at any time.
///
/// Two things are ambiguous, and decided by time and by how much comes at once, since a person types one key at a time:
/// a lone ESC is the key once nothing follows, and of a sequence that was torn off, the rest is what comes as more than a
/// letter.
public struct InputParser: Sendable {
  private enum State: Sendable, Equatable {
    case ground, escape
    /// After `ESC [` and `ESC O`.
    case control, shift
    /// After `ESC [ [`, with which the Linux console begins its function keys.
    case linuxKey
    /// In a string that a terminal sends (OSC, DCS, APC, PM, SOS), and after an ESC in it.
    case string, stringEscape
    /// So many numbers of a mouse report follow, a byte each, or two of UTF-8, whatever they look like.
    case raw(Int)
    case paste
  }

  private let keys: [[UInt8]: Key]
  private let escapeDelay: Double
  private var state = State.ground
  /// The sequence so far, its beginning in 7 bits.
  private var sequence: [UInt8] = []
  /// Bytes of a character of UTF-8 whose end has not come.
  private var partial: [UInt8] = []
  /// The numbers of a mouse report so far, and the first byte of one that may have a second.
  private var numbers: [Int] = []
  private var lead: UInt8?
  /// What was pasted and not told yet, and what may be the mark of its end.
  private var pasted = String.UnicodeScalarView()
  private var pastedCount = 0
  private var mark: [UInt8] = []
  /// Whether nothing came for long, in the middle of something.
  private var isStale = false
  /// Whether the last thing was an ESC that counted as the key, since nothing followed in time.
  private var wasEscape = false
  private var events: [InputEvent] = []

  /// Characters of a paste that are kept.
  static let pasteLimit = 65_536
  /// Seconds after which the rest of a sequence is not waited for any more.
  static let longest = 1.0
  /// Bytes of a sequence that are kept; of a longer one nothing is known.
  private static let sequenceLimit = 64

  /// A parser for a terminal with keys of its own.
  /// - Parameters:
  ///   - capability: what the terminal database says of a key, by its name (`kcuu1`).
  ///   - escapeDelay: seconds after which an ESC by itself is the key.
  public init(escapeDelay: Double = 0.05, capability: (String) -> String? = { _ in nil }) {
    self.escapeDelay = escapeDelay
    keys = KeySequences.table(capability)
  }

  /// Seconds to wait for more before ``pause()`` is to be told that nothing came; `nil` while nothing is begun.
  public var patience: Double? {
    switch state {
    case .ground: partial.isEmpty ? nil : InputParser.longest
    case .escape: escapeDelay
    case .control, .shift, .linuxKey, .string, .stringEscape, .raw: isStale ? nil : InputParser.longest
    case .paste: pasted.isEmpty ? nil : InputParser.longest
    }
  }

  /// Takes bytes that came at once.
  public mutating func feed(_ bytes: some Collection<UInt8>) -> [InputEvent] {
    resume(bytes)
    for byte in bytes { take(byte) }
    defer { events = [] }
    return events
  }

  /// Hears that nothing came for as long as ``patience`` says.
  public mutating func pause() -> [InputEvent] {
    switch state {
    case .ground: partial = []
    case .escape:
      emit(.escape)
      state = .ground
      wasEscape = true
    case .control, .shift:
      // Nothing but the beginning: Alt with that key.
      if sequence.count == 2 { state = .ground } else { isStale = true }
    case .linuxKey: state = .ground
    case .raw(let count):
      // Of a last number that may have a second byte, there is none.
      if begunNumbers == count { finishRaw(count) } else { isStale = true }
    case .string, .stringEscape: isStale = true
    // On a slow line the rest of the paste still belongs to it.
    case .paste: tellPaste()
    }
    defer { events = [] }
    return events
  }

  /// Decides what bytes are that come after a long silence in the middle of something.
  private mutating func resume(_ bytes: some Collection<UInt8>) {
    if wasEscape, InputParser.continuesEscape(bytes) { state = .escape }
    wasEscape = false
    guard isStale else { return }
    isStale = false
    switch state {
    case .string, .stringEscape:
      // One byte is a person's, where it does not end the string.
      let ends = bytes.first.map {
        [0x07, 0x18, 0x1A, 0x1B, 0x9C].contains($0) || $0 == 0x5C && state == .stringEscape
      }
      if bytes.count == 1, ends == false { state = .ground }
    case .raw(let count): if bytes.count == 1, count - begunNumbers > 1 { state = .ground }
    case .ground, .escape, .control, .shift, .linuxKey, .paste: break
    }
  }

  /// Whether bytes are the rest of a sequence whose ESC came long before them.
  private static func continuesEscape(_ bytes: some Collection<UInt8>) -> Bool {
    guard let first = bytes.first, bytes.count > 1 else { return false }
    let rest = bytes.dropFirst()
    switch first {
    case UInt8(ascii: "["), UInt8(ascii: "O"):
      let final = rest.drop { (0x20..<0x40).contains($0) }.first
      return final.map { (0x40...0x7E).contains($0) } == true
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
      return rest.contains { $0 == 0x07 || $0 == 0x1B || $0 == 0x9C }
    default: return false
    }
  }

  private mutating func emit(_ key: Key) { events.append(.key(key)) }

  // MARK: Bytes

  private mutating func take(_ byte: UInt8) {
    if case .raw(let count) = state { return takeRaw(byte, count) }
    if !partial.isEmpty {
      if InputParser.isContinuation(byte, after: partial) {
        partial.append(byte)
        if partial.count == InputParser.length(of: partial[0]) {
          let scalars = String(decoding: partial, as: UTF8.self).unicodeScalars
          partial = []
          if let scalar = scalars.first { take(scalar) }
        }
        return
      }
      partial = []
    }
    switch byte {
    case 0..<0xA0: take(Unicode.Scalar(byte))
    case 0xC2..<0xF5: partial = [byte]
    default: break
    }
  }

  /// How many bytes a character of UTF-8 has that begins with this one.
  private static func length(of lead: UInt8) -> Int { lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4 }

  private static func isContinuation(_ byte: UInt8, after partial: [UInt8]) -> Bool {
    guard partial.count == 1 else { return (0x80..<0xC0).contains(byte) }
    // Neither overlong, nor a surrogate, nor beyond the last character.
    switch partial[0] {
    case 0xE0: return (0xA0..<0xC0).contains(byte)
    case 0xED: return (0x80..<0xA0).contains(byte)
    case 0xF0: return (0x90..<0xC0).contains(byte)
    case 0xF4: return (0x80..<0x90).contains(byte)
    default: return (0x80..<0xC0).contains(byte)
    }
  }

  private mutating func takeRaw(_ byte: UInt8, _ count: Int) {
    let first = lead.take()
    if let first, (0x80..<0xC0).contains(byte) {
      numbers.append(Int(first & 0x1F) << 6 | Int(byte & 0x3F))
    } else {
      if let first { numbers.append(Int(first)) }
      // An ESC is no number: it begins something else.
      if numbers.count == count || byte == 0x1B {
        finishRaw(count)
        return take(byte)
      }
      if (0xC2..<0xE0).contains(byte) { lead = byte } else { numbers.append(Int(byte)) }
    }
    if numbers.count == count { finishRaw(count) }
  }

  private var begunNumbers: Int { numbers.count + (lead == nil ? 0 : 1) }

  private mutating func finishRaw(_ count: Int) {
    if let first = lead.take() { numbers.append(Int(first)) }
    state = .ground
    if count == 3, let mouse = MouseEvent(shifted: numbers) { events.append(.mouse(mouse)) }
  }

  private mutating func beginRaw(_ count: Int) {
    state = .raw(count)
    (numbers, lead) = ([], nil)
  }

  // MARK: Characters

  private mutating func take(_ scalar: Unicode.Scalar) {
    switch state {
    case .paste: return takePasted(scalar)
    case .string, .stringEscape: return takeInString(scalar)
    case .ground, .escape, .control, .shift, .linuxKey, .raw: break
    }
    // The 8-bit twin of ESC with a letter.
    if (0x80..<0xA0).contains(scalar.value) {
      state = .ground
      _ = begin(UInt8(scalar.value - 0x40))
      return
    }
    switch state {
    case .escape: takeAfterEscape(scalar)
    case .control, .shift: takeInSequence(scalar)
    case .linuxKey:
      sequence.append(UInt8(truncatingIfNeeded: scalar.value))
      finish()
    case .ground, .string, .stringEscape, .raw, .paste: takeKey(scalar)
    }
  }

  private mutating func takeKey(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 27: state = .escape
    case 9: emit(.tab)
    case 10, 13: emit(.enter)
    case 8, 127: emit(.backspace)
    case 1...26: emit(.control(Character(Unicode.Scalar(UInt8(scalar.value) + 96))))
    case 0..<32: break
    default: emit(.character(Character(scalar)))
    }
  }

  private mutating func takeAfterEscape(_ scalar: Unicode.Scalar) {
    if let byte = UInt8(exactly: scalar.value), byte < 0x7F {
      if let key = keys[[0x1B, byte]] {
        state = .ground
        return emit(key)
      }
      if begin(byte) { return }
    }
    emit(.escape)
    state = .ground
    takeKey(scalar)
  }

  /// Begins what ESC and a letter begin; `false` where they begin nothing.
  private mutating func begin(_ letter: UInt8) -> Bool {
    sequence = [0x1B, letter]
    switch letter {
    case UInt8(ascii: "["): state = .control
    case UInt8(ascii: "O"): state = .shift
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"): state = .string
    case UInt8(ascii: "\\"): state = .ground
    default: return false
    }
    return true
  }

  private mutating func takeInSequence(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x5B where sequence == [0x1B, 0x5B]:
      sequence.append(0x5B)
      state = .linuxKey
    case 0x20..<0x40:
      if sequence.count < InputParser.sequenceLimit { sequence.append(UInt8(scalar.value)) }
      // rxvt ends some keys in what begins the end of others' answers.
      if scalar == "$", keys[sequence] != nil { finish() }
    case 0x40..<0x7F:
      sequence.append(UInt8(scalar.value))
      finish()
    case 0x18, 0x1A: state = .ground
    default:
      state = .ground
      takeKey(scalar)
    }
  }

  private mutating func finish() {
    state = .ground
    if let key = keys[sequence] { return emit(key) }
    switch String(decoding: sequence.dropFirst(), as: UTF8.self) {
    case "[M": beginRaw(3)
    case "[t": beginRaw(2)
    case "[T": beginRaw(6)
    case "[200~":
      state = .paste
      (pasted, pastedCount, mark) = (String.UnicodeScalarView(), 0, [])
    default:
      if let mouse = MouseEvent(sequence: sequence) {
        events.append(.mouse(mouse))
      } else if let key = KeySequences.arrow(sequence) {
        emit(key)
      }
    }
  }

  private mutating func takeInString(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x07, 0x18, 0x1A, 0x9C: state = .ground
    case 0x1B: state = .stringEscape
    case 0x5C where state == .stringEscape: state = .ground
    case _ where state == .stringEscape:
      // Nothing but ST belongs to a string: this begins another sequence.
      state = .escape
      take(scalar)
    default: break
    }
  }

  // MARK: Pastes

  private mutating func takePasted(_ scalar: Unicode.Scalar) {
    let letters: [UInt8] =
      scalar.value == 0x9B ? [0x1B, 0x5B] : scalar.value < 0x80 ? [UInt8(scalar.value)] : []
    if !letters.isEmpty, InputParser.marks.contains(where: { $0.starts(with: mark + letters) }) {
      mark += letters
      guard InputParser.marks.contains(mark) else { return }
      let isEnd = mark == InputParser.marks[1]
      mark = []
      if isEnd {
        state = .ground
        tellPaste(isEnd: true)
      }
      return
    }
    for byte in mark { keep(Unicode.Scalar(byte)) }
    let begins = !mark.isEmpty
    mark = []
    if begins { takePasted(scalar) } else { keep(scalar) }
  }

  /// What begins and what ends a paste; in one, the first is a stray one.
  private static let marks: [[UInt8]] = [Array("\u{1B}[200~".utf8), Array("\u{1B}[201~".utf8)]

  /// Keeps a character of a paste: no control character but newlines and tabs.
  private mutating func keep(_ scalar: Unicode.Scalar) {
    let scalar = scalar == "\r" ? "\n" : scalar
    guard scalar == "\n" || scalar == "\t" || scalar.value >= 0x20 && !(0x7F..<0xA0).contains(scalar.value) else {
      return
    }
    guard pastedCount < InputParser.pasteLimit else { return }
    pasted.append(scalar)
    pastedCount += 1
  }

  private mutating func tellPaste(isEnd: Bool = false) {
    guard isEnd || !pasted.isEmpty else { return }
    events.append(.paste(String(pasted)))
    pasted = String.UnicodeScalarView()
  }
}
