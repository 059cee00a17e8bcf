import Studies
import TerminalUI

/// The list of lanes from which one chooses.
struct LaneChooser: Sendable, Equatable {
  /// The line of the cursor.
  var selected = 0
}

extension ReplayScene {
  /// All lanes in the chosen order.
  private var allLanes: [Lane] { tools.lanes.sorted(Lane.all(of: run)) }

  /// Does what the chooser is asked.
  mutating func perform(_ command: LaneChooserCommand) -> [Wish<ReplayScene>] {
    guard var chooser = tools.chooser else { return [] }
    let lanes = allLanes
    chooser.selected = max(0, min(lanes.count - 1, chooser.selected))
    let lane = lanes[chooser.selected]
    switch command {
    case .up: chooser.selected = max(0, chooser.selected - 1)
    case .down: chooser.selected = min(lanes.count - 1, chooser.selected + 1)
    case .earlier:
      tools.lanes.move(lane, by: -1, among: lanes)
      chooser.selected = max(0, chooser.selected - 1)
    case .later:
      tools.lanes.move(lane, by: 1, among: lanes)
      chooser.selected = min(lanes.count - 1, chooser.selected + 1)
    case .toggle: tools.lanes.toggle(lane)
    case .all: tools.lanes.showAll()
    case .usual: tools.lanes = LaneChoice()
    case .close:
      tools.chooser = nil
      return surveyWork()
    }
    tools.chooser = chooser
    return surveyWork()
  }

  /// Rows that the chosen lanes need; `nil` where nothing was chosen.
  var chosenRows: Int? { tools.lanes.isMade ? max(1, timeline.lanes.count) : nil }

  /// Draws the chooser over the board, above the lanes.
  func drawChooser(_ chooser: LaneChooser, into canvas: inout Canvas, above timeline: Rect, _ theme: Theme) {
    let lanes = allLanes
    let line = self.timeline
    let drawn = Set(line.lanes.prefix(timeline.height))
    let width = min(canvas.size.width - 2, 54)
    let height = max(3, min(lanes.count + 2, timeline.y - 1))
    let rect = Rect(x: 1, y: timeline.y - height, width: width, height: height)
    canvas.fill(rect, Cell(glyph: " ", style: theme.style(.text)))
    let on = lanes.filter { !tools.lanes.hidden.contains($0) }.count
    canvas.box(
      rect, title: "Lanes", hint: "\(on) of \(lanes.count) on", style: theme.style(.border),
      titleStyle: theme.style(.title))
    let rows = height - 2
    let selected = max(0, min(lanes.count - 1, chooser.selected))
    let first = max(0, min(lanes.count - rows, selected - rows / 2))
    for (row, lane) in lanes.dropFirst(first).prefix(rows).enumerated() {
      let isSelected = first + row == selected
      let y = rect.y + 1 + row
      let isOn = !tools.lanes.hidden.contains(lane)
      let ink: Ink = isOn ? .text : .dim
      let style = isSelected ? theme.selected(ink) : theme.style(ink)
      canvas.fill(Rect(x: rect.x + 1, y: y, width: width - 2, height: 1), Cell(glyph: " ", style: style))
      canvas.put(isSelected ? "►" : " ", x: rect.x + 1, y: y, style: style)
      canvas.put(isOn ? "[x]" : "[ ]", x: rect.x + 3, y: y, style: style)
      let isKnown = lane.isKnown(of: run, track: track, hits: tools.search?.hits)
      let state =
        !isKnown
        ? (lane == .hits ? "no search" : "no data")
        : !isOn ? "" : drawn.contains(lane) ? lane.reading(of: run, at: line.frame, track: track) : "no room"
      canvas.put(lane.name(of: run), x: rect.x + 7, y: y, style: style, width: width - 10 - state.count)
      let isWarning = isOn && !drawn.contains(lane)
      let note = isWarning ? (isSelected ? theme.selected(.alert) : theme.style(.alert)) : style
      canvas.put(state, endingAt: rect.maxX - 2, y: y, style: note)
    }
  }
}
