import Gridworlds

/// Moving over a grid in four headings.
public enum Walking {
  /// Up, left, down, right: the order of ``Heading/orthogonal``.
  public static let actions = [
    ActionLabel("up", .up), ActionLabel("left", .left), ActionLabel("down", .down), ActionLabel("right", .right),
  ]

  /// The cell to which an action leads: the same one before a wall.
  @inline(__always) public static func moved(_ agent: Position, _ action: Int, in level: Level) -> Position {
    let next: Position
    switch action {
    case 0: next = agent.moved(dx: 0, dy: -1)
    case 1: next = agent.moved(dx: -1, dy: 0)
    case 2: next = agent.moved(dx: 0, dy: 1)
    default: next = agent.moved(dx: 1, dy: 0)
    }
    return level.isWall(next) ? agent : next
  }

  /// A shortest way from one cell to another, the first not included; `nil` where there is none.
  static func way(from start: Position, to end: Position, in map: Grid<Tile>, avoiding: Tile? = nil) -> [Position]? {
    var before = Grid<Position?>(width: map.width, height: map.height, filledWith: nil)
    guard map.contains(start), map.contains(end) else { return nil }
    before[start] = start
    var queue = [start]
    var head = 0
    while head < queue.count, before[end] == nil {
      let here = queue[head]
      head += 1
      for heading in Heading.orthogonal {
        let next = here.moved(heading)
        guard map.contains(next), map[next] != .wall, map[next] != avoiding, before[next] == nil else { continue }
        before[next] = here
        queue.append(next)
      }
    }
    guard before[end] != nil else { return nil }
    var way: [Position] = []
    var here = end
    while here != start, let previous = before[here] {
      way.append(here)
      here = previous
    }
    return way.reversed()
  }
}
