import Accounts
import Gridworlds
import Studies
import TerminalUI

/// What shows that a person acts or acted, and where branches leave.
extension ReplayScene {
  /// What the header says of a branch; empty of an episode as it was.
  var branchWords: String {
    if takeOver != nil { return "  YOU ACT" }
    var words = shownBranch.map { "  \(tree.name(of: $0))" } ?? ""
    if let steps = Narration(run).humanSteps {
      words += ", you acted at step\(run.episode.interventions.count == 1 ? "" : "s") \(steps)"
    }
    return words
  }

  /// The two lines that stand in the place of the narration while a person acts.
  var takeOverLines: [(String, Ink)]? {
    guard let takeOver else { return nil }
    let episode = takeOver.run.episode
    let moves = takeOver.moves
    var now = "YOU ACT from step \(takeOver.leavesAt), \(moves) move\(moves == 1 ? "" : "s") so far."
    if episode.conclusion != .stopped {
      now += " \(Narration(takeOver.run).ending)"
    } else if let decision = agentsDecision {
      let best = decision.best
      now +=
        " \(episode.agent) would go \(episode.world.actions[best].name), π \(decimal(decision.probabilities[best]))."
    }
    let keys =
      agent == nil
      ? "No agent at hand: w ends  BS undoes"
      : "Space hands back  BS undoes  w ends"
    return [(now, .alert), (keys, .key)]
  }

  /// Where branches leave what is shown, on the lane of events (`Y1` where branch 1 does), and on the lane of classes `w`
  /// for the steps that a person took: whatever they fit, the agent did not choose them.
  func drawBranches(into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    let timeline = timeline
    let scale = timeline.scale(width: rect.width)
    // The user may have put the lanes in another order.
    let lanes = timeline.lanes.prefix(rect.height)
    if let row = lanes.firstIndex(of: .classes) {
      run.episode.drawInterventions(into: &canvas, x: rect.x, y: rect.y + row, scale, theme)
    }
    guard takeOver == nil else { return }
    let row = lanes.firstIndex(of: .marks)
    let y = rect.y + (row ?? 0)
    let leaving = Dictionary(grouping: tree.children(of: shownBranch), by: \.leavesAt)
    for (step, branches) in leaving where step <= run.episode.steps.count {
      // Of several that leave at one step, the first has its number there.
      for (offset, scalar) in "Y\(branches[0].id)".unicodeScalars.enumerated() {
        let x = rect.x + scale.column(of: step) + offset
        guard x < rect.x + scale.used, offset == 0 || (row != nil && canvas[x, y].glyph == " ") else { break }
        canvas.mark(x, y, scalar, theme.style(.key))
      }
    }
  }

  /// What the legend says of branches.
  var branchLegend: [(String, String, Ink)] {
    (run.episode.interventions.isEmpty ? [] : [("w", "you acted", Ink.key)])
      + (takeOver == nil && !tree.children(of: shownBranch).isEmpty ? [("Y", "branch", Ink.key)] : [])
  }
}

extension Episode {
  /// Marks the steps that a person took on a lane of classes.
  func drawInterventions(into canvas: inout Canvas, x: Int, y: Int, _ scale: TimeScale, _ theme: Theme) {
    guard !interventions.isEmpty else { return }
    for column in 0..<scale.used where scale.frames(at: column).contains(where: isIntervention) {
      canvas.mark(x + column, y, "w", theme.style(.key))
    }
  }
}

extension Canvas {
  /// Puts a glyph where the cursor of a timeline may stand, which stays.
  fileprivate mutating func mark(_ x: Int, _ y: Int, _ glyph: Unicode.Scalar, _ style: Style) {
    var style = style
    let isNow = self[x, y].glyph == "▴" || self[x, y].style.attributes.contains(.reverse)
    if isNow { style.attributes.insert(.reverse) }
    self[x, y] = Cell(glyph: glyph, style: style)
  }
}
