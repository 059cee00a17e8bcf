import CTerminal
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Counts the bytes that frames cost on a terminal of 256 colours, one after another.
public enum TerminalBytes {
  /// The bytes of each frame, the first a whole screen; `nil` where there is no terminal to be had.
  ///
  /// Opens a pseudo-terminal that nobody looks at. Like any screen it can be opened once at a time.
  /// - Parameter variables: the environment of the terminal.
  public static func count(
    _ frames: [Canvas], variables: [String: String] = ["TERM": "xterm-256color", "LANG": "C.UTF-8"]
  ) -> [Int]? {
    guard let size = frames.first?.size else { return [] }
    var (master, slave): (Int32, Int32) = (-1, -1)
    var path = [CChar](repeating: 0, count: 128)
    guard pty_open(&master, &slave, &path, path.count) else { return nil }
    pty_resize(slave, Int32(size.width), Int32(size.height))
    let reader = ByteReader(master)
    defer {
      reader.stop()
      close(master)
      close(slave)
    }
    let environment = TerminalEnvironment(variables: variables, isTerminal: true)
    guard let screen = try? NcursesScreen(environment, input: slave, output: slave) else { return nil }
    defer { screen.close() }
    return frames.map { frame in
      screen.show(frame)
      return reader.take()
    }
  }
}

/// Reads along, since who writes waits when 4 kB lie unread, and counts.
private final class ByteReader: Sendable {
  private let master: Int32
  private let count = Mutex(0)
  private let mailbox = Mailbox<Void>(waker: Waker())
  private let isStopped = Mutex(false)

  init(_ master: Int32) {
    self.master = master
    mailbox.start { [self] _ in
      while !isStopped.withLock({ $0 }) {
        var watched = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
        if poll(&watched, 1, 20) > 0 { drain() }
      }
    }
  }

  private func drain() {
    count.withLock { count in
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while true {
        let received = read(master, &buffer, buffer.count)
        if received <= 0 { return }
        count += received
      }
    }
  }

  /// The bytes since the last call, once no more come.
  func take() -> Int {
    var watched = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    repeat { drain() } while poll(&watched, 1, 5) > 0
    return count.withLock { count in
      defer { count = 0 }
      return count
    }
  }

  func stop() {
    isStopped.withLock { $0 = true }
    while mailbox.isBusy { usleep(1_000) }
  }
}
