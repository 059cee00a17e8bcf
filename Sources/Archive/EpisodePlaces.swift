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

  /// Where the episodes of a regular file begin, without reading more of them than their headers.
  public static func places(in path: String) throws(FileProblem) -> [Place] {
    guard path != "-" else {
      throw FilePlace(path: path).broken("standard input cannot be read twice", mend: "write it to a file first")
    }
    var lines = try LineSource(path: path)
    var places: [Place] = []
    while let bytes = try lines.next() {
      guard isHeader(bytes) else { continue }
      guard places.count < mostPlaces else {
        throw lines.place.bad("the file has more than \(mostPlaces) episodes", line: lines.line, mend: "split it")
      }
      places.append(Place(offset: lines.offset, line: lines.line))
    }
    return places
  }

  /// The episode that begins at a place.
  public static func read(
    _ path: String, at place: Place, world: @escaping (String) throws -> any World
  ) throws(FileProblem) -> RecordedEpisode {
    var reader = Reader(try LineSource(path: path, from: place.offset, line: place.line), world: world)
    guard let next = reader.next() else {
      throw FilePlace(path: path).bad("there is no episode any more", line: place.line, mend: "open the file anew")
    }
    return try next.get()
  }

  /// Whether a line has a key `format`: then an episode begins there.
  private static func isHeader(_ bytes: ArraySlice<UInt8>) -> Bool {
    if bytes.starts(with: opening) { return true }
    guard bytes.firstRange(of: word) != nil else { return false }
    do throws(JSONProblem) { return try JSON(parsing: bytes)["format"] != nil } catch { return false }
  }

  private static let opening = Array("{\"format\":".utf8)
  private static let word = Array("\"format\"".utf8)
}
