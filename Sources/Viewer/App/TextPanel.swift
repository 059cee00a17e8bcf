import Letters
import TerminalUI

/// A text over whatever is shown: headings, paragraphs, things side by side; scrolled where it is longer than the screen.
public struct TextPanel: Sendable {
  /// A few words in one colour.
  struct Span: Sendable {
    let text: String
    let ink: Ink

    init(_ text: String, _ ink: Ink) {
      self.text = text
      self.ink = ink
    }
  }

  /// What a text is made of.
  enum Block: Sendable {
    case heading(String, Ink)
    case paragraph(String, Ink)
    /// A sentence of a list, its further lines indented.
    case item(String, Ink)
    /// Pieces that stay whole, as many side by side as there is room for.
    case pieces([[Span]])
    case gap
  }

  /// Lines longer than this are hard to read.
  static let widest = 92

  let title: String
  let blocks: [Block]
  /// The line at the top.
  private(set) var first = 0

  init(title: String, blocks: [Block]) {
    self.title = title
    self.blocks = blocks
  }

  /// The lines at a width.
  func lines(width: Int) -> [[Span]] {
    var lines: [[Span]] = []
    for block in blocks {
      switch block {
      case .heading(let text, let ink): lines += text.wrapped(to: width).map { [Span($0, ink)] }
      case .paragraph(let text, let ink): lines += text.wrapped(to: width).map { [Span($0, ink)] }
      case .item(let text, let ink):
        for (index, part) in text.wrapped(to: max(1, width - 2)).enumerated() {
          lines.append([Span(index == 0 ? "· " : "  ", .dim), Span(part, ink)])
        }
      case .pieces(let pieces): lines += TextPanel.flowed(pieces, width: width)
      case .gap: if lines.last?.isEmpty == false { lines.append([]) }
      }
    }
    return lines
  }

  private static func flowed(_ pieces: [[Span]], width: Int) -> [[Span]] {
    var lines: [[Span]] = [[]]
    var used = 0
    for piece in pieces {
      let length = piece.reduce(0) { $0 + $1.text.columns }
      if used > 0, used + 3 + length > width {
        lines.append([])
        used = 0
      }
      if used > 0 { lines[lines.count - 1].append(Span("   ", .dim)) }
      lines[lines.count - 1] += piece
      used += length + (used > 0 ? 3 : 0)
    }
    return lines
  }

  /// Where it stands on a screen whose last row is the footer's: all of a small
  /// one, on a large one as much as it needs.
  func frame(on size: Size) -> Rect {
    let room = Rect(x: 0, y: 0, width: size.width, height: max(0, size.height - 1))
    let width = min(size.width, TextPanel.widest + 4)
    let needed = lines(width: width - 4).count + 2
    return room.centered(Size(width: width, height: size.width > width ? min(needed, room.height) : room.height))
  }

  private func shown(on size: Size) -> (rows: Int, count: Int) {
    let frame = frame(on: size)
    return (max(1, frame.height - 2), lines(width: frame.width - 4).count)
  }

  /// The panel after a key that scrolls; `nil` of any other key.
  func scrolled(by key: Key, on size: Size) -> TextPanel? {
    let (rows, count) = shown(on: size)
    let target: Int
    switch key.canonical {
    case .up, .character("k"): target = first - 1
    case .down, .character("j"): target = first + 1
    case .pageUp, .character("b"): target = first - max(1, rows - 1)
    case .pageDown, .space: target = first + max(1, rows - 1)
    case .home, .character("g"): target = 0
    case .end, .character("G"): target = count
    default: return nil
    }
    var panel = self
    panel.first = max(0, min(target, count - rows))
    return panel
  }

  /// The panel after the wheel was turned.
  func scrolled(by mouse: MouseEvent, on size: Size) -> TextPanel {
    switch mouse.kind {
    case .scrollUp: scrolled(by: .up, on: size) ?? self
    case .scrollDown: scrolled(by: .down, on: size) ?? self
    case .press, .drag, .release: self
    }
  }

  /// Draws it, and its keys in the last row.
  func draw(into canvas: inout Canvas, theme: Theme) {
    let rect = frame(on: canvas.size)
    let inner = Rect(x: rect.x + 2, y: rect.y + 1, width: rect.width - 4, height: rect.height - 2)
    let lines = lines(width: inner.width)
    let top = max(0, min(first, lines.count - inner.height))
    let end = min(lines.count, top + inner.height)
    let isLonger = lines.count > inner.height
    canvas.fill(rect, Cell(glyph: " ", style: theme.style(.text)))
    canvas.box(
      rect, title: title, hint: isLonger ? "\(top + 1)–\(end) of \(lines.count)" : "", style: theme.style(.border),
      titleStyle: theme.style(.title))
    for (row, line) in lines[top..<end].enumerated() {
      var x = inner.x
      for span in line {
        x = canvas.put(
          span.text, x: x, y: inner.y + row, style: theme.style(span.ink), width: max(0, inner.maxX - x))
      }
    }
    if isLonger { drawThumb(into: &canvas, rect, from: top, of: lines.count, theme) }
    drawKeys(isLonger, into: &canvas, theme)
  }

  /// The part of the text that is shown, as a part of the right border.
  private func drawThumb(into canvas: inout Canvas, _ rect: Rect, from top: Int, of count: Int, _ theme: Theme) {
    let rows = rect.height - 2
    let length = max(1, rows * rows / max(1, count))
    let room = count - rows
    let start = room > 0 ? (rows - length) * min(top, room) / room : 0
    for row in start..<min(rows, start + length) {
      canvas[rect.maxX - 1, rect.y + 1 + row] = Cell(glyph: "█", style: theme.style(.dim))
    }
  }

  private func drawKeys(_ isLonger: Bool, into canvas: inout Canvas, _ theme: Theme) {
    let y = canvas.size.height - 1
    canvas.fill(Rect(x: 0, y: y, width: canvas.size.width, height: 1), Cell(glyph: " ", style: theme.style(.text)))
    var x = 1
    for (key, words) in (isLonger ? [("↑↓", "scroll"), ("PgDn", "on")] : []) + [("Esc", "close")] {
      x = canvas.put(key, x: x, y: y, style: theme.style(.key), width: canvas.size.width - x)
      x = canvas.put(" \(words)  ", x: x, y: y, style: theme.style(.dim), width: canvas.size.width - x)
    }
  }
}
