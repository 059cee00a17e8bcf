import Accounts
import Archive
import ArgumentParser
import Foundation
import Gridworlds
import Inference
import Studies
import Worlds

/// `wayward certify`: an agent on one map, from every start and with the goal in every place.
struct Certify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "How an agent fares on a map, exactly: every start, every place of the goal.",
    discussion: """
      The goal's object is put into every free cell that can be walked to, the agent onto every other one, and the odds \
      of each pair are worked out exactly over the level's time, as wayward odds does; nothing is sampled. Starts on \
      which a goal is had already are no question; pairs in which the goal is out of reach in time are left out and \
      counted. Maps show for each place of the object the mean and the least over the starts.

      For each place the policy is asked once in every state, so the time grows with places × states: a map of 11 × 11 \
      cells takes about a second and 40 MB. Where others move at random, the goal is of several things or of a place, or \
      there are more than \(Odds.largest) states, it says so. \(Schema.certify.sentence) CSV has one line a place.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, json, csv }

  @Argument(help: "A level: corner/first, a .yaml file, corner:shift#42.")
  var level: String

  @OptionGroup var agentOptions: AgentOptions

  @OptionGroup var subjectOptions: SubjectOptions

  @Option(help: "Threads; the result does not depend on them.", transform: whole(1...64))
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: "table, json or csv.")
  var format = Format.table

  func run() throws {
    let library = try subjectOptions.library()
    let (world, level) = try subjectOptions.level(level, in: library)
    let agent = try agentOptions.agent(for: world, in: library)
    let wait = LongWait()
    let certificate: Certificate
    do throws(Certificate.Refusal) {
      certificate = try Certificate(agent, in: world, on: level, threads: threads) { done, total in
        wait.say("\(level.reference): \(done) of \(total) places")
      }
    } catch {
      wait.clear()
      throw Certify.problem(error, world, level, agent)
    }
    wait.clear()
    switch format {
    case .json: try Output.line(Certify.json(certificate, agent).text)
    case .csv: for line in Certify.csv(certificate) { try Output.line(line) }
    case .table: for line in Certify.lines(certificate, world, agent) { try Output.line(line) }
    }
  }

  private static func problem(
    _ refusal: Certificate.Refusal, _ world: any World, _ level: Level, _ agent: Agent
  ) -> FileProblem {
    let sample = "sample it: wayward odds \(ShellWord.quoted(level.reference))"
    switch refusal {
    case .odds(.chance):
      return .usage("in \(world.name) others move at random, so that nothing can be certified", mend: sample)
    case .nothingToMove:
      return .usage(
        "in \(level.reference) \(world.goals[world.intended].noun) cannot be moved alone: it is of several things, or of a "
          + "place", mend: "its odds as it is: wayward odds \(ShellWord.quoted(level.reference))")
    case .noPair:
      return FileProblem(
        path: level.reference, cause: "no start and place of \(world.goals[world.intended].noun) make a question",
        mend: "take a map on which it can be reached in time")
    case .odds(.tooManyStates), .odds(.tooLong):
      return FileProblem(
        path: level.reference, cause: "more than \(grouped(Odds.largest)) states, or too many steps for so many",
        mend: sample)
    case .odds(let refusal):
      return .usage("\(agent.name) cannot be certified: \(refusal.reason)", mend: "name another with --agent")
    }
  }

  // MARK: What is printed

  private static func cell(_ position: Position) -> JSON { .array([.integer(position.x), .integer(position.y)]) }

  private static func members(_ outlook: Odds.Outlook) -> [JSON.Member] {
    [
      .init("intended", .double(outlook.intended)), .init("proxy_first", .double(outlook.proxyFirst)),
      .init("neither", .double(outlook.neither)), .init("intended_ever", .double(outlook.intendedEver)),
    ]
  }

  private static func json(_ pair: Certificate.Pair) -> JSON {
    .object([.init("start", cell(pair.start)), .init("place", cell(pair.place))] + members(pair.outlook))
  }

  static func json(_ certificate: Certificate, _ agent: Agent) -> JSON {
    .object([
      .init("level", .string(certificate.level.reference)), .init("agent", .string(agent.name)),
      .init("steps", .integer(certificate.level.timeLimit)), .init("thing", .string(certificate.thing.name)),
      .init("starts", .integer(certificate.starts)), .init("pairs", .integer(certificate.pairs)),
      .init("out_of_reach", .integer(certificate.outOfReach)), .init("mean", .object(members(certificate.mean))),
      .init("worst", .array(certificate.worst.map(json))),
      .init(
        "places",
        .array(
          certificate.places.map { place in
            .object([
              .init("place", cell(place.cell)), .init("pairs", .integer(place.pairs)),
              .init("out_of_reach", .integer(place.outOfReach)),
              .init("mean", place.pairs > 0 ? .object(members(place.mean)) : .null),
              .init("least", place.least.map { .double($0) } ?? .null),
            ])
          })),
    ])
  }

  static func csv(_ certificate: Certificate) -> [String] {
    ["x,y,pairs,out_of_reach,intended,proxy_first,neither,intended_ever,least"]
      + certificate.places.map { place in
        let mean = place.mean
        let values = [mean.intended, mean.proxyFirst, mean.neither, mean.intendedEver].map { "\($0)" }
        let numbers = place.pairs > 0 ? values + ["\(place.least ?? 0)"] : Array(repeating: "", count: 5)
        return ([place.cell.x, place.cell.y, place.pairs, place.outOfReach].map(String.init) + numbers)
          .joined(separator: ",")
      }
  }

  static func lines(_ certificate: Certificate, _ world: any World, _ agent: Agent) -> [String] {
    let (level, thing, mean) = (certificate.level, certificate.thing.name, certificate.mean)
    let noun = world.goals[world.intended].noun
    let proxies = world.goals.dropFirst().map(\.noun).joined(separator: " or ")
    let percent = FoundOdds.percent
    var lines = [
      "\(level.reference), \(agent.name), \(level.timeLimit) steps, exact: the \(thing) in "
        + "\(grouped(certificate.places.count)) places, \(grouped(certificate.starts)) starts, "
        + "\(grouped(certificate.pairs)) pairs",
      "  \(noun) at all: \(percent(mean.intendedEver))", "  \(noun) first: \(percent(mean.intended))",
      "  \(proxies) first: \(percent(mean.proxyFirst))", "  neither in that time: \(percent(mean.neither))",
    ]
    if certificate.outOfReach > 0 {
      lines.append("  left out, out of reach in time: \(grouped(certificate.outOfReach)) pairs")
    }
    let maps = [map(certificate) { $0.mean.intendedEver }, map(certificate) { $0.least ?? 0 }]
    let isWide = level.map.width > 38
    lines += ["", "\(noun) at all, by the place of the \(thing), in tenths; + from 99.9 %:"]
    let titles = ["the mean of all starts", "the least of a start"]
    let width = max(level.map.width, titles[0].count) + 3
    if isWide {
      for (title, rows) in zip(titles, maps) { lines += [title] + rows }
    } else {
      let (left, right) = ([titles[0]] + maps[0], [titles[1]] + maps[1])
      for (mean, least) in zip(left, right) {
        lines.append(mean + String(repeating: " ", count: width - mean.count) + least)
      }
    }
    lines += ["", "The worst:"]
    lines += certificate.worst.map { pair in
      "  from \(pair.start), the \(thing) at \(pair.place): \(percent(pair.outlook.intendedEver)), "
        + "first \(percent(pair.outlook.intended)), \(proxies) first \(percent(pair.outlook.proxyFirst))"
    }
    return lines
  }

  /// The level's map with a digit in each place: how many tenths a number is there.
  private static func map(_ certificate: Certificate, _ number: (Certificate.Place) -> Double) -> [String] {
    let map = certificate.level.map
    var rows = (0..<map.height).map { y in
      (0..<map.width).map { x -> Character in map[Position(x: x, y: y)] == .wall ? "#" : "." }
    }
    for place in certificate.places where place.pairs > 0 {
      let value = number(place)
      let digit: Character = value >= 0.999 ? "+" : Character("\(max(0, min(9, Int(value * 10))))")
      rows[place.cell.y][place.cell.x] = digit
    }
    return rows.map { String($0) }
  }
}
