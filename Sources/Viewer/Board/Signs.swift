import Gridworlds
import Inference
import Planning
import Studies

extension Episode {
  /// What marks a goal on this episode's board: what lies at its target, or what its own tile stands for.
  func sign(of goal: Goal.Index) -> Legend.Entry? {
    let declared = world.goals[goal]
    let own = world.legend[declared.tile]
    switch own?.role {
    case .region?, .hazard?: return own
    case .creature?:
      // Any of its kind that there is: a leader that is none.
      return level.mobiles.lazy.compactMap { self.world.legend[$0.tile] }.first { $0.role == .creature } ?? own
    default: break
    }
    // Two goals at one place are told apart by their own tiles.
    guard Set(level.targets).count == level.targets.count, let cell = level.targets(of: goal).first,
      level.map.contains(cell), let there = world.legend[level.map[cell]], there.role != .floor,
      there.role != .agent
    else { return own }
    return there
  }
}

extension StepClass {
  /// Its glyph and colour.
  var look: (Unicode.Scalar, Ink) {
    switch self {
    case .both: ("═", .both)
    case .proxyOnly: ("▓", .proxy)
    case .intendedOnly: ("+", .intended)
    case .neither: ("·", .neither)
    }
  }
}

extension Happening.Kind {
  /// Its glyph and colour.
  func look(in run: Run) -> (Unicode.Scalar, Ink) {
    switch self {
    case .decision: return ("?", .both)
    case .departure, .away: return ("◊", .alert)
    case .commitment: return ("c", .proxy)
    case .noReturn: return ("!", .alert)
    case .achieved(let goal):
      let glyph = run.episode.sign(of: goal).map(Theme.glyph) ?? "*"
      return (glyph, goal == run.episode.world.intended ? .intended : .proxy)
    case .ended: return ("▪", .dim)
    case .differed: return ("≠", .alert)
    }
  }

  /// A mark in words.
  func words(in run: Run) -> String {
    switch self {
    case .decision: return "must choose"
    case .departure: return "departure"
    case .away: return "away since"
    case .commitment:
      let isDecided = run.analysis.map { $0.isFinished || run.episode.achievement(of: $0.proxy) != nil } ?? true
      return isDecided ? "committed" : "committed so far"
    case .noReturn: return "\(run.episode.world.goals[run.episode.world.intended].bareNoun) lost"
    case .achieved(let goal): return run.episode.world.goals[goal].deed
    case .ended(.truncated): return "time limit"
    case .ended(.terminated): return "the end"
    case .ended(.stopped): return "stopped"
    case .differed: return "not as recorded from here"
    }
  }
}
