import Gridworlds
import TerminalUI

extension Bindings where Command == Viewer.Command {
  static func time(arrows: Bool) -> Table {
    [
      .init("Space", .togglePlay, "Move in time", "play or pause", footer: "play"),
      .init(arrows ? ", Left h" : ",", .stepBack, "Move in time", "a step back", footer: "step"),
      .init(arrows ? ". Right l" : ".", .stepForward, "Move in time", "a step forward", footer: "step"),
      .init(arrows ? "( S-Left" : "(", .back10, "Move in time", "ten steps back"),
      .init(arrows ? ") S-Right" : ")", .forward10, "Move in time", "ten steps forward"),
      .init("g Home", .first, "Move in time", "first step"),
      .init("G End", .last, "Move in time", "last step"),
      .init("0", .jump(tenth: 0), "Move in time", "to 0 … 90 %", label: "0 … 9"),
    ]
      + (1...9).map { .init("\($0)", .jump(tenth: $0), "Move in time", "") }
      + [
        .init("<", .slower, "Move in time", "slower"),
        .init(">", .faster, "Move in time", "faster"),
        .init("BS", .normalSpeed, "Move in time", "normal speed"),
        .init("r", .reverse, "Move in time", "play backward"),
        .init("o", .loop, "Move in time", "loop"),
        .init("a", .loopBetween, "Move in time", "A, B: play between; off"),
      ]
  }

  static let reasons: Table = [
    .init("d", .departure, "Find", "the departure", footer: "departure"),
    .init("e", .explain, "Find", "explain the episode", footer: "explain"),
  ]

  static let find: Table = [
    .init("[", .previousHappening, "Find", "the event before"),
    .init("]", .nextHappening, "Find", "the next event", footer: "event"),
    .init("m", .setMark, "Find", "mark this step: m a"),
    .init("'", .goToMark, "Find", "to a mark: ' a; '' back"),
    .init("/", .search, "Find", "search: regret>0, proxy", footer: "search"),
    .init("n", .nextHit, "Find", "the next hit"),
    .init("N", .previousHit, "Find", "the hit before"),
  ]

  static let look: Table = [
    .init("t", .trail, "Look", "trail"),
    .init("i", .intendedPath, "Look", "best way to the goal", footer: "goal way"),
    .init("x", .proxyPath, "Look", "best way to the proxy", footer: "proxy way"),
    .init("v", .heat, "Look", "heat: values, visits, entropy, …", footer: "heat"),
    .init("V", .heatBack, "Look", "the heat before, none"),
    .init("f", .sight, "Look", "what the agent sees"),
    .init("z", .zoomIn, "Look", "zoom in, up to π in every cell"),
    .init("Z", .zoomOut, "Look", "zoom out, down to half blocks"),
    .init("I", .inspectorPanel, "Panels", "inspector on or off"),
    .init("L", .legendPanel, "Panels", "legend on or off"),
    .init("F", .maximize, "Panels", "the board alone, large"),
    .init("H", .lanes, "Panels", "choose the lanes"),
  ]

  private static let episodes: Table = [
    .init("c", .compare, "Compare", "beside another run: twin, seed, agent, episode, branch", footer: "compare"),
    .init("C", .otherIntention, "Compare", "beside the other intention"),
    .init("p", .arrows, "Look", "policy in every cell, as things are", footer: "policy"),
    .init("Enter", .inspect, "Look", "inspect a cell", footer: "cell"),
    .init("E", .edit, "Look", "edit this level"),
    .init("J j Down", .nextEpisode, "Find", "the next episode"),
    .init("K k Up", .previousEpisode, "Find", "the episode before"),
  ]

  /// The replay's keys.
  static let replay = Bindings(
    time(arrows: true) + reasons + whatIf + episodes + find + look + copying + exporting + anywhere, name: "replay")

  /// The replay's keys while a cell is inspected: arrows move from cell to cell.
  static let inspecting = Bindings(
    [
      .init("Up k", .up, "Cell", "the cell above", footer: "move"),
      .init("Down j", .down, "Cell", "the cell below", footer: "move"),
      .init("Left h", .left, "Cell", "the cell to the left", footer: "move"),
      .init("Right l", .right, "Cell", "the cell to the right", footer: "move"),
      .init("Enter Esc", .inspect, "Cell", "leave the cell", footer: "leave"),
    ] + time(arrows: false) + reasons + find + episodes.filter { $0.command == .arrows } + look
      + anywhere.filter { $0.command != .back } + [.init("q", .back, "Anywhere", "back, out", footer: "back")])

  /// A person's moves: arrows act, and so do letters for slanting moves.
  static func moves(_ actions: [ActionLabel]) -> Table {
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

  /// The keys of a person who plays.
  static func playing(_ actions: [ActionLabel]) -> Bindings {
    Bindings(
      moves(actions) + time(arrows: false) + reasons + find + look + episodes.filter { $0.command == .inspect }
        + exporting
        + anywhere)
  }
}
