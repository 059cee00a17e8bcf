import Letters

/// A page of cells that scenes draw on. Nothing here touches a terminal, and nothing outside the page traps.
public struct Canvas: Sendable, Equatable {
  /// Columns and rows.
  public private(set) var size: Size
  /// The cells, row by row.
  private(set) var cells: [Cell]
  private var clip: Rect
  /// Who looks for text over text, where somebody does.
  public private(set) var watch: TextWatch?

  /// A page of blanks in `style`.
  public init(size: Size, style: Style = Style()) {
    self.size = size
    cells = Array(repeating: Cell(" ", style), count: size.width * size.height)
    clip = Rect(size)
  }

  /// A page of blanks on which text over text is noticed.
  public static func watched(size: Size) -> Canvas {
    var canvas = Canvas(size: size)
    canvas.watch = TextWatch(cells: size.width * size.height)
    return canvas
  }

  /// The whole page.
  public var bounds: Rect { Rect(size) }

  /// The cell at column `x` of row `y`. Outside the page reading gives a blank and writing does nothing.
  public subscript(x: Int, y: Int) -> Cell {
    get {
      guard x >= 0, y >= 0, x < size.width, y < size.height else { return Cell() }
      return cells[y * size.width + x]
    }
    set {
      var cell = newValue
      switch cell.glyph.columns {
      case 1: set(cell, x, y)
      case 2:
        // Half a letter is none: its place beside the edge stays blank.
        guard holds(x, y), holds(x + 1, y) else {
          for x in x...x + 1 { set(Cell(" ", cell.style), x, y) }
          return
        }
        set(cell, x, y)
        set(Cell(.secondHalf, cell.style), x + 1, y)
      case _ where cell.glyph == .secondHalf:
        // It came with its first half, or came without it.
        if self[x, y].glyph != .secondHalf { set(Cell(" ", cell.style), x, y) }
      default:
        cell.glyph = .substitute
        set(cell, x, y)
      }
    }
  }

  private func holds(_ x: Int, _ y: Int) -> Bool { clip.contains(Point(x: x, y: y)) }

  /// Sets one cell; of a wide letter that loses one half the other becomes a blank.
  private mutating func set(_ cell: Cell, _ x: Int, _ y: Int) {
    guard holds(x, y) else { return }
    let index = y * size.width + x
    if cells[index].glyph == .secondHalf { cells[index - 1].glyph = " " }
    if x + 1 < size.width, cells[index + 1].glyph == .secondHalf { cells[index + 1].glyph = " " }
    cells[index] = cell
    watch?.set(index, cell.glyph)
  }

  /// The cell at `point`.
  public subscript(point: Point) -> Cell {
    get { self[point.x, point.y] }
    set { self[point.x, point.y] = newValue }
  }

  /// Writes `text` on one row.
  ///
  /// Control and zero-width characters become U+FFFD; what passes the page or `width` is left out, and so is a wide
  /// letter of which half would.
  /// - Parameter width: the most columns that the text may take.
  /// - Returns: the column after the text.
  @discardableResult
  public mutating func put(_ text: String, x: Int, y: Int, style: Style = Style(), width: Int? = nil) -> Int {
    var column = x
    let end = min(clip.maxX, width.map { x + max(0, $0) } ?? Int.max)
    watch?.begin(text)
    for character in text {
      let columns = character.columns
      if column + columns > end { break }
      let scalar = character.scalarOnScreen
      for x in column..<column + columns where x == column || scalar == .substitute { self[x, y] = Cell(scalar, style) }
      column += columns
    }
    watch?.end()
    return column
  }

  /// Writes `text` so that its last column is the one before `right`.
  /// - Returns: the text's first column.
  @discardableResult
  public mutating func put(_ text: String, endingAt right: Int, y: Int, style: Style = Style()) -> Int {
    let left = right - text.columns
    put(text, x: left, y: y, style: style)
    return left
  }

  /// Fills a block with one cell.
  public mutating func fill(_ rect: Rect, _ cell: Cell) {
    let part = rect.intersection(clip)
    guard !part.isEmpty else { return }
    for y in part.y..<part.maxY {
      for x in part.x..<part.maxX { self[x, y] = cell }
    }
  }

  /// Changes the style of a block and leaves its glyphs; a wide letter is where it begins.
  public mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
    let part = rect.intersection(clip)
    guard !part.isEmpty else { return }
    for y in part.y..<part.maxY {
      for index in y * size.width + part.x..<y * size.width + part.maxX where cells[index].glyph != .secondHalf {
        change(&cells[index].style)
        if index + 1 < cells.count, cells[index + 1].glyph == .secondHalf {
          cells[index + 1].style = cells[index].style
        }
      }
    }
  }

  /// Draws a rounded frame, `╭─ title ─── hint ─╮`, round the edge of `rect`.
  ///
  /// The title is cut to the frame; the hint is left out when both do not fit. The inside is not touched.
  public mutating func box(
    _ rect: Rect, title: String = "", hint: String = "", style: Style = Style(), titleStyle: Style = Style(),
    glyphs: GlyphSet = .unicode
  ) {
    guard rect.width >= 2, rect.height >= 2 else { return }
    let (right, bottom) = (rect.maxX - 1, rect.maxY - 1)
    func cell(_ scalar: Unicode.Scalar) -> Cell { Cell(glyphs.scalar(scalar), style) }
    fill(Rect(x: rect.x, y: rect.y, width: rect.width, height: 1), cell("─"))
    fill(Rect(x: rect.x, y: bottom, width: rect.width, height: 1), cell("─"))
    fill(Rect(x: rect.x, y: rect.y, width: 1, height: rect.height), cell("│"))
    fill(Rect(x: right, y: rect.y, width: 1, height: rect.height), cell("│"))
    self[rect.x, rect.y] = cell("╭")
    self[right, rect.y] = cell("╮")
    self[rect.x, bottom] = cell("╰")
    self[right, bottom] = cell("╯")
    var room = rect.width - 5
    if !title.isEmpty, room > 0 {
      let shown = title.truncated(to: room)
      put(" \(shown) ", x: rect.x + 2, y: rect.y, style: titleStyle)
      room -= shown.columns + 2
    }
    if !hint.isEmpty, hint.columns + 2 <= room {
      put(" \(hint) ", endingAt: right, y: rect.y, style: titleStyle)
    }
  }

  /// Copies `other` onto this page with its top left cell at `origin`.
  public mutating func blit(_ other: Canvas, at origin: Point) {
    for y in 0..<other.size.height {
      for x in 0..<other.size.width { self[origin.x + x, origin.y + y] = other[x, y] }
    }
  }

  /// Runs `body` with drawing confined to `rect`; coordinates stay those of the page.
  public mutating func clipped(to rect: Rect, _ body: (inout Canvas) -> Void) {
    let outer = clip
    clip = clip.intersection(rect)
    body(&self)
    clip = outer
  }
}
