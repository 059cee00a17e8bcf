import Gridworlds
import TerminalUI

/// Which part of a map is on the screen, and where: the way from a cell to its place and back.
struct SketchWindow: Equatable {
  let rect: Rect
  let zoom: Zoom
  /// The map's cell at the upper left.
  let origin: Position
  let columns: Int, rows: Int

  /// The part of a map around a cell that fits into an area, in its middle.
  init(_ map: Grid<Tile>, around focus: Position, in area: Rect) {
    zoom = Zoom.fitting(map, width: area.width, height: area.height)
    rect = area.centered(zoom.size(of: map))
    columns = min(map.width, max(1, (rect.width + zoom.columns - 1) / zoom.columns))
    rows = min(map.height, max(1, (rect.height + zoom.rows - 1) / zoom.rows))
    origin = Position(
      x: min(max(0, focus.x - columns / 2), map.width - columns), y: min(max(0, focus.y - rows / 2), map.height - rows))
  }

  /// Where a cell's upper left corner is, `nil` where the cell is not shown.
  func place(_ cell: Position) -> Point? {
    let (column, row) = (cell.x - origin.x, cell.y - origin.y)
    guard column >= 0, row >= 0, column < columns, row < rows else { return nil }
    return Point(x: rect.x + column * zoom.columns, y: rect.y + row * zoom.rows)
  }

  /// The cell at a place of the screen, `nil` beside the map.
  func cell(at point: Point) -> Position? {
    guard rect.contains(point) else { return nil }
    return Position(
      x: origin.x + (point.x - rect.x) / zoom.columns, y: origin.y + (point.y - rect.y) / zoom.rows)
  }

  /// The cells that are shown, row by row.
  var cells: [Position] {
    (0..<rows).flatMap { row in (0..<columns).map { Position(x: origin.x + $0, y: origin.y + row) } }
  }
}

extension Lines {
  /// Draws the strokes into a window.
  func draw(
    _ glyphs: [Unicode.Scalar], across: Unicode.Scalar, down: Unicode.Scalar, into canvas: inout Canvas,
    _ window: SketchWindow, style: (Stroke) -> Style
  ) {
    let zoom = window.zoom
    for (cell, stroke) in strokes {
      guard let place = window.place(cell) else { continue }
      let style = style(stroke)
      func slant(_ joint: Joint) -> Unicode.Scalar { joint == .rising ? "╱" : "╲" }
      let slanting = zoom == .single || stroke.sides == 0 ? stroke.slant : nil
      canvas[place] = Cell(glyph: slanting.map(slant) ?? glyphs[Int(stroke.sides & 15)], style: style)
      if stroke.right.contains(.straight) {
        for dx in 1..<max(1, zoom.columns) { canvas[place.x + dx, place.y] = Cell(glyph: across, style: style) }
      }
      for joint in stroke.right where joint != .straight {
        for (dx, dy) in joint.steps(columns: zoom.columns, rows: zoom.rows) {
          canvas[place.x + dx, place.y + dy] = Cell(glyph: slant(joint), style: style)
        }
      }
      if stroke.below {
        for dy in 1..<max(1, zoom.rows) { canvas[place.x, place.y + dy] = Cell(glyph: down, style: style) }
      }
    }
  }
}
