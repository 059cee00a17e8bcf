import Foundation

extension Unicode.Scalar {
  /// What a canvas shows in place of a scalar that it cannot.
  public static let substitute: Unicode.Scalar = "\u{FFFD}"

  /// The columns in which terminals draw this scalar from left to right; 0 of what they do not: control, format,
  /// combining, private and unassigned scalars, half a flag, and letters that run to the left.
  public var columns: Int {
    switch value {
    case 0x20..<0x7F, 0x2500..<0x25FD, 0x2800..<0x2900: return 1
    case 0..<0xA0, 0xAD, 0x1160..<0x1200, 0x1F1E6...0x1F1FF: return 0
    default: break
    }
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator,
      .nonspacingMark, .enclosingMark, .spacingMark:
      return 0
    default:
      return isRightToLeft ? 0 : isWide ? 2 : 1
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

  /// Whether the scalar has the East Asian width W or F (Unicode 15): an emoji that is one without being told to, or in
  /// one of these ranges, in which what has another width is unassigned or a mark.
  private var isWide: Bool {
    guard value >= 0x1100 else { return false }
    switch value {
    case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF, 0x4E00...0xA4CF,
      0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF01...0xFF60,
      0xFFE0...0xFFE6, 0x16FE0...0x1B2FF, 0x1F200...0x1F265, 0x20000...0x3FFFD:
      return true
    default:
      return properties.isEmojiPresentation
    }
  }
}

extension Character {
  /// The one scalar that a canvas shows for this character: a letter is composed with its accents, and where that is
  /// not possible replaced, so that nobody takes it for another one.
  public var scalarOnScreen: Unicode.Scalar {
    guard let scalar = onlyScalar, scalar.columns > 0 else { return .substitute }
    return scalar
  }

  /// The columns that it takes: in a terminal, and on a canvas, which shows as many ``Unicode/Scalar/substitute`` where
  /// it cannot show the character.
  public var columns: Int {
    if let scalar = onlyScalar { return max(1, scalar.columns) }
    let scalars = unicodeScalars
    // A picture of several: a family, a flag, a sign that is told to be a picture.
    let joins = scalars.contains { $0.value == 0x200D || $0.value == 0xFE0F || $0.properties.isEmojiModifier }
    if joins || scalars.allSatisfy({ $0.properties.isEmojiPresentation }) { return 2 }
    return max(1, scalars.reduce(0) { $0 + $1.columns })
  }

  /// The character as one scalar, where it is one.
  private var onlyScalar: Unicode.Scalar? {
    if let first = unicodeScalars.first, unicodeScalars.dropFirst().isEmpty { return first }
    let composed = String(self).precomposedStringWithCanonicalMapping.unicodeScalars
    return composed.dropFirst().isEmpty ? composed.first : nil
  }
}

extension StringProtocol {
  /// The columns that the text takes on one row.
  public var columns: Int { reduce(0) { $0 + $1.columns } }

  /// What of the text fits into so many columns from its beginning; no character is halved.
  public func prefix(columns: Int) -> SubSequence {
    var room = columns
    return prefix { character in
      room -= character.columns
      return room >= 0
    }
  }
}
