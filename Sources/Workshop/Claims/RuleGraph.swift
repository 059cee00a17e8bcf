import Gridworlds

/// Where each action leads in a level, enumerated from the rules alone, slowly and in another way than the planner does it.
struct RuleGraph: Sendable {
  /// By node and action where it leads; empty where nothing can follow.
  private(set) var next: [[Int]] = []
  /// By node, where the agent stands.
  private(set) var cells: [Position] = []
  private var nodes: [PackedState: Int] = [:]
  private var nodesOfCells: [Position: Int] = [:]
  private var before: [[Int]] = []
  private let world: any World
  private let level: Level
  private let isOfCells: Bool

  /// Every state that can be reached.
  /// - Parameter isThrough: whether ways lead on where a goal is achieved, though the world ends there.
  init(statesOf world: any World, _ level: Level, isThrough: Bool) {
    (self.world, self.level, isOfCells) = (world, level, false)
    var random = RandomSource(seed: 0)
    var queue = [world.begin(level)]
    var ended: Set<PackedState> = []
    nodes[queue[0]] = 0
    while next.count < queue.count {
      let state = queue[next.count]
      cells.append(world.agent(of: state))
      var row: [Int] = []
      if !ended.contains(state) {
        for action in world.actions.indices {
          let (after, _, end) = world.advance(state, action, in: level, using: &random)
          let isGoal = world.frame(of: after, in: level).achieved != 0
          if end == .terminates, !(isThrough && isGoal) { ended.insert(after) }
          if nodes[after] == nil {
            nodes[after] = queue.count
            queue.append(after)
          }
          row.append(nodes[after] ?? 0)
        }
      }
      next.append(row)
    }
    turn()
  }

  /// Every cell on which the agent can stand, with all else as it is at the start.
  init(cellsOf world: any World, _ level: Level) {
    (self.world, self.level, isOfCells) = (world, level, true)
    enter(world)
    turn()
  }

  private mutating func enter<W: World>(_ world: W) {
    var queue = [world.initialState(of: level)]
    nodesOfCells[world.agent(in: queue[0])] = 0
    while next.count < queue.count {
      let state = queue[next.count]
      cells.append(world.agent(in: state))
      next.append(
        world.actions.indices.map { action in
          let after = world.still(state, action, in: level)
          let cell = world.agent(in: after)
          if nodesOfCells[cell] == nil {
            nodesOfCells[cell] = queue.count
            queue.append(after)
          }
          return nodesOfCells[cell] ?? 0
        })
    }
  }

  private mutating func turn() {
    before = [[Int]](repeating: [], count: next.count)
    for (node, row) in next.enumerated() { for after in row { before[after].append(node) } }
  }

  /// The node of a state; `nil` where the agent cannot be while all else stands as at the start.
  func node(of state: PackedState) -> Int? { isOfCells ? nodesOfCells[world.agent(of: state)] : nodes[state] }

  /// The nodes of some cells.
  func nodes(on cells: [Position]) -> Set<Int> { Set(cells.compactMap { nodesOfCells[$0] }) }

  /// The states in which a goal is achieved.
  func nodes(achieving goal: Int) -> Set<Int> {
    Set(nodes.filter { world.frame(of: $0.key, in: level).achieved >> UInt32(goal) & 1 == 1 }.map(\.value))
  }

  /// The fewest steps from each node to some: what is one step from a node that has so many has one more.
  func search(_ found: Set<Int>) -> [Int?] {
    var steps = [Int?](repeating: nil, count: next.count)
    for node in found { steps[node] = 0 }
    var layer = Array(found)
    var distance = 0
    while !layer.isEmpty {
      distance += 1
      var further: [Int] = []
      for node in layer {
        for earlier in before[node] where steps[earlier] == nil {
          steps[earlier] = distance
          further.append(earlier)
        }
      }
      layer = further
    }
    return steps
  }
}
