import Gridworlds
import Planning
import Studies
import TerminalUI

/// The closest zoom: in every cell what each action is worth, in a plus around the cell's middle.
///
/// With a policy the numbers are probabilities in per cent, 99 for certainty too; without one they are the steps to the
/// intended goal if the action is taken first. Where actions slant as well there is room for one digit: tenths.
struct PolicyCells {
  let board: Board
  let view: BoardView
  let theme: Theme

  /// Where in its block a cell's middle is.
  private static let middle = (x: 2, y: 1)

  func draw(into canvas: inout Canvas) {
    canvas.clipped(to: view.rect) { canvas in
      drawWalls(into: &canvas)
      let things = board.things
      // A point before a number would be read with it.
      let floor: Unicode.Scalar = theme.glyphs == .ascii ? " " : "·"
      for cell in view.cells where !board.level.isWall(cell) {
        guard let (x, y) = view.place(cell) else { continue }
        drawActions(of: cell, x, y, into: &canvas)
        let entry = things[cell]
        let (glyph, style): (Unicode.Scalar, Style) =
          cell == board.frame.agent
          ? ("@", theme.style(.agent))
          : entry.map { (Theme.glyph(of: $0), theme.style(Theme.ink(of: $0)).with(.bold)) } ?? (
            floor, theme.style(.floor)
          )
        canvas[x + PolicyCells.middle.x, y + PolicyCells.middle.y] = Cell(glyph: glyph, style: style)
        if theme.isMono || theme.glyphs == .ascii, let step = board.heat?.step(at: cell, of: 10) {
          canvas.put("\(step)", x: x + 5, y: y + 2, style: theme.style(.text))
        }
      }
      view.drawHeat(of: board, into: &canvas, theme)
      if let cursor = board.cursor, let (x, y) = view.place(cursor) {
        canvas.restyle(Rect(x: x + 1, y: y + 1, width: 3, height: 1)) {
          $0.attributes.formSymmetricDifference(.reverse)
        }
      }
    }
  }

  private func drawWalls(into canvas: inout Canvas) {
    let outline = Outline(level: board.level)
    let style = theme.style(.wall, on: theme.wallBackground)
    // Without a background of their own, walls are filled.
    let filling = theme.isMono || theme.glyphs == .ascii ? SightBoard.blocked(theme) : " "
    for cell in view.cells where board.level.isWall(cell) {
      guard let (x, y) = view.place(cell) else { continue }
      canvas.fill(Rect(x: x, y: y, width: 6, height: 3), Cell(glyph: filling, style: style))
    }
    guard filling == " " else { return }
    for cell in view.cells where board.level.isWall(cell) {
      guard let (left, top) = view.place(cell) else { continue }
      let (x, y) = (left + PolicyCells.middle.x, top + PolicyCells.middle.y)
      let sides = outline.sides(of: cell)
      guard sides != 0 || !outline.isBuried(cell) else { continue }
      canvas[x, y] = Cell(glyph: Lines.light[Int(sides)], style: style)
      if sides & 2 != 0 { for dx in 1..<6 { canvas[x + dx, y] = Cell(glyph: "─", style: style) } }
      if sides & 4 != 0 { for dy in 1..<3 { canvas[x, y + dy] = Cell(glyph: "│", style: style) } }
    }
  }

  private func drawActions(of cell: Position, _ x: Int, _ y: Int, into canvas: inout Canvas) {
    guard let worth = board.field?.worths[cell] else { return }
    let headings = board.world.actions.map(\.heading)
    let slants = headings.contains { $0.dx != 0 && $0.dy != 0 }
    for (action, heading) in headings.enumerated() {
      guard worth.values.indices.contains(action), let value = worth.values[action],
        let text = PolicyCells.text(value, isProbability: worth.isProbability, isShort: slants)
      else { continue }
      // To stay has no side of its own: it stands below the middle where nothing else points down.
      let isStay = heading == .none
      if isStay && headings.contains(.down) { continue }
      let (dx, dy) = (heading.dx, isStay ? 1 : heading.dy)
      let column = slants ? 2 + 2 * dx : dx < 0 ? 2 - text.count : dx > 0 ? 3 : 3 - text.count
      canvas.put(text, x: x + column, y: y + 1 + dy, style: style(of: action, worth), width: 2)
    }
  }

  /// A number in two columns or in one; nothing where it rounds to nothing.
  static func text(_ value: Double, isProbability: Bool, isShort: Bool) -> String? {
    guard value.isFinite else { return nil }
    let most = isShort ? 9 : 99
    let scaled = isProbability ? (value * (isShort ? 10 : 100)).rounded() : value
    if isProbability && scaled < 1 { return nil }
    return String(Int(max(0, min(Double(most), scaled))))
  }

  /// The colour of what an action fits, the best one bold; without colour reverse and underlined, as arrows are.
  private func style(of action: Int, _ cell: PolicyField.Worth) -> Style {
    let isBest = cell.best == action
    let agreement = cell.agreements.indices.contains(action) ? cell.agreements[action] : .neither
    guard theme.isMono else {
      let style = theme.style(agreement.look.1)
      return isBest ? style.with(.bold) : style
    }
    var attributes: Attributes = isBest ? .bold : []
    if agreement == .proxyOnly || agreement == .both { attributes.insert(.reverse) }
    if agreement == .intendedOnly || agreement == .both { attributes.insert(.underline) }
    return Style(attributes: attributes)
  }
}
