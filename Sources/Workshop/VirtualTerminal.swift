import Letters
import TerminalUI

/// A terminal that exists only in memory: it takes the bytes that a program writes and knows what would be seen.
///
/// It understands what this program, ncurses and asciicasts send. Whatever a well-behaved stream does not do, such as
/// addressing a cell beyond the screen, wrapping, scrolling or an unknown sequence, it notes in ``faults``.
public struct VirtualTerminal: Sendable {
  /// Columns and rows.
  public private(set) var size: Size
  /// What was odd, the first few times.
  public private(set) var faults: [String] = []
  /// Whether the cursor can be seen.
  public private(set) var isCursorVisible = true
  /// What was copied by OSC 52 last, still encoded.
  public private(set) var clipboard: String?

  struct Spot: Hashable {
    var glyph: Unicode.Scalar
    var look: Shown
  }

  private(set) var cells: [Spot]
  var pen = VirtualTerminal.plain
  private(set) var cursor = Point(x: 0, y: 0)
  private var saved = Point(x: 0, y: 0)
  private var last: Unicode.Scalar = " "
  private var state = State.ground
  private var parameters: [Int] = []
  private var prefix: UInt8 = 0
  private var string: [UInt8] = []
  private var scalar: (value: UInt32, left: Int) = (0, 0)

  private enum State { case ground, escape, charset, control, string, stringEscape }
  static let plain = Shown(Style(), depth: .mono)

  /// A blank terminal.
  public init(size: Size) {
    self.size = size
    cells = Array(repeating: Spot(glyph: " ", look: VirtualTerminal.plain), count: size.width * size.height)
  }

  /// Changes the size as a window does; what was shown is gone, as a program that draws anew may assume.
  public mutating func resize(_ size: Size) {
    let kept = faults
    self = VirtualTerminal(size: size)
    faults = kept
  }

  /// Takes in what a program writes; a sequence may be cut anywhere.
  public mutating func feed(_ bytes: some Sequence<UInt8>) { for byte in bytes { take(byte) } }

  /// Takes in what a program writes.
  public mutating func feed(_ text: String) { feed(text.utf8) }

  /// What is seen, rows joined by newlines, spaces at row ends left out.
  public func text() -> String {
    (0..<size.height).map { y in
      var row = String.UnicodeScalarView()
      for spot in cells[y * size.width..<(y + 1) * size.width] where spot.glyph != .secondHalf {
        row.append(spot.glyph)
      }
      while row.last == " " { row.removeLast() }
      return String(row)
    }.joined(separator: "\n")
  }

  /// The first cell that does not look as on `canvas` drawn whole; nil where all do.
  public func difference(from canvas: Canvas, depth: ColorDepth = .trueColor) -> Point? {
    guard canvas.size == size else { return Point(x: 0, y: 0) }
    for (index, spot) in cells.enumerated() {
      let cell = canvas[index % size.width, index / size.width]
      if cell.glyph == spot.glyph, Seen(spot.glyph, spot.look) == Seen(cell, depth: depth) { continue }
      return Point(x: index % size.width, y: index / size.width)
    }
    return nil
  }

  private mutating func fault(_ words: String) { if faults.count < 16 { faults.append(words) } }

  // MARK: Bytes

  private mutating func take(_ byte: UInt8) {
    switch state {
    case .ground: takePlain(byte)
    case .escape: takeEscape(byte)
    case .charset: state = .ground
    case .control: takeControl(byte)
    case .string:
      if byte == 0x07 {
        endString()
      } else if byte == 0x1B {
        state = .stringEscape
      } else if string.count < 200_000 {
        string.append(byte)
      }
    case .stringEscape:
      endString()
      if byte != UInt8(ascii: "\\") { take(byte) }
    }
  }

  private mutating func takePlain(_ byte: UInt8) {
    switch byte {
    case 0x80...0xBF where scalar.left > 0:
      scalar = (scalar.value << 6 | UInt32(byte & 0x3F), scalar.left - 1)
      if scalar.left == 0 { print(Unicode.Scalar(scalar.value) ?? .substitute) }
    case 0xC2...0xDF: scalar = (UInt32(byte & 0x1F), 1)
    case 0xE0...0xEF: scalar = (UInt32(byte & 0x0F), 2)
    case 0xF0...0xF4: scalar = (UInt32(byte & 0x07), 3)
    case 0x20...0x7E: print(Unicode.Scalar(byte))
    case 0x1B: state = .escape
    case 0x0D: cursor.x = 0
    case 0x0A: lineFeed()
    case 0x08: cursor.x = max(0, min(cursor.x, size.width - 1) - 1)
    case 0x09: cursor.x = min(max(0, size.width - 1), (cursor.x / 8 + 1) * 8)
    case 0x07, 0x00, 0x0E, 0x0F: break
    default: fault("the byte \(byte)")
    }
  }

  private mutating func takeEscape(_ byte: UInt8) {
    state = .ground
    switch byte {
    case UInt8(ascii: "["): (state, parameters, prefix) = (.control, [], 0)
    case UInt8(ascii: "]"), UInt8(ascii: "P"): (state, string) = (.string, [])
    case UInt8(ascii: "("), UInt8(ascii: ")"): state = .charset
    case UInt8(ascii: "7"): saved = cursor
    case UInt8(ascii: "8"): cursor = saved
    case UInt8(ascii: "="), UInt8(ascii: ">"): break
    default: fault("ESC \(Unicode.Scalar(byte))")
    }
  }

  private mutating func takeControl(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      if parameters.isEmpty { parameters = [0] }
      let value = parameters[parameters.count - 1] * 10 + Int(byte - UInt8(ascii: "0"))
      parameters[parameters.count - 1] = min(value, 99_999)
    case UInt8(ascii: ";"):
      if parameters.isEmpty { parameters = [0] }
      if parameters.count < 64 { parameters.append(0) }
    case 0x3C...0x3F: prefix = byte
    case 0x20...0x2F: break
    case 0x40...0x7E:
      state = .ground
      run(byte)
    default:
      state = .ground
      fault("the byte \(byte) in a sequence")
    }
  }

  private mutating func endString() {
    state = .ground
    let text = String(decoding: string, as: UTF8.self)
    if text.hasPrefix("52;"), let start = text.dropFirst(3).firstIndex(of: ";") {
      clipboard = String(text[text.index(after: start)...])
    }
  }

  // MARK: Sequences

  private mutating func run(_ letter: UInt8) {
    let first = parameters.first ?? 0
    let count = max(1, first)
    if prefix != 0 {
      if letter == UInt8(ascii: "h") || letter == UInt8(ascii: "l") { setMode(first, letter == UInt8(ascii: "h")) }
      return
    }
    let x = min(cursor.x, size.width - 1)
    switch Unicode.Scalar(letter) {
    case "m": Shown.apply(parameters.isEmpty ? [0] : parameters, to: &pen)
    case "H", "f": move(toX: (parameters.count > 1 ? max(1, parameters[1]) : 1) - 1, y: count - 1)
    case "A": move(toX: x, y: max(0, cursor.y - count))
    case "B": move(toX: x, y: min(size.height - 1, cursor.y + count))
    case "C": move(toX: x + count, y: cursor.y)
    case "D": move(toX: max(0, x - count), y: cursor.y)
    case "G": move(toX: count - 1, y: cursor.y)
    case "d": move(toX: x, y: count - 1)
    case "J": erase(lines: first)
    case "K": erase(columns: first)
    case "X": erase(row: cursor.y, from: x, to: x + count)
    case "b": for _ in 0..<count { print(last) }
    case "P", "@": shift(by: count, inserting: letter == UInt8(ascii: "@"))
    case "r", "h", "l", "n", "t": break
    default: fault("CSI \(Unicode.Scalar(letter))")
    }
  }

  private mutating func setMode(_ mode: Int, _ isOn: Bool) {
    if mode == 25 { isCursorVisible = isOn }
    if mode == 1049 {
      cells = Array(repeating: Spot(glyph: " ", look: VirtualTerminal.plain), count: cells.count)
      cursor = Point(x: 0, y: 0)
    }
  }

  private mutating func move(toX x: Int, y: Int) {
    if x < 0 || y < 0 || x >= size.width || y >= size.height {
      fault("the cell \(x),\(y) beyond \(size.width)x\(size.height)")
    }
    cursor = Point(x: max(0, min(x, size.width - 1)), y: max(0, min(y, size.height - 1)))
  }

  private mutating func print(_ glyph: Unicode.Scalar) {
    guard size.width > 0, size.height > 0 else { return }
    let columns = max(1, glyph.columns)
    if cursor.x + columns > size.width {
      fault("a wrap in row \(cursor.y)")
      cursor.x = 0
      lineFeed()
    }
    if glyph.columns == 0 { fault("U+\(String(glyph.value, radix: 16)), which has no column") }
    for column in 0..<min(columns, size.width) {
      cells[cursor.y * size.width + cursor.x + column] = Spot(glyph: column == 0 ? glyph : .secondHalf, look: pen)
    }
    blankHalves(row: cursor.y, cursor.x - 1...cursor.x + columns)
    cursor.x += columns
    last = glyph
  }

  /// Blanks what is left of wide letters that lost a half.
  private mutating func blankHalves(row y: Int, _ columns: ClosedRange<Int>) {
    for x in columns where x >= 0 && x < size.width {
      let index = y * size.width + x
      if cells[index].glyph == .secondHalf {
        if x == 0 || cells[index - 1].glyph.columns != 2 { cells[index].glyph = " " }
      } else if cells[index].glyph.columns == 2, x + 1 >= size.width || cells[index + 1].glyph != .secondHalf {
        cells[index].glyph = " "
      }
    }
  }

  private mutating func lineFeed() {
    guard cursor.y == size.height - 1 else {
      cursor.y += 1
      return
    }
    fault("a scroll")
    guard !cells.isEmpty else { return }
    cells.removeFirst(size.width)
    cells += Array(repeating: blank, count: size.width)
  }

  /// What is erased takes the colour behind the pen, as in xterm.
  private var blank: Spot {
    var look = VirtualTerminal.plain
    look.background = pen.background
    return Spot(glyph: " ", look: look)
  }

  private mutating func erase(row y: Int, from x: Int, to end: Int) {
    guard y >= 0, y < size.height else { return }
    for x in max(0, x)..<max(max(0, x), min(end, size.width)) { cells[y * size.width + x] = blank }
    blankHalves(row: y, x - 1...max(x, end))
  }

  private mutating func erase(columns mode: Int) {
    erase(row: cursor.y, from: mode == 0 ? cursor.x : 0, to: mode == 1 ? cursor.x + 1 : size.width)
  }

  private mutating func erase(lines mode: Int) {
    if mode < 2 { erase(columns: mode) }
    let rows = mode == 0 ? (cursor.y + 1)..<max(cursor.y + 1, size.height) : 0..<(mode == 1 ? cursor.y : size.height)
    for y in rows { erase(row: y, from: 0, to: size.width) }
  }

  private mutating func shift(by count: Int, inserting: Bool) {
    let x = min(cursor.x, size.width - 1)
    guard x >= 0 else { return }
    let (start, count) = (cursor.y * size.width, min(count, size.width - x))
    var row = Array(cells[start..<start + size.width])
    if inserting {
      row.insert(contentsOf: Array(repeating: blank, count: count), at: x)
      row.removeLast(count)
    } else {
      row.removeSubrange(x..<x + count)
      row += Array(repeating: blank, count: count)
    }
    cells.replaceSubrange(start..<start + size.width, with: row)
    blankHalves(row: cursor.y, 0...size.width)
  }
}
