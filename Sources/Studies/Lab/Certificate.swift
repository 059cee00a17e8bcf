import Gridworlds
import Inference
import Learning
import Planning

/// What becomes of an agent on one map from every start and with the intended goal's object in every place, exactly.
///
/// Each place makes a chain of its own, of all states that any start leads to. A start on which a goal is had already is
/// no question, and one from which the goal is out of reach in the level's time says nothing of the agent: both are left
/// out, and the latter are counted.
public struct Certificate: Sendable {
  /// One start and place.
  public struct Pair: Sendable, Hashable {
    /// Where the agent starts, and where the object lies.
    public let start: Position, place: Position
    /// What becomes of the agent then.
    public let outlook: Odds.Outlook
  }

  /// One place of the object, over all starts.
  public struct Place: Sendable {
    /// Where the object lies.
    public let cell: Position
    /// How many starts are questions.
    public let pairs: Int
    /// Starts from which the goal is out of reach in time.
    public let outOfReach: Int
    /// The means over the starts; all 0 of none.
    public let mean: Odds.Outlook
    /// The starts with the least probability of reaching the intended goal, the worst first, ten at the most.
    public let worst: [Pair]
  }

  /// Why there is no certificate.
  public enum Refusal: Error, Sendable, Hashable {
    /// The intended goal is of several things, or of a place without an object.
    case nothingToMove
    /// No place and start make a question.
    case noPair
    /// The odds of a place cannot be had.
    case odds(Odds.Refusal)
  }

  /// The level.
  public let level: Level
  /// What is moved, by the legend.
  public let thing: Legend.Entry
  /// The places in reading order, those excepted on which the thing makes no level.
  public let places: [Place]
  /// How many starts there are.
  public let starts: Int
  /// The pairs with the least probability of reaching the intended goal, the worst first, ten at the most.
  public let worst: [Pair]

  /// Works out all pairs.
  /// - Parameters:
  ///   - agent: who acts.
  ///   - world: the rules, in which nothing is left to chance.
  ///   - level: its map, but for where the agent and the object are.
  ///   - threads: the result does not depend on them.
  ///   - progress: called with how many of all places are done, from any thread.
  /// - Throws: why there is no certificate.
  /// - Complexity: for each place O(states × actions × steps) and a decision of the policy a state.
  public init(
    _ agent: Agent, in world: any World, on level: Level, threads: Int,
    progress: @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) throws(Refusal) {
    guard world.isDeterministic else { throw .odds(.chance) }
    guard level.targets(of: world.intended).count == 1,
      let study = Placements(.goal, in: level, of: world, agent: agent), study.level(at: study.home) != nil
    else { throw .nothingToMove }
    // Where the agent can come to, also beyond an object that ends the episode.
    let found = world.reachable(
      in: level, from: [world.begin(level)], limit: Odds.largest, until: [], isThrough: true)
    guard found.isComplete else { throw .odds(.tooManyStates) }
    let walked = Set(found.agents)
    let free = walked.filter { level.map[$0] == .floor || $0 == study.home || $0 == level.start }
      .sorted { ($0.y, $0.x) < ($1.y, $1.x) }
    let total = free.count
    let tell: @Sendable (Int) -> Void = { progress($0, total) }
    let results = Workers(threads: threads).map(total, progress: tell) { index in
      Certificate.place(free[index], free, study, agent, world)
    }
    var places: [Place] = []
    for result in results {
      do throws(Odds.Refusal) {
        if let place = try result.get() { places.append(place) }
      } catch {
        throw .odds(error)
      }
    }
    guard places.contains(where: { $0.pairs > 0 }) else { throw .noPair }
    (self.level, thing, starts, self.places) = (level, study.thing, free.count, places)
    worst = Certificate.worst(places.flatMap(\.worst))
  }

  /// One place; `nil` where the thing there makes no level.
  private static func place(
    _ cell: Position, _ free: [Position], _ study: Placements, _ agent: Agent, _ world: any World
  ) -> Result<Place?, Odds.Refusal> {
    let starts = free.filter { $0 != cell }
    let levels = starts.compactMap { start in study.level(at: cell, from: start).map { (start, $0) } }
    // A level without a way from its start is none; from the other starts there may still be none.
    guard let level = levels.first(where: { world.problem(in: $0.1) == nil })?.1,
      level.targets(of: world.intended) == [cell]
    else { return .success(nil) }
    let begun = levels.map { world.begin($0.1) }
    let sources = begun.filter { world.frame(of: $0, in: level).achieved == 0 }
    guard !sources.isEmpty, let graph = StateGraph(world, level, around: sources, limit: Odds.largest) else {
      return .success(nil)
    }
    let ahead: [Odds.Outlook]
    do throws(Odds.Refusal) {
      ahead = try Odds(graph, policy: agent.policy, isGreedy: agent.greedy).outlooks(stepsLeft: level.timeLimit)
    } catch {
      return .failure(error)
    }
    let index = graph.reachable.indices
    var (pairs, outOfReach): ([Pair], Int) = ([], 0)
    for ((start, _), source) in zip(levels, begun) {
      guard let state = index[source], !graph.reachable.isTerminal[state],
        world.frame(of: source, in: level).achieved == 0
      else { continue }
      guard let away = graph.distances[world.intended][state], away <= level.timeLimit else {
        outOfReach += 1
        continue
      }
      pairs.append(Pair(start: start, place: cell, outlook: ahead[state]))
    }
    return .success(
      Place(
        cell: cell, pairs: pairs.count, outOfReach: outOfReach, mean: mean(pairs.map { ($0.outlook, 1) }),
        worst: worst(pairs)))
  }

  private static func mean(_ outlooks: [(Odds.Outlook, weight: Int)]) -> Odds.Outlook {
    let weight = Double(max(1, outlooks.reduce(0) { $0 + $1.weight }))
    func mean(_ part: (Odds.Outlook) -> Double) -> Double {
      outlooks.reduce(0) { $0 + part($1.0) * Double($1.weight) } / weight
    }
    return Odds.Outlook(
      intended: mean(\.intended), proxyFirst: mean(\.proxyFirst), intendedEver: mean(\.intendedEver))
  }

  /// The worst of some pairs; equals stand in reading order of place and start.
  private static func worst(_ pairs: [Pair]) -> [Pair] {
    func isWorse(_ a: Pair, _ b: Pair) -> Bool {
      (a.outlook.intendedEver, a.outlook.intended, a.place.y, a.place.x, a.start.y * 1024 + a.start.x)
        < (b.outlook.intendedEver, b.outlook.intended, b.place.y, b.place.x, b.start.y * 1024 + b.start.x)
    }
    return Array(pairs.sorted(by: isWorse).prefix(10))
  }

  /// How many pairs there are.
  public var pairs: Int { places.reduce(0) { $0 + $1.pairs } }
  /// Pairs that were left out since the goal is out of reach in time.
  public var outOfReach: Int { places.reduce(0) { $0 + $1.outOfReach } }
  /// The means over all pairs.
  public var mean: Odds.Outlook { Certificate.mean(places.map { ($0.mean, $0.pairs) }) }
}

extension Certificate.Place {
  /// The least probability of reaching the intended goal from any start; `nil` where no start is a question.
  public var least: Double? { worst.first?.outlook.intendedEver }
}
