import Foundation

/// An open descriptor to write to: all of the bytes go out, or it is said why not.
public struct FileSink: Sendable {
  /// What results are written to.
  public static let standardOutput = FileSink(descriptor: 1, path: "<stdout>")
  /// What words about results are written to.
  public static let standardError = FileSink(descriptor: 2, path: "<stderr>")

  let descriptor: Int32
  let path: String

  /// Writes all of the bytes, and waits where the reader is slow.
  /// - Throws: ``FileProblem`` of the kind input and output; some of the bytes may be out by then.
  public func write(_ bytes: some Collection<UInt8>) throws(FileProblem) {
    var rest = Array(bytes)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, min($0.count, 1 << 20)) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if count < 0, errno == EAGAIN {
        var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&wait, 1, -1)
      } else if count >= 0 || errno != EINTR {
        throw FileSource.problem(count < 0 ? errno : EIO, at: FilePlace(path: path), doing: "write")
      }
    }
  }
}

/// `write(2)`, outside of the type so that its own `write` does not stand before it.
private func send(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
