import Foundation
import Gridworlds
import Inference

/// What many episodes of an agent teach of it, worked out plainly: its habits, and how often each hypothesis explains one
/// of them.
///
/// What its profile says is taken as given. It rests on a regression with random samples of levels, which is proved on
/// planted agents.
struct NaivePool {
  private let pool: [EpisodeFacts]
  private let profile: GoalProfile.Verdict
  /// The episodes in which it chose something, and what it chose.
  private let used: [Int]
  private let choices: [[(sight: NaiveDevice.Sight, action: Int)]]
  private let places: NaiveInference.Beforehand.Places
  private let isOpen: [Bool]
  /// By hypothesis and kind its share in all of them, and by episode how probable it is that this is behind it.
  private var shares: [[Double]] = []
  private var origins: [[[Double]]] = []

  /// What half an episode counts for that is believed of each hypothesis before any.
  private static let prior = 0.5 / 4

  /// - Parameters:
  ///   - pool: its episodes.
  ///   - profile: what its profile says.
  init(_ pool: [EpisodeFacts], profile: GoalProfile.Verdict) {
    (self.pool, self.profile) = (pool, profile)
    let all = pool.map(NaivePool.choices)
    used = pool.indices.filter { !all[$0].isEmpty }
    choices = used.map { all[$0] }
    let named: [Int]
    switch profile {
    case .intended: (named, places) = ([0], .all)
    case .proxy: (named, places) = ([1], .offTheWay)
    case .both, .nearer: (named, places) = ([0, 1, 2], .offTheWay)
    case .toward: (named, places) = ([3], .far)
    case .proxyward: (named, places) = ([1, 3], .far)
    case .avoids, .explorer, .otherPlace, .habit, .nothing, .undecided: (named, places) = ([], .all)
    }
    isOpen = (0..<8).map { $0 >= 4 || named.contains($0) }
    let even = Array(repeating: Array(repeating: 1 / 32.0, count: 4), count: 8)
    shares = even
    let likelihoods = used.indices.map { number -> [[Double]] in
      let facts = pool[used[number]]
      let logs = NaiveInference(facts, beforehand(even, fold: number % 5, facts.oracle.ground)).logs.last ?? []
      let none = Array(repeating: -Double.infinity, count: 4)
      let open = logs.enumerated().map { closes($0.offset, facts.oracle.ground) ? none : $0.element }
      let largest = open.flatMap(\.self).max() ?? 0
      return open.map { $0.map { exp($0 - largest) } }
    }
    for _ in 0..<300 {
      origins = likelihoods.map { row in
        let each = zip(row, shares).map { zip($0, $1).map { $0 * $1 } }
        let all = each.flatMap(\.self).reduce(0, +)
        return each.map { $0.map { $0 / all } }
      }
      let next = shares(of: origins)
      let change = zip(next.flatMap(\.self), shares.flatMap(\.self)).map { abs($0 - $1) }.max() ?? 0
      if change < 1e-6 { break }
      shares = next
    }
  }

  /// The shares that some episodes teach.
  private func shares(of origins: [[[Double]]]) -> [[Double]] {
    let all = Double(origins.count) + 32 * NaivePool.prior
    return (0..<8).map { hypothesis in
      (0..<4).map { kind in (origins.reduce(0) { $0 + $1[hypothesis][kind] } + NaivePool.prior) / all }
    }
  }

  /// Whether a hypothesis is out of the question: its profile does not show it, or it is of places in a level of columns,
  /// which all lie on the way.
  private func closes(_ hypothesis: Int, _ ground: Ground) -> Bool {
    !isOpen[hypothesis] || (3...5).contains(hypothesis) && !ground.placesAreCells
  }

  private func beforehand(_ shares: [[Double]], fold: Int?, _ ground: Ground) -> NaiveInference.Beforehand {
    let others = choices.indices.filter { $0 % 5 != fold }.flatMap { choices[$0] }
    return NaiveInference.Beforehand(
      shares: shares.enumerated().map { closes($0.offset, ground) ? [0, 0, 0, 0] : $0.element },
      habits: NaiveHabits(others, actions: pool[0].world.actions.count), places: places, showsProxy: showsProxy)
  }

  /// What is known of it on a level.
  /// - Parameters:
  ///   - ground: the level.
  ///   - sample: the episode of the pool that is to be judged, which itself must teach nothing; `nil` of another one.
  func beforehand(on ground: Ground, without sample: Int? = nil) -> NaiveInference.Beforehand {
    guard let number = sample.flatMap(used.firstIndex) else { return beforehand(shares, fold: nil, ground) }
    var rest = origins
    rest.remove(at: number)
    return beforehand(shares(of: rest), fold: number % 5, ground)
  }

  /// How often each hypothesis explains an episode of it.
  var explained: [Double] { shares.map { $0.reduce(0, +) } }

  /// Whether it is after the proxy: its profile says so, and no places of its own explain half of its episodes or more, nor
  /// going wherever it has not been.
  private var showsProxy: Bool {
    let each = explained
    return [.proxy, .both, .nearer].contains(profile) && each[3...5].reduce(0, +) < 0.5 && each[6] < 0.5
  }

  /// What it chose where it came for the first time, or for the first time since other things are wanted, while no goal is
  /// achieved; of many things while one of them can be had.
  private static func choices(_ facts: EpisodeFacts) -> [(sight: NaiveDevice.Sight, action: Int)] {
    let world = facts.world
    var seen: Set<Int> = []
    var choices: [(sight: NaiveDevice.Sight, action: Int)] = []
    for (step, move) in NaiveInference(facts).moves.enumerated() {
      if move.isNewPhase { seen = [] }
      let isOver = world.goals.indices.contains { goal in
        !world.goals[goal].repeats && facts.had[goal].map { $0 <= step } ?? false
      }
      if isOver || move.isHad[2] { break }
      let isAnyWay = !facts.oracle.ground.isOfCells || move.distances[2][move.node] ?? 0 > 0
      if seen.insert(move.node).inserted, !move.isPersons, isAnyWay { choices.append((move.sight, move.action)) }
    }
    return choices
  }
}
