import Gridworlds
import Inference
import Letters
import Planning
import Studies
import TerminalUI

/// One cell in words and figures: what lies there, who stood there when, how far the goals are, what the policy would do.
struct CellInspector {
  let run: Run
  let frame: Int
  let cell: Position
  /// `nil` while it is worked out, and where the episode is too long to plan along.
  let survey: CellSurvey?

  private var episode: Episode { run.episode }

  /// Draws the panel with its border; what has no room is left out from the end.
  func draw(into canvas: inout Canvas, in rect: Rect, theme: Theme) {
    canvas.fill(rect, Cell(glyph: " ", style: theme.style(.text)))
    let hint = rect.width >= 44 ? "arrows move, Enter leaves" : "Enter leaves"
    // In a few rows a border would take the place of figures.
    let hasBorder = rect.height >= 8
    if hasBorder {
      canvas.box(
        rect, title: "Cell \(cell)", hint: hint, style: theme.style(.border), titleStyle: theme.style(.title))
    } else {
      canvas.put("Cell \(cell)", x: rect.x, y: rect.y, style: theme.style(.title), width: rect.width)
      canvas.put(hint, endingAt: rect.maxX, y: rect.y, style: theme.style(.dim))
    }
    let inner =
      hasBorder ? rect.inset(horizontally: 2, vertically: 1) : rect.split(top: 1).rest
    let isNarrow = inner.width < 44
    let known = survey?.cells[cell]
    var y = inner.y
    func line(_ draw: (inout Canvas, Int) -> Void) {
      if y < inner.maxY { draw(&canvas, y) }
      y += 1
    }
    let isRoomy = inner.height >= 14
    line { canvas, y in drawThings(into: &canvas, x: inner.x, y: y, width: inner.width, theme) }
    if episode.level.isWall(cell) { return }
    for text in visits(width: inner.width) {
      line { canvas, y in canvas.put(text, x: inner.x, y: y, style: theme.style(.text), width: inner.width) }
    }
    if isRoomy { y += 1 }
    guard let known else {
      let words =
        survey == nil
        ? (run.analysis == nil ? "too long an episode to plan along" : "working …")
        : survey?.reaches(cell) == false ? "too far from the agent to say more" : "the agent can never stand here"
      line { canvas, y in canvas.put(words, x: inner.x, y: y, style: theme.style(.dim), width: inner.width) }
      return
    }
    for goal in episode.world.goalIndices {
      line { canvas, y in
        drawGoal(goal, known, into: &canvas, x: inner.x, y: y, width: inner.width, theme, isNarrow: isNarrow)
      }
    }
    if isRoomy { y += 1 }
    if let decision = known.decision {
      let rows = actionRows(columns: isRoomy ? 1 : 2)
      if y + rows.count <= inner.maxY {
        for row in rows {
          line { canvas, y in
            drawActions(row, decision, known, into: &canvas, x: inner.x, y: y, width: inner.width, theme)
          }
        }
      } else {
        line { canvas, y in
          drawShortly(decision, known, into: &canvas, x: inner.x, y: y, width: inner.width, theme)
        }
      }
      line { canvas, y in
        let value = decision.value.map { "V agent \(decimal(Double($0)))  " } ?? ""
        canvas.put(
          value + "entropy \(decimal(decision.entropy)) bits", x: inner.x, y: y, style: theme.style(.dim),
          width: inner.width)
      }
    } else {
      line { canvas, y in
        canvas.put(
          survey?.agent == nil
            ? "no policy is at hand"
            : "the \(episode.conclusion == .stopped ? "recording stops" : "episode ends") here: nothing to decide",
          x: inner.x, y: y,
          style: theme.style(.dim), width: inner.width)
      }
    }
    line { canvas, y in
      canvas.put(CellInspector.words(for: known.rest), x: inner.x, y: y, style: theme.style(.faint), width: inner.width)
    }
  }

  /// Of which of the cell's states the figures are.
  static func words(for rest: CellState.Rest) -> String {
    switch rest {
    case .asNow: "figures with all else as it is now"
    case .fromNow: "figures as it is when first reached from now"
    case .fromStart: "out of reach now: as first reached from the start"
    }
  }

  private func drawThings(into canvas: inout Canvas, x: Int, y: Int, width: Int, _ theme: Theme) {
    let legend = episode.world.legend
    let moment = episode.frames[frame]
    var things: [(Unicode.Scalar, String, Ink)] = []
    if moment.agent == cell { things.append(("@", "the agent", .agent)) }
    for occupant in moment.occupants where occupant.position == cell {
      if let entry = legend[occupant.tile] {
        things.append((Theme.glyph(of: entry), entry.name, Theme.ink(of: entry)))
      }
    }
    let ground = episode.level.ground(at: cell)
    if let entry = legend[ground], ground != .floor || things.isEmpty {
      things.append((ground == .wall ? "#" : Theme.glyph(of: entry), entry.name, Theme.ink(of: entry)))
    }
    for (goal, cells) in zip(episode.world.goals, episode.level.targets) where cells.contains(cell) {
      let isIntended = goal.role == .intended
      things.append(
        (isIntended ? "+" : "▓", isIntended ? "goal \(goal.id)" : "proxy \(goal.id)", isIntended ? .intended : .proxy))
    }
    var next = x
    for (glyph, words, ink) in things where next + words.columns + 2 <= x + width {
      next = canvas.put(String(glyph), x: next, y: y, style: theme.style(ink))
      next = canvas.put(" \(words)   ", x: next, y: y, style: theme.style(.text), width: max(0, x + width - next))
    }
  }

  /// Who stood here when, one line each.
  private func visits(width: Int) -> [String] {
    guard let visits = run.knownVisits else { return ["counting …"] }
    return [CellInspector.times("agent", visits.frames(at: cell), width: width)]
      + visits.others.filter { !$0.frames(at: cell).isEmpty }
      .map { CellInspector.times($0.name, $0.frames(at: cell), width: width) }
  }

  /// `agent here at steps 3-5, 9 (4 in all)`, in as many columns as there are.
  static func times(_ name: String, _ runs: [ClosedRange<Int>], width: Int) -> String {
    guard !runs.isEmpty else { return "\(name) never here" }
    let count = runs.reduce(0) { $0 + $1.count }
    let tail = count == 1 ? "" : " (\(count) in all)"
    var text = "\(name) here at step\(count == 1 ? "" : "s") "
    for (index, run) in runs.enumerated() {
      let word =
        (index == 0 ? "" : ", ") + (run.count == 1 ? "\(run.lowerBound)" : "\(run.lowerBound)-\(run.upperBound)")
      guard text.columns + word.columns + tail.columns + (index < runs.count - 1 ? 3 : 0) <= width else {
        text += ", …"
        break
      }
      text += word
    }
    return text + tail
  }

  private func drawGoal(
    _ goal: Goal.Index, _ known: CellSurvey.Entry, into canvas: inout Canvas, x: Int, y: Int, width: Int,
    _ theme: Theme,
    isNarrow: Bool
  ) {
    let declared = episode.world.goals[goal]
    let style = theme.style(goal == episode.world.intended ? .intended : .proxy)
    let glyph = episode.sign(of: goal).map(Theme.glyph) ?? "*"
    let role = declared.role == .intended ? "goal " : "proxy"
    let longest = episode.world.goals.map(\.id.columns).max() ?? 0
    let labelWidth = isNarrow ? max(10, min(14, longest + 3)) : max(17, longest + 9)
    canvas.put(
      isNarrow ? "\(glyph) \(declared.id)" : "\(glyph) \(role) \(declared.id)", x: x, y: y, style: style,
      width: labelWidth - 1)
    let text = known.distance(to: goal).map {
      "\($0) step\($0 == 1 ? "" : "s"), V* \($0 == 0 ? "0" : decimal(Double(-$0), 0))"
    }
    canvas.put(text ?? "no way from here", x: x + labelWidth, y: y, style: style, width: width - labelWidth)
  }

  /// All actions in one line, in the colour of what each fits.
  private func drawShortly(
    _ decision: Decision, _ known: CellSurvey.Entry, into canvas: inout Canvas, x: Int, y: Int, width: Int,
    _ theme: Theme
  ) {
    var next = x
    let world = episode.world
    for (action, label) in world.actions.enumerated() where decision.probabilities.indices.contains(action) {
      let agreement = known.agreement(of: action, intended: world.intended, proxy: run.analysis?.proxy ?? 0)
      let (sign, ink) = agreement.look
      let number = String(Int((decision.probabilities[action] * 100).rounded()))
      let text = "\(Theme.arrow(label.heading))\(number)\(agreement == .neither ? "" : String(sign)) "
      guard next + text.columns <= x + width else { break }
      next = canvas.put(text, x: next, y: y, style: theme.style(decision.best == action ? .strong : ink))
    }
    canvas.put("%", x: next, y: y, style: theme.style(.dim), width: max(0, x + width - next))
  }

  private func actionRows(columns: Int) -> [[Int]] {
    let actions = Array(episode.world.actions.indices)
    let rows = (actions.count + columns - 1) / columns
    return (0..<rows).map { row in stride(from: row, to: actions.count, by: rows).map { actions[$0] } }
  }

  /// A row of actions, each with its probability as a bar; `+` where it fits the goal, `▓` where it fits the proxy.
  private func drawActions(
    _ row: [Int], _ decision: Decision, _ known: CellSurvey.Entry, into canvas: inout Canvas, x: Int, y: Int,
    width: Int,
    _ theme: Theme
  ) {
    let column = width / max(1, row.count)
    for (index, action) in row.enumerated() where decision.probabilities.indices.contains(action) {
      let left = x + index * column
      let isBest = decision.best == action
      let style = theme.style(isBest ? .strong : .text)
      let probability = Double(decision.probabilities[action])
      let barWidth = max(3, min(24, column - 11))
      canvas.put(String(Theme.arrow(episode.world.actions[action].heading)), x: left, y: y, style: style)
      canvas.put(
        bar(probability, width: barWidth), x: left + 2, y: y, style: theme.style(isBest ? .text : .dim))
      var next = canvas.put(decimal(probability), x: left + 3 + barWidth, y: y, style: style) + 1
      if known.fits(episode.world.intended, action) {
        next = canvas.put("+", x: next, y: y, style: theme.style(.intended))
      }
      if let proxy = run.analysis?.proxy, known.fits(proxy, action) {
        canvas.put("▓", x: next, y: y, style: theme.style(.proxy))
      }
    }
  }
}
