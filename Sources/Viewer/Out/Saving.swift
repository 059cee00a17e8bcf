import Archive
import Foundation
import TerminalUI

/// Writing what is on the screen to a file, and copying what it says.
extension App {
  /// What a file's ending asks for.
  enum FileKind: Equatable {
    case picture(PictureFormat)
    case cast

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

  /// Asks for the file's name.
  mutating func askForFile() -> [Effect<Message>] {
    guard let room = rooms.last else { return [] }
    question = Question(
      .export, label: "write to: ", text: room.fileName + ".svg", hint: "the ending decides: .txt .ans .svg .cast")
    return []
  }

  /// Takes an answer to one of the questions about files; `nil` where it is about something else.
  mutating func takeFile(_ answer: Answer) -> [Effect<Message>]? {
    switch answer.topic {
    case .export: return answer.kind == .entered ? write(to: answer.text, replacing: false) : []
    case .overwrite(let path):
      if answer.kind == .entered { return write(to: path, replacing: true) }
      notice = "Nothing was written."
      return []
    default: return nil
    }
  }

  private mutating func write(to typed: String, replacing: Bool) -> [Effect<Message>] {
    let path = App.expanded(typed)
    guard !path.isEmpty else { return [] }
    guard let kind = FileKind(path: path) else {
      notice = "The ending says what is written: .txt, .ans, .svg, or .cast for the episode."
      return []
    }
    if kind == .cast, replay == nil {
      notice = "No episode is shown here that a .cast could play; .txt, .ans or .svg write the screen."
      return []
    }
    // The screen as it is without the question; drawing waits for the other thread, too.
    var shown = self
    (shown.question, shown.notice) = (nil, nil)
    let (app, outlet) = (shown, outlet)
    return [
      .work {
        if !replacing, outlet.exists(path) { return .written(.exists(path: path)) }
        guard let text = app.written(as: kind) else { return .written(.failed("There is nothing to write.")) }
        return .written(outlet.write(text, path).map { .failed("\($0)") } ?? .done(path: path))
      }
    ]
  }

  private func written(as kind: FileKind) -> String? {
    switch kind {
    case .picture(let format):
      return picture(size: size).rendered(with: format == .svg ? .unicode : glyphs)
        .written(as: format, title: title, theme: theme)
    case .cast:
      var settings = CastSettings()
      (settings.size, settings.glyphs) = (size, glyphs)
      return asciicast(settings)?.text(.v2)
    }
  }

  /// Says what became of a file, and asks before one is written over.
  mutating func learn(_ written: Written) {
    switch written {
    case .done(let path): notice = "Written: \(path)"
    case .exists(let path):
      question = Question(.overwrite(path: path), label: "Write over \(App.short(path))? y/n ")
    case .failed(let words): notice = words
    }
  }

  /// The end of a path, which says most.
  private static func short(_ path: String) -> String { path.count > 24 ? "…" + path.suffix(23) : path }

  /// `~/` as shells read it.
  static func expanded(_ typed: String) -> String {
    let path = typed.trimmingCharacters(in: .whitespaces)
    guard path.hasPrefix("~/"), let home = ProcessInfo.processInfo.environment["HOME"], !home.isEmpty else {
      return path
    }
    return home + path.dropFirst()
  }

  /// Puts the account of what is shown on the terminal's clipboard.
  mutating func copyAccount() -> [Effect<Message>] {
    guard let moment = rooms.last?.moment else {
      notice = "There is no step here to copy an account of."
      return []
    }
    notice = "Copied: the account of step \(moment.frame) and the command that shows it again."
    return [.copy(moment.account)]
  }
}
