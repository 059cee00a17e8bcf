import Foundation
import Gridworlds

/// An episode from a file, played again by the rules.
public struct RecordedEpisode: Sendable {
  /// What the recorded actions lead to now.
  public let episode: Episode
  /// The first step whose reward, ending or state is not what the file says, from 0; `nil` where all agree.
  public let firstMismatch: Int?
  /// The line of the file on which the episode begins.
  public let line: Int
  /// Where it left another one; `nil` of an episode of its own.
  public let origin: EpisodeOrigin?
}

/// Recorded episodes as JSON Lines: a header, then a line a step; the next header begins the next episode.
///
/// Files carry moves, never states: reading plays the moves again and compares the hashes.
public enum EpisodeFile {
  /// The `format` that headers name.
  public static let format = "wayward-episode"
  /// The only version there is.
  public static let version = 1

  /// Reads one episode after another, holding one at a time.
  public struct Reader: Sequence, IteratorProtocol {
    private var lines: LineSource
    private let world: (String) throws -> any World
    private var header: (JSON, line: Int)?
    private var hasBegun = false
    private var family = EpisodeFamily()
    /// Whether the file is read from its start, so that a branch's parent has been read before it.
    var isFromStart = true
    private var isDone = false
    /// Is told every 4,096 lines how many were read.
    public var progress: (Int) -> Void = { _ in }
    /// How many steps all episodes may have together.
    var most = Int.max
    private var steps = 0

    /// A reader of a file, or of standard input where the path is `-`.
    public init(path: String, world: @escaping (String) throws -> any World) throws(FileProblem) {
      lines = try LineSource(path: path)
      self.world = world
    }

    /// A reader of bytes; `path` names them in problems.
    public init(_ bytes: Data, path: String, world: @escaping (String) throws -> any World) {
      lines = LineSource(bytes, path: path)
      self.world = world
    }

    init(_ lines: LineSource, world: @escaping (String) throws -> any World) {
      self.lines = lines
      self.world = world
    }

    /// The next episode or what is wrong with it; `nil` after the last. Nothing follows a problem.
    public mutating func next() -> Result<RecordedEpisode, FileProblem>? {
      guard !isDone else { return nil }
      do throws(FileProblem) {
        guard let episode = try read() else {
          isDone = true
          return nil
        }
        return .success(episode)
      } catch {
        isDone = true
        return .failure(error)
      }
    }

    private mutating func read() throws(FileProblem) -> RecordedEpisode? {
      if header == nil { header = try object() }
      guard let (json, line) = header else {
        if !hasBegun { throw lines.place.bad("the file is empty", mend: "record an episode into it") }
        return nil
      }
      header = nil
      hasBegun = true
      var replay = try EpisodeReplay(header: EpisodeLine(json, line: line, place: lines.place), world: world)
      while let (json, line) = try object() {
        if json["format"] != nil {
          header = (json, line)
          break
        }
        guard steps < most else {
          throw lines.place.bad("the episodes have more than \(most) steps in all", line: line, mend: "split the file")
        }
        steps += 1
        try replay.take(EpisodeLine(json, line: line, place: lines.place))
      }
      try replay.checkEnd(place: lines.place)
      if isFromStart { try family.take(replay.recorded, place: lines.place) }
      return replay.recorded
    }

    private mutating func object() throws(FileProblem) -> (JSON, line: Int)? {
      guard let bytes = try lines.next() else { return nil }
      if lines.line % 4_096 == 0 { progress(lines.line) }
      let json: JSON
      do throws(JSONProblem) {
        json = try JSON(parsing: bytes)
      } catch {
        throw lines.place.bad(
          "no JSON at byte \(error.offset): \(error.cause)", line: lines.line, mend: "write one JSON object a line")
      }
      guard json.members != nil else {
        throw lines.place.bad("the line is no JSON object", line: lines.line, mend: "write one JSON object a line")
      }
      return (json, lines.line)
    }
  }

  /// Steps of all episodes that are held at once: two million.
  public static let mostSteps = 2 * Level.largestTimeLimit

  /// All episodes of a file.
  /// - Parameters:
  ///   - limit: more episodes are refused, since all are held at once.
  ///   - progress: is told now and then how many lines were read.
  public static func readAll(
    _ path: String, limit: Int = 1_000, progress: @escaping (Int) -> Void = { _ in },
    world: @escaping (String) throws -> any World
  ) throws(FileProblem) -> [RecordedEpisode] {
    var reader = try Reader(path: path, world: world)
    reader.progress = progress
    return try all(of: reader, path: path, limit: limit)
  }

  /// All episodes of bytes.
  public static func parse(
    _ bytes: Data, path: String, limit: Int = 1_000, world: @escaping (String) throws -> any World
  ) throws(FileProblem) -> [RecordedEpisode] {
    try all(of: Reader(bytes, path: path, world: world), path: path, limit: limit)
  }

  private static func all(of reader: Reader, path: String, limit: Int) throws(FileProblem) -> [RecordedEpisode] {
    var episodes: [RecordedEpisode] = []
    var reader = reader
    reader.most = mostSteps
    for result in reader {
      let episode = try result.get()
      guard episodes.count < limit else {
        throw FilePlace(path: path).bad(
          "the file has more than \(limit) \(limit == 1 ? "episode" : "episodes")", line: episode.line, mend: "split it"
        )
      }
      episodes.append(episode)
    }
    return episodes
  }
}
