/// What the environment says about the terminal.
public struct TerminalEnvironment: Sendable, Equatable {
  /// `TERM`.
  public let term: String
  /// `NO_COLOR` is set and not empty (no-color.org).
  public let wantsNoColor: Bool
  /// `WAYWARD_ASCII` is set and not empty: for terminals that claim UTF-8 and lack the glyphs.
  public let wantsASCII: Bool

  /// Reads the environment.
  public init(_ environment: [String: String]) {
    term = environment["TERM"] ?? ""
    wantsNoColor = environment["NO_COLOR"]?.isEmpty == false
    wantsASCII = environment["WAYWARD_ASCII"]?.isEmpty == false
  }
}

/// Why there is no screen.
public enum TerminalProblem: Error, Sendable, Equatable, CustomStringConvertible {
  case notATerminal
  case unknown(String)

  /// One line for people.
  public var description: String {
    switch self {
    case .notATerminal:
      "this needs a terminal on standard input and output; wayward snapshot prints a screen without one"
    case .unknown(let term):
      "nothing is known of the terminal '\(term)'; try TERM=xterm-256color, or wayward snapshot"
    }
  }
}

/// Where canvases are shown and keys come from.
public protocol Screen: AnyObject {
  /// Columns and rows now.
  var size: Size { get }
  /// Shows a canvas.
  func show(_ canvas: Canvas)
  /// Waits for input or a byte on `wake`, then returns what has come; `nil` where the screen is gone.
  func events(wake: Int32, timeout milliseconds: Int32) -> [InputEvent]?
  /// Draws everything again at the next ``show(_:)``.
  func redraw()
  /// Gives the terminal back and stops the process until it is continued.
  func suspend()
  /// Switches the mouse.
  func setMouse(_ isOn: Bool)
}
