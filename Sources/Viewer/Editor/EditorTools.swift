import Archive
import Gridworlds
import Studies
import TerminalUI

/// Drawing with keys and mouse.
extension EditorScene {
  var currentBrush: LevelSketch.Brush? { brushes.indices.contains(brush) ? brushes[brush] : nil }

  /// The cells that the tool would cover now, while a corner is set.
  var preview: [Position] {
    guard let anchor, tool == .rectangle || tool == .line, let brush = currentBrush, !sketch.isSingle(brush) else {
      return []
    }
    return sketch.cells(of: tool, from: anchor, to: cursor, mirror: mirror)
  }

  mutating func choose(_ tool: LevelSketch.Tool) {
    self.tool = tool
    anchor = nil
  }

  mutating func choose(brush index: Int) {
    if brushes.indices.contains(index) { brush = index }
  }

  /// The tool at the cursor: a rectangle and a line take two corners.
  mutating func apply() -> [Wish<EditorScene>] {
    guard let brush = currentBrush else { return [] }
    let takesTwo = (tool == .rectangle || tool == .line) && !sketch.isSingle(brush)
    if takesTwo, anchor == nil {
      anchor = cursor
      return []
    }
    let start = anchor
    anchor = nil
    let (tool, mirror, cursor) = (tool, mirror, cursor)
    return edit { $0.draw(brush, with: tool, from: start, to: cursor, mirror: mirror) }
  }

  /// Changes the sketch, and lets the agent run on what became of it.
  mutating func edit(_ change: (inout LevelSketch) -> Void) -> [Wish<EditorScene>] {
    let (map, places, steps, title) = (sketch.map, sketch.places, sketch.timeLimit, sketch.title)
    change(&sketch)
    guard sketch.map != map || sketch.places != places || sketch.timeLimit != steps || sketch.title != title else {
      return []
    }
    cursor = Position(x: min(cursor.x, sketch.map.width - 1), y: min(cursor.y, sketch.map.height - 1))
    if let anchor, !sketch.map.contains(anchor) { self.anchor = nil }
    isLeaving = false
    return changed()
  }

  /// A step in the history, or a word that there is none.
  mutating func step(_ words: String, _ body: (inout LevelSketch) -> Bool) -> [Wish<EditorScene>] {
    var moved = false
    let wishes = edit { moved = body(&$0) }
    anchor = nil
    if !moved { notice = "There is \(words)." }
    return wishes
  }

  // MARK: The mouse

  mutating func point(_ mouse: MouseEvent) -> [Wish<EditorScene>] {
    let layout = EditorLayout(size, self)
    switch mouse.kind {
    case .scrollUp, .scrollDown:
      let step = mouse.kind == .scrollUp ? brushes.count - 1 : 1
      if sweep == nil, !brushes.isEmpty { choose(brush: (brush + step) % brushes.count) }
    case .press:
      notice = nil
      if let index = layout.brush(at: mouse.point, of: brushes.count), sweep == nil {
        choose(brush: index)
      } else if let cell = layout.window.cell(at: mouse.point) {
        return press(cell)
      }
    case .drag:
      if let cell = layout.window.cell(at: mouse.point) { return drag(to: cell) }
    case .release:
      if let cell = layout.window.cell(at: mouse.point), anchor != nil, anchor != cell, sweep == nil {
        cursor = cell
        return apply()
      }
      sketch.endStroke()
    }
    return []
  }

  private mutating func press(_ cell: Position) -> [Wish<EditorScene>] {
    cursor = cell
    guard sweep == nil else { return [] }
    sketch.endStroke()
    if tool == .paint { sketch.beginStroke() }
    return apply()
  }

  /// Paints on as far as the mouse has come, without gaps where it was fast.
  private mutating func drag(to cell: Position) -> [Wish<EditorScene>] {
    let from = cursor
    cursor = cell
    guard sweep == nil, tool == .paint, from != cell, let brush = currentBrush else { return [] }
    let mirror = mirror
    return edit { $0.draw(brush, with: .line, from: from, to: cell, mirror: mirror) }
  }
}
