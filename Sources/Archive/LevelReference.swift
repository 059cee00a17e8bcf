import Gridworlds

/// What a level reference names, before anything is read.
public enum LevelReference: Hashable, Sendable {
  /// `corner/first`, a path, or `-` for standard input: a file with a level or with episodes.
  case file(FileReference, reference: String)
  /// `corner-13:shift#42`: drawn from a distribution of a world.
  case generated(world: String, split: Split, seed: UInt64)

  /// The text that names the level.
  public var text: String {
    switch self {
    case .file(_, let reference): reference
    case .generated(let world, let split, let seed): "\(world):\(split.rawValue)#\(seed)"
    }
  }

  /// `WORLD:SPLIT` or `WORLD:SPLIT#SEED`, the seed 0 where none is said; `nil` where the text has no colon.
  static func generated(_ text: String) throws(FileProblem) -> LevelReference? {
    guard let colon = text.firstIndex(of: ":") else { return nil }
    let world = String(text[..<colon])
    let rest = text[text.index(after: colon)...]
    let words = rest.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let name = words.first.map(String.init) ?? ""
    let example = "write it like 'corner:shift#42'"
    guard !world.isEmpty else { throw FileProblem.usage("no world stands before the ':'", mend: example) }
    guard let split = Split(rawValue: name) else {
      let known = Split.allCases.map(\.rawValue)
      throw FileProblem.unknown("distribution", name, among: known)
    }
    guard words.count > 1 else { return .generated(world: world, split: split, seed: 0) }
    guard words[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let seed = UInt64(words[1]) else {
      let seed = PlainText.stripped(String(words[1]), limit: 60)
      throw FileProblem.usage("the seed '\(seed)' is no whole number up to \(UInt64.max)", mend: example)
    }
    return .generated(world: world, split: split, seed: seed)
  }
}
