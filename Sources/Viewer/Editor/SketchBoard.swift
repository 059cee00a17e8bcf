import Gridworlds
import Inference
import Planning
import Studies
import TerminalUI

/// A map that need not be a level, with the agent's new trail, the tool's preview or a sweep over it, and the cursor.
struct SketchBoard {
  let pad: SketchPad
  let live: LiveStudy
  /// The sweep that lies over it.
  let sweep: Placements?
  let ways: Ways
  let window: SketchWindow
  let theme: Theme

  private var map: Grid<Tile> { pad.map }

  func draw(into canvas: inout Canvas) {
    canvas.clipped(to: window.rect) { canvas in
      drawGround(into: &canvas)
      if sweep == nil { drawWays(into: &canvas) }
      drawThings(into: &canvas)
      if let sweep { draw(sweep, into: &canvas) }
      drawPreview(into: &canvas)
    }
    drawCursor(into: &canvas)
    if let row = live.current?.fault?.row, sweep == nil,
      let place = window.place(Position(x: window.origin.x, y: row))
    {
      // The row to look at.
      canvas[window.rect.x - 1, place.y] = Cell(glyph: "►", style: theme.style(.alert))
    }
  }

  private func drawGround(into canvas: inout Canvas) {
    let outline = Outline(map: map)
    let wall = theme.style(.wall, on: theme.wallBackground)
    let zoom = window.zoom
    for cell in window.cells {
      guard let (x, y) = window.place(cell).map({ ($0.x, $0.y) }) else { continue }
      guard outline.isWall(cell) else {
        canvas[x, y] = Cell(glyph: "·", style: theme.style(.floor))
        continue
      }
      let sides = outline.sides(of: cell)
      // A wall fills the way to the next cell only where that is wall too, so that all faces look alike.
      let (east, south) = (outline.isWall(cell.moved(.right)), outline.isWall(cell.moved(.down)))
      let isFull = east && south && outline.isWall(cell.moved(dx: 1, dy: 1))
      for dy in 0..<(cell.y < map.height - 1 ? zoom.rows : 1) {
        for dx in 0..<(cell.x < map.width - 1 ? zoom.columns : 1)
        where (dx == 0 || (dy == 0 ? east : isFull)) && (dy == 0 || (dx == 0 ? south : isFull)) {
          let glyph: Unicode.Scalar =
            if dx == 0 && dy == 0 {
              outline.glyph(of: cell, theme.glyphs)
            } else if dy == 0 && sides & 2 != 0 {
              "─"
            } else if dx == 0 && sides & 4 != 0 {
              "│"
            } else {
              " "
            }
          canvas[x + dx, y + dy] = Cell(glyph: glyph, style: wall)
        }
      }
    }
  }

  /// The best ways from the start, and the way that the agent took.
  private func drawWays(into canvas: inout Canvas) {
    guard let latest = live.latest, let episode = latest.episode else { return }
    if let analysis = latest.run?.analysis, let start = analysis.states.first {
      func draw(_ goal: Goal.Index, _ ink: Ink) {
        let states = analysis.graph.optimalPath(for: goal, from: start) ?? []
        Lines(states.map { analysis.graph.reachable.agents[$0] })
          .draw(Lines.dashed, across: "┄", down: "┆", into: &canvas, window) { _ in theme.style(ink) }
      }
      if ways.showsProxy { draw(analysis.proxy, .proxy) }
      if ways.showsIntended { draw(pad.world.intended, .intended) }
    }
    guard ways.showsTrail else { return }
    let trail = episode.frames.map(\.agent)
    let newest = max(1, trail.count - 1)
    let departed = latest.run?.analysis?.marks.departure
    Lines(trail).draw(Lines.heavy, across: "━", down: "┃", into: &canvas, window) { stroke in
      let ink: Ink = departed.map { stroke.time > $0 } == true ? .departed : .trail
      return theme.faded(ink, age: Double(newest - stroke.time) / Double(max(12, newest)))
    }
    if let end = trail.last.flatMap(window.place) { canvas[end] = Cell(glyph: "●", style: theme.style(.agent)) }
    if let departed, trail.indices.contains(departed), let place = window.place(trail[departed]) {
      canvas[place] = Cell(glyph: "◊", style: theme.style(.alert))
    }
  }

  private func drawThings(into canvas: inout Canvas) {
    let legend = pad.world.legend
    func draw(_ tile: Tile, at cell: Position) {
      guard let entry = legend[tile], let place = window.place(cell) else { return }
      canvas[place] = Cell(glyph: Theme.glyph(of: entry), style: theme.style(Theme.ink(of: entry)).with(.bold))
    }
    for (goal, cells) in marked { for cell in cells { draw(goal.tile, at: cell) } }
    for cell in window.cells where map[cell] != .wall && map[cell] != .floor { draw(map[cell], at: cell) }
  }

  /// The goals that the map does not show by a letter, with the cells to flag: where the level has them, and while it
  /// is none, where it would.
  private var marked: [(goal: Goal, cells: [Position])] {
    let world = pad.world
    return world.goals.compactMap { goal in
      guard world.legend[goal.tile]?.role == .region else { return nil }
      let cells = pad.sketch.places[goal.id] ?? world.targets(of: goal, in: map)
      // Of a region that is a whole column or more, one flag: the lowest cell on which one can stand.
      let outline = Outline(map: map)
      let flags = cells.count <= 2 ? cells : cells.filter { outline.isWall($0.moved(.down)) }.suffix(1)
      return (goal, flags)
    }
  }

  /// What the tool would draw, while a corner is set.
  private func drawPreview(into canvas: inout Canvas) {
    guard let brush = pad.pen.brush, let entry = pad.world.legend[brush.tile] else { return }
    let cells = pad.preview
    let glyph: Unicode.Scalar = entry.role == .wall ? "▒" : Theme.glyph(of: entry)
    for cell in cells {
      if let place = window.place(cell) {
        canvas[place] = Cell(glyph: glyph, style: theme.selected(Theme.ink(of: entry)))
      }
    }
    if cells.isEmpty, let place = pad.pen.anchor.flatMap(window.place) {
      canvas[place].style.attributes.insert(.reverse)
    }
  }

  private func draw(_ study: Placements, into canvas: inout Canvas) {
    for (cell, result) in zip(study.cells, study.results) {
      guard let place = window.place(cell) else { continue }
      let (glyph, ink) = SweepPanel.look(of: result)
      let style = theme.tinted(ink)
      // The gap to the right belongs to the cell unless something is drawn there.
      for dx in 0..<window.zoom.columns where dx == 0 || canvas[place.x + dx, place.y].glyph == " " {
        for dy in 0..<window.zoom.rows where dy == 0 || canvas[place.x + dx, place.y + dy].glyph == " " {
          canvas[place.x + dx, place.y + dy].style = style
        }
      }
      canvas[place] = Cell(glyph: glyph, style: style)
    }
  }

  private func drawCursor(into canvas: inout Canvas) {
    guard let place = window.place(pad.cursor) else { return }
    canvas[place].style.attributes.formSymmetricDifference(.reverse)
    guard window.zoom > .single else { return }
    let style = theme.style(.key)
    // At the map's right edge the bracket has room only where the board leaves some.
    canvas[place.x - 1, place.y] = Cell(glyph: "[", style: style)
    canvas[place.x + 1, place.y] = Cell(glyph: "]", style: style)
  }
}

extension Theme {
  /// A meaning in its colour on a background with a good deal of that colour, as far as it can be read there.
  func tinted(_ ink: Ink) -> Style {
    var style = style(ink).with(.bold)
    guard name != .mono else { return style }
    style.background = background.blended(with: style.foreground, share: ink == .faint ? 0.1 : 0.4)
    style.foreground = style.foreground.readable(on: style.background)
    return style
  }
}
