/// The states that can be reached from some, in breadth-first order, and where each action leads.
///
/// One successor an action: of worlds in which others move at random, only ``Layers`` are of this form.
public struct Reachable: Sendable {
  /// The states, those that the search began from first.
  public let states: [PackedState]
  /// How many of them were expanded, from the first on; all, unless the search met its limit.
  public let expanded: Int
  /// For state `s` and action `a` the index of the next state at `s * actionCount + a`; −1 in terminal states, in those
  /// that were not expanded, and where the next state lies beyond the limit.
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
    states: [PackedState], expanded: Int, successors: [Int32], isTerminal: [Bool], achieved: [[Int32]],
    agents: [Position],
    actionCount: Int
  ) {
    self.states = states
    self.expanded = expanded
    self.successors = successors
    self.isTerminal = isTerminal
    self.achieved = achieved
    self.agents = agents
    self.actionCount = actionCount
  }
}

extension Reachable {
  /// Whether the search ended by itself, not at its limit.
  public var isComplete: Bool { expanded == states.count }

  /// The index of each state.
  public var indices: [PackedState: Int] {
    Dictionary(states.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
  }
}

extension Compiled {
  /// All states that can be reached from a level's start; `nil` above the limit, and where chance has a part in it.
  public func reachable(in level: Level, limit: Int) -> Reachable? {
    guard isDeterministic else { return nil }
    let found = reachable(in: level, from: [begin(level)], limit: limit)
    return found.isComplete ? found : nil
  }

  /// All states that can be reached from some, up to a limit.
  public func reachable(in level: Level, from sources: [PackedState], limit: Int) -> Reachable {
    reachable(in: level, from: sources, limit: limit, until: [], isThrough: false)
  }

  /// Whether one of some goals can be achieved from a level's start; `nil` where so many states do not tell, and where
  /// chance has a part in it. Where it can, as mostly, a part of the states is enough.
  public func canAchieve(_ goals: [Goal.Index], in level: Level, limit: Int) -> Bool? {
    guard isDeterministic else { return nil }
    let found = reachable(in: level, from: [begin(level)], limit: limit, until: goals.map(\.number), isThrough: false)
    if goals.contains(where: { !found.achieved[$0.number].isEmpty }) { return true }
    return found.isComplete ? false : nil
  }

  /// Breadth-first search from some states over the rules themselves, which ends where one of some goals is achieved.
  /// - Complexity: O(states × actions); about 20 ns a transition on `corner`.
  @inlinable public func reachable(
    in level: Level, from sources: [PackedState], limit: Int, until wanted: [Int], isThrough: Bool
  ) -> Reachable {
    let actionCount = actions.count
    let goalCount = goals.count
    var random = RandomSource(seed: 0)
    var states: [State] = []
    var packed: [PackedState] = []
    var isTerminal: [Bool] = []
    var successors: [Int32] = []
    // Open addressing over the packed bytes; the table holds indices and stays at most half full.
    var mask = 1023
    var table = [Int32](repeating: -1, count: 1024)
    var isFound = false

    /// The index of a state, entered where it is new; −1 where there is no room for it.
    func index(of state: State, _ key: PackedState, _ ends: Bool) -> Int32 {
      var slot = Int(truncatingIfNeeded: key.stableHash) & mask
      while table[slot] >= 0 && packed[Int(table[slot])] != key { slot = (slot + 1) & mask }
      if table[slot] >= 0 { return table[slot] }
      if states.count >= limit { return -1 }
      let index = Int32(states.count)
      table[slot] = index
      states.append(state)
      packed.append(key)
      isTerminal.append(ends)
      for goal in wanted where isAchieved(goal, in: state, of: level) { isFound = true }
      if states.count * 2 > mask {
        mask = mask * 2 + 1
        table = [Int32](repeating: -1, count: mask + 1)
        for index in packed.indices {
          var place = Int(truncatingIfNeeded: packed[index].stableHash) & mask
          while table[place] >= 0 { place = (place + 1) & mask }
          table[place] = Int32(index)
        }
      }
      return index
    }

    for source in sources { _ = index(of: source.unpacked(as: State.self), source, false) }
    var current = 0
    var isFull = false
    while current < states.count && !isFull && !isFound {
      for action in 0..<actionCount {
        if isTerminal[current] {
          successors.append(-1)
          continue
        }
        let transition = step(states[current], action, in: level, using: &random)
        var ends = transition.end == .terminates
        // Who is blind to what ends the world walks over it; whoever dies does not.
        if ends, isThrough { ends = !goals.indices.contains { isAchieved($0, in: transition.state, of: level) } }
        let next = index(of: transition.state, PackedState(transition.state), ends)
        if next < 0 { isFull = true }
        successors.append(next)
      }
      // A state of which a successor found no room counts as not expanded.
      if !isFull { current += 1 }
    }
    let expanded = current
    let missing = states.count * actionCount - successors.count
    if missing > 0 { successors.append(contentsOf: repeatElement(-1, count: missing)) }
    var achieved = [[Int32]](repeating: [], count: goalCount)
    for (index, state) in states.enumerated() {
      for goal in 0..<goalCount where isAchieved(goal, in: state, of: level) { achieved[goal].append(Int32(index)) }
    }
    return Reachable(
      states: packed, expanded: expanded, successors: successors, isTerminal: isTerminal, achieved: achieved,
      agents: states.map { agent(in: $0) }, actionCount: actionCount)
  }
}

/// Around each state of an episode a layer of states: wherever the agent could walk while all else stands still.
///
/// The approximate planner of worlds in which others move at random. Ways within a layer are exact; nobody foresees what
/// the others will do.
public struct Layers: Sendable {
  /// The layers one after another. A goal counts as achieved where its next part lies.
  public let reachable: Reachable
  /// Where each begins: the index of the episode's own state.
  public let offsets: [Int]

  /// Layers that were made.
  @inlinable public init(reachable: Reachable, offsets: [Int]) {
    self.reachable = reachable
    self.offsets = offsets
  }
}

extension Compiled {
  /// One layer for each state, `nil` above the limit.
  /// - Complexity: O(states × cells × actions)
  @inlinable public func layers(in level: Level, along states: [PackedState], limit: Int) -> Layers? {
    let actionCount = actions.count
    let width = level.map.width
    var packed: [PackedState] = []
    var agents: [Position] = []
    var successors: [Int32] = []
    var achieved = [[Int32]](repeating: [], count: goals.count)
    var offsets: [Int] = []
    // The index of each cell in the layer that is being made; each layer leaves it clean.
    var index = [Int32](repeating: -1, count: level.map.elements.count)
    var layer: [State] = []
    for source in states {
      offsets.append(packed.count)
      layer.removeAll(keepingCapacity: true)
      func enter(_ state: State) -> Int32 {
        let cell = agent(in: state)
        let place = cell.y * width + cell.x
        if index[place] >= 0 { return index[place] }
        index[place] = Int32(packed.count)
        layer.append(state)
        packed.append(PackedState(state))
        agents.append(cell)
        return index[place]
      }
      _ = enter(source.unpacked(as: State.self))
      var current = 0
      while current < layer.count {
        for action in 0..<actionCount { successors.append(enter(still(layer[current], action, in: level))) }
        current += 1
      }
      for goal in achieved.indices {
        for cell in wanted(goal, in: layer[0], of: level) {
          let found = index[cell.y * width + cell.x]
          if found >= 0 { achieved[goal].append(found) }
        }
      }
      for state in layer {
        let cell = agent(in: state)
        index[cell.y * width + cell.x] = -1
      }
      if packed.count > limit { return nil }
    }
    let reachable = Reachable(
      states: packed, expanded: packed.count, successors: successors,
      isTerminal: [Bool](repeating: false, count: packed.count), achieved: achieved, agents: agents,
      actionCount: actionCount)
    return Layers(reachable: reachable, offsets: offsets)
  }
}
