import Testing

@testable import TerminalUI

@Suite("TerminalEnvironment")
struct EnvironmentTests {
  func environment(_ variables: [String: String]) -> TerminalEnvironment {
    TerminalEnvironment(variables: variables, isTerminal: true)
  }

  @Test(
    "the depth follows the terminal's word, and NO_COLOR the user's",
    arguments: [
      (["TERM": "xterm-256color"], ColorDepth.indexed256),
      (["TERM": "xterm-256color", "COLORTERM": "truecolor"], .trueColor),
      (["TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"], .mono),
      (["TERM": "xterm-256color", "NO_COLOR": ""], .indexed256), (["TERM": "xterm"], .ansi16),
      (["TERM": "linux"], .ansi16),
      (["TERM": "vt100"], .mono), (["TERM": "linux", "COLORTERM": "24bit"], .ansi16), ([:], .ansi16),
    ])
  func depth(_ variables: [String: String], depth: ColorDepth) { #expect(environment(variables).depth == depth) }

  @Test(
    "COLORTERM comes along into what shows fewer colours, and is not believed there",
    arguments: [
      (["TERM": "screen.xterm-256color", "STY": "1.pts"], ColorDepth.indexed256),
      (["TERM": "screen-256color"], .indexed256),
      (["TERM": "screen", "STY": "1.pts"], .ansi16), (["TERM": "screen.linux"], .ansi16),
      (["TERM": "xterm-256color", "STY": "1.pts"], .indexed256),
      (["TERM": "xterm-direct", "STY": "1.pts"], .indexed256),
      (["TERM": "tmux-256color", "TMUX": "/tmp/t,1,0"], .trueColor),
      (["TERM": "screen-256color", "TMUX": "/t,1,0"], .trueColor),
      (["TERM": "tmux-256color"], .trueColor),
      (["TERM": "screen-256color", "TMUX": "/t,1,0", "STY": "1.pts"], .indexed256),
      (["TERM": "eterm-color"], .ansi16), (["TERM": "eterm-256color"], .indexed256),
      (["TERM": "dvtm-256color"], .indexed256),
      (["TERM": "linux-16color"], .ansi16), (["TERM": "cons25"], .ansi16),
      (["TERM": "rxvt-unicode-256color"], .indexed256),
      (["TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"], .indexed256),
      (["TERM": "xterm-256color"], .trueColor),
      (["TERM": "xterm-256color", "STY": ""], .trueColor),
    ])
  func leaked(_ variables: [String: String], depth: ColorDepth) {
    for word in ["truecolor", "24bit"] {
      #expect(environment(variables.merging(["COLORTERM": word]) { $1 }).depth == depth)
    }
  }

  @Test("text goes to a clipboard straight, through tmux or through screen")
  func clipboard() {
    #expect(environment(["TERM": "xterm-256color"]).clipboard == .terminal)
    #expect(
      environment(["TERM": "xterm-256color", "STY": "1.pts"]).clipboard == .terminal, "a terminal begun in screen")
    #expect(environment(["TERM": "screen.xterm-256color", "STY": "1.pts"]).clipboard == .screen)
    #expect(environment(["TERM": "screen-256color"]).clipboard == .screen)
    #expect(environment(["TERM": "screen-256color", "TMUX": "/t,1,0"]).clipboard == .tmux)
    #expect(environment(["TERM": "tmux-256color"]).clipboard == .tmux)
  }

  @Test("the locale decides on glyphs, in the order in which POSIX reads it")
  func glyphs() {
    #expect(environment(["LANG": "de_DE.UTF-8"]).glyphs == .unicode)
    #expect(environment(["LANG": "en_US.utf8"]).glyphs == .unicode)
    #expect(environment(["LANG": "de_DE.UTF-8", "LC_ALL": "C"]).glyphs == .ascii)
    #expect(environment(["LANG": "C", "LC_CTYPE": "C.UTF-8", "LC_ALL": ""]).glyphs == .unicode)
    #expect(environment([:]).glyphs == .ascii)
  }

  @Test("an unset TERM is tried as a common terminal, a dumb one is refused with a reason")
  func types() {
    #expect(environment([:]).terminalTypes == ["xterm-256color", "vt100"])
    #expect(environment([:]).obstacle == nil)
    #expect(environment(["TERM": "dumb"]).obstacle == .tooSimple(term: "dumb"))
    #expect(TerminalEnvironment(variables: ["TERM": "xterm"], isTerminal: false).obstacle == .notATerminal)
  }

  @Test("Esc waits 50 ms, or what ESCDELAY says if that is sane")
  func delay() {
    #expect(environment([:]).escapeDelay == 50)
    #expect(environment(["ESCDELAY": "10"]).escapeDelay == 10)
    #expect(environment(["ESCDELAY": "-7"]).escapeDelay == 50)
    #expect(environment(["ESCDELAY": "soon"]).escapeDelay == 50)
  }

  @Test("frames are bracketed only where the terminal is known to understand it")
  func synchronized() {
    #expect(environment(["TERM": "xterm-kitty"]).isSynchronized)
    #expect(environment(["TERM": "xterm-256color", "VTE_VERSION": "7200"]).isSynchronized)
    #expect(!environment(["TERM": "xterm-256color", "VTE_VERSION": "5202"]).isSynchronized)
    #expect(!environment(["TERM": "tmux-256color", "TMUX": "/tmp/x", "TERM_PROGRAM": "vscode"]).isSynchronized)
    #expect(!environment(["TERM": "xterm-256color"]).isSynchronized)
  }
}
