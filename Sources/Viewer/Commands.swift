import Gridworlds
import TerminalUI

/// Everything that a key can ask for.
public enum Command: Hashable, Sendable {
  case togglePlay, stepForward, stepBack, forward10, back10
  case jump(tenth: Int)
  case first, last
  case faster, slower, normalSpeed, reverse, loop, gotoStep
  case nextHappening, previousHappening, departure, nextEpisode, previousEpisode
  case trail, intendedPath, proxyPath, arrows, zoomIn, zoomOut, compare, otherIntention, swap, about
  case act(Int)
  case theme, mouse, redraw, help, suspend, back, quit
  case up, down, left, right, open, nextPane, pageUp, pageDown, agent, play, trainNow
  case pause, keep, watch
}

extension Binding where Command == Viewer.Command {
  /// A binding of keys by their names; a name that is none is a mistake in the table, which a test finds.
  fileprivate init(
    _ names: String, _ command: Command, _ group: String, _ words: String, footer: String? = nil, label: String? = nil
  ) {
    let keys = names.split(separator: " ").compactMap { try? Key(described: String($0)) }
    self.init(keys, command, group: group, words: words, footer: footer, label: label)
  }
}

/// One table a screen. A key that is missing here does nothing, and one that is here is in the help.
extension Bindings where Command == Viewer.Command {
  private typealias Table = [Binding<Viewer.Command>]

  private static let anywhere: Table = [
    .init("T", .theme, "Anywhere", "theme: dark, light, mono"),
    .init("M", .mouse, "Anywhere", "mouse on or off"),
    .init("^L", .redraw, "Anywhere", "draw again"),
    .init("^Z", .suspend, "Anywhere", "suspend"),
    .init("A", .about, "Anywhere", "about this world"),
    .init("? F1", .help, "Anywhere", "help", footer: "help"),
    .init("q Esc", .back, "Anywhere", "back, out", footer: "back"),
  ]

  private static func time(arrows: Bool) -> Table {
    [
      .init("Space", .togglePlay, "Move in time", "play or pause", footer: "play"),
      .init(arrows ? ", Left h" : ",", .stepBack, "Move in time", "a step back", footer: "back"),
      .init(arrows ? ". Right l" : ".", .stepForward, "Move in time", "a step forward", footer: "on"),
      .init(arrows ? "( S-Left" : "(", .back10, "Move in time", "ten steps back"),
      .init(arrows ? ") S-Right" : ")", .forward10, "Move in time", "ten steps forward"),
      .init("g Home", .first, "Move in time", "first step"),
      .init("G End", .last, "Move in time", "last step"),
      .init("0", .jump(tenth: 0), "Move in time", "to 0 … 90 %", label: "0 … 9"),
    ]
      + (1...9).map { .init("\($0)", .jump(tenth: $0), "Move in time", "") }
      + [
        .init(":", .gotoStep, "Move in time", "to a step, by number"),
        .init("<", .slower, "Move in time", "slower"),
        .init(">", .faster, "Move in time", "faster"),
        .init("BS", .normalSpeed, "Move in time", "normal speed"),
        .init("r", .reverse, "Move in time", "play backward"),
        .init("o", .loop, "Move in time", "loop"),
      ]
  }

  private static let find: Table = [
    .init("d", .departure, "Find", "the departure", footer: "departure"),
    .init("[", .previousHappening, "Find", "the event before"),
    .init("]", .nextHappening, "Find", "the next event", footer: "event"),
  ]

  private static let look: Table = [
    .init("t", .trail, "Look", "trail"),
    .init("i", .intendedPath, "Look", "best way to the goal", footer: "goal way"),
    .init("x", .proxyPath, "Look", "best way to the proxy", footer: "proxy way"),
    .init("z", .zoomIn, "Look", "zoom in"),
    .init("Z", .zoomOut, "Look", "zoom out"),
  ]

  private static let episodes: Table = [
    .init("c", .compare, "Look", "beside its training twin", footer: "compare"),
    .init("C", .otherIntention, "Look", "the other intention"),
    .init("X", .swap, "Look", "swap the two sides"),
    .init("p", .arrows, "Look", "what the policy would do", footer: "policy"),
    .init("J j Down", .nextEpisode, "Find", "the next episode"),
    .init("K k Up", .previousEpisode, "Find", "the episode before"),
  ]

  /// The replay's keys.
  static let replay = Bindings(time(arrows: true) + find + episodes + look + anywhere)

  /// The keys of a person who plays: arrows act, and so do letters for slanting moves.
  static func playing(_ actions: [ActionLabel]) -> Bindings {
    let moves: Table = actions.enumerated().map { index, label in
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
    return Bindings(moves + time(arrows: false) + find + look + anywhere)
  }

  /// The gallery's keys.
  static let gallery = Bindings(
    [
      .init("Enter", .open, "Episodes", "watch it", footer: "watch"),
      .init("d", .departure, "Episodes", "watch it from its departure", footer: "departure"),
      .init("Up k", .up, "Episodes", "the one before", footer: "pick", label: "↑↓"),
      .init("Down j", .down, "Episodes", "the next one"),
      .init("PgUp", .pageUp, "Episodes", "eight before"),
      .init("PgDn", .pageDown, "Episodes", "eight on"),
      .init("g Home", .first, "Episodes", "the first"),
      .init("G End", .last, "Episodes", "the last"),
      .init("c", .compare, "Episodes", "beside its training twin", footer: "compare"),
      .init("p", .play, "Episodes", "play the level yourself", footer: "play"),
      .init("Tab Right l", .nextPane, "Worlds", "the next world", footer: "world"),
      .init("Left h", .left, "Worlds", "the world before"),
      .init("a", .agent, "Worlds", "the next agent", footer: "agent"),
      .init("n", .trainNow, "Worlds", "train a new agent, live", footer: "train"),
    ] + anywhere)

  /// The keys of a life.
  static let life = Bindings(
    [
      .init("Space", .pause, "Life", "rest or go on", footer: "pause"),
      .init("<", .slower, "Life", "slower", footer: "speed"),
      .init(">", .faster, "Life", "faster, up to as fast as it goes", footer: "speed"),
      .init("]", .nextHappening, "Life", "on to the next event", footer: "next event"),
      .init(".", .stepForward, "Life", "one step", footer: "step"),
    ] + anywhere)

  /// The training's keys.
  static let training = Bindings(
    [
      .init("Space", .pause, "Training", "rest or go on", footer: "pause"),
      .init("Enter", .watch, "Training", "replay the policy as it is now", footer: "replay"),
      .init("d", .departure, "Training", "replay from its departure", footer: "departure"),
      .init("<", .slower, "Training", "boards slower"),
      .init(">", .faster, "Training", "boards faster", footer: "faster"),
      .init("s", .keep, "Training", "stop and keep the agent", footer: "stop and keep"),
    ] + anywhere)
}
