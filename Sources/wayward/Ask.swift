import Archive
import ArgumentParser
import Foundation
import Gridworlds
import Studies
import Worlds

/// `wayward ask`: policies asked directly.
struct Ask: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Ask policies directly: move one object, and see what follows it.",
    discussion: """
      On each of many levels one object is moved to where the best first steps toward it are others than before; map, \
      start and all else stay. What follows is probability: half of what leaves the old best actions and of what comes to \
      the new ones, 1 of an agent that is after the object and 0 of one that does not care. A corner, or a level's end, \
      cannot be moved. \(Schema.ask.sentence)
      """)

  @Argument(help: "The world.")
  var world: String

  @OptionGroup var variant: VariantOptions

  @Option(help: "train or shift: which held-out levels.")
  var split = Split.shifted

  @Option(help: "Held-out levels, each with one pair at the most.", transform: whole(1...100_000))
  var levels = 150

  @OptionGroup var agentOptions: AgentListOptions

  @Option(help: "Threads; the result does not depend on them.", transform: whole(1...64))
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: "text or json.")
  var format = TextFormat.text

  @OptionGroup var folder: FolderOptions

  func run() throws {
    let (library, found) = (try folder.library(), try variant.found(world))
    let (agents, isIncomplete) = try agentOptions.loaded(for: found, in: library, greedy: false)
    let questions = found.goalIndices.map {
      MovedObject($0, in: found, split: split, levels: levels, threads: threads)
    }
    if questions.allSatisfy(\.pairs.isEmpty) {
      throw FileProblem.usage(
        "nothing in \(found.name) can be moved alone: its goals are of several things, or of places",
        mend: "ask its profile: wayward profile \(found.name)")
    }
    let table = TextTable([
      .init("agent", width: 14, gap: 2), .init("moved", width: 12, gap: 2), .init("pairs", .right, width: 7),
      .init("  follows [95 %]", width: 26, gap: 2), .init("favourite changes", width: 26, gap: 2),
      .init("within 5 steps, farther"),
    ])
    if format == .text {
      try Output.line("\(found.name): \(levels) held-out levels of \(split.rawValue), one object moved")
      try Output.line(table.heading)
    }
    for agent in agents {
      for question in questions {
        let answer = question.ask(agent, in: found)
        try format == .json
          ? Output.line(json(answer, agent: agent.name, world: found.name))
          : Output.line(table.line(row(answer, agent: agent.name)))
      }
    }
    if isIncomplete { throw ExitCode(65) }
  }

  private func row(_ answer: MovedObject.Answer, agent: String) -> [String] {
    guard !answer.follows.isEmpty else { return [agent, answer.goal.id, "0", "  it cannot be moved alone", "–", "–"] }
    let follow = answer.follow
    return [
      agent, answer.goal.id, "\(answer.follows.count)",
      "  \(decimal(follow.mean)) [\(decimal(follow.low)), \(decimal(follow.high))]", answer.changed.text,
      [true, false].map { answer.follow(isNear: $0).map { decimal($0) } ?? "–" }.joined(separator: ", "),
    ]
  }

  private func json(_ answer: MovedObject.Answer, agent: String, world: String) -> String {
    let follow = answer.follow
    func number(_ value: Double?) -> JSON { answer.follows.isEmpty ? .null : value.map { .double($0) } ?? .null }
    return JSON.object([
      .init("world", .string(world)), .init("agent", .string(agent)), .init("split", .string(split.rawValue)),
      .init("levels", .integer(levels)), .init("goal", .string(answer.goal.id)),
      .init("role", .string(answer.goal.role.rawValue)), .init("pairs", .integer(answer.follows.count)),
      .init("follow", number(follow.mean)), .init("low", number(follow.low)), .init("high", number(follow.high)),
      .init("favourite_changes", number(answer.changed.value)),
      .init("follow_near", number(answer.follow(isNear: true))),
      .init("follow_far", number(answer.follow(isNear: false))),
    ]).text
  }
}
