import Gridworlds

/// An agent that goes the shortest way to the nearest of what some goals want as things stand: what a trained one is
/// compared with before anything is read into where it goes.
///
/// It is blind to all else: what it is not after lies in its way like free floor, and may end the episode under its feet.
/// Each step is asked anew, as one of the best with equal chance; nobody else's moves are foreseen. Where it has arrived
/// it stays as far as an action lets it. Unlike ``PlantedPolicy`` it needs no plan of the level beforehand, so it goes
/// wherever a trained agent can, worlds of many things included.
public struct SeekingPolicy: Policy {
  public let name: String
  private let goals: [Goal.Index]

  /// An agent under a name that seeks whichever thing of some goals is nearest.
  public init(name: String, goals: [Goal.Index]) {
    self.name = name
    self.goals = goals
  }

  public func decide(in situation: Situation) -> Decision {
    let (world, level) = (situation.world, situation.level)
    let count = world.actions.count
    let graph =
      world.isOfCells(level)
      ? world.layers(in: level, along: [situation.state], limit: StateGraph.largest)?.reachable
      : world.reachable(
        in: level, from: [situation.state], limit: StateGraph.surroundings, until: [], isThrough: true)
    var best = Array(0..<count)
    if let graph {
      let targets = Set(goals.flatMap { graph.achieved[$0.number] })
      let distances = Predecessors(of: graph).distances(to: targets.sorted())
      func next(_ action: Int) -> Int { Int(graph.successors[action]) }
      if distances[0] > 0 {
        best = best.filter { next($0) >= 0 && distances[next($0)] >= 0 && distances[next($0)] < distances[0] }
      } else if distances[0] == 0 {
        let still = best.filter { next($0) >= 0 && graph.agents[next($0)] == graph.agents[0] }
        if !still.isEmpty { best = still }
      }
    }
    return Decision(probabilities: (0..<count).map { best.contains($0) ? 1 / Float(best.count) : 0 })
  }
}
