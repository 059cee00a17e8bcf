import Gridworlds
import TerminalUI

/// Brushes and tools.
struct BrushPanel {
  let pen: DrawingPen
  let legend: Legend
  /// How the keys are written that choose the brushes.
  let keys: [String]
  let theme: Theme

  /// - Parameter places: where each brush stands.
  func draw(into canvas: inout Canvas, in rect: Rect, places: [Rect]) {
    canvas.box(rect, title: "Brush", hint: "Tab", style: theme.style(.border), titleStyle: theme.style(.title))
    for (index, place) in places.enumerated() where place.y < rect.maxY - 1 {
      draw(brush: index, into: &canvas, in: place)
    }
    let names: [(tool: DrawingTool, words: String)] = [
      (.paint, "p paint"), (.rectangle, "r rect"), (.fill, "b fill"), (.line, "L line"),
    ]
    let (x, y) = (rect.x + 2, rect.maxY - 4)
    for (index, (tool, words)) in names.enumerated() {
      let isChosen = tool == pen.tool
      let column = x + index % 2 * 10
      canvas.put(
        (isChosen ? "▸" : " ") + words + " ", x: column, y: y + index / 2,
        style: isChosen ? theme.selected(.strong) : theme.style(.dim), width: max(0, rect.maxX - 1 - column))
    }
    canvas.put(
      " m mirror \(pen.mirror.words)", x: x, y: y + 2, style: theme.style(pen.mirror == .off ? .dim : .strong),
      width: rect.width - 4)
  }

  /// A brush with the key that chooses it, its glyph and its name.
  private func draw(brush index: Int, into canvas: inout Canvas, in place: Rect) {
    let brush = pen.brushes[index]
    let isChosen = index == pen.index
    func style(_ ink: Ink) -> Style { isChosen ? theme.selected(ink) : theme.style(ink) }
    canvas.put(String(repeating: " ", count: place.width), x: place.x, y: place.y, style: style(.text))
    canvas.put(isChosen ? "▸" : " ", x: place.x, y: place.y, style: style(.strong))
    canvas.put(keys[index], x: place.x + 1, y: place.y, style: style(.key))
    let entry = legend[brush.tile]
    let glyph = entry.map(Theme.glyph) ?? Unicode.Scalar(brush.tile.letter)
    canvas.put(
      String(glyph), x: place.x + 3, y: place.y, style: style(entry.map { Theme.ink(of: $0) } ?? .text))
    canvas.put(
      brush.name, x: place.x + 5, y: place.y, style: style(isChosen ? .strong : .text), width: max(0, place.width - 6))
  }

  /// The chosen brush and tool in one row; where it ends.
  func drawLine(into canvas: inout Canvas, in rect: Rect) -> Int {
    var x = rect.x
    if let brush = pen.brush, let entry = legend[brush.tile] {
      x = canvas.put(
        "\(Theme.glyph(of: entry)) \(brush.name)  ", x: x, y: rect.y, style: theme.style(Theme.ink(of: entry)),
        width: rect.width)
    }
    let words =
      "\(pen.tool.rawValue)" + (pen.mirror == .off ? "" : ", mirror \(pen.mirror.words)")
      + (pen.anchor == nil ? "" : " …")
    return canvas.put(words + "   ", x: x, y: rect.y, style: theme.style(.strong), width: max(0, rect.maxX - x))
  }
}
