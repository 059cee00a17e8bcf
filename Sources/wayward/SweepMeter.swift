import Foundation
import Studies
import Synchronization

/// A sweep's progress on standard error: on a terminal a line that changes, elsewhere one line an agent.
final class SweepMeter: Sendable {
  private struct State {
    var agent = 0
    var shown = ContinuousClock.now
    var begun: (instant: ContinuousClock.Instant, done: Int)?
  }

  private let title: String
  private let isTerminal = isatty(STDERR_FILENO) != 0
  private let state = Mutex(State())

  init(_ title: String) { self.title = title }

  /// Shows how it stands; may be called from any thread.
  @Sendable func show(_ progress: SweepPlan.Progress) {
    let now = ContinuousClock.now
    state.withLock { state in
      // What was done before the first call went at another speed.
      let begun = state.begun ?? (now, progress.done)
      state.begun = begun
      let isNew = progress.agent > state.agent
      guard isNew || (isTerminal && now - state.shown > .milliseconds(250)) else { return }
      (state.agent, state.shown) = (max(progress.agent, state.agent), now)
      let name = "\(title) severity \(progress.severity) seed \(progress.seed)"
      let work = progress.isMeasuring ? "measuring" : "training"
      var line = "\(name): agent \(progress.agent) of \(progress.agents), \(work), "
      line += "\(progress.done * 100 / max(1, progress.total)) % of all"
      let done = progress.done - begun.done
      if done > 0 {
        let seconds = (now - begun.instant) / .seconds(1) * Double(progress.total - progress.done) / Double(done)
        line += ", \(SweepMeter.time(seconds)) left"
      }
      Output.remark(isTerminal ? "\r\(line)\u{1B}[K" : "\(line)\n")
    }
  }

  /// Takes the line off again.
  func clear() {
    if isTerminal { Output.remark("\r\u{1B}[K") }
  }

  /// `0:07`, `12:30`, `1:02:00`.
  static func time(_ seconds: Double) -> String {
    let whole = Int(min(1e6, max(0, seconds)).rounded())
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + "\(number)" }
    let (hours, minutes) = (whole / 3600, whole / 60 % 60)
    return hours > 0 ? "\(hours):\(two(minutes)):\(two(whole % 60))" : "\(minutes):\(two(whole % 60))"
  }
}
