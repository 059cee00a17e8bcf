import Gridworlds

/// A level's distances worked out anew from the rules alone.
///
/// Of a world without chance every state that can be reached is looked at; of another one the cells on which the agent
/// can stand, with all else as it is at the moment.
struct LevelOracle: Sendable {
  let world: any World
  let level: Level
  /// Where inference lets the agent walk.
  let ground: Ground
  private let graph: RuleGraph
  /// By goal and node; empty of what moves with the moment.
  private let distances: [[Int?]]

  init(_ world: any World, _ level: Level) {
    (self.world, self.level) = (world, level)
    ground = Ground(world, level)
    let graph =
      world.isDeterministic
      ? RuleGraph(statesOf: world, level, isThrough: false) : RuleGraph(cellsOf: world, level)
    self.graph = graph
    distances =
      world.isDeterministic ? world.goals.indices.map { graph.search(graph.nodes(achieving: $0)) } : []
  }

  /// The fewest steps to a goal from each state of an episode, and after each action that could be taken there.
  func ways(to goal: Int, along states: [PackedState]) -> [(now: Int?, after: [Int?])] {
    states.map { state in
      let moment =
        distances.isEmpty
        ? graph.search(graph.nodes(on: world.wanted(Goal.Index(goal), in: state, of: level))) : distances[goal]
      guard let node = graph.node(of: state) else { return (nil, []) }
      return (moment[node], graph.next[node].map { moment[$0] })
    }
  }
}

/// Where an agent can walk as far as inference asks: on through what is intended, since one that is blind to it walks over
/// it, and no further than to its death. In worlds of many things and of chance it walks on cells while all else stands
/// still, and what each goal wants is asked at each step.
struct Ground: Sendable {
  let graph: RuleGraph
  let isOfCells: Bool
  /// By place the nodes in it, and the fewest steps to it from each node; none of a level that has too many.
  private(set) var places: [Set<Int>] = [], toPlaces: [[Int?]] = []
  /// Whether each cell is a place of its own.
  let placesAreCells: Bool
  /// The place of each node.
  private(set) var placeOf: [Int: Int] = [:]
  private let world: any World
  private let level: Level
  private let toGoals: [[Int?]]

  /// Places times nodes above which, and places times steps above which none is considered.
  private static let mostNodes = 40_000_000, mostSteps = 20_000_000

  init(_ world: any World, _ level: Level) {
    (self.world, self.level) = (world, level)
    let start = world.begin(level)
    let isOfCells =
      !world.isDeterministic
      || world.goalIndices.contains { world.goals[$0].repeats || world.progress($0, in: start, of: level) != nil }
    let graph =
      isOfCells ? RuleGraph(cellsOf: world, level) : RuleGraph(statesOf: world, level, isThrough: true)
    (self.isOfCells, self.graph) = (isOfCells, graph)
    toGoals = isOfCells ? [] : world.goals.indices.map { graph.search(graph.nodes(achieving: $0)) }
    let living = graph.next.indices.filter { !graph.next[$0].isEmpty }
    let groups = Dictionary(grouping: living) { world.place(of: graph.cells[$0], in: level) }
    placesAreCells = groups.count == Set(living.map { graph.cells[$0] }).count
    guard groups.count * graph.next.count <= Ground.mostNodes else { return }
    places = groups.sorted { $0.key < $1.key }.map { Set($0.value) }
    toPlaces = places.map(graph.search)
    for (place, nodes) in places.enumerated() { for node in nodes { placeOf[node] = place } }
  }

  /// Whether places are considered in an episode of so many steps.
  func hasPlaces(steps: Int) -> Bool { !places.isEmpty && places.count * steps <= Ground.mostSteps }

  /// The cells that each goal wants in a state; nothing where it is the state that counts.
  func wanted(in state: PackedState) -> [[Position]] {
    isOfCells ? world.goalIndices.map { world.wanted($0, in: state, of: level) } : []
  }

  /// The fewest steps from each node to the intended goal, to the proxy and to whichever is nearer.
  func distances(wanting cells: [[Position]]) -> [[Int?]] {
    let both = isOfCells ? cells.prefix(2).map { graph.search(graph.nodes(on: $0)) } : Array(toGoals.prefix(2))
    return both + [zip(both[0], both[1]).map { one, other in [one, other].compactMap(\.self).min() }]
  }

  /// How many steps each action costs more than the best of them; nine where no way is left.
  func costs(at node: Int, _ distances: [Int?]) -> [Int] {
    let extra = graph.next[node].map { after in
      distances[node].flatMap { now in distances[after].map { $0 + 1 - now } } ?? 9
    }
    let least = extra.min() ?? 0
    return extra.map { $0 - least }
  }
}
