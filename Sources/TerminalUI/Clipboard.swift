/// How text gets to a clipboard; whether it arrives, nobody answers.
public enum ClipboardRoute: Sendable, Hashable {
  /// Straight to the terminal.
  case terminal
  /// Through tmux, which passes it on where its option `set-clipboard` is `on`; it is not unless somebody set it.
  case tmux
  /// Through GNU screen, which passes on what is wrapped.
  case screen
}

/// The control string with which programs hand text to a terminal's clipboard, OSC 52.
///
/// xterm, kitty, WezTerm, foot, iTerm2 and others take it; tmux does where `set-clipboard` is `on`.
enum Clipboard {
  /// Terminals and tmux drop what is longer: 74,994 letters of base 64, after which some of xterm's kin cut.
  static let limit = 74_994 / 4 * 3

  /// The string for a text, cut between two characters where it is longer than terminals take.
  ///
  /// Control characters but newlines and tabs are left out, so that pasting it into a shell runs nothing.
  static func sequence(for text: String, through route: ClipboardRoute = .terminal) -> String {
    var bytes: [UInt8] = []
    for character in text {
      let letters = Array(String(character).utf8)
      if bytes.count + letters.count > limit { break }
      let isControl = character.unicodeScalars.contains { $0.properties.generalCategory == .control }
      if !isControl || character == "\n" || character == "\t" { bytes += letters }
    }
    let sequence = "\u{1B}]52;c;\(base64(bytes))\u{07}"
    switch route {
    case .terminal, .tmux: return sequence
    case .screen: return wrapped(Array(sequence.utf8))
    }
  }

  /// In device control strings, whose content screen writes to its terminal; it takes a few hundred bytes of each.
  private static func wrapped(_ bytes: [UInt8]) -> String {
    stride(from: 0, to: bytes.count, by: 500).map { start in
      "\u{1B}P\(String(decoding: bytes[start..<min(start + 500, bytes.count)], as: UTF8.self))\u{1B}\\"
    }.joined()
  }

  /// Bytes in the 64 letters of RFC 4648.
  static func base64(_ bytes: [UInt8]) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var result: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = bytes[start..<min(start + 3, bytes.count)]
      let bits = part.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - part.count))
      for place in 0..<4 {
        result.append(place <= part.count ? letters[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
