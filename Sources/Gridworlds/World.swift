/// How a step ends.
public enum End: Hashable, Sendable {
  /// The episode goes on.
  case continues
  /// The world itself ended: nothing can follow.
  case terminates
}

/// What one action led to.
public struct Transition<State> {
  /// The state after it.
  public var state: State
  /// The reward of the intended goal; a proxy is never rewarded.
  public var reward: Float
  /// Whether the world goes on.
  public var end: End

  /// What one action led to.
  @inlinable public init(_ state: State, reward: Float = 0, end: End = .continues) {
    self.state = state
    self.reward = reward
    self.end = end
  }
}

/// An action's name and where it points, from which every screen derives its arrow.
public struct ActionLabel: Hashable, Sendable {
  /// A lower-case English word: `left`.
  public let name: String
  /// Where it points.
  public let heading: Heading

  /// An action's name and heading.
  public init(_ name: String, _ heading: Heading) {
    self.name = name
    self.heading = heading
  }
}

/// The two distributions of a world; their difference is the shift.
public enum Split: String, Sendable, CaseIterable {
  case training = "train"
  case shifted = "shift"
}

/// A named place of a map.
public struct Landmark: Hashable, Sendable {
  /// A noun without its article: `lava`.
  public let name: String
  /// Where it is.
  public let cells: [Position]

  /// A named place of a map.
  public init(_ name: String, _ cells: [Position]) {
    self.name = name
    self.cells = cells
  }
}

/// What people are told about a world.
public struct WorldStory: Sendable {
  /// One line: what the agent should do.
  public let task: String
  /// One line: what is different after the shift.
  public let shift: String
  /// The paper it is from, as a short citation.
  public let source: String
  /// About five lines for the help: what it is, what the paper found, what ours is not.
  public let help: String
  /// What must be said beside a verdict that names a proxy; `nil` where the verdict says it all.
  public let caveat: String?
  /// What holds in training levels and fails in shifted ones, where the share of levels in which it holds is better known
  /// as a reliability ρ: `the asker is right`. A mixture of severity s has ρ = 1 − s.
  public let reliability: String?

  /// What people are told about a world.
  public init(
    task: String, shift: String, source: String, help: String, caveat: String? = nil,
    reliability: String? = nil
  ) {
    self.task = task
    self.shift = shift
    self.source = source
    self.help = help
    self.caveat = caveat
    self.reliability = reliability
  }
}

/// The rules of a Markov decision process on a grid, with its two distributions of levels.
///
/// Pure functions throughout: the same `step` serves trainer, planner, player, replay check and tests. One file
/// conforms and one line in the catalogue names it; everything else follows.
public protocol World: Sendable {
  /// What changes: at most 16 bytes, integers only, no padding. Identity is derived, never written by hand.
  associatedtype State: Hashable & Sendable & BitwiseCopyable

  /// The name with its variant: `corner`, `corner-13`.
  var name: String { get }
  /// What people are told about it.
  var story: WorldStory { get }
  /// The actions, in the order of their indices.
  var actions: [ActionLabel] { get }
  /// The declared goals; exactly one is intended, and it comes first.
  var goals: [Goal] { get }
  /// What the letters of a map mean.
  var legend: Legend { get }
  /// Steps after which an episode is cut, unless the level says otherwise.
  var timeLimit: Int { get }
  /// What an agent sees unless its checkpoint says otherwise.
  var view: View { get }
  /// Environment steps after which an agent is skilled, as far as was measured.
  var trainingSteps: Int { get }
  /// The greatest size of a return that is to be learned, in units of reward: 1 where one thing is to be found.
  var returnScale: Float { get }
  /// The share of training episodes that begin elsewhere in their level, as far as ``exploringStart(in:using:)`` can.
  var exploringStarts: Double { get }
  /// Whether an action has one outcome in each state. Where others move at random it has not, and values come from the
  /// approximate planner over ``still(_:_:in:)`` and ``wanted(_:in:of:)``.
  var isDeterministic: Bool { get }
  /// Whether the intended goal may be out of reach from the start, so that the best is to do nothing wrong.
  var mayAbstain: Bool { get }
  /// The same rules with the other intention, where training cannot tell the two apart: equal levels, actions, views and
  /// training rewards.
  var otherIntention: (any World)? { get }

  /// The state in which a level begins.
  func initialState(of level: Level) -> State
  /// What an action leads to. `action` is an index into ``actions``. A state that has terminated is never stepped.
  func step(_ state: State, _ action: Int, in level: Level, using random: inout RandomSource) -> Transition<State>
  /// Where the agent stands.
  func agent(in state: State) -> Position
  /// Calls `body` with everything mobile that is still there, the agent excepted.
  func forEachOccupant(of state: State, in level: Level, _ body: (Occupant) -> Void)
  /// Calls `body` with the index of each sense beyond sight that is on, in `0..<view.senses`.
  func forEachSense(of state: State, in level: Level, _ body: (Int) -> Void)
  /// What an action leads to while all else stands still and nothing is picked up: only the agent moves.
  func still(_ state: State, _ action: Int, in level: Level) -> State
  /// Where a goal is to be achieved, or its next part, as things stand in a state.
  func wanted(_ goal: Int, in state: State, of level: Level) -> [Position]
  /// Whether a goal, by its index in ``goals``, is achieved in a state.
  func isAchieved(_ goal: Int, in state: State, of level: Level) -> Bool
  /// Whether a level file may choose the cells of a proxy: where standing on one is all that it takes.
  var takesPlaces: Bool { get }
  /// The cells that achieve a goal on a map that does not name them itself.
  func targets(of goal: Goal, in map: Grid<Tile>) -> [Position]
  /// Named places of a map, besides the targets of its goals, that an agent might be after as well.
  func landmarks(in map: Grid<Tile>) -> [Landmark]
  /// Cells that the rules look up in every step, worked out once a level: a leader's way. Empty where there are none.
  func route(in map: Grid<Tile>) -> [Position]
  /// The greatest return, undiscounted, that an episode on a level can have; `nil` where nobody knows it.
  func bestReturn(of level: Level) -> Float?
  /// The names of the numbers, besides rates, that this world is about: `shields a step`.
  var measures: [String] { get }
  /// These numbers of an episode; `nil` where one does not apply.
  func measure(_ episode: Episode) -> [Double?]
  /// What breaks the world's own rules on a level, `nil` where nothing does. Reachability is checked elsewhere.
  func problem(in level: Level) -> LevelProblem?
  /// A level drawn from one of the two distributions; the same seed gives the same level, always.
  func generate(_ split: Split, seed: UInt64) -> Level
  /// The level with the agent elsewhere in it, for a training that begins some of its episodes there; `nil` where the
  /// world's levels need no such help.
  func exploringStart(in level: Level, using random: inout RandomSource) -> Level?
  /// The twin of a level in which the intended goal lies where it lies in training: same map, same start. `nil`
  /// where there is none.
  func trainingTwin(of level: Level) -> Level?

  /// All states that can be reached from some, with where each action leads, up to a limit.
  ///
  /// A requirement with an inlinable default, so that the loop is compiled for the concrete state.
  func reachable(in level: Level, from sources: [PackedState], limit: Int) -> Reachable
  /// For each state of an episode the cells around it, with everything else standing still; see ``Layers``.
  func layers(in level: Level, along states: [PackedState], limit: Int) -> Layers?
  /// ``step(_:_:in:using:)`` on the bytes of a state, compiled for the concrete state for the same reason.
  func advance(
    _ packed: inout PackedState, _ action: Int, in level: Level, using random: inout RandomSource
  ) -> (reward: Float, end: End)
  /// Writes the features that are 1 in a state given by its bytes, and returns how many there are.
  func observe(
    _ packed: PackedState, in level: Level, before backdrop: Backdrop, into features: UnsafeMutableBufferPointer<UInt16>
  ) -> Int
}

extension World {
  @inlinable public func forEachOccupant(of state: State, in level: Level, _ body: (Occupant) -> Void) {}
  @inlinable public func forEachSense(of state: State, in level: Level, _ body: (Int) -> Void) {}
  @inlinable public func isAchieved(_ goal: Int, in state: State, of level: Level) -> Bool {
    level.targets[goal].contains(agent(in: state))
  }
  public func problem(in level: Level) -> LevelProblem? { nil }
  public var trainingSteps: Int { 4_000_000 }
  public var returnScale: Float { 1 }
  public var exploringStarts: Double { 0.2 }
  @inlinable public var isDeterministic: Bool { true }
  public var mayAbstain: Bool { false }
  public var takesPlaces: Bool { false }
  public var otherIntention: (any World)? { nil }
  public func bestReturn(of level: Level) -> Float? { 1 }
  public var measures: [String] { [] }
  public func measure(_ episode: Episode) -> [Double?] { [] }
  public func route(in map: Grid<Tile>) -> [Position] { [] }
  @inlinable public func still(_ state: State, _ action: Int, in level: Level) -> State {
    var random = RandomSource(seed: 0)
    return step(state, action, in: level, using: &random).state
  }
  @inlinable public func wanted(_ goal: Int, in state: State, of level: Level) -> [Position] { level.targets[goal] }

  /// Everything on the map that has a name and stays where it is.
  public func landmarks(in map: Grid<Tile>) -> [Landmark] { objects(in: map) }

  /// The cells of each fixed thing in the legend, by its name.
  public func objects(in map: Grid<Tile>) -> [Landmark] {
    legend.entries
      .filter { $0.isWritten && !$0.isMobile && $0.role != .wall && $0.role != .floor }
      .map { Landmark($0.name, map.positions(of: $0.tile)) }
      .filter { !$0.cells.isEmpty }
  }

  public func exploringStart(in level: Level, using random: inout RandomSource) -> Level? { nil }

  /// The index of the intended goal: always the first.
  @inlinable public var intended: Goal.Index { 0 }

  /// A level at a severity: the share of shifted levels in the mixture, the one diverse training is made of.
  public func generate(severity: Double, seed: UInt64) -> Level {
    var random = RandomSource(seed: seed, stream: 0x5E7E)
    return generate(random.chance(severity) ? .shifted : .training, seed: seed)
  }
}
