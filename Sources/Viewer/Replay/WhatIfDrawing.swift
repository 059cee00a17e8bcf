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
      watcher == nil
      ? "No agent is at hand: Space or w end here, BS undoes."
      : "Space hands back, BS undoes, w ends here."
    return [(now, .alert), (keys, .key)]
  }

  /// The branches that leave what is shown, and the person's steps, on the lane of events: `Y1` where branch 1 leaves,
  /// `w` where the person acted.
  func drawBranches(into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    let scale = Timeline(run: run, frame: 0).scale(width: rect.width)
    let y = rect.y + (rect.height > 1 ? 1 : 0)
    func put(_ text: String, at frame: Int, _ ink: Ink) {
      for (offset, scalar) in text.unicodeScalars.enumerated() {
        let x = rect.x + scale.column(of: frame) + offset
        guard x < rect.x + scale.used, offset == 0 || canvas[x, y].glyph == " " else { break }
        let style = canvas[x, y].style.attributes
        canvas[x, y] = Cell(glyph: scalar, style: theme.style(ink))
        canvas.restyle(Rect(x: x, y: y, width: 1, height: 1)) { $0.attributes.formUnion(style.intersection(.reverse)) }
      }
    }
    if rect.height > 1 {
      for step in run.episode.interventions where canvas[rect.x + scale.column(of: step), y].glyph == " " {
        put("w", at: step, .key)
      }
    }
    guard takeOver == nil else { return }
    let leaving = Dictionary(grouping: tree.children(of: shownBranch), by: \.leavesAt)
    for (step, branches) in leaving where step <= run.episode.steps.count {
      // Of several that leave at one step, the first has its number there.
      put("Y\(branches[0].id)", at: step, .key)
    }
  }

  /// What the legend says of branches.
  var branchLegend: [(String, String, Ink)] {
    (run.episode.interventions.isEmpty ? [] : [("w", "you acted", Ink.key)])
      + (takeOver == nil && !tree.children(of: shownBranch).isEmpty ? [("Y", "branch", Ink.key)] : [])
  }
}
