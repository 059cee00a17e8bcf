import Gridworlds

/// An agent whose goal is known by construction: optimal for one goal, but for a lapse now and then.
public struct PlantedPolicy: Policy {
  public let name: String
  let graph: StateGraph
  let goals: [(goal: Goal.Index, from: Int)]
  let lapse: Double
  private let index: [PackedState: Int]

  /// An agent that chooses evenly among the optimal actions for its goal, and any action with probability `lapse`.
  /// Where its goal is achieved or out of reach it takes the first action, so it stays at the corner or bumps there.
  /// - Parameter switching: the step from which it pursues another goal instead.
  public init(_ graph: StateGraph, goal: Goal.Index, lapse: Double = 0, switching: (to: Goal.Index, at: Int)? = nil) {
    self.graph = graph
    self.lapse = lapse
    goals = [(goal, 0)] + (switching.map { [($0.to, $0.at)] } ?? [])
    index = Dictionary(uniqueKeysWithValues: graph.reachable.states.enumerated().map { ($1, $0) })
    name = "optimal for \(goals.map { graph.world.goals[$0.goal].id }.joined(separator: ", then "))"
  }

  public var dependsOnTime: Bool { goals.count > 1 }

  public func decide(in situation: Situation) -> Decision {
    let count = graph.actionCount
    guard let state = index[situation.state], let goal = goals.last(where: { $0.from <= situation.time })?.goal else {
      return Decision(probabilities: Array(repeating: 1 / Float(count), count: count))
    }
    var best = graph.optimalActions(for: goal, in: state)
    if best.isEmpty { best = [0] }
    return Decision(
      probabilities: (0..<count).map { action in
        Float(lapse) / Float(count) + (best.contains(action) ? Float(1 - lapse) / Float(best.count) : 0)
      })
  }
}

/// Every action alike, always.
public struct UniformPolicy: Policy {
  public let name: String

  /// Every action alike, always, under a name.
  public init(name: String = "uniform random") { self.name = name }

  public func decide(in situation: Situation) -> Decision {
    let count = situation.world.actions.count
    return Decision(probabilities: Array(repeating: 1 / Float(count), count: count))
  }
}
