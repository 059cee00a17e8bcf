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

    /// What will come first, and whether the intended goal comes at all.
    public init(intended: Double, proxyFirst: Double, intendedEver: Double) {
      (self.intended, self.proxyFirst, self.intendedEver) = (intended, proxyFirst, intendedEver)
    }
  }

  /// Why a level's odds cannot be had exactly.
  public enum Refusal: Error, Sendable, Hashable {
    /// Others move at random, so that an action has no one successor.
    case chance
    /// There are more states than ``largest``, or than could be enumerated.
    case tooManyStates
    /// States, actions and steps come to more than ``mostWork`` together.
    case tooLong
    /// The policy may answer otherwise in the same state at another time: its states make no chain.
    case dependsOnTime
    /// In some state the policy's numbers are no probabilities.
    case noProbabilities
  }

  /// Levels of more states than this are refused.
  public static let largest = 200_000
  /// Transitions times steps beyond this are refused: some ten seconds.
  public static let mostWork = 4_000_000_000

  private let reachable: Reachable
  private let timeLimit: Int
  /// By state, where its transitions begin; one number more than there are states.
  private let begins: [Int32]
  /// The transitions of a probability that is not 0, state after state.
  private let nexts: [Int32], shares: [Double]
  private let isIntended: [Bool], isProxy: [Bool]

  /// The chain of a policy on a level.
  /// - Parameters:
  ///   - graph: the level's states, each with one successor an action.
  ///   - policy: who acts; it is asked once in each state that is not the end, as at the start of an episode.
  ///   - isGreedy: whether it takes its most probable action always.
  /// - Throws: why the odds cannot be had exactly.
  public init(_ graph: StateGraph, policy: some Policy, isGreedy: Bool = false) throws(Refusal) {
    guard graph.world.isDeterministic else { throw .chance }
    let (count, actions) = (graph.reachable.states.count, graph.actionCount)
    guard !graph.isApproximate, count <= Odds.largest else { throw .tooManyStates }
    guard count * actions * graph.level.timeLimit <= Odds.mostWork else { throw .tooLong }
    guard !policy.dependsOnTime else { throw .dependsOnTime }
    var (begins, nexts, shares): ([Int32], [Int32], [Double]) = ([0], [], [])
    begins.reserveCapacity(count + 1)
    for state in 0..<count {
      defer { begins.append(Int32(nexts.count)) }
      if graph.reachable.isTerminal[state] { continue }
      let decision = policy.decide(
        in: Situation(world: graph.world, level: graph.level, state: graph.reachable.states[state], time: 0))
      let said = (0..<actions).map { action in
        guard decision.probabilities.indices.contains(action) else { return 0.0 }
        return isGreedy ? (action == decision.best ? 1 : 0) : max(0, Double(decision.probabilities[action]))
      }
      // Rounding is no outcome.
      let sum = said.reduce(0, +)
      guard sum > 0, sum.isFinite else { throw .noProbabilities }
      for action in 0..<actions where said[action] > 0 {
        guard let next = graph.successor(of: state, by: action) else { continue }
        nexts.append(Int32(next))
        shares.append(said[action] / sum)
      }
    }
    (self.begins, self.nexts, self.shares) = (begins, nexts, shares)
    (reachable, timeLimit) = (graph.reachable, graph.level.timeLimit)
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
    var last: [Outlook] = []
    walkBack(max(0, stepsLeft)) { left, now in if left == max(0, stepsLeft) { last = now } }
    return last
  }

  /// The outlook at each frame of a way through the states, which begins with the level's whole time.
  /// - Complexity: as of ``outlooks(stepsLeft:)`` once, for the whole way.
  public func outlooks(along path: [Int]) -> [Outlook] {
    var found = [Outlook](repeating: Outlook(intended: 0, proxyFirst: 0, intendedEver: 0), count: path.count)
    walkBack(timeLimit) { left, now in
      let frame = timeLimit - left
      if path.indices.contains(frame), now.indices.contains(path[frame]) { found[frame] = now[path[frame]] }
    }
    return found
  }

  /// The outlook at the level's start with its whole time.
  public var atStart: Outlook { outlooks(stepsLeft: timeLimit)[0] }

  /// Shows the outlooks from every state with 0, 1, … steps left.
  private func walkBack(_ steps: Int, _ show: (_ left: Int, _ outlooks: [Outlook]) -> Void) {
    let count = isIntended.count
    var now = (0..<count).map(end)
    var before = now
    show(0, now)
    let open = (0..<count).filter { !reachable.isTerminal[$0] && !isIntended[$0] }
    for left in 0..<steps {
      for state in open {
        var sum = Outlook(intended: 0, proxyFirst: 0, intendedEver: 0)
        for transition in Int(begins[state])..<Int(begins[state + 1]) {
          let (share, next) = (shares[transition], now[Int(nexts[transition])])
          sum.intended += share * next.intended
          sum.proxyFirst += share * next.proxyFirst
          sum.intendedEver += share * next.intendedEver
        }
        // Where a proxy is achieved, what comes first is settled.
        if isProxy[state] { (sum.intended, sum.proxyFirst) = (0, 1) }
        before[state] = sum
      }
      swap(&now, &before)
      show(left + 1, now)
    }
  }

  private func end(_ state: Int) -> Outlook {
    if isIntended[state] { return Outlook(intended: 1, proxyFirst: 0, intendedEver: 1) }
    return Outlook(intended: 0, proxyFirst: isProxy[state] ? 1 : 0, intendedEver: 0)
  }
}
