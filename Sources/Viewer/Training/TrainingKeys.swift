import TerminalUI

extension Bindings where Command == Viewer.Command {
  /// The training's keys.
  static let training = Bindings(
    [
      .init("Space", .pause, "Training", "rest or go on", footer: "pause"),
      .init("Enter", .watch, "Training", "replay the policy as it is now", footer: "replay"),
      .init("d", .departure, "Training", "replay from its departure", footer: "departure"),
      .init("<", .slower, "Training", "boards slower"),
      .init(">", .faster, "Training", "boards faster", footer: "faster"),
      .init("s", .keep, "Training", "stop and keep the agent", footer: "stop and keep"),
    ] + exporting + anywhere, name: "training")

  /// The keys of a training that is over.
  static let trained = Bindings(training.all.filter { ![.pause, .keep].contains($0.command) }, name: "training")

  /// The keys of a life.
  static let life = Bindings(
    [
      .init("Space", .pause, "Life", "rest or go on", footer: "pause"),
      .init("<", .slower, "Life", "slower", footer: "speed"),
      .init(">", .faster, "Life", "faster, up to as fast as it goes", footer: "speed"),
      .init("]", .nextHappening, "Life", "on to the next event", footer: "next event"),
      .init(".", .stepForward, "Life", "one step", footer: "step"),
    ] + exporting + anywhere, name: "life")
}
