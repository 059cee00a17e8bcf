import TerminalUI

/// Acting otherwise than the agent did.
enum BranchCommand: PartCommand {
  case takeOver, branches

  static let keys: [Binding<BranchCommand>] = [
    .init("w", .takeOver, "What if", "take over at this step", footer: "what-if"),
    .init("B", .branches, "What if", "the branches: show, name, compare, save"),
  ]
}

/// A person who acts in the agent's stead.
enum TakeOverCommand: PartCommand {
  case handBack, takeBack, leave

  static let keys: [Binding<TakeOverCommand>] = [
    .init("Space", .handBack, "What if", "hand back to the agent", footer: "hand back"),
    .init("BS", .takeBack, "What if", "take your last move back", footer: "undo"),
    .init("w Esc q", .leave, "What if", "end your part and keep the branch as it is", footer: "leave"),
  ]
}

/// What can be done with a branch of the list.
enum BranchListCommand: PartCommand {
  case open, compare, rename, saveBranches, delete, leave

  static let opening: [Binding<BranchListCommand>] = [
    .init("Enter", .open, "Branches", "show it", footer: "show")
  ]

  static let keys: [Binding<BranchListCommand>] = [
    .init("c", .compare, "Branches", "compare it with what it left", footer: "compare"),
    .init("r", .rename, "Branches", "give it another name", footer: "rename"),
    .init("s", .saveBranches, "Branches", "write all of them to a file", footer: "save"),
    .init("x Del", .delete, "Branches", "delete it, after a question", footer: "delete"),
    .init("q Esc B", .leave, "Branches", "close the list", footer: "close"),
  ]
}
