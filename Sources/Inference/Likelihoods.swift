import Foundation
import Gridworlds
import Planning

/// How probable the moves of an episode are under each hypothesis, as it goes on.
struct Likelihoods: Sendable {
  /// Which places may be meant by ``Hypothesis/place``; ``Hypothesis/beside`` always means those within three steps of the
  /// proxy.
  enum Places: Sendable {
    /// Those that are farther from the proxy; of these, those that do not lie on a shortest way to it; all.
    case far, offTheWay, all
  }

  /// Levels of more places times steps than this are judged without places.
  static let largestWork = 20_000_000
  /// Places nearer than this to the start are none that one goes to.
  private static let leastDistance: Int32 = 5

  /// The natural logarithm of p(actions so far | hypothesis, kind of seeker), at `hypothesis * Seekers.count + kind`; −∞ of
  /// hypotheses that do not apply.
  private(set) var logs = [Double](repeating: 0, count: Hypothesis.count * Seekers.count)
  /// Whether places were too many to be considered.
  let leavesOutPlaces: Bool

  /// What an episode comes to.
  /// - Parameters:
  ///   - episode: whose moves are explained; a person's say nothing.
  ///   - terrain: its level.
  ///   - knowledge: what is known of the agent's habits.
  ///   - places: which places are meant.
  ///   - onStep: called with all that holds after each step, the first time before any.
  init(
    _ episode: Episode, _ terrain: Terrain, _ knowledge: Device.Knowledge, _ places: Places,
    onStep: ((Likelihoods) -> Void)? = nil
  ) {
    var moves = Moves(episode, terrain, knowledge)
    let hasPlaces =
      !terrain.distancesToPlaces.isEmpty
      && terrain.distancesToPlaces.count * episode.steps.count <= Likelihoods.largestWork
    leavesOutPlaces = !hasPlaces
    var sums = hasPlaces ? PlaceSums(terrain, moves.walk, places, leastDistance: Likelihoods.leastDistance) : nil
    var tour = hasPlaces ? Tour(terrain, moves.walk) : nil
    var unseen = Unseen(terrain, toIntended: moves.walk.distances.first)
    let explores = hasPlaces && terrain.placesAreCells
    var direct = [Seekers.Each](repeating: .zero, count: 3)
    var exploring = Seekers.Each.zero
    var deviceLog = 0.0
    var costs = [Double](repeating: 0, count: terrain.actionCount)
    gather(direct, sums, tour, explores ? exploring : nil, deviceLog)
    onStep?(self)
    while let move = moves.next() {
      sums?.visit(move.state)
      if explores { unseen.leave(move.state) }
      if !move.isHuman {
        let log = Foundation.log(move.habit)
        deviceLog += log
        for goal in 0..<3 { direct[goal] += move.toward(goal).map { Seekers.log($0) } ?? Seekers.Each(repeating: log) }
        sums?.add(move, log)
        tour?.add(move)
        if explores {
          _ = unseen.costs(of: move.state, into: &costs)
          exploring += Seekers.log(move.seeking(costs))
        }
      } else {
        tour?.visit(move.state)
      }
      if onStep != nil {
        gather(direct, sums, tour, explores ? exploring : nil, deviceLog)
        onStep?(self)
      }
    }
    gather(direct, sums, tour, explores ? exploring : nil, deviceLog)
  }

  private mutating func gather(
    _ direct: [Seekers.Each], _ sums: PlaceSums?, _ tour: Tour?, _ exploring: Seekers.Each?, _ device: Double
  ) {
    let none = Seekers.Each(repeating: -.infinity)
    put(.intended, direct[0])
    put(.proxy, direct[1])
    put(.nearer, direct[2])
    put(.beside, sums?.mean(isBeside: true) ?? none)
    put(.place, sums?.mean(isBeside: false) ?? none)
    put(.tour, tour?.logs ?? none)
    put(.explorer, exploring ?? none)
    put(.device, Seekers.Each(repeating: device))
  }

  private mutating func put(_ hypothesis: Hypothesis, _ values: Seekers.Each) {
    for kind in 0..<Seekers.count { logs[hypothesis.rawValue * Seekers.count + kind] = values[kind] }
  }

  /// The logarithm of a hypothesis's likelihood, its kinds of seekers weighed evenly.
  subscript(hypothesis: Hypothesis) -> Double {
    logSum(Array(logs[hypothesis.rawValue * Seekers.count..<(hypothesis.rawValue + 1) * Seekers.count]))
      - Foundation.log(Double(Seekers.count))
  }
}

/// The moves of an episode one after another, with what a device expected.
struct Moves {
  /// One move.
  struct Move {
    let step: Int
    let state: Int
    let action: Int
    /// Whether a person made it.
    let isHuman: Bool
    /// The device's probability of what was done.
    let habit: Double
    fileprivate let habits: [Double]
    fileprivate let terrain: Terrain
    fileprivate let distances: [[Int32]]
    fileprivate let isAchieved: [Bool]

    /// How probable the move is to one after a goal; `nil` once that is achieved.
    /// - Parameter goal: 0 the intended goal, 1 the proxy, 2 whichever is nearer.
    func toward(_ goal: Int) -> Seekers.Each? {
      guard !isAchieved[goal] else { return nil }
      return withUnsafeTemporaryAllocation(of: Int32.self, capacity: terrain.actionCount) { costs in
        terrain.wholeCosts(of: state, distances[goal], into: costs)
        return choice(UnsafeBufferPointer(costs))
      }
    }

    /// How probable it is to one for whom actions cost so much.
    func seeking(_ costs: [Double]) -> Seekers.Each { costs.map { Int32($0) }.withUnsafeBufferPointer(choice) }

    private func choice(_ costs: UnsafeBufferPointer<Int32>) -> Seekers.Each {
      let (probability, alike) = Seekers.choice(costs, action)
      return probability * share(among: alike)
    }

    /// How probable what was done is by habit among some actions, a bit each.
    func share(among alike: Int) -> Double {
      var sum = 0.0
      for action in habits.indices where alike >> action & 1 == 1 { sum += habits[action] }
      return habit / sum
    }
  }

  private let episode: Episode
  private let terrain: Terrain
  private let humanSteps: Set<Int>
  private(set) var walk: Walk
  private var device: Device
  private var last: Int32
  private var step = 0
  private var habits: [Double]
  private var isAchieved = [false, false, false]

  init(_ episode: Episode, _ terrain: Terrain, _ knowledge: Device.Knowledge) {
    (self.episode, self.terrain) = (episode, terrain)
    humanSteps = Set(episode.interventions)
    walk = Walk(episode.world, episode.level, terrain)
    if let first = episode.states.first { _ = walk.look(at: first) }
    device = Device(episode.world, knowledge)
    last = Int32(terrain.actionCount)
    habits = Array(repeating: 0, count: terrain.actionCount)
  }

  /// The next move; `nil` after the last, and where nothing can follow.
  mutating func next() -> Move? {
    guard step < episode.steps.count else { return nil }
    if step > 0 { _ = walk.look(at: episode.states[step]) }
    guard let state = walk.state else { return nil }
    let action = Int(episode.steps.actions[step])
    guard action < terrain.actionCount else { return nil }
    if !terrain.isOfCells {
      for goal in 0..<3 where walk.distances[goal][state] == 0 { isAchieved[goal] = true }
    }
    let row = Choices.Row(
      action: Int32(action), last: last,
      surroundings: Int32(episode.world.surroundings(in: episode.states[step], of: episode.level)))
    device.predict(row, into: &habits)
    let isHuman = humanSteps.contains(step)
    let move = Move(
      step: step, state: state, action: action, isHuman: isHuman, habit: habits[action], habits: habits,
      terrain: terrain, distances: walk.distances, isAchieved: isAchieved)
    if isHuman { device.witness(row) } else { device.learn(row) }
    last = Int32(action)
    walk.advance(by: action)
    step += 1
    return move
  }
}

/// The likelihood of each place as what the agent goes to.
private struct PlaceSums {
  /// What a move says of every place, but for habits.
  private struct Said {
    var logs: [Seekers.Each] = []
    var alike: [Int] = []
  }

  private let terrain: Terrain
  private let beside: [Int], others: [Int]
  private var sums: [Seekers.Each]
  private var isReached: [Bool]
  private var said: [Int: Said] = [:]

  init(_ terrain: Terrain, _ walk: Walk, _ places: Likelihoods.Places, leastDistance: Int32) {
    self.terrain = terrain
    let count = terrain.distancesToPlaces.count
    sums = Array(repeating: .zero, count: count)
    isReached = Array(repeating: false, count: count)
    var (beside, others): ([Int], [Int]) = ([], [])
    let toProxy = walk.distances[1]
    let start = walk.state ?? 0
    // How far each place is from the proxy, on from wherever one comes to it, and whether a goal is there.
    var near = [Int32](repeating: .max, count: count)
    var isTarget = [Bool](repeating: false, count: count)
    for (state, place) in terrain.places.enumerated() where place >= 0 {
      if toProxy[state] >= 0 { near[Int(place)] = min(near[Int(place)], toProxy[state]) }
      if walk.distances[2][state] == 0 { isTarget[Int(place)] = true }
    }
    for (place, distances) in terrain.distancesToPlaces.enumerated() {
      guard distances[start] >= leastDistance, !isTarget[place] else { continue }
      // Of worlds of many things no place is beside the proxy: there are many, and they go.
      if near[place] <= 3, !terrain.isOfCells { beside.append(place) }
      let isOnTheWay =
        toProxy[start] >= 0 && near[place] < .max && distances[start] + near[place] <= toProxy[start]
      let isMeant =
        switch places {
        case .far: near[place] > 3 || terrain.isOfCells
        case .offTheWay: (near[place] > 3 || terrain.isOfCells) && !isOnTheWay
        case .all: true
        }
      if isMeant { others.append(place) }
    }
    (self.beside, self.others) = (beside, others)
  }

  /// Takes note of a state that the agent is in.
  mutating func visit(_ state: Int) {
    let place = Int(terrain.places[state])
    if place >= 0 { isReached[place] = true }
  }

  /// Takes in a move.
  /// - Parameter log: of the device's probability of it.
  mutating func add(_ move: Moves.Move, _ log: Double) {
    let key = move.state * terrain.actionCount + move.action
    if said[key] == nil { said[key] = say(move) }
    guard let said = said[key] else { return }
    var habits = [Double](repeating: .nan, count: 1 << terrain.actionCount)
    for place in sums.indices {
      if isReached[place] {
        sums[place] += log
      } else {
        let alike = said.alike[place]
        if habits[alike].isNaN { habits[alike] = Foundation.log(move.share(among: alike)) }
        sums[place] += said.logs[place] + habits[alike]
      }
    }
  }

  private func say(_ move: Moves.Move) -> Said {
    var said = Said()
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: terrain.actionCount) { costs in
      for distances in terrain.distancesToPlaces {
        terrain.wholeCosts(of: move.state, distances, into: costs)
        let (probability, alike) = Seekers.choice(UnsafeBufferPointer(costs), move.action)
        said.logs.append(Seekers.log(probability))
        said.alike.append(alike)
      }
    }
    return said
  }

  /// The logarithm of the mean likelihood of some places; `nil` where there are none.
  func mean(isBeside: Bool) -> Seekers.Each? {
    let places = isBeside ? beside : others
    guard !places.isEmpty else { return nil }
    var result = Seekers.Each.zero
    for kind in 0..<Seekers.count {
      var largest = -Double.infinity
      for place in places { largest = max(largest, sums[place][kind]) }
      var sum = 0.0
      for place in places { sum += exp(sums[place][kind] - largest) }
      result[kind] = largest + Foundation.log(sum / Double(places.count))
    }
    return result
  }
}

/// An agent that goes from place to place: a hidden Markov model over them (Rabiner 1989). Half of its first targets are the
/// goals; where it arrives it stays with probability ½ or draws another, and on the way it does so with 0.01.
private struct Tour {
  private(set) var logs = Seekers.Each.zero
  private let terrain: Terrain
  private let fresh: [Double]
  private var belief: [Seekers.Each]
  private var isBegun = false
  private var said: [Int: [(probability: Seekers.Each, alike: Int)]] = [:]

  init(_ terrain: Terrain, _ walk: Walk) {
    self.terrain = terrain
    let count = terrain.distancesToPlaces.count
    var isTarget = [Bool](repeating: false, count: count)
    for (state, place) in terrain.places.enumerated() where place >= 0 && walk.distances[2][state] == 0 {
      isTarget[Int(place)] = true
    }
    let targets = isTarget.count { $0 }
    fresh = isTarget.map { isTarget in
      targets == 0 ? 1 / Double(count) : 0.5 / Double(count) + (isTarget ? 0.5 / Double(targets) : 0)
    }
    belief = fresh.map { Seekers.Each(repeating: $0) }
  }

  /// Takes note of a state that the agent is in, and draws anew who may.
  mutating func visit(_ state: Int) {
    guard isBegun else {
      isBegun = true
      return
    }
    var moved = Seekers.Each.zero
    let here = Int(terrain.places[state])
    for place in belief.indices {
      let leaving = belief[place] * (place == here ? 0.5 : 0.01)
      belief[place] -= leaving
      moved += leaving
    }
    for place in belief.indices { belief[place] += moved * fresh[place] }
  }

  /// Takes in a move.
  mutating func add(_ move: Moves.Move) {
    visit(move.state)
    let key = move.state * terrain.actionCount + move.action
    if said[key] == nil { said[key] = say(move) }
    guard let said = said[key] else { return }
    var shares = [Double](repeating: -1, count: 1 << terrain.actionCount)
    var total = Seekers.Each.zero
    for place in belief.indices {
      let (probability, alike) = said[place]
      if shares[alike] < 0 { shares[alike] = move.share(among: alike) }
      belief[place] *= probability * shares[alike]
      total += belief[place]
    }
    for place in belief.indices { belief[place] /= total }
    logs += Seekers.log(total)
  }

  private func say(_ move: Moves.Move) -> [(probability: Seekers.Each, alike: Int)] {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: terrain.actionCount) { costs in
      terrain.distancesToPlaces.map { distances in
        terrain.wholeCosts(of: move.state, distances, into: costs)
        return Seekers.choice(UnsafeBufferPointer(costs), move.action)
      }
    }
  }
}
