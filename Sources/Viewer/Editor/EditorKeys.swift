import Archive
import Gridworlds
import TerminalUI

extension Bindings where Command == Viewer.Command {
  private static let pen: Table = [
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

  private static let cursor: Table = [
    .init("Left h", .left, "Cursor", "left"),
    .init("Down j", .down, "Cursor", "down"),
    .init("Up k", .up, "Cursor", "up"),
    .init("Right l", .right, "Cursor", "right"),
    .init("g Home", .first, "Cursor", "start of the row"),
    .init("G End", .last, "Cursor", "end of the row"),
  ]

  private static let agent: Table = [
    .init("W", .sweep, "Agent", "the goal to every cell", footer: "sweep"),
    .init("Enter", .open, "Agent", "replay what it does", footer: "watch"),
    .init("c", .compare, "Agent", "beside the level before", footer: "compare"),
    .init("R", .rerun, "Agent", "run with the next seed"),
    .init("t", .trail, "Agent", "its trail"),
    .init("i", .intendedPath, "Agent", "best way to the goal"),
    .init("x", .proxyPath, "Agent", "best way to the proxy"),
  ]

  private static let level: Table = [
    .init("S", .saveLevel, "Level", "save to a file", footer: "save"),
    .init("N", .rename, "Level", "title"),
    .init("=", .resize, "Level", "size of the map"),
    .init("O", .timeLimit, "Level", "steps until the end"),
  ]

  /// The table that a settings file can change, whatever the world's brushes are.
  static let editor: Bindings = {
    let digits: Table = (1...10).map { number in
      let words = number == 1 ? "the first ten" : ""
      return .init("\(number % 10)", .brush(number), "Brush", words, label: number == 1 ? "1 … 9 0" : nil)
    }
    return Bindings(pen + digits + turning + agent + level + cursor + anywhere, name: "editor")
  }()

  /// The editor's keys: a brush has its number and, where that is no other key, its letter in level files.
  static func editing(_ brushes: [LevelSketch.Brush]) -> Bindings {
    let taken = Set((pen + turning + agent + level + cursor + anywhere).flatMap(\.keys))
    let chosen: Table = brushes.enumerated().map { index, brush in
      var keys: [Key] = []
      if index < 10 { keys.append(.character(Character("\((index + 1) % 10)"))) }
      let letter = Key.character(Character(Unicode.Scalar(brush.tile.letter)))
      if !taken.contains(letter), !(48...57).contains(brush.tile.letter) { keys.append(letter) }
      return .init(keys, .brush(index + 1), group: "Brush", words: brush.name)
    }
    return Bindings(pen + chosen + turning + agent + level + cursor + anywhere, name: "editor")
  }

  private static let turning: Table = [
    .init("Tab", .nextBrush, "Brush", "the next one"),
    .init("S-Tab", .previousBrush, "Brush", "the one before"),
  ]

  /// The keys while a thing is moved to every cell.
  static let sweeping = Bindings(
    cursor + [
      .init("Tab W", .nextSweep, "Sweep", "what else can be moved", footer: "next sweep"),
      .init("S-Tab", .previousSweep, "Sweep", "the one before"),
      .init("Enter", .open, "Sweep", "replay this cell", footer: "watch this cell"),
    ] + anywhere, name: "sweep")
}
