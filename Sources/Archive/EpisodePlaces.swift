import Foundation
import Gridworlds

extension EpisodeFile {
  /// Where an episode begins in a file.
  public struct Place: Sendable, Hashable {
    /// Bytes before its header.
    let offset: Int
    /// The header's line, from 1.
    let line: Int
  }

  /// The most episodes that a file is searched for.
  public static let mostPlaces = 1_000_000

  /// Where the episodes of a regular file begin; of other lines only as much is read as tells that they are no headers.
  /// - Complexity: O(bytes); a few tenths of a second for 200 MB.
  public static func places(in path: String) throws(FileProblem) -> [Place] {
    guard path != "-" else {
      throw FilePlace(path: path).broken("standard input cannot be read twice", mend: "write it to a file first")
    }
    let source = try FileSource(path)
    var search = HeaderSearch(place: FilePlace(path: path))
    while let bytes = try source.next(atMost: 1 << 20) { try search.take(bytes) }
    return try search.end()
  }

  /// The episode that begins at a place.
  public static func read(
    _ path: String, at place: Place, world: @escaping (String) throws -> any World
  ) throws(FileProblem) -> RecordedEpisode {
    var reader = Reader(try LineSource(path: path, from: place.offset, line: place.line), world: world)
    reader.isFromStart = false
    guard let next = reader.next() else {
      throw FilePlace(path: path).bad("there is no episode any more", line: place.line, mend: "open the file anew")
    }
    return try next.get()
  }
}

/// Looks for headers in a file that comes in pieces.
private struct HeaderSearch {
  let place: FilePlace
  private var places: [EpisodeFile.Place] = []
  /// The beginning of a line whose end has not come yet.
  private var rest: [UInt8] = []
  /// Bytes before that line, and its number.
  private var offset = 0
  private var line = 1

  init(place: FilePlace) { self.place = place }

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
    guard rest.count <= LineSource.longestLine else { throw tooLong }
  }

  /// The places, once all has come.
  mutating func end() throws(FileProblem) -> [EpisodeFile.Place] {
    if !rest.isEmpty { try look(at: rest[...]) }
    return places
  }

  private var tooLong: FileProblem {
    place.bad(
      "the line has more than \(BoundedFile.bytes(LineSource.longestLine))", line: line,
      mend: "write one JSON object a line")
  }

  private mutating func look(at text: ArraySlice<UInt8>) throws(FileProblem) {
    guard text.count <= LineSource.longestLine else { throw tooLong }
    guard HeaderSearch.isHeader(text) else { return }
    guard places.count < EpisodeFile.mostPlaces else {
      throw place.bad("the file has more than \(EpisodeFile.mostPlaces) episodes", line: line, mend: "split it")
    }
    places.append(EpisodeFile.Place(offset: offset, line: line))
  }

  private static func lineFeed(in bytes: [UInt8], from start: Int) -> Int? {
    bytes.withUnsafeBytes { bytes in
      guard start < bytes.count, let base = bytes.baseAddress else { return nil }
      return memchr(base + start, 0x0A, bytes.count - start).map { base.distance(to: UnsafeRawPointer($0)) }
    }
  }

  /// Whether a line has a key `format`: then an episode begins there.
  private static func isHeader(_ text: ArraySlice<UInt8>) -> Bool {
    guard mayBeHeader(text) else { return false }
    let isReturned = text.last == 0x0D
    do throws(JSONProblem) {
      return try JSON(parsing: isReturned ? text.dropLast() : text)["format"] != nil
    } catch {
      // What is no JSON is a problem of the episode before it.
      return false
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
