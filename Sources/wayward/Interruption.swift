import Archive
import Foundation
import Synchronization
import TerminalUI

/// Ctrl-C, and whatever else asks the program to end: it says in a line what was kept and how to go on, leaves no torn
/// file, and ends as the signal would have ended it.
enum Interruption {
  /// How the work at hand takes it.
  private enum Manner {
    /// It is ended at once, with these words.
    case atOnce(@Sendable () -> String)
    /// It looks itself whether it is to end, and is told so as well.
    case gently(@Sendable () -> Void)
  }

  private struct State {
    var manner = Manner.atOnce { "stopped; nothing is kept but what was printed, and what was kept before" }
    var signal: Int32?
    var folders: Set<String> = []
    /// Whether some thread ends the program already.
    var isEnding = false
  }

  private static let state = Mutex(State())

  /// Begins to listen.
  static func prepare() {
    EndingSignal.listen { signal in
      let manner = state.withLock { state in
        state.signal = signal
        return state.manner
      }
      switch manner {
      case .atOnce(let words): end(words())
      case .gently(let tell): tell()
      }
    } again: { signal in
      abandon()
      EndingSignal.end(by: signal)
    }
  }

  /// Removes whatever is not to be found afterwards.
  private static func abandon() {
    AtomicFile.abandonAll()
    for folder in state.withLock({ $0.folders }) { try? FileManager.default.removeItem(atPath: folder) }
  }

  /// What is said when the work that follows is ended, which it can be at any moment.
  static func say(_ words: @escaping @Sendable () -> String) { state.withLock { $0.manner = .atOnce(words) } }

  /// The work that follows ends itself, soon after it was asked to, by ``end(_:)``.
  /// - Parameter tell: is told when it is asked, on another thread.
  static func isAwaited(_ tell: @escaping @Sendable () -> Void = {}) { state.withLock { $0.manner = .gently(tell) } }

  /// Whether the work is asked to end.
  static var isAsked: Bool { state.withLock { $0.signal != nil } }

  /// Ends the program by the signal that asked for it.
  /// - Parameter words: made once it is known what of the results is out.
  static func end(_ words: @autoclosure () -> String) -> Never {
    let isFirst = state.withLock { state in
      defer { state.isEnding = true }
      return !state.isEnding
    }
    while !isFirst { sleep(1) }
    Output.close()
    abandon()
    let signal = state.withLock { $0.signal ?? SIGTERM }
    // A meter's line goes.
    if isatty(STDERR_FILENO) != 0 { Output.last("\r\u{1B}[K") }
    Output.last("wayward: \(PlainText.stripped(words(), limit: 2_000))\n")
    EndingSignal.end(by: signal)
  }

  /// Waits for the end where it has begun on another thread.
  static func settle() {
    let isEnding = state.withLock { state in
      if case .atOnce = state.manner { state.signal != nil } else { false }
    }
    while isEnding { sleep(1) }
  }

  /// Runs something with a folder that is gone afterwards, even where a signal ends it.
  static func withTemporaryFolder<Result>(_ name: String, _ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("\(name)-\(UUID().uuidString)").path
    state.withLock { _ = $0.folders.insert(folder) }
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer {
      try? FileManager.default.removeItem(atPath: folder)
      state.withLock { _ = $0.folders.remove(folder) }
    }
    return try body(folder)
  }
}
