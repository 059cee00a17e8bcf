import TerminalUI

/// What one part can be asked to do. Each part has an enum of its own, so that its switch is exhaustive and no part knows
/// another one's commands.
public protocol PartCommand: Hashable, Sendable {}

/// Something that a key can ask for, by its name: what the palette, `:` and settings files call it.
///
/// The name says nothing of who does it; that is in the room's ``Menu``.
public struct Command: Hashable, Sendable {
  /// Small letters, hyphens and numbers: `step-forward`, `jump-3`.
  public let name: String

  /// The command of some name.
  init(named name: String) { self.name = name }

  /// A part's command by its case in small letters, with the number that it carries: `stepForward` is `step-forward`,
  /// `jump(tenth: 3)` is `jump-3`.
  init(_ command: some PartCommand) {
    let parts = String(describing: command).split(separator: "(", maxSplits: 1)
    var name = ""
    for character in parts.first ?? "" {
      if character.isUppercase || (character.isNumber && name.last?.isNumber == false) { name += "-" }
      name += character.lowercased()
    }
    let number = parts.dropFirst().first?.filter(\.isNumber) ?? ""
    self.name = number.isEmpty ? name : "\(name)-\(number)"
  }
}

extension Binding where Command: PartCommand {
  /// A binding of keys by their names; a name that is none is a mistake in the table, which a test finds.
  init(
    _ names: String, _ command: Command, _ group: String, _ words: String, footer: String? = nil, label: String? = nil
  ) {
    let keys = names.split(separator: " ").compactMap { try? Key(described: String($0)) }
    self.init(keys, command, group: group, words: words, footer: footer, label: label)
  }
}
