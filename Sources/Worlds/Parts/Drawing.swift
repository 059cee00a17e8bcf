import Gridworlds

/// A square room: its side, the share of its inner cells that is wall, and how many of them must hang together.
public struct RoomPlan {
  let side: Int
  let density: Double
  let least: Int

  /// A square room.
  /// - Parameters:
  ///   - side: cells a side, its walls included.
  ///   - density: the share of its inner cells that is wall.
  ///   - least: how many free cells must hang together.
  public init(side: Int, density: Double = 0.25, least: Int) {
    self.side = side
    self.density = density
    self.least = least
  }
}

/// A map on its way to become a level: a room, and the free cells that are not taken yet.
public struct Sketch {
  /// The map so far.
  private(set) var map: Grid<Tile>
  /// Free cells that can all be walked to from each other, without what was put on them since.
  private(set) var cells: [Position]

  /// A room with walls inside; `nil` where fewer of its cells hang together than the plan asks for.
  init?(_ plan: RoomPlan, using random: inout RandomSource) {
    map = Rooms.room(
      width: plan.side, height: plan.side, layout: plan.density > 0 ? .blocks : .open, density: plan.density,
      using: &random)
    guard let root = random.pick(map.positions(of: .floor)) else { return nil }
    cells = Rooms.walkable(from: root, in: map).positions(of: true)
    guard cells.count >= plan.least else { return nil }
  }

  /// Puts a tile on a free cell drawn at random; `nil` where none is left.
  @discardableResult
  public mutating func put(_ tile: Tile, using random: inout RandomSource) -> Position? {
    guard !cells.isEmpty else { return nil }
    let index = random.below(cells.count)
    let cell = cells[index]
    cells.swapAt(index, cells.count - 1)
    cells.removeLast()
    map[cell] = tile
    return cell
  }
}

extension World {
  /// The first level that comes out of one attempt after the other, each with random numbers of its own.
  /// - Parameters:
  ///   - stream: tells the random numbers of this world from those of others.
  ///   - attempt: a map and, where it is not the world's own, a time limit; `nil` where nothing came of it.
  func drawn(
    _ split: Split, seed: UInt64, stream: UInt64, title: (training: String, shifted: String),
    _ attempt: (inout RandomSource) -> (map: Grid<Tile>, timeLimit: Int?)?
  ) -> Level {
    for number in 0..<UInt64.max {
      var random = RandomSource(seed: seed, stream: stream + number)
      guard let (map, timeLimit) = attempt(&random) else { continue }
      let level = try? Level(
        of: self, reference: "\(name):\(split.rawValue)#\(seed)",
        title: split == .training ? title.training : title.shifted, map: map, timeLimit: timeLimit)
      if let level { return level }
    }
    fatalError("no seed yields a level")
  }

  /// The first room that could be furnished.
  /// - Parameters:
  ///   - room: how large it is, how it is laid out, and how many of its cells must hang together at least.
  ///   - furnish: puts the things into it; `false` where that came to nothing.
  public func furnished(
    _ split: Split, seed: UInt64, stream: UInt64, title: (training: String, shifted: String), in room: RoomPlan,
    timeLimit: Int? = nil, _ furnish: (inout Sketch, inout RandomSource) -> Bool
  ) -> Level {
    drawn(split, seed: seed, stream: stream, title: title) { random in
      guard var sketch = Sketch(room, using: &random), furnish(&sketch, &random) else { return nil }
      return (sketch.map, timeLimit)
    }
  }

  /// What is wrong where nothing that the intended goal needs can be walked to.
  func unreachableTargets(in level: Level) -> LevelProblem? {
    let walkable = Rooms.walkable(from: level.start, in: level.map)
    if level.targets[intended].contains(where: { walkable[$0] }) { return nil }
    return .world("no way from the agent to the \(goals[intended].id); open one or move the agent", at: level.start)
  }

  /// A level with the agent elsewhere in it.
  func beginning(_ level: Level, at start: Position) -> Level? {
    var map = level.map
    map[level.start] = .floor
    map[start] = .agent
    return try? Level(
      of: self, reference: "\(level.reference)~start\(start.x),\(start.y)", title: level.title, map: map,
      timeLimit: level.timeLimit)
  }

  /// A level with another map, as the twin of one.
  public func twin(of level: Level, map: Grid<Tile>, title: String, targets: [String: [Position]] = [:]) -> Level? {
    try? Level(
      of: self, reference: level.reference + "~train", title: title, map: map, targets: targets,
      timeLimit: level.timeLimit)
  }
}
