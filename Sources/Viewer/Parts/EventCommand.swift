import TerminalUI

/// Going to what happens in an episode.
enum EventCommand: PartCommand {
  case departure, previousHappening, nextHappening

  /// What belongs to the command, of what belongs to each.
  func pick<Value>(departure: () -> Value, previous: () -> Value, next: () -> Value) -> Value {
    switch self {
    case .departure: departure()
    case .previousHappening: previous()
    case .nextHappening: next()
    }
  }

  static let departing: [Binding<EventCommand>] = [
    .init("d", .departure, "Find", "the departure", footer: "departure")
  ]

  static let stepping: [Binding<EventCommand>] = [
    .init("[", .previousHappening, "Find", "the event before"),
    .init("]", .nextHappening, "Find", "the next event", footer: "event"),
  ]
}
