import Gridworlds
import Letters
import Studies
import TerminalUI

extension EditorRoom {
  public func draw(into canvas: inout Canvas, theme: Theme) {
    let layout = layout(canvas.size)
    drawHeader(into: &canvas, theme)
    SketchBoard(
      pad: pad, live: live, sweep: sweep.placements, ways: ways, window: layout.window, theme: theme
    ).draw(into: &canvas)
    if let panel = sweepPanel(theme) {
      if let panels = layout.panels { panel.draw(into: &canvas, in: panels) }
    } else {
      if let panel = layout.brushes {
        brushPanel(theme).draw(into: &canvas, in: panel, places: layout.places(of: pad.pen.brushes.count))
      }
      if let panel = layout.live { livePanel(theme).draw(into: &canvas, in: panel) }
    }
    if let lines = layout.lines { drawLines(into: &canvas, in: lines, theme) }
    drawMessage(into: &canvas, in: layout.message, theme)
  }

  private func sweepPanel(_ theme: Theme) -> SweepPanel? {
    sweep.placements.map {
      SweepPanel(study: $0, variants: sweep.variants, world: pad.world, agent: live.agent, theme: theme)
    }
  }

  private func brushPanel(_ theme: Theme) -> BrushPanel {
    let bindings = menu.bindings.all
    let keys = pad.pen.brushes.indices.map { index in
      bindings.first { $0.command == Command(BrushCommand.brush(index + 1)) }?.keys.first?.description ?? " "
    }
    return BrushPanel(pen: pad.pen, legend: pad.world.legend, keys: keys, theme: theme)
  }

  private func livePanel(_ theme: Theme) -> LivePanel {
    LivePanel(live: live, isEdited: pad.sketch.isEdited, showsPace: showsPace, theme: theme)
  }

  private func drawHeader(into canvas: inout Canvas, _ theme: Theme) {
    let (width, sketch) = (canvas.size.width, pad.sketch)
    var right = width < 60 ? "\(pad.cursor)" : "\(pad.map.width)x\(pad.map.height)  \(pad.cursor)"
    if !sweep.isGoingOn {
      right += "  undo \(sketch.undoCount)" + (sketch.redoCount > 0 ? " redo \(sketch.redoCount)" : "")
    }
    let mode = canvas.put(
      sweep.isGoingOn ? " SWEEP " : " EDIT ", x: 0, y: 0, style: theme.style(.key), width: width)
    let next = canvas.put(
      " \(name.shown)", x: mode, y: 0, style: theme.style(.title), width: max(0, width - right.columns - mode - 2))
    let title = sketch.title.isEmpty ? "" : "  \(sketch.title)"
    canvas.put(title.truncated(to: width - next - right.columns - 3), x: next, y: 0, style: theme.style(.dim))
    canvas.put(right, x: max(next + 1, width - right.columns - 1), y: 0, style: theme.style(.key), width: right.columns)
  }

  /// Brush, tool and agent in a line or two, where there is no room for panels.
  private func drawLines(into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    if let panel = sweepPanel(theme) { return panel.drawLines(into: &canvas, in: rect) }
    let x = brushPanel(theme).drawLine(into: &canvas, in: rect)
    let (text, ink) = livePanel(theme).summary
    let isShort = rect.height < 2
    let left = isShort ? x : rect.x
    canvas.put(
      text, x: left, y: rect.y + (isShort ? 0 : 1), style: theme.style(ink), width: max(0, rect.maxX - left))
  }

  /// What just happened, else whether the map is a level, with cause and mend where it is none.
  private func drawMessage(into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    let (text, ink) = message
    for (offset, line) in text.fitted(width: rect.width, height: rect.height).enumerated() {
      canvas.put(line, x: rect.x, y: rect.y + offset, style: theme.style(ink), width: rect.width)
    }
  }

  private var message: (String, Ink) {
    let world = pad.world
    if let notice { return (notice, isLeaving ? .alert : .key) }
    if pad.pen.anchor != nil {
      return ("Move to the other corner and press Space there; Esc takes this one back.", .key)
    }
    if let study = sweep.placements { return (SweepPanel.words(of: study, at: pad.cursor, in: world), .text) }
    guard let latest = live.latest else { return ("The map is being checked …", .dim) }
    if let fault = latest.fault { return ("not valid: \(fault)", .alert) }
    guard latest.isJudged else { return ("valid so far; looking for a way to the goal …", .dim) }
    let goal = world.goals[world.intended]
    let away = latest.run?.analysis?.distance(to: world.intended, at: 0)
    return ("valid" + (away.map { ": \(goal.noun) in \($0) step\($0 == 1 ? "" : "s")" } ?? ""), .intended)
  }
}
