import Archive
import Gridworlds
import Studies
import TerminalUI

extension EditorScene {
  public func draw(into canvas: inout Canvas, theme: Theme) {
    let layout = EditorLayout(canvas.size, self)
    drawHeader(into: &canvas, theme)
    SketchBoard(scene: self, window: layout.window, theme: theme).draw(into: &canvas)
    if let study = sweep {
      if let panels = layout.panels {
        SweepPanel(scene: self, study: study, theme: theme).draw(into: &canvas, in: panels)
      }
    } else {
      if let panel = layout.brushes { drawBrushes(into: &canvas, in: panel, layout, theme) }
      if let panel = layout.live { LivePanel(scene: self, theme: theme).draw(into: &canvas, in: panel) }
    }
    if let lines = layout.lines { drawLines(into: &canvas, in: lines, theme) }
    drawMessage(into: &canvas, in: layout.message, theme)
  }

  private func drawHeader(into canvas: inout Canvas, _ theme: Theme) {
    let width = canvas.size.width
    var right = width < 60 ? "\(cursor)" : "\(sketch.map.width)x\(sketch.map.height)  \(cursor)"
    if sweep == nil {
      right += "  undo \(sketch.undoCount)" + (sketch.redoCount > 0 ? " redo \(sketch.redoCount)" : "")
    }
    let mode = canvas.put(sweep == nil ? " EDIT " : " SWEEP ", x: 0, y: 0, style: theme.style(.key), width: width)
    let next = canvas.put(
      " \(shownReference)", x: mode, y: 0, style: theme.style(.title), width: max(0, width - right.count - mode - 2))
    let title = sketch.title.isEmpty ? "" : "  \(sketch.title)"
    canvas.put(title.truncated(to: width - next - right.count - 3), x: next, y: 0, style: theme.style(.dim))
    canvas.put(right, x: max(next + 1, width - right.count - 1), y: 0, style: theme.style(.key), width: right.count)
  }

  // MARK: Brushes and tools

  private func drawBrushes(into canvas: inout Canvas, in rect: Rect, _ layout: EditorLayout, _ theme: Theme) {
    canvas.box(rect, title: "Brush", hint: "Tab", style: theme.style(.border), titleStyle: theme.style(.title))
    for (index, place) in layout.places(of: brushes.count).enumerated() where place.y < rect.maxY - 1 {
      draw(brush: index, into: &canvas, in: place, theme)
    }
    let names: [(tool: LevelSketch.Tool, words: String)] = [
      (.paint, "p paint"), (.rectangle, "r rect"), (.fill, "b fill"), (.line, "L line"),
    ]
    let (x, y) = (rect.x + 2, rect.maxY - 4)
    for (index, (tool, words)) in names.enumerated() {
      let isChosen = tool == self.tool
      let column = x + index % 2 * 10
      canvas.put(
        (isChosen ? "▸" : " ") + words + " ", x: column, y: y + index / 2,
        style: isChosen ? theme.selected(.strong) : theme.style(.dim), width: max(0, rect.maxX - 1 - column))
    }
    canvas.put(
      " m mirror \(mirrorWords)", x: x, y: y + 2, style: theme.style(mirror == .off ? .dim : .strong),
      width: rect.width - 4)
  }

  private var mirrorWords: String {
    switch mirror {
    case .off: "off"
    case .horizontal: "across"
    case .vertical: "down"
    case .both: "both"
    }
  }

  /// A brush with the key that chooses it, its glyph and its name.
  private func draw(brush index: Int, into canvas: inout Canvas, in place: Rect, _ theme: Theme) {
    let brush = brushes[index]
    let isChosen = index == self.brush
    func style(_ ink: Ink) -> Style { isChosen ? theme.selected(ink) : theme.style(ink) }
    canvas.put(String(repeating: " ", count: place.width), x: place.x, y: place.y, style: style(.text))
    canvas.put(isChosen ? "▸" : " ", x: place.x, y: place.y, style: style(.strong))
    let key =
      menu.bindings.all.first { $0.command == Command(BrushCommand.brush(index + 1)) }?.keys.first?.description ?? " "
    canvas.put(key, x: place.x + 1, y: place.y, style: style(.key))
    let entry = world.legend[brush.tile]
    let glyph = entry.map(Theme.glyph) ?? Unicode.Scalar(brush.tile.letter)
    canvas.put(
      String(glyph), x: place.x + 3, y: place.y, style: style(entry.map { Theme.ink(of: $0) } ?? .text))
    canvas.put(
      brush.name, x: place.x + 5, y: place.y, style: style(isChosen ? .strong : .text), width: max(0, place.width - 6))
  }

  // MARK: Lines

  /// Brush, tool and agent in a line or two, where there is no room for panels.
  private func drawLines(into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    if let study = sweep {
      SweepPanel(scene: self, study: study, theme: theme).drawLines(into: &canvas, in: rect)
      return
    }
    var x = rect.x
    if let brush = currentBrush, let entry = world.legend[brush.tile] {
      x = canvas.put(
        "\(Theme.glyph(of: entry)) \(brush.name)  ", x: x, y: rect.y, style: theme.style(Theme.ink(of: entry)),
        width: rect.width)
    }
    let words = "\(tool.rawValue)" + (mirror == .off ? "" : ", mirror \(mirrorWords)") + (anchor == nil ? "" : " …")
    x = canvas.put(words + "   ", x: x, y: rect.y, style: theme.style(.strong), width: max(0, rect.maxX - x))
    let (text, ink) = LivePanel(scene: self, theme: theme).summary
    let isShort = rect.height < 2
    let left = isShort ? x : rect.x
    canvas.put(
      text, x: left, y: rect.y + (isShort ? 0 : 1), style: theme.style(ink), width: max(0, rect.maxX - left))
  }

  /// What just happened, else whether the map is a level, with cause and mend where it is none.
  private func drawMessage(into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    let (text, ink) = message
    for (offset, line) in text.wrapped(to: rect.width).prefix(rect.height).enumerated() {
      canvas.put(line, x: rect.x, y: rect.y + offset, style: theme.style(ink), width: rect.width)
    }
  }

  private var message: (String, Ink) {
    if let notice { return (notice, isLeaving ? .alert : .key) }
    if anchor != nil { return ("Move to the other corner and press Space there; Esc takes this one back.", .key) }
    if let study = sweep {
      let world = world
      return (SweepPanel.words(of: study, at: cursor, in: world), .text)
    }
    guard let live else { return ("The map is being checked …", .dim) }
    if let fault = live.fault { return ("not valid: \(fault)", .alert) }
    guard live.isJudged else { return ("valid so far; looking for a way to the goal …", .dim) }
    let goal = world.goals[world.intended]
    let away = live.run?.analysis?.distance(to: world.intended, at: 0)
    return ("valid" + (away.map { ": \(goal.noun) in \($0) step\($0 == 1 ? "" : "s")" } ?? ""), .intended)
  }
}
