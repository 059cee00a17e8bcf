import Foundation
import Gridworlds

/// What the moves of an episode say of places: of each as the one that it goes to, of a tour of them, and of going wherever
/// it has not been.
struct NaivePlaces {
  /// What the last move is by a tour and by an explorer, by kind of seeker.
  private(set) var lastOfTour: [Double] = [], lastExploring: [Double] = []
  private let ground: Ground
  /// The places that are meant: within three steps of the proxy, and others.
  private var near: Set<Int> = [], far: Set<Int> = []
  private var sums: [[Double]]
  private var been: Set<Int> = []
  /// By kind and place: how probable it is that the tour is on its way there.
  private var bound: [[Double]]
  /// How probable a place is to be drawn.
  private let drawn: [Double]
  private var isBegun = false
  /// Places of which an explorer does not think: where the intended goal is achieved.
  private let closed: Set<Int>

  /// - Parameter toGoals: the fewest steps to each goal and the nearer of them, as things stand at the start.
  init(_ ground: Ground, _ toGoals: [[Int?]], _ meant: NaiveInference.Beforehand.Places) {
    self.ground = ground
    let places = ground.places.indices
    sums = places.map { _ in [0, 0, 0, 0] }
    let goals = Set(places.filter { ground.places[$0].contains { toGoals[2][$0] == 0 } })
    for place in places {
      guard let way = ground.toPlaces[place][0], way >= 5, !goals.contains(place) else { continue }
      let rest = ground.places[place].compactMap { toGoals[1][$0] }.min()
      let isNear = !ground.isOfCells && rest.map { $0 <= 3 } ?? false
      let isOnTheWay = rest.flatMap { rest in toGoals[1][0].map { way + rest <= $0 } } ?? false
      if isNear { near.insert(place) }
      switch meant {
      case .all: far.insert(place)
      case .far: if !isNear { far.insert(place) }
      case .offTheWay: if !isNear, !isOnTheWay { far.insert(place) }
      }
    }
    let (all, some) = (Double(ground.places.count), Double(goals.count))
    drawn = places.map { goals.isEmpty ? 1 / all : 0.5 / all + (goals.contains($0) ? 0.5 / some : 0) }
    bound = Array(repeating: drawn, count: 4)
    closed =
      ground.isOfCells ? [] : Set(places.filter { ground.places[$0].contains { toGoals[0][$0] == 0 } })
  }

  /// Takes note of where a move begins: a tour draws anew there with one half, elsewhere with a hundredth.
  mutating func arrive(_ move: NaiveInference.Move) {
    let here = ground.placeOf[move.node]
    if let here { been.insert(here) }
    defer { isBegun = true }
    guard isBegun else { return }
    for kind in bound.indices {
      let leaving = bound[kind].enumerated().map { $1 * ($0 == here ? 0.5 : 0.01) }
      let all = leaving.reduce(0, +)
      for place in drawn.indices { bound[kind][place] += all * drawn[place] - leaving[place] }
    }
  }

  /// Takes in what the agent did.
  mutating func act(_ move: NaiveInference.Move) {
    var known: [[Int]: [Double]] = [:]
    /// How probable the move is to one for whom actions cost so much; worked out once.
    func chances(_ costs: [Int]) -> [Double] {
      if let found = known[costs] { return found }
      let found = NaiveInference.chances(move, costs)
      known[costs] = found
      return found
    }
    let habit = log(move.habits[move.action])
    lastOfTour = [0, 0, 0, 0]
    for place in drawn.indices {
      let now = chances(ground.costs(at: move.node, ground.toPlaces[place]))
      for kind in 0..<4 {
        sums[place][kind] += been.contains(place) ? habit : log(now[kind])
        bound[kind][place] *= now[kind]
        lastOfTour[kind] += bound[kind][place]
      }
    }
    for kind in 0..<4 { for place in drawn.indices { bound[kind][place] /= lastOfTour[kind] } }
    let (ground, been) = (ground, been)
    let open = drawn.indices.filter {
      !been.contains($0) && !closed.contains($0) && ground.toPlaces[$0][move.node] != nil
    }
    func toOpen(_ node: Int) -> Int? { open.compactMap { ground.toPlaces[$0][node] }.min() }
    let now = toOpen(move.node)
    let extra = ground.graph.next[move.node].map { after in
      now.flatMap { now in toOpen(after).map { $0 + 1 - now } } ?? 9
    }
    lastExploring = chances(extra.map { $0 - (extra.min() ?? 0) })
  }

  /// The logarithm of the mean probability over the places beside the proxy, and over others; `nil` without any.
  var beside: [Double]? { mean(near) }
  var others: [Double]? { mean(far) }

  private func mean(_ places: Set<Int>) -> [Double]? {
    guard !places.isEmpty else { return nil }
    return (0..<4).map { kind in
      let logs = places.map { sums[$0][kind] }
      let largest = logs.max() ?? 0
      return largest + log(logs.reduce(0) { $0 + exp($1 - largest) } / Double(places.count))
    }
  }
}
