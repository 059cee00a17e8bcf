import Gridworlds
import Studies
import TerminalUI

/// A tree life as it is lived: the forest, what was learned, and all of the course so far.
public struct LifeScene: Room {
  private(set) var life: TreeLife
  private(set) var isPaused: Bool
  private(set) var speed = 2
  /// Whether it runs on to the next event.
  private(set) var isSeeking = false
  /// Whether steps are being taken on another thread.
  private var isWorking = false
  private var seekEnd = 0

  /// Steps a frame; the last ones are taken on another thread.
  static let speeds = [1, 2, 5, 10, 30, 100, 1_000, 10_000, 200_000]
  /// More steps than this would hold up the screen.
  static let mostInTick = 10_000
  /// Steps a frame while no tree stands and nothing can happen but one coming back.
  static let waiting = 20_000
  private static let framesPerSecond = 30.0
  /// A search for an event takes so many steps at a time, and gives up after so many in all.
  private static let (searchPart, searchLimit) = (500_000, 100_000_000)

  /// A life.
  /// - Parameter steps: how far it has come when it is first shown.
  public init(_ settings: TreeLife.Settings, at steps: Int = 0, isPaused: Bool = false) {
    var life = TreeLife(settings)
    life.run(steps)
    self.init(life, isPaused: isPaused)
  }

  /// A life as it stands.
  init(_ life: TreeLife, isPaused: Bool) {
    self.life = life
    self.isPaused = isPaused
  }

  var hasInnerWayBack: Bool { isSeeking }
  var bindings: Bindings<Command> { .life }
  var fileName: String { "life-\(life.settings.seed)-step-\(life.steps)" }
  var frameInterval: Double? { isPaused && !isSeeking ? nil : 1 / LifeScene.framesPerSecond }

  mutating func perform(_ command: Command) -> [Wish] {
    switch command {
    case .pause:
      isPaused = isSeeking || !isPaused
      isSeeking = false
    case .faster: speed = min(LifeScene.speeds.count - 1, speed + 1)
    case .slower: speed = max(0, speed - 1)
    case .stepForward where !isWorking:
      isPaused = true
      life.run(1)
    case .nextHappening where !isSeeking:
      isSeeking = true
      seekEnd = life.steps + LifeScene.searchLimit
      return isWorking ? [] : work(LifeScene.searchPart)
    case .back: isSeeking = false
    default: break
    }
    return []
  }

  mutating func receive(_ event: Event<Message>) -> [Wish] {
    switch event {
    case .tick:
      guard !isWorking, !isPaused else { return [] }
      let steps = LifeScene.speeds[speed]
      if life.trees == 0, steps < LifeScene.waiting { return work(LifeScene.waiting) }
      if steps > LifeScene.mostInTick { return work(steps) }
      life.run(steps, untilEvent: true)
    case .message(.life(let life)):
      guard isWorking else { return [] }
      let isNew = life.course.events.count > self.life.course.events.count
      self.life = life
      isWorking = false
      guard isSeeking else { return [] }
      if !isNew, life.steps < seekEnd { return work(LifeScene.searchPart) }
      (isSeeking, isPaused) = (false, true)
    default: break
    }
    return []
  }

  /// Steps on another thread; the life comes back as a message.
  private mutating func work(_ steps: Int) -> [Wish] {
    isWorking = true
    let life = life
    return [
      .effect(
        .work {
          var life = life
          life.run(steps, untilEvent: true)
          return .life(life)
        })
    ]
  }
}
