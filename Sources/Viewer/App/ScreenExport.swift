import TerminalUI

/// Writing what is shown to a file: which one, whether another may go for it, and what came of it.
struct ScreenExport: Part {
  /// A file that is to be written.
  private struct Target: Sendable {
    let path: String
    /// Whether what is there may go.
    let replaces: Bool
  }

  private var target: Target?
  private var words: String?

  /// Whether something is to be written now.
  var isReady: Bool { target != nil }

  /// What is to be told the person, once.
  mutating func takeWords() -> String? { words.take() }

  /// Asks for a file.
  /// - Parameter name: a name for it, without an ending.
  func ask(proposing name: String) -> [Wish<ScreenExport>] {
    let line = TypedLine(
      label: "write to: ", text: name + ".svg", hint: "the ending decides: .txt .ans .svg .cast")
    return [
      .ask(
        Question(line) { export, answer in
          if answer.kind == .entered { export.target = Target(path: answer.text.expandedPath, replaces: false) }
          return []
        })
    ]
  }

  /// Writes the file that was asked for.
  /// - Parameter text: what a file of some kind holds now.
  mutating func write(
    hasEpisode: Bool, _ text: @escaping @Sendable (ScreenFile) -> String?
  ) -> [Wish<ScreenExport>] {
    guard let target = target.take(), !target.path.isEmpty else { return [] }
    guard let kind = ScreenFile(path: target.path) else {
      words = "The ending says what is written: .txt, .ans, .svg, or .cast for the episode."
      return []
    }
    if kind == .cast, !hasEpisode {
      words = "No episode is shown here that a .cast could play; .txt, .ans or .svg write the screen."
      return []
    }
    // Drawing waits for the other thread, too.
    return [
      .write("written") { outlet in
        if !target.replaces, outlet.exists(target.path) { return Reply { $0.askWhetherToReplace(target.path) } }
        let outcome = text(kind).map { text in
          outlet.write(text, target.path).map { "\($0)" } ?? "Written: \(target.path)"
        }
        return Reply { export in
          export.words = outcome ?? "There is nothing to write."
          return []
        }
      }
    ]
  }

  private func askWhetherToReplace(_ path: String) -> [Wish<ScreenExport>] {
    // The end of a path says most.
    let short = path.count > 24 ? "…" + path.suffix(23) : path
    return [
      .ask(
        Question(TypedLine(label: "Write over \(short)? y/n ", isYesOrNo: true)) { export, answer in
          if answer.kind == .entered {
            export.target = Target(path: path, replaces: true)
          } else {
            export.words = "Nothing was written."
          }
          return []
        })
    ]
  }
}
