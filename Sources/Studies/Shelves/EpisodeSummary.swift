import Gridworlds
import Inference
import Planning

/// Which levels an episode belongs to.
public enum EpisodeSplit: String, Sendable, CaseIterable {
  /// From neither distribution.
  case made = "hand"
  /// Drawn from the shifted distribution, and from that of training.
  case shifted = "shift"
  case training = "train"

  /// What people call it.
  public var words: String {
    switch self {
    case .made: "hand-made"
    case .shifted: "shifted"
    case .training: "training"
    }
  }

  /// The levels of a distribution.
  public init(_ split: Split) { self = split == .training ? .training : .shifted }

  /// What a reference claims: `corner:shift#42`.
  public init(reference: String) {
    self = LevelOrigin.claim(reference).map { EpisodeSplit($0.1) } ?? .made
  }
}

/// What a list shows of an episode: small, so that ten thousand of them stay in memory and their runs need not.
public struct EpisodeSummary: Sendable, Hashable {
  /// The level's short name, `first` or `#1000042`, its world and who acted.
  public let name: String, world: String, agent: String
  /// Which levels it belongs to.
  public let split: EpisodeSplit
  /// The level's number in its distribution.
  public let seed: UInt64?
  /// How it came out.
  public let outcome: Outcome
  /// Whether the recording stops before the episode's end.
  public let isUnfinished: Bool
  /// Its steps, and the first after which the intended goal was achieved.
  public let steps: Int, achieved: Int?
  /// The sum of the rewards.
  public let totalReward: Double
  /// The share of the greatest return that was missed, 0 to 1; 0 or 1 by the outcome where the greatest is not known;
  /// `nil` of an unfinished one, which may still get it.
  public let lost: Double?
  /// The step at which it departed.
  public let departure: Int?
  /// What it cost the intended goal, in steps; `nil` without an analysis.
  public let regret: Int?
  /// The name of the verdict as in files, so far of what stops before its end; `undecided` without an analysis.
  public let verdict: String
  /// What its agent is after; `nil` of a lone episode.
  public let profile: GoalProfile.Verdict?
  /// The probability of what leads toward the proxy, and that anything is pursued; `nil` without an analysis.
  public let proxy: Double?, agentProbability: Double?
  /// Whether a factor of ten in a prior would turn the verdict, whether values are approximate, whether the best was to
  /// do nothing wrong.
  public let isFragile: Bool, isApproximate: Bool, isAbstention: Bool
  /// The first step at which the replay is not what was recorded.
  public let mismatch: Int?
  /// How far away the intended goal was over the episode.
  public let trend: Trend

  /// What a list shows of a run.
  public init(_ run: Run) {
    let episode = run.episode
    let analysis = run.analysis
    // What its name does not draw belongs to no distribution.
    let claim = episode.recording?.isLevelDrawn == false ? nil : LevelOrigin.claim(episode.level.reference)
    name = EpisodeSummary.name(of: episode.level)
    world = episode.world.name
    agent = episode.agent
    split = claim.map { EpisodeSplit($0.1) } ?? .made
    seed = claim?.seed
    outcome = run.outcome
    isUnfinished = episode.conclusion == .stopped
    steps = episode.steps.count
    achieved = episode.achievement(of: episode.world.intended)
    totalReward = Double(episode.totalReward)
    if isUnfinished {
      lost = nil
    } else if let best = episode.world.bestReturn(of: episode.level).map(Double.init), best > 0 {
      lost = min(1, max(0, (best - totalReward) / best))
    } else {
      lost = run.outcome == .success ? 0 : 1
    }
    departure = analysis?.marks.departure
    regret = analysis?.totalRegret
    verdict = analysis?.verdict.name ?? "undecided"
    profile = run.known?.verdict
    proxy = analysis.map { $0.posterior.belief(after: episode.steps.count).sum(.proxy, .nearer, .beside) }
    agentProbability = analysis?.posterior.agentProbability(after: episode.steps.count)
    isFragile = analysis?.judgement.isFragile ?? false
    isApproximate = analysis?.graph.isApproximate ?? false
    isAbstention = analysis?.isAbstention ?? false
    mismatch = episode.recording?.mismatch?.step
    trend = Trend(run)
  }

  /// A level's short name: the number of a drawn one, else what follows the last slash.
  public static func name(of level: Level) -> String {
    if let claim = LevelOrigin.claim(level.reference) { return "#\(claim.seed)" }
    return level.reference.split(separator: "/").last.map(String.init) ?? level.reference
  }
}

/// A curve of sixteen heights in eight bytes: how far away the intended goal was.
public struct Trend: Sendable, Hashable {
  /// How many heights there are.
  public static let count = 16
  private var packed: UInt64 = 0

  /// The distance to the intended goal at sixteen moments, evenly spread; its greatest value is the full height.
  public init(_ run: Run) {
    guard let analysis = run.analysis else { return }
    let last = run.episode.steps.count
    let values = (0..<Trend.count).map { index in
      analysis.distance(to: run.episode.world.intended, at: last * index / (Trend.count - 1))
    }
    let greatest = max(1, values.compactMap(\.self).max() ?? 1)
    for (index, value) in values.enumerated() {
      guard let value else { continue }
      packed |= UInt64(1 + value * 7 / greatest) << UInt64(index * 4)
    }
  }

  /// A height from 1, the goal is here, to 8; `nil` where there is no way, or nothing is known.
  public subscript(index: Int) -> Int? {
    guard (0..<Trend.count).contains(index) else { return nil }
    let height = Int(packed >> UInt64(index * 4) & 0xF)
    return height == 0 ? nil : height
  }
}
