import Archive
import Gridworlds

/// What is drawn with.
extension LevelSketch {
  /// A way of drawing from one cell to another.
  enum Tool: String, Sendable, CaseIterable {
    /// Cell by cell.
    case paint
    /// The inside of a rectangle, its corners included.
    case rectangle
    /// Everything alike that hangs together.
    case fill
    /// A straight line.
    case line
  }

  /// Whether what is drawn on one side is drawn on the other as well.
  enum Mirror: String, Sendable, CaseIterable {
    case off, horizontal, vertical, both

    /// The one after it, in a circle.
    var next: Mirror {
      let all = Mirror.allCases
      return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
    }
  }

  /// The cells that a tool covers between two cells, mirrored, each once, in the order in which they are drawn.
  func cells(of tool: Tool, from first: Position, to last: Position, mirror: Mirror = .off) -> [Position] {
    guard map.contains(first), map.contains(last) else { return [] }
    let own: [Position]
    switch tool {
    case .paint: own = [last]
    case .rectangle:
      own = (min(first.y, last.y)...max(first.y, last.y)).flatMap { y in
        (min(first.x, last.x)...max(first.x, last.x)).map { x in Position(x: x, y: y) }
      }
    case .fill: own = region(around: last)
    case .line: own = LevelSketch.line(from: first, to: last)
    }
    if mirror == .off { return own }
    var seen: Set<Position> = []
    // A region is filled where it is mirrored as well, though the map there may look otherwise.
    return own.flatMap { mirrored($0, mirror) }.filter { seen.insert($0).inserted }
  }

  /// A cell and where the mirror shows it.
  func mirrored(_ cell: Position, _ mirror: Mirror) -> [Position] {
    let across = Position(x: map.width - 1 - cell.x, y: cell.y)
    let below = Position(x: cell.x, y: map.height - 1 - cell.y)
    switch mirror {
    case .off: return [cell]
    case .horizontal: return [cell, across]
    case .vertical: return [cell, below]
    case .both: return [cell, across, below, Position(x: across.x, y: below.y)]
    }
  }

  /// A line of cells, each a neighbour of the one before, corners included (Bresenham 1965).
  static func line(from first: Position, to last: Position) -> [Position] {
    let (dx, dy) = (abs(last.x - first.x), -abs(last.y - first.y))
    let (sx, sy) = ((last.x - first.x).signum(), (last.y - first.y).signum())
    var (x, y, error) = (first.x, first.y, dx + dy)
    var cells = [first]
    while x != last.x || y != last.y {
      let twice = 2 * error
      if twice >= dy {
        error += dy
        x += sx
      }
      if twice <= dx {
        error += dx
        y += sy
      }
      cells.append(Position(x: x, y: y))
    }
    return cells
  }

  /// The cells of one tile that hang together side by side.
  private func region(around cell: Position) -> [Position] {
    let tile = map[cell]
    var seen = Grid(width: map.width, height: map.height, filledWith: false)
    seen[cell] = true
    var found = [cell]
    var next = 0
    while next < found.count {
      for heading in Heading.orthogonal {
        let neighbour = found[next].moved(heading)
        guard map.contains(neighbour), !seen[neighbour], map[neighbour] == tile else { continue }
        seen[neighbour] = true
        found.append(neighbour)
      }
      next += 1
    }
    return found
  }

  /// Draws with a brush; what is unique goes to the last cell, whatever the tool, and leaves where it was.
  mutating func draw(
    _ brush: Brush, with tool: Tool = .paint, from first: Position? = nil, to last: Position, mirror: Mirror = .off
  ) {
    guard map.contains(last) else { return }
    if let goal = brush.goal {
      place(goal, at: last)
    } else if world.legend[brush.tile]?.isWritten != true {
      return
    } else if unique.contains(brush.tile) {
      set(map.positions(of: brush.tile).filter { $0 != last }.map { ($0, .floor) } + [(last, brush.tile)])
    } else {
      set(cells(of: tool, from: first ?? last, to: last, mirror: mirror).map { ($0, brush.tile) })
    }
  }

  /// Whether a brush draws in one cell only.
  func isSingle(_ brush: Brush) -> Bool { brush.goal != nil || unique.contains(brush.tile) }

  /// Leaves floor.
  mutating func erase(_ cells: [Position]) {
    set(cells.filter { map.contains($0) }.map { ($0, .floor) })
  }

  private mutating func set(_ tiles: [(cell: Position, tile: Tile)]) {
    let changes = tiles.compactMap { cell, tile -> Change.Cell? in
      let old = map[cell]
      return old == tile ? nil : Change.Cell(index: cell.y * map.width + cell.x, old: old, new: tile)
    }
    if !changes.isEmpty { perform([.cells(changes)]) }
  }

  /// Places a proxy; where it is placed already it goes back to where the world itself has it.
  private mutating func place(_ goal: String, at cell: Position) {
    guard let declared = world.goals.first(where: { $0.id == goal && $0.role == .proxy }), world.takesPlaces else {
      return
    }
    let old = places[goal]
    let isOwn = old == [cell] || world.targets(of: declared, in: map) == [cell]
    let new: [Position]? = isOwn ? nil : [cell]
    if new != old { perform([.places(goal: goal, old: old, new: new)]) }
  }
}

/// What is not drawn: size, title, time limit.
extension LevelSketch {
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
    var parts: [Change.Part] = []
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
    perform(parts + [.splice(Change.Splice(isColumn: isColumn, at: at, tiles: tiles, isInserted: grows))])
  }

  /// Gives it another title, free of what no file may hold.
  mutating func rename(_ text: String) {
    let new = PlainText.stripped(text, limit: LevelFile.longestTitle)
    if new != title { perform([.title(old: title, new: new)]) }
  }

  /// Gives it another time limit, clamped to what files allow.
  mutating func setTimeLimit(_ steps: Int) {
    let new = (1...Level.largestTimeLimit).clamping(steps)
    if new != timeLimit { perform([.timeLimit(old: timeLimit, new: new)]) }
  }
}
