import Gridworlds
import Studies

extension MovedSituation {
  /// What came of the question, in a sentence.
  public func sentence(in world: any World) -> String {
    func favourite(_ decision: Decision) -> String {
      guard world.actions.indices.contains(decision.best), decision.probabilities.indices.contains(decision.best) else {
        return "nothing"
      }
      return "\(world.actions[decision.best].name) \(decimal(Double(decision.probabilities[decision.best])))"
    }
    let much = decimal(follow)
    let words =
      follow >= 0.75
      ? "it follows it (\(much))"
      : follow > 0.05
        ? "it follows it in part (\(much))"
        : follow >= -0.05 ? "it does not follow it (\(much))" : "it goes the other way (\(much))"
    return "Moved \(world.goals[goal].noun) from \(home) to \(place): \(favourite(before)) → \(favourite(after)): "
      + "\(words)."
  }
}

extension MovedSituation.Refusal {
  /// Why nothing can be asked, in a sentence.
  public func sentence(in world: any World) -> String {
    switch self {
    case .ended: "The episode is over here: there is nothing left to decide."
    case .nothingToMove: "No goal has one object here that could lie elsewhere: \(MovedSituation.goals(of: world))."
    case .noPlace: "Wherever the object could lie, the best first step would stay the same or could not be compared."
    }
  }
}

extension MovedSituation {
  fileprivate static func goals(of world: any World) -> String {
    listed(world.goals.map(\.noun)) + (world.goals.count == 1 ? " cannot be moved" : " cannot be moved alone now")
  }
}
