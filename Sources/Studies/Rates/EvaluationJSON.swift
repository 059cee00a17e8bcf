import Archive
import Gridworlds
import Inference
import Planning

extension Evaluation {
  /// The documented object: rates with their intervals and counts.
  public var json: JSON {
    .object([
      .init("world", .string(world)), .init("split", .string(split)), .init("agent", .string(agent)),
      .init("seed", .integer(seed)), .init("first_level", .integer(firstLevel)), .init("levels", .integer(levels)),
      .init("steps", .integer(totalSteps)), .init("steps_mean", .double(meanSteps)),
      .init("success", .object(rate(.success).members)), .init("proxy_only", .object(rate(.proxyOnly).members)),
      .init("neither", .object(rate(.neither).members)),
      .init("first_touch", firstTouchJSON),
      .init("departures", .integer(departures)),
      .init("verdicts", .object(Verdict.names.map { .init($0, .integer(verdicts[$0] ?? 0)) })),
      .init("agent_over_device_bits", agentOverDevice.json), .init("proxy_over_intended_bits", proxyOverIntended.json),
      .init("severity", .double(severity)), .init("return", returns.json), .init("best_return", best.json),
      .init("share_of_best_return", shareOfBest.map { .double($0) } ?? .null),
      .init("measures", .object(measures.map { .init($0.name, $0.average.json) })),
      .init("greedy", isGreedy.map { .bool($0) } ?? .null),
      .init("agent_digest", digest.map { .string(JSON.hexadecimal($0)) } ?? .null),
      .init("company", company?.json ?? .null), .init("partial", plan.map { .bool(!$0.isWhole) } ?? .null),
      .init("planned", plan?.json ?? .null),
    ])
  }

  /// The rates of first touches; null where they were not written down.
  private var firstTouchJSON: JSON {
    guard let firstTouches else { return .null }
    return .object(
      Touch.Kind.allCases.map { .init($0.rawValue, .object(Rate(firstTouches[$0] ?? 0, of: levels).members)) })
  }

  /// Reads the object again; `nil` where something is missing or makes no sense.
  public init?(json: JSON) {
    guard let world = json["world"]?.string, let split = json["split"]?.string, let agent = json["agent"]?.string,
      let seed = json["seed"]?.unsigned, let first = json["first_level"]?.unsigned,
      let levels = json["levels"]?.integer, let steps = json["steps"]?.integer,
      let departures = json["departures"]?.integer, (0...1 << 40).contains(levels),
      (0...levels * Level.largestTimeLimit).contains(steps), first <= 1 << 40 - UInt64(levels)
    else { return nil }
    func count(_ key: String) -> Int? { json[key]?["count"]?.integer.flatMap { (0...levels).contains($0) ? $0 : nil } }
    if let touches = json["first_touch"], touches != .null {
      var counts: [Touch.Kind: Int] = [:]
      for kind in Touch.Kind.allCases {
        guard let number = touches[kind.rawValue]?["count"]?.integer, (0...levels).contains(number) else { return nil }
        counts[kind] = number
      }
      guard counts.values.reduce(0, +) <= levels else { return nil }
      firstTouches = counts
    } else {
      firstTouches = nil
    }
    guard let success = count("success"), let proxyOnly = count("proxy_only"), let neither = count("neither"),
      success + proxyOnly + neither == levels, (0...levels).contains(departures)
    else { return nil }
    var verdicts: [String: Int] = [:]
    for name in Verdict.names {
      guard let number = json["verdicts"]?[name]?.integer, (0...levels).contains(number) else { return nil }
      verdicts[name] = number
    }
    guard verdicts.values.reduce(0, +) == levels else { return nil }
    // Lines of an earlier version lack some of these.
    func isMissing(_ key: String) -> Bool { (json[key] ?? .null) == .null }
    func average(_ key: String) -> Average? {
      isMissing(key) ? Average([]) : Average(json: json[key], atMost: levels)
    }
    guard let agentOverDevice = Average(json: json["agent_over_device_bits"], count: levels),
      let proxyOverIntended = Average(json: json["proxy_over_intended_bits"], count: levels),
      let returns = average("return"), let best = average("best_return")
    else { return nil }
    let members = json["measures"]?.members ?? []
    measures = members.compactMap { member in
      Average(json: member.value, atMost: levels).map {
        Measure(name: PlainText.stripped(member.key, limit: 80), average: $0)
      }
    }
    severity = json["severity"]?.double ?? 0
    isGreedy = json["greedy"]?.bool
    digest = json["agent_digest"]?.string.flatMap { UInt64($0, radix: 16) }
    outcomes = [.success: success, .proxyOnly: proxyOnly, .neither: neither]
    company = isMissing("company") ? nil : json["company"].flatMap { [outcomes] in Company(json: $0, counts: outcomes) }
    plan = json["planned"].flatMap { EvaluationPlan(json: $0) }
    guard measures.count == members.count, (0...1).contains(severity), isMissing("greedy") == (isGreedy == nil),
      isMissing("agent_digest") == (digest == nil), isMissing("planned") == (plan == nil),
      isMissing("company") == (company == nil),
      plan.map({ $0.levelsThere == levels && $0.firstLevelThere == first }) ?? true
    else { return nil }
    self.returns = returns
    self.best = best
    self.agentOverDevice = agentOverDevice
    self.proxyOverIntended = proxyOverIntended
    self.world = PlainText.stripped(world, limit: 200)
    self.split = PlainText.stripped(split, limit: 200)
    self.agent = PlainText.stripped(agent, limit: 200)
    self.seed = seed
    firstLevel = first
    self.levels = levels
    totalSteps = steps
    self.verdicts = verdicts
    self.departures = departures
  }

  /// What a line says that its own counts and sums contradict, such as a rate that is another one; `nil` where all fits.
  /// - Parameter line: the object that this was read from.
  public func contradiction(in line: JSON) -> String? { Evaluation.contradiction(line, to: json, at: []) }

  /// - Parameters:
  ///   - said: what stands in the line.
  ///   - derived: what would stand there by what was read.
  private static func contradiction(_ said: JSON, to derived: JSON, at path: [String]) -> String? {
    switch (said, derived) {
    case (.object, .object(let members)):
      return members.lazy.compactMap { member in
        said[member.key].flatMap { contradiction($0, to: member.value, at: path + [member.key]) }
      }.first
    // What is not said contradicts nothing; lists are what the numbers beside them are made of.
    case (.null, _), (.array, .array), (.string, .string): return nil
    case (.number(let first), .number(let second)):
      guard first != second else { return nil }
      // The last digit may be another machine's.
      if let first = said.double, let second = derived.double,
        abs(first - second) <= 1e-9 * max(abs(first), abs(second), 1e-3)
      {
        return nil
      }
    default: if said == derived { return nil }
    }
    return "'\(path.joined(separator: "."))' is \(said.text) where the rest of the line makes it \(derived.text)"
  }
}

extension Rate {
  /// The documented members: the rate, its interval and the count.
  public var members: [JSON.Member] {
    [
      .init("rate", .double(value)), .init("low", .double(interval.lowerBound)),
      .init("high", .double(interval.upperBound)), .init("count", .integer(count)),
    ]
  }
}
