import Archive
import ArgumentParser
import Gridworlds
import Inference
import Planning
import Studies
import Worlds

/// `wayward odds`: what will become of an agent on a level, without sampling.
struct OddsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "odds", abstract: "What will become of an agent on a level, exactly: which goal comes first.",
    discussion: """
      The agent's policy and the level's states make a Markov chain, which is worked through backwards over the time of \
      the level. What comes first is one of three and adds up to 1; beside them stands whether the intended goal is \
      reached at all. Where others move at random, or a level has more than \(Odds.largest) states, nothing is said. \
      \(Schema.odds.sentence)
      """)

  @Argument(help: "Levels: corner/first, a .yaml file, corner:shift#42.")
  var levels: [String]

  @OptionGroup var agentOptions: AgentOptions

  @OptionGroup var subjectOptions: SubjectOptions

  @Option(help: "text or json.")
  var format = TextFormat.text

  func run() throws {
    let library = try subjectOptions.library()
    for text in levels {
      let (world, level) = try subjectOptions.level(text, in: library)
      let agent = try agentOptions.agent(for: world, in: library)
      guard world.isDeterministic else {
        throw FileProblem.usage(
          "in \(world.name) others move at random, so that no exact odds can be had",
          mend: "count them: wayward eval \(world.name)")
      }
      guard let graph = StateGraph(world, level, limit: Odds.largest),
        let odds = Odds(graph, policy: agent.policy, isGreedy: agent.greedy)
      else {
        throw FileProblem.usage(
          "\(level.reference) has more than \(Odds.largest) states", mend: "count them: wayward eval \(world.name)")
      }
      let outlook = odds.atStart
      switch format {
      case .json:
        try Output.line(
          JSON.object([
            .init("level", .string(level.reference)), .init("agent", .string(agent.name)),
            .init("steps", .integer(level.timeLimit)), .init("intended", .double(outlook.intended)),
            .init("proxy_first", .double(outlook.proxyFirst)), .init("neither", .double(outlook.neither)),
            .init("intended_ever", .double(outlook.intendedEver)),
          ]).text)
      case .text:
        // What rounding would make certain is not.
        func percent(_ value: Double) -> String {
          value > 0 && value < 0.0005
            ? "under 0.1 %" : value < 1 && value >= 0.9995 ? "over 99.9 %" : decimal(value * 100, 1) + " %"
        }
        let proxies = world.goals.dropFirst().map(\.noun).joined(separator: " or ")
        try Output.line("\(level.reference), \(agent.name), \(level.timeLimit) steps, exact:")
        try Output.line("  \(world.goals[world.intended].noun) first: \(percent(outlook.intended))")
        try Output.line("  \(proxies) first: \(percent(outlook.proxyFirst))")
        try Output.line("  neither in that time: \(percent(outlook.neither))")
        try Output.line("  \(world.goals[world.intended].noun) at all: \(percent(outlook.intendedEver))")
      }
    }
  }
}
