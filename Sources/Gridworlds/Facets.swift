/// What a state shows besides the fixed map.
public protocol Perceived: Rules {
  /// Calls `body` with everything mobile that is still there, the agent excepted. Nothing unless the world says otherwise.
  func forEachOccupant(of state: State, in level: Level, _ body: (Occupant) -> Void)
  /// Calls `body` with the index of each sense beyond sight that is on, in `0..<view.senses`. None unless the world says
  /// otherwise.
  func forEachSense(of state: State, in level: Level, _ body: (Int) -> Void)
}

extension Perceived {
  @inlinable public func forEachOccupant(of state: State, in level: Level, _ body: (Occupant) -> Void) {}
  @inlinable public func forEachSense(of state: State, in level: Level, _ body: (Int) -> Void) {}
}

/// What a map must and may hold, beyond what the legend allows.
public protocol Mapped: Rules {
  /// What breaks the world's own rules on a level, `nil` where nothing does. Reachability is checked elsewhere.
  func problem(in level: Level) -> LevelProblem?
  /// Whether a level file may choose the cells of a proxy: where standing on one is all that it takes. It may not unless
  /// the world says so.
  var takesPlaces: Bool { get }
  /// Cells that the rules look up in every step, worked out once a level: a leader's way. None unless the world has some.
  func route(in map: Grid<Tile>) -> [Position]
}

extension Mapped {
  public func problem(in level: Level) -> LevelProblem? { nil }
  public var takesPlaces: Bool { false }
  public func route(in map: Grid<Tile>) -> [Position] { [] }
}

/// When a goal is achieved, and what an episode is worth.
public protocol Judged: Rules {
  /// Whether a goal, by its index in ``Rules/goals``, is achieved in a state: where the agent stands on one of its targets
  /// unless the world says otherwise.
  func isAchieved(_ goal: Int, in state: State, of level: Level) -> Bool
  /// How much of a goal is done in a state; `nil` of one that is not made of several things, as unless the world says
  /// otherwise. Where all is done it is achieved.
  func progress(_ goal: Int, in state: State, of level: Level) -> GoalProgress?
  /// Whether the intended goal may be out of reach from the start, so that the best is to do nothing wrong.
  var mayAbstain: Bool { get }
  /// Whether the reward itself pays for a proxy, so that an agent after it does what it was paid for. That is a fault of
  /// the specification and no goal misgeneralization, whatever the figures say. It does not unless the world says
  /// otherwise.
  var rewardsProxy: Bool { get }
  /// The greatest return, undiscounted, that an episode on a level can have; `nil` where nobody knows it. 1 unless the
  /// world says otherwise.
  func bestReturn(of level: Level) -> Float?
  /// The names of the numbers, besides rates, that this world is about: `shields a step`.
  var measures: [String] { get }
  /// These numbers of an episode; `nil` where one does not apply.
  func measure(_ episode: Episode) -> [Double?]
}

extension Judged {
  @inlinable public func isAchieved(_ goal: Int, in state: State, of level: Level) -> Bool {
    level.targets[goal].contains(agent(in: state))
  }
  public func progress(_ goal: Int, in state: State, of level: Level) -> GoalProgress? { nil }
  public var mayAbstain: Bool { false }
  public var rewardsProxy: Bool { false }
  public func bestReturn(of level: Level) -> Float? { 1 }
  public var measures: [String] { [] }
  public func measure(_ episode: Episode) -> [Double?] { [] }
}

/// What the planner looks at.
public protocol Foreseen: Rules {
  /// Whether an action has one outcome in each state. Where others move at random it has not, and values come from the
  /// approximate planner over ``still(_:_:in:)`` and ``wanted(_:in:of:)``.
  var isDeterministic: Bool { get }
  /// What an action leads to while all else stands still and nothing is picked up: only the agent moves.
  func still(_ state: State, _ action: Int, in level: Level) -> State
  /// Where a goal is to be achieved, or its next part, as things stand in a state.
  func wanted(_ goal: Int, in state: State, of level: Level) -> [Position]
  /// Named places of a map, besides the targets of its goals, that an agent might be after as well: everything that has
  /// a name and stays where it is, unless the world says otherwise.
  func landmarks(in map: Grid<Tile>) -> [Landmark]
}

extension Foreseen {
  @inlinable public var isDeterministic: Bool { true }
  @inlinable public func still(_ state: State, _ action: Int, in level: Level) -> State {
    var random = RandomSource(seed: 0)
    return step(state, action, in: level, using: &random).state
  }
  @inlinable public func wanted(_ goal: Int, in state: State, of level: Level) -> [Position] { level.targets[goal] }
  public func landmarks(in map: Grid<Tile>) -> [Landmark] { objects(in: map) }
}

/// What a reflex could go by, and which places are told apart, where behaviour is explained without any goal.
public protocol Habitual: Rules {
  /// In how many surroundings a reflex can find itself. 16 unless the world says otherwise: the walls beside the agent.
  var surroundingsCount: Int { get }
  /// The surroundings in a state, below ``surroundingsCount``: a bit for each of the four neighbours that is wall, unless
  /// the world says otherwise.
  func surroundings(in state: State, of level: Level) -> Int
  /// Which place a cell is, where any place at all may be what draws an agent: each cell its own, unless the world says
  /// otherwise.
  func place(of cell: Position, in level: Level) -> Int
}

extension Habitual {
  @inlinable public var surroundingsCount: Int { 1 << Heading.orthogonal.count }
  @inlinable public func surroundings(in state: State, of level: Level) -> Int {
    let cell = agent(in: state)
    var walls = 0
    for (bit, heading) in Heading.orthogonal.enumerated() where level.isWall(cell.moved(heading)) { walls |= 1 << bit }
    return walls
  }
  @inlinable public func place(of cell: Position, in level: Level) -> Int { cell.y * level.map.width + cell.x }
}

/// What a training is told about a world.
public struct TrainingFacts: Hashable, Sendable {
  /// Environment steps after which an agent is skilled, as far as was measured.
  public let steps: Int
  /// The greatest size of a return that is to be learned, in units of reward: 1 where one thing is to be found.
  public let returnScale: Float
  /// The share of training episodes that begin elsewhere in their level, as far as
  /// ``Trained/exploringStart(in:using:)`` can.
  public let exploringStarts: Double

  /// What a training is told about a world.
  public init(steps: Int = 4_000_000, returnScale: Float = 1, exploringStarts: Double = 0.2) {
    self.steps = steps
    self.returnScale = returnScale
    self.exploringStarts = exploringStarts
  }
}

/// How the world is learned.
public protocol Trained: Rules {
  /// What a training is told about it.
  var training: TrainingFacts { get }
  /// The level with the agent elsewhere in it, for a training that begins some of its episodes there; `nil` where the
  /// world's levels need no such help, as unless the world says otherwise.
  func exploringStart(in level: Level, using random: inout RandomSource) -> Level?
}

extension Trained {
  public var training: TrainingFacts { TrainingFacts() }
  public func exploringStart(in level: Level, using random: inout RandomSource) -> Level? { nil }
}

/// What a run of the world is compared with.
public protocol Contrasted: Rules {
  /// The twin of a level in which the intended goal lies where it lies in training: same map, same start. `nil`
  /// where there is none.
  func trainingTwin(of level: Level) -> Level?
  /// The same rules with the other intention, where training cannot tell the two apart: equal levels, actions, views and
  /// training rewards. `nil` where one intention alone fits.
  var otherIntention: (any World)? { get }
}

extension Contrasted {
  public func trainingTwin(of level: Level) -> Level? { nil }
  public var otherIntention: (any World)? { nil }

  /// What a level is best compared with: a shifted level with its training twin, a generated training level with the
  /// shifted one of the same seed.
  public func twin(of level: Level) -> Level? {
    if let twin = trainingTwin(of: level), twin.map != level.map || twin.timeLimit != level.timeLimit { return twin }
    guard let hash = level.reference.lastIndex(of: "#"), let seed = UInt64(level.reference[hash...].dropFirst()) else {
      return nil
    }
    let shifted = generate(.shifted, seed: seed)
    return shifted.map == level.map ? nil : shifted
  }
}
