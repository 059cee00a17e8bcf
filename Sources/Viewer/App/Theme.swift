import Gridworlds
import TerminalUI

/// What something on a screen means; a theme gives it a style. Every meaning also has a glyph of its own, so that
/// nothing is said by colour alone.
enum Ink: Sendable {
  case text, strong, dim, faint, border, title, key, alert
  case wall, floor, agent, trail, departed
  case intended, proxy, both, neither
  case hazard, creature, item
  case red, blue, yellow
}

/// How the program looks: dark, light, washed-out projectors, the strongest contrast, or without colour.
public struct Theme: Sendable, Equatable {
  /// The themes there are.
  public enum Name: String, Sendable, CaseIterable { case dark, light, projector, contrast, mono }

  /// Which one.
  public var name: Name

  /// What the screen can draw; what is told apart by shape alone may have to be drawn otherwise there.
  public var glyphs: GlyphSet

  /// A theme.
  public init(_ name: Name, glyphs: GlyphSet = .unicode) {
    self.name = name
    self.glyphs = glyphs
  }

  /// The one after it, in a circle.
  public var next: Theme {
    let all = Name.allCases
    return Theme(all[((all.firstIndex(of: name) ?? 0) + 1) % all.count], glyphs: glyphs)
  }

  /// Whether there is no colour, so that glyphs and attributes must say everything.
  var isMono: Bool { name == .mono }

  var background: Color { ground(0x14171C, 0xFCFBF7, 0xFFFFFF, 0x000000) }

  /// Behind walls, so that blocks read as blocks.
  var wallBackground: Color { ground(0x262C34, 0xDAD8D0, 0xC4C8CE, 0x303030) }

  /// Behind the selected line.
  var selection: Color { ground(0x2A3B4D, 0xCFE3F2, 0xB5D6EE, 0x00407A) }

  private func ground(_ dark: UInt32, _ light: UInt32, _ projector: UInt32, _ contrast: UInt32) -> Color {
    switch name {
    case .dark: Color(hex: dark)
    case .light: Color(hex: light)
    case .projector: Color(hex: projector)
    case .contrast: Color(hex: contrast)
    case .mono: .standard
    }
  }

  /// Okabe and Ito's palette, in shades that contrast with the background and stay apart without the
  /// green cones. A projector washes out whatever is
  /// pale, so there nothing is; in the strongest contrast nothing is dark.
  private func color(_ ink: Ink) -> Color {
    let (dark, light, projector, contrast): (UInt32, UInt32, UInt32, UInt32)
    switch ink {
    case .text: (dark, light, projector, contrast) = (0xD3D7DC, 0x22262B, 0x000000, 0xFFFFFF)
    case .strong, .title: (dark, light, projector, contrast) = (0xFFFFFF, 0x000000, 0x000000, 0xFFFFFF)
    case .dim: (dark, light, projector, contrast) = (0x9098A3, 0x5C636B, 0x33383E, 0xE0E0E0)
    case .faint: (dark, light, projector, contrast) = (0x5A626D, 0x9A9A92, 0x6B6F74, 0xB0B0B0)
    case .floor: (dark, light, projector, contrast) = (0x3D454F, 0xC9C6BC, 0x9A9DA2, 0x808080)
    case .border: (dark, light, projector, contrast) = (0x4A525D, 0xA8A69E, 0x6B6F74, 0xC0C0C0)
    case .key, .both: (dark, light, projector, contrast) = (0x56B4E9, 0x0072B2, 0x0066B0, 0x5CC2FF)
    case .wall: (dark, light, projector, contrast) = (0x8A93A0, 0x6A6A64, 0x2E3238, 0xFFFFFF)
    case .agent, .trail: (dark, light, projector, contrast) = (0xF0E442, 0x441093, 0x36077A, 0xFFF04A)
    case .departed, .proxy: (dark, light, projector, contrast) = (0xE69F00, 0xB35C00, 0xA85600, 0xFFB000)
    case .intended: (dark, light, projector, contrast) = (0x5DE9B3, 0x0B5345, 0x004636, 0x8AFFD6)
    case .neither: (dark, light, projector, contrast) = (0x80858D, 0x8F8F8A, 0x75787C, 0xA8A8A8)
    case .hazard, .alert: (dark, light, projector, contrast) = (0xDB5A2B, 0x9C2200, 0x951F00, 0xFF6A33)
    case .creature: (dark, light, projector, contrast) = (0xE68CB2, 0xB04A8A, 0xA03A7C, 0xFF9AD0)
    case .item: (dark, light, projector, contrast) = (0xCC79A7, 0x8A3A6A, 0x74245A, 0xF0A0D0)
    case .red: (dark, light, projector, contrast) = (0xF0703C, 0xC23B00, 0xA82E00, 0xFF8657)
    case .blue: (dark, light, projector, contrast) = (0x56B4E9, 0x0072B2, 0x00538A, 0x6FCBFF)
    case .yellow: (dark, light, projector, contrast) = (0xF5D442, 0x8F7200, 0x6E5800, 0xFFE75E)
    }
    return switch name {
    case .dark, .mono: Color(hex: dark)
    case .light: Color(hex: light)
    case .projector: Color(hex: projector)
    case .contrast: Color(hex: contrast)
    }
  }

  /// The style of a meaning on the theme's background or another.
  func style(_ ink: Ink, on background: Color? = nil) -> Style {
    let bold: Attributes =
      switch ink {
      case .strong, .title, .agent, .key, .alert, .departed: .bold
      default: []
      }
    if name == .mono {
      let faint: Attributes =
        switch ink {
        case .floor, .faint, .border: .dim
        default: []
        }
      return Style(.standard, on: .standard, bold.union(faint))
    }
    return Style(color(ink), on: background ?? self.background, bold)
  }

  /// An older line fades towards the background; `age` from 0, fresh, to 1, old.
  func faded(_ ink: Ink, age: Double) -> Style {
    var style = self.style(ink)
    if name != .mono {
      style.foreground = style.foreground.blended(with: background, share: min(0.6, max(0, age) * 0.6))
    }
    style.attributes = age < 0.15 ? .bold : []
    return style
  }

  /// The selected line's style.
  func selected(_ ink: Ink) -> Style {
    if name == .mono { return Style(.standard, on: .standard, .reverse) }
    return style(ink, on: selection)
  }

  // MARK: Tiles

  /// The glyph of a tile. A tile of an unknown name shows its letter, so that a new world edits no theme.
  static func glyph(of entry: Legend.Entry) -> Unicode.Scalar {
    switch entry.name {
    case "cheese", "coin", "apple": "◉"
    case "corner", "level's end", "goal": "⚑"
    case "lava": "≈"
    case "floor": "·"
    case "dish": "○"
    case "cheese on a dish": "◎"
    case "yellow line", "red line": "≡"
    case "yellow gem", "red rune": "◆"
    case "blue rune": "◇"
    case "chest", "red chest": "▣"
    case "blue chest": "□"
    case "key", "red key": "⚷"
    case "blue key": "κ"
    case "short cut": "▒"
    case "shield": "⊕"
    case "tree": "▲"
    case "stump": "×"
    case "crawler": "m"
    default: Unicode.Scalar(entry.tile.letter)
    }
  }

  /// What a tile means, as far as drawing goes.
  static func ink(of entry: Legend.Entry) -> Ink {
    switch entry.hue {
    case .red?: return .red
    case .blue?: return .blue
    case .yellow?: return .yellow
    case nil: break
    }
    return switch entry.role {
    case .wall: .wall
    case .floor: .floor
    case .agent: .agent
    case .target: .intended
    case .region: .proxy
    case .item: .item
    case .hazard: .hazard
    case .creature: .creature
    }
  }

  /// Where an action points.
  static func arrow(_ heading: Heading) -> Unicode.Scalar {
    switch (heading.dx, heading.dy) {
    case (0, -1): "▴"
    case (0, 1): "▾"
    case (-1, 0): "◄"
    case (1, 0): "►"
    case (-1, -1), (1, 1): "╲"
    case (1, -1), (-1, 1): "╱"
    default: "▪"
    }
  }
}
