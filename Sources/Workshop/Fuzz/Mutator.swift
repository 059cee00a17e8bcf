import Gridworlds

/// Makes inputs that a reader may not have been written for, out of ones that it was written for.
struct Mutator: Sendable {
  /// What is changed; at least one.
  let corpus: [[UInt8]]
  /// Words of the format, and ones that readers have stumbled over.
  let words: [[UInt8]]
  /// Bytes of the longest input.
  var longest = 1 << 14

  init(corpus: [[UInt8]], words: [String]) {
    precondition(!corpus.isEmpty, "there is nothing to change")
    self.corpus = corpus
    self.words = (words + Mutator.usualWords).map { Array($0.utf8) } + Mutator.usualBytes
  }

  /// The input of a number; the same for the same seed and number, whatever came before it.
  func input(_ number: Int, seed: UInt64) -> [UInt8] {
    var random = RandomSource(seed: seed, stream: UInt64(number))
    var bytes = corpus[random.below(corpus.count)]
    // Mostly few changes, so that much of the reader is reached.
    let changes = random.chance(0.6) ? 1 : 1 << random.below(4)
    for _ in 0..<changes { change(&bytes, using: &random) }
    if bytes.count > longest { bytes.removeSubrange(longest...) }
    return bytes
  }

  private func change(_ bytes: inout [UInt8], using random: inout RandomSource) {
    let place = random.below(bytes.count + 1)
    switch random.below(14) {
    case 0: if place < bytes.count { bytes[place] ^= 1 << UInt8(random.below(8)) }
    case 1: if place < bytes.count { bytes[place] = UInt8(random.below(256)) }
    case 2: bytes.insert(UInt8(random.below(256)), at: place)
    case 3: bytes.removeSubrange(span(in: bytes, from: place, using: &random))
    case 4: bytes.insert(contentsOf: bytes[span(in: bytes, from: place, using: &random)], at: place)
    case 5: bytes.insert(contentsOf: words[random.below(words.count)], at: place)
    case 6: bytes.replaceSubrange(span(in: bytes, from: place, using: &random), with: words[random.below(words.count)])
    case 7: if random.chance(0.2) { bytes.removeSubrange(place...) }
    case 8: replaceNumber(in: &bytes, from: place, using: &random)
    case 9: replaceWord(in: &bytes, from: place, using: &random)
    case 10: changeLines(of: &bytes, using: &random)
    case 11: splice(into: &bytes, at: place, using: &random)
    case 12: repeatSpan(in: &bytes, from: place, using: &random)
    default: swapSpans(in: &bytes, from: place, using: &random)
    }
  }

  /// A short span, now and then a long one.
  private func span(in bytes: [UInt8], from place: Int, using random: inout RandomSource) -> Range<Int> {
    let longest = random.chance(0.1) ? bytes.count : 16
    return place..<min(bytes.count, place + 1 + random.below(max(1, longest)))
  }

  private func replaceNumber(in bytes: inout [UInt8], from place: Int, using random: inout RandomSource) {
    func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
    guard let start = bytes[place...].firstIndex(where: isDigit) ?? bytes.firstIndex(where: isDigit) else { return }
    let end = bytes[start...].firstIndex { !isDigit($0) } ?? bytes.count
    let old = Int(String(decoding: bytes[start..<end], as: UTF8.self)) ?? 0
    let new: String
    switch random.below(4) {
    case 0: new = Mutator.numbers[random.below(Mutator.numbers.count)]
    case 1: new = "\(old &+ 1)"
    case 2: new = "\(old &- 1)"
    default: new = "\(random.below(1 << (1 + random.below(40))))"
    }
    bytes.replaceSubrange(start..<end, with: Array(new.utf8))
  }

  /// Puts a word of the format where a word stands.
  private func replaceWord(in bytes: inout [UInt8], from place: Int, using random: inout RandomSource) {
    func isLetter(_ byte: UInt8) -> Bool { (65...90).contains(byte) || (97...122).contains(byte) || byte == 95 }
    guard let start = bytes[place...].firstIndex(where: isLetter) else { return }
    let end = bytes[start...].firstIndex { !isLetter($0) } ?? bytes.count
    bytes.replaceSubrange(start..<end, with: words[random.below(words.count)])
  }

  /// Takes out, doubles or moves a line.
  private func changeLines(of bytes: inout [UInt8], using random: inout RandomSource) {
    var lines = bytes.split(separator: 10, omittingEmptySubsequences: false).map(Array.init)
    let line = random.below(lines.count)
    switch random.below(4) {
    case 0: lines.remove(at: line)
    case 1: lines.insert(lines[line], at: line)
    case 2: lines.swapAt(line, random.below(lines.count))
    default:
      let other = corpus[random.below(corpus.count)].split(separator: 10, omittingEmptySubsequences: false)
      if let foreign = random.pick(other) { lines.insert(Array(foreign), at: line) }
    }
    bytes = Array(lines.joined(separator: [10]))
  }

  /// Goes on with the rest of another input.
  private func splice(into bytes: inout [UInt8], at place: Int, using random: inout RandomSource) {
    let other = corpus[random.below(corpus.count)]
    bytes.replaceSubrange(place..., with: other[random.below(other.count + 1)...])
  }

  private func repeatSpan(in bytes: inout [UInt8], from place: Int, using random: inout RandomSource) {
    let repeated = bytes[span(in: bytes, from: place, using: &random)]
    let times = min(1 << random.below(9), longest / max(1, repeated.count))
    bytes.insert(contentsOf: (0..<times).flatMap { _ in repeated }, at: place)
  }

  private func swapSpans(in bytes: inout [UInt8], from place: Int, using random: inout RandomSource) {
    let first = span(in: bytes, from: place, using: &random)
    let taken = Array(bytes[first])
    bytes.removeSubrange(first)
    bytes.insert(contentsOf: taken, at: random.below(bytes.count + 1))
  }

  private static let numbers = [
    "0", "-0", "-1", "00", "1e999", "-1e999", "1e-999", "0.1", "1.", ".5", "255", "256", "65536", "2147483647",
    "2147483648", "4294967296", "9007199254740993", "9223372036854775807", "9223372036854775808",
    "18446744073709551615", "18446744073709551616", "99999999999999999999999999", "NaN", "Infinity", "-Infinity", "1_0",
    "0x10", "+1", "٣",
  ]

  private static let usualWords = [
    "null", "true", "false", "NaN", "Infinity", "-", "[", "]", "{", "}", "\"", "\\", "\\u0000", "\\ud800", "\\udc00",
    ":",
    ",", "#", "'", "|", ">", "&a", "*a", "!!binary", "<<: ", "---", "...", "%", "\t", "\r\n", "\r", "\n\n", " ", "é",
    "e\u{301}", "\u{FEFF}", "\u{202E}", "\u{200D}", "\u{2028}", "👩‍👧‍👦", "漢", "\u{1B}[2J", "\u{7F}", "\u{85}",
    "..", "/", "~", "$(x)", "`x`", "a#3",
  ]

  private static let usualBytes: [[UInt8]] = [
    [0], [0xFF, 0xFE], [0xFE, 0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x80],
    [0x1F, 0x8B], [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3],
    Array(repeating: 0x5B, count: 600), Array(repeating: 0x20, count: 300),
  ]
}
