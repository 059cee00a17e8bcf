/// A JSON value that keeps the order of members and the digits of numbers, so that seeds of 64 bits survive.
public indirect enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  /// The digits as they were written.
  case number(String)
  case string(String)
  case array([JSON])
  case object([Member])

  /// A name with its value.
  public struct Member: Hashable, Sendable {
    /// The name.
    public let key: String
    /// The value.
    public let value: JSON

    /// A name with its value.
    public init(_ key: String, _ value: JSON) {
      self.key = key
      self.value = value
    }
  }

  /// A whole number.
  public static func integer(_ value: some BinaryInteger) -> JSON { .number("\(value)") }

  /// The shortest digits that read back as the same number; `null` where it is not finite.
  public static func float(_ value: Float) -> JSON { value.isFinite ? .number("\(value)") : .null }

  /// The shortest digits that read back as the same number; `null` where it is not finite.
  public static func double(_ value: Double) -> JSON { value.isFinite ? .number("\(value)") : .null }

  /// 16 hexadecimal digits.
  public static func hexadecimal(_ value: UInt64) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The value of a name; `nil` where there is none, or this is no object.
  public subscript(key: String) -> JSON? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.key == key }?.value
  }

  /// The text on one line, always the same for the same value.
  public var text: String {
    var result = ""
    write(into: &result)
    return result
  }

  private func write(into result: inout String) {
    switch self {
    case .null: result += "null"
    case .bool(let value): result += value ? "true" : "false"
    case .number(let digits): result += digits
    case .string(let text): JSON.quote(text, into: &result)
    case .array(let elements):
      result += "["
      for (index, element) in elements.enumerated() {
        if index > 0 { result += "," }
        element.write(into: &result)
      }
      result += "]"
    case .object(let members):
      result += "{"
      for (index, member) in members.enumerated() {
        if index > 0 { result += "," }
        JSON.quote(member.key, into: &result)
        result += ":"
        member.value.write(into: &result)
      }
      result += "}"
    }
  }

  private static func quote(_ text: String, into result: inout String) {
    result += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "\r": result += "\\r"
      case _ where scalar.value < 0x10000 && PlainText.isHazard(scalar):
        let code = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - code.count) + code
      default: result.unicodeScalars.append(scalar)
      }
    }
    result += "\""
  }
}

extension JSON {
  /// The text of a string.
  public var string: String? { if case .string(let text) = self { text } else { nil } }
  /// The elements of an array.
  public var array: [JSON]? { if case .array(let elements) = self { elements } else { nil } }
  /// Whether a text begins as an object does, with a brace and a name; one that ends with the brace was cut.
  static func beginsObject(_ text: some Sequence<UInt8>) -> Bool {
    let signs = text.lazy.filter { ![0x20, 0x09, 0x0D, 0x0A].contains($0) }.prefix(2)
    return ["{\"", "{}", "{"].contains { signs.elementsEqual($0.utf8) }
  }

  /// The members of an object.
  public var members: [Member]? { if case .object(let members) = self { members } else { nil } }
  /// Whether a truth value is true.
  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  /// A whole number that is written without point or exponent.
  public var integer: Int? { if case .number(let digits) = self { Int(digits) } else { nil } }
  /// The same for seeds.
  public var unsigned: UInt64? { if case .number(let digits) = self { UInt64(digits) } else { nil } }
  /// A finite number.
  public var float: Float? {
    guard case .number(let digits) = self, let value = Float(digits), value.isFinite else { return nil }
    return value
  }
  /// A finite number.
  public var double: Double? {
    guard case .number(let digits) = self, let value = Double(digits), value.isFinite else { return nil }
    return value
  }
}
