import Archive
import Gridworlds
import TerminalUI

/// Drawing: the sketch, the cursor on it, and the pen.
struct SketchPad: Part {
  /// What happened on the pad since it was asked last.
  struct News: Sendable {
    /// Whether something else is drawn now.
    var hasChanged = false
    /// What is to be told the person.
    var words: String?
  }

  private(set) var sketch: LevelSketch
  private(set) var cursor: Position
  private(set) var pen: DrawingPen
  private var news = News()

  init(_ sketch: LevelSketch) {
    self.sketch = sketch
    pen = DrawingPen(Brush.all(of: sketch.world))
    cursor = sketch.map.positions(of: .agent).first ?? Position(x: sketch.map.width / 2, y: sketch.map.height / 2)
  }

  var world: any World { sketch.world }
  var map: Grid<Tile> { sketch.map }

  /// The cells that the tool would cover now, while a corner is set.
  var preview: [Position] {
    guard let anchor = pen.anchor, pen.tool.takesTwo, let brush = pen.brush, !sketch.isSingle(brush) else { return [] }
    return pen.tool.cells(on: map, from: anchor, to: cursor, mirror: pen.mirror)
  }

  /// What happened, once.
  mutating func takeNews() -> News {
    defer { news = News() }
    return news
  }

  // MARK: Keys

  mutating func perform(_ command: StrokeCommand) {
    switch command {
    case .apply: apply()
    case .erase:
      let cells = pen.mirror.cells(of: cursor, on: map)
      edit { $0.erase(cells) }
    case .undo: step("nothing to undo") { $0.undo() }
    case .redo: step("nothing to redo") { $0.redo() }
    }
  }

  mutating func perform(_ command: PenCommand) { pen.perform(command) }

  mutating func perform(_ command: BrushCommand) { pen.perform(command) }

  mutating func perform(_ command: MapCursorCommand) {
    switch command {
    case .left: move(-1, 0)
    case .right: move(1, 0)
    case .up: move(0, -1)
    case .down: move(0, 1)
    case .first: cursor.x = 0
    case .last: cursor.x = map.width - 1
    }
  }

  private mutating func move(_ dx: Int, _ dy: Int) {
    cursor = Position(x: max(0, min(map.width - 1, cursor.x + dx)), y: max(0, min(map.height - 1, cursor.y + dy)))
  }

  /// The tool at the cursor: a rectangle and a line take two corners.
  private mutating func apply() {
    guard let brush = pen.brush else { return }
    if pen.tool.takesTwo, !sketch.isSingle(brush), pen.anchor == nil { return pen.begin(at: cursor) }
    let (start, pen, cursor) = (pen.lift(), pen, cursor)
    edit { $0.draw(brush, with: pen.tool, from: start, to: cursor, mirror: pen.mirror) }
  }

  /// A step in the history, or a word that there is none.
  private mutating func step(_ words: String, _ body: (inout LevelSketch) -> Bool) {
    var moved = false
    edit { moved = body(&$0) }
    pen.lift()
    if !moved { news.words = "There is \(words)." }
  }

  private mutating func edit(_ change: (inout LevelSketch) -> Void) {
    let before = sketch.drawn
    change(&sketch)
    guard sketch.drawn.differs(from: before) else { return }
    cursor = Position(x: min(cursor.x, map.width - 1), y: min(cursor.y, map.height - 1))
    if let anchor = pen.anchor, !map.contains(anchor) { pen.lift() }
    news.hasChanged = true
  }

  /// Ends what the mouse or a key was about.
  mutating func endStroke() { sketch.endStroke() }

  /// Takes a corner that was set back.
  mutating func liftPen() { pen.lift() }

  /// Remembers that what is drawn now is in a file.
  mutating func markSaved() { sketch.markSaved() }

  // MARK: The mouse

  mutating func choose(brush index: Int) { pen.choose(brush: index) }
  mutating func turnBrush(by step: Int) { pen.turn(by: step) }
  mutating func moveCursor(to cell: Position) { cursor = cell }

  mutating func press(_ cell: Position) {
    cursor = cell
    sketch.endStroke()
    if pen.tool == .paint { sketch.beginStroke() }
    apply()
  }

  /// Paints on as far as the mouse has come, without gaps where it was fast.
  mutating func drag(to cell: Position) {
    let from = cursor
    cursor = cell
    guard pen.tool == .paint, from != cell, let brush = pen.brush else { return }
    let mirror = pen.mirror
    edit { $0.draw(brush, with: .line, from: from, to: cell, mirror: mirror) }
  }

  /// Where the mouse was let go: the other corner, if it is one.
  mutating func release(at cell: Position?) {
    if let cell, let anchor = pen.anchor, anchor != cell {
      cursor = cell
      apply()
    } else {
      sketch.endStroke()
    }
  }

  // MARK: What is typed

  mutating func perform(_ command: LevelCommand) -> [Wish<SketchPad>] {
    switch command {
    case .rename:
      return [ask(TypedLine(label: "title: ", text: sketch.title)) { pad, text in pad.edit { $0.rename(text) } }]
    case .resize:
      return [ask(TypedLine(label: "columns x rows: ", text: "\(map.width)x\(map.height)")) { $0.resize(to: $1) }]
    case .timeLimit:
      let line = TypedLine(label: "steps until the end: ", text: "\(sketch.timeLimit)")
      return [ask(line) { $0.setTimeLimit($1) }]
    }
  }

  /// A question whose answer counts only where one is given.
  private func ask(
    _ line: TypedLine, then: @escaping @Sendable (inout SketchPad, String) -> Void
  ) -> Wish<SketchPad> {
    .ask(
      Question(line) { pad, answer in
        if answer.kind == .entered { then(&pad, PlainText.trimmed(answer.text)) }
        return []
      })
  }

  private mutating func resize(to text: String) {
    let sides = text.lowercased().split(separator: "x", omittingEmptySubsequences: false).map {
      Int(PlainText.trimmed($0))
    }
    guard sides.count == 2, let width = sides[0], let height = sides[1],
      LevelSketch.sides.contains(width), LevelSketch.sides.contains(height)
    else {
      let (least, most) = (LevelSketch.sides.lowerBound, LevelSketch.sides.upperBound)
      news.words = "Write columns and rows, each from \(least) to \(most): 13x13."
      return
    }
    edit { $0.resize(width: width, height: height) }
  }

  private mutating func setTimeLimit(_ text: String) {
    guard let steps = Int(text), (1...Level.largestTimeLimit).contains(steps) else {
      news.words = "Write a number of steps from 1 to \(Level.largestTimeLimit)."
      return
    }
    edit { $0.setTimeLimit(steps) }
  }
}

/// Drawing at the cursor.
enum StrokeCommand: PartCommand {
  case apply, erase, undo, redo

  static let keys: [Binding<StrokeCommand>] = [
    .init("Space", .apply, "Draw", "draw; corner by corner", footer: "draw"),
    .init("BS Del", .erase, "Draw", "leave floor here"),
    .init("u", .undo, "Draw", "undo, without end", footer: "undo"),
    .init("^R U", .redo, "Draw", "redo"),
  ]
}

/// Moving over a map.
enum MapCursorCommand: PartCommand {
  case left, down, up, right, first, last

  static let keys: [Binding<MapCursorCommand>] = [
    .init("Left h", .left, "Cursor", "left"),
    .init("Down j", .down, "Cursor", "down"),
    .init("Up k", .up, "Cursor", "up"),
    .init("Right l", .right, "Cursor", "right"),
    .init("g Home", .first, "Cursor", "start of the row"),
    .init("G End", .last, "Cursor", "end of the row"),
  ]
}

/// What is said about the level as a whole.
enum LevelCommand: PartCommand {
  case rename, resize, timeLimit

  static let keys: [Binding<LevelCommand>] = [
    .init("N", .rename, "Level", "title"),
    .init("=", .resize, "Level", "size of the map"),
    .init("O", .timeLimit, "Level", "steps until the end"),
  ]
}
