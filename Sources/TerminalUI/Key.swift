/// A key, or a chord of keys that a terminal can tell apart.
public enum Key: Hashable, Sendable {
  /// A printing key; the space bar is `" "`.
  case character(Character)
  /// An arrow key.
  case up, down, left, right
  /// An arrow key with Shift.
  case shiftUp, shiftDown, shiftLeft, shiftRight
  /// Return; terminals send Ctrl-M for it.
  case enter
  /// Esc.
  case escape
  /// The key that deletes to the left.
  case backspace
  /// Del.
  case delete
  /// Tab; terminals send Ctrl-I for it.
  case tab
  /// Tab with Shift.
  case shiftTab
  /// Home.
  case home
  /// End.
  case end
  /// Page up.
  case pageUp
  /// Page down.
  case pageDown
  /// Ins.
  case insert
  /// A function key, from 1.
  case function(Int)
  /// Ctrl with a letter; the letter is lowercase.
  case control(Character)

  /// The space bar.
  public static let space = Key.character(" ")
}

extension Key: ExpressibleByExtendedGraphemeClusterLiteral {
  /// A printing key written as its character, so that `case .key("t")` reads.
  public init(extendedGraphemeClusterLiteral value: Character) { self = .character(value) }
}

/// A word that names no key.
public struct UnknownKey: Error, Hashable, CustomStringConvertible {
  /// The word as it was given.
  public var word: String

  /// The names of keys that have one.
  public static var known: [String] { Key.names.map(\.name) }

  /// What is wrong.
  public var cause: String { "no key is called '\(String(word.prefix(20).map { Character($0.scalarOnScreen) }))'" }

  /// What is wrong, and what would be right.
  public var description: String {
    "\(cause); write a character, ^P, F1, or one of \(UnknownKey.known.joined(separator: ", "))"
  }
}

extension Key: CustomStringConvertible {
  /// Names for help and for `Key(described:)`; the first of a key is the one that help prints.
  static let names: [(name: String, key: Key)] = [
    ("Space", .space), ("←", .left), ("→", .right), ("↑", .up), ("↓", .down), ("Left", .left), ("Right", .right),
    ("Up", .up), ("Down", .down), ("S-←", .shiftLeft), ("S-→", .shiftRight), ("S-↑", .shiftUp), ("S-↓", .shiftDown),
    ("S-Left", .shiftLeft), ("S-Right", .shiftRight), ("S-Up", .shiftUp), ("S-Down", .shiftDown), ("Enter", .enter),
    ("Esc", .escape), ("BS", .backspace), ("Backspace", .backspace), ("Del", .delete), ("Delete", .delete),
    ("Tab", .tab), ("S-Tab", .shiftTab), ("Home", .home), ("End", .end), ("PgUp", .pageUp), ("PgDn", .pageDown),
    ("PageUp", .pageUp), ("PageDown", .pageDown), ("Ins", .insert), ("Insert", .insert), ("Return", .enter),
    ("Escape", .escape),
  ]

  /// The key as help prints it: `Space`, `←`, `^P`, `F1`, `d`.
  public var description: String {
    switch self {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .control(let letter): "^\(letter.uppercased())"
    case .function(let number): "F\(number)"
    default: Key.names.first { $0.key == self }?.name ?? ""
    }
  }

  /// The key as a script writes it, in letters that any keyboard has: `Space`, `Left`, `^P`, `F1`, `d`.
  public var typed: String {
    guard !description.utf8.allSatisfy({ $0 < 0x80 }) else { return description }
    return Key.names.first { $0.key == self && $0.name.utf8.allSatisfy { $0 < 0x80 } }?.name ?? description
  }

  /// The key that a word describes: `Space`, `Left`, `←`, `Shift-Tab`, `^P`, `C-p`, `F1`, or a character by itself.
  public init(described word: String) throws(UnknownKey) {
    if word.count == 1, let character = word.first {
      guard character.columns == 1, character.unicodeScalars.count == 1, character.scalarOnScreen != .substitute
      else {
        throw UnknownKey(word: word)
      }
      self = Key.names.first { $0.name == word }?.key ?? .character(character)
      return
    }
    let lower = word.lowercased()
    let wanted = lower.hasPrefix("shift-") ? "s-" + lower.dropFirst(6) : lower
    if let named = Key.names.first(where: { $0.name.lowercased() == wanted }) {
      self = named.key
    } else if let letter = Key.letter(ofControl: lower) {
      self = Key.control(letter).canonical
    } else if lower.first == "f", let number = Int(lower.dropFirst()), (1...63).contains(number) {
      self = .function(number)
    } else {
      throw UnknownKey(word: word)
    }
  }

  /// The keys that `text` names, separated by spaces: `"Space d , Left"`.
  public static func sequence(_ text: String) throws(UnknownKey) -> [Key] {
    var keys: [Key] = []
    for word in text.split(whereSeparator: \.isWhitespace) { keys.append(try Key(described: String(word))) }
    return keys
  }

  /// The same key as a terminal reports it: Ctrl with a lowercase letter, Ctrl-I as Tab and Ctrl-M as Enter.
  public var canonical: Key {
    guard case .control(let letter) = self else { return self }
    switch Character(letter.lowercased()) {
    case "i": return .tab
    case "m": return .enter
    case let lower: return .control(lower)
    }
  }

  private static func letter(ofControl word: String) -> Character? {
    for prefix in ["^", "c-", "ctrl-"] where word.hasPrefix(prefix) {
      let rest = word.dropFirst(prefix.count)
      if rest.count == 1, let letter = rest.first, letter.isASCII, letter.isLetter { return letter }
    }
    return nil
  }
}
