import TerminalUI

/// What lies over the room: its keys as a list, a text to read, or the wait for a command's new key.
struct Overlays: Part {
  /// What came of a key or of the mouse.
  enum Upshot: Sendable {
    case stays
    case runs(Command)
    /// Tells the person something.
    case says(String)
  }

  /// The help or the palette, while one is open.
  private(set) var list: KeyList?
  /// A text over everything, until a key closes it.
  private(set) var panel: TextPanel?
  /// The command whose new key is waited for.
  private var rebinding: Command?

  /// Whether the next key is taken here.
  var isOpen: Bool { list != nil || panel != nil || rebinding != nil }

  mutating func open(_ list: KeyList) { self.list = list }
  mutating func show(_ panel: TextPanel?) { self.panel = panel }
  mutating func closeList() { list = nil }

  /// The command that waits for the key that was pressed, once.
  mutating func takeRebinding() -> Command? { rebinding.take() }

  /// Takes a key; `nil` while nothing lies over the room.
  /// - Parameter bindings: the room's keys.
  mutating func take(_ key: Key, on size: Size, _ bindings: Bindings<Command>) -> Upshot? {
    if let choice = list?.take(key) { return follow(choice, bindings) }
    return panel.map { read($0, key, on: size, bindings) }
  }

  /// Takes what the mouse does; `nil` while nothing lies over the room.
  mutating func take(_ mouse: MouseEvent, on size: Size, _ bindings: Bindings<Command>) -> Upshot? {
    if list != nil {
      switch mouse.kind {
      case .press: if let choice = list?.choose(at: mouse.point, in: size) { return follow(choice, bindings) }
      case .scrollUp, .scrollDown: _ = list?.take(mouse.kind == .scrollUp ? .up : .down)
      case .drag, .release: break
      }
      return .stays
    }
    guard let panel else { return nil }
    self.panel = panel.scrolled(by: mouse, on: size)
    return .stays
  }

  /// What a list that took a key or a click wants.
  private mutating func follow(_ choice: KeyList.Choice, _ bindings: Bindings<Command>) -> Upshot {
    switch choice {
    case .stays: return .stays
    case .closes:
      list = nil
      return .stays
    case .runs(let command):
      list = nil
      return .runs(command)
    case .rebinds(let command):
      list = nil
      guard ScreenKeys.scope(of: command, in: bindings) != nil else {
        return .says("The keys of this screen cannot be changed.")
      }
      rebinding = command
      return .says("Press the new key for \(command.name); Esc leaves it as it is.")
    }
  }

  /// A key while a text is read: it scrolls, or closes it.
  private mutating func read(_ panel: TextPanel, _ key: Key, on size: Size, _ bindings: Bindings<Command>) -> Upshot {
    self.panel = panel.scrolled(by: key, on: size)
    guard self.panel == nil, let command = bindings.command(for: key), let own = ProgramCommand(command),
      own == .suspend || own == .redraw || own == .theme
    else { return .stays }
    self.panel = panel
    return .runs(command)
  }

  func draw(into canvas: inout Canvas, theme: Theme) {
    list?.draw(into: &canvas, theme: theme)
    panel?.draw(into: &canvas, theme: theme)
  }
}
