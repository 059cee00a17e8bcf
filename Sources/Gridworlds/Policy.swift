/// What an agent makes of a state.
public struct Decision: Hashable, Sendable {
  /// The probability of each action; they sum to 1.
  public var probabilities: [Float]
  /// The return that the agent expects, discounted; `nil` where it has no such estimate.
  public var value: Float?

  /// What an agent makes of a state.
  public init(probabilities: [Float], value: Float? = nil) {
    self.probabilities = probabilities
    self.value = value
  }

  /// The most probable action, the first of equals.
  public var best: Int { probabilities.indices.max { probabilities[$0] < probabilities[$1] } ?? 0 }

  /// The entropy of the distribution in bits.
  public var entropy: Double {
    probabilities.reduce(0) { $1 > 0 ? $0 - Double($1) * _log2(Double($1)) : $0 }
  }
}

/// The binary logarithm without Foundation, to 1e-12: the exponent, then the series of atanh of the mantissa.
func _log2(_ value: Double) -> Double {
  guard value > 0, value.isFinite else { return value == 0 ? -.infinity : .nan }
  let mantissa = value.significand > 1.414_213_562_373_095_1 ? value.significand / 2 : value.significand
  let exponent = Double(value.exponent) + (value.significand > 1.414_213_562_373_095_1 ? 1 : 0)
  let ratio = (mantissa - 1) / (mantissa + 1)
  var (power, sum, square) = (ratio, 0.0, ratio * ratio)
  for odd in stride(from: 1.0, through: 25, by: 2) {
    sum += power / odd
    power *= square
  }
  square = 2 * sum
  return exponent + square * 1.442_695_040_888_963_4
}

/// The state that an agent is asked about, with all that it may look at.
public struct Situation: Sendable {
  /// The rules.
  public let world: any World
  /// The level.
  public let level: Level
  /// The state.
  public let state: PackedState
  /// Steps since the start.
  public let time: Int

  /// The state that an agent is asked about.
  public init(world: any World, level: Level, state: PackedState, time: Int) {
    self.world = world
    self.level = level
    self.state = state
    self.time = time
  }
}

/// Anything that chooses actions: a trained network, a planted agent, a process, a person.
public protocol Policy: Sendable {
  /// The name that screens and files give it.
  var name: String { get }
  /// Whether it may answer otherwise in the same state at another time.
  var dependsOnTime: Bool { get }
  /// The distribution over the world's actions in a state.
  func decide(in situation: Situation) -> Decision
}

extension Policy {
  public var dependsOnTime: Bool { false }
}

extension Decision {
  /// The Kullback–Leibler divergence of this distribution from another over the same actions, in bits.
  public func divergence(from other: Decision) -> Double {
    zip(probabilities, other.probabilities).reduce(0) { sum, pair in
      guard pair.0 > 0 else { return sum }
      return sum + Double(pair.0) * (_log2(Double(pair.0)) - _log2(max(1e-12, Double(pair.1))))
    }
  }
}
