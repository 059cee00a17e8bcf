/// Canvases as a stream of bytes for a terminal: of each one only the cells that differ from the one before.
///
/// The cursor is hidden, no cell beyond the page is ever addressed, and nothing scrolls or wraps. What the terminal then
/// shows is what it would show if each canvas were drawn whole; a terminal in memory proves it.
public struct CanvasStream: Sendable {
  /// How many colours the terminal has.
  public let depth: ColorDepth
  private var shown: Canvas?
  private var pen = Shown(Style(), depth: .mono)
  /// Where the next glyph would go; a column beyond the last one means that the terminal waits to wrap.
  private var cursor = Point(x: 0, y: 0)
  private var bytes: [UInt8] = []

  /// A stream that has shown nothing yet.
  public init(depth: ColorDepth = .trueColor) { self.depth = depth }

  /// The bytes that turn the terminal's picture into `canvas`; none where nothing changed.
  public mutating func next(_ canvas: Canvas) -> [UInt8] {
    bytes.removeAll(keepingCapacity: true)
    if shown?.size != canvas.size { begin(canvas.size) }
    let before = shown ?? Canvas(size: canvas.size)
    for y in 0..<canvas.size.height { draw(row: y, of: canvas, over: before) }
    shown = canvas
    return bytes
  }

  /// The same as text.
  public mutating func nextText(_ canvas: Canvas) -> String { String(decoding: next(canvas), as: UTF8.self) }

  /// The bytes that leave the terminal as programs do: plain, with the cursor shown below the picture.
  public mutating func end() -> [UInt8] {
    let row = shown?.size.height ?? 1
    return Array("\u{1B}[0m\u{1B}[\(row);1H\u{1B}[?25h".utf8)
  }

  private mutating func begin(_ size: Size) {
    write("\u{1B}[?25l\u{1B}[0m\u{1B}[2J\u{1B}[H")
    (pen, cursor) = (Shown(Style(), depth: .mono), Point(x: 0, y: 0))
    shown = Canvas(size: size)
  }

  private mutating func draw(row y: Int, of canvas: Canvas, over before: Canvas) {
    let start = y * canvas.size.width
    let width = canvas.size.width
    var x = 0
    while x < width {
      // A second half goes with its first.
      if canvas.cells[start + x] == before.cells[start + x] || canvas.cells[start + x].glyph == .secondHalf {
        x += 1
        continue
      }
      let new = Seen(canvas.cells[start + x], depth: depth)
      // Two cells that look alike here need no byte.
      if new == Seen(before.cells[start + x], depth: depth) {
        x += 1
        continue
      }
      if cursor != Point(x: x, y: y) { move(toX: x, y: y, in: canvas) }
      put(new)
      x += 1
    }
  }

  private mutating func put(_ cell: Seen) {
    var look = cell.look
    if cell.isBlank {
      // Letters that are not there may have any colour: the one at hand costs nothing.
      look.foreground = pen.foreground
      look.attributes = pen.attributes.subtracting([.underline, .reverse])
    }
    if look != pen {
      write(pen.sequence(to: look))
      pen = look
    }
    for unit in UTF8.encode(cell.glyph) ?? UTF8.encodedReplacementCharacter { bytes.append(unit) }
    cursor.x += cell.glyph.columns
  }

  private mutating func move(toX x: Int, y: Int, in canvas: Canvas) {
    if cursor.y == y, cursor.x < x {
      // A few cells that stay, in the style at hand, are shorter written again than jumped over.
      let gap = (cursor.x..<x).map { Seen(canvas.cells[y * canvas.size.width + $0], depth: depth) }
      if gap.count <= 3, gap.allSatisfy({ $0.glyph.isASCII && isFree($0) }) {
        for cell in gap { put(cell) }
      } else {
        write(gap.count == 1 ? "\u{1B}[C" : "\u{1B}[\(gap.count)C")
      }
    } else if x == 0, y == cursor.y + 1 {
      write("\r\n")
    } else {
      write(x == 0 ? "\u{1B}[\(y + 1)H" : "\u{1B}[\(y + 1);\(x + 1)H")
    }
    cursor = Point(x: x, y: y)
  }

  /// Whether a cell can be written without a change of the pen.
  private func isFree(_ cell: Seen) -> Bool {
    guard cell.isBlank else { return cell.look == pen }
    return cell.look.background == pen.background && pen.attributes.isDisjoint(with: [.underline, .reverse])
  }

  private mutating func write(_ text: String) { bytes.append(contentsOf: text.utf8) }
}

/// A cell as a terminal of limited colours shows it: the colour of what cannot be seen does not count.
public struct Seen: Hashable {
  let glyph: Unicode.Scalar
  let look: Shown

  /// Whether nothing is seen but the background.
  var isBlank: Bool { glyph == " " && look.attributes.isDisjoint(with: [.underline, .reverse]) }

  /// A cell of a canvas.
  public init(_ cell: Cell, depth: ColorDepth) { self.init(cell.glyph, Shown(cell.style, depth: depth)) }

  /// A glyph with its look.
  public init(_ glyph: Unicode.Scalar, _ look: Shown) {
    var look = look
    if glyph == " ", look.attributes.isDisjoint(with: [.underline, .reverse]) {
      look.foreground = .standard
      look.attributes = []
    }
    self.glyph = glyph
    self.look = look
  }
}
