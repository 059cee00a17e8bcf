import Gridworlds
import Planning
import Studies
import TerminalUI

/// What a training can be asked.
enum TrainingCommand: PartCommand {
  case pause, watch, departure, slower, faster, keep

  static func pausing(isPaused: Bool) -> [Binding<TrainingCommand>] {
    [.init("Space", .pause, "Training", "rest or go on", footer: isPaused ? "go on" : "pause")]
  }

  static let keys: [Binding<TrainingCommand>] = [
    .init("Enter", .watch, "Training", "replay the policy as it is now", footer: "replay"),
    .init("d", .departure, "Training", "replay from its departure", footer: "departure"),
    .init("<", .slower, "Training", "boards slower"),
    .init(">", .faster, "Training", "boards faster", footer: "faster"),
  ]

  static let keeping: [Binding<TrainingCommand>] = [
    .init("s", .keep, "Training", "stop and keep the agent", footer: "stop and keep")
  ]
}

/// A training, live: curves on one side, the policy as it is on a training and on a shifted level on the other.
public struct TrainingRoom: Room {
  let title: String
  let control: TrainingControl
  /// Runs the training to its end and posts how it stands.
  let job: @Sendable (TrainingControl, @escaping @Sendable (TrainingNews) -> Void) -> Void
  private(set) var history: [CurvePoint] = []
  private(set) var news: TrainingNews?
  /// The runs on the boards; newer ones wait until these are over.
  private(set) var shown: TrainingNews?
  private(set) var frame = 0
  private(set) var speed = 4
  private var isStarted = false
  /// Whether a room full of people looks on.
  private(set) var isPresenting = false
  /// Whether the next `q` leaves a training that runs.
  private(set) var isLeaving = false
  private var rest = 0

  struct CurvePoint: Sendable {
    var steps: Double
    var success: Double?
    var meanReturn: Double?
    var entropy: Double?
  }

  /// A training that begins when the room is first shown.
  public init(
    title: String, control: TrainingControl,
    job: @escaping @Sendable (TrainingControl, @escaping @Sendable (TrainingNews) -> Void) -> Void
  ) {
    self.title = title
    self.control = control
    self.job = job
  }

  public mutating func adopt(_ settings: Settings) { isPresenting = settings.isPresenting }

  static let menu = table(TrainingCommand.pausing(isPaused: false) + TrainingCommand.keys + TrainingCommand.keeping)
  private static let pausedMenu = table(
    TrainingCommand.pausing(isPaused: true) + TrainingCommand.keys + TrainingCommand.keeping)
  /// Once it is over, or about to be.
  private static let trainedMenu = table(TrainingCommand.keys)

  private static func table(_ keys: [Binding<TrainingCommand>]) -> Menu<TrainingRoom> {
    Menu(
      Menu.rows(keys) { $0.perform($1) } + Menu.program(ProgramCommand.exporting + ProgramCommand.anywhere),
      name: "training")
  }

  public var menu: Menu<TrainingRoom> {
    if isOver || control.isStopped { return TrainingRoom.trainedMenu }
    return control.isPaused ? TrainingRoom.pausedMenu : TrainingRoom.menu
  }
  public var shownWorld: (any World)? { news?.training.episode.world }
  public var moment: Moment? { shown.map { Moment(run: $0.shifted, frame: frame, agent: $0.agent) } }
  public var fileName: String { "training-\(Moment.plain(shownWorld?.name ?? ""))" }
  public var frameInterval: Double? { isStarted ? 1 / (Settings.usualPace * Playhead.speeds[speed]) : 0.001 }
  var isOver: Bool { news?.kept != nil || news?.problem != nil }
  /// Whether the agent has its file and only its rates are missing.
  var isMeasuring: Bool { !isOver && news?.measured != nil }

  public mutating func prepare() { isLeaving = false }

  public mutating func goBack() -> [Wish<TrainingRoom>] {
    // An agent that was asked for is waited for until it has its file.
    let isAwaited = control.isStopped && !isMeasuring && !isOver
    guard isOver || isLeaving && !isAwaited || news == nil else {
      isLeaving = true
      return [.stay]
    }
    control.isPaused = false
    control.leave()
    return []
  }

  private mutating func perform(_ command: TrainingCommand) -> [Wish<TrainingRoom>] {
    switch command {
    case .pause: control.isPaused.toggle()
    case .faster: speed = min(Playhead.speeds.count - 1, speed + 1)
    case .slower: speed = max(0, speed - 1)
    case .keep: control.stop()
    case .watch, .departure:
      guard let news else { return [] }
      guard
        var room = ReplayRoom(
          runs: [news.shifted, news.training], agent: news.agent, isPlaying: command == .watch)
      else { return [] }
      if command == .departure { _ = room.perform(EventCommand.departure) }
      return [.enter(room)]
    }
    return []
  }

  public mutating func receive(_ event: RoomEvent) -> [Wish<TrainingRoom>] {
    switch event {
    case .tick:
      if !isStarted {
        isStarted = true
        let (job, control) = (job, control)
        return [
          .stream("training") { reply in
            job(control) { news in
              reply(
                Reply { room in
                  room.learn(news)
                  return []
                })
            }
          }
        ]
      }
      advance()
    case .input: break
    }
    return []
  }

  /// Takes in how the training stands.
  public mutating func learn(_ news: TrainingNews) {
    self.news = news
    if shown == nil { shown = news }
    if history.last.map({ Double(news.report.steps) > $0.steps }) ?? true {
      history.append(
        CurvePoint(
          steps: Double(news.report.steps), success: news.report.successRate, meanReturn: news.report.meanReturn,
          entropy: news.report.entropyInBits))
    }
  }

  private mutating func advance() {
    guard let shown else { return }
    let end = max(interesting(shown.training), interesting(shown.shifted))
    if frame < end {
      frame += 1
    } else if rest < 4 {
      rest += 1
    } else {
      self.shown = news
      (frame, rest) = (0, 0)
    }
  }

  /// The steps worth showing: not all of the standing about after a goal.
  private func interesting(_ run: Run) -> Int {
    let reached = run.episode.world.goalIndices.compactMap { run.episode.achievement(of: $0) }.min()
    return min(run.episode.steps.count, reached.map { $0 + 4 } ?? 32)
  }
}
