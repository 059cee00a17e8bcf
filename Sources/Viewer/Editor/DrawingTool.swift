import Gridworlds

/// A way of drawing from one cell to another.
enum DrawingTool: String, Sendable, CaseIterable {
  /// Cell by cell.
  case paint
  /// The inside of a rectangle, its corners included.
  case rectangle
  /// Everything alike that hangs together.
  case fill
  /// A straight line.
  case line

  /// Whether it takes two corners.
  var takesTwo: Bool { self == .rectangle || self == .line }

  /// The cells that it covers between two cells of a map, mirrored, each once, in the order in which they are drawn.
  func cells(on map: Grid<Tile>, from first: Position, to last: Position, mirror: DrawingMirror = .off) -> [Position] {
    guard map.contains(first), map.contains(last) else { return [] }
    let own: [Position]
    switch self {
    case .paint: own = [last]
    case .rectangle:
      own = (min(first.y, last.y)...max(first.y, last.y)).flatMap { y in
        (min(first.x, last.x)...max(first.x, last.x)).map { x in Position(x: x, y: y) }
      }
    case .fill: own = DrawingTool.region(around: last, on: map)
    case .line: own = DrawingTool.line(from: first, to: last)
    }
    if mirror == .off { return own }
    var seen: Set<Position> = []
    // A region is filled where it is mirrored as well, though the map there may look otherwise.
    return own.flatMap { mirror.cells(of: $0, on: map) }.filter { seen.insert($0).inserted }
  }

  /// A line of cells, each a neighbour of the one before, corners included (Bresenham 1965).
  private static func line(from first: Position, to last: Position) -> [Position] {
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
  private static func region(around cell: Position, on map: Grid<Tile>) -> [Position] {
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
}

/// Whether what is drawn on one side is drawn on the other as well.
enum DrawingMirror: String, Sendable, CaseIterable {
  case off, horizontal, vertical, both

  /// The one after it, in a circle.
  var next: DrawingMirror {
    let all = DrawingMirror.allCases
    return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
  }

  /// What it is called on the screen.
  var words: String {
    switch self {
    case .off: "off"
    case .horizontal: "across"
    case .vertical: "down"
    case .both: "both"
    }
  }

  /// A cell of a map and where the mirror shows it.
  func cells(of cell: Position, on map: Grid<Tile>) -> [Position] {
    let across = Position(x: map.width - 1 - cell.x, y: cell.y)
    let below = Position(x: cell.x, y: map.height - 1 - cell.y)
    switch self {
    case .off: return [cell]
    case .horizontal: return [cell, across]
    case .vertical: return [cell, below]
    case .both: return [cell, across, below, Position(x: across.x, y: below.y)]
    }
  }
}
