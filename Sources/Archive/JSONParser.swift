/// Why bytes are no JSON.
public struct JSONProblem: Error, Hashable, Sendable {
  /// Bytes before the fault.
  public let offset: Int
  /// What is wrong, without a full stop.
  public let cause: String
  /// What to write instead, where that is plain.
  public let mend: String?
  /// Whether the bytes end where more should have come: those that were there are right so far.
  public let isAtEnd: Bool
}

extension JSON {
  /// Arrays and objects inside one another.
  public static let largestDepth = 32

  /// The value of bytes that are strict JSON and nothing else: no name twice, no deep nesting, no broken UTF-8.
  public init(parsing bytes: some Collection<UInt8>) throws(JSONProblem) {
    var parser = JSONParser(bytes: ContiguousArray(bytes))
    self = try parser.document()
  }
}

/// Reads a value from its first byte to its last; what follows it, the caller checks.
private struct JSONParser {
  let bytes: ContiguousArray<UInt8>
  var offset = 0

  init(bytes: ContiguousArray<UInt8>) { self.bytes = bytes }

  private func bad(_ cause: String, mend: String? = nil) -> JSONProblem {
    JSONProblem(offset: offset, cause: cause, mend: mend, isAtEnd: offset >= bytes.count)
  }

  private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  mutating func document() throws(JSONProblem) -> JSON {
    let result = try value(depth: 0)
    skipSpace()
    guard next == nil else { throw bad("something follows the value") }
    return result
  }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard next == byte else { return false }
    offset += 1
    return true
  }

  private mutating func value(depth: Int) throws(JSONProblem) -> JSON {
    skipSpace()
    guard depth <= JSON.largestDepth else { throw bad("it is nested deeper than \(JSON.largestDepth)") }
    switch next {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case nil: throw bad("it ends where a value should stand")
    case let byte? where byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte): return try number()
    default: throw strange()
    }
  }

  /// What is wrong with something that is no value.
  private func strange() -> JSONProblem {
    let rest = bytes[offset...]
    // As Python and JavaScript write numbers that are not finite.
    if let word = ["NaN", "Infinity", "-Infinity"].first(where: { rest.starts(with: $0.utf8) }) {
      return bad("\(word) is no number of JSON", mend: "write null where there is none")
    }
    // A word that the end has cut.
    let isCut = ["true", "false", "null", "NaN", "Infinity", "-Infinity"].contains { $0.utf8.starts(with: rest) }
    return JSONProblem(offset: offset, cause: "no value begins here", mend: nil, isAtEnd: isCut)
  }

  private mutating func object(depth: Int) throws(JSONProblem) -> JSON {
    offset += 1
    var members: [JSON.Member] = []
    var seen: Set<String> = []
    if take(UInt8(ascii: "}")) { return .object([]) }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw bad("a name in quotes should stand here") }
      let start = offset
      let key = try string()
      guard seen.insert(key).inserted else {
        offset = start
        throw bad("the name '\(PlainText.stripped(key, limit: 60))' stands twice")
      }
      guard take(UInt8(ascii: ":")) else { throw bad("a ':' should stand here") }
      members.append(JSON.Member(key, try value(depth: depth + 1)))
      if take(UInt8(ascii: "}")) { return .object(members) }
      guard take(UInt8(ascii: ",")) else { throw bad("a ',' or '}' should stand here") }
    }
  }

  private mutating func array(depth: Int) throws(JSONProblem) -> JSON {
    offset += 1
    var elements: [JSON] = []
    if take(UInt8(ascii: "]")) { return .array([]) }
    while true {
      elements.append(try value(depth: depth + 1))
      if take(UInt8(ascii: "]")) { return .array(elements) }
      guard take(UInt8(ascii: ",")) else { throw bad("a ',' or ']' should stand here") }
    }
  }

  private mutating func word(_ word: StaticString, _ value: JSON) throws(JSONProblem) -> JSON {
    let letters = word.description.utf8
    guard bytes[offset...].starts(with: letters) else { throw strange() }
    offset += letters.count
    return value
  }

  private mutating func digits() -> Int {
    let start = offset
    while let byte = next, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { offset += 1 }
    return offset - start
  }

  private mutating func number() throws(JSONProblem) -> JSON {
    let start = offset
    if next == UInt8(ascii: "-") { offset += 1 }
    if next == UInt8(ascii: "I") {
      offset = start
      throw strange()
    }
    let leadsWithZero = next == UInt8(ascii: "0")
    let count = digits()
    guard count > 0, !leadsWithZero || count == 1 else { throw bad("this is no number") }
    if next == UInt8(ascii: ".") {
      offset += 1
      guard digits() > 0 else { throw bad("digits should follow the point") }
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      offset += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { offset += 1 }
      guard digits() > 0 else { throw bad("digits should follow the 'e'") }
    }
    guard offset - start <= 64 else { throw bad("the number has more than 64 characters") }
    return .number(String(decoding: bytes[start..<offset], as: UTF8.self))
  }

  private mutating func string() throws(JSONProblem) -> String {
    offset += 1
    var result: [UInt8] = []
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: result, as: UTF8.self) else {
          throw bad("the text before here is not UTF-8", mend: "save the file as UTF-8")
        }
        offset += 1
        return text
      case UInt8(ascii: "\\"): try escape(into: &result)
      case 0..<0x20: throw bad("a control character stands in a text")
      default:
        result.append(byte)
        offset += 1
      }
    }
    throw bad("a text is not closed")
  }

  private mutating func escape(into result: inout [UInt8]) throws(JSONProblem) {
    offset += 1
    guard let letter = next else { throw bad("a text is not closed") }
    offset += 1
    switch letter {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(letter)
    case UInt8(ascii: "b"): result.append(0x08)
    case UInt8(ascii: "f"): result.append(0x0C)
    case UInt8(ascii: "n"): result.append(0x0A)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "u"):
      var code = try hexadecimal()
      if (0xD800..<0xDC00).contains(code) {
        guard bytes[offset...].starts(with: "\\u".utf8) else { throw bad("half a surrogate pair") }
        offset += 2
        let low = try hexadecimal()
        guard (0xDC00..<0xE000).contains(low) else { throw bad("half a surrogate pair") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw bad("half a surrogate pair") }
      result.append(contentsOf: String(scalar).utf8)
    default: throw bad("there is no such escape")
    }
  }

  private mutating func hexadecimal() throws(JSONProblem) -> UInt32 {
    let four = bytes[offset...].prefix(4)
    guard four.count == 4, four.allSatisfy({ Unicode.Scalar($0).properties.isASCIIHexDigit }),
      let code = UInt32(String(decoding: four, as: UTF8.self), radix: 16)
    else {
      let isCut = four.count < 4 && four.allSatisfy { Unicode.Scalar($0).properties.isASCIIHexDigit }
      throw JSONProblem(
        offset: offset, cause: "four hexadecimal digits should follow '\\u'", mend: nil,
        isAtEnd: isCut && offset + four.count >= bytes.count)
    }
    offset += 4
    return code
  }
}
