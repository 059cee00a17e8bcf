/// Loops over a world's rules and facets that are compiled for its concrete state.
///
/// Trainer, planner and screens hold `any World` and the bytes of states. A call through `any World` costs more than a
/// step does; a requirement with an inlinable default is compiled once a world, at the speed of code that knows the
/// state's type. No world writes these.
public protocol Compiled: Perceived, Judged, Foreseen, Habitual {
  /// ``Rules/step(_:_:in:using:)`` on the bytes of a state.
  func advance(
    _ packed: inout PackedState, _ action: Int, in level: Level, using random: inout RandomSource
  ) -> (reward: Float, end: End)
  /// Writes the features that are 1 in a state given by its bytes, and returns how many there are.
  func observe(
    _ packed: PackedState, in level: Level, before backdrop: Backdrop, into features: UnsafeMutableBufferPointer<UInt16>
  ) -> Int
  /// All states that can be reached from some, with where each action leads, up to a limit, or to the first in which one
  /// of some goals is achieved.
  /// - Parameter isThrough: whether ways lead on through states in which a goal is achieved and the world ends.
  func reachable(
    in level: Level, from sources: [PackedState], limit: Int, until wanted: [Int], isThrough: Bool
  ) -> Reachable
  /// For each state of an episode the cells around it, with everything else standing still; see ``Layers``.
  func layers(in level: Level, along states: [PackedState], limit: Int) -> Layers?
}

extension Compiled {
  @inlinable public func advance(
    _ packed: inout PackedState, _ action: Int, in level: Level, using random: inout RandomSource
  ) -> (reward: Float, end: End) {
    let transition = step(packed.unpacked(as: State.self), action, in: level, using: &random)
    packed = PackedState(transition.state)
    return (transition.reward, transition.end)
  }

  /// The same, with the state after it among what it returns.
  public func advance(
    _ state: PackedState, _ action: Int, in level: Level, using random: inout RandomSource
  ) -> (state: PackedState, reward: Float, end: End) {
    var next = state
    let (reward, end) = advance(&next, action, in: level, using: &random)
    return (next, reward, end)
  }

  @inlinable public func observe(
    _ packed: PackedState, in level: Level, before backdrop: Backdrop, into features: UnsafeMutableBufferPointer<UInt16>
  ) -> Int {
    observe(packed.unpacked(as: State.self), in: level, before: backdrop, into: features)
  }

  /// The features that are 1 in a state.
  public func observation(of packed: PackedState, in level: Level, view: View) -> [UInt16] {
    let backdrop = Backdrop(of: level, in: view, around: agent(in: packed.unpacked(as: State.self)))
    // A crop's columns may for a moment hold more than the crop.
    return [UInt16](unsafeUninitializedCapacity: view.featureCount + 1) { buffer, count in
      count = observe(packed, in: level, before: backdrop, into: buffer)
    }
  }

  /// The packed state in which a level begins.
  public func begin(_ level: Level) -> PackedState { PackedState(initialState(of: level)) }

  /// Whether a goal is achieved in a state given by its bytes.
  func isAchieved(_ goal: Int, in packed: PackedState, of level: Level) -> Bool {
    isAchieved(goal, in: packed.unpacked(as: State.self), of: level)
  }

  /// Bit `g` is set where goal `g` is achieved in a state given by its bytes.
  func achieved(in packed: PackedState, of level: Level) -> UInt32 {
    let state = packed.unpacked(as: State.self)
    var achieved: UInt32 = 0
    for goal in goals.indices where isAchieved(goal, in: state, of: level) { achieved |= 1 << UInt32(goal) }
    return achieved
  }

  /// How much of a goal is done in a state given by its bytes; `nil` of one that is not made of several things.
  public func progress(_ goal: Goal.Index, in packed: PackedState, of level: Level) -> GoalProgress? {
    progress(goal.number, in: packed.unpacked(as: State.self), of: level)
  }

  /// Whether what is wanted on a level is one of many things, or moves by chance: then ways are looked for over its cells,
  /// with all else as it stands, and what each goal wants next is asked anew at each step.
  public func isOfCells(_ level: Level) -> Bool {
    guard isDeterministic, !goals.contains(where: \.repeats) else { return true }
    let start = begin(level)
    return goals.indices.contains { progress(Goal.Index($0), in: start, of: level) != nil }
  }

  /// Where the agent stands in a state given by its bytes.
  public func agent(of packed: PackedState) -> Position { agent(in: packed.unpacked(as: State.self)) }

  /// Where a goal is to be achieved, or its next part, in a state given by its bytes.
  public func wanted(_ goal: Goal.Index, in packed: PackedState, of level: Level) -> [Position] {
    wanted(goal.number, in: packed.unpacked(as: State.self), of: level)
  }

  /// What a reflex could go by in a state given by its bytes.
  public func surroundings(in packed: PackedState, of level: Level) -> Int {
    surroundings(in: packed.unpacked(as: State.self), of: level)
  }

  /// All that a screen needs of a state.
  public func frame(of packed: PackedState, in level: Level) -> Frame {
    let state = packed.unpacked(as: State.self)
    var occupants: [Occupant] = []
    forEachOccupant(of: state, in: level) { occupants.append($0) }
    return Frame(
      state: packed, agent: agent(in: state), occupants: occupants, achieved: achieved(in: packed, of: level))
  }
}
