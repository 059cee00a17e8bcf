import Gridworlds
import Planning

/// Where an agent can go in a level, for explaining where it went: the states with what each action leads to, and the
/// fewest steps to every place.
///
/// Ways lead on *through* what is intended: an agent that is blind to it walks over it, and distances that ended there
/// would make such an agent look drawn to it. Death ends a way. In worlds of many things, and where chance moves others,
/// a state is a cell: the agent walks while all else stands as it is, and what each goal wants next is asked anew at
/// each step (``Walk``).
struct Terrain: Sendable {
  /// Levels of more states are not enumerated.
  static let largest = StateGraph.largest
  /// Of levels of more places times states the places are left out.
  static let largestWork = 40_000_000

  /// Actions a state.
  let actionCount: Int
  /// For state `s` and action `a` the next state at `s * actionCount + a`; −1 from where there is none.
  let successors: [Int32]
  /// By place, the fewest steps to it from each state, −1 without a way; empty where places are left out.
  let distancesToPlaces: [[Int32]]
  /// By state, which of these places it is in; −1 where nothing can follow.
  let places: [Int32]
  /// By state, where the agent stands.
  let cells: [Position]
  /// Whether states are cells.
  let isOfCells: Bool
  /// Whether each cell is a place of its own.
  let placesAreCells: Bool
  /// Whether a state is one in which nothing can follow.
  let isDeath: [Bool]
  /// By goal, the states in which it is achieved; where states are cells, those where its next part lies at the start.
  let achieved: [[Int32]]
  private let predecessors: Predecessors

  /// The terrain of a level; `nil` where it has too many states.
  init?(_ world: any World, _ level: Level) {
    let start = world.begin(level)
    isOfCells = world.isOfCells(level)
    let graph: Reachable
    if isOfCells {
      guard let layers = world.layers(in: level, along: [start], limit: Terrain.largest) else { return nil }
      graph = layers.reachable
    } else {
      graph = world.reachable(in: level, from: [start], limit: Terrain.largest, until: [], isThrough: true)
      guard graph.isComplete else { return nil }
    }
    actionCount = graph.actionCount
    successors = graph.successors
    cells = graph.agents
    isDeath = graph.isTerminal
    predecessors = Predecessors(of: graph)
    achieved = graph.achieved
    var states: [Int: [Int32]] = [:]
    for state in cells.indices where !graph.isTerminal[state] {
      states[world.place(of: cells[state], in: level), default: []].append(Int32(state))
    }
    placesAreCells = states.count == Set(cells.indices.filter { !graph.isTerminal[$0] }.map { graph.agents[$0] }).count
    let predecessors = predecessors
    let inOrder = states.sorted { $0.key < $1.key }.map(\.value)
    let isLarge = inOrder.count * cells.count > Terrain.largestWork
    distancesToPlaces = isLarge ? [] : inOrder.map(predecessors.distances)
    var places = [Int32](repeating: -1, count: cells.count)
    if !isLarge {
      for (place, states) in inOrder.enumerated() { for state in states { places[Int(state)] = Int32(place) } }
    }
    self.places = places
  }

  /// States.
  var count: Int { cells.count }

  /// The fewest steps from each state to one of some; −1 without a way.
  func distances(to targets: [Int32]) -> [Int32] { predecessors.distances(to: targets) }

  /// The states in which the agent stands on one of some cells.
  func states(on cells: [Position]) -> [Int32] {
    let wanted = Set(cells)
    return self.cells.indices.filter { wanted.contains(self.cells[$0]) && !isDeath[$0] }.map { Int32($0) }
  }

  /// Where an action leads; `nil` where nothing can follow.
  func successor(of state: Int, by action: Int) -> Int? {
    let next = successors[state * actionCount + action]
    return next < 0 ? nil : Int(next)
  }

  /// What each action costs a goal in a state beyond the best of them, in steps; 9 more than nothing where it leads to
  /// where the goal cannot be reached.
  /// - Parameters:
  ///   - distances: the fewest steps to the goal from each state, −1 without a way.
  ///   - result: `actionCount` numbers, the least of which is 0.
  func costs(of state: Int, _ distances: [Int32], into result: inout [Double]) {
    let now = distances[state]
    var least = Double.infinity
    for action in 0..<actionCount {
      let next = successors[state * actionCount + action]
      let rest = next < 0 ? -1 : distances[Int(next)]
      // Whence there is no way none of its steps leads to one.
      result[action] = rest < 0 || now < 0 ? Terrain.lostCost : Double(rest + 1 - now)
      least = min(least, result[action])
    }
    for action in 0..<actionCount { result[action] -= least }
  }

  /// The same as whole numbers, into memory that is there.
  func wholeCosts(of state: Int, _ distances: [Int32], into result: UnsafeMutableBufferPointer<Int32>) {
    let now = distances[state]
    var least = Int32.max
    for action in 0..<actionCount {
      let next = successors[state * actionCount + action]
      let rest = next < 0 ? -1 : distances[Int(next)]
      let cost = rest < 0 || now < 0 ? Int32(Terrain.lostCost) : rest + 1 - now
      result[action] = cost
      least = min(least, cost)
    }
    for action in 0..<actionCount { result[action] -= least }
  }

  /// What a step costs that leaves no way to the goal.
  static let lostCost = 9.0
}
