import ArgumentParser

/// `wayward bench`: the speed table.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Measure what the program's speed rests on.")

  func run() throws {}
}
