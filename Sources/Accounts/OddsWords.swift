import Inference
import Studies

extension Odds.Refusal {
  /// Why there are no exact odds, in a few words.
  public var reason: String {
    switch self {
    case .chance: "others move at random"
    case .tooManyStates: "too many states"
    case .tooLong: "too many steps for so many states"
    case .dependsOnTime: "the policy changes with time"
    case .noProbabilities: "in some state the policy says no probabilities"
    }
  }
}

/// A probability of which rounding makes nothing certain.
public func chanceText(_ value: Double) -> String {
  if value > 1e-9 && value < 0.005 { return "under 0.01" }
  if value < 1 - 1e-9 && value >= 0.995 { return "over 0.99" }
  return decimal(value)
}
