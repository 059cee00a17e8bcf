import Letters
import TerminalUI

/// A line of text that is typed in the place of the footer.
struct TypedLine: Sendable {
  /// What stands before the line.
  let label: String
  /// What can be typed, shown after the line as far as there is room.
  var hint: String
  /// Whether each change is wanted, so that what would come of it can be shown.
  let isLive: Bool
  /// Whether `y` says yes and every other key no.
  let isYesOrNo: Bool
  private(set) var line: LineEditor
  /// Whether the line is a proposal still, which the first letter typed replaces.
  private var isProposal: Bool

  init(label: String, text: String = "", hint: String = "", isLive: Bool = false, isYesOrNo: Bool = false) {
    (self.label, self.hint, self.isLive, self.isYesOrNo) = (label, hint, isLive, isYesOrNo)
    line = LineEditor(text)
    isProposal = !text.isEmpty
  }

  var text: String { line.text }

  /// Takes a key; `nil` of one that is none of a line's.
  /// - Parameter complete: what Tab makes of the text, where it completes.
  mutating func take(_ key: Key, complete: ((String) -> String?)? = nil) -> Answer.Progress? {
    var kind = Answer.Progress.typing
    switch key {
    case _ where isYesOrNo: kind = key == .character("y") ? .entered : .abandoned
    case .enter: kind = .entered
    case .escape, .control("c"): kind = .abandoned
    // Deleting what is not there leaves, as in other programs.
    case .backspace where line.text.isEmpty: kind = .abandoned
    case .tab where complete != nil: if let text = complete?(line.text) { line = LineEditor(text) }
    case .character where isProposal:
      line = LineEditor(String(key.description == "Space" ? " " : key.description))
    default: if !line.take(key) { return nil }
    }
    isProposal = false
    return kind
  }

  /// Takes text that was pasted.
  mutating func insert(_ text: String) { line.insert(text) }

  /// Draws it over the last row.
  func draw(into canvas: inout Canvas, theme: Theme) {
    let (width, y) = (canvas.size.width, canvas.size.height - 1)
    canvas.fill(Rect(x: 0, y: y, width: width, height: 1), Cell(glyph: " ", style: theme.style(.text)))
    var x = canvas.put(
      label, x: 1, y: y, style: theme.style(.key), width: max(1, isYesOrNo ? width - 2 : width / 2))
    // The part around the cursor where the line is longer than the row.
    let room = max(1, width - x - 2)
    var before = line.text.prefix(line.cursor)
    while before.columns >= room, !before.isEmpty { before.removeFirst() }
    let after = line.text.dropFirst(line.cursor)
    canvas.put(String(before + after), x: x, y: y, style: theme.style(.strong), width: room)
    x += before.columns
    let typed = after.columns
    let left = width - x - typed - 3
    if left >= min(12, hint.columns) {
      canvas.put(hint.truncated(to: left), x: x + typed + 2, y: y, style: theme.style(.dim))
    }
    var cell = canvas[x, y]
    cell.style.attributes.insert(.reverse)
    canvas[x, y] = cell
  }
}
