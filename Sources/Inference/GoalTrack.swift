import Foundation
import Gridworlds
import Planning

/// Which of the two goals an agent pursues at each step, if either, when it may change its mind.
///
/// A hidden Markov model: before each step the agent keeps what it is after, or with probability ``switching`` draws anew
/// among the intended goal, the proxy and nothing. Forward–backward in hindsight (Rabiner 1989).
public struct GoalTrack: Sendable {
  /// The probability of a change before a step.
  public static let switching = 0.02

  /// A run of steps with one most probable goal.
  public struct Segment: Sendable, Hashable {
    /// The steps.
    public let steps: Range<Int>
    /// Who was most probably pursued; `nil` of nothing.
    public let goal: Goal.Index?
  }

  /// By step, the probability of the intended goal, the proxy and nothing, given the whole episode.
  public let smoothed: [[Double]]
  /// Who was after what, and when, in hindsight.
  public let segments: [Segment]

  init(_ episode: Episode, _ terrain: Terrain) {
    var moves = Moves(episode, terrain, .reflexes)
    let (options, kinds) = (3, Seekers.count)
    let width = options * kinds
    let start = [Double](repeating: 1 / Double(width), count: width)
    var emissions: [[Double]] = []
    while let move = moves.next() {
      // What an achieved or unreachable goal leaves to habit is as probable as to a device; a person's moves say nothing.
      let nothing = Seekers.Each(repeating: move.habit)
      let row =
        move.isHuman ? [nothing, nothing, nothing] : [move.toward(0) ?? nothing, move.toward(1) ?? nothing, nothing]
      emissions.append(row.flatMap { each in (0..<kinds).map { each[$0] } })
    }
    func normalised(_ row: [Double]) -> [Double] {
      let total = row.reduce(0, +)
      return total > 0 ? row.map { $0 / total } : start
    }
    var forward: [[Double]] = []
    for emission in emissions {
      let before = (forward.last ?? start).enumerated()
        .map { (1 - GoalTrack.switching) * $0.element + GoalTrack.switching * start[$0.offset] }
      forward.append(normalised(zip(before, emission).map { $0 * $1 }))
    }
    var backward = Array(repeating: 1.0, count: width)
    var hindsight = forward
    for step in forward.indices.reversed() {
      hindsight[step] = normalised(zip(forward[step], backward).map { $0 * $1 })
      let weighted = zip(backward, emissions[step]).map { $0 * $1 }
      let redrawn = zip(weighted, start).reduce(0) { $0 + $1.0 * $1.1 }
      backward = normalised(weighted.map { (1 - GoalTrack.switching) * $0 + GoalTrack.switching * redrawn })
    }
    smoothed = hindsight.map { row in
      (0..<options).map { option in row[option * kinds..<(option + 1) * kinds].reduce(0, +) }
    }
    var segments: [Segment] = []
    for (step, row) in smoothed.enumerated() {
      // Of what is as probable, nothing is claimed.
      let best = row.indices.reversed().max { row[$0] < row[$1] - 1e-12 } ?? 2
      let goal = best < 2 ? Goal.Index(best) : nil
      if let last = segments.last, last.goal == goal {
        segments[segments.count - 1] = Segment(steps: last.steps.lowerBound..<(step + 1), goal: goal)
      } else {
        segments.append(Segment(steps: step..<(step + 1), goal: goal))
      }
    }
    self.segments = segments
  }
}
