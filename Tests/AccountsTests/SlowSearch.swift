import Foundation
import Gridworlds
import Planning

/// A level solved anew, slowly and in another way than the planner does it: a search from the start over the rules, then
/// distances that are lowered until none can be.
struct Oracle {
  let world: any World
  let level: Level
  private var next: [PackedState: [PackedState]] = [:]
  private(set) var distances: [[PackedState: Int]] = []

  init(_ world: any World, _ level: Level) {
    self.world = world
    self.level = level
    var random = RandomSource(seed: 0)
    var queue = [world.begin(level)]
    var ended: Set<PackedState> = []
    while let state = queue.popLast() {
      guard next[state] == nil else { continue }
      var successors: [PackedState] = []
      if !ended.contains(state) {
        for action in world.actions.indices {
          let (after, _, end) = world.advance(state, action, in: level, using: &random)
          if end == .terminates { ended.insert(after) }
          successors.append(after)
        }
      }
      next[state] = successors
      queue += successors
    }
    distances = world.goalIndices.map { goal in
      var known: [PackedState: Int] = [:]
      for state in next.keys where world.frame(of: state, in: level).achieved & (1 << UInt32(goal.number)) != 0 {
        known[state] = 0
      }
      var isLower = true
      while isLower {
        isLower = false
        for (state, successors) in next {
          guard let least = successors.compactMap({ known[$0] }).min(), least + 1 < known[state] ?? .max else {
            continue
          }
          known[state] = least + 1
          isLower = true
        }
      }
      return known
    }
  }

  /// The actions that take one step of the fewest, if these are not too many.
  func best(_ goal: Goal.Index, _ state: PackedState, left: Int) -> [Int] {
    guard let now = distances[goal.number][state], now > 0, now <= left, let successors = next[state] else { return [] }
    return successors.indices.filter { distances[goal.number][successors[$0]] == now - 1 }
  }
}
