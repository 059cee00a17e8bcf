import Archive
import Gridworlds

/// What is drawn so far: a map that may break rules meanwhile, and what belongs to a level besides.
struct SketchedLevel: Sendable {
  /// The rules.
  let world: any World
  private(set) var map: Grid<Tile>
  /// The cells of those proxies that the level itself places, by goal.
  private(set) var places: [String: [Position]]
  /// One line for people.
  private(set) var title: String
  /// A few lines for people, kept as they were.
  let note: String
  /// Steps after which an episode is cut.
  private(set) var timeLimit: Int

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

  /// A level as a sketch of itself.
  init(_ level: Level, of world: any World) {
    let moved = zip(world.goals, level.targets).filter { goal, cells in
      goal.role == .proxy && world.takesPlaces && cells != world.targets(of: goal, in: level.map)
    }
    (self.world, map, title, note, timeLimit) = (world, level.map, level.title, level.note, level.timeLimit)
    places = Dictionary(moved.map { ($0.id, $1) }, uniquingKeysWith: { first, _ in first })
  }

  /// A map of a world.
  init(_ map: Grid<Tile>, of world: any World) {
    (self.world, self.map, timeLimit) = (world, map, world.timeLimit)
    (places, title, note) = ([:], "", "")
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

  /// The same under another title.
  func titled(_ title: String) -> SketchedLevel {
    var other = self
    other.title = title
    return other
  }

  /// Whether it differs in anything that is drawn or written.
  func differs(from other: SketchedLevel) -> Bool {
    map != other.map || places != other.places || timeLimit != other.timeLimit || title != other.title
  }

  mutating func apply(_ difference: SketchChange.Difference) {
    switch difference {
    case .cells(let cells): for cell in cells { map.elements[cell.index] = cell.new }
    case .splice(let splice): apply(splice, inserts: splice.isInserted)
    case .places(let goal, _, let new): places[goal] = new
    case .title(_, let new): title = new
    case .timeLimit(_, let new): timeLimit = new
    }
  }

  mutating func revert(_ difference: SketchChange.Difference) {
    switch difference {
    case .cells(let cells): for cell in cells.reversed() { map.elements[cell.index] = cell.old }
    case .splice(let splice): apply(splice, inserts: !splice.isInserted)
    case .places(let goal, let old, _): places[goal] = old
    case .title(let old, _): title = old
    case .timeLimit(let old, _): timeLimit = old
    }
  }

  private mutating func apply(_ splice: SketchChange.MapLine, inserts: Bool) {
    var elements = map.elements
    let (width, height) = (map.width, map.height)
    if splice.isColumn {
      // From the last row up, so that what is moved does not move what comes next.
      for y in (0..<height).reversed() {
        let index = y * width + splice.at
        if inserts { elements.insert(splice.tiles[y], at: index) } else { elements.remove(at: index) }
      }
    } else {
      let index = splice.at * width
      if inserts {
        elements.insert(contentsOf: splice.tiles, at: index)
      } else {
        elements.removeSubrange(index..<(index + width))
      }
    }
    let step = inserts ? 1 : -1
    var next = Grid(
      width: width + (splice.isColumn ? step : 0), height: height + (splice.isColumn ? 0 : step), filledWith: Tile.wall)
    next.elements = elements
    map = next
  }
}
