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
  /// Whether the intended goal is achieved now.
  var isSuccess: Bool { get }
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

/// The environment of a world.
///
/// It holds bytes of a state and asks the world through its requirements, which are compiled for the concrete state; a
/// generic class would not be.
public final class WorldEnvironment: Environment {
  private let world: any World
  private let view: View
  private let levels: @Sendable (inout RandomSource) -> Level
  private var stage: Stage
  private var life: Life
  private var actions: [UInt8] = []

  /// What stays as it is throughout an episode; a class, so that nothing of it is copied at a step.
  private final class Stage {
    let level: Level
    let backdrop: Backdrop

    init(_ level: Level, _ view: View) {
      self.level = level
      backdrop = Backdrop(of: level, in: view)
    }
  }

  /// What changes at each step.
  private struct Life {
    var state: PackedState
    var random: RandomSource
    var episodeRandom: UInt64
  }

  /// An environment that draws its levels, and all that is random in them, from one seed.
  public init(
    _ world: any World, seed: UInt64, view: View, levels: @escaping @Sendable (inout RandomSource) -> Level
  ) {
    self.world = world
    self.view = view
    self.levels = levels
    var random = RandomSource(seed: seed)
    let start = random.state
    let level = levels(&random)
    stage = Stage(level, view)
    life = Life(state: world.begin(level), random: random, episodeRandom: start)
  }

  public func observe(into features: UnsafeMutableBufferPointer<UInt16>) -> Int {
    world.observe(life.state, in: stage.level, before: stage.backdrop, into: features)
  }

  public var isSuccess: Bool { world.isAchieved(world.intended.number, in: life.state, of: stage.level) }

  public func step(_ action: Int) -> (reward: Float, ending: Ending) {
    let stage = stage
    var life = life
    let (reward, end) = world.advance(&life.state, action, in: stage.level, using: &life.random)
    self.life = life
    actions.append(UInt8(truncatingIfNeeded: action))
    if end == .terminates { return (reward, .terminates) }
    return (reward, actions.count >= stage.level.timeLimit ? .truncates : .continues)
  }

  public func restart() {
    var life = life
    life.episodeRandom = life.random.state
    actions.removeAll(keepingCapacity: true)
    let level = levels(&life.random)
    stage = Stage(level, view)
    life.state = world.begin(level)
    self.life = life
  }

  public var bookmark: EnvironmentBookmark {
    EnvironmentBookmark(episodeRandom: life.episodeRandom, actions: actions)
  }

  public func resume(at bookmark: EnvironmentBookmark) -> Bool {
    life.random = RandomSource(state: bookmark.episodeRandom)
    restart()
    for action in bookmark.actions {
      guard Int(action) < world.actions.count, step(Int(action)).ending == .continues else { return false }
    }
    return true
  }
}
