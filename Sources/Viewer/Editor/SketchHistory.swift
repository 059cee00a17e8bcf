import Gridworlds

/// The history of a sketch: each change as the differences that it made, in both directions.
extension LevelSketch {
  /// One step of the history.
  struct Change: Sendable {
    /// A tile that became another one.
    struct Cell: Sendable {
      let index: Int
      let old: Tile, new: Tile
    }

    /// A line of the map that came or went.
    struct Splice: Sendable {
      let isColumn: Bool
      /// The column or row at which it lies, while it is there.
      let at: Int
      let tiles: [Tile]
      let isInserted: Bool
    }

    /// One kind of difference.
    enum Part: Sendable {
      case cells([Cell])
      case splice(Splice)
      case places(goal: String, old: [Position]?, new: [Position]?)
      case title(old: String, new: String)
      case timeLimit(old: Int, new: Int)
    }

    var parts: [Part]
  }

  /// Takes the last change back; `false` where there is none.
  @discardableResult
  mutating func undo() -> Bool {
    stroke = .none
    guard let change = done.popLast() else { return false }
    for part in change.parts.reversed() { revert(part) }
    undone.append(change)
    return true
  }

  /// Does again what was taken back last; `false` where there is nothing.
  @discardableResult
  mutating func redo() -> Bool {
    stroke = .none
    guard let change = undone.popLast() else { return false }
    for part in change.parts { apply(part) }
    done.append(change)
    return true
  }

  /// Whether edits join one another to one change: while the mouse is held down.
  enum Stroke: Sendable {
    case none
    /// The first edit will be a change of its own.
    case begun
    /// Further edits join it.
    case going
  }

  /// Lets all edits until ``endStroke()`` be one change.
  mutating func beginStroke() { stroke = .begun }

  /// Ends a stroke.
  mutating func endStroke() { stroke = .none }

  /// Makes a change and remembers it; nothing is remembered of one that changes nothing.
  mutating func perform(_ parts: [Change.Part]) {
    guard !parts.isEmpty else { return }
    for part in parts { apply(part) }
    if stroke == .going, let last = done.indices.last {
      done[last].parts += parts
    } else {
      forgetUndone()
      done.append(Change(parts: parts))
      if stroke == .begun { stroke = .going }
    }
  }

  private mutating func apply(_ part: Change.Part) {
    switch part {
    case .cells(let cells): for cell in cells { map.elements[cell.index] = cell.new }
    case .splice(let splice): apply(splice, inserts: splice.isInserted)
    case .places(let goal, _, let new): places[goal] = new
    case .title(_, let new): title = new
    case .timeLimit(_, let new): timeLimit = new
    }
  }

  private mutating func revert(_ part: Change.Part) {
    switch part {
    case .cells(let cells): for cell in cells.reversed() { map.elements[cell.index] = cell.old }
    case .splice(let splice): apply(splice, inserts: !splice.isInserted)
    case .places(let goal, let old, _): places[goal] = old
    case .title(let old, _): title = old
    case .timeLimit(let old, _): timeLimit = old
    }
  }

  private mutating func apply(_ splice: Change.Splice, inserts: Bool) {
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
