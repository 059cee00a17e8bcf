import TerminalUI

extension Shown {
  /// Changes a look as an SGR sequence of `codes` does.
  static func apply(_ codes: [Int], to look: inout Shown) {
    var rest = codes[...]
    while let code = rest.popFirst() {
      switch code {
      case 0: look = VirtualTerminal.plain
      case 1: look.attributes.insert(.bold)
      case 2: look.attributes.insert(.dim)
      case 3: look.attributes.insert(.italic)
      case 4: look.attributes.insert(.underline)
      case 7: look.attributes.insert(.reverse)
      case 22: look.attributes.subtract([.bold, .dim])
      case 23: look.attributes.remove(.italic)
      case 24: look.attributes.remove(.underline)
      case 27: look.attributes.remove(.reverse)
      case 30...37: look.foreground = .index(UInt8(code - 30))
      case 90...97: look.foreground = .index(UInt8(code - 82))
      case 40...47: look.background = .index(UInt8(code - 40))
      case 100...107: look.background = .index(UInt8(code - 92))
      case 39: look.foreground = .standard
      case 49: look.background = .standard
      case 38: look.foreground = extended(&rest) ?? look.foreground
      case 48: look.background = extended(&rest) ?? look.background
      default: break
      }
    }
  }

  private static func extended(_ rest: inout ArraySlice<Int>) -> Ink? {
    switch rest.popFirst() {
    case 5: return rest.popFirst().map { .index(UInt8(clamping: $0)) }
    case 2:
      guard let red = rest.popFirst(), let green = rest.popFirst(), let blue = rest.popFirst() else { return nil }
      return .rgb(UInt8(clamping: red), UInt8(clamping: green), UInt8(clamping: blue))
    default: return nil
    }
  }
}
