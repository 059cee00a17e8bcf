import Archive
import Gridworlds
import TerminalUI

/// Drawing with the chosen brush and tool.
enum PenCommand: PartCommand {
  case apply, erase, undo, redo, pencil, rectangle, bucket, line, mirror

  static let keys: [Binding<PenCommand>] = [
    .init("Space", .apply, "Draw", "draw; corner by corner", footer: "draw"),
    .init("BS Del", .erase, "Draw", "leave floor here"),
    .init("u", .undo, "Draw", "undo, without end", footer: "undo"),
    .init("^R U", .redo, "Draw", "redo"),
    .init("p", .pencil, "Tool", "paint, cell by cell"),
    .init("r", .rectangle, "Tool", "rectangle"),
    .init("b", .bucket, "Tool", "fill what hangs together"),
    .init("L", .line, "Tool", "line"),
    .init("m", .mirror, "Tool", "mirror, in four ways"),
  ]
}

/// Choosing a brush.
enum BrushCommand: PartCommand {
  case brush(Int)
  case nextBrush, previousBrush

  static let turning: [Binding<BrushCommand>] = [
    .init("Tab", .nextBrush, "Brush", "the next one"),
    .init("S-Tab", .previousBrush, "Brush", "the one before"),
  ]

  /// Whatever the world's brushes are.
  static let digits: [Binding<BrushCommand>] = (1...10).map { number in
    let words = number == 1 ? "the first ten" : ""
    return .init("\(number % 10)", .brush(number), "Brush", words, label: number == 1 ? "1 … 9 0" : nil)
  }
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

/// What the agent does on the map.
enum LiveCommand: PartCommand {
  case sweep, open, compare, rerun

  static let keys: [Binding<LiveCommand>] = [
    .init("W", .sweep, "Agent", "the goal to every cell", footer: "sweep"),
    .init("Enter", .open, "Agent", "replay what it does", footer: "watch"),
    .init("c", .compare, "Agent", "beside the level before", footer: "compare"),
    .init("R", .rerun, "Agent", "run with the next seed"),
  ]

  static let ways: [Binding<WayCommand>] = [
    .init("t", .trail, "Agent", "its trail"),
    .init("i", .intendedPath, "Agent", "best way to the goal"),
    .init("x", .proxyPath, "Agent", "best way to the proxy"),
  ]
}

/// What is asked about the level as a whole.
enum LevelCommand: PartCommand {
  case saveLevel, rename, resize, timeLimit

  static let keys: [Binding<LevelCommand>] = [
    .init("S", .saveLevel, "Level", "save to a file", footer: "save"),
    .init("N", .rename, "Level", "title"),
    .init("=", .resize, "Level", "size of the map"),
    .init("O", .timeLimit, "Level", "steps until the end"),
  ]
}

/// While a thing is moved to every cell.
enum SweepCommand: PartCommand {
  case nextSweep, previousSweep, open

  static let keys: [Binding<SweepCommand>] = [
    .init("Tab W", .nextSweep, "Sweep", "what else can be moved", footer: "next sweep"),
    .init("S-Tab", .previousSweep, "Sweep", "the one before"),
    .init("Enter", .open, "Sweep", "replay this cell", footer: "watch this cell"),
  ]
}

/// What keys can ask of the editor in each of its states.
extension EditorScene {
  private typealias Rows = [Menu<EditorScene>.Row]

  private static let pen: Rows = Menu.rows(PenCommand.keys) { $0.perform($1) }
  private static let cursorRows: Rows = Menu.rows(MapCursorCommand.keys) { $0.perform($1) }
  private static let rest: Rows =
    Menu.rows(BrushCommand.turning) { $0.perform($1) } + Menu.rows(LiveCommand.keys) { $0.perform($1) }
    + Menu.rows(LiveCommand.ways) { $0.perform($1) } + Menu.rows(LevelCommand.keys) { $0.perform($1) } + cursorRows
    + Menu.program(ProgramCommand.anywhere)

  private static func table(_ brushes: [Binding<BrushCommand>]) -> Menu<EditorScene> {
    Menu(pen + Menu.rows(brushes) { $0.perform($1) } + rest, name: "editor")
  }

  /// The table that a settings file can change, whatever the world's brushes are.
  static let generalMenu = table(BrushCommand.digits)

  /// The editor's keys: a brush has its number and, where that is no other key, its letter in level files.
  static func menu(of brushes: [LevelSketch.Brush]) -> Menu<EditorScene> {
    let taken = Set(Menu<EditorScene>(pen + rest).bindings.all.flatMap(\.keys))
    return table(
      brushes.enumerated().map { index, brush in
        var keys: [Key] = []
        if index < 10 { keys.append(.character(Character("\((index + 1) % 10)"))) }
        let letter = Key.character(Character(Unicode.Scalar(brush.tile.letter)))
        if !taken.contains(letter), !(48...57).contains(brush.tile.letter) { keys.append(letter) }
        return .init(keys, .brush(index + 1), group: "Brush", words: brush.name)
      })
  }

  /// While a thing is moved to every cell.
  static let sweepMenu = Menu<EditorScene>(
    cursorRows + Menu.rows(SweepCommand.keys) { $0.perform($1) } + Menu.program(ProgramCommand.anywhere), name: "sweep")
}
