/// Every state that can be reached from a level's start, in breadth-first order, and where each action leads.
///
/// Deterministic worlds only: one successor an action.
public struct Reachable: Sendable {
  /// The states, the start first.
  public let states: [PackedState]
  /// For state `s` and action `a` the index of the next state at `s * actionCount + a`; −1 in terminal states.
  public let successors: [Int32]
  /// Whether the world has ended there.
  public let isTerminal: [Bool]
  /// For each declared goal the states in which it is achieved.
  public let achieved: [[Int32]]
  /// Where the agent stands in each state.
  public let agents: [Position]
  /// Actions a state.
  public let actionCount: Int

  /// A result of the search.
  @inlinable public init(
    states: [PackedState], successors: [Int32], isTerminal: [Bool], achieved: [[Int32]], agents: [Position],
    actionCount: Int
  ) {
    self.states = states
    self.successors = successors
    self.isTerminal = isTerminal
    self.achieved = achieved
    self.agents = agents
    self.actionCount = actionCount
  }
}

extension World {
  /// Breadth-first search from the start over the rules themselves.
  /// - Complexity: O(states × actions); about 20 ns a transition on `corner`.
  @inlinable public func reachable(in level: Level, limit: Int) -> Reachable? {
    let actionCount = actions.count
    let goalCount = goals.count
    var random = RandomSource(seed: 0)
    var states: [State] = [initialState(of: level)]
    var packed = [PackedState(states[0])]
    var isTerminal = [false]
    var successors: [Int32] = []
    // Open addressing over the packed bytes; the table holds indices and stays at most half full.
    var mask = 1023
    var table = [Int32](repeating: -1, count: 1024)
    table[Int(truncatingIfNeeded: packed[0].stableHash) & mask] = 0
    var current = 0
    while current < states.count {
      if isTerminal[current] {
        for _ in 0..<actionCount { successors.append(-1) }
        current += 1
        continue
      }
      for action in 0..<actionCount {
        let transition = step(states[current], action, in: level, using: &random)
        let key = PackedState(transition.state)
        var slot = Int(truncatingIfNeeded: key.stableHash) & mask
        while table[slot] >= 0 && packed[Int(table[slot])] != key { slot = (slot + 1) & mask }
        if table[slot] < 0 {
          if states.count >= limit { return nil }
          table[slot] = Int32(states.count)
          states.append(transition.state)
          packed.append(key)
          isTerminal.append(transition.end == .terminates)
          if states.count * 2 > mask {
            mask = mask * 2 + 1
            table = [Int32](repeating: -1, count: mask + 1)
            for index in packed.indices {
              var place = Int(truncatingIfNeeded: packed[index].stableHash) & mask
              while table[place] >= 0 { place = (place + 1) & mask }
              table[place] = Int32(index)
            }
            slot = Int(truncatingIfNeeded: key.stableHash) & mask
            while packed[Int(table[slot])] != key { slot = (slot + 1) & mask }
          }
        }
        successors.append(table[slot])
      }
      current += 1
    }
    var achieved = [[Int32]](repeating: [], count: goalCount)
    for (index, state) in states.enumerated() {
      for goal in 0..<goalCount where isAchieved(goal, in: state, of: level) { achieved[goal].append(Int32(index)) }
    }
    return Reachable(
      states: packed, successors: successors, isTerminal: isTerminal, achieved: achieved,
      agents: states.map { agent(in: $0) }, actionCount: actionCount)
  }
}
