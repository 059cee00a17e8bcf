import Gridworlds
import Planning
import Studies
import TerminalUI

extension GalleryScene {
  func draw(into canvas: inout Canvas, theme: Theme) {
    let (width, height) = (canvas.size.width, canvas.size.height)
    drawHeader(into: &canvas, theme)
    guard let page else {
      canvas.put("Playing the agents …", x: 2, y: 4, style: theme.style(.dim), width: width - 3)
      return
    }
    guard !page.runs.isEmpty else {
      drawEmpty(page, into: &canvas, theme)
      return
    }
    let top = height >= 20 ? 5 : 4
    let bottom = height - (height >= 20 ? 5 : 3)
    let listWidth = width >= 76 ? min(44, max(35, width / 3)) : width - 2
    drawList(page, into: &canvas, in: Rect(x: 1, y: top, width: listWidth, height: bottom - top), theme)
    if width >= 76 {
      let pane = Rect(x: listWidth + 2, y: top, width: width - listWidth - 3, height: bottom - top)
      drawPreview(into: &canvas, in: pane, theme)
    }
    drawWords(into: &canvas, in: Rect(x: 1, y: bottom, width: width - 2, height: height - 1 - bottom), theme)
  }

  private func drawHeader(into canvas: inout Canvas, _ theme: Theme) {
    let width = canvas.size.width
    let next = canvas.put(" wayward", x: 0, y: 0, style: theme.style(.title), width: width)
    canvas.put(
      "  trained agents, a shifted world: which goal do they pursue?", x: next, y: 0, style: theme.style(.dim),
      width: width - next)
    var agent = ""
    if let page, !page.agents.isEmpty {
      let long = "agent \(page.agents[page.agent]) (\(page.agent + 1) of \(page.agents.count), a: next)"
      agent = width >= 100 ? long : "\(page.agents[page.agent]) \(page.agent + 1)/\(page.agents.count)"
      canvas.put(agent, x: max(1, width - agent.count - 1), y: 1, style: theme.style(.dim))
    }
    drawTabs(into: &canvas, x: 1, y: 1, width: width - agent.count - 4, theme)
    if let story = run?.episode.world.story {
      canvas.put(story.task, x: 1, y: 2, style: theme.style(.text), width: width - 2)
      let next = canvas.put("Shifted: ", x: 1, y: 3, style: theme.style(.proxy), width: width - 2)
      canvas.put(story.shift, x: next, y: 3, style: theme.style(.text), width: width - 1 - next)
    }
  }

  /// The names of the worlds, as many around the chosen one as fit; arrows where there are more.
  private func drawTabs(into canvas: inout Canvas, x: Int, y: Int, width: Int, _ theme: Theme) {
    let widths = source.worlds.map { $0.count + 3 }
    guard widths.indices.contains(worldIndex) else { return }
    var shown = worldIndex..<(worldIndex + 1)
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
      let isChosen = index == worldIndex
      x = canvas.put(
        isChosen ? "▸ \(source.worlds[index]) " : "  \(source.worlds[index]) ", x: x, y: y,
        style: isChosen ? theme.selected(.strong) : theme.style(.dim))
    }
    if shown.upperBound < widths.count { canvas.put("›", x: x, y: y, style: theme.style(.key)) }
  }

  private func drawEmpty(_ page: GalleryPage, into canvas: inout Canvas, _ theme: Theme) {
    var y = 4
    for line in page.problems.isEmpty ? ["There is nothing to watch here yet."] : page.problems {
      for part in line.wrapped(to: canvas.size.width - 4) {
        canvas.put(part, x: 2, y: y, style: theme.style(.alert), width: canvas.size.width - 3)
        y += 1
      }
    }
    canvas.put(
      "n trains an agent here; wayward train \(page.world) does the same.", x: 2, y: y + 1, style: theme.style(.text),
      width: canvas.size.width - 3)
  }

  private func drawList(_ page: GalleryPage, into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    let chosen = page.rows.firstIndex { if case .run(selected, _) = $0 { true } else { false } } ?? 0
    let first = max(0, min(chosen - rect.height / 2, page.rows.count - rect.height))
    for (offset, row) in page.rows.dropFirst(first).prefix(rect.height).enumerated() {
      let y = rect.y + offset
      switch row {
      case .heading(let title):
        canvas.put(title, x: rect.x, y: y, style: theme.style(.key), width: rect.width)
      case .run(let index, let name):
        drawRow(page.runs[index], name, isChosen: index == selected, into: &canvas, x: rect.x, y: y, rect.width, theme)
      }
    }
  }

  private func drawRow(
    _ run: Run, _ name: String, isChosen: Bool, into canvas: inout Canvas, x: Int, y: Int, _ width: Int, _ theme: Theme
  ) {
    if isChosen {
      canvas.fill(Rect(x: x, y: y, width: width, height: 1), Cell(glyph: " ", style: theme.selected(.text)))
    }
    func style(_ ink: Ink) -> Style { isChosen ? theme.selected(ink) : theme.style(ink) }
    canvas.put(isChosen ? "▸" : " ", x: x, y: y, style: style(.strong))
    canvas.put(name, x: x + 2, y: y, style: style(isChosen ? .strong : .text), width: 13)
    var (words, ink) = GalleryScene.short(run)
    if words.count > width - 16 { words = words.replacing("after the ", with: "→ ") }
    canvas.put(words, x: x + 16, y: y, style: style(ink), width: width - 16)
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
    guard let run else { return }
    canvas.box(
      rect, title: run.episode.level.reference, hint: "step \(frame)/\(run.episode.steps.count)",
      style: theme.style(.border), titleStyle: theme.style(.title))
    let inner = Rect(x: rect.x + 1, y: rect.y + 1, width: rect.width - 2, height: rect.height - 2)
    let zoom = Zoom.fitting(run.episode.level.map, width: inner.width, height: inner.height - 1)
    let board = Board(run, frame: frame, look: BoardLook())
    let place = Rect(x: inner.x, y: inner.y, width: inner.width, height: inner.height - 1)
      .centered(zoom.size(of: run.episode.level.map))
    board.draw(into: &canvas, in: place, zoom: zoom, theme: theme)
    canvas.put(
      run.episode.level.title, x: inner.x + 1, y: inner.y + inner.height - 1, style: theme.style(.dim),
      width: inner.width - 2)
  }

  /// What goes on, and what it shows; at most half of the rows each.
  private func drawWords(into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    guard let run else { return }
    let narration = Narration(run)
    let verdict = narration.verdict.wrapped(to: rect.width).prefix(max(1, rect.height / 2))
    let now = (narration.now(frame)).wrapped(to: rect.width).prefix(rect.height - verdict.count)
    for (offset, line) in now.enumerated() {
      canvas.put(line, x: rect.x, y: rect.y + offset, style: theme.style(.text), width: rect.width)
    }
    for (offset, line) in verdict.enumerated() {
      canvas.put(
        line, x: rect.x, y: rect.y + rect.height - verdict.count + offset,
        style: theme.style(GalleryScene.short(run).1), width: rect.width)
    }
  }
}
