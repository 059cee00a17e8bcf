/// Text from a file that may reach a screen: nothing in it can move a cursor, reorder letters or hide.
public enum PlainText {
  /// The text on one line, without escape sequences, control characters and invisible or reordering marks.
  ///
  /// Line breaks, tabs and separators become a space.
  /// - Parameter limit: characters; a longer text ends in `…`.
  public static func stripped(_ text: String, limit: Int = 200) -> String {
    clean(text, keepsLines: false, limit: limit)
  }

  /// The same for a text of several lines, whose line feeds stay.
  public static func strippedLines(_ text: String, limit: Int = 4000) -> String {
    clean(text, keepsLines: true, limit: limit)
  }

  /// The text without spaces at its ends.
  public static func trimmed(_ text: some StringProtocol) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  private static func clean(_ text: String, keepsLines: Bool, limit: Int) -> String {
    var result = String.UnicodeScalarView()
    var count = 0
    var escape = EscapeSequence.none
    for scalar in text.unicodeScalars {
      if escape.swallows(scalar) { continue }
      let kept: Unicode.Scalar
      switch scalar.value {
      case 0x0A where keepsLines: kept = scalar
      case 0x09...0x0D, 0x85, 0x2028, 0x2029: kept = " "
      default:
        if isHazard(scalar) { continue }
        kept = scalar
      }
      if count == limit {
        while count > max(0, limit - 1), result.popLast() != nil { count -= 1 }
        result.append("…")
        break
      }
      result.append(kept)
      count += 1
    }
    return String(result)
  }

  /// Whether a scalar can do something to a screen or to a reader other than be seen: C0, DEL, C1, marks that
  /// reorder, separators of lines, and what has no width.
  public static func isHazard(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0...0x1F, 0x7F...0x9F: true
    case 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F, 0x3164, 0xFEFF, 0xFFA0: true
    case 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFFF0...0xFFFB: true
    case 0xE0000...0xE0FFF: true
    default: scalar.value & 0xFFFE == 0xFFFE
    }
  }
}

/// Where the scan stands in a terminal's escape sequence.
private enum EscapeSequence {
  case none, begun, control, text, textEnding

  /// Whether the scalar belongs to an escape sequence; goes on to the next place.
  mutating func swallows(_ scalar: Unicode.Scalar) -> Bool {
    switch self {
    case .none:
      switch scalar.value {
      case 0x1B: self = .begun
      case 0x9B: self = .control
      case 0x90, 0x98, 0x9D, 0x9E, 0x9F: self = .text
      default: return false
      }
      return true
    case .begun:
      switch scalar {
      case "[": self = .control
      case "]", "P", "X", "^", "_": self = .text
      case "\u{1B}": break
      case " "..."/": break
      default: self = .none
      }
      return true
    case .control:
      if scalar.value < 0x20 || scalar.value > 0x7E {
        self = .none
        return swallows(scalar)
      }
      if scalar.value >= 0x40 { self = .none }
      return true
    case .text:
      switch scalar.value {
      case 0x07, 0x9C: self = .none
      case 0x1B: self = .textEnding
      case 0x0A, 0x0D:
        self = .none
        return false
      default: break
      }
      return true
    case .textEnding:
      self = scalar == "\\" ? .none : .begun
      return scalar == "\\" ? true : swallows(scalar)
    }
  }
}
