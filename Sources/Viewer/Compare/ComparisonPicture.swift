import Accounts
import Gridworlds
import Inference
import Letters
import Planning
import Studies
import TerminalUI

/// The picture of a comparison: two boards, figures, lanes, and what it all shows.
struct ComparisonPicture {
  let room: ComparisonRoom
  let theme: Theme

  private var sides: [ComparisonRoom.Side] { room.sides }
  private var comparison: Comparison { room.comparison }
  private var sync: PairClock.Sync { room.clock.sync }
  private var focus: Int { room.clock.focus }
  private var shown: [Int] { room.clock.shown }

  func draw(into canvas: inout Canvas) {
    let layout = room.layout(canvas.size)
    drawHeader(into: &canvas)
    for side in sides.indices { drawBoard(side, into: &canvas, layout) }
    if let figures = layout.figures { drawFigures(into: &canvas, in: figures) }
    drawLanes(into: &canvas, in: layout.lanes)
    drawWords(into: &canvas, in: layout.words)
  }

  static let letters = ["A", "B"]

  private func drawHeader(into canvas: inout Canvas) {
    let width = canvas.size.width
    let playhead = room.clock.playhead
    let state = playhead.isPlaying ? (playhead.isReversed ? "◄" : "►") : "▮▮"
    let time = room.clock.words
    var right = "\(state) \(playhead.speedName)  sync \(sync.rawValue)  \(time)"
    if right.columns > width - 24 { right = "\(sync.rawValue)  \(time)" }
    let x = canvas.put(" COMPARE", x: 0, y: 0, style: theme.style(.title), width: width)
    let room = width - right.columns - 3
    let (a, b) = (sides[0].run.episode, sides[1].run.episode)
    // What both share is said once, and what differs first; of the last only what fits.
    let agents =
      a.hasOtherAgent(than: b) && a.agent == b.agent
      ? "\(a.agent) and another \(b.agent)" : ComparisonPicture.both(a.agent, b.agent)
    let levels = ComparisonPicture.both(a.level.reference, b.level.reference)
    let parts = a.level.reference == b.level.reference ? [agents, levels] : [levels, agents]
    if room - x > 8 {
      let all = "  " + parts.joined(separator: "  ")
      let text = all.columns <= room - x ? all : "  " + parts[0].truncated(to: room - x - 2)
      canvas.put(text, x: x, y: 0, style: theme.style(.dim))
    }
    canvas.put(right, x: max(9, width - right.columns - 1), y: 0, style: theme.style(.key), width: right.columns)
  }

  /// Two names: `corner/first and its twin`.
  private static func both(_ a: String, _ b: String) -> String {
    if a == b { return a }
    let base = a.count < b.count ? a : b
    return a == base + "~train" || b == base + "~train" ? "\(base) and its twin" : "\(a) and \(b)"
  }

  private func drawBoard(_ side: Int, into canvas: inout Canvas, _ layout: ComparisonLayout) {
    guard let rect = layout.boards[side], let caption = layout.captions[side] else { return }
    let isFocused = side == focus
    let other = layout.isSingle ? "  Tab: \(ComparisonPicture.letters[1 - side])" : ""
    let signs = CaveatSigns(sides[side].run).words(width: caption.width / 2)
    let against = signs.isEmpty ? "" : "  " + signs
    let words =
      "\(isFocused ? "▸" : " ")\(ComparisonPicture.letters[side])  \(sides[side].name)"
      .truncated(to: caption.width - against.columns - other.columns) + against + other
    // The right one stands over its board, and where it is too long it ends with it.
    canvas.put(
      words, x: words.columns <= rect.width || caption.x == rect.x ? rect.x : caption.maxX - words.columns,
      y: caption.y,
      style: theme.style(isFocused ? .strong : .dim), width: caption.width)
    let run = sides[side].run
    let map = run.episode.level.map
    let frame = shown[side]
    let zoom = Zoom.fitting(map, width: rect.width, height: rect.height, mayBeLarge: room.isPresenting)
    let place = rect.centered(zoom.size(of: map))
    Board(run, frame: frame, ways: room.ways).draw(into: &canvas, in: place, zoom: zoom, theme: theme)
    if room.showsDifference, let difference = room.difference {
      let window = BoardView(map, in: place, zoom: zoom, around: run.episode.frames[frame].agent)
      draw(difference, on: run.episode.level, through: window, into: &canvas)
    }
  }

  /// The difference of the policies as a ground for what is there, and as tenths where nothing is.
  private func draw(
    _ difference: PolicyDifference, on level: Level, through window: BoardView, into canvas: inout Canvas
  ) {
    for (cell, distance) in difference.cells where !level.isWall(cell) {
      guard let (x, y) = window.place(cell) else { continue }
      let tenth = min(9, Int(distance * 10))
      var shown = canvas[x, y]
      if !theme.isMono {
        let color = Viridis.color(min(Viridis.count - 1, Int(distance * Double(Viridis.count))))
        shown.style.background = color
        shown.style.foreground = theme.style(.text).foreground.readable(on: color)
      }
      if shown.glyph == "·", tenth > 0, let digit = Unicode.Scalar(UInt32(48 + tenth)) {
        shown.glyph = digit
        if theme.isMono { shown.style.foreground = theme.style(.text).foreground }
      }
      canvas[x, y] = shown
    }
  }

  // MARK: Figures

  private func drawFigures(into canvas: inout Canvas, in rect: Rect) {
    var y = rect.y
    func line(_ text: String, _ ink: Ink) {
      if y < rect.maxY { canvas.put(text, x: rect.x, y: y, style: theme.style(ink), width: rect.width) }
      y += 1
    }
    let isRoomy = rect.height >= 16
    let frames = shown
    if sync == .step {
      let (same, count) = comparison.sameMoves(before: room.clock.playhead.position)
      if comparison.sharesActions {
        line(count == 0 ? "no move yet" : "same moves \(same)/\(count)", same == count ? .key : .alert)
      }
    } else {
      line("A step \(frames[0])/\(sides[0].last)", focus == 0 ? .strong : .dim)
      line("B step \(frames[1])/\(sides[1].last)", focus == 1 ? .strong : .dim)
    }
    for side in sides.indices { line(move(of: side, at: frames[side]), side == focus ? .strong : .text) }
    if isRoomy { y += 1 }
    drawPolicies(into: &canvas, in: Rect(x: rect.x, y: y, width: rect.width, height: rect.maxY - y), &y)
    if isRoomy { y += 1 }
    if let bits = divergence { line("KL(A‖B) \(decimal(bits)) bits", .text) }
    if isRoomy { y += 1 }
    for goal in sides[focus].run.episode.world.goals { line(distances(to: goal, frames, width: rect.width), .dim) }
    if room.showsDifference, let mean = room.difference?.mean {
      if isRoomy { y += 1 }
      line("policies differ", .text)
      line("by \(decimal(mean)) a cell", .text)
    }
  }

  /// What a side does now.
  private func move(of side: Int, at frame: Int) -> String {
    let episode = sides[side].run.episode
    let letter = ComparisonPicture.letters[side]
    guard frame < episode.steps.count else {
      return "\(letter)  \(episode.conclusion == .stopped ? "stops here" : "has ended")"
    }
    let step = episode.steps[frame]
    let label = episode.world.actions[step.action]
    let who = episode.isIntervention(frame) ? "  by you" : ""
    let chance = step.decision.map { "  π \(decimal($0.probabilities[step.action]))" } ?? ""
    return "\(letter)  \(Theme.arrow(label.heading)) \(label.name)\(chance)\(who)"
  }

  private func decision(of side: Int) -> Decision? {
    let (episode, frame) = (sides[side].run.episode, shown[side])
    return frame < episode.steps.count ? episode.steps[frame].decision : nil
  }

  /// How far the policies are apart in the two states that are shown, in bits.
  private var divergence: Double? {
    guard comparison.sharesActions, let a = decision(of: 0), let b = decision(of: 1) else { return nil }
    return a.divergence(from: b)
  }

  /// By action, what both would do, and a cross where it is best for the intended goal of the side in focus.
  private func drawPolicies(into canvas: inout Canvas, in rect: Rect, _ next: inout Int) {
    guard comparison.sharesActions, let a = decision(of: 0), let b = decision(of: 1) else { return }
    let run = sides[focus].run
    let actions = run.episode.world.actions
    guard rect.height >= actions.count + 2 else { return }
    // What the columns of the numbers leave of the row is for the names.
    let longest = actions.map(\.name.columns).max() ?? 0
    let room = max(5, min(longest, rect.width - 15))
    let heading = String(repeating: " ", count: room + 5) + "A     B"
    canvas.put(
      heading + (heading.columns + 7 <= rect.width ? "  +goal" : "  +"), x: rect.x, y: rect.y, style: theme.style(.dim),
      width: rect.width)
    for (index, label) in actions.enumerated() {
      let y = rect.y + 1 + index
      let name = label.name.truncated(to: room)
      let row =
        "\(Theme.arrow(label.heading)) " + name + String(repeating: " ", count: room + 1 - name.columns)
        + "\(decimal(a.probabilities[index]))  \(decimal(b.probabilities[index]))"
      let end = canvas.put(row, x: rect.x, y: y, style: theme.style(.text), width: rect.width)
      guard let analysis = run.analysis, shown[focus] < analysis.states.count else { continue }
      if analysis.graph.fits(run.episode.world.intended, index, in: analysis.states[shown[focus]]) {
        canvas.put(" +", x: end, y: y, style: theme.style(.intended), width: rect.maxX - end)
      }
    }
    next = rect.y + 1 + actions.count
  }

  /// How far each side is from a goal. Two intentions list the same goals in another order, so that each side looks it
  /// up by its id.
  func distances(to goal: Goal, _ frames: [Int], width: Int) -> String {
    let texts = sides.indices.map { side -> String in
      let run = sides[side].run
      guard let goal = run.episode.world.goal(named: goal.id) else { return "–" }
      if let reached = run.episode.achievement(of: goal), reached <= frames[side] { return "had" }
      return run.analysis?.distance(to: goal, at: frames[side]).map(String.init) ?? "–"
    }
    let figures = "  A \(texts[0])  B \(texts[1])"
    let room = max(6, width - figures.columns - 3)
    return "to \(goal.name(in: room))" + figures
  }

  // MARK: Lanes and words

  private func drawLanes(into canvas: inout Canvas, in rect: Rect) {
    let scale = room.laneScale(width: rect.width)
    let hasMarks = rect.height >= 5
    for side in sides.indices {
      let y = rect.y + side * (hasMarks ? 2 : 1)
      guard y < rect.maxY else { continue }
      let run = sides[side].run
      for column in 0..<scale.used {
        let frames = scale.frames(at: column)
        guard frames.lowerBound <= run.episode.steps.count else { continue }
        let (glyph, ink) = Timeline(run: run, frame: 0).look(of: frames)
        canvas[rect.x + column, y] = Cell(glyph: glyph, style: theme.style(ink))
      }
      InterventionMarks(run.episode).draw(into: &canvas, x: rect.x, y: y, scale, theme)
      if hasMarks {
        for happening in run.analysis?.happenings ?? [] {
          let (glyph, ink) = happening.kind.look(in: run)
          canvas[rect.x + scale.column(of: happening.frame), y + 1] = Cell(glyph: glyph, style: theme.style(ink))
        }
      } else if let step = run.episode.recording?.mismatch?.step {
        let (glyph, ink) = Happening.Kind.differed.look(in: run)
        canvas[rect.x + scale.column(of: step), y] = Cell(glyph: glyph, style: theme.style(ink))
      }
      let goals = run.episode.world.goals
      let intended = run.episode.world.intended
      let reached = run.episode.achievement(of: intended)
      let room = Timeline.labelWidth - 3
      let words =
        reached.map { "\(goals[intended].name(in: room - 4 - "\($0)".count)) at \($0)" }
        ?? "no \(goals[intended].name(in: room - 3))"
      canvas.put(
        "\(ComparisonPicture.letters[side]) \(words)", x: rect.maxX - Timeline.labelWidth + 1, y: y,
        style: theme.style(reached == nil ? .proxy : .intended), width: Timeline.labelWidth - 1)
      // Each side has its own cursor: what is now stands out.
      let now = scale.column(of: min(shown[side], sides[side].last))
      canvas.restyle(Rect(x: rect.x + now, y: y, width: 1, height: hasMarks ? 2 : 1)) { $0.attributes.insert(.reverse) }
    }
    let y = rect.y + (hasMarks ? 4 : 2)
    guard y < rect.maxY, comparison.sharesActions else { return }
    drawDivergence(into: &canvas, in: rect, y: y, scale)
  }

  /// How far the policies were apart at each step, where both still acted.
  private func drawDivergence(
    into canvas: inout Canvas, in rect: Rect, y: Int, _ scale: TimeScale
  ) {
    var isEmpty = true
    for column in 0..<scale.used {
      let values = scale.frames(at: column).compactMap { comparison.divergence(at: $0) }
      guard let value = values.max() else { continue }
      isEmpty = false
      canvas[rect.x + column, y] = Cell(
        glyph: Bars.eighths[max(0, min(7, Int(value * 3.5)))], style: theme.style(.both))
    }
    if isEmpty { return }
    canvas.put(
      "KL 0–2 bits", x: rect.maxX - Timeline.labelWidth + 1, y: y, style: theme.style(.both),
      width: Timeline.labelWidth - 1)
  }

  private func drawWords(into canvas: inout Canvas, in rect: Rect) {
    var rect = rect
    func put(_ text: String, _ ink: Ink) {
      canvas.put(text, x: rect.x, y: rect.y, style: theme.style(ink), width: rect.width)
      rect = Rect(x: rect.x, y: rect.y + 1, width: rect.width, height: rect.height - 1)
    }
    for line in room.notice?.fitted(width: rect.width, height: rect.height) ?? [] { put(line, .key) }
    if room.showsDifference, room.difference != nil {
      let legend = "1–9: tenths of probability by which the policies differ in a cell, · alike"
      put(legend.columns <= rect.width ? legend : "1–9: tenths they differ by, · alike", .both)
    }
    // As many whole sentences as there is room for, the most telling first.
    var shown: [String] = []
    for sentence in room.sentences {
      let lines = (shown + [sentence]).joined(separator: " ").wrapped(to: rect.width)
      if lines.count > rect.height, !shown.isEmpty { continue }
      shown.append(sentence)
    }
    for (offset, line) in shown.joined(separator: " ").wrapped(to: rect.width).prefix(max(0, rect.height)).enumerated()
    {
      canvas.put(line, x: rect.x, y: rect.y + offset, style: theme.style(.text), width: rect.width)
    }
  }
}
