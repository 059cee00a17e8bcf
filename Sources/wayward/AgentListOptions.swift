import Archive
import ArgumentParser
import Foundation
import Gridworlds
import Studies

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

  /// The agents that were typed, or those of the world that can be had; those that cannot are told.
  /// - Throws: what is wrong where one that was typed cannot be had, or the world has none.
  func loaded(for world: any World, in library: Library, greedy: Bool) throws -> (agents: [Agent], isIncomplete: Bool) {
    guard agents.isEmpty else { return (try agents.map { try library.agent($0, for: world, greedy: greedy) }, false) }
    let (found, problems) = library.loadedAgents(in: world, greedy: greedy)
    for problem in problems { Wayward.skip(problem) }
    return (found.isEmpty ? [try library.agent(nil, for: world, greedy: greedy)] : found, !problems.isEmpty)
  }

  func validate() throws {
    if let word = typed.first(where: { names(in: $0).isEmpty }) {
      throw ValidationError("--agents: '\(word)' names no agent; leave --agents out to have all of the world")
    }
  }
}
