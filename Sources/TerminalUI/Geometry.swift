/// A cell's place on a canvas: columns to the right, rows downwards, both from zero.
public struct Point: Hashable, Sendable {
  /// The column.
  public var x: Int
  /// The row.
  public var y: Int

  /// A point at column `x` of row `y`.
  public init(x: Int, y: Int) {
    (self.x, self.y) = (x, y)
  }
}

/// How many columns and rows something takes; never negative.
public struct Size: Hashable, Sendable {
  /// Columns.
  public var width: Int
  /// Rows.
  public var height: Int

  /// A size of `width` columns and `height` rows; negative numbers count as zero.
  public init(width: Int, height: Int) {
    (self.width, self.height) = (max(0, width), max(0, height))
  }

  /// The classic 80 columns by 24 rows.
  public static let standard = Size(width: 80, height: 24)
}

/// A block of cells.
public struct Rect: Hashable, Sendable {
  /// The leftmost column.
  public var x: Int
  /// The topmost row.
  public var y: Int
  /// Columns.
  public var width: Int
  /// Rows.
  public var height: Int

  /// A block with its top left cell at (`x`, `y`); negative extents count as zero.
  public init(x: Int, y: Int, width: Int, height: Int) {
    (self.x, self.y, self.width, self.height) = (x, y, max(0, width), max(0, height))
  }

  /// A block of `size` at `origin`.
  public init(_ size: Size, at origin: Point = Point(x: 0, y: 0)) {
    self.init(x: origin.x, y: origin.y, width: size.width, height: size.height)
  }

  /// The first column to the right of the block.
  public var maxX: Int { x + width }
  /// The first row below the block.
  public var maxY: Int { y + height }
  /// Whether the block holds no cell.
  public var isEmpty: Bool { width == 0 || height == 0 }
  /// The top left cell.
  public var origin: Point { Point(x: x, y: y) }
  /// The block's extent.
  public var size: Size { Size(width: width, height: height) }

  /// Whether `point` lies inside.
  public func contains(_ point: Point) -> Bool {
    point.x >= x && point.x < maxX && point.y >= y && point.y < maxY
  }

  /// The cells that both blocks share; empty if there are none.
  public func intersection(_ other: Rect) -> Rect {
    let left = max(x, other.x)
    let top = max(y, other.y)
    return Rect(
      x: left, y: top, width: min(maxX, other.maxX) - left, height: min(maxY, other.maxY) - top)
  }

  /// The block without a margin of `margin` cells on each side.
  public func inset(by margin: Int) -> Rect {
    inset(horizontally: margin, vertically: margin)
  }

  /// The block without margins of `columns` on the left and right and `rows` above and below.
  public func inset(horizontally columns: Int, vertically rows: Int) -> Rect {
    Rect(x: x + columns, y: y + rows, width: width - 2 * columns, height: height - 2 * rows)
  }

  /// Cuts off the upper `rows`.
  public func split(top rows: Int) -> (top: Rect, rest: Rect) {
    let rows = min(max(0, rows), height)
    return (
      Rect(x: x, y: y, width: width, height: rows), Rect(x: x, y: y + rows, width: width, height: height - rows)
    )
  }

  /// Cuts off the lower `rows`.
  public func split(bottom rows: Int) -> (rest: Rect, bottom: Rect) {
    let halves = split(top: height - min(max(0, rows), height))
    return (halves.top, halves.rest)
  }

  /// Cuts off the left `columns`.
  public func split(left columns: Int) -> (left: Rect, rest: Rect) {
    let columns = min(max(0, columns), width)
    return (
      Rect(x: x, y: y, width: columns, height: height),
      Rect(x: x + columns, y: y, width: width - columns, height: height)
    )
  }

  /// Cuts off the right `columns`.
  public func split(right columns: Int) -> (rest: Rect, right: Rect) {
    let halves = split(left: width - min(max(0, columns), width))
    return (halves.left, halves.rest)
  }

  /// Divides the block into columns whose widths are as `shares` to one another, with no cell lost.
  public func columns(_ shares: [Int]) -> [Rect] {
    let total = max(1, shares.reduce(0, +))
    var sum = 0
    return shares.map { share in
      let left = width * sum / total
      sum += share
      return Rect(x: x + left, y: y, width: width * sum / total - left, height: height)
    }
  }

  /// A block of `size`, centred in this one and no larger than it.
  public func centered(_ size: Size) -> Rect {
    let width = min(size.width, self.width)
    let height = min(size.height, self.height)
    return Rect(x: x + (self.width - width) / 2, y: y + (self.height - height) / 2, width: width, height: height)
  }
}
