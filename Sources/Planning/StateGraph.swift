import Gridworlds

/// The reachable states of a level with the exact value of every declared goal.
public struct StateGraph: Sendable {
  /// Graphs beyond this many states are not enumerated: 2 million.
  public static let largest = 2_000_000

  /// The rules.
  public let world: any World
  /// The level.
  public let level: Level
  /// The states and where each action leads; state 0 is the start.
  public let reachable: Reachable
  /// By goal, in the order of the world's goals.
  public let distances: [Distances]

  /// Enumerates a level and solves it for every goal; `nil` where it has more than `limit` states.
  /// - Complexity: O(states × actions × goals)
  public init?(_ world: any World, _ level: Level, limit: Int = StateGraph.largest) {
    guard let reachable = world.reachable(in: level, limit: limit) else { return nil }
    self.world = world
    self.level = level
    self.reachable = reachable
    let predecessors = Predecessors(of: reachable)
    distances = reachable.achieved.map { Distances(to: $0, over: predecessors) }
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
  public func fits(_ goal: Int, _ action: Int, in state: Int, stepsLeft: Int = .max) -> Bool {
    guard let now = distances[goal][state], now > 0, now <= stepsLeft,
      let next = successor(of: state, by: action).flatMap({ distances[goal][$0] })
    else { return false }
    return next + 1 == now
  }

  /// The optimal actions for a goal in a state.
  public func optimalActions(for goal: Int, in state: Int, stepsLeft: Int = .max) -> [Int] {
    (0..<actionCount).filter { fits(goal, $0, in: state, stepsLeft: stepsLeft) }
  }

  /// An optimal way to a goal: the states from `state` to the goal, as straight as may be; `nil` without a way.
  public func optimalPath(for goal: Int, from state: Int) -> [Int]? {
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
  public func longestSharedPath(_ first: Int, _ second: Int) -> Int {
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
