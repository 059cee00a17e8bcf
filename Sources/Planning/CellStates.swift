import Gridworlds

/// The state that stands for a cell of the map, where only the cell is asked about.
public struct CellState: Sendable, Hashable {
  /// How all but the agent's place is in it.
  public enum Rest: Sendable, Hashable {
    /// As at the moment that is looked at: the same chests are open, the others stand where they stand.
    case asNow
    /// The agent cannot stand there while things are so; as they are when it can first get there from now on.
    case fromNow
    /// It cannot get there any more; as things were when it could first have stood there from the start.
    case fromStart
  }

  /// An index into the graph.
  public let state: Int
  /// How all but the agent's place is in it.
  public let rest: Rest
}

extension StateGraph {
  /// For each cell the state that stands for it while things are as in one state; `nil` where no state has the agent.
  ///
  /// A cell is many states: with the chest open or not. The one is taken in which all else is as in the present state
  /// if the graph has it, else the nearest that follows from the present, else the first from the start.
  /// - Parameter present: an index into the graph; it stands for its own cell.
  /// - Complexity: O(states × actions)
  public func cellStates(asIn present: Int) -> Grid<CellState?> {
    var found = Grid<CellState?>(width: level.map.width, height: level.map.height, filledWith: nil)
    let agents = reachable.agents
    guard agents.indices.contains(present) else { return found }
    func enter(_ state: Int, _ rest: CellState.Rest) {
      let cell = agents[state]
      if found.contains(cell) && found[cell] == nil { found[cell] = CellState(state: state, rest: rest) }
    }
    enter(present, .asNow)
    let rest = reachable.states[present].rest
    for state in agents.indices where reachable.states[state].rest == rest { enter(state, .asNow) }
    var seen = [Bool](repeating: false, count: agents.count)
    var queue = [present]
    seen[present] = true
    var head = 0
    while head < queue.count {
      let state = queue[head]
      head += 1
      enter(state, .fromNow)
      for action in 0..<actionCount {
        guard let next = successor(of: state, by: action), !seen[next] else { continue }
        seen[next] = true
        queue.append(next)
      }
    }
    for state in agents.indices { enter(state, .fromStart) }
    return found
  }
}
