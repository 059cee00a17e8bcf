import Foundation
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
    FileHandle.standardError.write(Data("\r\(title) \(percent) %".utf8))
  }

  /// Takes the line off again.
  func clear() {
    if isShown { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
  }
}
