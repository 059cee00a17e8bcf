import Gridworlds

/// A level's distances worked out anew from the rules alone, slowly and in another way than the planner does it.
///
/// Of a world without chance every state that can be reached is looked at; of another one the cells on which the agent
/// can stand, with all else as it is at the moment.
struct LevelOracle: Sendable {
  /// Something that an agent may be after: a declared goal, or a place.
  struct Target: Sendable {
    let name: String
    let goal: Int?
    let cells: Set<Position>
  }

  let world: any World
  let level: Level
  private(set) var targets: [Target] = []
  /// Where each action leads, by node: a state or, where chance has a part, a cell.
  private var next: [[Int]] = []
  private var places: [Position] = []
  private var states: [PackedState: Int] = [:]
  private var cells: [Position: Int] = [:]
  /// By target and node; `nil` where there is no way. Of what moves with the moment there is none.
  private var distances: [[Int?]?] = []

  init(_ world: any World, _ level: Level) {
    (self.world, self.level) = (world, level)
    if world.isDeterministic { enterStates() } else { enterCells(world) }
    targets = world.goals.indices.map { Target(name: world.goals[$0].id, goal: $0, cells: []) }
    var known = Set(level.targets.map { Set($0) })
    for place in world.landmarks(in: level.map) {
      let cells = Set(place.cells)
      guard !cells.isEmpty, !known.contains(cells), !cells.contains(level.start) else { continue }
      known.insert(cells)
      if places.contains(where: cells.contains) { targets.append(Target(name: place.name, goal: nil, cells: cells)) }
    }
    distances = targets.map { target in
      if let goal = target.goal {
        guard world.isDeterministic else { return nil }
        return search(
          Set(states.filter { world.frame(of: $0.key, in: level).achieved >> UInt32(goal) & 1 == 1 }.map(\.value)))
      }
      return search(Set(places.indices.filter { target.cells.contains(places[$0]) }))
    }
  }

  private mutating func enterStates() {
    var random = RandomSource(seed: 0)
    var queue = [world.begin(level)]
    var ended: Set<PackedState> = []
    states[queue[0]] = 0
    var current = 0
    while current < queue.count {
      let state = queue[current]
      current += 1
      places.append(world.agent(of: state))
      var row: [Int] = []
      if !ended.contains(state) {
        for action in world.actions.indices {
          let (after, _, end) = world.advance(state, action, in: level, using: &random)
          if end == .terminates { ended.insert(after) }
          if states[after] == nil {
            states[after] = queue.count
            queue.append(after)
          }
          row.append(states[after] ?? 0)
        }
      }
      next.append(row)
    }
  }

  private mutating func enterCells<W: World>(_ world: W) {
    var queue = [world.initialState(of: level)]
    cells[world.agent(in: queue[0])] = 0
    var current = 0
    while current < queue.count {
      let state = queue[current]
      current += 1
      places.append(world.agent(in: state))
      next.append(
        world.actions.indices.map { action in
          let after = world.still(state, action, in: level)
          let cell = world.agent(in: after)
          if cells[cell] == nil {
            cells[cell] = queue.count
            queue.append(after)
          }
          return cells[cell] ?? 0
        })
    }
  }

  /// The fewest steps from each node to some: what is one step from a node that has so many has one more.
  private func search(_ found: Set<Int>) -> [Int?] {
    var before = [[Int]](repeating: [], count: next.count)
    for (node, row) in next.enumerated() { for after in row { before[after].append(node) } }
    var steps = [Int?](repeating: nil, count: next.count)
    var layer = Array(found)
    var distance = 0
    while !layer.isEmpty {
      for node in layer { steps[node] = distance }
      layer = Array(Set(layer.flatMap { before[$0] }.filter { steps[$0] == nil }))
      distance += 1
    }
    return steps
  }

  /// The fewest steps to a target from each state of an episode, and after each action that could be taken there.
  func ways(to target: Int, along states: [PackedState]) -> [(now: Int?, after: [Int?])] {
    states.map { state in
      let moment = distances[target] ?? search(wanted(world, target, state))
      let node = world.isDeterministic ? self.states[state] : cells[world.agent(of: state)]
      guard let node else { return (nil, []) }
      return (moment[node], next[node].map { moment[$0] })
    }
  }

  private func wanted<W: World>(_ world: W, _ goal: Int, _ state: PackedState) -> Set<Int> {
    Set(world.wanted(goal, in: state.unpacked(as: W.State.self), of: level).compactMap { cells[$0] })
  }
}
