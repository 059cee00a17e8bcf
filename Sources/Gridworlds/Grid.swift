/// A rectangle of values, stored row by row.
public struct Grid<Element> {
  /// Columns.
  public let width: Int
  /// Rows.
  public let height: Int
  /// `width * height` values, row by row from the top left.
  public var elements: [Element]

  /// A grid filled with one value.
  @inlinable public init(width: Int, height: Int, filledWith value: Element) {
    precondition(width >= 0 && height >= 0, "a grid has no negative side")
    self.width = width
    self.height = height
    elements = Array(repeating: value, count: width * height)
  }

  /// A grid over rows of equal length; `nil` where the lengths differ.
  public init?(rows: [[Element]]) {
    let width = rows.first?.count ?? 0
    guard rows.allSatisfy({ $0.count == width }) else { return nil }
    self.width = width
    height = rows.count
    elements = []
    elements.reserveCapacity(width * rows.count)
    for row in rows { elements += row }
  }

  /// Whether the position lies inside.
  @inlinable public func contains(_ position: Position) -> Bool {
    position.x >= 0 && position.y >= 0 && position.x < width && position.y < height
  }

  /// The value at a position inside; a position outside is a programming error.
  @inlinable public subscript(position: Position) -> Element {
    get {
      precondition(contains(position), "a position outside of the grid")
      return elements[position.y * width + position.x]
    }
    set {
      precondition(contains(position), "a position outside of the grid")
      elements[position.y * width + position.x] = newValue
    }
  }

  /// Every position, row by row from the top left.
  public var positions: [Position] {
    (0..<height).flatMap { y in (0..<width).map { x in Position(x: x, y: y) } }
  }
}

extension Grid: Sendable where Element: Sendable {}
extension Grid: Equatable where Element: Equatable {}
extension Grid: Hashable where Element: Hashable {}

extension Grid where Element: Equatable {
  /// Where a value stands, row by row from the top left.
  @inlinable public func positions(of value: Element) -> [Position] {
    var found: [Position] = []
    var index = 0
    for y in 0..<height {
      for x in 0..<width {
        if elements[index] == value { found.append(Position(x: x, y: y)) }
        index += 1
      }
    }
    return found
  }
}
