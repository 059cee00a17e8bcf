import TerminalUI

/// Moving in time.
enum PlayheadCommand: PartCommand {
  case togglePlay, stepForward, stepBack, forward10, back10, first, last
  case jump(tenth: Int)
  case faster, slower, normalSpeed, reverse, loop, loopBetween

  /// - Parameter arrows: whether the arrows step, or have another meaning.
  static func keys(arrows: Bool) -> [Binding<PlayheadCommand>] {
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
}

/// Going to what happens in an episode.
enum EventCommand: PartCommand {
  case departure, previousHappening, nextHappening

  static let departing: [Binding<EventCommand>] = [
    .init("d", .departure, "Find", "the departure", footer: "departure")
  ]

  static let stepping: [Binding<EventCommand>] = [
    .init("[", .previousHappening, "Find", "the event before"),
    .init("]", .nextHappening, "Find", "the next event", footer: "event"),
  ]
}

/// Marks, as in vi.
enum BookmarkCommand: PartCommand {
  case setMark, goToMark

  static let keys: [Binding<BookmarkCommand>] = [
    .init("m", .setMark, "Find", "mark this step: m a"),
    .init("'", .goToMark, "Find", "to a mark: ' a; '' back"),
  ]
}

/// Searching an episode.
enum FinderCommand: PartCommand {
  case search, nextHit, previousHit

  static let keys: [Binding<FinderCommand>] = [
    .init("/", .search, "Find", "search: regret>0, proxy", footer: "search"),
    .init("n", .nextHit, "Find", "the next hit"),
    .init("N", .previousHit, "Find", "the hit before"),
  ]
}
