/// Which row of a list is chosen, and which rows show.
public struct ScrollingList: Hashable, Sendable {
  /// How many rows there are; setting it keeps the choice among them.
  public var count: Int {
    didSet { select(selection) }
  }
  /// The chosen row; 0 in an empty list.
  public private(set) var selection = 0
  private var offset = 0

  /// A list of `count` rows with the first one chosen.
  public init(count: Int = 0) { self.count = max(0, count) }

  /// Chooses a row, or the nearest that exists.
  public mutating func select(_ row: Int) {
    selection = max(0, min(row, count - 1))
  }

  /// Moves the choice by `rows`, and stops at both ends.
  public mutating func move(by rows: Int) { select(selection + rows) }

  /// The rows that show in `height` lines: the chosen one is among them, and no line stays empty needlessly.
  public func visible(height: Int) -> Range<Int> {
    guard height > 0, count > 0 else { return 0..<0 }
    var first = min(offset, max(0, count - height))
    if selection < first { first = selection }
    if selection >= first + height { first = selection - height + 1 }
    return first..<min(count, first + height)
  }

  /// Remembers the window of `height` lines, so that the list scrolls only when the choice leaves it.
  public mutating func settle(height: Int) { offset = visible(height: height).lowerBound }

  /// The row that is drawn on `line` of a window of `height` lines; nil below the end.
  public func row(at line: Int, height: Int) -> Int? {
    let rows = visible(height: height)
    return line >= 0 && line < rows.count ? rows.lowerBound + line : nil
  }

  /// Draws the list with a bar at its right edge when not all rows show.
  /// - Parameter content: the text and style of a row, told whether it is chosen.
  public func draw(
    into canvas: inout Canvas, in rect: Rect, barStyle: Style = Style(),
    content: (_ row: Int, _ isSelected: Bool) -> (text: String, style: Style)
  ) {
    let rows = visible(height: rect.height)
    let isLong = count > rect.height
    let width = rect.width - (isLong ? 1 : 0)
    for (line, row) in rows.enumerated() {
      let (text, style) = content(row, row == selection)
      canvas.fill(Rect(x: rect.x, y: rect.y + line, width: width, height: 1), Cell(" ", style))
      canvas.put(text.truncated(to: width), x: rect.x, y: rect.y + line, style: style, width: width)
    }
    guard isLong, rect.height > 0 else { return }
    let length = max(1, rect.height * rect.height / count)
    let start = (rect.height - length) * rows.lowerBound / max(1, count - rect.height)
    for line in 0..<rect.height {
      let isThumb = line >= start && line < start + length
      canvas[rect.maxX - 1, rect.y + line] = Cell(isThumb ? "█" : "│", barStyle)
    }
  }
}
