import Accounts
import Foundation
import Gridworlds
import Planning
import Studies
import TerminalUI

extension Board {
  /// Steps of the way taken that are drawn.
  static let longestTrail = 1_000

  /// A moment of a run.
  init(_ run: Run, frame: Int, look: BoardLook) {
    let episode = run.episode
    let frame = min(frame, episode.steps.count)
    self.init(world: episode.world, level: episode.level, frame: episode.frames[frame])
    if frame < episode.steps.count { heading = episode.world.actions[Int(episode.steps.actions[frame])].heading }
    // Of a long way the last part, so that a picture costs what it shows and not how long it took.
    let start = max(0, frame - Board.longestTrail)
    if look.showsTrail {
      trail = (start...frame).map(episode.agent)
      let leaders = episode.world.legend.entries.filter(\.hasTrail).map(\.tile)
      if !leaders.isEmpty {
        let frames = episode.frames[start...frame].map(\.occupants)
        otherTrails = leaders.map { tile in
          frames.flatMap { $0.filter { $0.tile == tile }.map(\.position) }
        }.filter { $0.count > 1 }
      }
    }
    guard let analysis = run.analysis else { return }
    if let step = analysis.marks.departure, step <= frame {
      departed = step - start
      if look.showsTrail { departure = episode.agent(at: step) }
    }
    func path(to goal: Int) -> [Position] {
      let states = analysis.graph.optimalPath(for: goal, from: analysis.states[frame]) ?? []
      return states.map { analysis.graph.reachable.agents[$0] }
    }
    if look.showsIntended { intendedPath = path(to: episode.world.intended) }
    if look.showsProxy { proxyPath = path(to: analysis.proxy) }
  }
}

extension ReplayScene {
  func draw(into canvas: inout Canvas, theme: Theme) {
    let layout = layout(canvas.size)
    drawHeader(into: &canvas, theme)
    drawBoard(run, into: &canvas, in: layout.board, theme)
    drawPanel(into: &canvas, layout, theme)
    timeline.draw(into: &canvas, in: layout.timeline, theme: theme)
    drawBranches(into: &canvas, in: layout.timeline, theme)
    if layout.narration.height > 0 { drawNarration(into: &canvas, in: layout.narration, theme) }
    if let legend = layout.legend { drawLegend(into: &canvas, in: legend, theme) }
    if layout.legend == nil, layout.narration.height > 0, look.heat != nil || look.zoom == .policy {
      // Colours or numbers without a scale say nothing: at small sizes it takes the last row of the words.
      let rect = layout.narration.split(bottom: 1).bottom
      canvas.fill(rect, Cell(glyph: " ", style: theme.style(.text)))
      drawLegend(into: &canvas, in: rect, theme)
    }
    if let chooser = tools.chooser { drawChooser(chooser, into: &canvas, above: layout.timeline, theme) }
    panel?.list.draw(into: &canvas, theme: theme)
  }

  private func drawHeader(into canvas: inout Canvas, _ theme: Theme) {
    let width = canvas.size.width
    let episode = run.episode
    let state =
      isPlayed || takeOver != nil ? "you play" : isPlaying ? (isReversed ? "◄ playing" : "► playing") : "▮▮ paused"
    var right = "\(state)  \(ReplayScene.name(of: ReplayScene.speeds[speed]))"
    if loops { right += "  loop" }
    if let range = tools.range { right += "  A–B \(range.start)–" + (range.end.map { "\($0)" } ?? "") }
    if let shelf { right += "  \(shelf.place + 1)/\(shelf.order.count)" }
    if runs.count > 1 { right += "  \(index + 1)/\(runs.count)" }
    var next = canvas.put(" \(episode.level.reference)", x: 0, y: 0, style: theme.style(.title), width: width)
    next = canvas.put(
      branchWords, x: next, y: 0, style: theme.style(.alert), width: max(0, width - next - right.count - 3))
    let approximate = run.analysis?.graph.isApproximate == true ? "  values approximate" : ""
    let about = "  \(episode.agent)\(approximate)" + (episode.level.title.isEmpty ? "" : "  \(episode.level.title)")
    canvas.put(about.truncated(to: width - next - right.count - 3), x: next, y: 0, style: theme.style(.dim))
    canvas.put(right, x: max(next + 1, width - right.count - 1), y: 0, style: theme.style(.key), width: right.count)
  }

  private static func name(of speed: Double) -> String { speed < 1 ? "\(speed)x" : "\(Int(speed))x" }

  private func drawBoard(_ run: Run, into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    let view = boardView(in: rect)
    if look.showsSight, let sight {
      SightBoard(sight: sight, run: run).draw(into: &canvas, in: rect, zoom: view.zoom, theme, around: look.cursor)
      return
    }
    var board = Board(run, frame: frame, look: look)
    board.blinks = blinks % 2 == 1
    board.cursor = look.cursor
    board.heat = heat
    board.field = field
    board.draw(into: &canvas, in: view.rect, zoom: view.zoom, theme: theme)
  }

  /// What the network sees of the moment that is shown.
  var sight: Observation? {
    agent.flatMap { Observation($0.policy, of: shownFrame, in: run.episode.world, run.episode.level) }
  }

  /// The panel beside the board: of the cell that is inspected, of what the agent sees, or of the moment.
  private func drawPanel(into canvas: inout Canvas, _ layout: ReplayLayout, _ theme: Theme) {
    guard let rect = layout.inspector else { return }
    let at = min(frame, run.episode.steps.count)
    if let cursor = look.cursor {
      CellInspector(run: run, frame: at, cell: cursor, survey: survey).draw(into: &canvas, in: rect, theme: theme)
    } else if look.showsSight, let sight {
      SightPanel(sight: sight, run: run).draw(into: &canvas, in: rect, theme: theme)
    } else {
      Inspector(run: run, frame: at).draw(into: &canvas, in: rect, theme: theme)
    }
    drawMinimap(into: &canvas, layout, theme)
  }

  /// The whole map in half blocks at the foot of a tall panel, where the board shows only a part of it.
  private func drawMinimap(into canvas: inout Canvas, _ layout: ReplayLayout, _ theme: Theme) {
    let map = run.episode.level.map
    let view = boardView(in: layout.board)
    let size = Zoom.half.size(of: map)
    guard let panel = layout.inspector, Zoom.drawsHalf(theme), view.columns < map.width || view.rows < map.height,
      panel.height >= 22 + size.height, panel.width >= size.width + 4
    else { return }
    let foot = Rect(
      x: panel.maxX - 2 - size.width, y: panel.maxY - 1 - size.height, width: size.width, height: size.height)
    var board = Board(run, frame: frame, look: look)
    board.cursor = look.cursor
    board.draw(into: &canvas, in: foot, zoom: .half, theme: theme)
  }

  private func drawNarration(into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    let narration = Narration(run)
    let frame = min(frame, run.episode.steps.count)
    var lines: [(String, Ink)] = []
    if let notice {
      lines.append((notice, .key))
    } else if let takeOverLines {
      lines = takeOverLines
    } else if let step = run.analysis?.marks.departure, step == frame, let why = narration.departure {
      lines.append(("◊ " + why, .alert))
    } else if frame == run.episode.steps.count && !isPlayed {
      lines.append((narration.ending, .strong))
    } else if frame < run.episode.steps.count {
      lines.append((narration.now(frame), ink(at: frame)))
    } else if run.episode.conclusion != .stopped {
      lines.append((narration.ending, .strong))
    } else {
      lines.append((run.episode.world.story.task, .text))
    }
    if takeOver != nil {
      if notice != nil { lines += takeOverLines?.suffix(1) ?? [] }
    } else if frame == run.episode.steps.count && run.episode.conclusion != .stopped {
      lines.append((narration.verdict, GalleryScene.short(run).1))
    } else if let step = run.analysis?.marks.departure, step != frame {
      lines.append((step < frame ? "Departed at step \(step): d shows why." : "d jumps to the departure.", .dim))
    }
    var y = rect.y
    for (index, (text, ink)) in lines.enumerated() {
      // Each that follows keeps a row.
      let rows = rect.y + rect.height - y - (lines.count - 1 - index)
      for part in text.fitted(width: rect.width, height: max(1, rows)) {
        canvas.put(part, x: rect.x, y: y, style: theme.style(ink), width: rect.width)
        y += 1
      }
    }
  }

  private func ink(at frame: Int) -> Ink { run.analysis.map { Timeline.look(of: $0.classes[frame]).1 } ?? .text }
}
