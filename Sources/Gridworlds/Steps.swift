/// One action of an episode.
public struct Step: Hashable, Sendable {
  /// An index into the world's actions.
  public let action: Int
  /// The reward of the intended goal.
  public let reward: Float
  /// What the agent made of the state before it; `nil` where it was not said.
  public let decision: Decision?
}

/// The steps of an episode, each put together when it is asked for from flat arrays: about 25 bytes a step with four
/// actions, none of them in a small object of its own.
public struct Steps: RandomAccessCollection, Sendable, Equatable {
  /// By step, the action that was taken.
  public private(set) var actions: [UInt8] = []
  /// By step, the reward of the intended goal.
  public private(set) var rewards: [Float] = []
  private let actionCount: Int
  /// `actionCount` numbers a step, −1 where nothing was said; empty while nothing ever was.
  private var probabilities: [Float] = []
  /// A number a step, NaN where there is none; empty while there never was one.
  private var values: [Float] = []
  /// At how many steps the agent said its probabilities.
  public private(set) var saidCount = 0
  /// The rewards' sum before every ``stride``-th step.
  private var sums: [Double] = [0]
  private static let stride = 64

  init(actionCount: Int) { self.actionCount = actionCount }

  public var startIndex: Int { 0 }
  public var endIndex: Int { actions.count }

  public subscript(step: Int) -> Step {
    Step(action: Int(actions[step]), reward: rewards[step], decision: decision(at: step))
  }

  // Element by element, since a value that is not there is not a number, which equals nothing.
  public static func == (first: Steps, second: Steps) -> Bool { first.elementsEqual(second) }

  /// The probability that the agent gave to the action that it took; `nil` where it said none.
  public func chance(at step: Int) -> Float? { probability(of: Int(actions[step]), at: step) }

  private func probability(of action: Int, at step: Int) -> Float? {
    guard !probabilities.isEmpty, (0..<actionCount).contains(action) else { return nil }
    let probability = probabilities[step * actionCount + action]
    return probability < 0 ? nil : probability
  }

  /// The return that the agent expected at a step; `nil` where it said none.
  public func value(at step: Int) -> Float? {
    guard !values.isEmpty, !values[step].isNaN else { return nil }
    return values[step]
  }

  /// The entropy in bits of what the agent said at a step; `nil` where it said nothing.
  public func entropy(at step: Int) -> Double? {
    guard probability(of: 0, at: step) != nil else { return nil }
    var sum = 0.0
    for index in (step * actionCount)..<((step + 1) * actionCount) where probabilities[index] > 0 {
      sum -= Double(probabilities[index]) * _log2(Double(probabilities[index]))
    }
    return sum
  }

  /// Whether the agent said anything at any step.
  public var haveDecisions: Bool { !probabilities.isEmpty }

  /// Whether it said at any step what return it expected.
  public var haveValues: Bool { !values.isEmpty }

  /// The sum of the rewards of the steps before one.
  /// - Complexity: O(1)
  public func totalReward(before step: Int) -> Double {
    let block = step / Steps.stride
    var sum = sums[block]
    for index in (block * Steps.stride)..<step { sum += Double(rewards[index]) }
    return sum
  }

  private func decision(at step: Int) -> Decision? {
    guard probability(of: 0, at: step) != nil else { return nil }
    return Decision(
      probabilities: Array(probabilities[(step * actionCount)..<((step + 1) * actionCount)]), value: value(at: step))
  }

  mutating func append(_ action: Int, reward: Float, decision: Decision?) {
    let count = actions.count
    actions.append(UInt8(truncatingIfNeeded: action))
    rewards.append(reward)
    if actions.count % Steps.stride == 0 {
      let last = sums[sums.count - 1]
      sums.append(rewards.suffix(Steps.stride).reduce(last) { $0 + Double($1) })
    }
    if let decision {
      saidCount += 1
      if probabilities.isEmpty { probabilities = Array(repeating: -1, count: count * actionCount) }
      // Of an agent with another number of actions only what this world has is kept.
      for index in 0..<actionCount {
        probabilities.append(index < decision.probabilities.count ? decision.probabilities[index] : 0)
      }
    } else if haveDecisions {
      probabilities.append(contentsOf: repeatElement(-1, count: actionCount))
    }
    if let value = decision?.value {
      if values.isEmpty { values = Array(repeating: .nan, count: count) }
      values.append(value)
    } else if haveValues {
      values.append(.nan)
    }
  }
}
