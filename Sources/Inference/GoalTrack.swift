import Foundation
import Gridworlds
import Planning

/// Which goal an agent pursues at each step when it may change its mind.
///
/// A hidden Markov model: before each step the agent keeps its goal, or with probability ``switching`` draws one by the
/// prior. Forward filter, and forward–backward in hindsight (Rabiner 1989). Given that an agent acts: whether one does
/// is ``Posterior/agentProbability(after:)``.
public struct GoalTrack: Sendable {
  /// The probability of a change before a step.
  public static let switching = 0.02

  /// A run of steps with one most probable goal.
  public struct Segment: Sendable, Hashable {
    /// The steps.
    public let steps: Range<Int>
    /// Who was most probably pursued.
    public let candidate: Candidate.Index
  }

  /// By step: the probability of each candidate, given the steps up to and with it.
  public let filtered: [PerCandidate<Double>]
  /// By step: the same, given the whole episode.
  public let smoothed: [PerCandidate<Double>]
  /// Who was after what, and when, in hindsight.
  public let segments: [Segment]

  init(_ evidence: Evidence, prior: Prior = Prior()) {
    let models = AgentModel.grid(prior)
    let candidates = evidence.graph.candidates.indices
    let width = candidates.count * models.count
    let shares = prior.shares(of: evidence.graph.candidates)
    let start = (0..<width).map { shares[$0 / models.count] / Double(models.count) }
    // What an achieved or unreachable goal leaves to habit is as probable as to a device.
    var emissions: [[Double]] = []
    var choice = Choice()
    evidence.forEachStep { step, habits in
      let habit = habits[Int(evidence.actions[step])]
      var row: [Double] = []
      for candidate in candidates {
        let says = evidence.describe(step, candidate, habits, in: &choice)
        for model in models { row.append(says ? model.probability(of: choice) : habit) }
      }
      emissions.append(row)
    }
    func normalised(_ row: [Double]) -> [Double] {
      let total = row.reduce(0, +)
      return total > 0 ? row.map { $0 / total } : start
    }
    func moved(_ row: [Double]) -> [Double] {
      zip(row, start).map { (1 - GoalTrack.switching) * $0 + GoalTrack.switching * $1 }
    }
    var forward: [[Double]] = []
    for emission in emissions {
      forward.append(normalised(zip(moved(forward.last ?? start), emission).map { $0 * $1 }))
    }
    var backward = Array(repeating: 1.0, count: width)
    var hindsight = forward
    for step in forward.indices.reversed() {
      hindsight[step] = normalised(zip(forward[step], backward).map { $0 * $1 })
      let weighted = zip(backward, emissions[step]).map { $0 * $1 }
      var redrawn = 0.0
      for (weight, share) in zip(weighted, start) { redrawn += weight * share }
      backward = normalised(weighted.map { (1 - GoalTrack.switching) * $0 + GoalTrack.switching * redrawn })
    }
    func byCandidate(_ row: [Double]) -> PerCandidate<Double> {
      var sums = Array(repeating: 0.0, count: candidates.count)
      for (index, probability) in row.enumerated() { sums[index / models.count] += probability }
      return PerCandidate(sums)
    }
    filtered = forward.map(byCandidate)
    smoothed = hindsight.map(byCandidate)
    var segments: [Segment] = []
    for (step, row) in smoothed.enumerated() {
      let best = row.indices.max { row[$0] < row[$1] } ?? 0
      if let last = segments.last, last.candidate == best {
        segments[segments.count - 1] = Segment(steps: last.steps.lowerBound..<(step + 1), candidate: best)
      } else {
        segments.append(Segment(steps: step..<(step + 1), candidate: best))
      }
    }
    self.segments = segments
  }
}
