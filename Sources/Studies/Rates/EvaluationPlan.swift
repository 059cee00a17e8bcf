import Archive

/// What an evaluation was to be, which each of its shards says: so it can be seen whether they are all there.
public struct EvaluationPlan: Sendable, Hashable {
  /// The command that plays all of it; how many threads and shards do it is left out, since it does not matter.
  public let command: String
  /// The version of the program.
  public let version: String
  /// Held-out levels in all.
  public let levels: Int
  /// The first one's seed.
  public let firstLevel: UInt64
  /// Into how many shards the levels are cut.
  public let shardCount: Int
  /// Those that are in it, from 1, ascending.
  public let shards: [Int]
  /// The place among the lines of the command's world, from 1, and how many there are.
  public let line: Int, lines: Int

  /// A plan; one that has all shards is the same as one of a single shard.
  public init(
    command: String, version: String, levels: Int, firstLevel: UInt64, shards: [Int], of shardCount: Int, line: Int,
    lines: Int
  ) {
    self.command = command
    self.version = version
    self.levels = levels
    self.firstLevel = firstLevel
    let isWhole = shards.count == shardCount
    self.shardCount = isWhole ? 1 : shardCount
    self.shards = isWhole ? [1] : shards
    self.line = line
    self.lines = lines
  }

  /// Whether no shard is missing.
  public var isWhole: Bool { shards.count == shardCount }

  /// The shards that are missing, from 1.
  public var missing: [Int] {
    let there = Set(shards)
    return (1...shardCount).filter { !there.contains($0) }
  }

  /// The levels of one shard, counted from 0: the whole is cut into runs of almost the same length.
  public static func range(levels: Int, shard: Int, of count: Int) -> Range<Int> {
    (levels * (shard - 1) / count)..<(levels * shard / count)
  }

  /// How many levels its shards have.
  var levelsThere: Int {
    shards.reduce(0) { $0 + EvaluationPlan.range(levels: levels, shard: $1, of: shardCount).count }
  }

  /// The first level of its first shard.
  var firstLevelThere: UInt64 {
    firstLevel
      + UInt64(EvaluationPlan.range(levels: levels, shard: shards.first ?? 1, of: shardCount).lowerBound)
  }

  /// The same plan with other shards of it.
  func with(shards: [Int]) -> EvaluationPlan {
    EvaluationPlan(
      command: command, version: version, levels: levels, firstLevel: firstLevel, shards: shards, of: shardCount,
      line: line, lines: lines)
  }
}

extension EvaluationPlan {
  var json: JSON {
    .object([
      .init("command", .string(command)), .init("version", .string(version)), .init("levels", .integer(levels)),
      .init("first_level", .integer(firstLevel)), .init("shards", .array(shards.map { .integer($0) })),
      .init("shard_count", .integer(shardCount)), .init("line", .integer(line)), .init("lines", .integer(lines)),
    ])
  }

  /// Reads the object again; `nil` where something is missing or makes no sense.
  init?(json: JSON) {
    guard let command = json["command"]?.string, let version = json["version"]?.string,
      let levels = json["levels"]?.integer, let firstLevel = json["first_level"]?.unsigned,
      let numbers = json["shards"]?.array?.map(\.integer), let count = json["shard_count"]?.integer,
      let line = json["line"]?.integer, let lines = json["lines"]?.integer, (0...1 << 40).contains(levels),
      firstLevel < 1 << 40, (1...EvaluationPlan.mostShards).contains(count), (1...1 << 20).contains(lines),
      (1...lines).contains(line)
    else { return nil }
    let shards = numbers.compactMap(\.self)
    guard !shards.isEmpty, shards.count == numbers.count, shards.allSatisfy({ (1...count).contains($0) }),
      zip(shards, shards.dropFirst()).allSatisfy({ $0 < $1 })
    else { return nil }
    self.init(
      command: PlainText.stripped(command, limit: 2_000), version: PlainText.stripped(version, limit: 40),
      levels: levels, firstLevel: firstLevel, shards: shards, of: count, line: line, lines: lines)
  }

  /// Into how many shards an evaluation can be cut.
  public static let mostShards = 100_000
}
