import Archive
import Gridworlds
import Worlds

/// The episodes of a file, each read again when it is asked for.
public struct FileShelf: EpisodeShelf {
  /// What was left out at the end of the file, and why; `nil` of one that is whole.
  public var torn: FileProblem? { index.torn }
  private let index: EpisodeIndex

  /// The episodes of a file in which they were found.
  /// - Throws: ``Archive/FileProblem`` where it has none.
  public init(_ index: EpisodeIndex) throws(FileProblem) {
    self.index = index
    guard index.count > 0 else {
      throw index.torn
        ?? FileProblem(path: index.path, cause: "there is no episode", mend: "write one with: wayward record LEVEL")
    }
  }

  public var count: Int { index.count }

  public func label(_ place: Int) -> EpisodeLabel { EpisodeLabel(name: "episode \(place + 1)", agent: nil, split: nil) }

  public func agent(_ place: Int) -> Agent? { nil }

  public func run(_ place: Int) throws(FileProblem) -> Run {
    Run(try index.episode(place, world: Catalogue.world).episode)
  }
}
