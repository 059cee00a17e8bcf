import Gridworlds
import TerminalUI

/// Columns and rows of the screen for one cell of the map.
public enum Zoom: Int, Sendable, CaseIterable, Comparable {
  case single, double, quad

  var columns: Int { [1, 2, 4][rawValue] }
  var rows: Int { self == .quad ? 2 : 1 }

  public static func < (first: Zoom, second: Zoom) -> Bool { first.rawValue < second.rawValue }

  /// The largest zoom at which a map fits into a pane, `single` where none does.
  static func fitting(_ map: Grid<Tile>, width: Int, height: Int) -> Zoom {
    allCases.reversed().first { $0.size(of: map).width <= width && $0.size(of: map).height <= height } ?? .single
  }

  /// The screen size of a map, without the empty columns to the right of its last one.
  func size(of map: Grid<Tile>) -> Size {
    Size(width: (map.width - 1) * columns + 1, height: (map.height - 1) * rows + 1)
  }
}

/// One moment of a level as a picture: walls as joined lines, paths as lines, things as glyphs.
struct Board {
  var world: any World
  var level: Level
  var frame: Frame
  /// Where the agent is about to go.
  var heading: Heading?
  /// The cells from the start to now.
  var trail: [Position] = []
  /// From which index on the trail has departed from the intended goal.
  var departed: Int?
  /// The cell at which it departed.
  var departure: Position?
  /// The ways of others that leave one.
  var otherTrails: [[Position]] = []
  /// An optimal way from here to the intended goal, and one to the proxy.
  var intendedPath: [Position] = []
  var proxyPath: [Position] = []
  /// What the policy likes best in each cell, and how much.
  var arrows: [Position: (heading: Heading, probability: Float)] = [:]

  /// How old a part of a way is, from 0 to 1. It grows by eights of steps: if it grew at each, the whole way would
  /// change its colours with every step, and a screen far away would have to be told.
  static func age(of time: Int, on newest: Int) -> Double {
    Double((newest / 8 - time / 8) * 8) / Double(max(16, newest / 8 * 8 + 8))
  }

  /// Draws the part of the board around the agent that fits into a rectangle.
  func draw(into canvas: inout Canvas, in rect: Rect, zoom: Zoom, theme: Theme) {
    let painter = Painter(board: self, rect: rect, zoom: zoom, theme: theme)
    painter.draw(into: &canvas)
  }
}

/// Draws a board at a zoom into a rectangle, scrolled so that the agent is in view.
private struct Painter {
  let board: Board
  let rect: Rect
  let zoom: Zoom
  let theme: Theme
  /// The map's cell at the upper left.
  let origin: Position
  let columns: Int
  let rows: Int

  init(board: Board, rect: Rect, zoom: Zoom, theme: Theme) {
    self.board = board
    self.rect = rect
    self.zoom = zoom
    self.theme = theme
    let map = board.level.map
    columns = min(map.width, max(1, (rect.width + zoom.columns - 1) / zoom.columns))
    rows = min(map.height, max(1, (rect.height + zoom.rows - 1) / zoom.rows))
    origin = Position(
      x: min(max(0, board.frame.agent.x - columns / 2), map.width - columns),
      y: min(max(0, board.frame.agent.y - rows / 2), map.height - rows))
  }

  func draw(into canvas: inout Canvas) {
    drawGround(into: &canvas)
    let shared = Set(board.intendedPath).intersection(board.proxyPath)
    draw(Lines(board.proxyPath), Lines.dashed, "┄", "┆", into: &canvas) { _, _ in theme.style(.proxy) }
    draw(Lines(board.intendedPath), Lines.dashed, "┄", "┆", into: &canvas) { cell, _ in
      theme.style(shared.contains(cell) && shared.count > 1 ? .both : .intended)
    }
    for trail in board.otherTrails {
      let newest = max(1, trail.count - 1)
      draw(Lines(trail), Lines.light, "─", "│", into: &canvas) { _, time in
        theme.faded(.creature, age: Board.age(of: time, on: newest))
      }
    }
    let newest = max(1, board.trail.count - 1)
    draw(Lines(board.trail), Lines.heavy, "━", "┃", into: &canvas) { _, time in
      let ink: Ink = board.departed.map { time > $0 } == true ? .departed : .trail
      return theme.faded(ink, age: Board.age(of: time, on: newest))
    }
    drawThings(into: &canvas)
  }

  /// Where a cell's upper left corner is on the screen, `nil` outside of the view.
  private func place(_ cell: Position) -> (x: Int, y: Int)? {
    let (column, row) = (cell.x - origin.x, cell.y - origin.y)
    guard column >= 0, row >= 0, column < columns, row < rows else { return nil }
    return (rect.x + column * zoom.columns, rect.y + row * zoom.rows)
  }

  private func put(_ glyph: Unicode.Scalar, _ x: Int, _ y: Int, _ style: Style, into canvas: inout Canvas) {
    guard rect.contains(Point(x: x, y: y)) else { return }
    canvas[x, y] = Cell(glyph: glyph, style: style)
  }

  private func drawGround(into canvas: inout Canvas) {
    let outline = Outline(level: board.level)
    let wall = theme.style(.wall, on: theme.wallBackground)
    let floor = theme.style(.floor)
    for row in 0..<rows {
      for column in 0..<columns {
        let cell = Position(x: origin.x + column, y: origin.y + row)
        guard let (x, y) = place(cell) else { continue }
        if board.level.isWall(cell) {
          let sides = outline.sides(of: cell)
          // A wall fills the way to the next cell only where that is wall too, so that all faces look alike.
          let (east, south) = (board.level.isWall(cell.moved(.right)), board.level.isWall(cell.moved(.down)))
          let isFull = east && south && board.level.isWall(cell.moved(dx: 1, dy: 1))
          let width = cell.x < board.level.map.width - 1 ? zoom.columns : 1
          let height = cell.y < board.level.map.height - 1 ? zoom.rows : 1
          for dy in 0..<height {
            for dx in 0..<width where (dx == 0 || (dy == 0 ? east : isFull)) && (dy == 0 || (dx == 0 ? south : isFull))
            {
              put(" ", x + dx, y + dy, wall, into: &canvas)
            }
          }
          put(sides == 0 && outline.isBuried(cell) ? " " : Lines.light[Int(sides)], x, y, wall, into: &canvas)
          if sides & 2 != 0 { for dx in 1..<max(1, width) { put("─", x + dx, y, wall, into: &canvas) } }
          if sides & 4 != 0 { for dy in 1..<max(1, height) { put("│", x, y + dy, wall, into: &canvas) } }
        } else if let arrow = board.arrows[cell] {
          let style = theme.style(arrow.probability > 0.5 ? .both : .faint)
          put(Theme.arrow(arrow.heading), x, y, style, into: &canvas)
        } else {
          put("·", x, y, floor, into: &canvas)
        }
      }
    }
  }

  private func draw(
    _ lines: Lines, _ glyphs: [Unicode.Scalar], _ across: Unicode.Scalar, _ down: Unicode.Scalar,
    into canvas: inout Canvas, style: (Position, Int) -> Style
  ) {
    for (cell, stroke) in lines.strokes {
      guard let (x, y) = place(cell) else { continue }
      let style = style(cell, stroke.time)
      switch stroke.slant {
      case .rising where zoom == .single: put("╱", x, y, style, into: &canvas)
      case .falling where zoom == .single: put("╲", x, y, style, into: &canvas)
      default: put(glyphs[Int(stroke.sides)], x, y, style, into: &canvas)
      }
      for dx in 1..<max(1, zoom.columns) {
        switch stroke.right {
        case .none: break
        case .straight: put(across, x + dx, y, style, into: &canvas)
        case .rising: if dx == zoom.columns / 2 { put("╱", x + dx, y, style, into: &canvas) }
        case .falling: if dx == zoom.columns / 2 { put("╲", x + dx, y, style, into: &canvas) }
        }
      }
      if stroke.below { for dy in 1..<max(1, zoom.rows) { put(down, x, y + dy, style, into: &canvas) } }
    }
  }

  private func drawThings(into canvas: inout Canvas) {
    let legend = board.world.legend
    func draw(_ tile: Tile, at cell: Position) {
      guard let entry = legend[tile], let (x, y) = place(cell) else { return }
      var style = theme.style(Theme.ink(of: entry))
      style.attributes.insert(.bold)
      put(Theme.glyph(of: entry), x, y, style, into: &canvas)
    }
    for (goal, cells) in zip(board.world.goals, board.level.targets) where legend[goal.tile]?.role == .region {
      // Of a region that is a whole column or more, one flag: the lowest cell on which one can stand.
      let flag = cells.count <= 2 ? cells : cells.filter { board.level.isWall($0.moved(.down)) }.suffix(1)
      for cell in flag { draw(goal.tile, at: cell) }
    }
    for row in 0..<rows {
      for column in 0..<columns {
        let cell = Position(x: origin.x + column, y: origin.y + row)
        let tile = board.level.ground(at: cell)
        if tile != .wall && tile != .floor { draw(tile, at: cell) }
      }
    }
    for occupant in board.frame.occupants { draw(occupant.tile, at: occupant.position) }
    if let departure = board.departure, let (x, y) = place(departure) {
      put("◊", x, y, theme.style(.alert), into: &canvas)
    }
    if let (x, y) = place(board.frame.agent) {
      put("@", x, y, theme.style(.agent), into: &canvas)
      if let heading = board.heading, zoom > .single {
        put(Theme.arrow(heading), x + 1, y, theme.style(.agent), into: &canvas)
      }
    }
  }
}
