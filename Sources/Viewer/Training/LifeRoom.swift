import Gridworlds
import Studies
import TerminalUI

/// What a life can be asked.
enum LifeCommand: PartCommand {
  case pause, slower, faster, nextHappening, stepForward

  static func keys(isPaused: Bool) -> [Binding<LifeCommand>] {
    [.init("Space", .pause, "Life", "rest or go on", footer: isPaused ? "go on" : "pause")] + others
  }

  private static let others: [Binding<LifeCommand>] = [
    .init("<", .slower, "Life", "slower", footer: "speed"),
    .init(">", .faster, "Life", "faster, up to as fast as it goes", footer: "speed"),
    .init("]", .nextHappening, "Life", "on to the next event", footer: "next event"),
    .init(".", .stepForward, "Life", "one step", footer: "step"),
  ]
}

/// A tree life as it is lived: the forest, what was learned, and all of the course so far.
public struct LifeRoom: Room {
  private(set) var life: TreeLife
  private(set) var isPaused: Bool
  private(set) var speed = 2
  /// Whether it runs on to the next event.
  private(set) var isSeeking = false
  /// Whether steps are being taken on another thread.
  private var isWorking = false
  private var seekEnd = 0
  /// Whether a room full of people looks on.
  private(set) var isPresenting = false

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

  public mutating func adopt(_ settings: Settings) { isPresenting = settings.isPresenting }

  static let menu = table(isPaused: false)
  private static let pausedMenu = table(isPaused: true)

  private static func table(isPaused: Bool) -> Menu<LifeRoom> {
    Menu(
      Menu.rows(LifeCommand.keys(isPaused: isPaused)) { $0.perform($1) }
        + Menu.program(ProgramCommand.exporting + ProgramCommand.anywhere),
      name: "life")
  }

  public var menu: Menu<LifeRoom> { isPaused && !isSeeking ? LifeRoom.pausedMenu : LifeRoom.menu }
  public var hasInnerWayBack: Bool { isSeeking }
  public var fileName: String { "life-\(life.settings.seed)-step-\(life.steps)" }
  public var frameInterval: Double? { isPaused && !isSeeking ? nil : 1 / LifeRoom.framesPerSecond }

  public mutating func goBack() -> [Wish<LifeRoom>] {
    isSeeking = false
    return []
  }

  private mutating func perform(_ command: LifeCommand) -> [Wish<LifeRoom>] {
    switch command {
    case .pause:
      isPaused = isSeeking || !isPaused
      isSeeking = false
    case .faster: speed = min(LifeRoom.speeds.count - 1, speed + 1)
    case .slower: speed = max(0, speed - 1)
    case .stepForward:
      guard !isWorking else { return [] }
      isPaused = true
      life.run(1)
    case .nextHappening:
      guard !isSeeking else { return [] }
      isSeeking = true
      seekEnd = life.steps + LifeRoom.searchLimit
      return isWorking ? [] : work(LifeRoom.searchPart)
    }
    return []
  }

  public mutating func receive(_ event: RoomEvent) -> [Wish<LifeRoom>] {
    switch event {
    case .tick:
      guard !isWorking, !isPaused else { return [] }
      let steps = LifeRoom.speeds[speed]
      if life.trees == 0, steps < LifeRoom.waiting { return work(LifeRoom.waiting) }
      if steps > LifeRoom.mostInTick { return work(steps) }
      life.run(steps, untilEvent: true)
    case .input: break
    }
    return []
  }

  /// Steps on another thread; the life comes back.
  private mutating func work(_ steps: Int) -> [Wish<LifeRoom>] {
    isWorking = true
    let life = life
    return [
      .work("life") {
        var life = life
        life.run(steps, untilEvent: true)
        return Reply { [life] in $0.take(life) }
      }
    ]
  }

  private mutating func take(_ life: TreeLife) -> [Wish<LifeRoom>] {
    guard isWorking else { return [] }
    let isNew = life.course.events.count > self.life.course.events.count
    self.life = life
    isWorking = false
    guard isSeeking else { return [] }
    if !isNew, life.steps < seekEnd { return work(LifeRoom.searchPart) }
    (isSeeking, isPaused) = (false, true)
    return []
  }
}
