import Gridworlds
import TerminalUI

/// The ladder of sizes at which a cell of the map is drawn.
public enum Zoom: Int, Sendable, CaseIterable, Comparable {
  /// Two rows of the map in one of the screen, colour only.
  case half
  /// A glyph a cell.
  case single
  /// Two columns a cell: about square.
  case double
  /// Four columns and two rows.
  case quad
  /// Six columns and three rows: for a room full of people.
  case large
  /// Six columns and three rows: what the policy gives every action, as a plus.
  case policy

  /// Columns from one cell to the next.
  var columns: Int { [1, 1, 2, 4, 6, 6][rawValue] }
  /// Rows from one cell to the next; at ``half`` two cells share one.
  var rows: Int { [1, 1, 1, 2, 3, 3][rawValue] }
  /// Columns and rows that a cell itself takes; the rest joins it to the next.
  private var content: (columns: Int, rows: Int) { self == .policy ? (5, 3) : (1, 1) }
  /// Rows of the map in a row of the screen.
  var stacked: Int { self == .half ? 2 : 1 }

  public static func < (first: Zoom, second: Zoom) -> Bool { first.rawValue < second.rawValue }

  /// Those of which one is taken when nobody asks for another.
  static let fitting: [Zoom] = [.single, .double, .quad]

  /// The largest of them at which a map fits into a pane, `single` where none does.
  /// - Parameter mayBeLarge: whether it may be larger still, for a board that is all there is, or for a room full of people.
  static func fitting(_ map: Grid<Tile>, width: Int, height: Int, mayBeLarge: Bool = false) -> Zoom {
    (fitting + (mayBeLarge ? [.large] : [])).reversed().first {
      $0.fits(map, in: Rect(x: 0, y: 0, width: width, height: height))
    } ?? .single
  }

  /// Whether the whole map fits into a pane.
  func fits(_ map: Grid<Tile>, in pane: Rect) -> Bool {
    let size = size(of: map)
    return size.width <= pane.width && size.height <= pane.height
  }

  /// Whether half blocks mean anything on a screen: they say everything by colour.
  static func drawsHalf(_ theme: Theme) -> Bool { !theme.isMono && theme.glyphs == .unicode }

  /// The rung above or below; the ladder has ends.
  func moved(by steps: Int) -> Zoom { Zoom(rawValue: max(0, min(Zoom.allCases.count - 1, rawValue + steps))) ?? self }

  /// The screen size of a map, without the empty columns to the right of its last one.
  func size(of map: Grid<Tile>) -> Size {
    let rows = (map.height + stacked - 1) / stacked
    return Size(
      width: (map.width - 1) * columns + content.columns, height: (rows - 1) * self.rows + content.rows)
  }

  /// How many columns and rows of the map a pane shows at least in part, at least one of each.
  func cells(in rect: Rect) -> (columns: Int, rows: Int) {
    (
      max(1, (rect.width + columns - content.columns) / columns),
      max(1, (rect.height + rows - content.rows) / rows) * stacked
    )
  }
}

/// Which part of a map is in a pane, and where.
struct BoardView {
  let rect: Rect
  let zoom: Zoom
  /// The cell at the upper left.
  let origin: Position
  /// Columns and rows of the map that are shown.
  let columns: Int, rows: Int

  /// A pane scrolled so that a cell is in view.
  init(_ map: Grid<Tile>, in rect: Rect, zoom: Zoom, around focus: Position) {
    self.rect = rect
    self.zoom = zoom
    let most = zoom.cells(in: rect)
    (columns, rows) = (min(map.width, most.columns), min(map.height, most.rows))
    origin = Position(
      x: min(max(0, focus.x - columns / 2), map.width - columns),
      y: min(max(0, focus.y - rows / 2), map.height - rows))
  }

  /// The cells that are shown, row by row.
  var cells: some Sequence<Position> {
    (0..<rows).lazy.flatMap { [origin, columns] row in
      (0..<columns).lazy.map { Position(x: origin.x + $0, y: origin.y + row) }
    }
  }

  /// Where a cell's upper left corner is on the screen, `nil` outside of the view.
  func place(_ cell: Position) -> (x: Int, y: Int)? {
    let (column, row) = (cell.x - origin.x, cell.y - origin.y)
    guard column >= 0, row >= 0, column < columns, row < rows else { return nil }
    return (rect.x + column * zoom.columns, rect.y + row / zoom.stacked * zoom.rows)
  }

  /// The cell under a point of the screen, of two in one row the upper; `nil` beside the map.
  func cell(at point: Point) -> Position? {
    guard rect.contains(point) else { return nil }
    let (column, row) = ((point.x - rect.x) / zoom.columns, (point.y - rect.y) / zoom.rows * zoom.stacked)
    guard column < columns, row < rows else { return nil }
    return Position(x: origin.x + column, y: origin.y + row)
  }

  /// The part of the screen that belongs to a cell.
  func block(of cell: Position) -> Rect? {
    place(cell).map { Rect(x: $0.x, y: $0.y, width: zoom.columns, height: zoom.rows).intersection(rect) }
  }

  /// A cell's block and what lies between it and the walls to its left and above it: that is floor as well.
  private func floor(of cell: Position, _ block: Rect, on level: Level) -> Rect {
    // The closest zoom fills the blocks of its walls.
    guard zoom != .policy else { return block }
    let left = level.isWall(cell.moved(.left)) ? zoom.columns - 1 : 0
    let top = level.isWall(cell.moved(.up)) ? zoom.rows - 1 : 0
    return Rect(x: block.x - left, y: block.y - top, width: block.width + left, height: block.height + top)
      .intersection(rect)
  }

  /// Heat behind every cell; what stands there is pushed until it can be read on it.
  func drawHeat(of board: Board, into canvas: inout Canvas, _ theme: Theme) {
    guard let heat = board.heat, !theme.isMono else { return }
    for cell in cells where !board.level.isWall(cell) {
      guard let step = heat.step(at: cell, of: Viridis.count), let block = block(of: cell) else { continue }
      let color = Viridis.color(step)
      canvas.restyle(floor(of: cell, block, on: board.level)) { style in
        style.background = color
        style.foreground = style.foreground.readable(on: color)
      }
    }
  }
}
