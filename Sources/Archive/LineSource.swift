import Foundation

/// The lines of a text file one after another, decoded, none longer than a limit, so that no file fills the memory.
public struct LineSource {
  /// Bytes of the longest line.
  public static let longestLine = 4 << 20

  let place: FilePlace
  /// The number of the line that was read last, from 1.
  public private(set) var line = 0
  /// Whether nothing but the end of the file ended the line that was read last.
  public private(set) var isOpen = false
  /// Whether a problem was that nothing makes sense from there on, or ends too early: what came before it is whole.
  public private(set) var isCut = false
  /// The line that was read last where it is not UTF-8, which says nothing of the next one; else `nil`.
  private(set) var damaged: ArraySlice<UInt8>?
  private let source: ByteSource?
  private var decoder: TextDecoder
  private var buffer: [UInt8] = []
  /// Bytes of the file before the buffer.
  private var offset = 0
  private var start = 0
  private var isAtEnd = false

  /// The lines of a file or a pipe, or of standard input where the path is `-`; see ``BoundedFile`` and
  /// ``TextDecoder``.
  /// - Parameter largestOutput: bytes that may come out of a compressed file.
  public init(path: String, largestOutput: Int = BoundedFile.largestOutput) throws(FileProblem) {
    self.init(try ByteSource(path, largestOutput: largestOutput), path: path)
  }

  init(_ source: ByteSource, path: String) {
    place = FilePlace(path: path)
    decoder = TextDecoder(place, passesUTF8: true)
    self.source = source
  }

  /// The lines of UTF-8 from a place on, of which the number is known.
  init(_ source: FileSource, path: String, from offset: Int, line: Int) throws(FileProblem) {
    place = FilePlace(path: path)
    source.seek(to: offset)
    decoder = TextDecoder(place, isPlain: true, passesUTF8: true)
    self.source = try ByteSource(source, path: path)
    (self.line, self.offset) = (line - 1, offset)
  }

  /// The lines of bytes that are there already.
  public init(_ bytes: Data, path: String) {
    place = FilePlace(path: path)
    decoder = TextDecoder(place, passesUTF8: true)
    source = nil
    pending = [UInt8](bytes)
  }

  private var pending: [UInt8] = []

  /// The next line that is not blank, without its end and without a mark before it; `nil` after the last.
  public mutating func next() throws(FileProblem) -> ArraySlice<UInt8>? {
    while let text = try nextEvenBlank() {
      if !LineSource.isBlank(text) { return text }
    }
    return nil
  }

  private mutating func nextEvenBlank() throws(FileProblem) -> ArraySlice<UInt8>? {
    damaged = nil
    var searched = start
    while true {
      if let end = buffer[searched...].firstIndex(of: 0x0A) { return try cut(at: end, next: end + 1) }
      searched = buffer.count
      guard searched - start <= LineSource.longestLine else { throw place.tooLong(line + 1) }
      if isAtEnd {
        isOpen = true
        return start < buffer.count ? try cut(at: buffer.count, next: buffer.count) : nil
      }
      buffer.removeFirst(start)
      offset += start
      searched -= start
      start = 0
      buffer += try more()
    }
  }

  /// The text that follows; at the end, what is left of it.
  private mutating func more() throws(FileProblem) -> [UInt8] {
    do throws(FileProblem) {
      if let source {
        if let bytes = try source.next(atMost: 1 << 16) { return try decoder.take(bytes) }
      } else if !pending.isEmpty {
        defer { pending = [] }
        return try decoder.take(pending)
      }
      isAtEnd = true
      return try decoder.end()
    } catch {
      isCut = source?.isCut ?? false || decoder.isDamaged
      line += 1
      throw error
    }
  }

  private mutating func cut(at end: Int, next: Int) throws(FileProblem) -> ArraySlice<UInt8> {
    line += 1
    guard end - start <= LineSource.longestLine else { throw place.tooLong(line) }
    defer { start = next }
    let text = LineSource.text(of: buffer[start..<end], isOpen: isOpen)
    guard let at = TextDecoder.firstInvalid(in: text) else { return text }
    damaged = text
    throw place.bad(
      "byte \(offset + text.startIndex + at) is not UTF-8", line: line, mend: "save the file as UTF-8")
  }

  /// What a line says, without its end and without a mark before it; where nothing ended it, without a character that
  /// was cut.
  static func text(of line: ArraySlice<UInt8>, isOpen: Bool = false) -> ArraySlice<UInt8> {
    let text = line.last == 0x0D ? line.dropLast() : line
    // Files that were put one behind the other have a mark within.
    let unmarked = text.starts(with: [0xEF, 0xBB, 0xBF]) ? text.dropFirst(3) : text
    return isOpen ? unmarked.dropLast(TextDecoder.begun(at: unmarked)) : unmarked
  }

  /// Whether there is nothing but space in a line.
  static func isBlank(_ text: ArraySlice<UInt8>) -> Bool { !text.contains { $0 != 0x20 && $0 != 0x09 } }
}

extension FilePlace {
  /// A line with more than ``LineSource/longestLine``.
  func tooLong(_ line: Int) -> FileProblem {
    bad(
      "the line has more than \(BoundedFile.bytes(LineSource.longestLine))", line: line,
      mend: "write one JSON object a line")
  }
}
