import CTerminal
import Foundation

/// The signals that ask a process to end: Ctrl-C, `kill`, a terminal that goes away.
public enum EndingSignal {
  /// Hands the first of them to one closure and the second to another, each on a thread of its own; the third ends the
  /// process at once. What follows the first within a moment is the same wish, as of a key that was pressed twice.
  ///
  /// To be called once. What a screen catches while it is open does not come here.
  /// - Parameters:
  ///   - first: may take its time.
  ///   - again: is to end the process soon.
  public static func listen(
    first: @escaping @Sendable (Int32) -> Void, again: @escaping @Sendable (Int32) -> Void
  ) {
    guard interruption_begin() else { return }
    Thread.detachNewThread {
      for body in [first, again] {
        let signal = interruption_wait()
        guard signal > 0 else { return }
        Thread.detachNewThread { body(signal) }
      }
    }
  }

  /// Ends the process as the signal would have done, so that whoever started it sees by what.
  public static func end(by signal: Int32) -> Never {
    interruption_end(signal)
    fatalError("the signal did not end the process")
  }
}
