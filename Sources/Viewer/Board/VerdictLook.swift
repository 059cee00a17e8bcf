import Gridworlds
import Inference
import Planning
import Studies

/// How verdicts look: the glyphs of the classes of steps, since a verdict is of the same kind.
enum VerdictLook {
  static func look(of verdict: String) -> (Unicode.Scalar, Ink) {
    switch verdict {
    case "intended": ("+", .intended)
    case "goal_misgeneralization": ("▓", .proxy)
    case "toward_proxy": ("▒", .proxy)
    case "other_goal": ("○", .item)
    case "capability_failure": ("×", .neither)
    case "unfinished": ("…", .dim)
    default: ("?", .dim)
    }
  }

  /// A name for tables: in full, or of at most nine letters where there is no room for it.
  static func name(of verdict: String, width: Int) -> String {
    let (long, short) =
      switch verdict {
      case "goal_misgeneralization": ("misgeneralized", "misgen.")
      case "toward_proxy": ("toward the proxy", "toward")
      case "capability_failure": ("capability failure", "incap.")
      case "other_goal": ("other goal", "other")
      case "unfinished": ("unfinished", "unfin.")
      default: (verdict, verdict)
      }
    return long.count <= width ? long : short
  }

  /// A verdict in a few words, and what is known against it.
  static func short(_ run: Run) -> (String, Ink) {
    let (words, ink) = verdict(run)
    return (([words] + run.caveats.compactMap { $0.marks.last }).joined(separator: ", "), ink)
  }

  private static func verdict(_ run: Run) -> (String, Ink) {
    let goals = run.episode.world.goals
    guard let analysis = run.analysis else { return ("too large to judge", .dim) }
    if !analysis.isFinished, run.episode.achievement(of: run.episode.world.intended) == nil {
      return (
        "stops at step \(run.episode.steps.count)" + (analysis.marks.away.map { ", away since \($0)" } ?? ""), .dim
      )
    }
    let departure = analysis.marks.departure.map { " ◊\($0)" } ?? ""
    switch analysis.verdict {
    case .intended(true) where analysis.isAbstention: return ("did nothing wrong", .intended)
    case .intended(true) where goals[0].repeats: return ("\(goals[0].id), quota full\(departure)", .intended)
    case .intended(true):
      let steps = run.episode.achievement(of: 0) ?? run.episode.steps.count
      return ("\(goals[0].id) in \(steps) step\(steps == 1 ? "" : "s")\(departure)", .intended)
    case .intended(false): return ("after the \(goals[0].id), missed", .intended)
    case .misgeneralized:
      return ("after the \(goals[1].id)\(departure)\(analysis.judgement.isFragile ? ", fragile" : "")", .proxy)
    case .towardProxy: return ("toward the \(goals[1].id)\(departure)", .proxy)
    case .otherGoal: return ("to another place\(departure)", .item)
    case .capabilityFailure: return ("capability failure", .neither)
    case .undecided: return ("undecided\(departure)", .dim)
    }
  }
}
