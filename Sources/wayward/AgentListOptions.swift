import ArgumentParser
import Foundation

/// Several agents of one world.
struct AgentListOptions: ParsableArguments {
  @Option(
    name: .customLong("agents"), parsing: .upToNextOption,
    help: "Agents by name or file, blanks or commas between; all of the world unless given.")
  var typed: [String] = []

  /// The agents one by one. Empty where none was typed.
  var agents: [String] { typed.flatMap(names) }

  /// The agents that a word names; a file of exactly that name may have commas in it.
  private func names(in word: String) -> [String] {
    FileManager.default.fileExists(atPath: word) ? [word] : word.split(separator: ",").map(String.init)
  }

  func validate() throws {
    if let word = typed.first(where: { names(in: $0).isEmpty }) {
      throw ValidationError("--agents: '\(word)' names no agent; leave --agents out to have all of the world")
    }
  }
}
