import Accounts
import Gridworlds
import Planning
import Studies
import TerminalUI

extension GalleryScene {
  func draw(into canvas: inout Canvas, theme: Theme) {
    let layout = GalleryLayout(canvas.size)
    drawHeader(into: &canvas, hasSide: layout.side != nil, theme)
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
    if let side = layout.side { GallerySide(scene: self, desk: desk).draw(into: &canvas, in: side, theme) }
    if let frame = layout.frame {
      canvas.box(
        frame,
        title: desk.shown.count == desk.count ? "Runs" : "Runs, \(grouped(desk.shown.count)) of \(grouped(desk.count))",
        hint: GalleryList(desk: desk).range(rows: listRows(layout)), style: theme.style(.border),
        titleStyle: theme.style(.title))
    }
    drawList(desk, into: &canvas, in: layout.list, theme)
    if isFiltering && layout.preview == nil && layout.figures.height > 2 {
      FilterHelp().draw(into: &canvas, in: layout.figures, theme)
    } else {
      GalleryFigures(counts: desk.counts, isFiltered: !desk.query.conditions.isEmpty).draw(
        into: &canvas, in: layout.figures, theme)
    }
    if let preview = layout.preview {
      if isFiltering {
        canvas.box(preview, title: "Filter", style: theme.style(.border), titleStyle: theme.style(.title))
        FilterHelp().draw(into: &canvas, in: preview.inset(by: 1), theme)
      } else {
        drawPreview(into: &canvas, in: preview, theme)
      }
    }
    drawWords(into: &canvas, in: layout.words, theme)
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
    let layout = GalleryLayout(size)
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

  private func drawHeader(into canvas: inout Canvas, hasSide: Bool, _ theme: Theme) {
    let width = canvas.size.width
    let right = progress
    let next = canvas.put(" wayward", x: 0, y: 0, style: theme.style(.title), width: width)
    let about = source.file ?? "trained agents, a shifted world: which goal do they pursue?"
    // Half a sentence says nothing; a file's name says something even when cut.
    if source.file != nil || next + about.count + right.count + 4 <= width {
      canvas.put(
        ("  " + about).truncated(to: width - next - right.count - 3), x: next, y: 0, style: theme.style(.dim))
    }
    canvas.put(right, x: max(next + 1, width - right.count - 1), y: 0, style: theme.style(.key), width: right.count)
    let story = run?.episode.world.story
    if hasSide {
      canvas.put((story?.task ?? "").truncated(to: width - 2), x: 1, y: 1, style: theme.style(.text))
      if let story { drawShift(story, into: &canvas, y: 2, theme) }
    } else {
      let agent = agentWords
      canvas.put(agent, x: max(1, width - agent.count - 1), y: 1, style: theme.style(.dim))
      drawTabs(into: &canvas, x: 1, y: 1, width: width - agent.count - 4, theme)
      if let story { drawShift(story, into: &canvas, y: 2, theme) }
    }
  }

  private func drawShift(_ story: WorldStory, into canvas: inout Canvas, y: Int, _ theme: Theme) {
    let next = canvas.put("Shifted: ", x: 1, y: y, style: theme.style(.proxy), width: canvas.size.width - 2)
    canvas.put(story.shift.truncated(to: canvas.size.width - 1 - next), x: next, y: y, style: theme.style(.text))
  }

  /// How far the playing is, then how much there is.
  private var progress: String {
    guard let desk, desk.count > 0 else { return "" }
    let count = grouped(desk.count)
    if desk.isComplete { return "\(count) runs" }
    let share = Double(desk.turnsDone) / Double(desk.count)
    return "\(bar(share, width: 8)) \(decimal(share * 100, 0)) % of \(count) runs"
  }

  private var agentWords: String {
    if source.file != nil { return desk?.query.agent ?? "all agents" }
    guard let agents = desk?.stock.agents, !agents.isEmpty else { return "" }
    guard let agent = choice.agent else { return "all \(agents.count) agents" }
    return agents.indices.contains(agent) ? "\(agents[agent]) \(agent + 1)/\(agents.count)" : ""
  }

  /// The names of the worlds, as many around the chosen one as fit; arrows where there are more.
  private func drawTabs(into canvas: inout Canvas, x: Int, y: Int, width: Int, _ theme: Theme) {
    let names = source.file == nil ? source.worlds : ["all"] + (desk?.worlds.names ?? [])
    let current = source.file == nil ? choice.world : desk?.query.world ?? "all"
    guard let chosen = names.firstIndex(of: current) else { return }
    let widths = names.map { $0.count + 3 }
    var shown = chosen..<(chosen + 1)
    func room(_ range: Range<Int>) -> Int { range.reduce(2) { $0 + widths[$1] } }
    while true {
      let (before, after) = (shown.lowerBound - 1, shown.upperBound + 1)
      if after <= widths.count, room(shown.lowerBound..<after) <= width {
        shown = shown.lowerBound..<after
      } else if before >= 0, room(before..<shown.upperBound) <= width {
        shown = before..<shown.upperBound
      } else {
        break
      }
    }
    if shown.lowerBound > 0 { canvas.put("‹", x: x - 1, y: y, style: theme.style(.key)) }
    var x = x
    for index in shown {
      let isChosen = index == chosen
      x = canvas.put(
        isChosen ? "▸ \(names[index]) " : "  \(names[index]) ", x: x, y: y,
        style: isChosen ? theme.selected(.strong) : theme.style(.dim))
    }
    if shown.upperBound < widths.count { canvas.put("›", x: x, y: y, style: theme.style(.key)) }
  }

  private func drawEmpty(_ stock: GalleryStock, into canvas: inout Canvas, _ theme: Theme) {
    var y = 4
    for line in stock.problems.isEmpty ? ["There is nothing to watch here yet."] : stock.problems {
      for part in line.wrapped(to: canvas.size.width - 4) {
        canvas.put(part, x: 2, y: y, style: theme.style(.alert), width: canvas.size.width - 3)
        y += 1
      }
    }
    guard source.file == nil else { return }
    canvas.put(
      "n trains an agent here; wayward train \(choice.world) does the same.", x: 2, y: y + 1, style: theme.style(.text),
      width: canvas.size.width - 3)
  }

  /// A verdict in a few words.
  static func short(_ run: Run) -> (String, Ink) {
    let goals = run.episode.world.goals
    guard let analysis = run.analysis else { return ("too large to judge", .dim) }
    let departure = analysis.marks.departure.map { " ◊\($0)" } ?? ""
    switch analysis.verdict {
    case .intended(true) where analysis.isAbstention: return ("did nothing wrong", .intended)
    case .intended(true) where goals[0].repeats: return ("\(goals[0].id), quota full\(departure)", .intended)
    case .intended(true):
      let steps = run.episode.achievement(of: 0) ?? run.episode.steps.count
      return ("\(goals[0].id) in \(steps) step\(steps == 1 ? "" : "s")\(departure)", .intended)
    case .intended(false): return ("after the \(goals[0].id), missed", .intended)
    case .misgeneralized(let goal):
      return ("after the \(goals[goal].id)\(departure)\(analysis.judgement.isFragile ? " ±" : "")", .proxy)
    case .otherGoal(let candidate): return ("after \(analysis.graph.candidates[candidate].name)\(departure)", .item)
    case .capabilityFailure: return ("capability failure", .neither)
    case .undecided: return ("undecided\(departure)", .dim)
    }
  }

  private func drawPreview(into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    guard let run else {
      canvas.box(rect, title: "Preview", style: theme.style(.border), titleStyle: theme.style(.title))
      var text = desk?.selected == nil ? "" : "Playing …"
      if case .failure(let problem) = chosen { text = "\(problem)" }
      canvas.put(wrapping: text, in: rect.inset(horizontally: 2, vertically: 1), style: theme.style(.dim))
      return
    }
    canvas.box(
      rect, title: rect.width >= 40 ? run.episode.level.reference : EpisodeSummary.name(of: run.episode.level),
      hint: "\(frame)/\(run.episode.steps.count)", style: theme.style(.border), titleStyle: theme.style(.title))
    let inner = rect.inset(by: 1)
    let map = run.episode.level.map
    let lines = run.episode.level.title.wrapped(to: inner.width - 2)
    // The title below the board, as far as the board leaves room for it.
    let single = Zoom.fitting(map, width: inner.width, height: inner.height)
    let room = max(1, inner.height - single.size(of: map).height - 1)
    let titleRows = min(lines.count, room, inner.height / 3)
    let pane = inner.split(bottom: titleRows).rest
    let zoom = Zoom.fitting(map, width: pane.width, height: pane.height)
    Board(run, frame: frame, look: BoardLook())
      .draw(into: &canvas, in: pane.centered(zoom.size(of: map)), zoom: zoom, theme: theme)
    for (offset, line) in run.episode.level.title.fitted(width: inner.width - 2, height: titleRows).enumerated() {
      canvas.put(
        line, x: inner.x + 1, y: pane.maxY + offset, style: theme.style(.dim), width: inner.width - 2)
    }
  }

  /// What goes on where there is room for it, and what it shows.
  private func drawWords(into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    if let text = problem ?? notice {
      canvas.put(wrapping: text, in: rect, style: theme.style(problem == nil ? .key : .alert))
      return
    }
    guard let run else { return }
    let narration = Narration(run)
    var y = rect.y
    if rect.height >= 3 {
      canvas.put(narration.now(frame).truncated(to: rect.width), x: rect.x, y: y, style: theme.style(.text))
      y += 1
    }
    for line in narration.verdict.fitted(width: rect.width, height: rect.maxY - y) {
      canvas.put(line, x: rect.x, y: y, style: theme.style(GalleryScene.short(run).1), width: rect.width)
      y += 1
    }
  }
}
