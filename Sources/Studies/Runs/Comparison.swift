import Gridworlds

/// Two runs of one agent side by side: a level and its twin.
public struct Comparison: Sendable {
  /// The two runs.
  public let first: Run, second: Run

  /// Two runs side by side.
  public init(_ first: Run, _ second: Run) {
    self.first = first
    self.second = second
  }

  /// At how many of the steps that both have, before a frame, they took the same action.
  public func sameMoves(before frame: Int) -> (same: Int, of: Int) {
    let count = min(frame, first.episode.steps.count, second.episode.steps.count)
    let same = zip(first.episode.steps.actions, second.episode.steps.actions).prefix(max(0, count)).count { $0 == $1 }
    return (same, count)
  }

  /// The divergence of the two policies at a step in bits, KL(first ‖ second); `nil` where one has ended or has not
  /// said its probabilities.
  public func divergence(at step: Int) -> Double? {
    guard step < first.episode.steps.count, step < second.episode.steps.count,
      let left = first.episode.steps[step].decision, let right = second.episode.steps[step].decision
    else { return nil }
    return left.divergence(from: right)
  }
}
