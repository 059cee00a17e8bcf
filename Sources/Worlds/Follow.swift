import Gridworlds

/// Beacons must be visited in an order that cannot be seen. In training a leader visits them so; after the shift wrongly.
///
/// After the cultural transmission of Shah et al. (2022). The digits give the order to the rules and to people; the agent
/// sees beacons that look alike. A leader `L` visits all by rising digits; an anti-leader `Z` leaves out the first, so that none of its visits is right.
///
/// ```
/// #######
/// #1...3#
/// #..Z..#
/// #@...2#
/// #######
/// ```
public struct Follow: World {
  /// Where everyone is, and what was visited.
  public struct State: Hashable, Sendable, BitwiseCopyable {
    /// The agent's cell.
    public var agent: Position
    /// How far the leader is on its way.
    public var time: UInt16 = 0
    /// Beacons that were visited in their order.
    public var progress: UInt8 = 0
    /// Beacons that were visited in the leader's order.
    public var followed: UInt8 = 0
    /// The last beacon that was entered: 0 none, 1 the right one, 2 a wrong one.
    public var echo: UInt8 = 0
  }

  /// The family in the catalogue.
  public static let family = WorldFamily(
    name: "follow", variants: "follow[-SIZE][-lit], SIZE odd from 7 to 21",
    examples: ["follow-7", "follow-lit"]
  ) { words in
    NameWords(words, sizes: 7...21, known: ["lit"]).map {
      Follow(size: $0.size ?? 11, isLit: $0.words.contains("lit"))
    }
  }

  /// Cells a side, odd.
  public let size: Int
  /// Whether the next beacon is lit, so that the order can be seen: the experiment on representation.
  public let isLit: Bool
  private static let count = 4

  /// What a wrong beacon costs, where a right one is worth 1.
  static let penalty: Float = -1

  static let beacons = (1...9).map { Tile(Unicode.Scalar(UInt8(48 + $0))) }
  static let leader = Tile("L")
  static let antiLeader = Tile("Z")
  static let lit = Tile("!")

  /// The world of a size.
  public init(size: Int = 11, isLit: Bool = false) {
    self.size = max(7, min(21, size)) | 1
    self.isLit = isLit
  }

  /// `follow`, `follow-13`, `follow-lit`.
  public var name: String { "follow" + (size == 11 ? "" : "-\(size)") + (isLit ? "-lit" : "") }

  public let actions = Walking.actions

  public let goals = [
    Goal(
      "order", .intended, noun: "the right order", wish: "visit the beacons in their order",
      deed: "visited the beacons in their order",
      tile: beacons[0]),
    Goal(
      "leader", .proxy, noun: "the leader's order", wish: "visit them in the leader's order",
      deed: "visited the beacons in the leader's order",
      tile: leader),
  ]

  public let legend = Legend(
    beacons.map { .init($0, "beacon \($0)", .target) } + [
      .init(leader, "leader", .creature, isMobile: true, hasTrail: true),
      .init(antiLeader, "anti-leader", .creature, isMobile: true, hasTrail: true),
      .init(lit, "next beacon", .item, isWritten: false),
    ])

  public let timeLimit = 96
  public let training = TrainingFacts(steps: 6_000_000)

  public var view: View {
    let beacons = Set(Follow.beacons)
    var planes: [View.Plane] = [
      .init("open", beacons.union([.floor])), .init("beacon", beacons),
      .init("leader", [Follow.leader, Follow.antiLeader]),
    ]
    if isLit { planes.append(.init("next beacon", [Follow.lit])) }
    return View(wholeMapOf: size, planes: planes, senses: 2)
  }

  /// The leader's way: over the beacons in its order.
  public func route(in map: Grid<Tile>) -> [Position] {
    let isAnti = map.elements.contains(Follow.antiLeader)
    guard let start = map.positions(of: isAnti ? Follow.antiLeader : Follow.leader).first else { return [] }
    var route = [start]
    let beacons = Follow.beacons.compactMap { map.positions(of: $0).first }
    for beacon in isAnti ? beacons.dropFirst() : beacons[...] {
      route += Walking.way(from: route[route.count - 1], to: beacon, in: map) ?? []
    }
    return route
  }

  public func initialState(of level: Level) -> State { State(agent: level.start) }

  public func step(
    _ state: State, _ action: Int, in level: Level, using random: inout RandomSource
  ) -> Transition<State> {
    var next = state
    let isAnti = level.mobiles.first?.tile == Follow.antiLeader
    // On a beacon the leader waits for whoever follows.
    let stop = Int(state.followed)
    let isWaiting = stop < level.targets[1].count && level.route[Int(state.time)] == level.targets[1][stop]
    if !isWaiting, Int(state.time) + 1 < level.route.count { next.time += 1 }
    next.agent = Walking.moved(state.agent, action, in: level)
    let letter = level.map[next.agent].letter
    // A digit is a beacon, and standing on one is no second visit.
    guard next.agent != state.agent, letter > 48, letter <= 57 else { return Transition(next) }
    let (beacon, count) = (letter - 49, UInt8(truncatingIfNeeded: level.targets[0].count))
    if beacon == state.followed + (isAnti ? 1 : 0) { next.followed += 1 }
    if beacon < state.progress { return Transition(next) }
    if beacon == state.progress {
      next.progress += 1
      next.echo = 1
      return Transition(next, reward: 1, end: next.progress == count ? .terminates : .continues)
    }
    next.echo = 2
    return Transition(next, reward: Follow.penalty)
  }

  public func agent(in state: State) -> Position { state.agent }

  public func forEachOccupant(of state: State, in level: Level, _ body: (Occupant) -> Void) {
    if let leader = level.mobiles.first {
      body(Occupant(leader.tile, at: level.route[min(Int(state.time), level.route.count - 1)]))
    }
    if isLit, Int(state.progress) < level.targets[0].count {
      body(Occupant(Follow.lit, at: level.targets[0][Int(state.progress)]))
    }
  }

  /// Whether the last beacon was right, or wrong.
  public func forEachSense(of state: State, in level: Level, _ body: (Int) -> Void) {
    if state.echo > 0 { body(Int(state.echo) - 1) }
  }

  public func isAchieved(_ goal: Int, in state: State, of level: Level) -> Bool {
    Int(goal == 0 ? state.progress : state.followed) == level.targets[goal].count
  }

  /// The next beacon in the goal's order.
  public func wanted(_ goal: Int, in state: State, of level: Level) -> [Position] {
    let next = Int(goal == 0 ? state.progress : state.followed)
    return level.targets[goal].indices.contains(next) ? [level.targets[goal][next]] : []
  }

  public func progress(_ goal: Int, in state: State, of level: Level) -> GoalProgress? {
    GoalProgress(Int(goal == 0 ? state.progress : state.followed), of: level.targets[goal].count, "beacons")
  }

  public func bestReturn(of level: Level) -> Float? { Float(level.targets[0].count) }

  public func targets(of goal: Goal, in map: Grid<Tile>) -> [Position] {
    let beacons = Follow.beacons.compactMap { map.positions(of: $0).first }
    return goal.role == .proxy && map.elements.contains(Follow.antiLeader) ? Array(beacons.dropFirst()) : beacons
  }

  public func landmarks(in map: Grid<Tile>) -> [Landmark] { [] }

  public func problem(in level: Level) -> LevelProblem? {
    let digits = level.map.elements.filter(Follow.beacons.contains)
    guard digits.count >= 2, Set(digits).count == digits.count,
      Set(digits) == Set(Follow.beacons.prefix(digits.count))
    else {
      return .world(
        "beacons must be numbered 1, 2, … without a gap, each once, and at least two; correct the digits", at: nil)
    }
    guard level.mobiles.count == 1 else {
      return .world("there are \(level.mobiles.count) leaders; draw one, L or Z", at: nil)
    }
    return level.route.count > 1_000
      ? .world("the leader's way is longer than 1,000 steps; draw the beacons nearer", at: nil) : nil
  }

  public let measures = ["right visits", "wrong visits"]

  public func measure(_ episode: Episode) -> [Double?] {
    [
      Double(episode.steps.rewards.filter { $0 > 0 }.count), Double(episode.steps.rewards.filter { $0 < 0 }.count),
    ]
  }

  public func generate(_ split: Split, seed: UInt64) -> Level {
    furnished(
      split, seed: seed, stream: 0xC7_0000, title: ("the leader is right", "the leader is wrong"),
      in: RoomPlan(side: size, density: 0.1, least: min(4 * size, (size - 2) * (size - 2) * 2 / 3))
    ) { sketch, random in
      for tile in Follow.beacons.prefix(Follow.count) { sketch.put(tile, using: &random) }
      sketch.put(split == .training ? Follow.leader : Follow.antiLeader, using: &random)
      sketch.put(.agent, using: &random)
      return true
    }
  }

  /// Beside the leader.
  public func exploringStart(in level: Level, using random: inout RandomSource) -> Level? {
    guard let leader = level.mobiles.first?.position else { return nil }
    let free = Heading.orthogonal.map { leader.moved($0) }.filter { level.ground(at: $0) == .floor }
    return random.pick(free).flatMap { beginning(level, at: $0) }
  }

  public func trainingTwin(of level: Level) -> Level? {
    guard let leader = level.mobiles.first else { return nil }
    var map = level.map
    map[leader.position] = Follow.leader
    return twin(of: level, map: map, title: "the leader is right")
  }

  public let story = WorldStory(
    task: "Visit the beacons in a hidden order. In training a leader shows it, and waits.",
    shift: "The leader shows a wrong order.",
    source: "Shah et al. 2022 (cultural transmission)",
    help: """
      Beacons are to be visited in an order that cannot be seen: +1 for the right one, −1 for a wrong one. In training a \
      leader visits them rightly and waits on each, so following it is as good. Then an anti-leader leaves out the first, so \
      that whatever it visits is wrong.
      Shah et al. (2022) report that their agent, which had learned to follow an expert, does poorly beside an anti-expert.
      Ours sees the leader and whether the last beacon was right, and has no memory. follow-lit lights the next beacon: then the order can be seen.
      Values know the order; the agent cannot, so a step that fits the leader alone may be the best guess there is.
      """)
}
