import Archive
import Foundation
import Gridworlds

/// Shards of evaluations that are put together again, whatever the order in which they come, and what stands in the way.
public struct ShardMerge: Sendable {
  /// A shard, and where it stands.
  private struct Part {
    let evaluation: Evaluation, path: String, line: Int

    var place: String { "\(FileProblem.shown(path)):\(line)" }
    var shards: [Int] { evaluation.plan?.shards ?? [] }
  }

  /// What stands in the way.
  public struct Obstacle: Sendable {
    /// Where, why, and what would mend it.
    public let problem: FileProblem
    /// Whether what is there makes sense without what is missing.
    public let isGap: Bool
  }

  private var groups: [String: [Part]] = [:]
  private var obstacles: [Obstacle] = []

  /// Nothing yet.
  public init() {}

  /// Bytes of the largest file of shards.
  private static let largest = 64 << 20

  /// Takes in the lines of a file, a pipe, or standard input where the path is `-`.
  public mutating func take(reading path: String) throws(FileProblem) {
    try take(BoundedFile.readText(path, limit: ShardMerge.largest), path: path)
  }

  /// Takes in the lines of a file that `wayward eval --format json` wrote.
  public mutating func take(_ bytes: Data, path: String) throws(FileProblem) {
    let mend = "write the shard again"
    var lines = [UInt8](bytes).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let isTorn = lines.last?.isEmpty == false
    if !isTorn { lines.removeLast() }
    var isEmpty = true
    for (index, line) in lines.enumerated() where !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) {
      isEmpty = false
      var json: JSON?
      var isCut = false
      do throws(JSONProblem) { json = try JSON(parsing: line) } catch { isCut = error.isAtEnd }
      if let json, let evaluation = Evaluation(json: json) {
        if let cause = evaluation.contradiction(in: json) {
          throw FileProblem(path: path, line: index + 1, cause: cause, mend: mend)
        }
        let name = "\(evaluation.world)/\(evaluation.split)/\(evaluation.agent)"
        groups[name, default: []].append(Part(evaluation: evaluation, path: path, line: index + 1))
      } else if isCut, isTorn, index == lines.count - 1 {
        let cause = "the file breaks off in the middle of a line"
        obstacles.append(
          Obstacle(problem: FileProblem(path: path, line: index + 1, cause: cause, mend: mend), isGap: true))
      } else {
        throw FileProblem(
          path: path, line: index + 1, cause: "this is no line of wayward eval --format json",
          mend: "write the shards again with --format json")
      }
    }
    if isEmpty {
      obstacles.append(Obstacle(problem: FileProblem.empty(path, mend: mend), isGap: true))
    }
  }

  /// Each evaluation, whole or as much of it as is there, and what stands in the way; both in an order that does not
  /// depend on that of the files.
  /// - Parameter worlds: their names in the order of tables.
  public func merged(worlds: [String]) -> (evaluations: [Evaluation], obstacles: [Obstacle]) {
    var obstacles = obstacles
    var merged: [Evaluation] = []
    var all: [(name: String, Obstacle)] = []
    for (name, parts) in groups.sorted(by: { $0.key < $1.key }) {
      let found = ShardMerge.obstacles(name, parts)
      if found.allSatisfy(\.isGap) { merged.append(ShardMerge.sum(parts)) }
      all += found.map { (name, $0) }
    }
    obstacles += ShardMerge.told(all)
    obstacles += ShardMerge.missingLines(groups.values.flatMap { $0 }.map(\.evaluation))
    func rank(_ evaluation: Evaluation) -> Int { worlds.firstIndex(of: evaluation.world) ?? worlds.count }
    merged.sort { first, second in
      let (a, b) = (first.plan, second.plan)
      let commands = (a?.command ?? "", b?.command ?? "")
      if commands.0 != commands.1 { return commands.0 < commands.1 }
      if rank(first) != rank(second) { return rank(first) < rank(second) }
      if first.world != second.world { return first.world < second.world }
      if a?.line != b?.line { return a?.line ?? 0 < b?.line ?? 0 }
      return (first.agent, first.split) < (second.agent, second.split)
    }
    return (merged, obstacles)
  }

  /// What stands in the way of several names, such as a shard that all of them lack, is told once, with the names.
  private static func told(_ found: [(name: String, obstacle: Obstacle)]) -> [Obstacle] {
    var groups: [(names: [String], obstacle: Obstacle)] = []
    for (name, obstacle) in found {
      let place = groups.firstIndex {
        $0.obstacle.problem.cause == obstacle.problem.cause && $0.obstacle.problem.mend == obstacle.problem.mend
      }
      if let place { groups[place].names.append(name) } else { groups.append(([name], obstacle)) }
    }
    return groups.map { names, obstacle in
      let shown = names.prefix(4).joined(separator: ", ") + (names.count > 4 ? " and \(names.count - 4) more" : "")
      let problem = obstacle.problem
      return Obstacle(
        problem: FileProblem(path: shown, cause: problem.cause, mend: problem.mend), isGap: obstacle.isGap)
    }
  }

  /// The sum of parts that go together.
  private static func sum(_ parts: [Part]) -> Evaluation {
    let parts = parts.sorted { $0.evaluation.firstLevel < $1.evaluation.firstLevel }
    var whole = parts[0].evaluation
    for part in parts.dropFirst() { whole.add(part.evaluation) }
    let shards = parts.flatMap(\.shards).sorted()
    whole.plan = whole.plan.map { $0.with(shards: shards) }
    return whole
  }

  /// What stands in the way of adding the parts of one name.
  private static func obstacles(_ name: String, _ parts: [Part]) -> [Obstacle] {
    let parts = parts.sorted { ($0.path, $0.line) < ($1.path, $1.line) }
    func obstacle(_ cause: String, mend: String, isGap: Bool = false) -> Obstacle {
      Obstacle(problem: FileProblem(path: name, cause: cause, mend: mend), isGap: isGap)
    }
    let first = parts[0]
    for part in parts.dropFirst() {
      if let difference = difference(first.evaluation, part.evaluation) {
        return [
          obstacle(
            "\(first.place) and \(part.place) are of two evaluations: \(difference)",
            mend: "merge shards of one at a time")
        ]
      }
    }
    guard let plan = first.evaluation.plan else {
      let ordered = parts.sorted { $0.evaluation.firstLevel < $1.evaluation.firstLevel }
      for (part, next) in zip(ordered, ordered.dropFirst())
      where part.evaluation.firstLevel + UInt64(part.evaluation.levels) > next.evaluation.firstLevel {
        return [obstacle("\(part.place) and \(next.place) have levels in common", mend: "give each shard once")]
      }
      return [
        obstacle(
          "\(first.place) does not say of how many shards it is one, as version 0.2.0 did not",
          mend: "write the shards again with this one, or merge with --partial what is there", isGap: true)
      ]
    }
    var places: [Int: Part] = [:]
    for part in parts {
      for shard in part.shards {
        if let other = places.updateValue(part, forKey: shard) {
          return [
            obstacle(
              "shard \(shard)/\(plan.shardCount) stands in \(other.place) and in \(part.place)",
              mend: "give each shard once")
          ]
        }
      }
    }
    let missing = plan.with(shards: places.keys.sorted()).missing
    guard let lost = missing.first else { return [] }
    let levels = plan.levels - parts.reduce(0) { $0 + $1.evaluation.levels }
    let count = plan.shardCount
    let names = missing.count == 1 ? "shard \(lost)/\(count) is" : "shards \(runs(missing)) of \(count) are"
    return [
      obstacle(
        "\(names) missing, with \(levels) of \(plan.levels) levels",
        mend: "\(missing.count == 1 ? "run" : "run for each, as for the first"): "
          + "\(plan.command) --shard \(lost)/\(count) --format json", isGap: true)
    ]
  }

  /// In what two parts of one name are not of one evaluation; `nil` where they are.
  private static func difference(_ first: Evaluation, _ second: Evaluation) -> String? {
    let facts: [(String, (Evaluation) -> String?)] = [
      ("agents of the digests", { $0.digest.map(JSON.hexadecimal) }), ("seeds", { "\($0.seed)" }),
      ("severities", { "\($0.severity)" }), ("commands", { $0.plan?.command }), ("versions", { $0.plan?.version }),
      ("levels in all", { $0.plan.map { "\($0.levels)" } }), ("first levels", { $0.plan.map { "\($0.firstLevel)" } }),
      ("counts of shards", { $0.plan.map { "\($0.shardCount)" } }),
      ("lines", { $0.plan.map { "\($0.line) of \($0.lines)" } }), ("greedy", { $0.isGreedy.map { "\($0)" } }),
      ("counts of agents beside it", { $0.company.map { "\($0.agents)" } }),
      ("measures", { $0.measures.map(\.name).joined(separator: ", ") }),
    ]
    for (name, fact) in facts {
      let (a, b) = (fact(first), fact(second))
      if a != b { return "\(name) \(a ?? "unknown") and \(b ?? "unknown")" }
    }
    return nil
  }

  /// Agents and splits of which no shard is there at all.
  private static func missingLines(_ evaluations: [Evaluation]) -> [Obstacle] {
    let plans = evaluations.compactMap { evaluation in evaluation.plan.map { (evaluation.world, $0) } }
    let commands = Dictionary(grouping: plans) { [$0.0, $0.1.command, "\($0.1.lines)"] }
    return commands.sorted { $0.key.lexicographicallyPrecedes($1.key) }.compactMap { key, plans in
      let (lines, there) = (plans[0].1.lines, Set(plans.map(\.1.line)))
      let missing = (1...lines).filter { !there.contains($0) }
      guard !missing.isEmpty else { return nil }
      return Obstacle(
        problem: FileProblem(
          path: key[0],
          cause: "\(missing.count == 1 ? "line" : "lines") \(runs(missing)) of the \(lines) that '\(key[1])' prints "
            + "\(missing.count == 1 ? "is" : "are") in no file", mend: "write the shards again"), isGap: true)
    }
  }

  /// `3, 5–7`: ascending numbers, as few words as possible.
  private static func runs(_ numbers: [Int]) -> String {
    var runs: [ClosedRange<Int>] = []
    for number in numbers {
      if let last = runs.last, last.upperBound + 1 == number {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
    let shown = runs.prefix(12).map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)" }
    return shown.joined(separator: ", ") + (runs.count > 12 ? " …" : "")
  }
}

extension Evaluation {
  /// Adds other levels of the same evaluation.
  fileprivate mutating func add(_ part: Evaluation) {
    levels += part.levels
    totalSteps += part.totalSteps
    departures += part.departures
    firstTouches = part.firstTouches.flatMap { firstTouches?.merging($0, uniquingKeysWith: +) }
    outcomes.merge(part.outcomes, uniquingKeysWith: +)
    company = part.company.flatMap { other in company.map { $0 + other } }
    verdicts.merge(part.verdicts, uniquingKeysWith: +)
    agentOverDevice = agentOverDevice + part.agentOverDevice
    proxyOverIntended = proxyOverIntended + part.proxyOverIntended
    returns = returns + part.returns
    best = best + part.best
    measures = zip(measures, part.measures).map { Measure(name: $0.name, average: $0.average + $1.average) }
  }
}
