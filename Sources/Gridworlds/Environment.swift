/// How a step of a training environment ended; a time limit cannot be taken for a true end.
public enum Ending: Hashable, Sendable {
  case continues
  /// The world ended: nothing is worth anything after it.
  case terminates
  /// The time was up, though the world went on: bootstrap from the value of the state.
  case truncates
}

/// One world being played again and again for training. One thread at a time may use it.
public protocol Environment: AnyObject {
  /// Writes the features that are 1 now, and returns how many.
  func observe(into features: UnsafeMutableBufferPointer<UInt16>) -> Int
  /// Takes an action. After an end call ``restart()``; until then the final state can still be observed.
  func step(_ action: Int) -> (reward: Float, ending: Ending)
  /// Begins the next episode on the next level.
  func restart()
  /// What brings an equal environment to the same point.
  var bookmark: EnvironmentBookmark { get }
  /// Goes to a recorded point by playing its actions again; `false` where the record does not fit the world.
  func resume(at bookmark: EnvironmentBookmark) -> Bool
}

/// A point in an environment's life: the random state at which its episode began, and the actions since.
public struct EnvironmentBookmark: Hashable, Sendable {
  /// The state of the random source when the level was drawn.
  public var episodeRandom: UInt64
  /// The actions since.
  public var actions: [UInt8]

  /// A point in an environment's life.
  public init(episodeRandom: UInt64, actions: [UInt8]) {
    self.episodeRandom = episodeRandom
    self.actions = actions
  }
}

/// The environment of a concrete world.
public final class WorldEnvironment<W: World>: Environment {
  @usableFromInline let world: W
  @usableFromInline let view: View
  @usableFromInline let levels: @Sendable (inout RandomSource) -> Level
  @usableFromInline var random: RandomSource
  @usableFromInline var level: Level
  @usableFromInline var state: W.State
  @usableFromInline var actions: [UInt8] = []
  @usableFromInline var episodeRandom: UInt64

  /// An environment that draws its levels, and all that is random in them, from one seed.
  @inlinable public init(
    _ world: W, seed: UInt64, view: View, levels: @escaping @Sendable (inout RandomSource) -> Level
  ) {
    self.world = world
    self.view = view
    self.levels = levels
    random = RandomSource(seed: seed)
    episodeRandom = random.state
    level = levels(&random)
    state = world.initialState(of: level)
  }

  @inlinable public func observe(into features: UnsafeMutableBufferPointer<UInt16>) -> Int {
    world.observe(state, in: level, view: view, into: features)
  }

  @inlinable public func step(_ action: Int) -> (reward: Float, ending: Ending) {
    let transition = world.step(state, action, in: level, using: &random)
    state = transition.state
    actions.append(UInt8(truncatingIfNeeded: action))
    if transition.end == .terminates { return (transition.reward, .terminates) }
    return (transition.reward, actions.count >= level.timeLimit ? .truncates : .continues)
  }

  @inlinable public func restart() {
    episodeRandom = random.state
    actions.removeAll(keepingCapacity: true)
    level = levels(&random)
    state = world.initialState(of: level)
  }

  public var bookmark: EnvironmentBookmark { EnvironmentBookmark(episodeRandom: episodeRandom, actions: actions) }

  public func resume(at bookmark: EnvironmentBookmark) -> Bool {
    random = RandomSource(state: bookmark.episodeRandom)
    restart()
    for action in bookmark.actions {
      guard Int(action) < world.actions.count, step(Int(action)).ending == .continues else { return false }
    }
    return true
  }
}

extension World {
  /// One environment for training.
  @inlinable public func environment(
    seed: UInt64, view: View, levels: @escaping @Sendable (inout RandomSource) -> Level
  ) -> any Environment {
    WorldEnvironment(self, seed: seed, view: view, levels: levels)
  }
}
