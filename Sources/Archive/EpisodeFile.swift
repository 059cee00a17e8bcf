import Foundation
import Gridworlds

/// An episode from a file, played again by the rules.
public struct RecordedEpisode: Sendable {
  /// What the recorded actions lead to now, with its ``Gridworlds/Episode/recording``.
  public internal(set) var episode: Episode
  /// The line of the file on which the episode begins.
  public let line: Int
  /// Where it left another one; `nil` of an episode of its own.
  public let origin: EpisodeOrigin?
  /// Its number in the file, from 0, with those that cannot be read.
  public internal(set) var number = 0
  /// Why its recording ends where it does: the file was cut there. `nil` of one that is whole.
  public internal(set) var torn: FileProblem? {
    didSet { episode.recording?.isCut = torn != nil }
  }
}

extension RecordedEpisode {
  /// Looks whether the level is the one that its name has in a library now.
  fileprivate mutating func compare(with levels: NamedLevels?) {
    guard episode.recording?.isLevelDrawn == nil, let isSame = levels?.isAsNamed(episode.level) else { return }
    episode.recording?.isLevelDrawn = isSame
  }
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
  ///
  /// What is wrong with one episode says nothing of the next: reading goes on at the next header. A last line that was
  /// cut, as a full disk or a kill leaves it, ends the file; what came before it stays, see ``torn``.
  public struct Reader: Sequence, IteratorProtocol {
    private var lines: LineSource
    private let world: (String) throws -> any World
    /// The line with which the next episode begins, where it was come to.
    private var header: Line?
    private var hasBegun = false
    private var family = EpisodeFamily()
    private var number: Int
    /// Whether the file is read from its start, so that a branch's parent has been read before it.
    private let isFromStart: Bool
    /// Whether nothing more can be read.
    public private(set) var isDone = false
    /// What was left out at the end, and why; `nil` of a file that is whole.
    public private(set) var torn: FileProblem?
    /// Why the text ends where its lines do, where that is known already.
    var end: FileProblem?
    /// The levels with which those of the recording are compared; `nil` where there are none to be had.
    public var levels: NamedLevels?
    /// Is told every 4,096 lines how many were read.
    public var progress: (Int) -> Void = { _ in }
    /// How many steps all episodes may have together.
    var most = Int.max
    private var steps = 0

    /// A reader of a file or a pipe, or of standard input where the path is `-`.
    public init(path: String, world: @escaping (String) throws -> any World) throws(FileProblem) {
      self.init(try LineSource(path: path), world: world)
    }

    /// A reader of bytes; `path` names them in problems.
    public init(_ bytes: Data, path: String, world: @escaping (String) throws -> any World) {
      self.init(LineSource(bytes, path: path), world: world)
    }

    /// A reader of lines, of which the first is the header of an episode.
    /// - Parameter number: the episode's, from 0, where it is known; then it is read alone.
    init(_ lines: LineSource, number: Int? = nil, world: @escaping (String) throws -> any World) {
      self.lines = lines
      self.world = world
      self.number = number ?? 0
      isFromStart = number == nil
    }

    /// The next episode or what is wrong with it; `nil` after the last.
    public mutating func next() -> Result<RecordedEpisode, FileProblem>? {
      guard !isDone else { return nil }
      do throws(FileProblem) {
        guard let episode = try read() else {
          isDone = true
          return nil
        }
        number += 1
        return .success(episode)
      } catch {
        if isFromStart { skipEpisode() } else { isDone = true }
        number += 1
        return .failure(error)
      }
    }

    private mutating func read() throws(FileProblem) -> RecordedEpisode? {
      if header == nil { header = try nextLine() }
      guard let first = header else {
        if let torn, !hasBegun { throw torn }
        if !hasBegun { throw FileProblem.empty(lines.place.path, mend: "record an episode into it") }
        return nil
      }
      header = nil
      hasBegun = true
      var replay = try EpisodeReplay(header: first.content.get(), world: world)
      while let next = try nextLine() {
        if next.isHeader {
          header = next
          break
        }
        let line = try next.content.get()
        guard steps < most else {
          isDone = true
          throw line.bad("the episodes have more than \(most) steps in all", mend: "split the file")
        }
        steps += 1
        try replay.take(line)
      }
      if torn == nil { try replay.checkEnd(place: lines.place) }
      var recorded = replay.recorded
      recorded.number = number
      recorded.compare(with: levels)
      if recorded.episode.conclusion == .stopped { recorded.torn = torn }
      if isFromStart { try family.take(recorded, place: lines.place) }
      return recorded
    }

    /// Goes on to the next header, past an episode of which nothing is used.
    private mutating func skipEpisode() {
      hasBegun = true
      family.skip()
      while header == nil, !isDone {
        do throws(FileProblem) {
          guard let next = try nextLine() else {
            isDone = true
            return
          }
          if next.isHeader { header = next }
        } catch {
          // There is no way on, and it belongs to the same episode.
        }
      }
    }

    /// A line, or what is wrong with it, which says nothing of the next one.
    private struct Line {
      let content: Result<EpisodeLine, FileProblem>
      /// Whether an episode begins here.
      let isHeader: Bool
    }

    /// The next line; `nil` at the end, and at a last line that was cut.
    /// - Throws: where lines cannot be read, and there is no way on.
    private mutating func nextLine() throws(FileProblem) -> Line? {
      guard torn == nil else { return nil }
      let bytes: ArraySlice<UInt8>?
      do throws(FileProblem) {
        bytes = try lines.next()
      } catch {
        if let text = lines.damaged {
          return Line(content: .failure(error), isHeader: EpisodeFile.beginsEpisode(text))
        }
        if lines.isCut, hasBegun { return cut(EpisodeFile.words(error.cause)) }
        isDone = true
        throw error
      }
      guard let bytes else {
        torn = end
        return nil
      }
      if lines.line % 4_096 == 0 { progress(lines.line) }
      let json: JSON
      do throws(JSONProblem) {
        json = try JSON(parsing: bytes)
      } catch {
        if lines.isOpen, error.isAtEnd { return cut(EpisodeFile.openLine) }
        let problem = lines.place.bad(
          "no JSON at byte \(error.offset): \(error.cause)", line: lines.line,
          mend: error.mend ?? "write one JSON object a line")
        return Line(content: .failure(problem), isHeader: EpisodeFile.beginsEpisode(bytes))
      }
      guard json.members != nil else {
        let problem = lines.place.bad(
          "the line is no JSON object", line: lines.line, mend: "write one JSON object a line")
        return Line(content: .failure(problem), isHeader: false)
      }
      return Line(
        content: .success(EpisodeLine(json, line: lines.line, place: lines.place)), isHeader: json["format"] != nil)
    }

    private mutating func cut(_ cause: String) -> Line? {
      torn = end ?? EpisodeFile.torn(cause, place: lines.place, line: lines.line)
      return nil
    }
  }

  /// Whether a line that cannot be read was a header: then the episode that it began is damaged, and not the one before
  /// it. Headers are written with their format first.
  static func beginsEpisode(_ damaged: ArraySlice<UInt8>) -> Bool {
    var text = damaged.drop { $0 == 0x20 || $0 == 0x09 }
    guard text.popFirst() == UInt8(ascii: "{") else { return false }
    return text.drop { $0 == 0x20 || $0 == 0x09 }.starts(with: "\"format\"".utf8)
  }

  /// What is said of a last line that nothing ended.
  static let openLine = "the last line was cut, and is left out"

  /// What is said of the place from which on nothing can be read, for a reason.
  static func words(_ cause: String) -> String { "\(cause): from there on nothing is read" }

  /// What is said of a file that ends before its end.
  static func torn(_ cause: String, place: FilePlace, line: Int) -> FileProblem {
    place.bad(cause, line: line, mend: "what was recorded before it is kept")
  }

  /// Steps of all episodes that are held at once: two million.
  public static let mostSteps = 2 * Level.largestTimeLimit

  /// All episodes of a file, a pipe, or standard input.
  /// - Parameters:
  ///   - limit: more episodes are refused, since all are held at once.
  ///   - progress: is told now and then how many lines were read.
  public static func readAll(
    _ path: String, limit: Int = 1_000, progress: @escaping (Int) -> Void = { _ in },
    world: @escaping (String) throws -> any World
  ) throws(FileProblem) -> EpisodeCollection {
    var reader = try Reader(path: path, world: world)
    reader.progress = progress
    return try EpisodeCollection(reader, path: path, limit: limit)
  }

  /// All episodes of bytes.
  public static func parse(
    _ bytes: Data, path: String, limit: Int = 1_000, world: @escaping (String) throws -> any World
  ) throws(FileProblem) -> EpisodeCollection {
    try EpisodeCollection(Reader(bytes, path: path, world: world), path: path, limit: limit)
  }
}

/// The episodes of a file that can be read, with what is wrong with the others.
public struct EpisodeCollection: Sendable, RandomAccessCollection {
  /// What was left out, and why, in the order of the file.
  public private(set) var problems: [FileProblem] = []
  /// How many there are, with those that cannot be read.
  public private(set) var total = 0
  private var episodes: [RecordedEpisode] = []
  private var unreadable: [Int: FileProblem] = [:]
  private let path: String

  /// - Throws: ``FileProblem`` where no episode can be read, or there are more than can be held.
  init(_ reader: EpisodeFile.Reader, path: String, limit: Int) throws(FileProblem) {
    self.path = path
    var reader = reader
    reader.most = EpisodeFile.mostSteps
    while let next = reader.next() {
      guard total < limit else {
        throw FilePlace(path: path).bad(
          "the file has more than \(limit) \(limit == 1 ? "episode" : "episodes")", line: try? next.get().line,
          mend: "split it")
      }
      switch next {
      case .success(let episode): episodes.append(episode)
      case .failure(let problem):
        unreadable[total] = problem
        problems.append(problem)
      }
      total += 1
    }
    if let torn = reader.torn, problems.last != torn { problems.append(torn) }
    if episodes.isEmpty, let problem = problems.first { throw problem }
  }

  /// Where in this collection the episode of a number in the file stands.
  /// - Throws: what is wrong with it, or that there is none.
  public func place(of number: Int) throws(FileProblem) -> Int {
    if let place = episodes.firstIndex(where: { $0.number == number }) { return place }
    throw unreadable[number]
      ?? FilePlace(path: path).bad("there is no episode \(number + 1)", mend: "it has \(total), counted from 1")
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { episodes.count }
  public subscript(position: Int) -> RecordedEpisode { episodes[position] }
}
