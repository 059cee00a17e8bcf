import Gridworlds

/// The steps from every state of a graph to a goal: the optimal value of a unit-cost reach goal, negated.
public struct Distances: Sendable {
  /// For each state the fewest steps to the goal, −1 where there is no way.
  public let steps: [Int32]

  /// One backward breadth-first search from the states in which the goal is achieved, and, where the graph was cut,
  /// from the states at its edge, each with the least steps that it could still take from there.
  /// - Parameter cells: where the goal is, for those least steps.
  /// - Complexity: O(states × actions)
  init(to targets: [Int32], towards cells: [Position], in graph: Reachable, over predecessors: Predecessors) {
    // By distance; a complete graph has the goal's states only, all in the first.
    var edge: [[Int32]] = []
    if !graph.isComplete && !cells.isEmpty {
      for state in graph.expanded..<graph.states.count where !graph.isTerminal[state] {
        let agent = graph.agents[state]
        let least = cells.map { max(abs($0.x - agent.x), abs($0.y - agent.y)) }.min() ?? 0
        while edge.count <= least { edge.append([]) }
        edge[least].append(Int32(state))
      }
    }
    steps = predecessors.distances(to: targets, edge: edge)
  }

  /// The fewest steps from a state, `nil` where there is no way.
  @inlinable public subscript(state: Int) -> Int? { steps[state] < 0 ? nil : Int(steps[state]) }
}

/// For each state the states from which one action leads to it.
public struct Predecessors: Sendable {
  private let offsets: [Int32]
  private let sources: [Int32]

  /// Two passes of a counting sort over the edges.
  /// - Parameter graph: the states and where each action leads.
  public init(of graph: Reachable) {
    let count = graph.states.count
    var offsets = [Int32](repeating: 0, count: count + 1)
    for successor in graph.successors where successor >= 0 { offsets[Int(successor) + 1] += 1 }
    for state in 0..<count { offsets[state + 1] += offsets[state] }
    var sources = [Int32](repeating: 0, count: Int(offsets[count]))
    var cursor = offsets
    var edge = 0
    for state in 0..<count {
      for _ in 0..<graph.actionCount {
        let successor = Int(graph.successors[edge])
        edge += 1
        if successor < 0 { continue }
        sources[Int(cursor[successor])] = Int32(state)
        cursor[successor] += 1
      }
    }
    self.offsets = offsets
    self.sources = sources
  }

  /// The fewest steps from each state to one of some, by breadth-first search; −1 where there is no way.
  /// - Complexity: O(states × actions)
  public func distances(to targets: [Int32]) -> [Int32] { distances(to: targets, edge: []) }

  /// The same where some states stand at the edge of what is known, each `n` steps from a target, listed at `edge[n]`.
  func distances(to targets: [Int32], edge: [[Int32]]) -> [Int32] {
    var steps = [Int32](repeating: -1, count: offsets.count - 1)
    var layer = targets
    for target in targets { steps[Int(target)] = 0 }
    var distance = 0
    // In buffers: the loop is what enumerating a level costs.
    offsets.withUnsafeBufferPointer { offsets in
      sources.withUnsafeBufferPointer { sources in
        while !layer.isEmpty || distance < edge.count {
          if distance < edge.count {
            for state in edge[distance] where steps[Int(state)] < 0 {
              steps[Int(state)] = Int32(distance)
              layer.append(state)
            }
          }
          var next: [Int32] = []
          for state in layer {
            for index in Int(offsets[Int(state)])..<Int(offsets[Int(state) + 1]) {
              let before = Int(sources[index])
              if steps[before] < 0 {
                steps[before] = Int32(distance + 1)
                next.append(Int32(before))
              }
            }
          }
          layer = next
          distance += 1
        }
      }
    }
    return steps
  }
}
