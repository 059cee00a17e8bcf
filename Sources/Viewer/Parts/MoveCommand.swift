import Gridworlds
import TerminalUI

/// A person's moves.
enum MoveCommand: PartCommand {
  case act(Int)

  /// The index of the action.
  var action: Int {
    switch self {
    case .act(let action): action
    }
  }

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
