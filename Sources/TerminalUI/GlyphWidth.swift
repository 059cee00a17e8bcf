extension Unicode.Scalar {
  /// What a canvas shows in place of a scalar that it cannot.
  public static let substitute: Unicode.Scalar = "\u{FFFD}"

  /// Whether terminals draw this scalar in exactly one column.
  ///
  /// Control, format, combining, private, unassigned and wide scalars are not; text from a file can therefore
  /// neither move the cursor nor run an escape sequence nor push its neighbours aside.
  public var isOneColumn: Bool {
    switch value {
    case 0x20..<0x7F, 0x2500..<0x25FD, 0x2800..<0x2900: return true
    case 0..<0xA0, 0xAD, 0x1160..<0x1200: return false
    default: break
    }
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
      .nonspacingMark, .enclosingMark, .spacingMark:
      return false
    default:
      return !properties.isEmojiPresentation && !isEastAsianWide
    }
  }

  /// Whether the scalar has the East Asian width W or F (Unicode 15, by its blocks).
  private var isEastAsianWide: Bool {
    guard value >= 0x1100 else { return false }
    switch value {
    case 0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF,
      0x4E00...0x9FFF, 0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x18D00...0x18D08, 0x1AFF0...0x1B2FF,
      0x1F200...0x1F265, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD:
      return true
    default:
      return false
    }
  }
}

extension Character {
  /// The one scalar that a canvas shows for this character: accents that could not be composed fall away.
  var scalarOnScreen: Unicode.Scalar {
    guard let first = unicodeScalars.first, first.isOneColumn else { return .substitute }
    return first
  }
}
