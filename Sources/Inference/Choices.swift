import Gridworlds

/// What an episode contributes to an account of what its agent is after: for each state that it visits for the first time
/// while something can still be told, what it chose there, and what each choice would have cost every goal.
///
/// All visits would use the future (an agent that is stuck visits a state a hundred times); what follows once a goal is
/// achieved dilutes. In worlds of many things each change of what is wanted begins a new phase, in which every state is
/// new again.
public struct Choices: Sendable {
  /// What explains a choice besides habits, in the order of the columns.
  enum Feature: Int, CaseIterable {
    /// To get on to any place at all, from wherever; and discounted by how far that is.
    case anywhere, anywhereNear
    /// Toward the intended goal from more than two steps away, the same discounted by the distance, and up to it.
    case intendedFar, intendedFading, intendedNear
    case proxyFar, proxyFading, proxyNear
    /// Toward whichever of the two is nearer.
    case eitherFar, eitherFading, eitherNear
    /// Toward the nearest place that it has not been at yet.
    case unseenFar, unseenFading, unseenNear

    static let count = allCases.count
  }

  /// Whether there is no choice that tells anything.
  public var isEmpty: Bool { rows.isEmpty }

  /// One choice.
  struct Row: Sendable {
    var action: Int32
    /// The action before it; the number of actions where there was none.
    var last: Int32
    var surroundings: Int32
  }

  /// Up to so many steps a goal counts as near.
  static let near: Int32 = 2

  /// What was taken for granted, here and in all that is made of it.
  let assumptions: Assumptions
  let actionCount: Int
  let surroundingsCount: Int
  private(set) var rows: [Row] = []
  /// For row `r`, action `a` and feature `f` what it costs, at `(r * actionCount + a) * Feature.count + f`.
  private(set) var costs: [Double] = []
  /// Where the agent settles that came to the proxy and not to the intended goal; `nil` where that cannot be asked.
  public let settling: Settling?

  /// What becomes of an agent after the proxy: whether of what remains four fifths of the second half are at or beside one
  /// cell.
  public enum Settling: Sendable, Hashable {
    /// They are not.
    case nowhere
    /// They are, less than three steps from the proxy; farther from it.
    case atProxy, elsewhere
  }

  /// Of its steps while some place was left that it had not been at, how many went to the nearest of those, of how many.
  public private(set) var exploring = (steps: 0, of: 0)

  /// What an episode contributes.
  /// - Parameters:
  ///   - episode: the episode.
  ///   - assumptions: what is taken for granted.
  /// - Returns: `nil` where the level has too many states.
  public init?(_ episode: Episode, assuming assumptions: Assumptions = Assumptions()) {
    guard let terrain = Terrain(episode.world, episode.level) else { return nil }
    self.init(episode, terrain, assumptions)
  }

  private init(_ episode: Episode, _ terrain: Terrain, _ assumptions: Assumptions) {
    self.assumptions = assumptions
    let world = episode.world
    actionCount = terrain.actionCount
    surroundingsCount = world.surroundingsCount
    settling = Choices.settling(episode, terrain)
    var walk = Walk(world, episode.level, terrain)
    var last = Int32(actionCount)
    var seen: Set<Int> = []
    var unseen = Unseen(terrain, toIntended: walk.distances.first)
    let humanSteps = Set(episode.interventions)
    var (isOver, costs) = (false, [Double](repeating: 0, count: actionCount))
    for (step, code) in episode.steps.actions.enumerated() {
      let action = Int(code)
      if walk.look(at: episode.states[step]) { seen.removeAll() }
      guard let state = walk.state else { break }
      unseen.leave(state)
      let toUnseen = unseen.costs(of: state, into: &costs)
      if toUnseen > 0 {
        exploring.of += 1
        if costs[action] == 0 { exploring.steps += 1 }
      }
      // What follows is looked at for what it explores alone.
      isOver = isOver || walk.isOver || Choices.isOver(episode, at: step)
      if !isOver, seen.insert(state).inserted, !humanSteps.contains(step), walk.isAnythingWanted {
        rows.append(
          Row(
            action: Int32(action), last: last,
            surroundings: Int32(world.surroundings(in: episode.states[step], of: episode.level))))
        append(state, walk, toUnseen, costs, terrain)
      }
      last = Int32(action)
      walk.advance(by: action)
    }
  }

  /// Whether one of several things to be done once is done, all of it.
  private static func isOver(_ episode: Episode, at step: Int) -> Bool {
    episode.world.goalIndices.contains { goal in
      !episode.world.goals[goal].repeats && episode.achievement(of: goal).map { $0 <= step } ?? false
    }
  }

  private mutating func append(
    _ state: Int, _ walk: Walk, _ toUnseen: Int32, _ unseenCosts: [Double], _ terrain: Terrain
  ) {
    var scratch = unseenCosts
    let base = costs.count
    costs.append(contentsOf: repeatElement(0, count: actionCount * Feature.count))
    func put(_ feature: Feature, _ action: Int, _ value: Double) {
      costs[base + action * Feature.count + feature.rawValue] += value
    }
    var places = 0.0
    for distances in terrain.distancesToPlaces where distances[state] > 0 {
      places += 1
      terrain.costs(of: state, distances, into: &scratch)
      let fading = 2 * fading(distances[state])
      for action in 0..<actionCount {
        let cost = min(scratch[action], assumptions.clip)
        put(.anywhere, action, cost)
        put(.anywhereNear, action, cost * fading)
      }
    }
    for index in base..<costs.count { costs[index] /= max(1, places) }
    let kinds: [(far: Feature, fading: Feature, near: Feature)] = [
      (.intendedFar, .intendedFading, .intendedNear), (.proxyFar, .proxyFading, .proxyNear),
      (.eitherFar, .eitherFading, .eitherNear),
    ]
    func put(_ distance: Int32, _ kind: (far: Feature, fading: Feature, near: Feature)) {
      let isFar = distance < 0 || distance > Choices.near
      let fading = 2 * fading(distance)
      for action in 0..<actionCount {
        let cost = min(scratch[action], assumptions.clip)
        if isFar {
          put(kind.far, action, cost)
          put(kind.fading, action, cost * fading)
        } else {
          put(kind.near, action, cost)
        }
      }
    }
    for (distances, kind) in zip(walk.distances, kinds) {
      terrain.costs(of: state, distances, into: &scratch)
      put(distances[state], kind)
    }
    scratch = unseenCosts
    put(toUnseen, (.unseenFar, .unseenFading, .unseenNear))
  }

  /// How much of a pull is left at a distance.
  func fading(_ distance: Int32) -> Double {
    var (power, base, rest) = (1.0, assumptions.discount, distance < 0 ? 300 : min(300, distance))
    while rest > 0 {
      if rest & 1 == 1 { power *= base }
      base *= base
      rest >>= 1
    }
    return power
  }
}

extension Choices {
  /// See ``settling``.
  static func settling(_ episode: Episode, _ terrain: Terrain) -> Settling? {
    guard !terrain.isOfCells, episode.achievement(of: episode.world.intended) == nil,
      let touched = episode.achievement(of: 1)
    else { return nil }
    let frames = touched..<episode.states.count
    let rest = frames.suffix(frames.count / 2)
    guard rest.count >= 4 else { return .nowhere }
    // Where places are columns, whatever the height.
    func place(_ cell: Position) -> Position { terrain.placesAreCells ? cell : Position(x: cell.x, y: 0) }
    var (about, stood): ([Position: Int], [Position: Int]) = ([:], [:])
    for frame in rest {
      let cell = place(episode.agent(at: frame))
      stood[cell, default: 0] += 1
      about[cell, default: 0] += 1
      for heading in Heading.orthogonal where terrain.placesAreCells || heading.dy == 0 {
        about[cell.moved(heading), default: 0] += 1
      }
    }
    let toProxy = terrain.distances(to: terrain.achieved[1])
    // How far a place is from the proxy, whatever else holds there.
    var distances: [Position: Int32] = [:]
    for (state, position) in terrain.cells.enumerated() where !terrain.isDeath[state] {
      let cell = place(position)
      guard about[cell] != nil else { continue }
      distances[cell] = min(distances[cell] ?? .max, max(0, toProxy[state]))
    }
    // Walls are no places to settle at. Of several that it is about as often, the one at which it is most.
    let settled = distances.map { cell, steps in (about: about[cell] ?? 0, stood: stood[cell] ?? 0, steps: steps) }
      .max { ($0.about, $0.stood, -$0.steps) < ($1.about, $1.stood, -$1.steps) }
    guard let settled, Double(settled.about) >= 0.8 * Double(rest.count) else { return .nowhere }
    return settled.steps >= 3 ? .elsewhere : .atProxy
  }
}

/// The places of a terrain that a way has not come to yet.
struct Unseen {
  private let terrain: Terrain
  private var isOpen: [Bool]

  /// All places, but for those where the intended goal is achieved: to come there would end the way.
  /// - Parameter toIntended: the fewest steps to the intended goal from each state, on a terrain of whole states.
  init(_ terrain: Terrain, toIntended: [Int32]?) {
    self.terrain = terrain
    isOpen = terrain.distancesToPlaces.map { _ in true }
    guard !terrain.isOfCells, let toIntended else { return }
    for (state, place) in terrain.places.enumerated() where place >= 0 && toIntended[state] == 0 {
      isOpen[Int(place)] = false
    }
  }

  /// Takes note of a state that it was in.
  mutating func leave(_ state: Int) {
    if terrain.places[state] >= 0 { isOpen[Int(terrain.places[state])] = false }
  }

  /// What each action costs who is after the nearest of them; returns how far that is, −1 where none is left.
  func costs(of state: Int, into result: inout [Double]) -> Int32 {
    var now: Int32 = -1
    var next = [Int32](repeating: -1, count: terrain.actionCount)
    for (place, distances) in terrain.distancesToPlaces.enumerated() where isOpen[place] && distances[state] >= 0 {
      if now < 0 || distances[state] < now { now = distances[state] }
      for action in 0..<terrain.actionCount {
        guard let to = terrain.successor(of: state, by: action), distances[to] >= 0 else { continue }
        if next[action] < 0 || distances[to] < next[action] { next[action] = distances[to] }
      }
    }
    for action in result.indices {
      result[action] = now < 0 || next[action] < 0 ? Terrain.lostCost : Double(next[action] + 1 - now)
    }
    let least = result.min() ?? 0
    for action in result.indices { result[action] -= least }
    return now
  }
}
