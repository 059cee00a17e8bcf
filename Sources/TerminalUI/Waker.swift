#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A pipe to oneself: a byte written on any thread ends a poll that waits on the other end.
public final class Waker: Sendable {
  /// The end that a poll watches; -1 if no pipe could be had.
  let descriptor: Int32
  /// The end that wakes; also given to signal handlers.
  let writeEnd: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    if pipe(&ends) == 0 {
      for end in ends {
        _ = fcntl(end, F_SETFL, O_NONBLOCK)
        _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      }
    }
    (descriptor, writeEnd) = (ends[0], ends[1])
  }

  deinit {
    if descriptor >= 0 {
      close(descriptor)
      close(writeEnd)
    }
  }

  /// Ends the present wait, or the next one if none is going on.
  public func wake() {
    var byte: UInt8 = 1
    _ = write(writeEnd, &byte, 1)
  }

  /// Forgets the calls so far.
  func drain() {
    var bytes: [UInt8] = Array(repeating: 0, count: 64)
    while read(descriptor, &bytes, bytes.count) == bytes.count {}
  }
}
