import Archive
import Gridworlds
import Worlds

/// The episodes of a file, each read again when it is asked for.
public struct FileShelf: EpisodeShelf {
  /// The file.
  public let path: String
  private let places: [EpisodeFile.Place]

  /// Finds where the episodes of a file begin; slow for large files.
  /// - Throws: ``Archive/FileProblem`` where the file cannot be read or has no episode.
  public init(path: String) throws(FileProblem) {
    self.path = path
    places = try EpisodeFile.places(in: path)
    guard !places.isEmpty else {
      throw FileProblem(path: path, cause: "there is no episode", mend: "write one with: wayward record LEVEL")
    }
  }

  public var count: Int { places.count }

  public func label(_ place: Int) -> EpisodeLabel { EpisodeLabel(name: "episode \(place)", agent: nil, split: nil) }

  public func agent(_ place: Int) -> Agent? { nil }

  public func run(_ place: Int) throws(FileProblem) -> Run {
    guard places.indices.contains(place) else {
      throw FileProblem(path: path, cause: "there is no episode \(place)", mend: "there are \(places.count)")
    }
    return Run(try EpisodeFile.read(path, at: places[place], world: Catalogue.world).episode)
  }
}
