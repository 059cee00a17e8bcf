import CTerminal
import Foundation
import TerminalUI
import Testing

/// Each test runs in a process of its own, since ncurses and signal handlers are global.
@Suite("The terminal, on a pseudo-terminal", .serialized)
struct NcursesTests {
  /// A pseudo-terminal as this process's standard input and output.
  final class Pty {
    let master: Int32
    init(term: String = "xterm-256color", width: Int32 = 80, height: Int32 = 24) {
      var (master, slave): (Int32, Int32) = (0, 0)
      precondition(wt_test_pty(&master, &slave, width, height) == 0)
      dup2(slave, 0)
      dup2(slave, 1)
      self.master = master
      setenv("TERM", term, 1)
      setenv("LC_ALL", "C.UTF-8", 1)
      _ = fcntl(master, F_SETFL, O_NONBLOCK)
    }

    func output() -> String {
      var bytes: [UInt8] = []
      var buffer = [UInt8](repeating: 0, count: 65536)
      usleep(20_000)
      while true {
        let count = read(master, &buffer, buffer.count)
        if count <= 0 { break }
        bytes += buffer[0..<count]
      }
      return String(decoding: bytes, as: UTF8.self)
    }

    func type(_ text: String) { _ = text.withCString { write(master, $0, strlen($0)) } }
  }

  static func screen(_ environment: [String: String] = [:]) -> NcursesScreen {
    guard let screen = try? NcursesScreen(TerminalEnvironment(environment)) else { exit(99) }
    return screen
  }

  static func require(_ condition: Bool, _ line: Int32 = #line) { if !condition { exit(line % 200 + 1) } }

  @Test("one step of the agent costs at most 100 bytes")
  func bytes() async {
    await #expect(processExitsWith: .success) {
      let pty = Pty()
      let screen = NcursesTests.screen()
      var canvas = Canvas(size: screen.size)
      let style = Style(.rgb(240, 228, 66), on: .rgb(20, 23, 28), .bold)
      canvas.fill(
        Rect(x: 0, y: 0, width: 80, height: 24), Cell(glyph: "·", style: Style(.rgb(60, 70, 80), on: .rgb(20, 23, 28))))
      canvas[20, 10] = Cell(glyph: "@", style: style)
      screen.show(canvas)
      _ = pty.output()
      for x in 20...21 { canvas[x, 10] = Cell(glyph: "━", style: style) }
      canvas[22, 10] = Cell(glyph: "@", style: style)
      canvas[23, 10] = Cell(glyph: "►", style: style)
      screen.show(canvas)
      let step = pty.output()
      screen.show(canvas)
      let nothing = pty.output()
      NcursesTests.require(step.contains("@") && step.utf8.count <= 100)
      NcursesTests.require(nothing.isEmpty)
    }
  }

  @Test("keys, Escape, arrows, the mouse and a paste arrive as what they are")
  func input() async {
    await #expect(processExitsWith: .success) {
      setenv("ESCDELAY", "10", 1)
      let pty = Pty()
      let screen = NcursesTests.screen()
      func events(_ text: String) -> [InputEvent] {
        pty.type(text)
        usleep(50_000)
        return screen.events(wake: -1, timeout: 200) ?? []
      }
      NcursesTests.require(events("d") == [.key(.character("d"))])
      NcursesTests.require(events("\u{1B}OA") == [.key(.up)])
      NcursesTests.require(events("\u{1B}") == [.key(.escape)])
      NcursesTests.require(
        events("é\t\r\u{7F}") == [.key(.character("é")), .key(.tab), .key(.enter), .key(.backspace)])
      NcursesTests.require(events("\u{1A}") == [.key(.control("z"))])
      NcursesTests.require(events("\u{1B}[200~qd\u{1B}[201~") == [.paste("qd")])
      let click = events("\u{1B}[<0;11;6M\u{1B}[<0;11;6m")
      NcursesTests.require(click.first == .mouse(MouseEvent(.press, at: Point(x: 10, y: 5))))
      NcursesTests.require(events("\u{1B}[<64;3;3M") == [.mouse(MouseEvent(.scrollUp, at: Point(x: 2, y: 2)))])
    }
  }

  @Test("closing gives the modes, the cursor and the main screen back")
  func closing() async {
    await #expect(processExitsWith: .success) {
      let pty = Pty()
      var (before, after) = (termios(), termios())
      tcgetattr(0, &before)
      let screen = NcursesTests.screen()
      screen.show(Canvas(size: screen.size))
      _ = pty.output()
      screen.close()
      tcgetattr(0, &after)
      let text = pty.output()
      NcursesTests.require(text.contains("\u{1B}[?1049l") && text.contains("\u{1B}[?1002l"))
      NcursesTests.require(before.c_lflag == after.c_lflag && before.c_iflag == after.c_iflag)
    }
  }

  @Test("an unknown TERM falls back instead of ending the program", arguments: ["no-such-terminal", "", "dumb"])
  func unknownTerm(_ term: String) async {
    await #expect(processExitsWith: .success) { [term] in
      _ = Pty(term: term)
      NcursesTests.require(NcursesTests.screen().size == Size(width: 80, height: 24))
    }
  }

  @Test("NO_COLOR and a terminal without colour are drawn without")
  func colours() async {
    await #expect(processExitsWith: .success) {
      let pty = Pty()
      let screen = NcursesTests.screen(["NO_COLOR": "1"])
      NcursesTests.require(screen.depth == .mono)
      var canvas = Canvas(size: screen.size)
      canvas.put("coin", x: 1, y: 1, style: Style(.rgb(255, 0, 0)))
      screen.show(canvas)
      let text = pty.output()
      NcursesTests.require(text.contains("coin") && !text.contains(";5;") && !text.contains("[31m"))
    }
    await #expect(processExitsWith: .success) {
      _ = Pty(term: "vt100")
      let screen = NcursesTests.screen()
      screen.show(Canvas(size: screen.size))
      NcursesTests.require(screen.depth == .mono)
    }
  }

  @Test("a locale without UTF-8 gets ASCII")
  func ascii() async {
    await #expect(processExitsWith: .success) {
      let pty = Pty()
      setenv("LC_ALL", "C", 1)
      let screen = NcursesTests.screen()
      var canvas = Canvas(size: screen.size)
      canvas.put("┏━◉", x: 1, y: 1, style: Style())
      screen.show(canvas)
      let text = pty.output()
      NcursesTests.require(text.contains("\"=G"))
      NcursesTests.require(text.utf8.allSatisfy { $0 < 128 })
    }
  }

  @Test("without a terminal there is an error, not a screen")
  func noTerminal() async {
    await #expect(processExitsWith: .success) {
      let null = open("/dev/null", O_RDWR)
      dup2(null, 0)
      do {
        _ = try NcursesScreen(TerminalEnvironment([:]))
        exit(1)
      } catch {
        NcursesTests.require(error as? TerminalProblem == .notATerminal)
      }
    }
  }
}
