import Foundation

/// Text in which reading can begin anywhere: a file of UTF-8 as it lies there; of anything else (a pipe, standard
/// input, a compressed file, UTF-16) a copy, which nobody else sees and which is gone with the program.
final class SeekableText: Sendable {
  let path: String
  /// Why the text ends before its end; `nil` where it does not, or where the last line will tell.
  let cut: FileProblem?
  /// The copy; `nil` where the file itself is read.
  private let copy: Int32?

  /// - Parameter largestCopy: bytes of the longest copy.
  init(path: String, largestCopy: Int = BoundedFile.largestOutput) throws(FileProblem) {
    self.path = path
    let place = FilePlace(path: path)
    let file = try FileSource(path)
    let bytes = try ByteSource(file, path: path)
    if bytes.isSeekable, try TextDecoder.isUTF8(file.peek(4), place: place) {
      (copy, cut) = (nil, nil)
    } else {
      (copy, cut) = try SeekableText.copied(bytes, place, limit: largestCopy)
    }
  }

  deinit {
    if let copy { close(copy) }
  }

  /// Whether the file itself is not what is read.
  var isCopied: Bool { copy != nil }

  /// The bytes from the start on.
  func bytes() throws(FileProblem) -> FileSource {
    guard let copy else { return try FileSource(path, takesPipes: false) }
    return FileSource(copy, of: self, path: path, from: 0)
  }

  /// Whether there is nothing in it, and nothing was lost of it.
  var isEmpty: Bool {
    get throws(FileProblem) {
      guard cut == nil else { return false }
      return try bytes().next(atMost: 1) == nil
    }
  }

  /// Whether it begins as an object of JSON does, a brace and a name, as recordings do and no level.
  var beginsWithObject: Bool {
    get throws(FileProblem) {
      let first = try bytes().next(atMost: 1 << 12) ?? []
      let text = first.starts(with: [0xEF, 0xBB, 0xBF]) ? first.dropFirst(3) : first[...]
      return JSON.beginsObject(text)
    }
  }

  /// All of it.
  /// - Parameter limit: bytes; a text with more is refused.
  func whole(limit: Int) throws(FileProblem) -> Data {
    if let cut { throw cut }
    let source = try bytes()
    var data = Data()
    while let chunk = try source.next(atMost: 1 << 16) {
      data.append(contentsOf: chunk)
      if data.count > limit {
        throw FileProblem(
          path: path, cause: "the file has more than \(BoundedFile.bytes(limit))", mend: "only smaller files are read")
      }
    }
    return data
  }

  /// The lines from a place on.
  func lines(from offset: Int, line: Int) throws(FileProblem) -> LineSource {
    try LineSource(bytes(), path: path, from: offset, line: line)
  }

  private static func copied(
    _ bytes: ByteSource, _ place: FilePlace, limit: Int
  ) throws(FileProblem) -> (copy: Int32, cut: FileProblem?) {
    let folder = FileManager.default.temporaryDirectory.path
    var name = Array("\(folder)/wayward-XXXXXX".utf8CString)
    let copy = mkstemp(&name)
    guard copy >= 0 else { throw FileSource.problem(errno, at: FilePlace(path: folder), doing: "write to") }
    unlink(name)
    _ = fcntl(copy, F_SETFD, FD_CLOEXEC)
    let sink = FileSink(descriptor: copy, path: folder)
    // What is wrong with a line is found by those who read it.
    var decoder = TextDecoder(place, passesUTF8: true)
    do throws(FileProblem) {
      var count = 0
      func take(_ text: [UInt8]) throws(FileProblem) {
        count += text.count
        guard count <= limit else {
          throw place.bad(
            "there are more than \(BoundedFile.bytes(limit)), and so much is read only from a file of UTF-8",
            mend: "write it to one, and name that")
        }
        try sink.write(text)
      }
      while let chunk = try bytes.next(atMost: 1 << 16) { try take(decoder.take(chunk)) }
      try take(decoder.end())
      return (copy, nil)
    } catch {
      // What came before it is whole.
      if error.kind == .badData, bytes.isCut || decoder.isDamaged { return (copy, error) }
      close(copy)
      throw error
    }
  }
}
