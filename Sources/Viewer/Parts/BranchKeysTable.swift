import Gridworlds
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

/// A person's moves.
enum MoveCommand: PartCommand {
  case act(Int)

  /// Arrows act, and so do letters for slanting moves.
  static func keys(_ actions: [ActionLabel]) -> [Binding<MoveCommand>] {
    actions.enumerated().map { index, label in
      let keys: String
      switch (label.heading.dx, label.heading.dy) {
      case (0, -1): keys = "Up k"
      case (0, 1): keys = "Down j"
      case (-1, 0): keys = "Left h"
      case (1, 0): keys = "Right l"
      case (-1, -1): keys = "y"
      case (1, -1): keys = "u"
      default: keys = "s"
      }
      return .init(keys, .act(index), "Act", label.name, footer: index < 6 ? label.name : nil)
    }
  }
}

/// Choosing a line of a list.
enum ListCommand: PartCommand {
  case up, down, pageUp, pageDown, first, last

  static let keys: [Binding<ListCommand>] = [
    .init("Up k", .up, "List", "the line above", footer: "pick", label: "↑↓"),
    .init("Down j", .down, "List", "the line below"),
    .init("PgUp", .pageUp, "List", "eight above"),
    .init("PgDn", .pageDown, "List", "eight below"),
    .init("g Home", .first, "List", "the first"),
    .init("G End", .last, "List", "the last"),
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

/// What can be done with what a run can be compared with.
enum OpponentCommand: PartCommand {
  case open, leave

  static let opening: [Binding<OpponentCommand>] = [
    .init("Enter", .open, "Compare", "compare with it", footer: "compare")
  ]

  static let keys: [Binding<OpponentCommand>] = [
    .init("q Esc c", .leave, "Compare", "close the list", footer: "close")
  ]
}

/// What a replay itself can be asked.
enum ReplayCommand: PartCommand {
  case explain, compare, otherIntention, edit, nextEpisode, previousEpisode

  static let explaining: [Binding<ReplayCommand>] = [
    .init("e", .explain, "Find", "explain the episode", footer: "explain")
  ]

  static let comparing: [Binding<ReplayCommand>] = [
    .init("c", .compare, "Compare", "beside another run: twin, seed, agent, episode, branch", footer: "compare"),
    .init("C", .otherIntention, "Compare", "beside the other intention"),
  ]

  static let going: [Binding<ReplayCommand>] = [
    .init("E", .edit, "Look", "edit this level"),
    .init("J j Down", .nextEpisode, "Find", "the next episode"),
    .init("K k Up", .previousEpisode, "Find", "the episode before"),
  ]
}
