import TerminalUI

/// Marks on the steps of episodes, as in vi.
struct Bookmarks: Part {
  /// A key of which only the next one says what it does.
  private enum Pending: Sendable { case set, find }

  /// By episode, the frames of the marks.
  private var marks: [Int: [Character: Int]] = [:]
  private var pending: Pending?

  /// Whether the next key is a mark's letter.
  var takesNextKey: Bool { pending != nil }

  /// The frames of an episode's marks.
  func marks(of episode: Int) -> [Character: Int] { marks[episode] ?? [:] }

  /// - Returns: what to press next.
  mutating func perform(_ command: BookmarkCommand, episode: Int, frame: Int) -> String {
    switch command {
    case .setMark:
      pending = .set
      return "Mark step \(frame) with a letter, a to z."
    case .goToMark:
      pending = .find
      let known = marks(of: episode).keys.sorted().map(String.init).joined(separator: " ")
      return known.isEmpty
        ? "No mark is set: m and a letter set one. ' goes back." : "Go to a mark: \(known); ' goes back."
    }
  }

  /// Takes the key after `m` or `'`.
  /// - Parameter end: the episode's last frame.
  /// - Returns: a word on what was done, where one is needed.
  mutating func take(_ key: Key, episode: Int, moving playhead: inout Playhead, end: Int) -> String? {
    guard let pending = pending.take() else { return nil }
    guard case .character(let letter) = key, letter.isASCII, letter.isLowercase || letter == "'" else {
      return key == .escape ? nil : "A mark is a letter from a to z."
    }
    switch pending {
    case .set where letter == "'": return "A mark is a letter from a to z."
    case .set:
      marks[episode, default: [:]][letter] = playhead.position
      return "Step \(playhead.position) is mark \(letter): ' and \(letter) comes back here."
    case .find:
      guard let target = letter == "'" ? playhead.origin : marks[episode]?[letter] else {
        return letter == "'" ? "There was no jump yet to go back from." : "There is no mark \(letter)."
      }
      playhead.leap(to: target, end: end)
      return nil
    }
  }
}

/// Marks, as in vi.
enum BookmarkCommand: PartCommand {
  case setMark, goToMark

  static let keys: [Binding<BookmarkCommand>] = [
    .init("m", .setMark, "Find", "mark this step: m a"),
    .init("'", .goToMark, "Find", "to a mark: ' a; '' back"),
  ]
}
