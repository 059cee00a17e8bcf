import Inference
import Letters
import Planning
import Studies
import TerminalUI

/// The lanes below a board: which of them are shown, in which order, and the list from which one chooses.
struct LanesPane: Part {
  private var choice = LaneChoice()
  /// The line of the chooser's cursor, while it is open.
  private var selected: Int?
  /// Which goal the episode shown pursues when it may change its mind; of longer ones it would take a while.
  private var track: GoalTrack?

  var isChoosing: Bool { selected != nil }

  /// Follows another run.
  mutating func follow(_ run: Run) { track = run.episode.steps.count <= 2_000 ? run.analysis?.track() : nil }

  mutating func perform(_ command: LanesCommand) {
    switch command {
    case .lanes: selected = 0
    }
  }

  mutating func perform(_ command: LaneChooserCommand, of run: Run) {
    let lanes = choice.sorted(Lane.all(of: run))
    guard let line = selected.map({ max(0, min(lanes.count - 1, $0)) }) else { return }
    selected = line
    switch command {
    case .up: selected = max(0, line - 1)
    case .down: selected = min(lanes.count - 1, line + 1)
    case .earlier:
      choice.move(lanes[line], by: -1, among: lanes)
      selected = max(0, line - 1)
    case .later:
      choice.move(lanes[line], by: 1, among: lanes)
      selected = min(lanes.count - 1, line + 1)
    case .toggle: choice.toggle(lanes[line])
    case .all: choice.showAll()
    case .usual: choice = LaneChoice()
    case .back: selected = nil
    }
  }

  /// The timeline of what is shown.
  func timeline(
    _ view: Viewpoint, marks: [Character: Int], range: (start: Int, end: Int?)?, hits: [Int32]?
  ) -> Timeline {
    Timeline(
      run: view.run, frame: view.frame, track: track, choice: choice, marks: marks, range: range, hits: hits)
  }

  /// Rows that the chosen lanes of a timeline need; `nil` where nothing was chosen.
  func rows(of timeline: Timeline) -> Int? { choice.isMade ? max(1, timeline.lanes.count) : nil }

  // MARK: Drawing

  /// Draws the chooser, while it is open, over the board and above the lanes.
  func drawChooser(over line: Timeline, into canvas: inout Canvas, above timeline: Rect, _ theme: Theme) {
    guard let chosen = selected else { return }
    let run = line.run
    let lanes = choice.sorted(Lane.all(of: run))
    let drawn = Set(line.lanes.prefix(timeline.height))
    let width = min(canvas.size.width - 2, 54)
    let height = max(3, min(lanes.count + 2, timeline.y - 1))
    let rect = Rect(x: 1, y: timeline.y - height, width: width, height: height)
    canvas.fill(rect, Cell(glyph: " ", style: theme.style(.text)))
    let on = lanes.filter { !choice.hidden.contains($0) }.count
    canvas.box(
      rect, title: "Lanes", hint: "\(on) of \(lanes.count) on", style: theme.style(.border),
      titleStyle: theme.style(.title))
    let rows = height - 2
    let selected = max(0, min(lanes.count - 1, chosen))
    let first = max(0, min(lanes.count - rows, selected - rows / 2))
    for (row, lane) in lanes.dropFirst(first).prefix(rows).enumerated() {
      let isSelected = first + row == selected
      let y = rect.y + 1 + row
      let isOn = !choice.hidden.contains(lane)
      let ink: Ink = isOn ? .text : .dim
      let style = isSelected ? theme.selected(ink) : theme.style(ink)
      canvas.fill(Rect(x: rect.x + 1, y: y, width: width - 2, height: 1), Cell(glyph: " ", style: style))
      canvas.put(isSelected ? "►" : " ", x: rect.x + 1, y: y, style: style)
      canvas.put(isOn ? "[x]" : "[ ]", x: rect.x + 3, y: y, style: style)
      let isKnown = lane.isKnown(of: run, track: track, hits: line.hits)
      let state =
        !isKnown
        ? (lane == .hits ? "no search" : "no data")
        : !isOn ? "" : drawn.contains(lane) ? lane.reading(of: run, at: line.frame, track: track) : "no room"
      canvas.put(lane.name(of: run), x: rect.x + 7, y: y, style: style, width: width - 10 - state.columns)
      let isWarning = isOn && !drawn.contains(lane)
      let note = isWarning ? (isSelected ? theme.selected(.alert) : theme.style(.alert)) : style
      canvas.put(state, endingAt: rect.maxX - 2, y: y, style: note)
    }
  }
}
