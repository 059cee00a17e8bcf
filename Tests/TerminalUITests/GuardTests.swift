import CTerminal
import Testing

@testable import TerminalUI

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension NcursesScreenTests {
  /// Each way to die happens in a process of its own, on a terminal whose other end is held here.
  @Suite("Guard", .serialized)
  struct GuardTests {
    /// Opens the screen at `path`, with standard error on it as in a real terminal.
    static func openScreen(at path: String) throws -> NcursesScreen {
      let slave = open(path, O_RDWR | O_NOCTTY)
      dup2(slave, 2)
      let environment = TerminalEnvironment(
        variables: ["TERM": "xterm-256color", "LANG": "C.UTF-8"], isTerminal: true)
      let screen = try NcursesScreen(environment, input: slave, output: slave)
      screen.setMouse(true)
      screen.show(NcursesScreenTests.board(agentAt: 4))
      return screen
    }

    /// Sends a signal to this process, since the test's own thread may block it, and waits for the end.
    static func receive(_ signal: Int32) {
      kill(getpid(), signal)
      while true { pause() }
    }

    /// Checks that the terminal is as before, and that `words` came after the screen was left.
    func expectRestored(
      _ terminal: PseudoTerminal, _ before: [UInt32], says words: [String] = [],
      sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      let output = terminal.output()
      let entered = try #require(output.firstRange(of: "\u{1B}[?1049h"), sourceLocation: sourceLocation)
      let left = try #require(
        output[entered.upperBound...].firstRange(of: "\u{1B}[?1049l"), sourceLocation: sourceLocation)
      let farewell = output[entered.upperBound..<left.upperBound]
      for mode in ["[?25h", "[?1002l", "[?1006l", "[?2004l", "[?2026l", "[?1l"] {
        #expect(farewell.contains("\u{1B}\(mode)"), sourceLocation: sourceLocation)
      }
      for word in words {
        #expect(output[left.upperBound...].contains(word), "\(output.suffix(600))", sourceLocation: sourceLocation)
        #expect(!farewell.contains(word), sourceLocation: sourceLocation)
      }
      #expect(terminal.settings == before, sourceLocation: sourceLocation)
    }

    static let endings: [Int32] = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

    @Test("a signal that ends the program gives the terminal back and keeps its status", arguments: endings)
    func ending(_ signal: Int32) async throws {
      let terminal = try PseudoTerminal()
      let (path, before) = (terminal.path, terminal.settings)
      await #expect(processExitsWith: .signal(signal)) { [path = path as String, signal = signal as Int32] in
        let screen = try GuardTests.openScreen(at: path)
        "written meanwhile\n".withCString { _ = write(2, $0, strlen($0)) }
        GuardTests.receive(signal)
        screen.ring()
      }
      try expectRestored(terminal, before, says: ["written meanwhile"])
    }

    static let faults: [Int32] = [SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP]

    @Test("a fault gives the terminal back, says so in a line, and keeps its status", arguments: faults)
    func faulting(_ signal: Int32) async throws {
      let terminal = try PseudoTerminal()
      let (path, before) = (terminal.path, terminal.settings)
      await #expect(processExitsWith: .signal(signal)) { [path = path as String, signal = signal as Int32] in
        let screen = try GuardTests.openScreen(at: path)
        GuardTests.receive(signal)
        screen.ring()
      }
      try expectRestored(terminal, before, says: ["wayward: internal fault (SIG", "The terminal was restored."])
    }

    @Test("a failed precondition's words survive the screen they would have been lost with")
    func fatalErrors() async throws {
      let terminal = try PseudoTerminal()
      let (path, before) = (terminal.path, terminal.settings)
      await #expect(processExitsWith: .failure) { [path = path as String] in
        let screen = try GuardTests.openScreen(at: path)
        if screen.size.width > 0 { fatalError("the cheese is gone") }
        screen.ring()
      }
      try expectRestored(terminal, before, says: ["the cheese is gone", "internal fault"])
    }

    @Test("a stack that overflows on a background thread is a fault like others")
    func stackOverflow() async throws {
      let terminal = try PseudoTerminal()
      let (path, before) = (terminal.path, terminal.settings)
      await #expect(processExitsWith: .failure) { [path = path as String] in
        let screen = try GuardTests.openScreen(at: path)
        let mailbox = Mailbox<Int>(waker: screen.waker)
        mailbox.start { $0.post(bottomless(1)) }
        while true { _ = try screen.next(timeout: nil) }
      }
      try expectRestored(terminal, before, says: ["internal fault"])
    }

    @Test("leaving by exit, from anywhere, gives the terminal back")
    func exits() async throws {
      let terminal = try PseudoTerminal()
      let (path, before) = (terminal.path, terminal.settings)
      await #expect(processExitsWith: .exitCode(3)) { [path = path as String] in
        let screen = try GuardTests.openScreen(at: path)
        "last words\n".withCString { _ = write(2, $0, strlen($0)) }
        if screen.size.width > 0 { exit(3) }
        screen.ring()
      }
      try expectRestored(terminal, before, says: ["last words"])
    }

    @Test("Ctrl-Z leaves the screen, and going on enters it again with mouse and paste")
    func stops() async throws {
      let terminal = try PseudoTerminal()
      let path = terminal.path
      await #expect(processExitsWith: .exitCode(7)) { [path = path as String] in
        // A session of its own has no one to continue it, so the system does not truly stop it.
        setsid()
        let screen = try GuardTests.openScreen(at: path)
        kill(getpid(), SIGTSTP)
        guard try screen.next(timeout: 5) == .resumed else { exit(1) }
        screen.show(NcursesScreenTests.board(agentAt: 4))
        screen.close()
        exit(7)
      }
      let pages = terminal.output().split(separator: "\u{1B}[?1049h", omittingEmptySubsequences: false)
      try #require(pages.count >= 3)
      #expect(pages[1].contains("\u{1B}[?1049l"))
      #expect(pages[2].contains("\u{1B}[?1002h") && pages[2].contains("\u{1B}[?2004h"))
      #expect(pages[2].contains("@"), "everything is drawn again")
    }

    @Test("a program started to ignore hang-ups goes on ignoring them")
    func ignoredHangUp() async throws {
      let terminal = try PseudoTerminal()
      let path = terminal.path
      await #expect(processExitsWith: .exitCode(9)) { [path = path as String] in
        _ = signal(SIGHUP, SIG_IGN)
        let screen = try GuardTests.openScreen(at: path)
        kill(getpid(), SIGHUP)
        screen.close()
        exit(9)
      }
    }

    @Test("only one screen can hold the terminal, and a second one does not disturb it")
    func onlyOne() throws {
      let terminal = try PseudoTerminal()
      let screen = try terminal.screen()
      _ = terminal.output()
      #expect(throws: TerminalError.self) { try terminal.screen() }
      #expect(terminal.output() == "")
      screen.show(NcursesScreenTests.board(agentAt: 4))
      #expect(terminal.output().contains("@"))
    }
  }
}

/// Never returns, and needs memory for each call.
@inline(never)
private func bottomless(_ depth: Int) -> Int {
  withUnsafeTemporaryAllocation(of: Int.self, capacity: 64) { memory in
    memory[0] = depth
    return bottomless(depth + 1) + memory[0]
  }
}
