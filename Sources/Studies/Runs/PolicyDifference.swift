import Gridworlds
import Planning

/// How far two policies are apart in each cell that both can stand on.
public struct PolicyDifference: Sendable {
  /// By cell the total variation distance of the two distributions over actions, in the first state of each level that
  /// stands there: the probability, 0 to 1, that would have to move to make them equal.
  public let cells: [Position: Double]

  /// The difference over the cells of two levels; `nil` where their maps differ in size or the actions are others.
  /// - Complexity: two decisions a cell, slow for large networks and maps.
  public init?(_ first: Agent, over graph: StateGraph, _ second: Agent, over other: StateGraph) {
    let (a, b) = (graph.level.map, other.level.map)
    guard a.width == b.width, a.height == b.height, graph.world.actions == other.world.actions else { return nil }
    let (left, right) = (first.decisions(over: graph), second.decisions(over: other))
    cells = left.reduce(into: [:]) { cells, entry in
      if let decision = right[entry.key] { cells[entry.key] = entry.value.totalVariation(from: decision) }
    }
  }

  /// The mean over the cells; `nil` where there is none.
  public var mean: Double? { cells.isEmpty ? nil : cells.values.reduce(0, +) / Double(cells.count) }
}

extension Agent {
  /// What it would do in each cell: the decision in the first state that stands there.
  fileprivate func decisions(over graph: StateGraph) -> [Position: Decision] {
    var decisions: [Position: Decision] = [:]
    for (index, agent) in graph.reachable.agents.enumerated()
    where decisions[agent] == nil && !graph.reachable.isTerminal[index] {
      let situation = Situation(
        world: graph.world, level: graph.level, state: graph.reachable.states[index], time: 0)
      decisions[agent] = policy.decide(in: situation)
    }
    return decisions
  }
}

extension Decision {
  /// The total variation distance of two distributions over the same actions, 0 to 1.
  public func totalVariation(from other: Decision) -> Double {
    zip(probabilities, other.probabilities).reduce(0) { $0 + abs(Double($1.0) - Double($1.1)) } / 2
  }
}
