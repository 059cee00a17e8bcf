import Foundation

/// The lines of a file one after another, none longer than a limit, so that no file fills the memory.
struct LineSource {
  /// Bytes of the longest line.
  static let longestLine = 4 << 20

  let place: FilePlace
  /// The number of the line that was read last, from 1.
  private(set) var line = 0
  private let more: () throws(FileProblem) -> [UInt8]?
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false

  /// The lines of a regular file, or of standard input where the path is `-`.
  init(path: String) throws(FileProblem) {
    place = FilePlace(path: path)
    let source = try FileSource(path)
    more = { () throws(FileProblem) -> [UInt8]? in try source.next(atMost: 1 << 16) }
  }

  /// The lines of a regular file from a place on, of which the number is known.
  init(path: String, from offset: Int, line: Int) throws(FileProblem) {
    place = FilePlace(path: path)
    let source = try FileSource(path)
    try source.seek(to: offset)
    more = { () throws(FileProblem) -> [UInt8]? in try source.next(atMost: 1 << 14) }
    self.line = line - 1
  }

  /// The lines of bytes that are there already.
  init(_ bytes: Data, path: String) {
    place = FilePlace(path: path)
    buffer = [UInt8](bytes)
    isAtEnd = true
    more = { () throws(FileProblem) -> [UInt8]? in nil }
  }

  /// The next line that is not blank, without its end; `nil` after the last.
  mutating func next() throws(FileProblem) -> ArraySlice<UInt8>? {
    while let text = try nextEvenBlank() {
      if text.contains(where: { $0 != 0x20 && $0 != 0x09 }) { return text }
    }
    return nil
  }

  private mutating func nextEvenBlank() throws(FileProblem) -> ArraySlice<UInt8>? {
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0A) { return try cut(at: end, next: end + 1) }
      searched = buffer.count
      guard searched - start <= LineSource.longestLine else { throw tooLong(line + 1) }
      if isAtEnd { return start < buffer.count ? try cut(at: buffer.count, next: buffer.count) : nil }
      buffer.removeFirst(start)
      searched -= start
      start = 0
      if let bytes = try more() { buffer += bytes } else { isAtEnd = true }
    }
  }

  private mutating func cut(at end: Int, next: Int) throws(FileProblem) -> ArraySlice<UInt8> {
    line += 1
    guard end - start <= LineSource.longestLine else { throw tooLong(line) }
    let isReturned = end > start && buffer[end - 1] == 0x0D
    defer { start = next }
    return buffer[start..<(isReturned ? end - 1 : end)]
  }

  private func tooLong(_ line: Int) -> FileProblem {
    place.bad(
      "the line has more than \(BoundedFile.bytes(LineSource.longestLine))", line: line,
      mend: "write one JSON object a line")
  }
}
