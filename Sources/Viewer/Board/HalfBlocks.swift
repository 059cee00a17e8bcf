import Gridworlds
import Studies
import TerminalUI

/// A board as colours only, two rows of the map in one of the screen: the upper in the glyph, the lower behind it.
struct HalfBlocks {
  let board: Board
  let theme: Theme

  /// Draws the part of the map that a view shows.
  func draw(into canvas: inout Canvas, _ view: BoardView) {
    let things = board.things
    let paths = paths()
    func color(_ cell: Position) -> Color {
      if cell == board.cursor { return ink(.strong) }
      if cell == board.frame.agent { return ink(board.heat == nil ? .agent : .strong) }
      if let entry = things[cell] { return ink(Theme.ink(of: entry)) }
      if board.level.isWall(cell) { return ink(.wall) }
      if let path = paths[cell] { return path }
      if let step = board.heat?.step(at: cell, of: Viridis.count) { return Viridis.color(step) }
      if let arrow = board.field?.arrows[cell] {
        return theme.background.blended(
          with: ink(arrow.agreement.look.1), share: arrow.isSure ? 0.6 : 0.3)
      }
      return theme.background.blended(with: ink(.floor), share: 0.35)
    }
    for row in stride(from: 0, to: view.rows, by: 2) {
      for column in 0..<view.columns {
        let upper = Position(x: view.origin.x + column, y: view.origin.y + row)
        let lower = upper.moved(.down)
        let isLast = row + 1 >= view.rows
        canvas[view.rect.x + column, view.rect.y + row / 2] = Cell(
          glyph: "▀", style: Style(color(upper), on: isLast ? theme.background : color(lower)))
      }
    }
  }

  private func ink(_ ink: Ink) -> Color { theme.style(ink).foreground }

  /// The colours of the paths, what was taken over what is best; an old trail fades.
  private func paths() -> [Position: Color] {
    var paths: [Position: Color] = [:]
    for cell in board.proxyPath { paths[cell] = theme.background.blended(with: ink(.proxy), share: 0.45) }
    for cell in board.intendedPath { paths[cell] = theme.background.blended(with: ink(.intended), share: 0.45) }
    let newest = max(1, board.trail.count - 1)
    for (time, cell) in board.trail.enumerated() {
      let isDeparted = board.departed.map { time > $0 } == true
      paths[cell] = theme.faded(isDeparted ? .departed : .trail, age: Board.age(of: time, on: newest))
        .foreground.blended(with: theme.background, share: 0.25)
    }
    return paths
  }
}
