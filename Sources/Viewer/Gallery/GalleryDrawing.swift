import Accounts
import Letters
import Studies
import TerminalUI

extension GalleryRoom {
  public func draw(into canvas: inout Canvas, theme: Theme) {
    let layout = layout(canvas.size)
    let source = loader.source
    GalleryHeader(source: source, choice: loader.choice, desk: desk, story: run?.episode.world.story)
      .draw(into: &canvas, hasSide: layout.side != nil, theme)
    guard let desk else {
      canvas.put(
        source.file == nil ? "Loading the agents …" : "Reading \(source.file ?? "") …", x: 2, y: 4,
        style: theme.style(.dim), width: canvas.size.width - 3)
      return
    }
    guard desk.count > 0 else {
      drawEmpty(desk.stock, into: &canvas, theme)
      return
    }
    if let side = layout.side {
      GallerySide(source: source, choice: loader.choice, desk: desk).draw(into: &canvas, in: side, theme)
    }
    if let frame = layout.frame {
      canvas.box(
        frame,
        title: desk.shown.count == desk.count ? "Runs" : "Runs, \(grouped(desk.shown.count)) of \(grouped(desk.count))",
        hint: GalleryList(desk: desk).range(rows: listRows(layout)), style: theme.style(.border),
        titleStyle: theme.style(.title))
    }
    drawList(desk, into: &canvas, in: layout.list, theme)
    if filter.isTyped && layout.preview == nil && layout.figures.height > 2 {
      FilterHelp().draw(into: &canvas, in: layout.figures, theme)
    } else {
      GalleryFigures(counts: desk.counts, isFiltered: desk.query.leavesOut).draw(
        into: &canvas, in: layout.figures, theme)
    }
    if let preview = layout.preview {
      if filter.isTyped {
        canvas.box(preview, title: "Filter", style: theme.style(.border), titleStyle: theme.style(.title))
        FilterHelp().draw(into: &canvas, in: preview.inset(by: 1), theme)
      } else {
        PreviewPane(
          chosen: loader.chosen, frame: loader.frame, isAwaited: desk.selected != nil, isPresenting: isPresenting
        )
        .draw(into: &canvas, in: preview, theme)
      }
    }
    drawWords(into: &canvas, in: drawLeftOut(desk.stock.problems, into: &canvas, in: layout.words, theme), theme)
  }

  /// Says what is not shown, and why, as long as it is not; returns the room that is left.
  private func drawLeftOut(
    _ problems: [String], into canvas: inout Canvas, in rect: Rect, _ theme: Theme
  ) -> Rect {
    guard let first = problems.first, rect.height > 0 else { return rect }
    let more = problems.count > 1 ? " (and \(problems.count - 1) more)" : ""
    let (rest, row) = rect.split(bottom: 1)
    let text = "Left out\(more): \(first)"
    canvas.put(
      text.truncated(to: row.width), x: row.x, y: row.y, style: theme.style(.alert), width: row.width)
    return rest
  }

  /// Rows of the list that show episodes: one goes to the query where there is one.
  private func listRows(_ layout: GalleryLayout) -> Int { max(1, layout.list.height - (queryLine == nil ? 0 : 1)) }

  /// What is asked of the list.
  private var queryLine: (String, Ink)? {
    guard let query = desk?.query, !query.text.isEmpty else { return nil }
    return ("/" + query.text, .key)
  }

  /// The row of the list that is drawn at a point; `nil` beside the list.
  func row(at point: Point, on size: Size) -> Int? {
    guard let desk else { return nil }
    let layout = layout(size)
    let rows = layout.list.split(bottom: listRows(layout)).bottom
    guard rows.contains(point) else { return nil }
    let window = GalleryList(desk: desk).window(rows: rows.height)
    let row = window.lowerBound + point.y - rows.y
    return window.contains(row) ? row : nil
  }

  private func drawList(_ desk: GalleryDesk, into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    var rect = rect
    if let (text, ink) = queryLine {
      canvas.put(text.truncated(to: rect.width), x: rect.x, y: rect.y, style: theme.style(ink), width: rect.width)
      rect = rect.split(top: 1).rest
    }
    guard !desk.shown.isEmpty else {
      canvas.put(
        desk.isComplete ? "No episode is like this." : "None so far …", x: rect.x, y: rect.y, style: theme.style(.dim),
        width: rect.width)
      return
    }
    GalleryList(desk: desk).draw(into: &canvas, in: rect, theme)
  }

  private func drawEmpty(_ stock: GalleryStock, into canvas: inout Canvas, _ theme: Theme) {
    var y = 4
    for line in stock.problems.isEmpty ? ["There is nothing to watch here yet."] : stock.problems {
      for part in line.wrapped(to: canvas.size.width - 4) {
        canvas.put(part, x: 2, y: y, style: theme.style(.alert), width: canvas.size.width - 3)
        y += 1
      }
    }
    guard loader.source.file == nil else { return }
    canvas.put(
      "n trains an agent here; wayward train \(loader.choice.world) does the same.", x: 2, y: y + 1,
      style: theme.style(.text), width: canvas.size.width - 3)
  }

  /// What goes on where there is room for it, and what it shows.
  private func drawWords(into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    if let text = filter.problem ?? notice {
      canvas.put(wrapping: text, in: rect, style: theme.style(filter.problem == nil ? .key : .alert))
      return
    }
    var y = rect.y
    if let problem = desk?.stock.problems.first {
      let more = (desk?.stock.problems.count ?? 1) - 1
      let words = (more > 0 ? "\(more + 1) problems: " : "") + problem
      let line = words.truncated(to: rect.width)
      canvas.put(line, x: rect.x, y: y, style: theme.style(.alert), width: rect.width)
      y += 1
    }
    guard let run else { return }
    let narration = Narration(run)
    if rect.height >= 3 {
      let now = "Step \(min(loader.frame, run.episode.steps.count)): \(narration.now(loader.frame))"
      canvas.put(now.truncated(to: rect.width), x: rect.x, y: y, style: theme.style(.text))
      y += 1
    }
    for line in "In all: \(narration.verdict)".fitted(width: rect.width, height: rect.maxY - y) {
      canvas.put(line, x: rect.x, y: y, style: theme.style(VerdictLook.short(run).1), width: rect.width)
      y += 1
    }
  }
}
