import Archive
import TerminalUI

/// What a user may set once for all: options and keys.
public struct Settings: Sendable {
  /// The theme; `nil` leaves it to the terminal.
  public var theme: Theme.Name?
  /// Whether the mouse is listened to.
  public var hasMouse = true
  /// Whether what moves without being asked, such as the gallery's preview, may move.
  public var animates = true
  /// Whether only ASCII is drawn; `nil` leaves it to the locale.
  public var isASCII: Bool?
  /// Steps a second at normal speed.
  public var pace = Settings.usualPace
  static let usualPace = 8.0
  /// Whether a room full of people looks on: large boards, few panels.
  public var isPresenting = false
  /// The file in which a key that is given on the screen is kept; `nil` keeps it until the program ends.
  public var path: String?
  /// What is wrong with settings that were left out.
  public var problems: [FileProblem] = []
  /// The user's keys.
  public var keymap = Keymap()

  /// The settings as they come.
  public init() {}
}
