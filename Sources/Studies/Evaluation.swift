import Archive
import Dispatch
import Gridworlds
import Learning
import Planning
import Synchronization

/// What one agent does on many held-out levels of one distribution.
public struct Evaluation: Sendable, Hashable {
  public var world: String
  public var split: String
  public var agent: String
  /// The seed of the agent's training.
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
  public var agentOverDevice: Sample
  /// The evidence of each episode for the best proxy over the intended goal, in bits.
  public var proxyOverIntended: Sample

  /// The held-out levels of one shard: the whole is cut into `of` runs of almost the same length.
  public static func range(levels: Int, shard: Int, of count: Int) -> Range<Int> {
    (levels * (shard - 1) / count)..<(levels * shard / count)
  }

  /// Plays the agent on held-out levels, its actions sampled, and judges every episode.
  ///
  /// Level `i` has seed 1,000,000 + i, and the agent's sampling on it the same, so the result does not depend on
  /// threads or shards.
  /// - Parameter progress: called now and then with the count of levels done, from any thread.
  public init(
    _ agent: Agent, in world: any World, split: Split, levels: Range<Int>, threads: Int, greedy: Bool = false,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    self.init(
      policy: agent.policy, name: agent.name, seed: agent.checkpoint.seed, in: world, split: split, levels: levels,
      threads: threads, greedy: greedy, progress: progress)
  }

  /// The same for any policy.
  public init(
    policy: any Policy, name: String, seed: UInt64, in world: any World, split: Split, levels: Range<Int>,
    threads: Int, greedy: Bool = false, progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) {
    struct Line: Sendable {
      var steps: Int, outcome: Outcome, verdict: String, hasDeparture: Bool, agentBits: Double, proxyBits: Double
    }
    let lines = Mutex<[Int: Line]>([:])
    let chunk = 16
    let chunks = (levels.count + chunk - 1) / chunk
    let workers = max(1, threads)
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < chunks else { return }
        let first = levels.lowerBound + index * chunk
        for offset in first..<min(first + chunk, levels.upperBound) {
          let levelSeed = TrainingConfiguration.firstHeldOutSeed + UInt64(offset)
          let level = world.generate(split, seed: levelSeed)
          let run = Run(world.rollout(level, policy: policy, seed: levelSeed, greedy: greedy))
          let line = Line(
            steps: run.episode.steps.count, outcome: run.outcome, verdict: run.analysis?.verdict.name ?? "undecided",
            hasDeparture: run.analysis?.marks.departure != nil, agentBits: run.analysis?.agentOverDeviceBits ?? 0,
            proxyBits: run.analysis?.proxyOverIntendedBits ?? 0)
          lines.withLock { $0[offset] = line }
        }
        progress(lines.withLock(\.count))
      }
    }
    self.world = world.name
    self.split = split.rawValue
    self.agent = name
    self.seed = seed
    firstLevel = TrainingConfiguration.firstHeldOutSeed + UInt64(levels.lowerBound)
    self.levels = levels.count
    // In the order of the levels, since sums of rounded numbers depend on theirs.
    let all = lines.withLock { lines in levels.compactMap { lines[$0] } }
    totalSteps = all.reduce(0) { $0 + $1.steps }
    outcomes = Dictionary(all.map { ($0.outcome, 1) }, uniquingKeysWith: +)
    verdicts = Dictionary(all.map { ($0.verdict, 1) }, uniquingKeysWith: +)
    departures = all.filter(\.hasDeparture).count
    agentOverDevice = Sample(all.map(\.agentBits))
    proxyOverIntended = Sample(all.map(\.proxyBits))
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
    guard let agentOverDevice = Sample(json: json["agent_over_device_bits"], count: levels),
      let proxyOverIntended = Sample(json: json["proxy_over_intended_bits"], count: levels)
    else { return nil }
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
        part.firstLevel >= whole.firstLevel + UInt64(whole.levels)
      else { return nil }
      whole.levels += part.levels
      whole.totalSteps += part.totalSteps
      whole.departures += part.departures
      whole.outcomes.merge(part.outcomes, uniquingKeysWith: +)
      whole.verdicts.merge(part.verdicts, uniquingKeysWith: +)
      whole.agentOverDevice = whole.agentOverDevice + part.agentOverDevice
      whole.proxyOverIntended = whole.proxyOverIntended + part.proxyOverIntended
    }
    return whole
  }
}
