/// A key as a terminal reports it.
public enum Key: Hashable, Sendable {
  case character(Character)
  case up, down, left, right, shiftUp, shiftDown, shiftLeft, shiftRight
  case enter, escape, backspace, delete, tab, shiftTab, home, end, pageUp, pageDown, insert
  case function(Int)
  /// With Control held: the lower-case letter.
  case control(Character)

  private static let names: [(String, Key)] = [
    ("Up", .up), ("Down", .down), ("Left", .left), ("Right", .right), ("S-Up", .shiftUp), ("S-Down", .shiftDown),
    ("S-Left", .shiftLeft), ("S-Right", .shiftRight), ("Enter", .enter), ("Esc", .escape), ("BS", .backspace),
    ("Del", .delete), ("Tab", .tab), ("S-Tab", .shiftTab), ("Home", .home), ("End", .end), ("PgUp", .pageUp),
    ("PgDn", .pageDown), ("Ins", .insert), ("Space", .character(" ")),
  ]

  /// Reads a key's name: `d`, `Space`, `Left`, `S-Left`, `^P`, `F1`; `nil` of anything else.
  public init?(named name: String) {
    if let named = Key.names.first(where: { $0.0.lowercased() == name.lowercased() })?.1, name.count > 1 {
      self = named
    } else if name.lowercased() == "backspace" {
      self = .backspace
    } else if name.count == 1, let character = name.first {
      self = .character(character)
    } else if name.count == 2, name.first == "^", let letter = name.last?.lowercased().first, letter.isLetter {
      self = .control(letter)
    } else if name.first == "F", let number = Int(name.dropFirst()), (1...12).contains(number) {
      self = .function(number)
    } else {
      return nil
    }
  }

  /// Reads names with spaces between them: `"Space , , d q"`.
  /// - Throws: ``UnknownKey`` with the first name that is none.
  public static func sequence(_ text: String) throws(UnknownKey) -> [Key] {
    var keys: [Key] = []
    for name in text.split(whereSeparator: \.isWhitespace) {
      guard let key = Key(named: String(name)) else { throw UnknownKey(name: String(name)) }
      keys.append(key)
    }
    return keys
  }
}

extension Key: CustomStringConvertible {
  /// The name that ``init(named:)`` reads.
  public var description: String {
    switch self {
    case .character(let character) where character != " ": String(character)
    case .function(let number): "F\(number)"
    case .control(let letter): "^\(letter.uppercased())"
    default: Key.names.first { $0.1 == self }?.0 ?? "?"
    }
  }
}

/// A name that no key has.
public struct UnknownKey: Error, CustomStringConvertible {
  /// What was asked for.
  public let name: String

  /// One line for people.
  public var description: String {
    "there is no key '\(name)'; write d, Space, Enter, Esc, Tab, BS, Left, S-Left, Home, PgUp, ^L or F1"
  }
}
