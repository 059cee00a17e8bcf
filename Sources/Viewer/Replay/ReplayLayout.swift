import Gridworlds
import TerminalUI

/// Where the parts of the replay stand at a size: wide from 120×36, normal from 76×24, small below.
struct ReplayLayout: Equatable {
  var board: Rect
  var inspector: Rect?
  var narration: Rect
  var timeline: Rect
  var legend: Rect?
  var isWide = false

  /// The parts on a canvas whose last row is the footer's and whose first is the header's.
  init(
    _ size: Size, map: Grid<Tile>, isPresenting: Bool = false, lanes: Int? = nil, panels: Panels = Panels(),
    zoom: Zoom? = nil
  ) {
    let (width, rows) = (size.width, size.height - 1)
    var timelineRows: Int
    var legendRows: Int
    let gap: Int
    let narrationRows: Int
    if panels.isMaximized {
      (timelineRows, legendRows, gap, narrationRows) = (1, size.height >= 36 ? 1 : 0, 0, 1)
      isWide = width >= 120 && size.height >= 36
    } else if isPresenting {
      // What was done and why, in as few rows as that takes: the rest is the board's.
      (timelineRows, legendRows, gap, narrationRows) = (2, size.height >= 24 ? 1 : 0, 0, width >= 76 ? 2 : 3)
    } else if width >= 120 && size.height >= 36 {
      (timelineRows, legendRows, gap, narrationRows) = (size.height >= 44 ? 10 : 8, 1, 1, 2)
      isWide = true
    } else if size.height >= 24 {
      (timelineRows, legendRows, gap, narrationRows) = (5, 1, 0, width >= 76 ? 2 : 3)
    } else if size.height >= 16 {
      (timelineRows, legendRows, gap, narrationRows) = (2, 0, 0, width >= 60 ? 2 : 3)
    } else {
      (timelineRows, legendRows, gap, narrationRows) = (1, 0, 0, 3)
    }
    if !panels.legend { legendRows = 0 }
    // Lanes that were chosen may take up to a third, where there is that much.
    if let lanes, !panels.isMaximized {
      timelineRows = max(1, min(lanes, size.height >= 24 ? size.height / 3 : size.height >= 16 ? 3 : 2))
    }
    var bottom = rows
    func take(_ height: Int) -> Rect {
      bottom -= height
      return Rect(x: 1, y: bottom, width: width - 2, height: height)
    }
    legend = legendRows > 0 ? take(legendRows) : nil
    bottom -= gap
    timeline = take(timelineRows)
    bottom -= gap
    narration = take(narrationRows)
    bottom -= gap
    let main = Rect(x: 1, y: 1, width: width - 2, height: max(1, bottom - 1))
    guard panels.inspector && !panels.isMaximized else {
      board = main
      return
    }
    // The largest board that leaves the inspector room.
    let sizes = Zoom.fitting.reversed().map { $0.size(of: map) }
    let needed = sizes.first { $0.height <= main.height && main.width - $0.width >= 40 } ?? Zoom.single.size(of: map)
    // A zoom that was asked for may need more than fits, and gets all but the least of an inspector.
    let boardWidth = max(needed.width, zoom.map { min($0.size(of: map).width, main.width - 38) } ?? 0)
    let inspectorWidth = min(isWide ? 64 : 52, main.width - boardWidth - 2)
    if !isPresenting && inspectorWidth >= 36 && main.height >= 10 {
      inspector = Rect(
        x: main.x + main.width - inspectorWidth, y: main.y, width: inspectorWidth, height: main.height)
      board = Rect(x: main.x, y: main.y, width: main.width - inspectorWidth - 2, height: main.height)
    } else {
      board = main
    }
  }

  /// The same with an inspector in any case: without room beside the board it lies under it, in place of the words, and
  /// the board keeps the rows that it can spare.
  var withInspector: ReplayLayout {
    guard inspector == nil else { return self }
    var layout = self
    let area = Rect(x: board.x, y: board.y, width: board.width, height: timeline.y - board.y)
    let height = min(12, max(6, area.height * 2 / 3), max(1, area.height - 3))
    let (upper, lower) = area.split(bottom: height)
    layout.board = upper
    layout.inspector = lower
    layout.narration = Rect(x: area.x, y: timeline.y, width: area.width, height: 0)
    return layout
  }
}
