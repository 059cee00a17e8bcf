extension Episode {
  /// The episode, played on by a policy to its end.
  ///
  /// The sampling stands where it would stand had the policy acted from the start: one draw a step. So an episode in
  /// which somebody took over for a while differs from the policy's own through those steps alone, and where these were
  /// the policy's own, it is the same episode.
  /// - Parameters:
  ///   - seed: of the sampling.
  ///   - greedy: the most probable action always, instead of a sample.
  public func continued(by policy: some Policy, seed: UInt64, greedy: Bool = false) -> Episode {
    var episode = self
    var random = RandomSource(seed: seed, stream: 2)
    for _ in steps.indices { _ = random.unit() }
    while episode.conclusion == .stopped {
      let now = episode.steps.count
      let situation = Situation(world: world, level: level, state: episode.states[now], time: now)
      let decision = policy.decide(in: situation)
      let drawn = random.sample(decision.probabilities)
      episode.advance(greedy ? decision.best : drawn, decision: decision)
    }
    return episode
  }

  /// The steps at which a person acted, as ranges in order.
  public var interventionRanges: [ClosedRange<Int>] {
    var ranges: [ClosedRange<Int>] = []
    for step in interventions {
      if let last = ranges.last, last.upperBound + 1 == step {
        ranges[ranges.count - 1] = last.lowerBound...step
      } else {
        ranges.append(step...step)
      }
    }
    return ranges
  }

  /// Whether a goal was first achieved by a step that a person took in the agent's stead.
  public func isByPerson(_ goal: Goal.Index) -> Bool {
    achievement(of: goal).map { frame in frame > 0 && isIntervention(frame - 1) } ?? false
  }

  /// Whether a person took a step in the agent's stead.
  /// - Complexity: O(log *n*) of the interventions.
  public func isIntervention(_ step: Int) -> Bool {
    var range = interventions.startIndex..<interventions.endIndex
    while let middle = range.isEmpty ? nil : (range.lowerBound + range.upperBound) / 2 {
      if interventions[middle] == step { return true }
      range = interventions[middle] < step ? (middle + 1)..<range.upperBound : range.lowerBound..<middle
    }
    return false
  }
}
