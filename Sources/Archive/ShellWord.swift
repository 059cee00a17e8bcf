/// Text that is meant to be pasted into a shell: bash, zsh or a kin of theirs reads it as what it stands for.
public enum ShellWord {
  /// The text as one word.
  ///
  /// What a shell leaves alone stays as it is, anything else is put in quotes; where a character could not be seen on a
  /// screen, its bytes are written out (`$'a\nb'`), so that what is pasted is what was meant.
  public static func quoted(_ text: String) -> String {
    if !text.isEmpty, text.unicodeScalars.allSatisfy(plain.contains) { return text }
    guard text.unicodeScalars.contains(where: PlainText.isHazard) else {
      return "'\(text.replacing("'", with: "'\\''"))'"
    }
    return "$'" + text.unicodeScalars.map(escaped).joined() + "'"
  }

  /// A file, or a level by its file, as one word that no command takes for an option.
  public static func file(_ path: String) -> String {
    quoted(path.hasPrefix("-") && path != "-" ? "./" + path : path)
  }

  private static let plain = Set(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-:@+,%".unicodeScalars)

  /// A scalar between `$'` and `'`. Octal digits are three at most, so that what follows is never taken for one.
  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "'": return "\\'"
    case "\\": return "\\\\"
    case "\n": return "\\n"
    case "\t": return "\\t"
    case "\r": return "\\r"
    default:
      guard PlainText.isHazard(scalar) else { return String(scalar) }
      return Array(String(scalar).utf8).map { byte in
        let digits = String(byte, radix: 8)
        return "\\" + String(repeating: "0", count: 3 - digits.count) + digits
      }.joined()
    }
  }
}
