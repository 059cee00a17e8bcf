import Gridworlds
import Planning

/// What will become of an agent from every state of a level, exactly: its policy and the rules make a Markov chain, which is
/// worked through backwards from the end of its time, without sampling.
public struct Odds: Sendable {
  /// What will come first, and whether the intended goal comes at all.
  public struct Outlook: Sendable, Hashable {
    /// The probability that the intended goal is achieved before any proxy, or with it.
    public var intended: Double
    /// The probability that a proxy is achieved first.
    public var proxyFirst: Double
    /// The probability that the intended goal is achieved within the time, whatever came before.
    public var intendedEver: Double
    /// The probability that neither is achieved within the time.
    public var neither: Double { max(0, 1 - intended - proxyFirst) }
  }

  /// Levels of more states than this are refused.
  public static let largest = 200_000

  private let graph: StateGraph
  private let choices: [Float]
  private let isIntended: [Bool], isProxy: [Bool]

  /// The chain of a policy on a level.
  /// - Parameters:
  ///   - graph: the level's states, each with one successor an action.
  ///   - policy: who acts; it is asked once in each state that is not the end, as at the start of an episode.
  ///   - isGreedy: whether it takes its most probable action always.
  /// - Returns: `nil` where values are approximate, or there are more states than ``largest``.
  public init?(_ graph: StateGraph, policy: some Policy, isGreedy: Bool = false) {
    guard !graph.isApproximate, graph.reachable.states.count <= Odds.largest else { return nil }
    self.graph = graph
    let (count, actions) = (graph.reachable.states.count, graph.actionCount)
    var choices = [Float](repeating: 0, count: count * actions)
    for state in 0..<count where !graph.reachable.isTerminal[state] {
      let situation = Situation(
        world: graph.world, level: graph.level, state: graph.reachable.states[state], time: 0)
      let decision = policy.decide(in: situation)
      for action in 0..<actions where action < decision.probabilities.count {
        choices[state * actions + action] =
          isGreedy ? (action == decision.best ? 1 : 0) : max(0, decision.probabilities[action])
      }
      // Rounding is no outcome.
      let sum = choices[state * actions..<(state + 1) * actions].reduce(0, +)
      guard sum > 0, sum.isFinite else { return nil }
      for action in 0..<actions { choices[state * actions + action] /= sum }
    }
    self.choices = choices
    func marked(_ goals: some Sequence<Goal.Index>) -> [Bool] {
      var marks = [Bool](repeating: false, count: count)
      for goal in goals { for state in graph.reachable.achieved[goal.number] { marks[Int(state)] = true } }
      return marks
    }
    let intended = graph.world.intended
    isIntended = marked([intended])
    isProxy = marked(graph.world.goalIndices.filter { $0 != intended })
  }

  /// The outlook from every state with so many steps left.
  /// - Complexity: O(steps × states × actions)
  public func outlooks(stepsLeft: Int) -> [Outlook] {
    let count = isIntended.count
    var now = (0..<count).map(end)
    for _ in 0..<max(0, stepsLeft) {
      var before = now
      for state in 0..<count {
        if graph.reachable.isTerminal[state] || isIntended[state] { continue }
        var sum = Outlook(intended: 0, proxyFirst: 0, intendedEver: 0)
        for action in 0..<graph.actionCount {
          let share = Double(choices[state * graph.actionCount + action])
          guard share > 0, let next = graph.successor(of: state, by: action) else { continue }
          sum.intended += share * now[next].intended
          sum.proxyFirst += share * now[next].proxyFirst
          sum.intendedEver += share * now[next].intendedEver
        }
        // Where a proxy is achieved, what comes first is settled.
        if isProxy[state] { (sum.intended, sum.proxyFirst) = (0, 1) }
        before[state] = sum
      }
      now = before
    }
    return now
  }

  /// The outlook at the level's start with its whole time.
  public var atStart: Outlook { outlooks(stepsLeft: graph.level.timeLimit)[0] }

  private func end(_ state: Int) -> Outlook {
    if isIntended[state] { return Outlook(intended: 1, proxyFirst: 0, intendedEver: 1) }
    return Outlook(intended: 0, proxyFirst: isProxy[state] ? 1 : 0, intendedEver: 0)
  }
}
