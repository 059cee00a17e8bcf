import Archive
import TerminalUI

/// What lies over a room: the help, the palette and texts, with the keys and the mouse that they take.
extension App {
  /// What a list that took a key or a click wants.
  mutating func follow(_ outcome: KeyList.Outcome) -> [Effect<Message>] {
    switch outcome {
    case .stays: return []
    case .closes: list = nil
    case .runs(let command):
      list = nil
      return perform(command)
    case .rebinds(let command):
      list = nil
      guard Keymap.scope(of: command, in: bindings) != nil else {
        notice = "The keys of this screen cannot be changed."
        return []
      }
      rebinding = command
      notice = "Press the new key for \(command.name); Esc leaves it as it is."
    }
    return []
  }

  /// Gives a command the key that was pressed for it, and keeps that in the settings file.
  mutating func rebind(_ command: Command, to key: Key) -> [Effect<Message>] {
    guard key != .escape, let scope = Keymap.scope(of: command, in: bindings) else { return [] }
    if let (holder, screen) = settings.keymap.give(key, to: command, in: scope) {
      notice = "\(key) is \(holder.name)'s on the screen \(screen): give that another key first."
      return []
    }
    guard let path = settings.path else {
      notice = "\(key) is \(command.name) now, until the program ends."
      return []
    }
    notice = "\(key) is \(command.name) now."
    let setting = ["keys", scope, command.name]
    let value = key.description
    return [.work { .notice(SettingsFile.keep(setting, value, in: path)) }]
  }

  /// A key while a panel is read: it scrolls, or closes it.
  mutating func read(_ panel: TextPanel, _ key: Key) -> [Effect<Message>] {
    self.panel = panel.scrolled(by: key, on: size)
    guard self.panel == nil, let command = bindings.command(for: key),
      command == .suspend || command == .redraw || command == .theme
    else { return [] }
    self.panel = panel
    return perform(command)
  }

  mutating func scroll(_ mouse: MouseEvent) -> [Effect<Message>] {
    switch mouse.kind {
    case .scrollUp: panel = panel?.scrolled(by: .up, on: size)
    case .scrollDown: panel = panel?.scrolled(by: .down, on: size)
    case .press, .drag, .release: break
    }
    return []
  }

  /// The mouse: what lies on top has it first, then the footer, then the room.
  mutating func point(_ mouse: MouseEvent) -> [Effect<Message>] {
    if var list {
      switch mouse.kind {
      case .press:
        let outcome = list.choose(at: mouse.point, in: size)
        self.list = list
        return follow(outcome)
      case .scrollUp, .scrollDown:
        _ = list.take(mouse.kind == .scrollUp ? .up : .down)
        self.list = list
      case .drag, .release: break
      }
      return []
    }
    if question != nil { return [] }
    if panel != nil { return scroll(mouse) }
    if mouse.kind == .press, mouse.point.y == size.height - 1 {
      let column = mouse.point.x
      let hit = footer(width: size.width).first { ($0.x..<($0.x + $0.entry.width)).contains(column) }
      return hit.flatMap { $0.entry.command(at: column - $0.x) }.map { perform($0) } ?? []
    }
    return perform([], .input(.mouse(mouse)))
  }
}
