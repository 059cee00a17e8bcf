import Gridworlds
import Planning
import Studies
import TerminalUI

/// The same agent on a level and on its twin, in step.
extension ReplayScene {
  func drawComparison(_ twin: Run, into canvas: inout Canvas, _ layout: ReplayLayout, _ theme: Theme) {
    let (left, right) = isSwapped ? (run, twin) : (twin, run)
    let comparison = Comparison(left, right)
    let main = Rect(x: 1, y: 1, width: canvas.size.width - 2, height: layout.board.height)
    let needed = Zoom.single.size(of: run.episode.level.map).width
    let middle = main.width >= 2 * max(needed, 24) + 30 ? 28 : 2
    let pane = (main.width - middle) / 2
    for (index, side) in [left, right].enumerated() {
      let x = index == 0 ? main.x : main.x + main.width - pane
      let intended = side.episode.world.goals[side.episode.world.intended].id
      let caption =
        "\(index == 0 ? "A" : "B")  " + (isOtherIntention ? "meant: the \(intended)" : side.episode.level.title)
      canvas.put(caption, x: x, y: main.y, style: theme.style(.strong), width: pane)
      let rect = Rect(x: x, y: main.y + 1, width: pane, height: main.height - 1)
      let map = side.episode.level.map
      let zoom = Zoom.fitting(map, width: rect.width, height: rect.height)
      let board = Board(side, frame: frame, look: look)
      board.draw(into: &canvas, in: rect.centered(zoom.size(of: map)), zoom: zoom, theme: theme)
    }
    if middle > 2 {
      let rect = Rect(x: main.x + pane + 2, y: main.y + 1, width: middle - 4, height: main.height - 1)
      drawFigures(comparison, into: &canvas, in: rect, theme)
    }
    drawLanes(comparison, into: &canvas, in: layout.timeline, theme)
    drawCaption(comparison, into: &canvas, in: layout.narration, theme)
  }

  private func drawFigures(_ comparison: Comparison, into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    var y = rect.y
    func line(_ text: String, _ ink: Ink) {
      if y < rect.y + rect.height { canvas.put(text, x: rect.x, y: y, style: theme.style(ink), width: rect.width) }
      y += 1
    }
    let (same, count) = comparison.sameMoves(before: frame)
    line("step \(frame)", .strong)
    line("same moves \(same)/\(count)", same == count ? .key : .alert)
    y += 1
    let sides = [comparison.first, comparison.second]
    for (name, side) in zip(["A", "B"], sides) {
      guard frame < side.episode.steps.count else {
        line("\(name)  has ended", .dim)
        continue
      }
      let step = side.episode.steps[frame]
      let label = side.episode.world.actions[step.action]
      let chance = step.decision.map { "  π \(decimal($0.probabilities[step.action]))" } ?? ""
      line("\(name)  \(Theme.arrow(label.heading)) \(label.name)\(chance)", .text)
    }
    y += 1
    if let divergence = comparison.divergence(at: frame) {
      line("KL(A‖B) \(decimal(divergence)) bits", .text)
      line(divergence < 0.05 ? "did not notice the shift" : "tells A from B here", divergence < 0.05 ? .alert : .dim)
    }
  }

  private func drawLanes(_ comparison: Comparison, into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    let longest =
      comparison.first.episode.steps.count > comparison.second.episode.steps.count
      ? comparison.first : comparison.second
    let scale = Timeline(run: longest, frame: frame).scale(width: rect.width)
    for (row, run) in [comparison.first, comparison.second].enumerated() where row < rect.height {
      let name = row == 0 ? "A" : "B"
      for column in 0..<scale.used {
        let frames = scale.frames(at: column)
        guard frames.lowerBound <= run.episode.steps.count else { continue }
        let (glyph, ink) = Timeline(run: run, frame: frame).look(of: frames)
        canvas[rect.x + column, rect.y + row] = Cell(glyph: glyph, style: theme.style(ink))
      }
      canvas.put(
        "\(name) \(run.outcome == .success ? run.episode.world.goals[0].deed : "never got it")",
        x: rect.x + rect.width - Timeline.labelWidth + 1, y: rect.y + row,
        style: theme.style(run.outcome == .success ? .intended : .proxy), width: Timeline.labelWidth - 1)
    }
    guard rect.height >= 3 else { return }
    let bars = Array("▁▂▃▄▅▆▇█".unicodeScalars)
    for column in 0..<scale.used {
      let values = scale.frames(at: column).compactMap { comparison.divergence(at: $0) }
      guard let value = values.max() else { continue }
      canvas[rect.x + column, rect.y + 2] = Cell(
        glyph: bars[max(0, min(7, Int(value * 3.5)))], style: theme.style(.both))
    }
    canvas.put(
      "KL 0–2 bits", x: rect.x + rect.width - Timeline.labelWidth + 1, y: rect.y + 2, style: theme.style(.both),
      width: Timeline.labelWidth - 1)
    let now = scale.column(of: min(frame, longest.episode.steps.count))
    for y in rect.y..<(rect.y + min(3, rect.height)) {
      var cell = canvas[rect.x + now, y]
      cell.style.attributes.insert(.reverse)
      canvas[rect.x + now, y] = cell
    }
  }

  /// Whether both sides are one level under two intentions.
  private var isOtherIntention: Bool { twin.map { $0.episode.world.name != run.episode.world.name } ?? false }

  private func drawCaption(_ comparison: Comparison, into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    let goals = run.episode.world.goals
    let (same, count) = comparison.sameMoves(before: .max)
    let so = comparison.sameMoves(before: frame)
    var text = "Same moves so far: \(so.same) of \(so.of). "
    let other = run.analysis.map { goals[$0.proxy].noun } ?? "the proxy"
    let isTwinGood = twin?.outcome == .success
    if isOtherIntention {
      text = comparison.words
    } else if let twinWords {
      text += twinWords
    } else if run.outcome == .proxyOnly && isTwinGood && same * 10 >= count * 9 {
      text += "In all \(same) of \(count) are alike, though the goal differs: the agent goes for \(other)."
    } else if run.outcome == .proxyOnly {
      text += "Shifted, it \(goals.first { $0.role == .proxy }?.deed ?? "") and never \(goals[0].deed)"
      text += isTwinGood ? "; in training it \(goals[0].deed)." : "."
    } else if run.outcome == .success {
      text += isTwinGood ? "On both it \(goals[0].deed)." : "Shifted, it \(goals[0].deed)."
    } else {
      text += "Shifted, it reached neither goal."
    }
    let lines = (notice ?? text).wrapped(to: rect.width)
    for (offset, part) in lines.prefix(rect.height).enumerated() {
      canvas.put(part, x: rect.x, y: rect.y + offset, style: theme.style(.text), width: rect.width)
    }
  }
}
