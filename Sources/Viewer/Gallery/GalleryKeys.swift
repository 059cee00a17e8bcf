import TerminalUI

extension Bindings where Command == Viewer.Command {
  /// The gallery's keys.
  static let gallery = Bindings(
    [
      .init("Enter", .open, "Episodes", "watch it", footer: "watch"),
      .init("d", .departure, "Episodes", "watch it from its departure"),
      .init("Up k", .up, "Episodes", "the one before", footer: "pick", label: "↑↓"),
      .init("Down j", .down, "Episodes", "the next one"),
      .init("PgUp", .pageUp, "Episodes", "eight before"),
      .init("PgDn", .pageDown, "Episodes", "eight on"),
      .init("g Home", .first, "Episodes", "the first"),
      .init("G End", .last, "Episodes", "the last"),
      .init("e", .explain, "Episodes", "the account of it in words", footer: "explain"),
      .init("/", .filter, "List", "filter: lost>0.5 sort:-regret", footer: "filter"),
      .init("s", .sort, "List", "the next order"),
      .init("t", .split, "List", "shifted, training, hand-made, all"),
      .init("L", .moreLevels, "List", "more levels: 1,000, 10,000"),
      .init("Tab Right l", .nextPane, "Worlds", "the next world", footer: "world"),
      .init("Left h", .left, "Worlds", "the world before"),
      .init("a", .agent, "Worlds", "the next agent, then all", footer: "agent"),
      .init("n", .trainNow, "Worlds", "train a new agent, live"),
      .init("c", .compare, "Episodes", "beside its training twin"),
      .init("p", .play, "Episodes", "play the level yourself"),
      .init("E", .edit, "Episodes", "edit the level"),
    ] + copying + exporting + anywhere, name: "gallery")
}
