import TerminalUI

/// What a screen is written as: the ending of a file's name says it.
enum ScreenFile: Equatable, Sendable {
  case picture(PictureFormat)
  /// The episode that is shown, as a recording.
  case cast

  /// `nil` of an ending that says nothing.
  init?(path: String) {
    switch path.lowercased() {
    case let name where name.hasSuffix(".txt"): self = .picture(.text)
    case let name where name.hasSuffix(".ans"): self = .picture(.ansi)
    case let name where name.hasSuffix(".svg"): self = .picture(.svg)
    case let name where name.hasSuffix(".cast"): self = .cast
    default: return nil
    }
  }
}
