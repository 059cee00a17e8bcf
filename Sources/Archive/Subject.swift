import Gridworlds

/// What a command is given to work on. What a file holds is told from its content: its name and whether it is a file, a
/// pipe or standard input say nothing of it.
public enum Subject {
  /// A level; the path of its file where it is one that can be written again.
  case level(any World, Level, path: String?)
  /// Recorded episodes, and the number of the one that was named, from 0.
  case episodes(EpisodeIndex, number: Int?)

  /// What a file holds.
  /// - Parameters:
  ///   - reference: the text that names the level, should it be one.
  ///   - levels: the levels with which those of a recording are compared.
  ///   - name: the world of a level that names none.
  ///   - progress: is told now and then how many episodes were found.
  public init(
    _ file: FileReference, reference: String, worldName name: String? = nil, levels: NamedLevels? = nil,
    progress: (Int) -> Void = { _ in }, world: (String) throws -> any World
  ) throws(FileProblem) {
    let text = try SeekableText(path: file.path)
    guard try !text.isEmpty else { throw FileProblem.empty(file.path, mend: "a level or a recording is wanted") }
    if try text.beginsWithObject {
      self = .episodes(try EpisodeIndex(text, levels: levels, progress: progress), number: file.episode)
      return
    }
    guard file.episode == nil else {
      throw FilePlace(path: file.path).bad("this is a level, which has no episodes", mend: "leave the '#' out")
    }
    let (found, level) = try LevelFile.parse(
      text.whole(limit: LevelFile.largestSize), path: file.path, reference: reference, worldName: name, world: world)
    self = .level(found, level, path: text.isCopied ? nil : file.path)
  }

  /// The level, or the one that the named episode, or the first, was recorded on.
  public func level(world: @escaping (String) throws -> any World) throws(FileProblem) -> (
    world: any World, level: Level
  ) {
    switch self {
    case .level(let world, let level, _): return (world, level)
    case .episodes(let index, let number):
      let episode = try index.episode(number ?? 0, world: world).episode
      return (episode.world, episode.level)
    }
  }

  /// The recording, and the number of the episode that was named.
  /// - Throws: ``FileProblem`` of a level.
  public func episodes(named text: String) throws(FileProblem) -> (index: EpisodeIndex, number: Int?) {
    switch self {
    case .episodes(let index, let number): return (index, number)
    case .level:
      throw FilePlace(path: text).bad(
        "this is a level, and no recording", mend: "watch it, or write a recording with: wayward record LEVEL")
    }
  }
}
