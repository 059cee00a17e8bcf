import Letters

/// Which characters a terminal can be trusted to draw.
public enum GlyphSet: Sendable, Hashable, CaseIterable {
  /// Box lines, blocks and braille.
  case unicode
  /// Only the 95 printable characters of ASCII.
  case ascii

  /// What stands for `scalar` in this set: itself, or for ASCII the nearest thing that reads.
  public func scalar(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    if self == .unicode || (0x20..<0x7F).contains(scalar.value) { return scalar }
    if let standIn = GlyphSet.standIns[scalar] { return standIn }
    if (0x2800..<0x2900).contains(scalar.value) { return GlyphSet.density(ofBraille: scalar) }
    switch scalar.value {
    case 0x2500...0x257F: return "+"
    case 0x2580...0x259F: return "#"
    default: return scalar.properties.isWhitespace ? " " : "?"
    }
  }

  /// `text` in this set, as many columns wide, its line feeds as they are.
  public func text(_ text: String) -> String {
    if self == .unicode { return text }
    var result = String.UnicodeScalarView()
    for character in text {
      let standIn = character == "\n" ? "\n" : scalar(character.scalarOnScreen)
      result.append(contentsOf: repeatElement(standIn, count: character.columns))
    }
    return String(result)
  }

  /// The more dots, the denser the character.
  private static func density(ofBraille scalar: Unicode.Scalar) -> Unicode.Scalar {
    let shades: [Unicode.Scalar] = [" ", ".", ":", "-", "=", "+", "*", "%", "#"]
    return shades[(scalar.value & 0xFF).nonzeroBitCount]
  }

  private static let standIns: [Unicode.Scalar: Unicode.Scalar] = {
    let rows: [(standIn: Unicode.Scalar, glyphs: String)] = [
      ("-", "─╴╶┈╌–—‐−"), ("|", "│╵╷▕‖"), (":", "┄┆┊╎⋮⋰⋱"), ("+", "┌┐└┘├┤┬┴┼╭╮╰╯✚"),
      ("=", "═║╔╗╚╝▬"), ("\"", "━╸╺┅┉┃╹╻┇┋┏┓┗┛┣┫┳┻╋“”"),
      ("/", "╱∕⟋"), ("\\", "╲⟍"), ("x", "╳✗✘×⨯"), ("v", "▾▿▼↓⌄∨✓✔"), ("^", "▴▵▲↑⌃∧"), ("<", "◄◅◀←◂‹«⟨"),
      (">", "►▻▶→▸›»⟩"), ("1", "▁"), ("2", "▂"), ("3", "▃"), ("4", "▄"), ("5", "▅"), ("6", "▆"), ("7", "▇"),
      ("#", "█▌▋▊▉▓▀▐"), ("%", "╍╏"), ("U", "⊕"), (".", "·░…∙•⋅"), ("!", "⚠‼"), ("~", "≈∼～"),
      ("O", "●◎⬤"), ("o", "○◦◯"), ("G", "◉"), ("P", "⚑⚐"), ("*", "◆★✦✱∗"), ("k", "⚷"), ("T", "▣"), ("&", "◈▒"),
      ("D", "◊"), ("$", "◇☆"), ("s", "■▪§"), ("_", "□▫▯▭"), ("d", "∂Δδ"), ("p", "π"), ("r", "ρ"), ("l", "λ"),
      ("g", "γ"),
      ("e", "ε"),
      ("a", "α"), ("b", "β"), ("h", "θ"), ("S", "Σ∑"), ("n", "η"), ("u", "μµ"), ("'", "‘’′"), ("?", "\u{FFFD}"),
      ("i", "ⓘ"), ("q", "κ"), ("H", "≡"), ("t", "♣"), ("8", "∞"), ("2", "²"), ("0", "°∅"), ("A", "Å"), ("N", "№"),
      ("y", "ϕφ"),
      // Of a bar's last column what is half full counts as full: a dash before a number would be its sign.
      (" ", "\u{A0}▏▎▍"),
    ]
    var table: [Unicode.Scalar: Unicode.Scalar] = [
      "±": "~", "∈": "E", "≤": "<", "≥": ">", "≠": "X", "↔": "-", "↕": "|", "⇥": ">", "⏎": "<",
      "≻": ">", "≺": "<", "ℓ": "l", "√": "v", "▮": "|",
    ]
    for row in rows {
      for glyph in row.glyphs.unicodeScalars { table[glyph] = row.standIn }
    }
    return table
  }()
}
