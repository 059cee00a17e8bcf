import TerminalUI

/// What keys can ask of a room while it is in some state: every row has its keys, its words, and the way to the part
/// that does it. What is not in the menu cannot be asked for, and nothing that is in it can be forgotten.
public struct Menu<Owner>: Sendable {
  /// Asks a part of the owner, and says what is wanted then.
  typealias Action = @Sendable (inout Owner) -> [Wish<Owner>]

  /// A command with its keys.
  struct Row: Sendable {
    fileprivate(set) var binding: Binding<Command>
    /// `nil` of what the program does itself, whatever the room.
    fileprivate let action: Action?
  }

  /// The keys with their words, for the footer, the help, the palette and the settings file.
  let bindings: Bindings<Command>
  private let actions: [Command: Action]

  /// - Parameter name: what the menu is called in a file of keys; empty where it cannot be changed by one.
  init(_ rows: [Row], name: String = "") {
    bindings = Bindings(rows.map(\.binding), name: name)
    actions = Dictionary(
      rows.compactMap { row in row.action.map { (row.binding.command, $0) } }, uniquingKeysWith: { first, _ in first })
  }

  /// Who does a command of the room's own; `nil` of the program's.
  func action(for command: Command) -> Action? { actions[command] }

  /// The rows of a part, with the way to it.
  static func rows<Asked: PartCommand>(
    _ keys: [Binding<Asked>], _ perform: @escaping @Sendable (inout Owner, Asked) -> [Wish<Owner>]
  ) -> [Row] {
    keys.map { key in
      let asked = key.command
      return Row(binding: key.named) { owner in perform(&owner, asked) }
    }
  }

  /// Rows of the program itself.
  static func program(_ keys: [Binding<ProgramCommand>]) -> [Row] {
    keys.map { Row(binding: $0.named, action: nil) }
  }
}

extension Binding where Command: PartCommand {
  /// The same keys and words for the command's name.
  fileprivate var named: Binding<Viewer.Command> {
    Binding<Viewer.Command>(
      keys, Viewer.Command(command), group: group, words: words, footer: footer, label: label)
  }
}

/// What the program itself does, whatever room is shown.
enum ProgramCommand: PartCommand {
  case prompt, palette, theme, presenter, mouse, redraw, suspend, about, back, help, export, copyAccount

  /// The program's command of some name, if it is one.
  init?(_ command: Command) {
    guard let own = ProgramCommand.byName[command] else { return nil }
    self = own
  }

  private static let byName: [Command: ProgramCommand] = {
    let all: [ProgramCommand] = [
      .prompt, .palette, .theme, .presenter, .mouse, .redraw, .suspend, .about, .back, .help, .export, .copyAccount,
    ]
    return Dictionary(uniqueKeysWithValues: all.map { (Command($0), $0) })
  }()

  typealias Keys = [Binding<ProgramCommand>]

  /// Of every screen on which `S` has no meaning of its own.
  static let exporting: Keys = [
    .init("S", .export, "Anywhere", "write it to a file")
  ]

  /// Of every screen that shows a step of an episode.
  static let copying: Keys = [
    .init("y", .copyAccount, "Anywhere", "copy the account")
  ]

  /// Of every screen.
  static let anywhere: Keys = [
    .init(":", .prompt, "Anywhere", "a command by name, or a step by number"),
    .init("^P", .palette, "Anywhere", "palette: every command by name"),
    .init("T", .theme, "Anywhere", "theme: dark, light, projector, contrast, mono"),
    .init("P", .presenter, "Anywhere", "presenter: large boards, few panels"),
    .init("M", .mouse, "Anywhere", "mouse on or off"),
    .init("^L", .redraw, "Anywhere", "draw again"),
    .init("^Z", .suspend, "Anywhere", "suspend"),
    .init("A", .about, "Anywhere", "about this world"),
    .init("q Esc", .back, "Anywhere", "back, out", footer: "back"),
    .init("? F1", .help, "Anywhere", "help", footer: "help"),
  ]

  /// Everything but leaving the room.
  static let staying: Keys = anywhere.filter { $0.command != .back }
}
