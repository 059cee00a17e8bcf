import Foundation

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
      return !properties.isEmojiPresentation && !isEastAsianWide && !isRightToLeft
    }
  }

  /// Whether terminals that know of direction write the scalar to the left, and turn what stands beside it round: Hebrew,
  /// Arabic and their like (Unicode 15, by its blocks).
  private var isRightToLeft: Bool {
    switch value {
    case 0x0590...0x08FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFF, 0x10800...0x10FFF, 0x1E800...0x1EFFF: return true
    default: return false
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
  /// The one scalar that a canvas shows for this character: a letter is composed with its accents, and where that is
  /// not possible replaced, so that nobody takes it for another one.
  public var scalarOnScreen: Unicode.Scalar {
    var scalars = Array(unicodeScalars)
    if scalars.count > 1 { scalars = Array(String(self).precomposedStringWithCanonicalMapping.unicodeScalars) }
    guard scalars.count == 1, scalars[0].isOneColumn else { return .substitute }
    return scalars[0]
  }
}
