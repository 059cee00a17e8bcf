import Gridworlds
import TerminalUI

extension Bindings where Command == Viewer.Command {
  /// The replay's keys for acting otherwise.
  static let whatIf: Table = [
    .init("w", .takeOver, "What if", "take over at this step", footer: "what-if"),
    .init("B", .branches, "What if", "the branches: show, name, compare, save"),
  ]

  /// Everything but leaving the room.
  private static let staying: Table = anywhere.filter { $0.command != .back }

  /// The keys of a person who has taken over.
  static func takingOver(_ actions: [ActionLabel]) -> Bindings {
    Bindings(
      [
        .init("Space", .handBack, "What if", "hand back to the agent", footer: "hand back"),
        .init("BS", .takeBack, "What if", "take your last move back", footer: "undo"),
        .init("w Esc q", .leave, "What if", "end your part and keep the branch as it is", footer: "leave"),
      ] + moves(actions) + look + staying)
  }

  private static let picking: Table = [
    .init("Up k", .up, "List", "the line above", footer: "pick", label: "↑↓"),
    .init("Down j", .down, "List", "the line below"),
    .init("PgUp", .pageUp, "List", "eight above"),
    .init("PgDn", .pageDown, "List", "eight below"),
    .init("g Home", .first, "List", "the first"),
    .init("G End", .last, "List", "the last"),
  ]

  /// The keys of the list of branches.
  static let branchList = Bindings(
    [.init("Enter", .open, "Branches", "show it", footer: "show")] + picking + [
      .init("c", .compare, "Branches", "compare it with what it left", footer: "compare"),
      .init("r", .rename, "Branches", "give it another name", footer: "rename"),
      .init("s", .saveBranches, "Branches", "write all of them to a file", footer: "save"),
      .init("x Del", .delete, "Branches", "delete it, after a question", footer: "delete"),
      .init("q Esc B", .leave, "Branches", "close the list", footer: "close"),
    ] + staying)

  /// The keys of the list of what can be compared.
  static let opponentList = Bindings(
    [.init("Enter", .open, "Compare", "compare with it", footer: "compare")] + picking + [
      .init("q Esc c", .leave, "Compare", "close the list", footer: "close")
    ] + staying)
}
