import Archive
import ArgumentParser
import Foundation
import Synchronization

/// Where commands write: results to standard output, words about them to standard error.
///
/// Nothing else in the program writes to either, so that a full disk or a closed pipe is told in one line, by exit status
/// 74, instead of ending the program with a fault or passing unseen.
enum Output {
  private struct State: ~Copyable {
    var buffer: [UInt8] = []
    /// Where results go instead of standard output, with what went there so far.
    var file: AtomicFile?
    var content = ContentHash()
    /// What went wrong while nobody could be told.
    var problem: FileProblem?
    /// Whether somebody was told.
    var hasFailed = false
    /// Whether the program ends.
    var isClosed = false

    /// Turns to a file, or back to standard output; a file that is not committed is gone.
    mutating func turn(to file: consuming AtomicFile?) {
      buffer.removeAll()
      content = ContentHash()
      self.file = file
    }
  }

  private static let state = Mutex(State())
  /// Held while something is written that is not to be torn.
  private static let whole = Mutex(())
  private static let isTerminal = isatty(STDOUT_FILENO) != 0
  private static let bufferSize = 1 << 16

  /// Makes writing to what is closed an error: a pipe without a reader, and the standard descriptors themselves, whose
  /// numbers would otherwise be those of the next files that are opened.
  static func prepare() {
    // Not ignored: programs that we start would inherit that.
    signal(SIGPIPE) { _ in }
    // Whoever ignores it and starts this program has nobody keep what comes of ours.
    signal(SIGCHLD, SIG_DFL)
    for descriptor in 0...2 as ClosedRange<Int32> where fcntl(descriptor, F_GETFD) < 0 && errno == EBADF {
      // The lowest free number is this one. What is open in the wrong direction cannot be used, as it should not.
      _ = open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
    }
  }

  /// A line of a result.
  static func line(_ text: String = "") throws(FileProblem) { try write(text + "\n") }

  /// A part of a result, as it is.
  static func write(_ text: String) throws(FileProblem) { try write(text.utf8) }

  /// A part of a result in bytes.
  static func write(_ bytes: some Sequence<UInt8>) throws(FileProblem) {
    try attempt {
      guard !$0.isClosed else { return }
      $0.buffer += bytes
      if $0.file == nil && isTerminal || $0.buffer.count >= bufferSize { send(&$0) }
    }
  }

  /// Writes something in parts that goes out as a whole, even where a signal ends the program meanwhile.
  static func unit(_ body: () throws -> Void) rethrows { try whole.withLock { _ in try body() } }

  /// Sends out what was written so far, for readers that should have it now.
  static func flush() throws(FileProblem) { try attempt { send(&$0) } }

  /// Whether an error has said already that results are lost.
  static var hasFailed: Bool { state.withLock { $0.hasFailed } }

  /// Words about results, or a meter; where standard error fails there is nobody to tell.
  static func remark(_ text: String) {
    state.withLock { state in
      // What was printed before stands before, where both go to one place.
      send(&state)
      do { try FileSink.standardError.write(text.utf8) } catch {}
    }
  }

  /// Sends results to a file instead, which is there whole at the end, or not at all where something goes wrong.
  static func collect(into path: String, by maker: Provenance, _ body: () throws -> Void) throws {
    let file = try AtomicFile(path)
    try flush()
    turn(to: file)
    defer { turn(to: nil) }
    var (maker, exit) = (maker, ExitCode.success)
    do { try body() } catch let code as ExitCode {
      // Not all went well, and that was said; what there is stays.
      (maker.status, exit) = (code.rawValue, code)
    }
    try flush()
    // Nothing at all is no result, and takes the place of none.
    if exit != .success, state.withLock({ $0.content.count }) == 0 { throw exit }
    try state.withLock { state in
      try maker.keep(for: path, content: state.content)
      try state.file.take()?.commit()
    }
    if exit != .success { throw exit }
  }

  private static func turn(to file: consuming AtomicFile?) {
    var file = file
    state.withLock { $0.turn(to: file.take()) }
  }

  /// What is said of printed results at the end by a signal: whether what reads them has taken them.
  static var wholeness: String {
    isHeldUp.withLock { $0 } ? "but what reads them has not taken all, so that the last may be torn" : "each whole"
  }

  private static let isHeldUp = Mutex(false)

  /// For the end by a signal: lets out what is there, since commands write whole lines, and takes nothing more. A file
  /// that is not whole is gone.
  static func close() {
    // A reader that does not read must not hold the end up.
    for _ in 0..<100 {
      let isDone: Bool? = whole.withLockIfAvailable { _ -> Bool in
        let isClosed: Bool? = state.withLockIfAvailable { state -> Bool in
          if state.file == nil { send(&state) } else { state.turn(to: nil) }
          state.isClosed = true
          return true
        }
        return isClosed == true
      }
      if isDone == true { return }
      usleep(10_000)
    }
    isHeldUp.withLock { $0 = true }
  }

  /// Words after which the program ends.
  static func last(_ text: String) { do { try FileSink.standardError.write(text.utf8) } catch {} }

  private static func attempt(_ body: (inout State) -> Void) throws(FileProblem) {
    let problem = state.withLock { state -> FileProblem? in
      body(&state)
      state.hasFailed = state.problem != nil
      return state.problem
    }
    if let problem { throw problem }
  }

  private static func send(_ state: inout State) {
    defer { state.buffer.removeAll(keepingCapacity: true) }
    guard state.problem == nil, !state.buffer.isEmpty else { return }
    do throws(FileProblem) {
      if state.file == nil {
        try FileSink.standardOutput.write(state.buffer)
      } else {
        try state.file?.write(state.buffer)
        state.content.add(state.buffer)
      }
    } catch { state.problem = error }
  }
}
