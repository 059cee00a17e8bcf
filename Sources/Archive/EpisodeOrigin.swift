import Gridworlds

/// Where an episode left another one of the same file: a person took over there.
public struct EpisodeOrigin: Hashable, Sendable {
  /// What the branch is called.
  public let branch: String
  /// The number of the episode that it left, in the order of the file from 0.
  public let parent: Int
  /// Steps that it shares with it.
  public let leavesAt: Int

  /// Where an episode left another one.
  public init(branch: String, parent: Int, leavesAt: Int) {
    self.branch = branch
    self.parent = parent
    self.leavesAt = leavesAt
  }

  /// The origin that a header names; `nil` where it names none, as files without branches do.
  init?(_ header: EpisodeLine) throws(FileProblem) {
    let name: String? = try header.optional("branch", "a name") { json in
      json.string.map { PlainText.stripped($0, limit: EpisodeOrigin.longestName) }
    }
    guard let name else {
      for key in ["parent", "leaves_at"] where header.json[key] != nil {
        throw header.bad("'\(key)' stands without 'branch'", mend: "name the branch, or leave the key out")
      }
      return nil
    }
    let expected = "a whole number from 0"
    branch = name
    parent = try header.field("parent", expected) { json in json.integer.flatMap { $0 >= 0 ? $0 : nil } }
    leavesAt = try header.field("leaves_at", expected) { json in json.integer.flatMap { $0 >= 0 ? $0 : nil } }
  }

  /// Characters of the longest name.
  public static let longestName = 60

  static func members(of origin: EpisodeOrigin?) -> [JSON.Member] {
    guard let origin else { return [] }
    return [
      .init("branch", .string(origin.branch)), .init("parent", .integer(origin.parent)),
      .init("leaves_at", .integer(origin.leavesAt)),
    ]
  }
}

/// The actions of a file's episodes so far, against which branches are checked: their first steps are their parents'.
struct EpisodeFamily {
  private var levels: [UInt64?] = []
  private var actions: [[UInt8]] = []
  /// Episodes of which nothing is known any more, so that a file of millions fills no memory.
  private var forgotten = 0

  /// So many episodes before a branch its parent may stand and is still compared with it.
  private static let memory = 10_000

  /// Counts an episode that cannot be read; nothing branches from it.
  mutating func skip() { keep(nil, []) }

  private mutating func keep(_ level: UInt64?, _ own: [UInt8]) {
    levels.append(level)
    actions.append(own)
    guard actions.count >= 2 * EpisodeFamily.memory else { return }
    levels.removeFirst(EpisodeFamily.memory)
    actions.removeFirst(EpisodeFamily.memory)
    forgotten += EpisodeFamily.memory
  }

  /// Takes the next episode of a file in.
  /// - Throws: ``FileProblem`` where it says that it left an episode which it does not follow.
  mutating func take(_ recorded: RecordedEpisode, place: FilePlace) throws(FileProblem) {
    let own = recorded.episode.steps.actions
    let level = recorded.episode.level.stableHash
    if let origin = recorded.origin, origin.parent >= forgotten {
      func bad(_ cause: String, mend: String) -> FileProblem { place.bad(cause, line: recorded.line, mend: mend) }
      let (parent, count) = (origin.parent - forgotten, forgotten + actions.count)
      guard actions.indices.contains(parent) else {
        throw bad(
          "'parent' is \(origin.parent), and \(count) episode\(count == 1 ? "" : "s") came before",
          mend: "name an earlier one; 'parent' counts from 0")
      }
      let shared = actions[parent].prefix(origin.leavesAt)
      guard levels[parent] == level, shared.count == origin.leavesAt, own.starts(with: shared) else {
        throw bad(
          "the branch does not share \(origin.leavesAt) steps with episode \(origin.parent + 1)",
          mend: "correct 'parent', which counts from 0, or 'leaves_at'")
      }
    }
    keep(level, own)
  }
}
