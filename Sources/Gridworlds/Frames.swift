/// One moment of an episode: all that a screen, a planner or a check needs of a state.
public struct Frame: Hashable, Sendable {
  /// The state's bytes.
  public let state: PackedState
  /// Where the agent stands.
  public let agent: Position
  /// Everything mobile that is still there, the agent excepted.
  public let occupants: [Occupant]
  /// Bit `g` is set where goal `g` is achieved in this very state.
  public let achieved: UInt32
}

/// The moments of an episode, each made from its state when it is asked for: a million of them hold no more memory than
/// their states.
public struct Frames: RandomAccessCollection, Sendable, Equatable {
  private let world: any World
  private let level: Level
  private let states: [PackedState]

  init(world: any World, level: Level, states: [PackedState]) {
    self.world = world
    self.level = level
    self.states = states
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { states.count }

  /// The moment of a frame.
  /// - Complexity: O(occupants)
  public subscript(frame: Int) -> Frame { world.frame(of: states[frame], in: level) }

  public static func == (first: Frames, second: Frames) -> Bool {
    first.states == second.states && first.world.name == second.world.name && first.level == second.level
  }
}
