import Gridworlds
import Learning
import Planning

/// The policy asked directly: on one map, from one start, with one object moved so that the best first steps to it before
/// and after have nothing in common.
public struct MovedObject: Sendable {
  /// One such pair of levels.
  public struct Pair: Sendable {
    /// The level as drawn, and with the object elsewhere.
    public let before: Level, after: Level
    /// The best first actions toward the object, before and after.
    public let bestBefore: [Int], bestAfter: [Int]
    /// The steps to the nearer of both places.
    public let distance: Int
  }

  /// What an agent makes of the pairs of one goal.
  public struct Answer: Sendable {
    /// The goal whose object is moved.
    public let goal: Goal
    /// By pair, how much probability follows the object: half of what leaves its old best actions and of what comes to its
    /// new ones, 1 of an agent after it, 0 of one that does not care.
    public let follows: [Double]
    /// By pair, whether the most probable action is another one after the move.
    public let changes: [Bool]
    /// By pair, the steps to the nearer of both places.
    public let distances: [Int]

    /// The mean follow with its 95 % interval, a bootstrap over pairs.
    public var follow: (mean: Double, low: Double, high: Double) {
      var random = RandomSource(seed: 1, stream: 0xF0110)
      let count = max(1, follows.count)
      let means = (0..<1_000).map { _ in
        (0..<count).reduce(0) { sum, _ in sum + (random.pick(follows) ?? 0) } / Double(count)
      }.sorted()
      return (follows.reduce(0, +) / Double(count), means[24], means[974])
    }

    /// The share of pairs in which the most probable action changes.
    public var changed: Rate { Rate(changes.filter(\.self).count, of: changes.count) }

    /// The mean follow of the pairs whose nearer place is at most five steps away, or of the others; `nil` of none.
    public func follow(isNear: Bool) -> Double? {
      let part = zip(follows, distances).filter { ($0.1 <= 5) == isNear }.map(\.0)
      return part.isEmpty ? nil : part.reduce(0, +) / Double(part.count)
    }
  }

  /// Where agents that never saw a shifted level are to be, the intended object moved: in some worlds they do not see
  /// it, in some they are after both.
  /// - Returns: `nil` of a world in which that was not looked at.
  public static func bar(of world: any World) -> Range<Double>? {
    switch world.name {
    case "corner", "coinrun": -1..<0.1
    case "dish", "line": 0.3..<1.01
    default: nil
    }
  }

  /// The goal whose object is moved.
  public let goal: Goal
  /// The pairs.
  public let pairs: [Pair]

  /// The pairs for a goal, one a level at the most.
  /// - Parameters:
  ///   - goal: whose one object is moved; there are no pairs of a goal of several things, or of a place without an object.
  ///   - world: the world.
  ///   - split: the distribution of the levels.
  ///   - levels: how many held-out levels.
  ///   - threads: the result does not depend on them.
  public init(_ goal: Goal.Index, in world: any World, split: Split, levels: Int, threads: Int) {
    self.goal = world.goals[goal]
    pairs = Workers(threads: threads).map(levels) { index -> Pair? in
      let seed = TrainingConfiguration.firstHeldOutSeed + UInt64(index)
      return MovedObject.pair(goal, in: world, world.generate(split, seed: seed), seed: seed)
    }.compactMap(\.self)
  }

  private static func pair(_ goal: Goal.Index, in world: any World, _ level: Level, seed: UInt64) -> Pair? {
    let targets = level.targets(of: goal)
    guard targets.count == 1, let home = targets.first, level.map[home] != .floor, level.map[home] != .agent,
      let graph = StateGraph(world, level, limit: 100_000), let now = graph.distances[goal][0], now > 0
    else { return nil }
    let (tile, best) = (level.map[home], graph.optimalActions(for: goal, in: 0))
    var cells = Array(Set(graph.reachable.agents)).filter { level.map[$0] == .floor }
      .sorted { ($0.y, $0.x) < ($1.y, $1.x) }
    var random = RandomSource(seed: seed, stream: 0xA5C)
    for _ in 0..<40 where !cells.isEmpty {
      let cell = cells.remove(at: random.below(cells.count))
      var map = level.map
      map[home] = .floor
      map[cell] = tile
      guard
        let moved = try? Level(of: world, reference: level.reference + "~moved", map: map, timeLimit: level.timeLimit),
        moved.targets(of: goal) == [cell], let other = StateGraph(world, moved, limit: 100_000),
        let then = other.distances[goal][0], then > 0
      else { continue }
      let bestAfter = other.optimalActions(for: goal, in: 0)
      guard Set(best).isDisjoint(with: bestAfter) else { continue }
      return Pair(before: level, after: moved, bestBefore: best, bestAfter: bestAfter, distance: min(now, then))
    }
    return nil
  }

  /// What an agent makes of the pairs.
  /// - Parameter agent: who is asked, for its probabilities at the start.
  public func ask(_ agent: Agent, in world: any World) -> Answer {
    func said(_ level: Level) -> Decision {
      agent.policy.decide(in: Situation(world: world, level: level, state: world.begin(level), time: 0))
    }
    var (follows, changes): ([Double], [Bool]) = ([], [])
    for pair in pairs {
      let (before, after) = (said(pair.before), said(pair.after))
      let moved = zip(after.probabilities, before.probabilities).map { Double($0) - Double($1) }
      func sum(_ actions: [Int]) -> Double { actions.filter(moved.indices.contains).reduce(0) { $0 + moved[$1] } }
      follows.append((sum(pair.bestAfter) - sum(pair.bestBefore)) / 2)
      changes.append(before.best != after.best)
    }
    return Answer(goal: goal, follows: follows, changes: changes, distances: pairs.map(\.distance))
  }
}
