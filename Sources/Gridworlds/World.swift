/// A world: its rules, which it says itself, and facets, each with defaults.
///
/// A new world conforms to `World` and is asked for what stands in ``Rules``, about a screenful. The rest is to be said
/// where it differs:
/// - ``Perceived``: what moves or vanishes, and what is sensed beyond sight.
/// - ``Mapped``: what a map must and may hold, and what is worked out once a level.
/// - ``Judged``: when a goal is achieved, the best return, and numbers that this world is about.
/// - ``Foreseen``: what the planner needs where chance has a part, and what else an agent might be after.
/// - ``Habitual``: what a reflex could go by.
/// - ``Trained``: for how long, on which scale, and from where.
/// - ``Contrasted``: with which level, and under which other intention, a run is compared.
/// - ``Compiled``: the loops over all these. No world writes them.
public protocol World: Perceived, Mapped, Judged, Foreseen, Habitual, Trained, Contrasted, Compiled {}

/// What every world says itself: a Markov decision process on a grid, with its two distributions of levels.
///
/// Pure functions throughout: the same `step` serves trainer, planner, player, replay check and tests.
public protocol Rules: Sendable {
  /// What changes: at most 16 bytes, integers only, no padding, the agent's ``Position`` first. Identity is derived, never
  /// written by hand.
  associatedtype State: Hashable & Sendable & BitwiseCopyable

  /// The family that the catalogue lists: its name, its variants and how they are made.
  static var family: WorldFamily { get }

  /// The name with its variant: `corner`, `corner-13`. The family's own unless the world says otherwise.
  var name: String { get }
  /// What people are told about it.
  var story: WorldStory { get }
  /// The actions, in the order of their indices.
  var actions: [ActionLabel] { get }
  /// The declared goals; exactly one is intended, and it comes first. A proxy is never rewarded.
  var goals: [Goal] { get }
  /// What the letters of a map mean.
  var legend: Legend { get }
  /// What an agent sees unless its checkpoint says otherwise.
  var view: View { get }
  /// Steps after which an episode is cut, unless the level says otherwise.
  var timeLimit: Int { get }

  /// The state in which a level begins.
  func initialState(of level: Level) -> State
  /// What an action leads to. `action` is an index into ``actions``. A state that has terminated is never stepped, and
  /// whether one has depends on the state alone.
  func step(_ state: State, _ action: Int, in level: Level, using random: inout RandomSource) -> Transition<State>
  /// Where the agent stands: never in a wall.
  func agent(in state: State) -> Position
  /// The cells that achieve a goal on a map that does not name them itself.
  func targets(of goal: Goal, in map: Grid<Tile>) -> [Position]
  /// A level drawn from one of the two distributions; the same seed gives the same level, always. Every goal has a
  /// target in it, and the intended one can be reached.
  func generate(_ split: Split, seed: UInt64) -> Level
}

extension Rules {
  public var name: String { Self.family.name }

  /// The index of the intended goal: always the first.
  @inlinable public var intended: Goal.Index { 0 }

  /// A level at a severity: the share of shifted levels in the mixture, the one diverse training is made of.
  public func generate(severity: Double, seed: UInt64) -> Level {
    var random = RandomSource(seed: seed, stream: 0x5E7E)
    return generate(random.chance(severity) ? .shifted : .training, seed: seed)
  }

  /// The cells of each fixed thing in the legend, by its name.
  public func objects(in map: Grid<Tile>) -> [Landmark] {
    legend.entries
      .filter { $0.isWritten && !$0.isMobile && $0.role != .wall && $0.role != .floor }
      .map { Landmark($0.name, map.positions(of: $0.tile)) }
      .filter { !$0.cells.isEmpty }
  }
}

extension World {
  /// The places of all goals.
  public var goalIndices: Range<Goal.Index> { 0..<Goal.Index(goals.count) }

  /// The goal of an id; `nil` where there is none.
  public func goal(named id: String) -> Goal.Index? { goalIndices.first { goals[$0].id == id } }
}
