/// A glyph with its look; every cell is one column wide.
public struct Cell: Hashable, Sendable {
  /// One printable scalar of one column.
  public var glyph: Unicode.Scalar
  /// Its look.
  public var style: Style

  /// A glyph with its look.
  public init(glyph: Unicode.Scalar = " ", style: Style = Style()) {
    self.glyph = glyph
    self.style = style
  }
}

/// What a screen shows: a rectangle of cells into which scenes draw. Nothing outside of it traps; it is cut off.
public struct Canvas: Sendable, Equatable {
  /// Columns and rows.
  public let size: Size
  /// `width * height` cells, row by row.
  public private(set) var cells: [Cell]

  /// An empty canvas.
  public init(size: Size) {
    self.size = size
    cells = Array(repeating: Cell(), count: size.width * size.height)
  }

  /// A cell; outside it is blank, and setting it does nothing.
  public subscript(x: Int, y: Int) -> Cell {
    get { x >= 0 && y >= 0 && x < size.width && y < size.height ? cells[y * size.width + x] : Cell() }
    set { if x >= 0 && y >= 0 && x < size.width && y < size.height { cells[y * size.width + x] = newValue } }
  }

  /// Writes text from a cell to the right, at most `width` columns of it.
  ///
  /// What a terminal would not show as one column (control characters, wide and combining scalars) becomes `?`.
  /// - Returns: the column after the text.
  @discardableResult
  public mutating func put(_ text: String, x: Int, y: Int, style: Style, width: Int = .max) -> Int {
    var column = x
    for scalar in text.unicodeScalars {
      if column - x >= width || column >= size.width { break }
      self[column, y] = Cell(glyph: Canvas.isPlain(scalar) ? scalar : "?", style: style)
      column += 1
    }
    return column
  }

  /// Sets every cell of a rectangle.
  public mutating func fill(_ rect: Rect, _ cell: Cell) {
    for y in max(0, rect.y)..<max(max(0, rect.y), min(size.height, rect.y + rect.height)) {
      for x in max(0, rect.x)..<max(max(0, rect.x), min(size.width, rect.x + rect.width)) { self[x, y] = cell }
    }
  }

  /// A rounded frame with a title at the left and a hint at the right of its upper side.
  public mutating func box(_ rect: Rect, title: String, hint: String = "", style: Style, titleStyle: Style) {
    guard rect.width >= 2, rect.height >= 2 else { return }
    let (right, bottom) = (rect.x + rect.width - 1, rect.y + rect.height - 1)
    for x in (rect.x + 1)..<max(rect.x + 1, right) {
      self[x, rect.y] = Cell(glyph: "─", style: style)
      self[x, bottom] = Cell(glyph: "─", style: style)
    }
    for y in (rect.y + 1)..<max(rect.y + 1, bottom) {
      self[rect.x, y] = Cell(glyph: "│", style: style)
      self[right, y] = Cell(glyph: "│", style: style)
    }
    self[rect.x, rect.y] = Cell(glyph: "╭", style: style)
    self[right, rect.y] = Cell(glyph: "╮", style: style)
    self[rect.x, bottom] = Cell(glyph: "╰", style: style)
    self[right, bottom] = Cell(glyph: "╯", style: style)
    if !title.isEmpty { put(" \(title) ", x: rect.x + 2, y: rect.y, style: titleStyle, width: rect.width - 4) }
    if !hint.isEmpty, title.count + hint.count + 8 <= rect.width {
      put(" \(hint) ", x: right - hint.count - 3, y: rect.y, style: style)
    }
  }

  /// The rows as text, without trailing spaces.
  public func text() -> String {
    (0..<size.height).map { y in
      var row = String(String.UnicodeScalarView((0..<size.width).map { self[$0, y].glyph }))
      while row.last == " " { row.removeLast() }
      return row
    }.joined(separator: "\n")
  }

  /// Whether a scalar is shown as one column everywhere that matters: printable, neither wide nor combining.
  public static func isPlain(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value < 0x7F { return scalar.value >= 0x20 }
    switch scalar.properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .nonspacingMark, .enclosingMark, .spacingMark,
      .lineSeparator, .paragraphSeparator:
      return false
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F000...0x1FAFF, 0x20000...0x3FFFD:
      return false
    default: return !scalar.properties.isEmojiPresentation
    }
  }
}

/// Cuts text into lines of at most `width` columns, at spaces where there are any.
public func wrap(_ text: String, width: Int) -> [String] {
  guard width > 0 else { return [] }
  var lines: [String] = []
  for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
    var line = ""
    for word in paragraph.split(separator: " ", omittingEmptySubsequences: true) {
      var word = Substring(word)
      if !line.isEmpty && line.count + 1 + word.count > width {
        lines.append(line)
        line = ""
      }
      while word.count > width {
        lines.append(String(word.prefix(width)))
        word = word.dropFirst(width)
      }
      line += line.isEmpty ? String(word) : " \(word)"
    }
    lines.append(line)
  }
  return lines
}
