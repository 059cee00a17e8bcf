import Gridworlds
import TerminalUI

/// Where the parts of a comparison stand: boards side by side with the figures between them, stacked where maps are wide,
/// one at a time where there is room for one.
struct ComparisonLayout {
  /// How the two boards stand.
  enum Arrangement: Sendable { case automatic, beside, stacked }

  /// By side; `nil` of the one for which there is no room.
  private(set) var boards: [Rect?]
  /// By side, the row over its board.
  private(set) var captions: [Rect?]
  private(set) var figures: Rect?
  let lanes: Rect
  let words: Rect
  private(set) var isStacked = false
  var isSingle: Bool { boards.contains { $0 == nil } }

  private static let figuresWidth = 24

  init(
    _ size: Size, maps: [Grid<Tile>], _ arrangement: Arrangement, focus: Int,
    isPresenting: Bool = false
  ) {
    let (width, rows) = (size.width, size.height - 1)
    let isTall = size.height >= 36
    let laneRows = size.height >= 44 ? 5 : size.height >= 24 ? 3 : 2
    let wordRows = isTall || width < 100 ? 3 : 2
    let gap = isTall ? 1 : 0
    words = Rect(x: 1, y: rows - wordRows, width: width - 2, height: wordRows)
    lanes = Rect(x: 1, y: words.y - gap - laneRows, width: width - 2, height: laneRows)
    let main = Rect(x: 1, y: 1, width: width - 2, height: max(2, lanes.y - gap - 1))

    func needed(_ zoom: Zoom) -> Size {
      let sizes = maps.map { zoom.size(of: $0) }
      return Size(width: sizes.map(\.width).max() ?? 1, height: sizes.map(\.height).max() ?? 1)
    }
    let zooms = Array(Zoom.fitting.reversed())
    let least = ComparisonLayout.figuresWidth
    // Columns for the figures, or for the gap between the boards.
    let middle = isPresenting ? 2 : least + 4
    let besideZoom = zooms.first { 2 * needed($0).width + middle <= main.width && needed($0).height < main.height }
    let fitsBeside =
      besideZoom != nil || 2 * needed(.single).width + 2 <= main.width && needed(.single).height < main.height
    let canStack = main.height >= 12
    let stackedZoom = zooms.first {
      canStack && needed($0).width + middle <= main.width && needed($0).height < main.height / 2
    }
    let isBeside =
      switch arrangement {
      // Side by side unless that makes the boards smaller than they need be.
      case .automatic: fitsBeside && (stackedZoom ?? .single) <= (besideZoom ?? .single)
      case .beside: fitsBeside || main.width >= 60
      case .stacked: false
      }
    (boards, captions) = ([nil, nil], [nil, nil])
    func place(_ side: Int, _ rect: Rect) {
      captions[side] = Rect(x: rect.x, y: rect.y, width: rect.width, height: 1)
      boards[side] = Rect(x: rect.x, y: rect.y + 1, width: rect.width, height: rect.height - 1)
    }
    if isBeside {
      let middle =
        besideZoom.map { isPresenting ? 2 : max(middle, min(50, main.width - 2 * needed($0).width)) } ?? 2
      let pane = (main.width - middle) / 2
      place(0, Rect(x: main.x, y: main.y, width: pane, height: main.height))
      place(1, Rect(x: main.x + main.width - pane, y: main.y, width: pane, height: main.height))
      // Over the figures there is a row for long names.
      let half = main.width / 2 - 1
      captions[0]?.width = half
      captions[1] = Rect(x: main.maxX - half, y: main.y, width: half, height: 1)
      if middle > least {
        figures = Rect(x: main.x + pane + 2, y: main.y + 1, width: middle - 4, height: main.height - 1)
      }
      return
    }
    isStacked = canStack
    // The figures stand to the right of what the wider map leaves.
    let height = canStack ? main.height / 2 : main.height
    let widest = (zooms.first { needed($0).height < height && needed($0).width < main.width } ?? .single)
    let rest = main.width - needed(widest).width - 3
    let pane: Int
    if rest >= least && !isPresenting {
      let width = min(48, rest)
      figures = Rect(x: main.x + main.width - width, y: main.y + 1, width: width, height: main.height - 1)
      pane = main.width - width - 2
    } else {
      pane = main.width
    }
    if canStack {
      place(0, Rect(x: main.x, y: main.y, width: pane, height: height))
      place(1, Rect(x: main.x, y: main.y + height, width: pane, height: height))
    } else {
      place(focus, Rect(x: main.x, y: main.y, width: pane, height: main.height))
      captions[focus]?.width = main.width
    }
  }
}
