import Foundation
import Gridworlds

/// What the moves of an episode say, worked out plainly from the definitions.
///
/// Only levels that are too large for any planner are not derived: here they would be enumerated whole.
struct NaiveInference {
  /// What is believed of the agent before the episode.
  struct Beforehand {
    /// Which places may be meant by another place.
    enum Places { case far, offTheWay, all }

    /// The share of each hypothesis and kind of seeker: the intended goal, the proxy, the nearer of the two, a place beside
    /// the proxy, another place, a tour, an explorer, a device.
    var shares: [[Double]]
    /// Its habits; `nil` where nothing is known of it.
    var habits: NaiveHabits?
    var places: Places
    /// Whether it is known to be after the proxy, for itself or as the nearer of the two.
    var showsProxy: Bool

    /// Nothing is known.
    static let nothing = Beforehand(
      shares: [0.2, 0.2, 0.1, 0.06, 0.06, 0.06, 0.06, 0.26].map { Array(repeating: $0 / 4, count: 4) }, habits: nil,
      places: .far, showsProxy: false)
  }

  /// One move with all that the rules say of it.
  struct Move {
    let node: Int, action: Int
    let isPersons: Bool
    let sight: NaiveDevice.Sight
    /// What a device expects.
    let habits: [Double]
    /// By goal and node, the fewest steps.
    let distances: [[Int?]]
    /// Which goals were achieved before it, by a world's state.
    let isHad: [Bool]
    /// Whether other things are wanted than before.
    let isNewPhase: Bool
  }

  /// By step, none first, the logarithm of the probability of the moves so far by hypothesis and kind.
  private(set) var logs: [[[Double]]] = []
  let moves: [Move]
  /// Whether places were too many.
  let leavesOutPlaces: Bool
  /// What was believed of the agent.
  let beforehand: Beforehand
  /// By node, the fewest steps to the proxy as things stand at the start.
  let toProxy: [Int?]
  private let facts: EpisodeFacts

  private static let kinds: [(sharpness: Double, lapse: Double)] = [(2, 0.03), (2, 0.2), (6, 0.03), (6, 0.2)]

  init(_ facts: EpisodeFacts, _ beforehand: Beforehand = .nothing) {
    (self.facts, self.beforehand) = (facts, beforehand)
    let moves = NaiveInference.moves(facts, beforehand.habits)
    self.moves = moves
    let ground = facts.oracle.ground
    let hasPlaces = ground.hasPlaces(steps: facts.count)
    leavesOutPlaces = !hasPlaces
    var sums = Array(repeating: Array(repeating: 0.0, count: 4), count: 8)
    let none = Array(repeating: -Double.infinity, count: 4)
    let toGoals = ground.distances(wanting: ground.wanted(in: facts.states[0]))
    toProxy = toGoals[1]
    var places = hasPlaces ? NaivePlaces(ground, toGoals, beforehand.places) : nil
    let explores = hasPlaces && ground.placesAreCells
    for (hypothesis, applies) in [(5, hasPlaces), (6, explores)] where !applies { sums[hypothesis] = none }
    func note() {
      for (hypothesis, value) in [(3, places?.beside), (4, places?.others)] { sums[hypothesis] = value ?? none }
      logs.append(sums)
    }
    note()
    for move in moves {
      places?.arrive(move)
      if !move.isPersons {
        let habit = log(move.habits[move.action])
        for goal in 0..<3 {
          let costs = ground.costs(at: move.node, move.distances[goal])
          let chances = move.isHad[goal] ? nil : NaiveInference.chances(move, costs)
          for kind in 0..<4 { sums[goal][kind] += chances.map { log($0[kind]) } ?? habit }
        }
        for kind in 0..<4 { sums[7][kind] += habit }
        places?.act(move)
        for kind in 0..<4 {
          if let tour = places?.lastOfTour { sums[5][kind] += log(tour[kind]) }
          if explores, let exploring = places?.lastExploring { sums[6][kind] += log(exploring[kind]) }
        }
      }
      note()
    }
  }

  /// The probability of a move by kind of seeker: the best action most, any action now and then, and among those that
  /// cost as much as a device would.
  static func chances(_ move: Move, _ costs: [Int]) -> [Double] {
    let alike = costs.indices.filter { costs[$0] == costs[move.action] }
    let share = move.habits[move.action] / alike.reduce(0) { $0 + move.habits[$1] }
    return kinds.map { sharpness, lapse in
      let wishes = costs.map { exp(-sharpness * Double($0)) }
      let wished = alike.reduce(0) { $0 + wishes[$1] } / wishes.reduce(0, +)
      return share * ((1 - lapse) * wished + lapse * Double(alike.count) / Double(costs.count))
    }
  }

  private static func moves(_ facts: EpisodeFacts, _ habits: NaiveHabits?) -> [Move] {
    let (world, ground) = (facts.world, facts.oracle.ground)
    var device = NaiveDevice(world, habits)
    var moves: [Move] = []
    var wanted: [[Position]]?
    var distances: [[Int?]] = []
    var isHad = [false, false, false]
    for (step, taken) in facts.episode.steps.enumerated() {
      let state = facts.states[step]
      // Where it cannot walk while all stands still, what it does is not told any more.
      guard let node = ground.graph.node(of: state), !ground.graph.next[node].isEmpty else { break }
      let now = ground.wanted(in: state)
      let isNewPhase = now != wanted
      if isNewPhase { (wanted, distances) = (now, ground.distances(wanting: now)) }
      if !ground.isOfCells { for goal in 0..<3 where distances[goal][node] == 0 { isHad[goal] = true } }
      func action(_ back: Int) -> Int { step < back ? -1 : facts.episode.steps[step - back].action }
      let sight = NaiveDevice.Sight(
        around: world.surroundings(in: state, of: facts.episode.level), last: action(1), beforeLast: action(2))
      let expected = device.expects(sight, then: taken.action, isPersons: facts.isHumans(step))
      moves.append(
        Move(
          node: node, action: taken.action, isPersons: facts.isHumans(step), sight: sight, habits: expected,
          distances: distances, isHad: isHad, isNewPhase: isNewPhase))
    }
    return moves
  }

  // MARK: Beliefs

  private func terms(after steps: Int) -> [[Double]] {
    zip(logs[min(steps, logs.count - 1)], beforehand.shares).map { zip($0, $1).map { $0 + log($1) } }
  }

  /// The logarithm of a sum of what is given by logarithms.
  private static func sum(_ terms: [Double]) -> Double {
    let largest = terms.max() ?? -.infinity
    return largest == -.infinity ? largest : largest + log(terms.reduce(0) { $0 + exp($1 - largest) })
  }

  /// The probability of each hypothesis after some steps.
  func belief(after steps: Int) -> [Double] {
    let each = terms(after: steps).map(NaiveInference.sum)
    let all = NaiveInference.sum(each)
    return each.map { exp($0 - all) }
  }

  /// The evidence after some steps for an agent over the devices, in bits.
  func agentBits(after steps: Int) -> Double {
    let terms = terms(after: steps)
    func mean(_ range: Range<Int>) -> Double {
      NaiveInference.sum(terms[range].flatMap(\.self)) - log(beforehand.shares[range].flatMap(\.self).reduce(0, +))
    }
    return (mean(0..<7) - mean(7..<8)) / log(2)
  }

  /// P(agent).
  func agent(after steps: Int) -> Double { 1 - belief(after: steps)[7] }

  /// The evidence after some steps for the proxy over the intended goal, in bits.
  func bits(after steps: Int) -> Double {
    let now = logs[min(steps, logs.count - 1)]
    return (NaiveInference.sum(now[1]) - NaiveInference.sum(now[0])) / log(2)
  }

  // MARK: Pursuits

  /// By step the probability of the intended goal, the proxy and nothing in hindsight, of an agent that draws anew what it
  /// is after before one step in fifty; forwards and backwards over all twelve of goal and kind.
  func pursuits() -> [[Double]] {
    let ground = facts.oracle.ground
    let (draw, stay) = (log(0.02 / 12), log(0.98 + 0.02 / 12))
    let emissions = NaiveInference.moves(facts, nil).map { move -> [Double] in
      let nothing = Array(repeating: log(move.habits[move.action]), count: 4)
      let goals = (0..<2).flatMap { goal in
        move.isPersons || move.isHad[goal]
          ? nothing : NaiveInference.chances(move, ground.costs(at: move.node, move.distances[goal])).map { log($0) }
      }
      return goals + nothing
    }
    func step(_ from: [Double]) -> [Double] {
      from.indices.map { to in
        NaiveInference.sum(from.indices.map { from[$0] + ($0 == to ? stay : draw) })
      }
    }
    var ahead: [[Double]] = []
    for emission in emissions {
      let before = ahead.last.map(step) ?? Array(repeating: -log(12), count: 12)
      ahead.append(zip(before, emission).map { $0 + $1 })
    }
    var behind = Array(repeating: 0.0, count: 12)
    var result: [[Double]] = []
    for index in emissions.indices.reversed() {
      let both = zip(ahead[index], behind).map { $0 + $1 }
      let all = NaiveInference.sum(both)
      result.append((0..<3).map { goal in exp(NaiveInference.sum(Array(both[goal * 4..<goal * 4 + 4])) - all) })
      behind = step(zip(behind, emissions[index]).map { $0 + $1 })
    }
    return result.reversed()
  }
}
