import Gridworlds

/// Q-learning with a table: one number for each state and action, the discounted return expected from there on.
///
/// After each step Q(s, a) moves a part of the way to r + γ·max Q(s′, ·). It acts greedily by the table, and at random
/// with probability ε.
/// - SeeAlso: Watkins (1989); Sutton and Barto (2018), section 6.5, and 2.6 for what optimistic first values do.
public struct TabularQ: Sendable {
  /// How many actions there are in each state.
  public let actionCount: Int
  /// α in `0...1`: which part of the way an estimate moves.
  public let stepSize: Double
  /// γ in `0..<1`: what a reward one step later is worth of the same reward now.
  public let discount: Double
  /// ε in `0...1`: how often it acts at random.
  public let exploration: Double
  /// The estimates, in reward units, state by state.
  public private(set) var values: [Double]
  /// How often each estimate was moved.
  public private(set) var visits: [Int]

  /// A table in which every estimate is the same.
  /// - Parameter initial: the first estimate, in reward units; above all that can be had it drives the agent to try
  ///   everything.
  public init(
    states: Int, actions: Int, initial: Double = 0, stepSize: Double, discount: Double, exploration: Double
  ) {
    precondition(states > 0 && actions > 0, "a table has at least one state and one action")
    actionCount = actions
    self.stepSize = stepSize
    self.discount = discount
    self.exploration = exploration
    values = Array(repeating: initial, count: states * actions)
    visits = Array(repeating: 0, count: states * actions)
  }

  /// The estimate of an action in a state, in reward units.
  public func value(of action: Int, in state: Int) -> Double { values[state * actionCount + action] }

  /// How often an action was tried in a state.
  public func visits(of action: Int, in state: Int) -> Int { visits[state * actionCount + action] }

  /// The greatest estimate in a state.
  public func best(in state: Int) -> Double {
    var best = values[state * actionCount]
    for action in 1..<actionCount { best = max(best, values[state * actionCount + action]) }
    return best
  }

  /// An ε-greedy action; equals are drawn among.
  public func act(in state: Int, using random: inout RandomSource) -> Int {
    if random.chance(exploration) { return random.below(actionCount) }
    let row = state * actionCount
    var (choice, equals) = (0, 1)
    for action in 1..<actionCount {
      if values[row + action] > values[row + choice] {
        (choice, equals) = (action, 1)
      } else if values[row + action] == values[row + choice] {
        equals += 1
        if random.below(equals) == 0 { choice = action }
      }
    }
    return choice
  }

  /// Moves the estimate of what was just done.
  /// - Parameter next: the state that followed, `nil` where the world ended, after which nothing is to be had.
  public mutating func learn(from state: Int, _ action: Int, reward: Double, next: Int?) {
    let target = reward + (next.map { discount * best(in: $0) } ?? 0)
    let index = state * actionCount + action
    values[index] += stepSize * (target - values[index])
    visits[index] += 1
  }
}
