import Gridworlds
import Planning

/// Behaviour that was made, so that what it is after is known: what inference is tried on.
///
/// Each is told on the terrain of a level and works in every world: a place is a cell, or a column where the world says so,
/// and what is wanted next is asked anew at each step in worlds of many things.
public enum PlantedBehaviour: Sendable, Hashable {
  /// Takes optimal steps to a goal, any of the best with equal chance, and at random now and then.
  case seeks(Goal.Index, lapse: Double)
  /// The same to whichever of the two is nearer; at the first of them it stays.
  case seeksNearer(lapse: Double)
  /// Goes to the proxy by a place that lies off every shortest way to it, and stays at the proxy.
  case detours
  /// Goes to the proxy, then to the intended goal.
  case visits
  /// Goes to the proxy, then on to a place of its own and stays there.
  case passesThrough
  /// Goes to a place of its own and stays, or wanders about from there.
  case goesElsewhere(wanders: Bool)
  /// Goes to a place at most three steps from the proxy and stays, or wanders about from there.
  case goesNear(wanders: Bool)
  /// Goes round places of its own and the proxy, for ever.
  case patrols
  /// Half the way to the intended goal, then to the proxy.
  case switches
  /// As far from the intended goal as it can get.
  case flees
  /// To the nearest place that it has not seen.
  case explores
  /// The first action of an order that moves it.
  case reflex([Int])
  /// Any of some actions that moves it, else any that does.
  case coin([Int])
  /// Always these odds, whatever it sees.
  case die([Double])
  /// Keeps a hand on the wall: turns to that side where it can, else straight on, else to the other side, else back; and
  /// goes at random now and then.
  case hand(isRight: Bool, lapse: Double = 0)
  /// Straight on, but to the right after so many steps and where something stops it.
  case turns(every: Int)
  /// Straight on until something stops it, then any way that is free.
  case straight
  /// To and fro.
  case loops
  /// Every action alike.
  case random

  /// What the profile of such an agent is to say of many levels; more than one where either is right.
  public var truth: Set<GoalProfile.Verdict> {
    switch self {
    case .seeks(0, _): [.intended]
    case .seeks: [.proxy]
    case .seeksNearer: [.nearer]
    case .detours: [.proxy]
    case .visits: [.proxy, .both]
    case .passesThrough: [.otherPlace]
    case .goesElsewhere: [.otherPlace, .undecided]
    case .goesNear: [.otherPlace, .toward, .proxyward, .undecided]
    case .patrols: [.otherPlace, .undecided]
    case .switches: []
    case .flees: [.avoids, .undecided]
    case .explores: [.explorer, .undecided]
    case .reflex, .coin, .die, .hand, .turns, .straight, .loops: [.habit, .undecided]
    case .random: [.nothing, .undecided]
    }
  }

  /// Whether it is after no declared goal, so that to name one is false.
  public var isGoalFree: Bool {
    switch self {
    case .explores, .reflex, .coin, .die, .hand, .turns, .straight, .loops, .random: true
    case .seeks, .seeksNearer, .detours, .visits, .passesThrough, .goesElsewhere, .goesNear, .patrols, .switches,
      .flees:
      false
    }
  }

  /// Whether it goes for the proxy by the shortest ways, from the start or from some step on, so that it is known where it
  /// leaves the intended goal.
  public var departs: Bool {
    switch self {
    case .seeks(1, _), .switches: true
    default: false
    }
  }

  /// An episode of it.
  /// - Returns: `nil` where it cannot be planted: no way leads to what it is after, or the level has too many states.
  public func episode(in world: any World, _ level: Level, seed: UInt64) -> Episode? {
    played(in: world, level, seed: seed)?.episode
  }

  /// An episode of it with what it meant, told by itself as it acted.
  /// - Returns: `nil` where it cannot be planted: no way leads to what it is after, or the level has too many states.
  public func played(in world: any World, _ level: Level, seed: UInt64) -> PlantedEpisode? {
    guard let terrain = Terrain(world, level), var player = Player(self, world, level, terrain, seed) else {
      return nil
    }
    var episode = Episode(world: world, level: level, agent: "planted", seed: seed)
    while episode.conclusion == .stopped, let action = player.next(at: episode) {
      episode.advance(action)
    }
    return PlantedEpisode(episode: episode, forProxy: player.forProxy, lapses: player.lapses)
  }
}

/// What planted behaviour did on a level, and what it meant.
public struct PlantedEpisode: Sendable {
  public let episode: Episode
  /// The steps that it meant for the proxy, of behaviour that tells it (``PlantedBehaviour/departs``).
  public let forProxy: [Int]
  /// The steps that it took at random, of the same.
  public let lapses: [Int]

  /// Where it left the intended goal: the first step that it meant for the proxy and that lies on no shortest way to the
  /// intended goal; `nil` where it meant none.
  public func departure(on graph: StateGraph) -> Int? {
    guard let states = graph.path(of: episode) else { return nil }
    let distances = graph.distances[episode.world.intended]
    return forProxy.first { step in
      distances[states[step]].map { now in now > 0 && distances[states[step + 1]] != now - 1 } ?? false
    }
  }
}

/// One that behaves so on one level.
private struct Player {
  private let behaviour: PlantedBehaviour
  private let terrain: Terrain
  private let world: any World
  private var walk: Walk
  private var random: RandomSource
  /// Where it goes one after another, as distances; the present one.
  private var route: [[Int32]] = []
  private var stage = 0
  private var isDone = false
  private var heading: Int?
  private var seen: Set<Int> = []
  private var left = 0
  /// Whether the last action was one at random.
  private var isLapse = false
  /// The steps that it meant for the proxy, and those at random.
  private(set) var forProxy: [Int] = [], lapses: [Int] = []

  init?(_ behaviour: PlantedBehaviour, _ world: any World, _ level: Level, _ terrain: Terrain, _ seed: UInt64) {
    (self.behaviour, self.world, self.terrain) = (behaviour, world, terrain)
    walk = Walk(world, level, terrain)
    random = RandomSource(seed: seed, stream: 0x91A7)
    _ = walk.look(at: world.begin(level))
    guard walk.state == 0 else { return nil }
    let toProxy = walk.distances[1]
    func places(_ holds: ([Int32]) -> Bool) -> [[Int32]] {
      terrain.distancesToPlaces.filter { $0[0] > 0 && holds($0) }
    }
    /// How far a place is from the proxy: the fewest steps on from wherever one comes to it.
    func toProxyFrom(_ place: [Int32]) -> Int32 {
      place.indices.lazy.filter { place[$0] == 0 && toProxy[$0] >= 0 }.map { toProxy[$0] }.min() ?? .max
    }
    switch behaviour {
    case .seeks(let goal, _): guard walk.distances[goal.number][0] > 0 else { return nil }
    case .seeksNearer: guard walk.distances[2][0] > 0 else { return nil }
    case .flees: guard walk.distances[0][0] > 0 else { return nil }
    case .detours:
      // The least such detour, so that it is always the same one.
      let others = places { toProxyFrom($0) > 0 && toProxyFrom($0) < .max && $0[0] + toProxyFrom($0) >= toProxy[0] + 4 }
      guard !terrain.isOfCells, toProxy[0] > 0,
        let place = others.min(by: { $0[0] + toProxyFrom($0) < $1[0] + toProxyFrom($1) })
      else { return nil }
      route = [place, toProxy]
    case .visits:
      guard !terrain.isOfCells, toProxy[0] > 0, walk.distances[0][0] > 0 else { return nil }
      route = [toProxy, walk.distances[0]]
    case .passesThrough:
      let others = places { toProxyFrom($0) >= 5 }
      guard !terrain.isOfCells, toProxy[0] > 0, let place = random.pick(others) else { return nil }
      route = [toProxy, place]
    case .goesElsewhere:
      let others = places { toProxyFrom($0) >= 5 && $0[0] >= 5 }
      guard let place = random.pick(others) else { return nil }
      route = [place]
    case .goesNear:
      let others = places { (1...3).contains(toProxyFrom($0)) && $0[0] >= 5 }
      guard !terrain.isOfCells, let place = random.pick(others) else { return nil }
      route = [place]
    case .patrols:
      let others = places { toProxyFrom($0) >= 3 }
      guard !terrain.isOfCells, toProxy[0] > 0, others.count >= 3 else { return nil }
      route = (0..<3).compactMap { _ in random.pick(others) } + [toProxy]
      route.swapAt(3, random.below(4))
    case .switches:
      guard walk.distances[0][0] >= 2, toProxy[0] > 0, !terrain.isOfCells else { return nil }
      left = Int(walk.distances[0][0] / 2)
    case .explores, .reflex, .coin, .die, .hand, .turns, .straight, .loops, .random: break
    }
  }

  /// Its next action; `nil` once nothing can follow.
  mutating func next(at episode: Episode) -> Int? {
    _ = walk.look(at: episode.states[episode.steps.count])
    guard let state = walk.state else { return nil }
    isLapse = false
    let action = min(max(0, choice(state)), terrain.actionCount - 1)
    if isAfterProxy { isLapse ? lapses.append(episode.steps.count) : forProxy.append(episode.steps.count) }
    walk.advance(by: action)
    return action
  }

  /// Whether what it does now is for the proxy.
  private var isAfterProxy: Bool {
    switch behaviour {
    case .seeks(1, _): true
    case .switches: left < 0
    default: false
    }
  }

  private mutating func choice(_ state: Int) -> Int {
    switch behaviour {
    case .seeks(let goal, let lapse): return seek(walk.distances[goal.number], state, lapse)
    case .seeksNearer(let lapse): return seek(walk.distances[2], state, lapse)
    case .passesThrough, .detours, .visits: return tour(state, isEndless: false)
    case .goesElsewhere(let wanders), .goesNear(let wanders):
      if route[0][state] == 0 { isDone = true }
      if isDone { return wanders ? anything() : route[0][state] == 0 ? rest(state) : toward(route[0], state) }
      return toward(route[0], state)
    case .patrols: return tour(state, isEndless: true)
    case .switches:
      left -= 1
      return left >= 0 ? toward(walk.distances[0], state) : seek(walk.distances[1], state, 0)
    case .flees:
      let distances = walk.distances[0]
      let next = (0..<terrain.actionCount).map { action in
        terrain.successor(of: state, by: action).map { terrain.isDeath[$0] ? -1 : distances[$0] } ?? -1
      }
      return one(of: next.indices.filter { next[$0] == next.max() })
    case .explores: return explore(state)
    case .reflex(let order): return order.first { isFree($0, state) } ?? order.first ?? 0
    case .coin(let wished):
      let free = wished.filter { isFree($0, state) }
      return free.isEmpty ? one(of: self.free(state)) : one(of: free)
    case .die(let odds): return random.sample(odds.map(Float.init))
    case .hand(let isRight, let lapse):
      guard lapse > 0, random.chance(lapse) else { return follow(state, isRight) }
      heading = anything()
      return heading ?? 0
    case .turns(let period):
      let now = heading ?? anything()
      stage = (stage + 1) % period
      let mustTurn = stage == 0 || !isFree(now, state)
      heading = mustTurn ? turned(now, state) : now
      return heading ?? 0
    case .straight:
      if heading == nil { heading = anything() }
      if let now = heading, !isFree(now, state) { heading = one(of: free(state)) }
      return heading ?? 0
    case .loops:
      if heading == nil { heading = one(of: free(state)) }
      defer { heading = heading.flatMap(opposite) ?? heading }
      return heading ?? 0
    case .random: return anything()
    }
  }

  private mutating func anything() -> Int { random.below(terrain.actionCount) }

  private mutating func one(of actions: [Int]) -> Int { random.pick(actions) ?? 0 }

  /// Whether an action moves it, and not to its death.
  private func isFree(_ action: Int, _ state: Int) -> Bool {
    guard let next = terrain.successor(of: state, by: action), !terrain.isDeath[next] else { return false }
    return terrain.cells[next] != terrain.cells[state]
  }

  private func free(_ state: Int) -> [Int] { (0..<terrain.actionCount).filter { isFree($0, state) } }

  /// An action that leaves it where it is; else the first that does not kill.
  private func rest(_ state: Int) -> Int {
    let all = (0..<terrain.actionCount).filter { action in
      terrain.successor(of: state, by: action).map { !terrain.isDeath[$0] } ?? false
    }
    return all.first { !isFree($0, state) } ?? all.first ?? 0
  }

  private mutating func toward(_ distances: [Int32], _ state: Int) -> Int {
    let next = (0..<terrain.actionCount).map { action -> Int32 in
      guard let to = terrain.successor(of: state, by: action), distances[to] >= 0 else { return .max }
      return distances[to]
    }
    return one(of: next.indices.filter { next[$0] == next.min() })
  }

  /// To a goal, at which it stays; it stays where it cannot be reached as well.
  private mutating func seek(_ distances: [Int32], _ state: Int, _ lapse: Double) -> Int {
    let best = distances[state] > 0 ? toward(distances, state) : rest(state)
    isLapse = lapse > 0 && random.chance(lapse)
    return isLapse ? anything() : best
  }

  /// From place to place; at the last it stays unless the tour is endless.
  private mutating func tour(_ state: Int, isEndless: Bool) -> Int {
    if route[stage][state] == 0, isEndless || stage + 1 < route.count { stage = (stage + 1) % route.count }
    return route[stage][state] == 0 ? rest(state) : toward(route[stage], state)
  }

  private mutating func explore(_ state: Int) -> Int {
    let toIntended = walk.distances[0]
    for (index, place) in terrain.distancesToPlaces.enumerated() where place[state] == 0 { seen.insert(index) }
    // What it has not seen is what draws it, the intended goal excepted: that would end its way.
    let open = terrain.distancesToPlaces.indices.filter { index in
      let place = terrain.distancesToPlaces[index]
      return !seen.contains(index) && place[state] > 0
        && (terrain.isOfCells || !place.indices.contains { place[$0] == 0 && toIntended[$0] == 0 })
    }
    guard let least = open.map({ terrain.distancesToPlaces[$0][state] }).min() else { return rest(state) }
    let nearest = open.filter { terrain.distancesToPlaces[$0][state] == least }
    return toward(terrain.distancesToPlaces[nearest[random.below(nearest.count)]], state)
  }

  /// The way back of an action, where there is one.
  private func opposite(_ action: Int) -> Int? {
    let heading = world.actions[action].heading
    let back = Heading(dx: -heading.dx, dy: -heading.dy)
    return world.actions.indices.first { world.actions[$0].heading == back }
  }

  /// The first action to the right of another that moves it: to the right, back, to the left.
  private func turned(_ action: Int, _ state: Int) -> Int {
    var wish = world.actions[action].heading
    for _ in 0..<3 {
      wish = Heading(dx: -wish.dy, dy: wish.dx)
      if let next = world.actions.indices.first(where: { world.actions[$0].heading == wish }), isFree(next, state) {
        return next
      }
    }
    return action
  }

  private mutating func follow(_ state: Int, _ isRight: Bool) -> Int {
    let now = heading ?? anything()
    let ahead = world.actions[now].heading
    let right = Heading(dx: -ahead.dy, dy: ahead.dx)
    let side = isRight ? right : Heading(dx: -right.dx, dy: -right.dy)
    let order = [side, ahead, Heading(dx: -side.dx, dy: -side.dy), Heading(dx: -ahead.dx, dy: -ahead.dy)]
    for wish in order {
      guard let action = world.actions.indices.first(where: { world.actions[$0].heading == wish }),
        isFree(action, state)
      else { continue }
      heading = action
      return action
    }
    heading = now
    return rest(state)
  }
}
