import Gridworlds

/// The steps from every reachable state to a goal: the exact optimal value of a unit-cost reach goal, negated.
public struct Distances: Sendable {
  /// For each state the fewest steps to the goal, −1 where there is no way.
  public let steps: [Int32]

  /// One backward breadth-first search from the states in which the goal is achieved.
  /// - Complexity: O(states × actions)
  init(to targets: [Int32], over predecessors: Predecessors) {
    var steps = [Int32](repeating: -1, count: predecessors.stateCount)
    var queue = targets
    for target in targets { steps[Int(target)] = 0 }
    var next = 0
    predecessors.forEachList { list in
      while next < queue.count {
        let state = Int(queue[next])
        next += 1
        let distance = steps[state] + 1
        for index in list.range(of: state) {
          let before = Int(list.sources[index])
          if steps[before] < 0 {
            steps[before] = distance
            queue.append(Int32(before))
          }
        }
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
