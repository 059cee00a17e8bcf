import CTerminal
import Synchronization
import Testing

@testable import TerminalUI

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Both ends of a terminal that exists only here. A thread reads along, since writers wait when 4 kB lie unread.
final class PseudoTerminal: Sendable {
  private let received = Mutex<[UInt8]>([])
  private let stop = Waker()
  let master: Int32
  let slave: Int32
  let path: String

  init(size: Size = .standard) throws {
    var (master, slave): (Int32, Int32) = (-1, -1)
    var path = [CChar](repeating: 0, count: 128)
    try #require(pty_open(&master, &slave, &path, path.count))
    (self.master, self.slave) = (master, slave)
    self.path = path.withUnsafeBufferPointer { bytes in
      String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    resize(size)
    readAlong()
  }

  private func readAlong() {
    let (master, slave, stop) = (master, slave, stop)
    Mailbox<Void>(waker: Waker()).start { [weak self] _ in
      while true {
        var watched = [
          pollfd(fd: master, events: Int16(POLLIN), revents: 0),
          pollfd(fd: stop.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        poll(&watched, 2, -1)
        guard watched[1].revents == 0, let self else { break }
        received.withLock { receive(into: &$0) }
      }
      close(master)
      close(slave)
    }
  }

  deinit { stop.wake() }

  func resize(_ size: Size) {
    pty_resize(slave, Int32(size.width), Int32(size.height))
  }

  /// What was written to the terminal since the last call.
  func output() -> String {
    received.withLock { bytes in
      var watched = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      repeat { receive(into: &bytes) } while poll(&watched, 1, 30) > 0
      defer { bytes = [] }
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  private func receive(into bytes: inout [UInt8]) {
    var part = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(master, &part, part.count)
      if count <= 0 { return }
      bytes += part[..<count]
    }
  }

  func type(_ text: String) {
    let bytes = Array(text.utf8)
    _ = write(master, bytes, bytes.count)
  }

  /// The settings that a careless program would leave changed.
  var settings: [UInt32] {
    var settings = termios()
    tcgetattr(slave, &settings)
    return [settings.c_iflag, settings.c_oflag, settings.c_lflag].map { UInt32($0) }
  }

  func screen(_ variables: [String: String] = ["TERM": "xterm-256color", "LANG": "C.UTF-8"]) throws -> NcursesScreen {
    try NcursesScreen(
      TerminalEnvironment(variables: variables, isTerminal: true), input: slave, output: slave)
  }
}
