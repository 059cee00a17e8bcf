import Gridworlds
import Learning
import Testing

@Suite("Q-learning with a table")
struct TabularQTests {
  @Test("in a chain each estimate becomes the discounted reward at its end, and the way there is chosen")
  func chain() {
    // Four cells; action 1 goes right, action 0 left; leaving the last one ends with reward 1.
    var table = TabularQ(states: 4, actions: 2, stepSize: 0.5, discount: 0.5, exploration: 1)
    var random = RandomSource(seed: 1)
    var state = 0
    for _ in 0..<20_000 {
      let action = table.act(in: state, using: &random)
      let next = action == 1 ? state + 1 : max(0, state - 1)
      table.learn(from: state, action, reward: next == 4 ? 1 : 0, next: next == 4 ? nil : next)
      state = next == 4 ? 0 : next
    }
    for (state, value) in [0.125, 0.25, 0.5, 1].enumerated() {
      #expect(abs(table.value(of: 1, in: state) - value) < 1e-9)
      #expect(abs(table.value(of: 0, in: state) - 0.5 * table.best(in: max(0, state - 1))) < 1e-9)
    }
  }

  @Test("without exploration the best is taken, and equals are drawn among")
  func greedy() {
    var table = TabularQ(states: 1, actions: 3, initial: 1, stepSize: 1, discount: 0, exploration: 0)
    var random = RandomSource(seed: 2)
    let drawn = Set((0..<100).map { _ in table.act(in: 0, using: &random) })
    #expect(drawn == [0, 1, 2])
    table.learn(from: 0, 1, reward: 2, next: nil)
    #expect((0..<100).allSatisfy { _ in table.act(in: 0, using: &random) == 1 })
    #expect(table.visits(of: 1, in: 0) == 1)
  }
}
