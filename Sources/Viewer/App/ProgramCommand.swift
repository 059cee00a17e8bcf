import TerminalUI

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
    .init("P", .presenter, "Anywhere", "presenter: boards instead of panels"),
    .init("M", .mouse, "Anywhere", "mouse on or off"),
    .init("^L", .redraw, "Anywhere", "draw again"),
    .init("^Z", .suspend, "Anywhere", "suspend"),
    .init("A", .about, "Anywhere", "about this world"),
    .init("q", .back, "Anywhere", "back, out", footer: "back"),
    .init("Esc", .back, "Anywhere", "back"),
    .init("? F1", .help, "Anywhere", "help", footer: "help"),
  ]

  /// Everything but leaving the room.
  static let staying: Keys = anywhere.filter { $0.command != .back }
}
