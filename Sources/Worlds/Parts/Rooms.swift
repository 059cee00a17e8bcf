import Gridworlds

/// How the inside of a walled map is laid out.
public enum Layout: String, Sendable, CaseIterable {
  /// A quarter of the inner cells is wall.
  case blocks
  /// No inner wall.
  case open
  /// A spanning tree: exactly one way between any two cells.
  case tree
}

/// Maps with a wall around them.
enum Rooms {
  /// An open room of a size, its border wall.
  static func empty(width: Int, height: Int) -> Grid<Tile> {
    var map = Grid(width: width, height: height, filledWith: Tile.floor)
    for x in 0..<width { for y in [0, height - 1] { map[Position(x: x, y: y)] = .wall } }
    for y in 0..<height { for x in [0, width - 1] { map[Position(x: x, y: y)] = .wall } }
    return map
  }

  /// A room with walls inside.
  /// - Parameter density: the share of the inner cells that is wall where the layout is `blocks`.
  static func room(
    width: Int, height: Int, layout: Layout, density: Double = 0.25, using random: inout RandomSource
  ) -> Grid<Tile> {
    var map = empty(width: width, height: height)
    switch layout {
    case .open: break
    case .blocks:
      for index in map.elements.indices where map.elements[index] == .floor && random.chance(density) {
        map.elements[index] = .wall
      }
    case .tree: map = spanningTree(width: width, height: height, using: &random)
    }
    return map
  }

  /// Which cells can be walked to from one.
  static func walkable(from start: Position, in map: Grid<Tile>) -> Grid<Bool> {
    var seen = Grid(width: map.width, height: map.height, filledWith: false)
    guard map.contains(start), map[start] != .wall else { return seen }
    seen[start] = true
    var queue = [start]
    while let here = queue.popLast() {
      for heading in Heading.orthogonal {
        let next = here.moved(heading)
        if map.contains(next), map[next] != .wall, !seen[next] {
          seen[next] = true
          queue.append(next)
        }
      }
    }
    return seen
  }

  /// The fewest steps from a cell to one of some; `nil` without a way.
  static func steps(from start: Position, to cells: [Position], in map: Grid<Tile>) -> Int? {
    cells.compactMap { Walking.way(from: start, to: $0, in: map)?.count }.min()
  }

  /// Depth-first carving over the cells with odd coordinates; `width` and `height` are odd.
  private static func spanningTree(width: Int, height: Int, using random: inout RandomSource) -> Grid<Tile> {
    var map = Grid(width: width, height: height, filledWith: Tile.wall)
    var stack = [Position(x: 1, y: 1)]
    map[stack[0]] = .floor
    while let here = stack.last {
      let ways = Heading.orthogonal.filter {
        let next = here.moved(dx: 2 * $0.dx, dy: 2 * $0.dy)
        return map.contains(next) && map[next] == .wall
      }
      guard let way = random.pick(ways) else {
        stack.removeLast()
        continue
      }
      map[here.moved(way)] = .floor
      stack.append(here.moved(dx: 2 * way.dx, dy: 2 * way.dy))
      map[stack[stack.count - 1]] = .floor
    }
    return map
  }
}

extension Grid where Element == Tile {
  /// The free cell nearest to a position, the position itself where it is free; `nil` where all is wall.
  func freeCell(nearest position: Position) -> Position? {
    if contains(position), self[position] != .wall { return position }
    var best: Position?
    for candidate in positions where self[candidate] != .wall {
      if best.map({ candidate.manhattanDistance(to: position) < $0.manhattanDistance(to: position) }) ?? true {
        best = candidate
      }
    }
    return best
  }
}
