/// A cell of the screen, from the upper left.
public struct Point: Hashable, Sendable {
  public var x: Int, y: Int

  /// A cell.
  public init(x: Int, y: Int) { (self.x, self.y) = (x, y) }
}

/// Columns and rows.
public struct Size: Hashable, Sendable {
  public var width: Int, height: Int

  /// Columns and rows; never negative.
  public init(width: Int, height: Int) { (self.width, self.height) = (max(0, width), max(0, height)) }

  /// Reads `80x24`; `nil` where it is no size from 1×1 to 1,000×1,000.
  public init?(_ text: String) {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let width = parts[0], let height = parts[1], (1...1000).contains(width),
      (1...1000).contains(height)
    else { return nil }
    self.init(width: width, height: height)
  }
}

/// A part of the screen.
public struct Rect: Hashable, Sendable {
  public var x: Int, y: Int, width: Int, height: Int

  /// A part of the screen; sides are never negative.
  public init(x: Int, y: Int, width: Int, height: Int) {
    (self.x, self.y, self.width, self.height) = (x, y, max(0, width), max(0, height))
  }

  /// Whether a cell lies inside.
  public func contains(_ point: Point) -> Bool {
    point.x >= x && point.y >= y && point.x < x + width && point.y < y + height
  }

  /// The same without a margin on every side.
  public func inset(by margin: Int) -> Rect {
    Rect(x: x + margin, y: y + margin, width: width - 2 * margin, height: height - 2 * margin)
  }
}
