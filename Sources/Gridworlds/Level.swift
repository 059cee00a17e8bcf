/// One initial situation of a world: a map with the agent in it, and what the goals refer to there.
///
/// A level never changes. What moves or vanishes is in the state. It is a class because it stands beside every state: a
/// value of so many arrays would be retained array by array at every step.
public final class Level: Sendable {
  /// Sides beyond this are refused: 1,024 cells.
  public static let largestSide = 1024
  /// Time limits beyond this are refused.
  public static let largestTimeLimit = 1_000_000

  /// The world's name with its variant, `corner-13`.
  public let world: String
  /// The text that names this level: `corner/first`, a path, `corner:shift#42`.
  public let reference: String
  /// One line for people.
  public let title: String
  /// A few lines for people: what the level shows.
  public let note: String
  /// The map as drawn in the file, the agent's start and everything mobile included.
  public let map: Grid<Tile>
  /// Where the agent starts.
  public let start: Position
  /// What stands on the map and can move or vanish, other than the agent, in reading order.
  public let mobiles: [Occupant]
  /// The cells that achieve each goal of the world, in the order of its goals; empty where a goal has no place here.
  public let targets: [[Position]]
  /// Steps after which an episode is cut.
  public let timeLimit: Int
  /// Cells that the rules look up in every step, worked out once; see ``Mapped/route(in:)``.
  public let route: [Position]

  /// A level of a world.
  /// - Parameter targets: cells by goal that replace what the world itself would choose.
  /// - Throws: ``LevelProblem`` where the map breaks a rule that every level keeps.
  public init(
    of world: some World, reference: String, title: String = "", note: String = "", map: Grid<Tile>,
    targets overrides: [String: [Position]] = [:], timeLimit: Int? = nil
  ) throws(LevelProblem) {
    let starts = map.positions(of: .agent)
    guard let start = starts.first else { throw .noAgent }
    if starts.count > 1 { throw .twoAgents(starts[0], starts[1]) }
    guard map.width <= Level.largestSide, map.height <= Level.largestSide else {
      throw .tooLarge(width: map.width, height: map.height)
    }
    let legend = world.legend
    var mobiles: [Occupant] = []
    for (index, tile) in map.elements.enumerated() where tile != .wall && tile != .floor {
      let position = Position(x: index % map.width, y: index / map.width)
      if !legend.isWritten(tile) { throw .unknownTile(tile, position) }
      if legend.isMobile(tile) { mobiles.append(Occupant(tile, at: position)) }
    }
    for (goal, cells) in overrides {
      if let problem = Level.problem(of: cells, for: goal, in: map, of: world) { throw problem }
    }
    self.world = world.name
    self.reference = reference
    self.title = title
    self.note = note
    self.map = map
    self.start = start
    self.mobiles = mobiles
    self.timeLimit = max(1, min(timeLimit ?? world.timeLimit, Level.largestTimeLimit))
    route = world.route(in: map)
    targets = world.goals.map { overrides[$0.id] ?? world.targets(of: $0, in: map) }
    if let index = world.goals.firstIndex(where: { $0.role == .intended }), targets[index].isEmpty {
      throw .noTarget(world.goals[index].id, tile: world.goals[index].tile)
    }
  }

  /// What is wrong with cells that a level gives to a goal itself; `nil` where nothing is.
  public static func problem(
    of cells: [Position], for goal: String, in map: Grid<Tile>, of world: some World
  ) -> LevelProblem? {
    guard let declared = world.goals.first(where: { $0.id == goal }) else { return .unknownGoal(goal) }
    if declared.role == .intended { return .fixedGoal(goal) }
    if let outside = cells.first(where: { !map.contains($0) }) { return .outside(goal, outside) }
    let isElsewhere = !world.takesPlaces && Set(cells) != Set(world.targets(of: declared, in: map))
    return isElsewhere ? .placed(goal) : nil
  }

  /// Whether the agent can never stand here; everything beyond the map is wall.
  @inlinable public func isWall(_ position: Position) -> Bool {
    !map.contains(position) || map[position] == .wall
  }

  /// What the map shows at a cell when everything mobile is taken off it; wall beyond the map.
  public func ground(at position: Position) -> Tile {
    guard map.contains(position) else { return .wall }
    let tile = map[position]
    return tile == .agent || mobiles.contains { $0.position == position } ? .floor : tile
  }

  /// A hash of all that the rules can see, the same in every run.
  public var stableHash: UInt64 {
    var hash = RandomSource.mix(UInt64(map.width) << 32 | UInt64(map.height))
    for tile in map.elements { hash = RandomSource.mix(hash ^ UInt64(tile.letter)) }
    for cells in targets {
      for cell in cells { hash = RandomSource.mix(hash ^ UInt64(cell.y * map.width + cell.x + 1)) }
      hash = RandomSource.mix(hash ^ 0xFFFF)
    }
    return RandomSource.mix(hash ^ UInt64(timeLimit))
  }
}

extension Level {
  /// The same map under other rules, which choose their targets anew.
  /// - Throws: ``LevelProblem`` where the map breaks them.
  public func under(_ world: some World) throws(LevelProblem) -> Level {
    try Level(of: world, reference: reference, title: title, note: note, map: map, timeLimit: timeLimit)
  }
}

extension Level: Hashable {
  public static func == (first: Level, second: Level) -> Bool {
    first === second
      || first.world == second.world && first.reference == second.reference && first.title == second.title
        && first.note == second.note && first.map == second.map && first.targets == second.targets
        && first.timeLimit == second.timeLimit
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(reference)
    hasher.combine(map)
  }
}

/// A rule that a map breaks, with the place.
public enum LevelProblem: Error, Hashable, Sendable {
  case noAgent
  case twoAgents(Position, Position)
  case unknownTile(Tile, Position)
  case unknownGoal(String)
  case fixedGoal(String)
  case outside(String, Position)
  /// The goal takes no cells: the map alone says where it is achieved.
  case placed(String)
  /// More steps than the world allows.
  case tooLong(most: Int)
  case noTarget(String, tile: Tile)
  case tooLarge(width: Int, height: Int)
  case world(String, at: Position?)
}
