import ArgumentParser
import Foundation

/// Several agents of one world.
struct AgentListOptions: ParsableArguments {
  @Option(
    name: .customLong("agents"), parsing: .upToNextOption,
    help: "Agents by name or file, blanks or commas between; all of the world unless given.")
  var typed: [String] = []

  /// The agents one by one; a file of exactly that name may have commas in it. Empty where none was typed.
  var agents: [String] {
    typed.flatMap { word in
      FileManager.default.fileExists(atPath: word) ? [word] : word.split(separator: ",").map(String.init)
    }
  }

  func validate() throws {
    if !typed.isEmpty, agents.isEmpty { throw ValidationError("--agents names none; leave it out to have all") }
  }
}
