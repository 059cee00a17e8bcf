import Archive
import Foundation
import Studies
import Synchronization

/// Progress on standard error, where that is a terminal.
final class Meter: Sendable {
  private let title: String
  private let total: Int
  private let isShown = isatty(STDERR_FILENO) != 0
  private let last = Mutex(-1)

  init(_ title: String, of total: Int) {
    self.title = title
    self.total = max(1, total)
  }

  /// Shows how many are done; may be called from any thread.
  @Sendable func show(_ done: Int) {
    let percent = done * 100 / total
    guard isShown,
      last.withLock({ last in
        guard percent > last else { return false }
        last = percent
        return true
      })
    else { return }
    Output.remark("\r\(title) \(percent) %")
  }

  /// Takes the line off again.
  func clear() {
    if isShown { Output.remark("\r\u{1B}[K") }
  }
}

/// Words on standard error, where that is a terminal, about what takes more than a second.
final class LongWait: Sendable {
  private let isShown = isatty(STDERR_FILENO) != 0
  private let start = ContinuousClock.now
  private let last = Mutex<ContinuousClock.Instant?>(nil)

  /// Says what goes on, a few times a second and not in the first.
  /// - Parameters:
  ///   - words: what goes on.
  ///   - atOnce: whether this is known to take long.
  func say(_ words: String, atOnce: Bool = false) {
    let now = ContinuousClock.now
    guard isShown, atOnce || now - start > .seconds(1),
      last.withLock({ last in
        if !atOnce, let last, now - last < .milliseconds(200) { return false }
        last = now
        return true
      })
    else { return }
    Output.remark("\r\u{1B}[K\(PlainText.stripped(words, limit: 70))")
  }

  /// Says how many episodes of a file were found so far.
  func sayReading(_ file: String, episodes: Int) {
    say("reading \(FileProblem.shown(file)), \(grouped(episodes)) episodes")
  }

  /// Takes the line off again.
  func clear() {
    if isShown, last.withLock({ $0 != nil }) { Output.remark("\r\u{1B}[K") }
  }
}
