/// Where a canvas is shown and input comes from.
public protocol Screen: AnyObject {
  /// Columns and rows at this moment.
  var size: Size { get }
  /// How many colours are shown.
  var depth: ColorDepth { get }
  /// Which glyphs are shown; `show` replaces the others.
  var glyphs: GlyphSet { get }
  /// Seconds on a clock that only runs forwards.
  var now: Double { get }
  /// Whether no more input can come.
  var hasEnded: Bool { get }
  /// Whether a frame would be shown at once; false while an earlier one is still on a slow line.
  var isReady: Bool { get }
  /// Ends the wait of `next` early; may be called on any thread, even after the screen is gone.
  var waker: Waker { get }

  /// Shows a canvas, which need not be of the screen's size.
  func show(_ canvas: Canvas)
  /// Waits for input.
  /// - Parameter seconds: the longest wait; nil waits until something comes.
  /// - Returns: the input; nil when the time is over or the waker was called.
  func next(timeout seconds: Double?) throws(TerminalError) -> InputEvent?
  /// Makes the next `show` draw every cell.
  func repaint()
  /// Listens to the mouse or leaves it to the terminal.
  func setMouse(_ isOn: Bool)
  /// Stops the program until it is continued.
  func suspend()
  /// Sends text to the terminal for its clipboard, cut where it is longer than terminals take.
  /// - Returns: false where the terminal takes none; true says only that it was sent.
  func copy(_ text: String) -> Bool
  /// Sounds the bell.
  func ring()
}

/// Why a terminal cannot be used.
public enum TerminalError: Error, Hashable, CustomStringConvertible {
  /// Standard input or output is a file or a pipe.
  case notATerminal
  /// `TERM` names a terminal that cannot place the cursor.
  case tooSimple(term: String)
  /// Neither `TERM` nor any fallback is in the terminal database.
  case unknownTerminal(term: String)
  /// The other end is gone.
  case hangUp

  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .notATerminal:
      "the screen needs a terminal, but input or output is redirected; run it without < > |"
    case .tooSimple(let term):
      "a terminal of type '\(term)' cannot show a screen; run it in another terminal"
    case .unknownTerminal(let term):
      "the terminal type '\(term)' is unknown here; set TERM, for example: TERM=xterm-256color"
    case .hangUp:
      "the terminal is gone"
    }
  }
}
