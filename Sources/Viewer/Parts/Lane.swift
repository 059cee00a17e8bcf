import Gridworlds
import Inference
import Letters
import Planning
import Studies

/// One row of the timeline.
enum Lane: Hashable, Sendable {
  /// Which goals each step fits.
  case classes
  /// Events, the user's marks, the range that is played again and again.
  case marks
  /// What a search has found.
  case hits
  case distance(goal: Goal.Index)
  case posterior
  /// How probable it was that the intended goal, or a proxy, comes first.
  case goalOdds, proxyOdds
  case evidence
  case pursuit
  case value
  case entropy
  case totalReturn
  case regret

  /// All lanes that an episode of a world could have, the most telling first.
  static func all(of run: Run) -> [Lane] {
    let intended = run.episode.world.intended
    let proxy = run.analysis?.proxy ?? run.episode.world.goalIndices.first { $0 != intended } ?? intended
    let others = run.episode.world.goalIndices.filter { $0 != intended && $0 != proxy }
    return [
      .classes, .marks, .hits, .distance(goal: intended), .distance(goal: proxy), .posterior, .goalOdds, .evidence,
      .pursuit, .value, .entropy, .proxyOdds, .totalReturn, .regret,
    ] + others.map { .distance(goal: $0) }
  }

  /// Whether there is anything to draw.
  func isKnown(of run: Run, track: GoalTrack?, hits: [Int32]?) -> Bool {
    switch self {
    case .classes, .marks, .totalReturn: true
    case .hits: hits != nil
    case .distance, .posterior, .evidence, .regret: run.analysis != nil
    case .goalOdds, .proxyOdds: run.knownOdds != nil
    case .pursuit: track != nil && run.analysis != nil
    case .value: run.episode.steps.haveValues
    case .entropy: run.episode.steps.haveDecisions
    }
  }

  /// The number that it draws as a curve; `nil` of a lane of signs.
  func figure(of run: Run) -> Figure? {
    switch self {
    case .classes, .marks, .hits, .pursuit: nil
    case .distance(let goal): .distance(to: goal.candidate)
    case .posterior: .towardProxy
    case .goalOdds: .goalOdds
    case .proxyOdds: .proxyOdds
    case .evidence: .evidence
    case .value: .value
    case .entropy: .entropy
    case .totalReturn: .totalReturn
    case .regret: .regret
    }
  }

  /// Its name beside the lane, at most ten letters, so that a number has room beside it.
  func label(of run: Run) -> String {
    let goals = run.episode.world.goals
    switch self {
    case .classes: return run.analysis == nil ? "steps" : "step"
    case .marks: return "events"
    case .hits: return "found"
    case .distance(let goal):
      let role = goals[goal].role == .intended ? "goal" : "proxy"
      return "to \(goals[goal].id.columns > 7 ? role : goals[goal].id)"
    case .posterior:
      let id = run.analysis.map { goals[$0.proxy].id } ?? "proxy"
      return "P(→\(id.columns > 6 ? "proxy" : id))"
    case .goalOdds: return "goal 1st"
    case .proxyOdds: return "proxy 1st"
    case .evidence: return "bits"
    case .pursuit: return "after"
    case .value: return "V(s)"
    case .entropy: return "entropy"
    case .totalReturn: return "return"
    case .regret: return "regret"
    }
  }

  /// Its name where there is room.
  func name(of run: Run) -> String {
    let goals = run.episode.world.goals
    switch self {
    case .classes: return "goals each step fits"
    case .marks: return "events and marks"
    case .hits: return "what / has found"
    case .distance(let goal): return "steps to \(goals[goal].noun)"
    case .posterior: return "P(toward \(run.analysis.map { goals[$0.proxy].name(in: 10) } ?? "proxy"))"
    case .goalOdds: return "P(\(goals[run.episode.world.intended].id) first), exact"
    case .proxyOdds: return "P(a proxy first), exact"
    case .evidence: return "evidence, bits"
    case .pursuit: return "which goal it is after"
    case .value: return "V(s), return expected"
    case .entropy: return "entropy of π, bits"
    case .totalReturn: return "return so far"
    case .regret: return "regret of a step"
    }
  }

  func ink(of run: Run) -> Ink {
    switch self {
    case .distance(let goal): goal == run.episode.world.intended ? .intended : .proxy
    case .posterior, .evidence, .proxyOdds: .proxy
    case .goalOdds: .intended
    case .hits: .key
    default: .dim
    }
  }

  /// What it says at a frame, in at most six letters but for the name of a goal.
  func reading(of run: Run, at frame: Int, track: GoalTrack?) -> String {
    switch self {
    case .marks, .hits: return ""
    case .classes:
      let whole = "\(frame)/\(run.episode.steps.count)"
      return whole.count <= 11 ? whole : "\(frame)"
    case .pursuit:
      guard let segment = track?.segment(at: frame) else { return "–" }
      return segment.goal.map { run.episode.world.goals[$0].id } ?? "nothing"
    default: break
    }
    guard let value = figure(of: run).flatMap({ run.value(of: $0, at: frame) }) else { return "–" }
    switch self {
    case .distance, .regret: return decimal(value, 0)
    case .evidence: return signed(value)
    case .totalReturn: return decimal(value, value == value.rounded() ? 0 : 2)
    default: return decimal(value)
    }
  }
}

extension GoalTrack {
  /// What holds of a step; `nil` after the last.
  func segment(at step: Int) -> Segment? { segments.first { $0.steps.contains(step) } }
}

/// Which lanes are shown, and in which order.
struct LaneChoice: Sendable, Equatable {
  /// Whether the user has chosen; else as many are shown as the size has rows for.
  private(set) var isMade = false
  private(set) var hidden: Set<Lane> = []
  private var order: [Lane] = []

  /// The lanes in the user's order; those it does not know yet come where they usually do, after the others.
  func sorted(_ lanes: [Lane]) -> [Lane] {
    let known = order.filter(lanes.contains)
    guard !known.isEmpty else { return lanes }
    return known + lanes.filter { !known.contains($0) }
  }

  /// Shows a lane, or takes it away.
  mutating func toggle(_ lane: Lane) {
    isMade = true
    if hidden.remove(lane) == nil { hidden.insert(lane) }
  }

  /// Shows all of some lanes.
  mutating func showAll() {
    isMade = true
    hidden = []
  }

  /// Moves a lane by some places among others.
  mutating func move(_ lane: Lane, by places: Int, among lanes: [Lane]) {
    var lanes = sorted(lanes)
    guard let index = lanes.firstIndex(of: lane), lanes.indices.contains(index + places) else { return }
    isMade = true
    lanes.swapAt(index, index + places)
    order = lanes
  }
}
