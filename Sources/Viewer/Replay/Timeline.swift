import Gridworlds
import Planning
import Studies
import TerminalUI

/// An episode's time as lanes: classes, marks, distances, belief.
struct Timeline {
  let run: Run
  /// Which frame is shown now.
  let frame: Int
  /// Which goal it pursues when it may change its mind; a lane of its own where it is there.
  var track: GoalTrack?

  /// A lane that is drawn under the classes.
  enum Lane: Hashable {
    case marks
    case distance(goal: Int)
    case belief
    case evidence
    case pursuit
    case value
    case entropy
    case regret
  }

  /// The lanes that an episode has data for, the most telling first.
  var lanes: [Lane] {
    var lanes: [Lane] = [.marks]
    if let analysis = run.analysis {
      lanes += [.distance(goal: run.episode.world.intended), .distance(goal: analysis.proxy), .belief, .evidence]
      if track != nil { lanes.append(.pursuit) }
    }
    if run.episode.steps.contains(where: { $0.decision?.value != nil }) { lanes.append(.value) }
    if run.episode.steps.contains(where: { $0.decision != nil }) { lanes.append(.entropy) }
    if run.analysis != nil { lanes.append(.regret) }
    return lanes
  }

  /// Columns kept to the right of the lanes for their names.
  static let labelWidth = 17

  /// The frames of an episode and the columns that show them.
  struct Scale {
    let count: Int
    let width: Int
    /// Columns a frame, where there are more columns than frames.
    var stretch: Int { max(1, min(6, width / max(1, count))) }
    var used: Int { count <= width ? count * stretch : width }

    func column(of frame: Int) -> Int {
      count <= width ? frame * stretch : frame * (width - 1) / max(1, count - 1)
    }

    func frames(at column: Int) -> Range<Int> {
      guard count > width else {
        let frame = min(count - 1, max(0, column / stretch))
        return frame..<(frame + 1)
      }
      let first = (0..<count).first { self.column(of: $0) >= column } ?? count - 1
      let end = (first..<count).first { self.column(of: $0) > column } ?? count
      return first..<max(first + 1, end)
    }
  }

  func scale(width: Int) -> Scale { Scale(count: run.episode.frames.count, width: max(1, width - Timeline.labelWidth)) }

  /// The frame that a click on a column means, `nil` beside the lanes.
  func frame(at column: Int, width: Int) -> Int? {
    let scale = scale(width: width)
    return (0..<scale.used).contains(column) ? scale.frames(at: column).lowerBound : nil
  }

  /// Draws the class lane and as many others as there are rows.
  func draw(into canvas: inout Canvas, in rect: Rect, theme: Theme) {
    let scale = scale(width: rect.width)
    let now = scale.column(of: frame)
    drawClasses(into: &canvas, in: rect, scale, theme)
    for (row, lane) in lanes.prefix(max(0, rect.height - 1)).enumerated() {
      let y = rect.y + 1 + row
      if lane == .marks {
        drawMarks(into: &canvas, x: rect.x, y: y, scale, theme)
      } else if lane == .pursuit {
        drawPursuit(into: &canvas, x: rect.x, y: y, scale, theme)
      } else {
        drawCurve(lane, into: &canvas, x: rect.x, y: y, scale, theme)
      }
    }
    // The cursor: what is now stands out in every lane.
    for y in rect.y..<(rect.y + rect.height) where rect.x + now < rect.x + rect.width {
      var cell = canvas[rect.x + now, y]
      cell.style.attributes.insert(.reverse)
      canvas[rect.x + now, y] = cell
    }
  }

  private func drawClasses(into canvas: inout Canvas, in rect: Rect, _ scale: Scale, _ theme: Theme) {
    for column in 0..<scale.used {
      let frames = scale.frames(at: column)
      let (glyph, ink) = look(of: frames)
      canvas[rect.x + column, rect.y] = Cell(glyph: glyph, style: theme.style(ink))
    }
    let label = run.analysis == nil ? "steps" : "step \(frame)/\(run.episode.steps.count)"
    canvas.put(
      label, x: rect.x + rect.width - Timeline.labelWidth + 1, y: rect.y, style: theme.style(.strong),
      width: Timeline.labelWidth - 1)
  }

  /// The worst class among some frames; the last frame has no step.
  func look(of frames: Range<Int>) -> (Unicode.Scalar, Ink) {
    guard let analysis = run.analysis else { return ("─", .dim) }
    let classes = frames.filter { $0 < analysis.classes.count }.map { analysis.classes[$0] }
    for worst in [StepClass.proxyOnly, .neither, .intendedOnly, .both] where classes.contains(worst) {
      return Timeline.look(of: worst)
    }
    return ("┤", .dim)
  }

  /// The glyph and colour of a class.
  static func look(of stepClass: StepClass) -> (Unicode.Scalar, Ink) {
    switch stepClass {
    case .both: ("═", .both)
    case .proxyOnly: ("▓", .proxy)
    case .intendedOnly: ("+", .intended)
    case .neither: ("·", .neither)
    }
  }

  private func drawMarks(into canvas: inout Canvas, x: Int, y: Int, _ scale: Scale, _ theme: Theme) {
    // Where several fall on one column, the one that says most is drawn last.
    let happenings = (run.analysis?.happenings ?? []).sorted { Timeline.weight($0.kind) < Timeline.weight($1.kind) }
    for happening in happenings {
      let (glyph, ink) = Timeline.look(of: happening.kind, in: run)
      canvas[x + scale.column(of: happening.frame), y] = Cell(glyph: glyph, style: theme.style(ink))
    }
  }

  private static func weight(_ kind: Happening.Kind) -> Int {
    switch kind {
    case .ended: 0
    case .commitment: 1
    case .decision: 2
    case .noReturn: 3
    case .achieved: 4
    case .departure: 5
    }
  }

  /// The glyph and colour of a mark.
  static func look(of kind: Happening.Kind, in run: Run) -> (Unicode.Scalar, Ink) {
    switch kind {
    case .decision: return ("?", .both)
    case .departure: return ("◊", .alert)
    case .commitment: return ("c", .proxy)
    case .noReturn: return ("!", .alert)
    case .achieved(let goal):
      let glyph = run.episode.sign(of: goal).map(Theme.glyph) ?? "*"
      return (glyph, goal == run.episode.world.intended ? .intended : .proxy)
    case .ended: return ("▪", .dim)
    }
  }

  /// A mark in words.
  static func words(for kind: Happening.Kind, in run: Run) -> String {
    let intended = run.episode.world.goals[run.episode.world.intended].id
    switch kind {
    case .decision: return "must choose"
    case .departure: return "departure"
    case .commitment: return "committed"
    case .noReturn: return "\(intended) lost"
    case .achieved(let goal): return run.episode.world.goals[goal].deed
    case .ended(.truncated): return "time limit"
    case .ended(.terminated): return "the end"
    case .ended(.stopped): return "stopped"
    }
  }

  /// Which goal is the most probable at each step in hindsight: the glyphs of the classes, `○` for another place.
  private func drawPursuit(into canvas: inout Canvas, x: Int, y: Int, _ scale: Scale, _ theme: Theme) {
    guard let track, let analysis = run.analysis else { return }
    func look(_ goal: Int) -> (Unicode.Scalar, Ink) {
      if goal == run.episode.world.intended { return Timeline.look(of: .intendedOnly) }
      return analysis.graph.candidates[goal].declared != nil ? Timeline.look(of: .proxyOnly) : ("○", .item)
    }
    func goal(at step: Int) -> Int? { track.segments.first { $0.steps.contains(step) }?.goal }
    for column in 0..<scale.used {
      guard let now = goal(at: scale.frames(at: column).lowerBound) else { continue }
      let (glyph, ink) = look(now)
      canvas[x + column, y] = Cell(glyph: glyph, style: theme.style(ink))
    }
    let name = goal(at: frame).map { analysis.graph.candidates[$0].name } ?? "–"
    canvas.put(
      "after \(name)", x: x + scale.width + 1, y: y, style: theme.style(.dim), width: Timeline.labelWidth - 1)
  }

  private func drawCurve(
    _ lane: Lane, into canvas: inout Canvas, x: Int, y: Int, _ scale: Scale, _ theme: Theme
  ) {
    let values = values(of: lane)
    let known = values.compactMap(\.self)
    let (low, high): (Double, Double)
    switch lane {
    case .belief: (low, high) = (0, 1)
    case .evidence: (low, high) = (0, max(1, known.map(abs).max() ?? 1))
    case .entropy: (low, high) = (0, max(1, known.max() ?? 1))
    default: (low, high) = (min(0, known.min() ?? 0), max(1, known.max() ?? 1))
    }
    let bars = Array("▁▂▃▄▅▆▇█".unicodeScalars)
    let ink = ink(of: lane)
    for column in 0..<scale.used {
      let inside = scale.frames(at: column).compactMap { $0 < values.count ? values[$0] : nil }
      guard var value = inside.max(by: { abs($0) < abs($1) }) else { continue }
      // Evidence has a side: its colour; its height is its strength.
      let side = lane == .evidence && value < 0 ? Ink.intended : ink
      if lane == .evidence { value = abs(value) }
      let share = high > low ? (value - low) / (high - low) : 0
      let bar = bars[max(0, min(7, Int((share * 7).rounded())))]
      canvas[x + column, y] = Cell(glyph: bar, style: theme.style(side))
    }
    let now = frame < values.count ? values[frame] : nil
    let label = Timeline.label(of: lane, in: run) + (now.map { " " + format($0, lane) } ?? " –")
    canvas.put(
      label, x: x + scale.width + 1, y: y, style: theme.style(ink), width: Timeline.labelWidth - 1)
  }

  private func format(_ value: Double, _ lane: Lane) -> String {
    switch lane {
    case .distance, .regret: decimal(value, 0)
    case .evidence: signed(value)
    default: decimal(value)
    }
  }

  private func ink(of lane: Lane) -> Ink {
    switch lane {
    case .distance(let goal): goal == run.episode.world.intended ? .intended : .proxy
    case .belief, .evidence: .proxy
    case .marks, .pursuit, .value, .entropy, .regret: .dim
    }
  }

  private static func label(of lane: Lane, in run: Run) -> String {
    switch lane {
    case .marks: "events"
    case .distance(let goal): "to \(run.episode.world.goals[goal].id)"
    case .belief:
      run.analysis.map { run.episode.world.goals[$0.proxy].id }.map { $0.count > 8 ? "P(proxy)" : "P(\($0))" }
        ?? "belief"
    case .evidence: "bits"
    case .pursuit: "after"
    case .value: "V(s)"
    case .entropy: "entropy"
    case .regret: "regret"
    }
  }

  private func values(of lane: Lane) -> [Double?] {
    let episode = run.episode
    let analysis = run.analysis
    switch lane {
    case .marks, .pursuit: return []
    case .evidence: return episode.steps.indices.map { step in analysis?.bits(of: step) }
    case .distance(let goal):
      return episode.frames.indices.map { frame in analysis?.distance(to: goal, at: frame).map(Double.init) }
    case .belief:
      return episode.frames.indices.map { frame in analysis.map { $0.posterior.goals(after: frame)[$0.proxy] } }
    case .value: return episode.steps.map { $0.decision?.value.map(Double.init) }
    case .entropy: return episode.steps.map { $0.decision?.entropy }
    case .regret: return analysis?.regret.map(Double.init) ?? []
    }
  }
}
