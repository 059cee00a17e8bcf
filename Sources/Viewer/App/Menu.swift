import TerminalUI

/// What keys can ask of a room while it is in some state: every row has its keys, its words, and the way to the part
/// that does it. What is not in the menu cannot be asked for, and nothing that is in it can be forgotten.
public struct Menu<Owner>: Sendable {
  /// Asks a part of the owner, and says what is wanted then.
  typealias Action = @Sendable (inout Owner) -> [Wish<Owner>]

  /// A command with its keys.
  struct Row: Sendable {
    fileprivate(set) var binding: Binding<Command>
    /// What is asked for by the name: that of a part, or of the program.
    fileprivate let asked: any PartCommand
    /// `nil` of what the program does itself, whatever the room.
    fileprivate let action: Action?
  }

  /// The keys with their words, for the footer, the help, the palette and the settings file.
  let bindings: Bindings<Command>
  private let actions: [Command: Action]
  private let rows: [Row]

  /// - Parameter name: what the menu is called in a file of keys; empty where it cannot be changed by one.
  init(_ rows: [Row], name: String = "") {
    self.rows = rows
    bindings = Bindings(rows.map(\.binding), name: name)
    actions = Dictionary(
      rows.compactMap { row in row.action.map { (row.binding.command, $0) } }, uniquingKeysWith: { first, _ in first })
  }

  /// Who does a command of the room's own; `nil` of the program's.
  func action(for command: Command) -> Action? { actions[command] }

  /// Names under which several parts ask for different things, so that only the first could be had: a mistake in the
  /// table, which a test finds.
  var ambiguousNames: [String] {
    Dictionary(grouping: rows, by: \.binding.command.name)
      .filter { Set($0.value.map { AnyHashable($0.asked) }).count > 1 }.keys.sorted()
  }

  /// The rows of a part, with the way to it.
  static func rows<Part: PartCommand>(
    _ keys: [Binding<Part>], _ perform: @escaping @Sendable (inout Owner, Part) -> [Wish<Owner>]
  ) -> [Row] {
    keys.map { key in
      let asked = key.command
      return Row(binding: key.named, asked: asked) { owner in perform(&owner, asked) }
    }
  }

  /// Rows of the program itself.
  static func program(_ keys: [Binding<ProgramCommand>]) -> [Row] {
    keys.map { Row(binding: $0.named, asked: $0.command, action: nil) }
  }
}

extension Binding where Command: PartCommand {
  /// The same keys and words for the command's name.
  fileprivate var named: Binding<Viewer.Command> {
    Binding<Viewer.Command>(
      keys, Viewer.Command(command), group: group, words: words, footer: footer, label: label)
  }
}
