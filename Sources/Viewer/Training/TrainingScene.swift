import Gridworlds
import Planning
import Studies
import TerminalUI

/// A training, live: curves on one side, the policy as it is on a training and on a shifted level on the other.
public struct TrainingScene: Room {
  let title: String
  let control: TrainingControl
  /// Runs the training to its end and posts how it stands.
  let job: @Sendable (TrainingControl, @escaping @Sendable (TrainingNews) -> Void) -> Void
  private(set) var history: [Point] = []
  private(set) var news: TrainingNews?
  /// The runs on the boards; newer ones wait until these are over.
  private(set) var shown: TrainingNews?
  private(set) var frame = 0
  private(set) var speed = 4
  private var isStarted = false
  /// Whether the next `q` leaves a training that runs.
  private(set) var isLeaving = false
  private var rest = 0

  struct Point: Sendable {
    var steps: Double
    var success: Double?
    var meanReturn: Double?
    var entropy: Double
  }

  /// A training that begins when the scene is first shown.
  public init(
    title: String, control: TrainingControl,
    job: @escaping @Sendable (TrainingControl, @escaping @Sendable (TrainingNews) -> Void) -> Void
  ) {
    self.title = title
    self.control = control
    self.job = job
  }

  var bindings: Bindings<Command> { isOver ? .trained : .training }
  var shownWorld: (any World)? { news?.training.episode.world }
  var moment: Moment? { shown.map { Moment(run: $0.shifted, frame: frame, agent: $0.agent) } }
  var fileName: String { "training-\(Moment.plain(shownWorld?.name ?? ""))" }
  var frameInterval: Double? { isStarted ? 1 / (Settings.usualPace * ReplayScene.speeds[speed]) : 0.001 }
  var isOver: Bool { news?.kept != nil || news?.problem != nil }

  mutating func perform(_ command: Command) -> [Wish] {
    if command != .back { isLeaving = false }
    switch command {
    case .pause: control.isPaused.toggle()
    case .faster: speed = min(ReplayScene.speeds.count - 1, speed + 1)
    case .slower: speed = max(0, speed - 1)
    case .keep: control.stop()
    case .back:
      guard isOver || isLeaving || news == nil else {
        isLeaving = true
        return [.stay]
      }
      control.isPaused = false
      control.leave()
    case .watch, .departure:
      guard let news else { return [] }
      guard var scene = ReplayScene(runs: [news.shifted, news.training], agent: news.agent) else { return [] }
      if command == .departure { _ = scene.perform(.departure) } else { scene.isPlaying = true }
      return [.enter(scene)]
    default: break
    }
    return []
  }

  mutating func receive(_ event: Event<Message>) -> [Wish] {
    switch event {
    case .tick:
      if !isStarted {
        isStarted = true
        let (job, control) = (job, control)
        return [.effect(.stream { post in job(control) { post(.training($0)) } })]
      }
      advance()
    case .message(.training(let news)):
      self.news = news
      if shown == nil { shown = news }
      if history.last.map({ Double(news.report.steps) > $0.steps }) ?? true {
        history.append(
          Point(
            steps: Double(news.report.steps), success: news.report.successRate, meanReturn: news.report.meanReturn,
            entropy: news.report.entropyInBits))
      }
    default: break
    }
    return []
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
    let reached = run.episode.world.goals.indices.compactMap { run.episode.achievement(of: $0) }.min()
    return min(run.episode.steps.count, reached.map { $0 + 4 } ?? 32)
  }
}
