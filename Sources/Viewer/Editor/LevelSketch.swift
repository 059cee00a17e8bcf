import Archive
import Gridworlds

/// A level that is being drawn: a map that may break rules meanwhile, with undo and redo without end.
///
/// What changes is remembered as differences, so that a long afternoon's history stays small. What is unique in a world,
/// such as the agent, is moved when it is drawn again.
public struct LevelSketch: Sendable {
  /// The rules.
  public let world: any World
  /// The map as drawn so far.
  var map: Grid<Tile>
  /// The cells of those proxies that the level itself places, by goal.
  var places: [String: [Position]]
  /// One line for people.
  var title: String
  /// Steps after which an episode is cut.
  var timeLimit: Int
  /// A few lines for people, kept as they were.
  let note: String
  /// The tiles of which a level has one at the most.
  let unique: Set<Tile>

  var done: [Change] = []
  var undone: [Change] = []
  var stroke = Stroke.none
  /// Where in the history the level was saved; `nil` where that place is lost.
  private var savedDepth: Int? = 0

  /// The sketch of a level.
  public init(_ level: Level, of world: any World) {
    let moved = zip(world.goals, level.targets).filter { goal, cells in
      goal.role == .proxy && world.takesPlaces && cells != world.targets(of: goal, in: level.map)
    }
    self.init(
      world, map: level.map, places: Dictionary(moved.map { ($0.id, $1) }, uniquingKeysWith: { first, _ in first }),
      title: level.title, note: level.note, timeLimit: level.timeLimit)
  }

  /// An empty room with the agent in its lower left corner, each side clamped to what maps allow.
  public init(emptyRoomOf world: any World, width: Int, height: Int) {
    let (width, height) = (LevelSketch.sides.clamping(width), LevelSketch.sides.clamping(height))
    var map = Grid(width: width, height: height, filledWith: Tile.wall)
    for y in 1..<(height - 1) { for x in 1..<(width - 1) { map[Position(x: x, y: y)] = .floor } }
    map[Position(x: 1, y: height - 2)] = .agent
    self.init(world, map: map, places: [:], title: "", note: "", timeLimit: world.timeLimit)
  }

  private init(
    _ world: any World, map: Grid<Tile>, places: [String: [Position]], title: String, note: String, timeLimit: Int
  ) {
    self.world = world
    self.map = map
    self.places = places
    self.title = title
    self.note = note
    self.timeLimit = timeLimit
    unique = LevelSketch.uniqueTiles(of: world, in: map)
  }

  /// What the sides of a map may measure.
  static let sides = 3...Level.largestSide

  /// The agent, and what no generated level holds twice; unless the map at hand does.
  private static func uniqueTiles(of world: any World, in map: Grid<Tile>) -> Set<Tile> {
    var most: [Tile: Int] = [:]
    func count(_ map: Grid<Tile>) {
      var counts: [Tile: Int] = [:]
      for tile in map.elements where tile != .wall && tile != .floor { counts[tile, default: 0] += 1 }
      most.merge(counts, uniquingKeysWith: max)
    }
    for split in Split.allCases { for seed in 0..<UInt64(6) { count(world.generate(split, seed: seed).map) } }
    count(map)
    return Set(most.filter { $0.value == 1 }.keys).union([.agent])
  }
}

// MARK: What it says

extension LevelSketch {
  /// Something to draw with: a tile, or the place of a proxy that the map does not show.
  struct Brush: Sendable, Hashable {
    /// What is drawn, by the legend.
    let tile: Tile
    /// What people call it.
    let name: String
    /// The proxy whose place it is; `nil` where the tile itself is drawn.
    let goal: String?
  }

  /// The brushes of a world in the order of its legend, then the places that a level may choose.
  static func brushes(of world: any World) -> [Brush] {
    let legend = world.legend
    let tiles = legend.entries.filter(\.isWritten).map { Brush(tile: $0.tile, name: $0.name, goal: nil) }
    guard world.takesPlaces else { return tiles }
    let places = world.goals.filter { $0.role == .proxy && legend[$0.tile]?.isWritten != true }
    return tiles + places.map { Brush(tile: $0.tile, name: "\($0.id) (proxy)", goal: $0.id) }
  }

  /// What is wrong with a sketch, in the words of `wayward levels check`.
  struct Fault: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    let cause: String
    /// What to do about it.
    let mend: String
    /// The row to look at, where one is to blame.
    let row: Int?

    /// One line for people.
    var description: String { "\(cause); \(mend)" }
  }

  /// The level, with the rules kept that a file keeps.
  /// - Parameter searches: whether a way to the intended goal is looked for too, which in large levels takes a while.
  func level(reference: String, searches: Bool = true) throws(Fault) -> Level {
    let goals = places.sorted { $0.key < $1.key }.map { (id: $0.key, cells: $0.value.map { (x: $0.x, y: $0.y) }) }
    let draft = LevelDraft(
      reference: reference, title: title, note: note, rows: LevelFile.rows(of: map), goals: goals, steps: timeLimit)
    do throws(LevelDraft.Fault) {
      return try draft.level(of: world, searches: searches)
    } catch {
      var row: Int?
      if case .row(let found) = error.spot { row = found }
      throw Fault(cause: PlainText.stripped(error.cause), mend: PlainText.stripped(error.mend, limit: 400), row: row)
    }
  }

  /// Edits that can be undone.
  var undoCount: Int { done.count }
  /// Edits that can be done again.
  var redoCount: Int { undone.count }
  /// Whether it differs from what was saved or opened.
  var isEdited: Bool { savedDepth != done.count }

  /// Remembers that what is drawn now is in a file.
  mutating func markSaved() {
    stroke = .none
    savedDepth = done.count
  }

  /// A new change leaves behind what was undone, and with it a saved state that lay there.
  mutating func forgetUndone() {
    if let saved = savedDepth, saved > done.count { savedDepth = nil }
    undone.removeAll()
  }
}

extension ClosedRange {
  /// The element of the range that is nearest to a value.
  func clamping(_ value: Bound) -> Bound { Swift.min(Swift.max(value, lowerBound), upperBound) }
}
