import Gridworlds
import TerminalUI

/// What is drawn with: brush, tool, mirror, and the corner that was set.
struct DrawingPen: Part {
  let brushes: [Brush]
  /// The number of the chosen brush, from 0.
  private(set) var index = 0
  private(set) var tool = DrawingTool.paint
  private(set) var mirror = DrawingMirror.off
  /// Where a rectangle or a line begins.
  private(set) var anchor: Position?

  init(_ brushes: [Brush]) { self.brushes = brushes }

  var brush: Brush? { brushes.indices.contains(index) ? brushes[index] : nil }

  mutating func perform(_ command: PenCommand) {
    switch command {
    case .pencil: choose(.paint)
    case .rectangle: choose(.rectangle)
    case .bucket: choose(.fill)
    case .line: choose(.line)
    case .mirror: mirror = mirror.next
    }
  }

  mutating func perform(_ command: BrushCommand) {
    switch command {
    case .brush(let number): choose(brush: number - 1)
    case .nextBrush: turn(by: 1)
    case .previousBrush: turn(by: -1)
    }
  }

  private mutating func choose(_ tool: DrawingTool) {
    self.tool = tool
    anchor = nil
  }

  mutating func choose(brush number: Int) {
    if brushes.indices.contains(number) { index = number }
  }

  /// Another brush, in a circle.
  mutating func turn(by step: Int) {
    if !brushes.isEmpty { index = (index + step + brushes.count) % brushes.count }
  }

  /// Sets the first of two corners.
  mutating func begin(at cell: Position) { anchor = cell }

  /// Takes a corner that was set back; where it was.
  @discardableResult
  mutating func lift() -> Position? { anchor.take() }
}

/// What is drawn with.
enum PenCommand: PartCommand {
  case pencil, rectangle, bucket, line, mirror

  static let keys: [Binding<PenCommand>] = [
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

  /// Of each brush its number and, where that is no other key, its letter in level files.
  static func keys(of brushes: [Brush], besides taken: Set<Key>) -> [Binding<BrushCommand>] {
    brushes.enumerated().map { index, brush in
      var keys: [Key] = []
      if index < 10 { keys.append(.character(Character("\((index + 1) % 10)"))) }
      let letter = Key.character(Character(Unicode.Scalar(brush.tile.letter)))
      if !taken.contains(letter), !(48...57).contains(brush.tile.letter) { keys.append(letter) }
      return .init(keys, .brush(index + 1), group: "Brush", words: brush.name)
    }
  }
}
