import Letters
import TerminalUI

/// The commands of a screen with their keys, narrowed by typing: the help in columns, the palette by name.
struct KeyList: Part {
  enum Purpose: Sendable { case help, palette }

  /// A line of the list: a heading or a command.
  struct KeyEntry: Sendable {
    var group: String
    var keys = ""
    var words = ""
    /// What Enter runs; `nil` of a heading, and of a line for several commands, as `0 … 9` is.
    var command: Command?
  }

  let kind: Purpose
  /// What stands on the lower edge.
  let note: String
  private let all: [KeyEntry]
  private(set) var filter = LineEditor()
  /// The chosen line among those shown; `nil` in the help until something was typed or moved.
  private(set) var selected: Int?

  init(_ kind: Purpose, of bindings: Bindings<Command>, note: String = "") {
    self.kind = kind
    self.note = note
    switch kind {
    case .help:
      all = bindings.help().flatMap { group, entries in
        entries.map { entry in
          let same = bindings.all.filter { $0.group == group && $0.words == entry.words }
          let isOne = Set(same.map(\.command)).count == 1 && same.first?.label?.contains("…") != true
          return KeyEntry(
            group: group, keys: entry.keys, words: entry.words, command: isOne ? same.first?.command : nil)
        }
      }
    case .palette:
      var seen: Set<Command> = []
      all = bindings.all.filter { $0.command != Command(ProgramCommand.palette) && seen.insert($0.command).inserted }
        .map { binding in
          let words =
            binding.words.isEmpty ? "to \(binding.command.name.split(separator: "-").last ?? "")0 %" : binding.words
          return KeyEntry(
            group: binding.group, keys: binding.keys.map(\.description).joined(separator: " "), words: words,
            command: binding.command)
        }
      selected = 0
    }
    lines = all
  }

  /// The lines that hold all the words typed, those whose name begins so first. Kept, since drawing asks for each.
  private(set) var lines: [KeyEntry]

  private func found() -> [KeyEntry] {
    let typed = filter.text.lowercased().split(separator: " ").map(String.init)
    guard !typed.isEmpty else { return all }
    func text(_ line: KeyEntry) -> String {
      "\(line.command?.name ?? "") \(line.words) \(line.keys) \(line.group)".lowercased()
    }
    let found = all.filter { line in typed.allSatisfy { text(line).contains($0) } }
    let first = typed[0]
    return found.filter { $0.command?.name.hasPrefix(first) == true }
      + found.filter { $0.command?.name.hasPrefix(first) != true }
  }

  /// Takes a key. What Enter chose comes back, `nil` while the list stays open.
  enum Choice {
    case stays, closes
    case runs(Command)
    case rebinds(Command)
  }

  mutating func take(_ key: Key) -> Choice {
    let count = lines.count
    switch key.canonical {
    case .escape: return .closes
    case .function(1), .control("p"), .character("?"): return .closes
    case .enter:
      guard let selected, lines.indices.contains(selected), let command = lines[selected].command else {
        return .closes
      }
      return .runs(command)
    case .control("r"):
      guard let selected, lines.indices.contains(selected), let command = lines[selected].command else { return .stays }
      return .rebinds(command)
    case .down, .control("n"): selected = min(count - 1, (selected ?? -1) + 1)
    case .up: selected = max(0, (selected ?? 0) - 1)
    case .pageDown: selected = min(count - 1, (selected ?? 0) + 10)
    case .pageUp: selected = max(0, (selected ?? 0) - 10)
    case .tab, .shiftTab: break
    default:
      guard filter.take(key) else { return .stays }
      lines = found()
      selected = filter.text.isEmpty && kind == .help ? nil : 0
    }
    if lines.isEmpty { selected = nil }
    return .stays
  }

  /// The line under a point, where there is one.
  mutating func choose(at point: Point, in size: Size) -> Choice {
    let layout = KeyListLayout(self, size)
    guard let index = layout.index(at: point) else { return layout.rect.contains(point) ? .stays : .closes }
    guard let command = lines[index].command else { return .stays }
    selected = index
    return .runs(command)
  }

  func draw(into canvas: inout Canvas, theme: Theme) {
    let layout = KeyListLayout(self, canvas.size)
    let rect = layout.rect
    canvas.fill(rect, Cell(glyph: " ", style: theme.style(.text)))
    let long = "type to filter  ↑↓ choose  Enter runs  ^R new key  Esc closes"
    let hint = rect.width >= 76 ? long : rect.width >= 50 ? "Enter runs  ^R new key  Esc closes" : "Enter runs"
    canvas.box(
      rect, title: kind == .help ? "Keys" : "Palette", hint: hint, style: theme.style(.border),
      titleStyle: theme.style(.title))
    if !note.isEmpty {
      canvas.put(
        " \(note) ", x: rect.x + 2, y: rect.maxY - 1, style: theme.style(.dim), width: max(0, rect.width - 22))
    }
    var x = canvas.put("/", x: rect.x + 2, y: rect.y + 1, style: theme.style(.key))
    x = canvas.put(filter.text, x: x, y: rect.y + 1, style: theme.style(.strong), width: rect.width - 5)
    canvas[x, rect.y + 1] = Cell(glyph: " ", style: theme.style(.text).with(.reverse))
    if layout.slots.isEmpty {
      canvas.put("Nothing is called so.", x: rect.x + 2, y: rect.y + 3, style: theme.style(.dim), width: rect.width - 4)
    }
    for slot in layout.slots {
      let width = layout.columnWidth - 1
      guard let index = slot.index else {
        canvas.put(slot.heading, x: slot.x, y: slot.y, style: theme.style(.title), width: width)
        continue
      }
      let line = lines[index]
      let isChosen = index == selected
      if isChosen {
        canvas.fill(
          Rect(x: slot.x, y: slot.y, width: width, height: 1), Cell(glyph: " ", style: theme.selected(.text)))
      }
      let style = { (ink: Ink) in isChosen ? theme.selected(ink) : theme.style(ink) }
      var x = slot.x + 1
      if layout.namesWidth > 0 {
        canvas.put(
          line.command?.name ?? "", x: x, y: slot.y, style: style(.text), width: min(layout.namesWidth - 1, width - 1))
        x += layout.namesWidth
      }
      let keyWidth = layout.keysWidth
      canvas.put(line.keys, x: x, y: slot.y, style: style(.key), width: min(keyWidth - 1, slot.x + width - x))
      x += keyWidth
      canvas.put(line.words.truncated(to: max(0, slot.x + width - x)), x: x, y: slot.y, style: style(.dim))
    }
    if layout.isCut {
      canvas.put(
        " \(layout.first + 1)–\(layout.end) of \(lines.count) ", endingAt: rect.maxX - 2, y: rect.maxY - 1,
        style: theme.style(.dim))
    }
  }
}

/// Where the lines of a list stand at a size.
struct KeyListLayout {
  /// A place for a line, or for the heading of those below it.
  struct Slot {
    var index: Int?
    var heading = ""
    var x: Int
    var y: Int
  }

  let rect: Rect
  private(set) var slots: [Slot] = []
  let columnWidth: Int
  let keysWidth: Int
  /// Columns for the commands' names; none in the help.
  let namesWidth: Int
  /// The lines shown.
  private(set) var first = 0
  private(set) var end = 0
  private(set) var isCut = false

  init(_ list: KeyList, _ size: Size) {
    let lines = list.lines
    let isHelp = list.kind == .help
    // As wide as the screen, so that nothing of what lies under it stands beside it.
    let edge = size.width >= 60 ? 1 : 0
    let full = Rect(x: 0, y: edge, width: size.width, height: size.height - 2 * edge)
    if isHelp {
      rect = full
    } else {
      let width = min(76, size.width)
      let height = min(full.height, max(8, min(lines.count + 3, size.height * 3 / 4)))
      rect = Rect(x: (size.width - width) / 2, y: min(2, full.y + 1), width: width, height: height)
    }
    let rows = max(1, rect.height - 3)
    let top = rect.y + 2
    // Lines with their headings, in order; a palette and a filtered list have none.
    let hasHeadings = isHelp && list.filter.text.isEmpty
    var items: [(index: Int?, heading: String)] = []
    for (index, line) in lines.enumerated() {
      if hasHeadings, index == 0 || lines[index - 1].group != line.group { items.append((nil, line.group)) }
      items.append((index, ""))
    }
    let columns = isHelp ? max(1, min((rect.width - 4) / 34, (items.count + rows - 1) / rows)) : 1
    columnWidth = max(2, (rect.width - 4) / columns)
    namesWidth = isHelp ? 0 : min(22, columnWidth / 2)
    keysWidth = min(12, columnWidth / 2)
    // The part with the chosen line in view; whole columns move, so that lines keep their place.
    let chosen = list.selected.flatMap { wanted in items.firstIndex { $0.index == wanted } } ?? 0
    let capacity = rows * columns
    var start = 0
    if items.count > capacity { start = min(max(0, chosen - capacity / 2), items.count - capacity) }
    let shown = items[start..<min(items.count, start + capacity)]
    for (offset, item) in shown.enumerated() {
      let x = rect.x + 2 + offset / rows * columnWidth
      slots.append(Slot(index: item.index, heading: item.heading, x: x, y: top + offset % rows))
    }
    let indices = shown.compactMap(\.index)
    first = indices.first ?? 0
    end = (indices.last ?? -1) + 1
    isCut = indices.count < lines.count
  }

  /// The line at a point.
  func index(at point: Point) -> Int? {
    slots.first { $0.y == point.y && point.x >= $0.x && point.x < $0.x + columnWidth - 1 }?.index
  }
}
