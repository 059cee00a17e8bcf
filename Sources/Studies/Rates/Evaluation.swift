import Archive
import Gridworlds
import Learning
import Planning

/// What one agent does on many held-out levels of one distribution.
public struct Evaluation: Sendable, Hashable {
  public var world: String
  public var split: String
  public var agent: String
  /// The seed of the agent's training; 0 where it was not trained.
  public var seed: UInt64
  /// The first held-out level's seed, and how many levels follow it.
  public var firstLevel: UInt64
  public var levels: Int
  public var totalSteps: Int
  /// By outcome.
  public var outcomes: [Outcome: Int]
  /// By the verdict's name.
  public var verdicts: [String: Int]
  /// Episodes with a departure.
  public var departures: Int
  /// The evidence of each episode for an agent over the devices, in bits.
  public var agentOverDevice: Average
  /// The evidence of each episode for the best proxy over the intended goal, in bits.
  public var proxyOverIntended: Average
  /// The share of shifted levels in the agent's training.
  public var severity: Double
  /// The undiscounted returns.
  public var returns: Average
  /// The greatest returns that the levels allow, of those of which it is known.
  public var best: Average
  /// What the world measures besides, over the episodes to which it applies.
  public var measures: [Measure]

  /// A named number over episodes.
  public struct Measure: Sendable, Hashable {
    /// What it is.
    public let name: String
    /// Over the episodes to which it applies.
    public let average: Average
  }

  /// The share of the greatest return that was reached, over all levels; `nil` where the greatest is not known.
  public var shareOfBest: Double? { best.count == levels && best.mean > 0 ? returns.mean / best.mean : nil }

  /// The held-out levels of one shard: the whole is cut into `of` runs of almost the same length.
  public static func range(levels: Int, shard: Int, of count: Int) -> Range<Int> {
    (levels * (shard - 1) / count)..<(levels * shard / count)
  }

  /// Plays an agent on held-out levels, its actions sampled, and judges every episode.
  /// - Parameter progress: called now and then with the count of levels done, from any thread.
  public init(
    _ agent: Agent, in world: any World, split: Split, levels: Range<Int>, threads: Int,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    let lines = Evaluation.play([agent], in: world, split: split, levels: levels, threads: threads, progress: progress)
    self.init(of: agent, in: world, split: split, levels: levels, lines: lines[0])
  }

  /// The same for several agents, level by level, so that what all need of a level is worked out once.
  ///
  /// Level `i` has seed 1,000,000 + i, and the agents' sampling on it the same, so the result does not depend on
  /// threads, shards or company.
  public static func all(
    _ agents: [Agent], in world: any World, split: Split, levels: Range<Int>, threads: Int,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) -> [Evaluation] {
    let lines = play(agents, in: world, split: split, levels: levels, threads: threads, progress: progress)
    return zip(agents, lines).map { Evaluation(of: $0, in: world, split: split, levels: levels, lines: $1) }
  }

  /// What came of one agent on one level.
  private struct Line: Sendable {
    var steps: Int, outcome: Outcome, verdict: String, hasDeparture: Bool, agentBits: Double, proxyBits: Double
    var totalReward: Double, best: Double?, measures: [Double?]

    init(_ run: Run) {
      let episode = run.episode
      steps = episode.steps.count
      outcome = run.outcome
      verdict = run.analysis?.verdict.name ?? "undecided"
      hasDeparture = run.analysis?.marks.departure != nil
      agentBits = run.analysis?.agentOverDeviceBits ?? 0
      proxyBits = run.analysis?.proxyOverIntendedBits ?? 0
      totalReward = Double(episode.totalReward)
      best = episode.world.bestReturn(of: episode.level).map(Double.init)
      measures = episode.world.measure(episode)
    }
  }

  /// For each agent its lines in the order of the levels.
  private static func play(
    _ agents: [Agent], in world: any World, split: Split, levels: Range<Int>, threads: Int,
    progress: @escaping @Sendable (Int) -> Void
  ) -> [[Line]] {
    // In the order of the levels, since sums of rounded numbers depend on theirs.
    let rows = Workers(threads: threads).map(levels, by: 4, progress: progress) { part in
      part.map { offset in
        let seed = TrainingConfiguration.firstHeldOutSeed + UInt64(offset)
        let level = world.generate(split, seed: seed)
        let graph = StateGraph(world, level)
        return agents.map { Line($0.sampling(seed: seed).run(world, level, graph: graph)) }
      }
    }.flatMap(\.self)
    return agents.indices.map { agent in rows.map { $0[agent] } }
  }

  private init(of agent: Agent, in world: any World, split: Split, levels: Range<Int>, lines: [Line]) {
    self.world = world.name
    self.split = split.rawValue
    self.agent = agent.name
    seed = agent.record?.seed ?? 0
    severity = agent.record?.severity ?? 0
    firstLevel = TrainingConfiguration.firstHeldOutSeed + UInt64(levels.lowerBound)
    self.levels = levels.count
    totalSteps = lines.reduce(0) { $0 + $1.steps }
    outcomes = Dictionary(lines.map { ($0.outcome, 1) }, uniquingKeysWith: +)
    verdicts = Dictionary(lines.map { ($0.verdict, 1) }, uniquingKeysWith: +)
    departures = lines.filter(\.hasDeparture).count
    agentOverDevice = Average(lines.map(\.agentBits))
    proxyOverIntended = Average(lines.map(\.proxyBits))
    returns = Average(lines.map(\.totalReward))
    best = Average(lines.compactMap(\.best))
    measures = world.measures.enumerated().map { index, name in
      Measure(name: name, average: Average(lines.compactMap { $0.measures[index] }))
    }
  }

  /// How often an outcome came.
  public func rate(_ outcome: Outcome) -> Rate { Rate(outcomes[outcome] ?? 0, of: levels) }

  /// The mean length of an episode.
  public var meanSteps: Double { levels > 0 ? Double(totalSteps) / Double(levels) : 0 }
}

extension Evaluation {
  /// The documented object: rates with their intervals and counts.
  public var json: JSON {
    func object(_ rate: Rate) -> JSON {
      .object([
        .init("rate", .double(rate.value)), .init("low", .double(rate.interval.lowerBound)),
        .init("high", .double(rate.interval.upperBound)), .init("count", .integer(rate.count)),
      ])
    }
    return .object([
      .init("world", .string(world)), .init("split", .string(split)), .init("agent", .string(agent)),
      .init("seed", .integer(seed)), .init("first_level", .integer(firstLevel)), .init("levels", .integer(levels)),
      .init("steps", .integer(totalSteps)), .init("steps_mean", .double(meanSteps)),
      .init("success", object(rate(.success))), .init("proxy_only", object(rate(.proxyOnly))),
      .init("neither", object(rate(.neither))), .init("departures", .integer(departures)),
      .init("verdicts", .object(Verdict.names.map { .init($0, .integer(verdicts[$0] ?? 0)) })),
      .init("agent_over_device_bits", agentOverDevice.json), .init("proxy_over_intended_bits", proxyOverIntended.json),
      .init("severity", .double(severity)), .init("return", returns.json), .init("best_return", best.json),
      .init("share_of_best_return", shareOfBest.map { .double($0) } ?? .null),
      .init("measures", .object(measures.map { .init($0.name, $0.average.json) })),
    ])
  }

  /// Reads the object again; `nil` where something is missing or makes no sense.
  public init?(json: JSON) {
    guard let world = json["world"]?.string, let split = json["split"]?.string, let agent = json["agent"]?.string,
      let seed = json["seed"]?.unsigned, let first = json["first_level"]?.unsigned,
      let levels = json["levels"]?.integer, let steps = json["steps"]?.integer,
      let departures = json["departures"]?.integer, (0...1 << 40).contains(levels), (0...1 << 50).contains(steps),
      first < 1 << 62
    else { return nil }
    func count(_ key: String) -> Int? { json[key]?["count"]?.integer.flatMap { (0...levels).contains($0) ? $0 : nil } }
    guard let success = count("success"), let proxyOnly = count("proxy_only"), let neither = count("neither"),
      success + proxyOnly + neither == levels, (0...levels).contains(departures)
    else { return nil }
    var verdicts: [String: Int] = [:]
    for name in Verdict.names {
      guard let number = json["verdicts"]?[name]?.integer, (0...levels).contains(number) else { return nil }
      verdicts[name] = number
    }
    guard let agentOverDevice = Average(json: json["agent_over_device_bits"], count: levels),
      let proxyOverIntended = Average(json: json["proxy_over_intended_bits"], count: levels)
    else { return nil }
    // Lines of an earlier version have none of these.
    returns = Average(json: json["return"]) ?? Average([])
    best = Average(json: json["best_return"]) ?? Average([])
    severity = json["severity"]?.double ?? 0
    measures = (json["measures"]?.members ?? []).compactMap { member in
      Average(json: member.value).map { Measure(name: PlainText.stripped(member.key, limit: 80), average: $0) }
    }
    self.agentOverDevice = agentOverDevice
    self.proxyOverIntended = proxyOverIntended
    self.world = world
    self.split = split
    self.agent = agent
    self.seed = seed
    firstLevel = first
    self.levels = levels
    totalSteps = steps
    outcomes = [.success: success, .proxyOnly: proxyOnly, .neither: neither]
    self.verdicts = verdicts
    self.departures = departures
  }

  /// Adds shards of one evaluation; `nil` where they are of different ones or overlap.
  public static func merged(_ parts: [Evaluation]) -> Evaluation? {
    let parts = parts.sorted { $0.firstLevel < $1.firstLevel }
    guard var whole = parts.first else { return nil }
    for part in parts.dropFirst() {
      guard part.world == whole.world, part.split == whole.split, part.agent == whole.agent, part.seed == whole.seed,
        part.severity == whole.severity,
        part.firstLevel >= whole.firstLevel + UInt64(whole.levels)
      else { return nil }
      whole.levels += part.levels
      whole.totalSteps += part.totalSteps
      whole.departures += part.departures
      whole.outcomes.merge(part.outcomes, uniquingKeysWith: +)
      whole.verdicts.merge(part.verdicts, uniquingKeysWith: +)
      whole.agentOverDevice = whole.agentOverDevice + part.agentOverDevice
      whole.proxyOverIntended = whole.proxyOverIntended + part.proxyOverIntended
      whole.returns = whole.returns + part.returns
      whole.best = whole.best + part.best
      guard part.measures.map(\.name) == whole.measures.map(\.name) else { return nil }
      whole.measures = zip(whole.measures, part.measures).map {
        Measure(name: $0.name, average: $0.average + $1.average)
      }
    }
    return whole
  }
}
