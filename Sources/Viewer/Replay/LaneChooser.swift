import Studies
import TerminalUI

/// The list of lanes from which one chooses.
struct LaneChooser: Sendable, Equatable {
  /// The line of the cursor.
  var selected = 0
}

extension Bindings where Command == Viewer.Command {
  /// The keys of the chooser of lanes.
  static let laneChooser = Bindings(
    [
      .init("Space", .open, "Lanes", "show or hide a lane", footer: "on/off"),
      .init("Up k", .up, "Lanes", "choose a lane", footer: "choose"),
      .init("Down j", .down, "Lanes", "choose a lane", footer: "choose"),
      .init("Left h", .left, "Lanes", "earlier or later in the order", footer: "order"),
      .init("Right l", .right, "Lanes", "earlier or later in the order", footer: "order"),
      .init("a", .last, "Lanes", "show all lanes", footer: "all"),
      .init("BS", .first, "Lanes", "as many as fit, in the usual order", footer: "usual"),
      .init("Esc H q Enter", .back, "Lanes", "close", footer: "close"),
    ], name: "lanes")
}

extension ReplayScene {
  /// All lanes in the chosen order.
  private var allLanes: [Lane] { tools.lanes.sorted(Lane.all(of: run)) }

  /// A key of the chooser.
  mutating func chooseLane(_ key: Key) {
    guard var chooser = tools.chooser else { return }
    let lanes = allLanes
    chooser.selected = max(0, min(lanes.count - 1, chooser.selected))
    let lane = lanes[chooser.selected]
    switch Bindings.laneChooser.command(for: key) {
    case .up: chooser.selected = max(0, chooser.selected - 1)
    case .down: chooser.selected = min(lanes.count - 1, chooser.selected + 1)
    case .left:
      tools.lanes.move(lane, by: -1, among: lanes)
      chooser.selected = max(0, chooser.selected - 1)
    case .right:
      tools.lanes.move(lane, by: 1, among: lanes)
      chooser.selected = min(lanes.count - 1, chooser.selected + 1)
    case .open: tools.lanes.toggle(lane)
    case .last: tools.lanes.showAll()
    case .first: tools.lanes = LaneChoice()
    case .back:
      tools.chooser = nil
      return
    default: return
    }
    tools.chooser = chooser
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
