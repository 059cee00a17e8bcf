import Foundation
import Gridworlds

/// Where the episodes of a file begin, so that each can be had without the others.
public final class EpisodeIndex: Sendable {
  /// Where an episode begins.
  private struct Place {
    /// Bytes before its header.
    let offset: Int
    /// The header's line, from 1.
    let line: Int
  }

  /// The most episodes that a file is searched for.
  public static let most = 1_000_000

  private let text: SeekableText
  private let places: [Place]
  private let levels: NamedLevels?
  /// The names of the levels, but for those that draw one.
  private let names: Set<String>
  /// Why the text ends where its lines do; `nil` where the last line will tell.
  private let end: FileProblem?

  /// Finds the episodes of a file, a pipe, or standard input where the path is `-`; of other lines only as much is read
  /// as tells that they are no headers.
  /// - Parameters:
  ///   - levels: the levels with which those of the recording are compared.
  ///   - progress: is told now and then how many episodes were found.
  /// - Complexity: O(bytes); a few tenths of a second for 200 MB.
  public convenience init(
    path: String, levels: NamedLevels? = nil, progress: (Int) -> Void = { _ in }
  ) throws(FileProblem) {
    try self.init(SeekableText(path: path), levels: levels, progress: progress)
  }

  init(
    _ text: SeekableText, levels: NamedLevels? = nil, progress: (Int) -> Void = { _ in }
  ) throws(FileProblem) {
    (self.text, self.levels) = (text, levels)
    let source = try text.bytes()
    var search = HeaderSearch(place: FilePlace(path: text.path))
    while let bytes = try source.next(atMost: 1 << 18) {
      try search.take(bytes)
      progress(search.count)
    }
    places = try search.end().map { Place(offset: $0.offset, line: $0.line) }
    names = search.names
    end = text.cut.map {
      EpisodeFile.torn(EpisodeFile.words($0.cause), place: search.place, line: $0.line ?? search.line)
    }
    torn = end ?? search.torn
  }

  /// The file.
  public var path: String { text.path }
  /// How many episodes there are.
  public var count: Int { places.count }
  /// The files of the levels with which those of the recording are compared, sorted.
  public var comparedFiles: [String] { names.compactMap { levels?.file(named: $0) }.sorted() }
  /// What was left out at the end, and why; `nil` of a file that is whole.
  public let torn: FileProblem?

  /// All episodes, as ``EpisodeFile/readAll(_:limit:progress:world:)`` has them.
  public func all(
    limit: Int = 1_000, progress: @escaping (Int) -> Void = { _ in }, world: @escaping (String) throws -> any World
  ) throws(FileProblem) -> EpisodeCollection {
    var reader = EpisodeFile.Reader(try text.lines(from: 0, line: 1), world: world)
    reader.progress = progress
    (reader.end, reader.levels) = (end, levels)
    return try EpisodeCollection(reader, path: path, limit: limit)
  }

  /// The episode of a number, from 0.
  public func episode(
    _ number: Int, world: @escaping (String) throws -> any World
  ) throws(FileProblem) -> RecordedEpisode {
    guard places.indices.contains(number) else {
      throw FilePlace(path: path).bad(
        "there is no episode \(number + 1)", mend: "it has \(places.count), counted from 1")
    }
    let place = places[number]
    var reader = EpisodeFile.Reader(try text.lines(from: place.offset, line: place.line), number: number, world: world)
    (reader.end, reader.levels) = (end, levels)
    guard let next = reader.next() else {
      throw FilePlace(path: path).bad("there is no episode any more", line: place.line, mend: "open the file anew")
    }
    return try next.get()
  }
}

/// Looks for headers in a file that comes in pieces.
private struct HeaderSearch {
  let place: FilePlace
  private var places: [(offset: Int, line: Int)] = []
  /// The beginning of a line whose end has not come yet.
  private var rest: [UInt8] = []
  /// Bytes before that line, and its number.
  private var offset = 0
  private(set) var line = 1
  /// The names of the levels that headers have, but for those that draw one.
  private(set) var names: Set<String> = []
  /// What is said of a last line that was cut.
  private(set) var torn: FileProblem?

  init(place: FilePlace) { self.place = place }

  /// How many were found.
  var count: Int { places.count }

  mutating func take(_ bytes: [UInt8]) throws(FileProblem) {
    var start = 0
    while let end = HeaderSearch.lineFeed(in: bytes, from: start) {
      if rest.isEmpty {
        try look(at: bytes[start..<end])
      } else {
        rest += bytes[start..<end]
        try look(at: rest[...])
      }
      offset += (rest.isEmpty ? end - start : rest.count) + 1
      rest = []
      line += 1
      start = end + 1
    }
    rest += bytes[start...]
    guard rest.count <= LineSource.longestLine else { throw place.tooLong(line) }
  }

  /// The places, once all has come.
  mutating func end() throws(FileProblem) -> [(offset: Int, line: Int)] {
    guard !rest.isEmpty else { return places }
    let text = LineSource.text(of: rest[...], isOpen: true)
    do throws(JSONProblem) {
      if TextDecoder.firstInvalid(in: text) == nil, !LineSource.isBlank(text) { _ = try JSON(parsing: text) }
    } catch {
      if error.isAtEnd {
        torn = EpisodeFile.torn(EpisodeFile.openLine, place: place, line: line)
        return places
      }
    }
    try look(at: rest[...])
    return places
  }

  private mutating func look(at text: ArraySlice<UInt8>) throws(FileProblem) {
    guard text.count <= LineSource.longestLine else { throw place.tooLong(line) }
    let text = LineSource.text(of: text)
    let (isHeader, header) = HeaderSearch.header(text)
    // What the first line says may be damaged past knowing; an episode begins there all the same.
    guard places.isEmpty ? !LineSource.isBlank(text) : isHeader else { return }
    guard places.count < EpisodeIndex.most else {
      throw place.bad("the file has more than \(EpisodeIndex.most) episodes", line: line, mend: "split it")
    }
    places.append((offset, line))
    let name = header?["level"]?["reference"]?.string ?? ""
    if name.contains("/"), name.utf8.count < 512 { names.insert(name) }
  }

  private static func lineFeed(in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBytes { bytes in
      guard start < bytes.count, let base = bytes.baseAddress else { return nil }
      return memchr(base + start, 0x0A, bytes.count - start).map { base.distance(to: UnsafeRawPointer($0)) }
    }
  }

  /// Whether a line has a key `format`, as far as it can be read: then an episode begins there; and the object, where it
  /// is one.
  private static func header(_ text: ArraySlice<UInt8>) -> (isOne: Bool, object: JSON?) {
    guard mayBeHeader(text) else { return (false, nil) }
    do throws(JSONProblem) {
      let line = try JSON(parsing: text)
      return (line["format"] != nil, line)
    } catch {
      return (EpisodeFile.beginsEpisode(text), nil)
    }
  }

  /// Whether the word stands anywhere in a line. Its first letter is rare, so most of a line is passed over at once.
  private static func mayBeHeader(_ text: ArraySlice<UInt8>) -> Bool {
    text.withUnsafeBytes { text in
      word.withUnsafeBytes { word in
        guard let base = text.baseAddress, let wanted = word.baseAddress else { return false }
        var start = 1
        while start < text.count, let found = memchr(base + start, 0x66, text.count - start) {
          let place = base.distance(to: UnsafeRawPointer(found))
          if place - 1 + word.count <= text.count, memcmp(base + place - 1, wanted, word.count) == 0 { return true }
          start = place + 1
        }
        return false
      }
    }
  }

  private static let word = Array("\"format\"".utf8)
}
