import TerminalUI

/// A line of text that a room asks for, in the place of the footer.
struct Question: Sendable {
  /// What the line is for; the room that asks gets it back with the answer.
  enum Topic: Hashable, Sendable {
    /// A command of the program by its name, or a step.
    case command
    /// Another name for a branch, by its number.
    case renameBranch(Int)
    /// Whether a branch may go; a single key answers.
    case deleteBranch(Int)
    /// The name of a file for the branches.
    case saveBranches
    /// Whether a file may be replaced by the branches; a single key answers.
    case replaceBranchFile(path: String)
    /// Which episodes of a list are shown, and in which order.
    case filter
    /// Of the editor: where to save, the level's title, the map's size, the time limit.
    case levelPath, levelTitle, mapSize, timeLimit
    /// Whether a level file may be written over; a single key answers.
    case overwriteLevel(path: String)
    /// The name of a file for what is on the screen.
    case export
    /// Whether a file may be written over; a single key answers.
    case overwrite(path: String)

    /// What to look for in an episode.
    case search

    /// Whether `y` says yes and every other key no.
    var isYesOrNo: Bool {
      switch self {
      case .overwrite, .overwriteLevel, .deleteBranch, .replaceBranchFile: true
      default: false
      }
    }
  }

  let topic: Topic
  /// What stands before the line.
  let label: String
  /// What can be typed, shown after the line as far as there is room.
  var hint = ""
  /// Whether the room wants each change, so that it can show what would come of it.
  var isLive = false
  var line = LineEditor()
  /// Whether the line is a proposal still, which the first letter typed replaces.
  var isProposal: Bool

  init(_ topic: Topic, label: String, text: String = "", hint: String = "", isLive: Bool = false) {
    self.topic = topic
    self.label = label
    self.hint = hint
    self.isLive = isLive
    line = LineEditor(text)
    isProposal = !text.isEmpty
  }

  /// Draws it over the last row.
  func draw(into canvas: inout Canvas, theme: Theme) {
    let (width, y) = (canvas.size.width, canvas.size.height - 1)
    canvas.fill(Rect(x: 0, y: y, width: width, height: 1), Cell(glyph: " ", style: theme.style(.text)))
    var x = canvas.put(
      label, x: 1, y: y, style: theme.style(.key), width: max(1, topic.isYesOrNo ? width - 2 : width / 2))
    // The part around the cursor where the line is longer than the row.
    let room = max(1, width - x - 2)
    let skipped = max(0, line.cursor - room + 1)
    canvas.put(String(line.text.dropFirst(skipped)), x: x, y: y, style: theme.style(.strong), width: room)
    x += line.cursor - skipped
    let typed = line.text.count - line.cursor
    let left = width - x - typed - 3
    if left >= min(12, hint.count) {
      canvas.put(hint.truncated(to: left), x: x + typed + 2, y: y, style: theme.style(.dim))
    }
    var cell = canvas[x, y]
    cell.style.attributes.insert(.reverse)
    canvas[x, y] = cell
  }
}

/// What became of a question.
struct Answer: Sendable {
  enum Kind: Sendable { case typing, entered, abandoned }
  let topic: Question.Topic
  let text: String
  let kind: Kind
}
