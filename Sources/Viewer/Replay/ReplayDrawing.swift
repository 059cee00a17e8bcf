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
    if let inspector = layout.inspector {
      Inspector(run: run, frame: min(frame, run.episode.steps.count)).draw(into: &canvas, in: inspector, theme: theme)
    }
    timeline.draw(into: &canvas, in: layout.timeline, theme: theme)
    drawBranches(into: &canvas, in: layout.timeline, theme)
    drawNarration(into: &canvas, in: layout.narration, theme)
    if let legend = layout.legend { drawLegend(into: &canvas, in: legend, theme) }
    panel?.list.draw(into: &canvas, theme: theme)
    if let chooser = tools.chooser { drawChooser(chooser, into: &canvas, above: layout.timeline, theme) }
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
    canvas.put(about, x: next, y: 0, style: theme.style(.dim), width: max(0, width - next - right.count - 3))
    canvas.put(right, x: max(next + 1, width - right.count - 1), y: 0, style: theme.style(.key), width: right.count)
  }

  private static func name(of speed: Double) -> String { speed < 1 ? "\(speed)x" : "\(Int(speed))x" }

  private func drawBoard(_ run: Run, into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    let zoom = zoom(for: run.episode.level.map, in: rect)
    var board = Board(run, frame: frame, look: look)
    if look.showsArrows {
      for decision in decisions {
        board.arrows[decision.cell] = (run.episode.world.actions[decision.action].heading, decision.probability)
      }
    }
    board.draw(into: &canvas, in: rect.centered(zoom.size(of: run.episode.level.map)), zoom: zoom, theme: theme)
  }

  private func zoom(for map: Grid<Tile>, in rect: Rect) -> Zoom {
    let fitting = Zoom.fitting(map, width: rect.width, height: rect.height)
    return Zoom(rawValue: max(0, min(2, fitting.rawValue + look.zoomOffset))) ?? fitting
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
      for part in fitted(text, width: rect.width, height: max(1, rows)) {
        canvas.put(part, x: rect.x, y: y, style: theme.style(ink), width: rect.width)
        y += 1
      }
    }
  }

  /// As many whole sentences as fit; of a first one that does not, what fits.
  private func fitted(_ text: String, width: Int, height: Int) -> [String] {
    var text = text
    var lines = text.wrapped(to: width)
    while lines.count > height, let end = text.dropLast().range(of: ". ", options: .backwards) {
      text = String(text[..<end.lowerBound]) + "."
      lines = text.wrapped(to: width)
    }
    return Array(lines.prefix(max(0, height)))
  }

  private func ink(at frame: Int) -> Ink { run.analysis.map { Timeline.look(of: $0.classes[frame]).1 } ?? .text }

  /// What is on the screen, in the order in which the eye needs it.
  private func drawLegend(into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    let world = run.episode.world
    var entries: [(String, String, Ink)] = []
    for (index, goal) in world.goals.enumerated() {
      guard let entry = run.episode.sign(of: index) else { continue }
      entries.append(
        (String(Theme.glyph(of: entry)), goal.role == .intended ? "goal" : "proxy", Theme.ink(of: entry)))
    }
    entries.append(("@", "agent", .agent))
    if look.showsTrail { entries.append(("━", "taken", .trail)) }
    if look.showsIntended { entries.append(("┄", "best way", .intended)) }
    if look.showsProxy { entries.append(("┄", "to proxy", .proxy)) }
    entries += branchLegend
    if run.analysis?.marks.departure != nil { entries.append(("◊", "departure", .alert)) }
    let classes = run.classes(in: 0..<run.episode.steps.count)
    let names: [StepClass: String] = [
      .both: "fits both", .proxyOnly: "proxy only", .intendedOnly: "goal only", .neither: "neither",
    ]
    for kind in StepClass.allCases where classes.contains(kind) {
      let (glyph, ink) = Timeline.look(of: kind)
      entries.append((String(glyph), names[kind] ?? "", ink))
    }
    var x = rect.x
    for (glyph, words, ink) in entries {
      guard x + words.count + 2 <= rect.x + rect.width else { break }
      x = canvas.put(glyph, x: x, y: rect.y, style: theme.style(ink))
      x = canvas.put(" \(words)  ", x: x, y: rect.y, style: theme.style(.dim), width: rect.x + rect.width - x)
    }
  }
}
