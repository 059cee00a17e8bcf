import Foundation

/// Makes UTF-8 of text as programs write it: UTF-8, or UTF-16 of either order, with or without a mark before it.
///
/// Text comes in pieces and goes on in pieces; what it says of itself is found out from its first four bytes.
struct TextDecoder {
  private enum Encoding {
    case utf8
    case utf16(isBigEndian: Bool)
  }

  private let place: FilePlace
  private var encoding: Encoding?
  /// Bytes of a character whose end has not come yet, or of a mark.
  private var rest: [UInt8] = []
  /// Bytes before the rest, and lines that have ended in them.
  private var offset = 0
  private var lineFeeds = 0
  /// What stands where the text that was given out ends.
  private var problem: FileProblem?
  /// Whether a problem was that bytes are no text, or end within a character: what came before them is whole.
  var isDamaged: Bool { problem != nil }
  /// Whether UTF-8 is given out as it comes, for readers who look at each line by itself.
  private let passesUTF8: Bool

  /// - Parameters:
  ///   - passesUTF8: whether UTF-8 is given out unchecked, with a mark before it.
  ///   - isPlain: whether the text is known to be UTF-8, as of a later part of a file.
  init(_ place: FilePlace, isPlain: Bool = false, passesUTF8: Bool = false) {
    (self.place, self.passesUTF8) = (place, passesUTF8)
    encoding = isPlain ? .utf8 : nil
  }

  /// The whole of a text at once.
  static func decoded(_ bytes: Data, place: FilePlace) throws(FileProblem) -> [UInt8] {
    var decoder = TextDecoder(place)
    return try decoder.take([UInt8](bytes)) + decoder.end()
  }

  /// Whether a text that begins so is UTF-8, and its offsets those of the file.
  static func isUTF8(_ first: [UInt8], place: FilePlace) throws(FileProblem) -> Bool {
    if case .utf16? = try TextDecoder(place).found(in: first, isAll: true) { false } else { true }
  }

  /// As much UTF-8 as the bytes are whole characters. What is no text is told after what came before it.
  mutating func take(_ bytes: [UInt8]) throws(FileProblem) -> [UInt8] {
    if let problem { throw problem }
    let bytes = rest.isEmpty ? bytes : rest + bytes
    rest = []
    if encoding == nil { encoding = try found(in: bytes, isAll: false) }
    guard let encoding else {
      rest = bytes
      return []
    }
    return try decoded(bytes, encoding)
  }

  /// What was left, once all has come.
  mutating func end() throws(FileProblem) -> [UInt8] {
    var text: [UInt8] = []
    if encoding == nil, !rest.isEmpty {
      let (bytes, encoding) = (rest, try found(in: rest, isAll: true) ?? .utf8)
      (rest, self.encoding) = ([], encoding)
      text = try decoded(bytes, encoding)
    }
    if !rest.isEmpty { problem = problem ?? invalid(at: 0, line: lineFeeds + 1) }
    if let problem { throw problem }
    return text
  }

  private func found(in bytes: [UInt8], isAll: Bool) throws(FileProblem) -> Encoding? {
    guard bytes.count >= 4 || isAll else { return nil }
    let first = Array(bytes.prefix(4))
    if first.starts(with: [0xEF, 0xBB, 0xBF]) { return .utf8 }
    switch (first.map { $0 == 0 }, first.prefix(2)) {
    case ([false, true, true, true], _), ([true, true, false, true], _), ([true, true, true, false], _),
      ([false, false, true, true], [0xFF, 0xFE]):
      throw place.bad("the text is UTF-32", line: 1, mend: "save the file as UTF-8")
    case (_, [0xFF, 0xFE]): return .utf16(isBigEndian: false)
    case (_, [0xFE, 0xFF]): return .utf16(isBigEndian: true)
    case (let zeros, _) where zeros.count > 1 && zeros[0] != zeros[1]: return .utf16(isBigEndian: zeros[0])
    default: return .utf8
    }
  }

  private mutating func decoded(_ bytes: [UInt8], _ encoding: Encoding) throws(FileProblem) -> [UInt8] {
    switch encoding {
    case .utf8: return passesUTF8 ? bytes : checked(bytes)
    case .utf16(let isBigEndian): return try transcoded(bytes, isBigEndian)
    }
  }

  /// UTF-8 that was found to be so, without a mark at its start.
  private mutating func checked(_ bytes: [UInt8]) -> [UInt8] {
    let end = bytes.count - TextDecoder.begun(at: bytes[...])
    var whole = end == bytes.count ? bytes : Array(bytes[..<end])
    rest = Array(bytes[end...])
    if let at = TextDecoder.firstInvalid(in: whole[...]) {
      problem = invalid(at: at, line: lineFeeds + 1 + TextDecoder.lineFeeds(in: whole[..<at]))
      (whole, rest) = (Array(whole[..<at]), [])
    }
    let isMarked = offset == 0 && whole.starts(with: [0xEF, 0xBB, 0xBF])
    count(whole, bytes: whole.count)
    return isMarked ? Array(whole.dropFirst(3)) : whole
  }

  private mutating func transcoded(_ bytes: [UInt8], _ isBigEndian: Bool) throws(FileProblem) -> [UInt8] {
    func unit(_ index: Int) -> UInt16 {
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      return isBigEndian ? first << 8 | second : second << 8 | first
    }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count / 2 + 4)
    var index = 0
    while index + 1 < bytes.count {
      var code = UInt32(unit(index))
      var length = 2
      if code & 0xFC00 == 0xD800 {
        guard index + 3 < bytes.count else { break }
        code = 0x10000 + (code & 0x3FF) << 10 + UInt32(unit(index + 2) & 0x3FF)
        length = unit(index + 2) & 0xFC00 == 0xDC00 ? 4 : 0
      }
      guard length > 0, let scalar = Unicode.Scalar(code) else {
        problem = place.bad(
          "byte \(offset + index) is not UTF-16", line: lineFeeds + 1 + TextDecoder.lineFeeds(in: text[...]),
          mend: "save the file as UTF-8")
        break
      }
      if scalar != "\u{FEFF}" || offset + index > 0, let encoded = UTF8.encode(scalar) { text += encoded }
      index += length
    }
    rest = problem == nil ? Array(bytes[index...]) : []
    count(text, bytes: index)
    return text
  }

  private mutating func count(_ text: [UInt8], bytes: Int) {
    offset += bytes
    lineFeeds += TextDecoder.lineFeeds(in: text[...])
  }

  private func invalid(at index: Int, line: Int) -> FileProblem {
    if case .utf16? = encoding {
      return place.bad(
        "byte \(offset + index) is half a character of UTF-16", line: line, mend: "save the file as UTF-8")
    }
    return place.bad("byte \(offset + index) is not UTF-8", line: line, mend: "save the file as UTF-8")
  }

  private static func isASCII(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.withUnsafeBytes { bytes in
      var index = 0
      while index + 8 <= bytes.count {
        if bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 != 0 { return false }
        index += 8
      }
      while index < bytes.count {
        if bytes[index] >= 0x80 { return false }
        index += 1
      }
      return true
    }
  }

  private static func lineFeeds(in bytes: ArraySlice<UInt8>) -> Int {
    bytes.withUnsafeBytes { bytes in
      var (count, start) = (0, 0)
      while start < bytes.count, let base = bytes.baseAddress,
        let found = memchr(base + start, 0x0A, bytes.count - start)
      {
        count += 1
        start = base.distance(to: UnsafeRawPointer(found)) + 1
      }
      return count
    }
  }

  /// Bytes at the end of UTF-8 that are a character whose own end has not come.
  static func begun(at text: ArraySlice<UInt8>) -> Int {
    guard let last = text.last, last >= 0x80 else { return 0 }
    // A character has up to four bytes, the first of which says how many.
    for back in 1...min(3, text.count) where text[text.endIndex - back] >= 0xC0 {
      let lead = text[text.endIndex - back]
      return back < (lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2) ? back : 0
    }
    return 0
  }

  /// The offset in UTF-8 of the first byte that no valid text goes on with; `nil` where all of it is valid.
  static func firstInvalid(in bytes: ArraySlice<UInt8>) -> Int? {
    guard !isASCII(bytes), String(validating: bytes, as: UTF8.self) == nil else { return nil }
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var offset = 0
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): offset += UTF8.width(scalar)
      case .emptyInput, .error: return min(offset, bytes.count)
      }
    }
  }
}
