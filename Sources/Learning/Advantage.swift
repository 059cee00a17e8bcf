/// One step of experience, as the estimate of its advantage needs it.
public struct Sample: Hashable, Sendable {
  /// What follows a step.
  public enum Next: Hashable, Sendable {
    /// The next sample.
    case continues
    /// Nothing: the world ended.
    case terminates
    /// A state that was cut off, and what it is worth.
    case truncates(value: Float)
  }

  /// The reward of the step.
  public var reward: Float
  /// What the value function expected before it.
  public var value: Float
  /// What follows it.
  public var next: Next

  /// One step of experience.
  public init(reward: Float, value: Float, next: Next) {
    self.reward = reward
    self.value = value
    self.next = next
  }
}

/// How much better each action was than the policy's average: the generalised advantage.
/// - Parameters:
///   - samples: consecutive steps; several episodes may follow each other, and the last sample must not continue.
///   - discount: γ in `0...1`: what a reward is worth one step later.
///   - trace: λ in `0...1`; 0 is one-step, 1 is Monte Carlo.
/// - Returns: as many advantages in reward units, not normalised; each plus its value is the return to learn from.
/// - Complexity: O(*n*)
/// - SeeAlso: Schulman et al. (2016), section 3.
public func advantages(of samples: [Sample], discount: Float, trace: Float) -> [Float] {
  var advantages = [Float](repeating: 0, count: samples.count)
  var (nextValue, nextAdvantage): (Float, Float) = (0, 0)
  for (index, sample) in samples.enumerated().reversed() {
    switch sample.next {
    case .continues: break
    case .terminates: (nextValue, nextAdvantage) = (0, 0)
    case .truncates(let value): (nextValue, nextAdvantage) = (value, 0)
    }
    let surprise = sample.reward + discount * nextValue - sample.value
    nextAdvantage = surprise + discount * trace * nextAdvantage
    nextValue = sample.value
    advantages[index] = nextAdvantage
  }
  return advantages
}
