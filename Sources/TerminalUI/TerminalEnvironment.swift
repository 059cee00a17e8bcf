#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the environment says about the terminal. A command line may change it before a screen is opened.
public struct TerminalEnvironment: Hashable, Sendable {
  /// Terminal types to try in the terminal database, the wanted one first.
  public var terminalTypes: [String]
  /// The most colours to use.
  public var depth: ColorDepth
  /// Which glyphs to use.
  public var glyphs: GlyphSet
  /// Milliseconds to wait for the rest of a sequence that Esc begins.
  public var escapeDelay: Int
  /// Whether frames are bracketed, so that the terminal shows each at once.
  public var isSynchronized: Bool
  /// How text gets from here to a clipboard.
  public var clipboard: ClipboardRoute
  /// Whether input and output are a terminal.
  public var isTerminal: Bool

  /// The variables that count.
  static let names = [
    "TERM", "COLORTERM", "NO_COLOR", "LC_ALL", "LC_CTYPE", "LANG", "ESCDELAY", "TERM_PROGRAM", "VTE_VERSION", "TMUX",
    "STY",
  ]

  /// Reads the facts out of environment variables.
  ///
  /// A `NO_COLOR` that is not empty leaves bold and reverse but no colour.
  public init(variables: [String: String], isTerminal: Bool) {
    self.isTerminal = isTerminal
    let term = variables["TERM"] ?? ""
    terminalTypes = [term, "xterm-256color", "vt100"].filter { !$0.isEmpty }
    depth = TerminalEnvironment.depth(variables)
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { variables[$0] }.first { !$0.isEmpty } ?? ""
    let codeset = locale.lowercased()
    glyphs = codeset.contains("utf-8") || codeset.contains("utf8") ? .unicode : .ascii
    let delay = variables["ESCDELAY"].flatMap { Int($0) } ?? 50
    escapeDelay = (0...5_000).contains(delay) ? delay : 50
    isSynchronized = TerminalEnvironment.isSynchronized(variables)
    clipboard = TerminalEnvironment.clipboard(variables)
  }

  /// The environment of this process.
  public static func current() -> TerminalEnvironment {
    var variables: [String: String] = [:]
    for name in names {
      if let value = getenv(name) { variables[name] = String(cString: value) }
    }
    return TerminalEnvironment(variables: variables, isTerminal: isatty(0) == 1 && isatty(1) == 1)
  }

  /// Why no screen can be opened; nil if one can.
  public var obstacle: TerminalError? {
    if !isTerminal { return .notATerminal }
    if let term = terminalTypes.first, ["dumb", "emacs"].contains(term) { return .tooSimple(term: term) }
    return nil
  }

  private static func depth(_ variables: [String: String]) -> ColorDepth {
    if let none = variables["NO_COLOR"], !none.isEmpty { return .mono }
    let term = variables["TERM"] ?? ""
    if term == "dumb" || term.hasPrefix("vt1") || term.hasPrefix("vt2") || term.hasSuffix("-mono") { return .mono }
    if ["linux", "ansi", "cygwin"].contains(term) { return .ansi16 }
    if isTrueColor(variables, term) { return .trueColor }
    let hasMany = term.hasSuffix("256color") || term.hasSuffix("-direct")
    return hasMany || ["alacritty", "foot", "xterm-kitty", "xterm-ghostty"].contains(term) ? .indexed256 : .ansi16
  }

  /// Whether 24 bits arrive. COLORTERM says so of the terminal in which a session began, and comes along to where there
  /// are fewer: into GNU screen, onto a console, into an editor's terminal. tmux translates what its own terminal lacks.
  private static func isTrueColor(_ variables: [String: String], _ term: String) -> Bool {
    if isInScreen(variables, term) { return false }
    if term.hasSuffix("-direct") { return true }
    let fewer = [
      "linux", "cons25", "wsvt", "hurd", "mach", "pcansi", "sun", "eterm", "Eterm", "dvtm", "rxvt", "fbterm", "jfbterm",
      "yaft",
    ]
    if fewer.contains(where: term.hasPrefix) || variables["TERM_PROGRAM"] == "Apple_Terminal" { return false }
    return ["truecolor", "24bit"].contains(variables["COLORTERM"] ?? "")
  }

  /// Whether GNU screen is between here and the terminal. tmux, too, may call itself a screen.
  private static func isInScreen(_ variables: [String: String], _ term: String) -> Bool {
    if let session = variables["STY"], !session.isEmpty { return true }
    return isScreen(term) && variables["TMUX"] == nil
  }

  private static func isScreen(_ term: String) -> Bool {
    term == "screen" || term.hasPrefix("screen.") || term.hasPrefix("screen-")
  }

  private static func clipboard(_ variables: [String: String]) -> ClipboardRoute {
    let term = variables["TERM"] ?? ""
    if isInScreen(variables, term), isScreen(term) { return .screen }
    return variables["TMUX"] != nil || term.hasPrefix("tmux") ? .tmux : .terminal
  }

  /// Only terminals known to understand mode 2026: for the others the brackets would be so many bytes for nothing.
  private static func isSynchronized(_ variables: [String: String]) -> Bool {
    let term = variables["TERM"] ?? ""
    if variables["TMUX"] != nil || term.hasPrefix("screen") || term.hasPrefix("tmux") { return false }
    let kinds = ["xterm-kitty", "foot", "alacritty", "contour", "xterm-ghostty", "wezterm"]
    if kinds.contains(where: { term.hasPrefix($0) }) { return true }
    if let version = variables["VTE_VERSION"].flatMap({ Int($0) }) { return version >= 6800 }
    return ["iTerm.app", "WezTerm", "ghostty", "vscode", "kitty"].contains(variables["TERM_PROGRAM"] ?? "")
  }
}
