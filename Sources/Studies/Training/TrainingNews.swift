import Archive
import Gridworlds
import Learning
import Synchronization

/// What a person may ask of a training that runs on another thread.
public final class TrainingControl: Sendable {
  private struct State {
    var isPaused = false
    var isStopped = false
    var isDiscarded = false
  }

  private let state = Mutex(State())

  /// A training that runs.
  public init() {}

  /// Whether it rests between two updates.
  public var isPaused: Bool {
    get { state.withLock(\.isPaused) }
    set { state.withLock { $0.isPaused = newValue } }
  }

  /// Ends it after the update that runs.
  public func stop() { state.withLock { $0.isStopped = true } }

  /// Ends it likewise; only its progress is kept, so that the same command goes on, and no agent.
  public func leave() {
    state.withLock {
      $0.isStopped = true
      $0.isDiscarded = true
    }
  }

  /// Whether it was left, so that an unfinished agent is not wanted.
  public var isDiscarded: Bool { state.withLock(\.isDiscarded) }

  /// Whether it was asked to end.
  public var isStopped: Bool { state.withLock(\.isStopped) }
}

/// How a training stands.
public struct TrainingNews: Sendable {
  /// The figures of the last update.
  public var report: TrainingReport
  /// Steps in all.
  public var totalSteps: Int
  /// Environment steps a second, over the last seconds.
  public var stepsPerSecond: Double
  /// Seconds spent, rests not counted.
  public var seconds: Double
  /// The agent as it is now, with one run on a training level and one on a shifted level.
  public var agent: Agent
  /// What it does on a training level that it never saw.
  public var training: Run
  /// What it does on a shifted level.
  public var shifted: Run
  /// The share of the held-out levels on which the finished agent was measured so far; `nil` before that.
  public var measured: Double?
  /// Steps after which it was last kept so that it can go on; `nil` before that.
  public var keptSteps: Int?
  /// Where the agent was kept; `nil` until the training has ended.
  public var kept: String?
  /// The rates over held-out levels, once it has ended.
  public var summary: String?
  /// What went wrong in the end.
  public var problem: FileProblem?

  /// How a training stands that still runs.
  public init(
    report: TrainingReport, totalSteps: Int, stepsPerSecond: Double, seconds: Double, agent: Agent, training: Run,
    shifted: Run
  ) {
    self.report = report
    self.totalSteps = totalSteps
    self.stepsPerSecond = stepsPerSecond
    self.seconds = seconds
    self.agent = agent
    self.training = training
    self.shifted = shifted
  }

  /// The seconds left at this speed.
  public var secondsLeft: Double? {
    stepsPerSecond > 0 ? Double(max(0, totalSteps - report.steps)) / stepsPerSecond : nil
  }
}
