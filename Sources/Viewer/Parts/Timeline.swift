import Gridworlds
import Inference
import Letters
import Planning
import Studies
import TerminalUI

/// An episode's time as lanes: classes, marks, distances, belief. A pointer shows what is now, and every lane says at its
/// right what it shows there, so that a step changes few cells.
struct Timeline {
  let run: Run
  /// Which frame is shown now.
  let frame: Int
  /// Which goal it pursues when it may change its mind; a lane of its own where it is there.
  let track: GoalTrack?
  /// Which lanes are shown.
  let choice: LaneChoice
  /// The frames of the user's marks.
  let marks: [Character: Int]
  /// The range that is played again and again; without an end while only its start is set.
  let range: (start: Int, end: Int?)?
  /// What a search has found.
  let hits: [Int32]?

  init(
    run: Run, frame: Int, track: GoalTrack? = nil, choice: LaneChoice = LaneChoice(), marks: [Character: Int] = [:],
    range: (start: Int, end: Int?)? = nil, hits: [Int32]? = nil
  ) {
    (self.run, self.frame, self.track, self.choice) = (run, frame, track, choice)
    (self.marks, self.range, self.hits) = (marks, range, hits)
  }

  /// The lanes that are shown, the uppermost first, as far as there are rows.
  var lanes: [Lane] {
    choice.sorted(Lane.all(of: run)).filter {
      !choice.hidden.contains($0) && $0.isKnown(of: run, track: track, hits: hits)
    }
  }

  /// Columns kept to the right of the lanes for their names and numbers.
  static let labelWidth = 17

  func scale(width: Int) -> TimeScale {
    TimeScale(count: run.episode.states.count, width: width - Timeline.labelWidth)
  }

  /// The frame that a click on a column means, `nil` beside the lanes.
  func frame(at column: Int, width: Int) -> Int? {
    let scale = scale(width: width)
    return (0..<scale.used).contains(column) ? scale.frames(at: column).lowerBound : nil
  }

  /// Draws as many lanes as there are rows.
  func draw(into canvas: inout Canvas, in rect: Rect, theme: Theme) {
    let scale = scale(width: rect.width)
    let shown = lanes.prefix(rect.height)
    for (row, lane) in shown.enumerated() {
      let place = Point(x: rect.x, y: rect.y + row)
      switch lane {
      case .classes: drawClasses(into: &canvas, at: place, scale, theme)
      case .marks: drawMarks(into: &canvas, at: place, scale, theme)
      case .hits: drawHits(into: &canvas, at: place, scale, theme)
      case .pursuit: drawPursuit(into: &canvas, at: place, scale, theme)
      default: drawCurve(lane, into: &canvas, at: place, scale, theme)
      }
      drawLabel(of: lane, into: &canvas, at: Point(x: rect.x + scale.width + 1, y: place.y), theme)
    }
    // Where the marks have no lane, the ends of the range stand in the first.
    if !shown.contains(.marks) {
      drawRange(into: &canvas, at: Point(x: rect.x, y: rect.y), scale, isWhole: false, theme)
    }
    drawNow(into: &canvas, in: rect, row: shown.firstIndex(of: .marks), scale, theme)
  }

  /// What is now: a pointer below the first lane, where the events leave room for it, else the cell itself. It and the
  /// numbers are in the agent's own style, so that a step of it is one change of colours for all.
  private func drawNow(
    into canvas: inout Canvas, in rect: Rect, row: Int?, _ scale: TimeScale, _ theme: Theme
  ) {
    let (x, y) = (rect.x + scale.column(of: frame), rect.y + (row ?? 0))
    if row != nil, canvas[x, y].glyph == " " || canvas[x, y].glyph == "╌" {
      canvas[x, y] = Cell(glyph: "▴", style: theme.style(.agent))
    } else {
      canvas.restyle(Rect(x: x, y: y, width: 1, height: 1)) { $0.attributes.insert(.reverse) }
    }
  }

  /// The name at the left, the number right-aligned and in one style for all: then few cells and fewer colours change.
  private func drawLabel(of lane: Lane, into canvas: inout Canvas, at place: Point, _ theme: Theme) {
    let width = Timeline.labelWidth - 1
    let name = lane.label(of: run)
    canvas.put(name, x: place.x, y: place.y, style: theme.style(lane.ink(of: run)), width: width)
    let reading = lane == .hits ? hitWords : lane.reading(of: run, at: frame, track: track)
    let shown = String(reading.prefix(columns: max(0, width - name.columns - 1)))
    canvas.put(shown, endingAt: place.x + width, y: place.y, style: theme.style(.agent))
  }

  /// Which of the hits is shown now, of how many.
  private var hitWords: String {
    guard let hits else { return "" }
    let now = hits.firstHit(from: frame)
    return now < hits.count && Int(hits[now]) == frame ? "\(now + 1)/\(hits.count)" : "\(hits.count)"
  }

  private func drawClasses(into canvas: inout Canvas, at place: Point, _ scale: TimeScale, _ theme: Theme) {
    // The last frame has no step: a bar ends the lane, in the first of its columns.
    let end = scale.column(of: run.episode.steps.count)
    for (column, classes) in run.classes(over: scale).enumerated() where column <= end {
      let (glyph, ink) = look(classes)
      canvas[place.x + column, place.y] = Cell(glyph: glyph, style: theme.style(ink))
    }
  }

  /// The most telling class among some frames; the last frame has no step.
  func look(of frames: Range<Int>) -> (Unicode.Scalar, Ink) { look(run.classes(in: frames)) }

  private func look(_ classes: StepClasses) -> (Unicode.Scalar, Ink) {
    guard run.analysis != nil else { return ("─", .dim) }
    return classes.mostTelling.map(\.look) ?? ("│", .dim)
  }

  private func drawMarks(into canvas: inout Canvas, at place: Point, _ scale: TimeScale, _ theme: Theme) {
    // Blanks in the style of the pointer that will stand there: then it moves without a change of colours.
    let blank = Cell(glyph: " ", style: theme.style(.agent))
    canvas.fill(Rect(x: place.x, y: place.y, width: scale.width, height: 1), blank)
    drawRange(into: &canvas, at: place, scale, isWhole: true, theme)
    if let turn = run.knownOdds?.turn {
      canvas[place.x + scale.column(of: turn), place.y] = Cell(glyph: "↓", style: theme.style(.alert))
    }
    // Where several fall on one column, the one that says most is drawn last.
    let happenings = (run.analysis?.happenings ?? []).sorted { Timeline.weight($0.kind) < Timeline.weight($1.kind) }
    for happening in happenings {
      let (glyph, ink) = happening.kind.look(in: run)
      canvas[place.x + scale.column(of: happening.frame), place.y] = Cell(glyph: glyph, style: theme.style(ink))
    }
    let own = theme.style(.key).with(.underline)
    for (letter, frame) in marks.sorted(by: { $0.key < $1.key }) {
      // A sign, not text: where two fall on one column, the one that says more hides the other.
      canvas[place.x + scale.column(of: frame), place.y] = Cell(glyph: letter.scalarOnScreen, style: own)
    }
    drawRange(into: &canvas, at: place, scale, isWhole: false, theme)
  }

  /// The range from A to B: its ends, and a line between them where that is wanted.
  private func drawRange(
    into canvas: inout Canvas, at place: Point, _ scale: TimeScale, isWhole: Bool, _ theme: Theme
  ) {
    guard let range else { return }
    let start = scale.column(of: range.start)
    let end = range.end.map(scale.column)
    if isWhole {
      for column in start...max(start, end ?? start) {
        canvas[place.x + column, place.y] = Cell(glyph: "╌", style: theme.style(.key))
      }
    } else {
      canvas[place.x + start, place.y] = Cell(glyph: "A", style: theme.style(.alert))
      if let end { canvas[place.x + max(end, start + 1), place.y] = Cell(glyph: "B", style: theme.style(.alert)) }
    }
  }

  private func drawHits(into canvas: inout Canvas, at place: Point, _ scale: TimeScale, _ theme: Theme) {
    guard let hits else { return }
    for column in 0..<scale.used where column == 0 || scale.frames(at: column) != scale.frames(at: column - 1) {
      let frames = scale.frames(at: column)
      let next = hits.firstHit(from: frames.lowerBound)
      guard next < hits.count, frames.contains(Int(hits[next])) else { continue }
      canvas[place.x + column, place.y] = Cell(glyph: "*", style: theme.style(.key))
    }
  }

  private static func weight(_ kind: Happening.Kind) -> Int {
    switch kind {
    case .ended: 0
    case .commitment: 1
    case .decision: 2
    case .noReturn: 3
    case .achieved: 4
    case .departure, .away: 5
    case .differed: 6
    }
  }

  /// Which goal is the most probable at each step in hindsight: the glyphs of the classes, `·` for nothing.
  private func drawPursuit(into canvas: inout Canvas, at place: Point, _ scale: TimeScale, _ theme: Theme) {
    guard let track else { return }
    func look(_ goal: Goal.Index?) -> (Unicode.Scalar, Ink) {
      guard let goal else { return ("·", .faint) }
      return goal == run.episode.world.intended ? StepClass.intendedOnly.look : StepClass.proxyOnly.look
    }
    for column in 0..<scale.used {
      guard let now = track.segment(at: scale.frames(at: column).lowerBound) else { continue }
      let (glyph, ink) = look(now.goal)
      canvas[place.x + column, place.y] = Cell(glyph: glyph, style: theme.style(ink))
    }
  }

  private func drawCurve(
    _ lane: Lane, into canvas: inout Canvas, at place: Point, _ scale: TimeScale, _ theme: Theme
  ) {
    guard let figure = lane.figure(of: run) else { return }
    let extents = run.extents(of: figure, over: scale)
    let whole = extents.reduce(Extent.none) { $0.joined(with: $1) }
    guard !whole.isEmpty else { return }
    let (low, high): (Double, Double)
    switch lane {
    case .posterior, .goalOdds, .proxyOdds: (low, high) = (0, 1)
    case .evidence: (low, high) = (0, max(1, -whole.low, whole.high))
    case .entropy: (low, high) = (0, max(1, whole.high))
    default: (low, high) = (min(0, whole.low), max(1, whole.high))
    }
    let style = theme.style(lane.ink(of: run))
    let other = theme.style(.intended)
    for (column, extent) in extents.enumerated() {
      guard let value = extent.farthest else { continue }
      // Evidence has a side: its colour; its height is its strength.
      let isOther = lane == .evidence && value < 0
      let share = high > low ? ((lane == .evidence ? abs(value) : value) - low) / (high - low) : 0
      let bar = Bars.eighths[max(0, min(7, Int((share * 7).rounded())))]
      canvas[place.x + column, place.y] = Cell(glyph: bar, style: isOther ? other : style)
    }
  }
}
