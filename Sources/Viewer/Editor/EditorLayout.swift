import Gridworlds
import TerminalUI

/// Where the parts of the editor stand: board to the left, panels to its right as far as there is room for them.
struct EditorLayout: Equatable {
  let window: SketchWindow
  /// Brushes and tools; `nil` where one line has to do.
  var brushes: Rect?
  /// What the agent does.
  var live: Rect?
  /// A line or two in the place of the panels.
  var lines: Rect?
  /// Whether the map is a level, or what just happened.
  let message: Rect

  /// Rows of the tools below the brushes.
  private static let toolRows = 4

  /// - Parameters:
  ///   - focus: the cell that is in view however little there is room for.
  ///   - count: how many brushes there are.
  ///   - isPresenting: whether the board is all that is shown large.
  init(_ size: Size, map: Grid<Tile>, around focus: Position, brushes count: Int, isPresenting: Bool) {
    let (width, height) = (size.width, size.height)
    // Cause and mend of what is wrong need two rows, whatever else has to go.
    message = Rect(x: 1, y: height - 3, width: width - 2, height: 2)
    var main = Rect(x: 1, y: 1, width: width - 2, height: message.y - 1)
    guard width >= 76, main.height >= 16, !isPresenting else {
      let rows = height >= 14 ? 2 : 1
      lines = Rect(x: 1, y: message.y - rows, width: width - 2, height: rows)
      main.height -= rows
      window = SketchWindow(map, around: focus, in: main)
      return
    }
    let isWide = width >= 120
    let (brushWidth, liveWidth) = isWide ? (28, 40) : (24, 30)
    let needed = Zoom.double.size(of: map).width + 2
    if main.width - brushWidth - liveWidth - 1 >= needed {
      let (rest, panels) = main.split(right: brushWidth + liveWidth)
      let rows = min(main.height, isWide ? 30 : main.height)
      brushes = Rect(x: panels.x, y: panels.y, width: brushWidth, height: rows)
      live = Rect(x: panels.x + brushWidth, y: panels.y, width: liveWidth, height: rows)
      window = SketchWindow(map, around: focus, in: rest.split(right: 1).rest)
    } else {
      let (rest, panels) = main.split(right: liveWidth)
      // One column of brushes where that leaves the agent room, else two.
      let single = count + EditorLayout.toolRows + 2
      let rows = single + 9 <= panels.height ? single : (count + 1) / 2 + EditorLayout.toolRows + 2
      let (top, bottom) = panels.split(top: min(rows, panels.height - 6))
      (brushes, live) = (top, bottom)
      window = SketchWindow(map, around: focus, in: rest.split(right: 1).rest)
    }
  }

  /// The place of both panels together.
  var panels: Rect? {
    guard let brushes, let live else { return nil }
    let (x, y) = (min(brushes.x, live.x), min(brushes.y, live.y))
    return Rect(x: x, y: y, width: max(brushes.maxX, live.maxX) - x, height: max(brushes.maxY, live.maxY) - y)
  }

  /// Where each brush stands in the panel, as many as there is room for.
  func places(of count: Int) -> [Rect] {
    guard let inner = brushes?.inset(horizontally: 2, vertically: 1), count > 0 else { return [] }
    let rows = max(1, inner.height - EditorLayout.toolRows)
    let columns = (count + rows - 1) / rows
    let width = inner.width / columns
    return (0..<count).map { index in
      Rect(x: inner.x + index / rows * width, y: inner.y + index % rows, width: width, height: 1)
    }
  }

  /// The brush at a place of the screen.
  func brush(at point: Point, of count: Int) -> Int? { places(of: count).firstIndex { $0.contains(point) } }
}
