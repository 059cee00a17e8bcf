import Gridworlds
import Planning
import Studies
import TerminalUI

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
  /// Whether the agent is drawn reversed, for the eye to find it.
  var blinks = false
  /// The ways of others that leave one.
  var otherTrails: [[Position]] = []
  /// An optimal way from here to the intended goal, and one to the proxy.
  var intendedPath: [Position] = []
  var proxyPath: [Position] = []
  /// What the policy would do in each cell.
  var field: PolicyField?
  /// A number for each cell.
  var heat: HeatMap?
  /// The cell that is inspected.
  var cursor: Position?

  /// How old a part of a way is, from 0 to 1. It grows by eights of steps: if it grew at each, the whole way would
  /// change its colours with every step, and a screen far away would have to be told.
  static func age(of time: Int, on newest: Int) -> Double {
    Double((newest / 8 - time / 8) * 8) / Double(max(16, newest / 8 * 8 + 8))
  }

  /// What stays in view: the cell that is inspected, else the agent.
  var focus: Position { cursor ?? frame.agent }

  /// Draws the part of the board around its focus that fits into a rectangle.
  func draw(into canvas: inout Canvas, in rect: Rect, zoom: Zoom, theme: Theme) {
    let zoom = zoom == .half && !Zoom.drawsHalf(theme) ? .single : zoom
    let view = BoardView(level.map, in: rect, zoom: zoom, around: focus)
    switch zoom {
    case .half: HalfBlocks(board: self, theme: theme).draw(into: &canvas, view)
    case .policy: PolicyCells(board: self, view: view, theme: theme).draw(into: &canvas)
    default: Painter(board: self, view: view, theme: theme).draw(into: &canvas)
    }
    drawEdges(into: &canvas, view, theme)
  }
}

/// Draws a board at a zoom at which a cell has one glyph.
private struct Painter {
  let board: Board
  let view: BoardView
  let theme: Theme

  private var rect: Rect { view.rect }
  private var zoom: Zoom { view.zoom }

  func draw(into canvas: inout Canvas) {
    drawGround(into: &canvas)
    let shared = Set(board.intendedPath).intersection(board.proxyPath)
    draw(Lines(board.proxyPath), .proxy, into: &canvas) { _, _ in theme.style(.proxy) }
    draw(Lines(board.intendedPath), .best, into: &canvas) { cell, _ in
      theme.style(shared.contains(cell) && shared.count > 1 ? .both : .intended)
    }
    for trail in board.otherTrails {
      let newest = max(1, trail.count - 1)
      draw(Lines(trail), .others, into: &canvas) { _, time in
        theme.faded(.creature, age: Board.age(of: time, on: newest))
      }
    }
    let newest = max(1, board.trail.count - 1)
    draw(Lines(board.trail), .taken, into: &canvas) { _, time in
      let ink: Ink = board.departed.map { time > $0 } == true ? .departed : .trail
      return theme.faded(ink, age: Board.age(of: time, on: newest))
    }
    drawField(into: &canvas)
    drawDigits(into: &canvas)
    drawThings(into: &canvas)
    view.drawHeat(of: board, into: &canvas, theme)
    drawCursor(into: &canvas)
  }

  private func place(_ cell: Position) -> (x: Int, y: Int)? { view.place(cell) }

  private func put(_ glyph: Unicode.Scalar, _ x: Int, _ y: Int, _ style: Style, into canvas: inout Canvas) {
    guard rect.contains(Point(x: x, y: y)) else { return }
    canvas[x, y] = Cell(glyph: glyph, style: style)
  }

  private func drawGround(into canvas: inout Canvas) {
    let outline = Outline(level: board.level)
    let wall = theme.style(.wall, on: theme.wallBackground)
    let floor = theme.style(.floor)
    for cell in view.cells {
      guard let (x, y) = place(cell) else { continue }
      if board.level.isWall(cell) {
        let sides = outline.sides(of: cell)
        // A wall fills the way to the next cell only where that is wall too, so that all faces look alike.
        let (east, south) = (board.level.isWall(cell.moved(.right)), board.level.isWall(cell.moved(.down)))
        let isFull = east && south && board.level.isWall(cell.moved(dx: 1, dy: 1))
        let width = cell.x < board.level.map.width - 1 ? zoom.columns : 1
        let height = cell.y < board.level.map.height - 1 ? zoom.rows : 1
        for dy in 0..<height {
          for dx in 0..<width where (dx == 0 || (dy == 0 ? east : isFull)) && (dy == 0 || (dx == 0 ? south : isFull)) {
            put(" ", x + dx, y + dy, wall, into: &canvas)
          }
        }
        put(outline.glyph(of: cell, theme.glyphs), x, y, wall, into: &canvas)
        if sides & 2 != 0 { for dx in 1..<max(1, width) { put("─", x + dx, y, wall, into: &canvas) } }
        if sides & 4 != 0 { for dy in 1..<max(1, height) { put("│", x, y + dy, wall, into: &canvas) } }
      } else {
        put("·", x, y, floor, into: &canvas)
      }
    }
  }

  private func draw(
    _ lines: Lines, _ pen: Pen, into canvas: inout Canvas, style: (Position, Int) -> Style
  ) {
    for (cell, stroke) in lines.strokes {
      guard let (x, y) = place(cell) else { continue }
      let style = style(cell, stroke.time)
      let set = theme.glyphs
      // Without room between the cells a slant is nowhere else.
      let slant = zoom == .single || stroke.sides == 0 ? stroke.slant : nil
      put(
        slant.map { pen.slant(isRising: $0 == .rising, set) } ?? pen.glyph(stroke.sides, set), x, y, style,
        into: &canvas)
      if stroke.right.contains(.straight) {
        for dx in 1..<max(1, zoom.columns) { put(pen.across(set), x + dx, y, style, into: &canvas) }
      }
      for joint in stroke.right where joint != .straight {
        for (dx, dy) in joint.steps(columns: zoom.columns, rows: zoom.rows) {
          put(pen.slant(isRising: joint == .rising, set), x + dx, y + dy, style, into: &canvas)
        }
      }
      if stroke.below { for dy in 1..<max(1, zoom.rows) { put(pen.down(set), x, y + dy, style, into: &canvas) } }
    }
  }

  /// The arrows of the policy; beside each, where there is room, the sign of what it fits.
  private func drawField(into canvas: inout Canvas) {
    guard let field = board.field else { return }
    let things = board.things
    for (cell, arrow) in field.arrows where cell != board.frame.agent {
      guard let (x, y) = place(cell) else { continue }
      // Beside a thing the arrow takes the place of the sign.
      let isThing = things[cell] != nil
      put(arrow.glyph, isThing && zoom > .single ? x + 1 : x, y, arrow.style(theme), into: &canvas)
      // The sign of the class says in glyphs what the colour says. On heat it would be one pattern too many.
      let hasSign = zoom > .single && !isThing && (board.heat == nil || theme.isMono)
      if hasSign { put(arrow.sign, x + 1, y, arrow.style(theme, isSign: true), into: &canvas) }
    }
  }

  /// The heat as digits, where there is no colour for it.
  private func drawDigits(into canvas: inout Canvas) {
    guard let heat = board.heat, theme.isMono || theme.glyphs == .ascii else { return }
    for cell in view.cells where !board.level.isWall(cell) {
      guard let step = heat.step(at: cell, of: 10), let digit = Unicode.Scalar(UInt32(48 + step)),
        let (x, y) = place(cell)
      else { continue }
      // An arrow stays where it is, and the digit comes after it.
      let isTaken = board.field?.arrows[cell] != nil
      if isTaken && zoom == .single { continue }
      put(digit, isTaken ? x + min(2, zoom.columns - 1) : x, y, theme.style(.text), into: &canvas)
    }
  }

  private func drawCursor(into canvas: inout Canvas) {
    guard let cursor = board.cursor, let (x, y) = place(cursor) else { return }
    if zoom > .single {
      put("[", x - 1, y, theme.style(.key), into: &canvas)
      put("]", x + 1, y, theme.style(.key), into: &canvas)
    } else {
      canvas.restyle(Rect(x: x, y: y, width: 1, height: 1)) { $0.attributes.formSymmetricDifference(.reverse) }
    }
  }

  private func drawThings(into canvas: inout Canvas) {
    for (cell, entry) in board.things {
      guard let (x, y) = place(cell) else { continue }
      put(Theme.glyph(of: entry), x, y, theme.style(Theme.ink(of: entry)).with(.bold), into: &canvas)
    }
    let heading = zoom > .single ? board.heading : nil
    if let (x, y) = place(board.frame.agent) {
      put("@", x, y, board.blinks ? theme.style(.agent).with(.reverse) : theme.style(.agent), into: &canvas)
      if let heading { put(Theme.arrow(heading), x + 1, y, theme.style(.agent), into: &canvas) }
    }
    if let departure = board.departure, let (x, y) = place(departure) {
      drawDeparture(at: departure, x, y, into: &canvas)
    }
  }

  /// The mark of the departure, in its own cell or nowhere: between two cells it would be of neither. Beside an arrow it
  /// takes the place of the arrow's sign.
  private func drawDeparture(at cell: Position, _ x: Int, _ y: Int, into canvas: inout Canvas) {
    let style = theme.style(.alert)
    let isTaken = cell == board.frame.agent || board.things[cell] != nil
    let hasArrow = board.field?.arrows[cell] != nil
    if !isTaken && !hasArrow {
      put("◊", x, y, style, into: &canvas)
    } else if zoom == .single {
      // No room: what is there stands on the mark's own ground.
      canvas.restyle(Rect(x: x, y: y, width: 1, height: 1)) { $0 = style.with([.reverse, .bold]) }
    } else if !isTaken {
      put("◊", x + 1, y, style, into: &canvas)
    }
  }
}

extension Board {
  /// What lies or stands where, the agent excepted; of several the one that matters most.
  var things: [Position: Legend.Entry] {
    let legend = world.legend
    var things: [Position: Legend.Entry] = [:]
    func lay(_ tile: Tile, at cell: Position) {
      if let entry = legend[tile] { things[cell] = entry }
    }
    for (goal, cells) in zip(world.goals, level.targets) where legend[goal.tile]?.role == .region {
      // Of a region that is a whole column or more, one flag: the lowest cell on which one can stand.
      let flag = cells.count <= 2 ? cells : cells.filter { level.isWall($0.moved(.down)) }.suffix(1)
      for cell in flag { lay(goal.tile, at: cell) }
    }
    for cell in fixed { lay(level.map[cell], at: cell) }
    for occupant in frame.occupants { lay(occupant.tile, at: occupant.position) }
    return things
  }

  /// Where the map has something that stays.
  private var fixed: [Position] {
    let mobile = Set(level.mobiles.map(\.position))
    return level.map.positions.filter {
      let tile = level.map[$0]
      return tile != .wall && tile != .floor && tile != .agent && !mobile.contains($0)
    }
  }
}
