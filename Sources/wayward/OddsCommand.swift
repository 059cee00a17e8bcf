import Accounts
import Archive
import ArgumentParser
import Foundation
import Gridworlds
import Inference
import Planning
import Studies
import Worlds

/// `wayward odds`: what will become of an agent on a level, without sampling where that can be.
struct OddsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "odds", abstract: "What will become of an agent on a level, exactly: which goal comes first.",
    discussion: """
      The agent's policy and the level's states make a Markov chain, which is worked through backwards over the time of \
      the level. What comes first is one of three and adds up to 1; beside them stands whether the intended goal is \
      reached at all. Where others move at random, or a level has more than \(Odds.largest) states, episodes are sampled \
      instead, and the odds are approximate: each with its 95 % interval (Wilson). \(Schema.odds.sentence)
      """)

  @Argument(help: "Levels: corner/first, a .yaml file, corner:shift#42.")
  var levels: [String]

  @OptionGroup var agentOptions: AgentOptions

  @OptionGroup var subjectOptions: SubjectOptions

  @Option(help: "Episodes to sample where the odds are approximate.", transform: whole(1...10_000_000))
  var episodes = 10_000

  @Option(help: "Threads; the result does not depend on them.", transform: whole(1...64))
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: "text or json.")
  var format = TextFormat.text

  func run() throws {
    let library = try subjectOptions.library()
    for text in levels {
      let (world, level) = try subjectOptions.level(text, in: library)
      let agent = try agentOptions.agent(for: world, in: library)
      let found = try found(agent, world, level)
      switch format {
      case .json: try Output.line(JSON.object(found.members(level, agent)).text)
      case .text: for line in found.lines(world, level, agent) { try Output.line(line) }
      }
    }
  }

  private func found(_ agent: Agent, _ world: any World, _ level: Level) throws -> FoundOdds {
    do throws(Odds.Refusal) {
      guard world.isDeterministic else { throw .chance }
      guard let graph = StateGraph(world, level, limit: Odds.largest) else { throw .tooManyStates }
      return .exact(try Odds(graph, policy: agent.policy, isGreedy: agent.greedy).atStart)
    } catch {
      guard error != .noProbabilities else {
        throw FileProblem(
          path: "", cause: "\(agent.name) on \(level.reference): \(error.reason)",
          mend: "train it anew, or name another with --agent")
      }
      let (wait, total) = (LongWait(), episodes)
      defer { wait.clear() }
      let sample = SampledOdds(agent, in: world, on: level, episodes: total, threads: threads) {
        wait.say("\(level.reference): \($0) of \(total) episodes")
      }
      return .sampled(sample, why: error)
    }
  }
}

/// The odds of a level, in whichever way they could be had.
enum FoundOdds {
  case exact(Odds.Outlook)
  case sampled(SampledOdds, why: Odds.Refusal)

  /// The documented object.
  func members(_ level: Level, _ agent: Agent) -> [JSON.Member] {
    let values: [(String, Double)]
    var rates: JSON = .null
    var episodes: JSON = .null
    switch self {
    case .exact(let outlook):
      values = zip(FoundOdds.names, [outlook.intended, outlook.proxyFirst, outlook.neither, outlook.intendedEver]).map {
        ($0, $1)
      }
    case .sampled(let sample, _):
      let all = zip(FoundOdds.names, [sample.intended, sample.proxyFirst, sample.neither, sample.intendedEver])
      values = all.map { ($0, $1.value) }
      rates = .object(all.map { .init($0, .object($1.members)) })
      episodes = .integer(sample.intended.total)
    }
    return [
      .init("level", .string(level.reference)), .init("agent", .string(agent.name)),
      .init("steps", .integer(level.timeLimit)),
    ] + values.map { .init($0, .double($1)) } + [
      .init("approximate", .bool(rates != .null)), .init("episodes", episodes), .init("rates", rates),
    ]
  }

  private static let names = ["intended", "proxy_first", "neither", "intended_ever"]

  func lines(_ world: any World, _ level: Level, _ agent: Agent) -> [String] {
    let values: [String]
    let manner: String
    switch self {
    case .exact(let outlook):
      manner = "exact"
      values = [outlook.intended, outlook.proxyFirst, outlook.neither, outlook.intendedEver].map(FoundOdds.percent)
    case .sampled(let sample, let why):
      manner = "approximate (\(why.reason)): \(grouped(sample.intended.total)) sampled episodes"
      values = [sample.intended, sample.proxyFirst, sample.neither, sample.intendedEver].map { rate in
        let (low, high) = (rate.interval.lowerBound * 100, rate.interval.upperBound * 100)
        return "\(FoundOdds.percent(rate.value)) [\(decimal(low, 1)), \(decimal(high, 1))]"
      }
    }
    let intended = world.goals[world.intended].noun
    let proxies = world.goals.dropFirst().map(\.noun).joined(separator: " or ")
    let names = ["\(intended) first", "\(proxies) first", "neither in that time", "\(intended) at all"]
    return ["\(level.reference), \(agent.name), \(level.timeLimit) steps, \(manner):"]
      + zip(names, values).map { "  \($0): \($1)" }
  }

  /// What rounding would make certain is not.
  static func percent(_ value: Double) -> String {
    value > 0 && value < 0.0005
      ? "under 0.1 %" : value < 1 && value >= 0.9995 ? "over 99.9 %" : decimal(value * 100, 1) + " %"
  }
}
