import Letters
import TerminalUI

/// A few lines over the board of which one is chosen: branches, or what to compare with.
struct ChoiceList: Part {
  /// One line.
  struct Line: Sendable {
    let text: String
    /// What is said of it, to the right.
    let detail: String
    let ink: Ink

    init(text: String, detail: String = "", ink: Ink = .dim) {
      (self.text, self.detail, self.ink) = (text, detail, ink)
    }
  }

  let title: String
  let lines: [Line]
  private(set) var selected = 0

  init(title: String, lines: [Line], selected: Int = 0) {
    self.title = title
    self.lines = lines
    select(selected)
  }

  mutating func perform(_ command: ListCommand) {
    switch command {
    case .down: select(selected + 1)
    case .up: select(selected - 1)
    case .pageDown: select(selected + 8)
    case .pageUp: select(selected - 8)
    case .first: select(0)
    case .last: select(lines.count - 1)
    }
  }

  /// A click chooses the line under it.
  mutating func point(_ mouse: MouseEvent, in size: Size) {
    if mouse.kind == .press, let line = line(at: mouse.point, in: size) { select(line) }
  }

  private mutating func select(_ line: Int) { selected = max(0, min(lines.count - 1, line)) }

  /// Where it stands on a canvas.
  func rect(in size: Size) -> Rect {
    let longest = lines.map { $0.text.columns + $0.detail.columns + 3 }.max() ?? 0
    let width = min(size.width - 2, max(36, longest + 6))
    let height = min(size.height - 3, max(1, lines.count) + 2)
    return Rect(x: (size.width - width) / 2, y: max(1, (size.height - height) / 3), width: width, height: height)
  }

  /// The line under a point of the canvas.
  func line(at point: Point, in size: Size) -> Int? {
    let inner = rect(in: size).inset(by: 1)
    guard inner.contains(point) else { return nil }
    let index = point.y - inner.y + first(rows: inner.height)
    return lines.indices.contains(index) ? index : nil
  }

  private func first(rows: Int) -> Int { max(0, min(selected - rows / 2, lines.count - rows)) }

  func draw(into canvas: inout Canvas, theme: Theme) {
    let rect = rect(in: canvas.size)
    canvas.fill(rect, Cell(glyph: " ", style: theme.style(.text)))
    let count = lines.count > rect.height - 2 ? "\(selected + 1) of \(lines.count)" : ""
    canvas.box(rect, title: title, hint: count, style: theme.style(.key), titleStyle: theme.style(.title))
    let inner = rect.inset(by: 1)
    let first = first(rows: inner.height)
    for (offset, line) in lines.dropFirst(first).prefix(inner.height).enumerated() {
      let (y, isChosen) = (inner.y + offset, first + offset == selected)
      func style(_ ink: Ink) -> Style { isChosen ? theme.selected(ink) : theme.style(ink) }
      if isChosen {
        canvas.fill(Rect(x: inner.x, y: y, width: inner.width, height: 1), Cell(glyph: " ", style: style(.text)))
        canvas.put("▸", x: inner.x, y: y, style: style(.strong))
      }
      let detail = line.detail.truncated(to: max(0, inner.width - line.text.columns - 5))
      canvas.put(
        line.text, x: inner.x + 2, y: y, style: style(isChosen ? .strong : .text),
        width: inner.width - 3 - (detail.isEmpty ? 0 : detail.columns + 1))
      canvas.put(detail, endingAt: inner.x + inner.width - 1, y: y, style: style(line.ink))
    }
  }
}

/// Choosing a line of a list.
enum ListCommand: PartCommand {
  case up, down, pageUp, pageDown, first, last

  static let keys: [Binding<ListCommand>] = [
    .init("Up k", .up, "List", "the line above", footer: "pick"),
    .init("Down j", .down, "List", "the line below", footer: "pick"),
    .init("PgUp", .pageUp, "List", "eight above"),
    .init("PgDn", .pageDown, "List", "eight below"),
    .init("g Home", .first, "List", "the first"),
    .init("G End", .last, "List", "the last"),
  ]
}
