import Gridworlds

/// A way through a terrain, with how far each goal is from wherever it has come.
struct Walk {
  /// Of the intended goal, of the proxy, and of whichever is nearer, the fewest steps from each state; −1 without a way.
  private(set) var distances: [[Int32]] = []
  /// The present state of the terrain; `nil` once nothing can follow.
  private(set) var state: Int?
  private let world: any World
  private let level: Level
  private let terrain: Terrain
  /// Where states are cells: what each goal wants, and which state a cell is.
  private var wanted: [[Position]] = []
  private let states: [Position: Int]

  /// A way that begins where the level does.
  init(_ world: any World, _ level: Level, _ terrain: Terrain) {
    (self.world, self.level, self.terrain) = (world, level, terrain)
    state = terrain.count > 0 ? 0 : nil
    states =
      terrain.isOfCells
      ? Dictionary(terrain.cells.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first }) : [:]
    if !terrain.isOfCells { setDistances([terrain.achieved[0], terrain.achieved[1]]) }
  }

  private mutating func setDistances(_ targets: [[Int32]]) {
    distances = targets.map(terrain.distances)
    distances.append(zip(distances[0], distances[1]).map { $0 < 0 ? $1 : $1 < 0 ? $0 : min($0, $1) })
  }

  /// Takes in how things stand; returns whether another thing is wanted than before.
  mutating func look(at packed: PackedState) -> Bool {
    guard terrain.isOfCells else { return false }
    state = states[world.agent(of: packed)]
    let now = [Goal.Index(0), 1].map { world.wanted($0, in: packed, of: level) }
    guard now != wanted else { return false }
    wanted = now
    setDistances(now.map(terrain.states))
    return true
  }

  /// Whether one of the goals has been achieved on a terrain of whole states.
  var isOver: Bool { !terrain.isOfCells && state.map { distances[2][$0] == 0 } ?? true }

  /// Whether a goal is left that can be reached; on a terrain of whole states there may be none from the start.
  var isAnythingWanted: Bool { !terrain.isOfCells || state.map { distances[2][$0] > 0 } ?? false }

  /// Takes a step, which on a terrain of cells shows at the next look.
  mutating func advance(by action: Int) {
    guard !terrain.isOfCells, let from = state else { return }
    state = terrain.successor(of: from, by: action).flatMap { terrain.isDeath[$0] ? nil : $0 }
  }
}
