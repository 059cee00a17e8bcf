import Gridworlds
import TerminalUI

extension Board {
  /// Marks the sides at which the map goes on beyond the pane, in a row in which nothing stands at that side.
  func drawEdges(into canvas: inout Canvas, _ view: BoardView, _ theme: Theme) {
    let map = level.map
    let things = self.things
    // The rows nearest to the middle first.
    let rows = (0..<view.rows).sorted { abs(2 * $0 - view.rows) < abs(2 * $1 - view.rows) }
    func mark(_ glyph: Unicode.Scalar, column: Int, isRight: Bool) {
      for row in rows {
        let cell = Position(x: view.origin.x + column, y: view.origin.y + row)
        guard cell != frame.agent, cell != cursor, things[cell] == nil, let (x, y) = view.place(cell) else { continue }
        canvas[isRight ? view.rect.maxX - 1 : x, y] = Cell(glyph: glyph, style: theme.style(.key))
        return
      }
    }
    if view.origin.x > 0 { mark("‹", column: 0, isRight: false) }
    if view.origin.x + view.columns < map.width { mark("›", column: view.columns - 1, isRight: true) }
  }
}
