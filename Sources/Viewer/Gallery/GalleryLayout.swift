import TerminalUI

/// Where the parts of the gallery stand at a size: three panes from 76 columns on, list and figures from 56, else a list
/// with one line of figures.
struct GalleryLayout: Equatable {
  /// Worlds, splits and agents; `nil` where there is room for their names in one row only.
  var side: Rect?
  var list: Rect
  /// What the list comes to: below it, beside it, or in one line.
  var figures: Rect
  /// The chosen episode, playing.
  var preview: Rect?
  /// What it shows, in words.
  var words: Rect
  /// Whether list and figures stand in a frame.
  var frame: Rect?

  /// - Parameter isPresenting: whether the chosen episode is what is shown large, and worlds, splits and agents in a row.
  init(_ size: Size, isPresenting: Bool = false) {
    let (width, bottom) = (size.width, size.height - 1)
    let top = 3
    let wordRows = size.height >= 36 ? 3 : 2
    words = Rect(x: 1, y: bottom - wordRows, width: width - 2, height: wordRows)
    let body = Rect(x: 0, y: top, width: width, height: max(1, bottom - wordRows - top))
    guard width >= 76 else {
      if width >= 56 && body.height >= 8 {
        let (left, right) = Rect(x: 1, y: body.y, width: width - 2, height: body.height).split(right: 22)
        list = Rect(x: left.x, y: left.y, width: left.width - 2, height: left.height)
        figures = right
      } else {
        let (rest, line) = Rect(x: 1, y: body.y, width: width - 2, height: body.height).split(bottom: 1)
        list = rest
        figures = line
      }
      return
    }
    let sideWidth = isPresenting ? 0 : width >= 120 ? 22 : 16
    let previewWidth =
      isPresenting
      ? width - 38 : width >= 120 ? max(50, width * 2 / 5) : max(27, width - sideWidth - 2 - 36)
    if !isPresenting { side = Rect(x: 1, y: body.y, width: sideWidth, height: body.height) }
    preview = Rect(x: width - previewWidth, y: body.y, width: previewWidth, height: body.height)
    let left = isPresenting ? 0 : sideWidth + 1
    let middle = Rect(x: left, y: body.y, width: width - previewWidth - left, height: body.height)
    frame = middle
    let inner = middle.inset(by: 1)
    let figureRows = inner.height >= 30 ? 12 : inner.height >= 14 ? 9 : inner.height >= 11 ? 6 : 1
    let parts = inner.split(bottom: figureRows)
    list = parts.rest
    figures = parts.bottom
  }
}
