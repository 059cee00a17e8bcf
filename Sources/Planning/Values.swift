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
    var steps = [Int32](repeating: -1, count: predecessors.stateCount)
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
    var layer = targets
    for target in targets { steps[Int(target)] = 0 }
    var distance: Int32 = 0
    predecessors.forEachList { list in
      while !layer.isEmpty || Int(distance) < edge.count {
        if Int(distance) < edge.count {
          for state in edge[Int(distance)] where steps[Int(state)] < 0 {
            steps[Int(state)] = distance
            layer.append(state)
          }
        }
        var next: [Int32] = []
        for state in layer {
          for index in list.range(of: Int(state)) {
            let before = Int(list.sources[index])
            if steps[before] < 0 {
              steps[before] = distance + 1
              next.append(Int32(before))
            }
          }
        }
        layer = next
        distance += 1
      }
    }
    self.steps = steps
  }

  /// The fewest steps from a state, `nil` where there is no way.
  @inlinable public subscript(state: Int) -> Int? { steps[state] < 0 ? nil : Int(steps[state]) }
}

/// For each state the states from which one action leads to it.
struct Predecessors {
  let stateCount: Int
  private let offsets: [Int32]
  private let sources: [Int32]

  /// Two passes of a counting sort over the edges.
  init(of graph: Reachable) {
    stateCount = graph.states.count
    var offsets = [Int32](repeating: 0, count: stateCount + 1)
    for successor in graph.successors where successor >= 0 { offsets[Int(successor) + 1] += 1 }
    for state in 0..<stateCount { offsets[state + 1] += offsets[state] }
    var sources = [Int32](repeating: 0, count: Int(offsets[stateCount]))
    var cursor = offsets
    var edge = 0
    for state in 0..<stateCount {
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

  struct List {
    let offsets: UnsafeBufferPointer<Int32>
    let sources: UnsafeBufferPointer<Int32>

    func range(of state: Int) -> Range<Int> { Int(offsets[state])..<Int(offsets[state + 1]) }
  }

  func forEachList(_ body: (List) -> Void) {
    offsets.withUnsafeBufferPointer { offsets in
      sources.withUnsafeBufferPointer { sources in body(List(offsets: offsets, sources: sources)) }
    }
  }
}
