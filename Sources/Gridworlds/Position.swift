/// A cell of a grid: `x` counts columns to the right, `y` counts rows downward, both from 0.
public struct Position: Hashable, Sendable, BitwiseCopyable {
  @usableFromInline var column: Int16
  @usableFromInline var row: Int16

  /// A cell; coordinates beyond ±32,767 are clamped, since maps end at 1,024.
  @inlinable public init(x: Int, y: Int) {
    column = Int16(clamping: x)
    row = Int16(clamping: y)
  }

  /// The column, from 0 at the left.
  @inlinable public var x: Int {
    get { Int(column) }
    set { column = Int16(clamping: newValue) }
  }

  /// The row, from 0 at the top.
  @inlinable public var y: Int {
    get { Int(row) }
    set { row = Int16(clamping: newValue) }
  }

  /// The cell `dx` columns to the right and `dy` rows down.
  @inlinable public func moved(dx: Int, dy: Int) -> Position { Position(x: x + dx, y: y + dy) }

  /// The cell one step in a heading.
  @inlinable public func moved(_ heading: Heading) -> Position { moved(dx: heading.dx, dy: heading.dy) }

  /// Steps between two cells when nothing stands between and moves are orthogonal.
  @inlinable public func manhattanDistance(to other: Position) -> Int { abs(x - other.x) + abs(y - other.y) }
}

extension Position: CustomStringConvertible {
  /// `(x,y)`, as screens and reports print it.
  public var description: String { "(\(x),\(y))" }
}

/// Where an action or a creature points: a step of −1, 0 or 1 along each axis.
public struct Heading: Hashable, Sendable, BitwiseCopyable {
  @usableFromInline let stepX: Int8
  @usableFromInline let stepY: Int8

  /// A heading; each component is clamped to −1...1.
  @inlinable public init(dx: Int, dy: Int) {
    stepX = Int8(max(-1, min(1, dx)))
    stepY = Int8(max(-1, min(1, dy)))
  }

  /// −1 left, 0 none, 1 right.
  @inlinable public var dx: Int { Int(stepX) }
  /// −1 up, 0 none, 1 down.
  @inlinable public var dy: Int { Int(stepY) }

  /// One row up.
  public static let up = Heading(dx: 0, dy: -1)
  /// One column left.
  public static let left = Heading(dx: -1, dy: 0)
  /// One row down.
  public static let down = Heading(dx: 0, dy: 1)
  /// One column right.
  public static let right = Heading(dx: 1, dy: 0)
  /// Nowhere.
  public static let none = Heading(dx: 0, dy: 0)
  /// The four orthogonal headings, in jaxgmg's order of actions: up, left, down, right.
  public static let orthogonal: [Heading] = [.up, .left, .down, .right]
}
