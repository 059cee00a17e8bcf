import Gridworlds

/// The states of a level with the value of every candidate goal: exact where all that can be reached is enumerated,
/// approximate where only the surroundings of an episode are.
public struct StateGraph: Sendable {
  /// Levels beyond this many states are not enumerated: 2 million.
  public static let largest = 2_000_000
  /// How many states around an episode are looked at in a level that is too large.
  public static let surroundings = 300_000

  /// The rules.
  public let world: any World
  /// The level.
  public let level: Level
  /// The states and where each action leads; state 0 is the start.
  public let reachable: Reachable
  /// The declared goals in their order, then the level's other named places that can be reached.
  public let candidates: PerCandidate<Candidate>
  /// The fewest steps to each candidate.
  public let distances: PerCandidate<Distances>
  /// Of a world in which others move at random, where the layer of each frame of one episode begins.
  private let layers: [Int]?
  /// Whether values come from the approximate planner.
  public var isApproximate: Bool { !reachable.isComplete || layers != nil }

  /// Enumerates a level and solves it for every candidate goal; `nil` where it has more than `limit` states.
  /// - Complexity: O(states × actions × goals)
  public init?(_ world: any World, _ level: Level, limit: Int = StateGraph.largest) {
    guard let reachable = world.reachable(in: level, limit: limit) else { return nil }
    self.init(world, level, reachable: reachable)
  }

  /// The approximate planner: the states nearest to those of an episode, up to `limit`.
  ///
  /// Ways within them are exact. From a state at their edge the way is taken to be as long as it would be through free
  /// air, so values are optimistic beyond the edge. Where others move at random each frame has a layer of its own, in
  /// which they stand still; `nil` where an episode is too long for that.
  public init?(_ world: any World, _ level: Level, around states: [PackedState], limit: Int = StateGraph.surroundings) {
    guard !world.isDeterministic else {
      self.init(world, level, reachable: world.reachable(in: level, from: states, limit: max(states.count, limit)))
      return
    }
    guard let layers = world.layers(in: level, along: states, limit: StateGraph.largest) else { return nil }
    self.init(world, level, reachable: layers.reachable, layers: layers.offsets)
  }

  private init(_ world: any World, _ level: Level, reachable: Reachable, layers: [Int]? = nil) {
    self.world = world
    self.level = level
    self.reachable = reachable
    self.layers = layers
    let predecessors = Predecessors(of: reachable)
    var candidates: [Candidate] = []
    var distances: [Distances] = []
    for goal in world.goalIndices {
      candidates.append(Candidate(name: world.goals[goal].id, declared: goal))
      distances.append(
        Distances(
          to: reachable.achieved[goal.number], towards: level.targets(of: goal), in: reachable, over: predecessors))
    }
    // A place that is a declared goal's own, where the agent stands already, or that cannot be reached, explains nothing.
    var known = Set(level.targets.map { Set($0) })
    for place in world.landmarks(in: level.map) {
      let cells = Set(place.cells)
      guard !cells.isEmpty, known.insert(cells).inserted, !cells.contains(level.start) else { continue }
      let targets = reachable.agents.indices.filter { cells.contains(reachable.agents[$0]) }.map { Int32($0) }
      let distance = Distances(to: targets, towards: place.cells, in: reachable, over: predecessors)
      guard distance[0] != nil else { continue }
      candidates.append(Candidate(name: place.name, declared: nil))
      distances.append(distance)
    }
    self.candidates = PerCandidate(candidates)
    self.distances = PerCandidate(distances)
  }

  /// The states that a sequence of frames runs through, as indices; `nil` where one is not in the graph.
  public func path(of episode: Episode) -> [Int]? {
    if let layers { return layers.count == episode.states.count ? layers : nil }
    if isApproximate {
      let indices = reachable.indices
      let path = episode.states.compactMap { indices[$0] }
      return path.count == episode.states.count ? path : nil
    }
    var path = [0]
    for action in episode.steps.actions {
      guard let next = successor(of: path[path.count - 1], by: Int(action)) else { return nil }
      path.append(next)
    }
    return path
  }

  /// Actions a state.
  public var actionCount: Int { reachable.actionCount }

  /// Where an action leads; `nil` from a terminal state.
  @inlinable public func successor(of state: Int, by action: Int) -> Int? {
    let next = reachable.successors[state * reachable.actionCount + action]
    return next < 0 ? nil : Int(next)
  }

  /// Whether an action is optimal for a goal: it takes one step of the fewest. Nothing fits a goal that is achieved
  /// already, cannot be reached, or not within the steps that are left.
  public func fits(_ goal: some Pursued, _ action: Int, in state: Int, stepsLeft: Int = .max) -> Bool {
    guard let now = distances[goal][state], now > 0, now <= stepsLeft,
      let next = successor(of: state, by: action).flatMap({ distances[goal][$0] })
    else { return false }
    return next + 1 == now
  }

  /// The optimal actions for a goal in a state.
  public func optimalActions(for goal: some Pursued, in state: Int, stepsLeft: Int = .max) -> [Int] {
    (0..<actionCount).filter { fits(goal, $0, in: state, stepsLeft: stepsLeft) }
  }

  /// An optimal way to a goal: the states from `state` to the goal, as straight as may be; `nil` without a way.
  public func optimalPath(for goal: some Pursued, from state: Int) -> [Int]? {
    guard distances[goal][state] != nil else { return nil }
    var path = [state]
    var last: Int?
    while let here = path.last, distances[goal][here] != 0 {
      let actions = optimalActions(for: goal, in: here)
      guard let action = actions.first(where: { $0 == last }) ?? actions.first,
        let next = successor(of: here, by: action)
      else { return nil }
      path.append(next)
      last = action
    }
    return path
  }

  /// How many steps the optimal ways of two goals can run together from the start at the most: the worst-case
  /// distinctiveness of goal-recognition design (Keren, Gal and Karpas 2014).
  public func longestSharedPath(_ first: some Pursued, _ second: some Pursued) -> Int {
    // Both distances fall by one along a shared step, so that the steps cannot form a cycle.
    var layer: Set<Int> = [0]
    var length = 0
    while true {
      var next: Set<Int> = []
      for state in layer {
        for action in 0..<actionCount where fits(first, action, in: state) && fits(second, action, in: state) {
          if let successor = successor(of: state, by: action) { next.insert(successor) }
        }
      }
      if next.isEmpty { return length }
      layer = next
      length += 1
    }
  }
}
