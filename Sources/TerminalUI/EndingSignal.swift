import CTerminal
import Foundation

/// The signals that ask a process to end: Ctrl-C, `kill`, a terminal that goes away.
public enum EndingSignal {
  /// Hands the first of them to `body`, on a thread of its own; the second ends the process at once.
  ///
  /// To be called once. What a screen catches while it is open does not come here.
  public static func first(_ body: @escaping @Sendable (Int32) -> Void) {
    guard interruption_begin() else { return }
    Thread.detachNewThread {
      let signal = interruption_wait()
      if signal > 0 { body(signal) }
    }
  }

  /// Ends the process as the signal would have done, so that whoever started it sees by what.
  public static func end(by signal: Int32) -> Never {
    interruption_end(signal)
    fatalError("the signal did not end the process")
  }
}
