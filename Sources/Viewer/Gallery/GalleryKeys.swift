import TerminalUI

extension Bindings where Command == Viewer.Command {
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
    ] + copying + exporting + anywhere, name: "gallery")
}
