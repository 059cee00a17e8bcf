import Accounts
import Gridworlds
import Studies
import TerminalUI

/// What shows that a person acts or acted, where branches leave, and which keys lead there again.
struct BranchSigns {
  let branching: Branching
  let reel: EpisodeReel

  private var run: Run { branching.run(reel) }

  /// What the header says of a branch; empty of an episode as it was.
  var headline: String {
    if branching.takeOver != nil { return "  YOU ACT" }
    var words = branching.shown.map { "  \(branching.tree(reel).name(of: $0))" } ?? ""
    if let steps = Narration(run).humanSteps {
      words += ", you acted at step\(run.episode.interventions.count == 1 ? "" : "s") \(steps)"
    }
    return words
  }

  /// The two lines that stand in the place of the narration while a person acts.
  var takeOverLines: [(String, Ink)]? {
    guard let takeOver = branching.takeOver else { return nil }
    let episode = takeOver.run.episode
    let moves = takeOver.moves
    var now = "YOU ACT from step \(takeOver.leavesAt), \(moves) move\(moves == 1 ? "" : "s") so far."
    if episode.conclusion != .stopped {
      now += " \(Narration(takeOver.run).ending)"
    } else if let decision = branching.decision(of: reel.agent) {
      let best = decision.best
      now +=
        " \(episode.agent) would go \(episode.world.actions[best].name), π \(decimal(decision.probabilities[best]))."
    }
    let keys =
      reel.agent == nil
      ? "No agent at hand: w ends  BS undoes"
      : "Space hands back  BS undoes  w ends"
    return [(now, .alert), (keys, .key)]
  }

  /// Where branches leave what is shown, on the lane of events (`Y1` where branch 1 does), and on the lane of classes `w`
  /// for the steps that a person took: whatever they fit, the agent did not choose them.
  func draw(over timeline: Timeline, into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    let scale = timeline.scale(width: rect.width)
    // The user may have put the lanes in another order.
    let lanes = timeline.lanes.prefix(rect.height)
    if let row = lanes.firstIndex(of: .classes) {
      InterventionMarks(run.episode).draw(into: &canvas, x: rect.x, y: rect.y + row, scale, theme)
    }
    guard branching.takeOver == nil else { return }
    let row = lanes.firstIndex(of: .marks)
    let y = rect.y + (row ?? 0)
    let leaving = Dictionary(grouping: branching.tree(reel).children(of: branching.shown), by: \.leavesAt)
    for (step, branches) in leaving where step <= run.episode.steps.count {
      // Of several that leave at one step, the first has its number there.
      for (offset, scalar) in "Y\(branches[0].id)".unicodeScalars.enumerated() {
        let x = rect.x + scale.column(of: step) + offset
        guard x < rect.x + scale.used, offset == 0 || (row != nil && canvas[x, y].glyph == " ") else { break }
        InterventionMarks.put(scalar, x, y, theme.style(.key), into: &canvas)
      }
    }
  }

  /// What the legend says of branches.
  var legend: [BoardLegend.Sign] {
    (run.episode.interventions.isEmpty ? [] : [("w", "you acted", Ink.key)])
      + (branching.takeOver == nil && !branching.tree(reel).children(of: branching.shown).isEmpty
        ? [("Y", "branch", Ink.key)] : [])
  }

  /// The keys that lead from the episode to the branch and the frame that are shown; `nil` of the episode itself, and where
  /// keys do not lead there.
  ///
  /// The agent's draws are those of its seed, whoever acts meanwhile: so the same moves at the same steps give the same
  /// branch, and all that goes before counts as one branch a take-over.
  func keys(to frame: Int) -> String? {
    let episode = run.episode
    if branching.takeOver == nil && branching.shown == nil { return nil }
    let there = BranchSigns.typed(min(frame, episode.steps.count))
    if reel.agent == nil {
      // From a file: its branches are in the list.
      guard branching.takeOver == nil, let line = branching.filedLine(reel) else { return nil }
      return "B g " + String(repeating: "Down ", count: line + 1) + "Enter " + there
    }
    let table = MoveCommand.keys(episode.world.actions)
    let ranges = episode.interventionRanges
    guard !ranges.isEmpty else { return nil }
    var keys: [String] = []
    for range in ranges {
      keys += [BranchSigns.typed(range.lowerBound), "w"]
      keys += range.compactMap { step in
        table.first { $0.command == .act(episode.steps[step].action) }?.keys.first?.typed
      }
      let isLast = range.upperBound == episode.steps.count - 1
      if isLast && branching.takeOver != nil { return keys.joined(separator: " ") }
      keys.append(isLast ? "w" : "Space")
    }
    return (keys + [there]).joined(separator: " ")
  }

  private static func typed(_ step: Int) -> String { ": " + "\(step)".map { "\($0) " }.joined() + "Enter" }
}

/// Marks on a lane of classes for the steps that a person took.
struct InterventionMarks {
  private let episode: Episode

  init(_ episode: Episode) { self.episode = episode }

  func draw(into canvas: inout Canvas, x: Int, y: Int, _ scale: TimeScale, _ theme: Theme) {
    guard !episode.interventions.isEmpty else { return }
    for column in 0..<scale.used where scale.frames(at: column).contains(where: episode.isIntervention) {
      InterventionMarks.put("w", x + column, y, theme.style(.key), into: &canvas)
    }
  }

  /// Puts a glyph where the cursor of a timeline may stand, which stays.
  static func put(_ glyph: Unicode.Scalar, _ x: Int, _ y: Int, _ style: Style, into canvas: inout Canvas) {
    var style = style
    let isNow = canvas[x, y].glyph == "▴" || canvas[x, y].style.attributes.contains(.reverse)
    if isNow { style.attributes.insert(.reverse) }
    canvas[x, y] = Cell(glyph: glyph, style: style)
  }
}
