import Accounts
import Gridworlds
import Inference
import Letters
import Planning
import Studies
import TerminalUI

/// What of a replay's parts is shown together.
extension ReplayRoom {
  public var shownWorld: (any World)? { run.episode.world }
  public var helpNote: String { run.analysis.map { "agent against devices: \($0.posterior.devices.rawValue)" } ?? "" }

  public var moment: Moment? {
    let view = view
    return Moment(
      run: view.run, frame: view.frame, agent: reel.agent, source: reel.command,
      keys: branchSigns.keys(to: playhead.position))
  }

  var branchSigns: BranchSigns { BranchSigns(branching: branching, reel: reel) }

  /// The timeline of what is shown.
  var timeline: Timeline {
    lanes.timeline(
      view, marks: bookmarks.marks(of: reel.number), range: playhead.range, hits: finder.search?.hits)
  }

  func layout(_ size: Size) -> ReplayLayout {
    let panels = board.cursor == nil ? board.panels : board.panels.withInspector
    let layout = ReplayLayout(
      size, map: run.episode.level.map, isPresenting: board.isPresenting, lanes: lanes.rows(of: timeline),
      panels: panels, zoom: board.zoom)
    return board.cursor == nil ? layout : layout.withInspector
  }
}

/// The picture of a replay: header, board, panel, lanes, words, and what lies over them.
struct ReplayPicture {
  let room: ReplayRoom
  let view: Viewpoint
  let theme: Theme

  private var run: Run { view.run }

  func draw(into canvas: inout Canvas) {
    let layout = room.layout(canvas.size)
    drawHeader(into: &canvas)
    room.board.draw(view, blinks: room.playhead.isBlinking, into: &canvas, in: layout.board, theme)
    if let panel = layout.inspector {
      room.board.drawPanel(view, into: &canvas, in: panel, beside: layout.board, theme)
    }
    let timeline = room.timeline
    timeline.draw(into: &canvas, in: layout.timeline, theme: theme)
    room.branchSigns.draw(over: timeline, into: &canvas, in: layout.timeline, theme)
    if layout.narration.height > 0 {
      canvas.clipped(to: layout.narration) { drawNarration(into: &$0, in: layout.narration) }
    }
    let legend = BoardLegend(pane: room.board, view: view, others: room.branchSigns.legend)
    if let rect = layout.legend { legend.draw(into: &canvas, in: rect, theme) }
    if layout.legend == nil, layout.narration.height > 0, room.board.heatKind != nil || room.board.zoom == .policy {
      // Colours or numbers without a scale say nothing: at small sizes it takes the last row of the words.
      let rect = layout.narration.split(bottom: 1).bottom
      canvas.fill(rect, Cell(glyph: " ", style: theme.style(.text)))
      legend.draw(into: &canvas, in: rect, theme)
    }
    room.lanes.drawChooser(over: timeline, into: &canvas, above: layout.timeline, theme)
    (room.branching.list ?? room.opponents.list)?.draw(into: &canvas, theme: theme)
  }

  private func drawHeader(into canvas: inout Canvas) {
    let width = canvas.size.width
    let (episode, playhead) = (run.episode, room.playhead)
    let state =
      room.isPlayed || room.branching.takeOver != nil
      ? "you play" : playhead.isPlaying ? (playhead.isReversed ? "◄ playing" : "► playing") : "▮▮ paused"
    let signs = CaveatSigns(run)
    var right = signs.least > 0 && width < 60 ? state : "\(state)  \(playhead.speedName)"
    if playhead.loops { right += "  loop" }
    if let range = playhead.range { right += "  A–B \(range.start)–" + (range.end.map { "\($0)" } ?? "") }
    for place in room.reel.placeWords { right += "  \(place)" }
    // What speaks against the picture keeps its place beside the name, whatever else has to go.
    let reference = episode.level.reference.truncated(
      to: signs.least > 0 ? max(1, width - right.columns - signs.least - 5) : width)
    var next = canvas.put(" \(reference)", x: 0, y: 0, style: theme.style(.title), width: width)
    if signs.least > 0 {
      next = signs.draw(into: &canvas, x: next + 2, y: 0, width: width - next - right.columns - 4, theme)
    }
    next = canvas.put(
      room.branchSigns.headline, x: next, y: 0, style: theme.style(.alert),
      width: max(0, width - next - right.columns - 3))
    let about = "  \(episode.agent)" + (episode.level.title.isEmpty ? "" : "  \(episode.level.title)")
    canvas.put(about.truncated(to: width - next - right.columns - 3), x: next, y: 0, style: theme.style(.dim))
    canvas.put(right, x: max(next + 1, width - right.columns - 1), y: 0, style: theme.style(.key), width: right.columns)
  }

  private func drawNarration(into canvas: inout Canvas, in rect: Rect) {
    let (narration, signs) = (Narration(run), room.branchSigns)
    let frame = view.frame
    var lines: [(String, Ink)] = []
    if let notice = room.notice {
      lines.append((notice, .key))
    } else if let words = room.board.asking.words(view) {
      lines.append((words, .key))
    } else if let takeOverLines = signs.takeOverLines {
      lines = takeOverLines
    } else if let step = run.analysis?.marks.parting, step == frame, let why = narration.departure {
      lines.append(("◊ " + why, .alert))
    } else if frame == run.episode.steps.count && !room.isPlayed {
      lines.append((narration.ending, .strong))
    } else if frame < run.episode.steps.count {
      lines.append((narration.now(frame), ink(at: frame)))
    } else if run.episode.conclusion != .stopped {
      lines.append((narration.ending, .strong))
    } else {
      lines.append((run.episode.world.story.task, .text))
    }
    if room.branching.takeOver != nil {
      if room.notice != nil { lines += signs.takeOverLines?.suffix(1) ?? [] }
    } else if frame == run.episode.steps.count && run.episode.conclusion != .stopped {
      lines.append((narration.verdict, VerdictLook.short(run).1))
    } else if let step = run.analysis?.marks.departure, step != frame {
      lines.append((step < frame ? "Departed at step \(step): d shows why." : "d jumps to the departure.", .dim))
    } else if let step = run.analysis?.marks.away, step < frame {
      lines.append(("Away since step \(step), so far.", .dim))
    }
    var y = rect.y
    for (index, (text, ink)) in lines.enumerated() {
      // Each that follows keeps a row, where there are several.
      guard y < rect.maxY else { break }
      let rows = rect.y + rect.height - y - (lines.count - 1 - index)
      for part in text.fitted(width: rect.width, height: max(1, rows)) {
        canvas.put(part, x: rect.x, y: y, style: theme.style(ink), width: rect.width)
        y += 1
      }
    }
  }

  private func ink(at frame: Int) -> Ink { run.analysis.map { $0.classes[frame].look.1 } ?? .text }
}
