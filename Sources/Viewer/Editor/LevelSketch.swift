import Archive
import Gridworlds

/// A level that is being drawn, with undo and redo without end.
///
/// What is unique in a world, such as the agent, is moved when it is drawn again.
public struct LevelSketch: Sendable {
  /// What is drawn so far.
  private(set) var drawn: SketchedLevel
  private var history = SketchHistory()
  /// The tiles of which a level has one at the most.
  let unique: Set<Tile>

  /// What the sides of a map may measure.
  static let sides = 3...Level.largestSide

  /// The sketch of a level.
  public init(_ level: Level, of world: any World) { self.init(SketchedLevel(level, of: world)) }

  /// An empty room with the agent in its lower left corner, each side clamped to what maps allow.
  public init(emptyRoomOf world: any World, width: Int, height: Int) {
    let (width, height) = (LevelSketch.sides.clamping(width), LevelSketch.sides.clamping(height))
    var map = Grid(width: width, height: height, filledWith: Tile.wall)
    for y in 1..<(height - 1) { for x in 1..<(width - 1) { map[Position(x: x, y: y)] = .floor } }
    map[Position(x: 1, y: height - 2)] = .agent
    self.init(SketchedLevel(map, of: world))
  }

  private init(_ drawn: SketchedLevel) {
    self.drawn = drawn
    unique = LevelSketch.uniqueTiles(of: drawn.world, in: drawn.map)
  }

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

  // MARK: What it says

  /// The rules.
  public var world: any World { drawn.world }
  var map: Grid<Tile> { drawn.map }
  var places: [String: [Position]] { drawn.places }
  var title: String { drawn.title }
  var timeLimit: Int { drawn.timeLimit }
  var undoCount: Int { history.undoCount }
  var redoCount: Int { history.redoCount }
  /// Whether it differs from what was saved or opened.
  var isEdited: Bool { history.isEdited }

  /// The level, with the rules kept that a file keeps.
  func level(reference: String, searches: Bool = true) throws(SketchedLevel.Fault) -> Level {
    try drawn.level(reference: reference, searches: searches)
  }

  /// Whether a brush draws in one cell only.
  func isSingle(_ brush: Brush) -> Bool { brush.goal != nil || unique.contains(brush.tile) }

  // MARK: Drawing

  /// Draws with a brush; what is unique goes to the last cell, whatever the tool, and leaves where it was.
  mutating func draw(
    _ brush: Brush, with tool: DrawingTool = .paint, from first: Position? = nil, to last: Position,
    mirror: DrawingMirror = .off
  ) {
    guard map.contains(last) else { return }
    if let goal = brush.goal {
      place(goal, at: last)
    } else if world.legend[brush.tile]?.isWritten != true {
      return
    } else if unique.contains(brush.tile) {
      set(map.positions(of: brush.tile).filter { $0 != last }.map { ($0, .floor) } + [(last, brush.tile)])
    } else {
      set(tool.cells(on: map, from: first ?? last, to: last, mirror: mirror).map { ($0, brush.tile) })
    }
  }

  /// Leaves floor.
  mutating func erase(_ cells: [Position]) {
    set(cells.filter { map.contains($0) }.map { ($0, .floor) })
  }

  private mutating func set(_ tiles: [(cell: Position, tile: Tile)]) {
    let changes = tiles.compactMap { cell, tile -> SketchChange.TileChange? in
      let old = map[cell]
      return old == tile ? nil : SketchChange.TileChange(index: cell.y * map.width + cell.x, old: old, new: tile)
    }
    if !changes.isEmpty { change([.cells(changes)]) }
  }

  /// Places a proxy; where it is placed already it goes back to where the world itself has it.
  private mutating func place(_ goal: String, at cell: Position) {
    guard let declared = world.goals.first(where: { $0.id == goal && $0.role == .proxy }), world.takesPlaces else {
      return
    }
    let old = places[goal]
    let isOwn = old == [cell] || world.targets(of: declared, in: map) == [cell]
    let new: [Position]? = isOwn ? nil : [cell]
    if new != old { change([.places(goal: goal, old: old, new: new)]) }
  }

  // MARK: What is not drawn: size, title, time limit

  /// Makes the map wider or narrower at its right, higher or lower at its bottom; the outer wall stays outside.
  ///
  /// New lines go on as the last inner one does, walls and floor alone. Sides beyond ``sides`` are clamped.
  mutating func resize(width: Int, height: Int) {
    let (width, height) = (LevelSketch.sides.clamping(width), LevelSketch.sides.clamping(height))
    guard width != map.width || height != map.height else { return }
    beginStroke()
    while map.width != width { spliceLine(isColumn: true, grows: map.width < width) }
    while map.height != height { spliceLine(isColumn: false, grows: map.height < height) }
    endStroke()
  }

  private mutating func spliceLine(isColumn: Bool, grows: Bool) {
    let count = isColumn ? map.width : map.height
    // A map of one line has no inner one: it goes on as that does.
    let source = max(0, count - 2)
    let inner = (0..<(isColumn ? map.height : map.width)).map { offset in
      map[isColumn ? Position(x: source, y: offset) : Position(x: offset, y: source)]
    }
    let at = grows ? count - 1 : source
    let tiles = grows ? inner.map { $0 == .wall ? Tile.wall : .floor } : inner
    var parts: [SketchChange.Difference] = []
    for (goal, cells) in places.sorted(by: { $0.key < $1.key }) {
      let moved = cells.compactMap { cell -> Position? in
        let line = isColumn ? cell.x : cell.y
        if line < at { return cell }
        if !grows && line == at { return nil }
        let step = grows ? 1 : -1
        return isColumn ? cell.moved(dx: step, dy: 0) : cell.moved(dx: 0, dy: step)
      }
      if moved != cells { parts.append(.places(goal: goal, old: cells, new: moved.isEmpty ? nil : moved)) }
    }
    change(parts + [.splice(SketchChange.MapLine(isColumn: isColumn, at: at, tiles: tiles, isInserted: grows))])
  }

  /// Gives it another title, free of what no file may hold.
  mutating func rename(_ text: String) {
    let new = PlainText.stripped(text, limit: LevelFile.longestTitle)
    if new != title { change([.title(old: title, new: new)]) }
  }

  /// Gives it another time limit, clamped to what files allow.
  mutating func setTimeLimit(_ steps: Int) {
    let new = (1...Level.largestTimeLimit).clamping(steps)
    if new != timeLimit { change([.timeLimit(old: timeLimit, new: new)]) }
  }

  // MARK: History

  private mutating func change(_ parts: [SketchChange.Difference]) {
    for part in parts { drawn.apply(part) }
    history.add(parts)
  }

  /// Takes the last change back; `false` where there is none.
  @discardableResult
  mutating func undo() -> Bool {
    guard let change = history.stepBack() else { return false }
    for part in change.parts.reversed() { drawn.revert(part) }
    return true
  }

  /// Does again what was taken back last; `false` where there is nothing.
  @discardableResult
  mutating func redo() -> Bool {
    guard let change = history.stepOn() else { return false }
    for part in change.parts { drawn.apply(part) }
    return true
  }

  /// Lets all edits until ``endStroke()`` be one change.
  mutating func beginStroke() { history.beginStroke() }

  /// Ends a stroke.
  mutating func endStroke() { history.endStroke() }

  /// Remembers that what is drawn now is in a file.
  mutating func markSaved() { history.markSaved() }
}

extension ClosedRange {
  /// The element of the range that is nearest to a value.
  func clamping(_ value: Bound) -> Bound { Swift.min(Swift.max(value, lowerBound), upperBound) }
}
