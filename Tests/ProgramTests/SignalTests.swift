import CTerminal
import Foundation
import Testing

/// The built program on a pseudo-terminal of its own, as a person would run it.
///
/// It reaps its process in any case: a zombie would stand before the children that the library of exit tests waits for
/// (it asks for any child that ended), and they would never be seen.
final class Program {
  /// -1 once the terminal went away: its number may be another test's by then.
  private var master: Int32
  private let slave: Int32
  let pid: pid_t
  private var isReaped = false
  private(set) var seen = ""
  let before: termios

  init(_ arguments: [String], width: Int32 = 80, height: Int32 = 24, locale: String = "C.UTF-8") throws {
    var (master, slave): (Int32, Int32) = (0, 0)
    var name = [CChar](repeating: 0, count: 256)
    try #require(pty_open(&master, &slave, &name, name.count))
    pty_resize(slave, width, height)
    var modes = termios()
    tcgetattr(slave, &modes)
    before = modes
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let environment = [
      "TERM=xterm-256color", "LC_ALL=\(locale)", "WAYWARD_LEVELS=\(root.path)/levels", "PATH=/usr/bin:/bin",
    ]
    let path = Program.executable
    let argv = ([path] + arguments).map { strdup($0) } + [nil]
    let envp = environment.map { strdup($0) } + [nil]
    defer { for text in argv + envp { free(text) } }
    let pid = pty_spawn(slave, path, argv, envp)
    try #require(pid > 0)
    self.master = master
    self.slave = slave
    self.pid = pid
  }

  deinit {
    if !isReaped {
      var status: Int32 = 0
      kill(pid, SIGKILL)
      waitpid(pid, &status, 0)
    }
    hangUp()
    close(slave)
  }

  /// Takes the terminal away.
  func hangUp() {
    if master >= 0 { close(master) }
    master = -1
  }

  /// Beside the tests, where the package manager builds it.
  static var executable: String {
    var folder = URL(fileURLWithPath: CommandLine.arguments[0])
    let fallback = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent(".build/debug/wayward").path
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      let candidate = folder.appendingPathComponent("wayward").path
      var isFolder: ObjCBool = false
      if FileManager.default.fileExists(atPath: candidate, isDirectory: &isFolder), !isFolder.boolValue {
        return candidate
      }
    }
    return fallback
  }

  /// Reads until the output has a text; `false` after a long while.
  func waits(for text: String) -> Bool {
    for _ in 0..<1500 {
      drain()
      if seen.contains(text) { return true }
      usleep(10_000)
    }
    return false
  }

  private func drain() {
    var buffer = [UInt8](repeating: 0, count: 65536)
    while master >= 0 {
      let count = read(master, &buffer, buffer.count)
      if count <= 0 { return }
      seen += String(decoding: buffer[0..<count], as: UTF8.self)
    }
  }

  func resize(_ width: Int32, _ height: Int32) { pty_resize(slave, width, height) }
  func forget() { seen = "" }
  func type(_ text: String) { _ = text.withCString { write(master, $0, strlen($0)) } }

  /// Waits for the end: the signal that ended it, or its exit status as a negative number less one.
  func end() -> Int32 {
    var status: Int32 = 0
    for _ in 0..<1500 {
      if waitpid(pid, &status, WNOHANG) == pid {
        isReaped = true
        return status & 0x7F == 0 ? -(status >> 8 & 0xFF) - 1 : status & 0x7F
      }
      // A program that still writes must not wait for a reader.
      drain()
      usleep(10_000)
    }
    return .min
  }

  var isRestored: Bool {
    var now = termios()
    tcgetattr(slave, &now)
    return now.c_lflag == before.c_lflag && now.c_iflag == before.c_iflag && now.c_oflag == before.c_oflag
  }
}

@Suite("The program on a terminal", .serialized)
struct ProgramTests {
  @Test(
    "whatever ends the program, the terminal is as it was",
    arguments: [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGABRT, SIGSEGV, SIGTRAP, SIGBUS, SIGFPE, SIGILL])
  func signals(_ signal: Int32) throws {
    let program = try Program(["watch", "corner/fork"])
    try #require(program.waits(for: "Inspector"))
    kill(program.pid, signal)
    #expect(program.waits(for: "\u{1B}[?1049l"))
    #expect(program.end() == signal)
    #expect(program.isRestored)
    if [SIGABRT, SIGSEGV, SIGTRAP, SIGBUS, SIGFPE, SIGILL].contains(signal) {
      #expect(program.waits(for: "internal fault"))
    }
  }

  @Test("q ends it with status 0")
  func quit() throws {
    let program = try Program(["watch", "corner/fork"])
    try #require(program.waits(for: "Inspector"))
    program.type("q")
    #expect(program.waits(for: "\u{1B}[?1049l"))
    #expect(program.end() == -1)
    #expect(program.isRestored)
  }

  @Test("a resize is drawn, also to a size that is too small")
  func resize() throws {
    let program = try Program(["watch", "corner/fork"])
    try #require(program.waits(for: "Inspector"))
    program.type(" ")
    program.forget()
    program.resize(30, 8)
    #expect(program.waits(for: "Window too small"))
    program.resize(100, 40)
    #expect(program.waits(for: "Inspector"))
  }

  @Test("stopped and continued, it draws itself again")
  func stop() throws {
    let program = try Program(["watch", "corner/fork"])
    try #require(program.waits(for: "Inspector"))
    program.type(" ")
    usleep(100_000)
    kill(program.pid, SIGSTOP)
    usleep(50_000)
    program.forget()
    kill(program.pid, SIGCONT)
    #expect(program.waits(for: "Inspector"))
  }

  @Test("a terminal that goes away ends it")
  func hangup() throws {
    let program = try Program(["watch", "corner/fork"])
    try #require(program.waits(for: "Inspector"))
    program.hangUp()
    #expect(program.end() != .min)
  }
}
