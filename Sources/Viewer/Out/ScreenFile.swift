import Foundation
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

  /// What such a file holds of a program; `nil` where it shows nothing of the kind.
  func text(of app: App) -> String? {
    switch self {
    case .picture(let format):
      return app.picture(size: app.size).rendered(with: format == .svg ? .unicode : app.glyphs)
        .written(as: format, title: app.title, theme: app.shownTheme)
    case .cast:
      var settings = CastSettings()
      (settings.size, settings.glyphs) = (app.size, app.glyphs)
      return app.asciicast(settings)?.text(.v2)
    }
  }
}

extension String {
  /// A typed path, with `~/` as shells read it.
  var expandedPath: String {
    let path = trimmingCharacters(in: .whitespaces)
    guard path.hasPrefix("~/"), let home = ProcessInfo.processInfo.environment["HOME"], !home.isEmpty else {
      return path
    }
    return home + path.dropFirst()
  }
}
