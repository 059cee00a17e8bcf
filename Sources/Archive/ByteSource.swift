import Foundation

/// The bytes of a file, a pipe or standard input as they are meant: decompressed where they are compressed, whatever
/// the file is called. Every reader of files begins here.
final class ByteSource {
  /// Whether reading can begin anywhere, and again.
  let isSeekable: Bool
  /// Bytes that are to come in all, where that is known.
  var size: Int? { isSeekable ? file.size : nil }
  /// How a file begins that Git LFS has put in the place of another one.
  private static let pointer = Array("version https://git-lfs".utf8)
  private let file: FileSource
  private let gzip: GzipSource?

  convenience init(
    _ path: String, takesPipes: Bool = true, largestOutput: Int = BoundedFile.largestOutput
  ) throws(FileProblem) {
    try self.init(FileSource(path, takesPipes: takesPipes), path: path, largestOutput: largestOutput)
  }

  init(
    _ file: FileSource, path: String, largestOutput: Int = BoundedFile.largestOutput
  ) throws(FileProblem) {
    self.file = file
    let first = try file.peek(ByteSource.pointer.count)
    guard first != ByteSource.pointer else {
      throw FilePlace(path: path).bad(
        "this is a pointer of Git LFS, and the file itself was not fetched", mend: "get it with: git lfs pull")
    }
    let isCompressed = first.starts(with: GzipSource.mark)
    gzip = isCompressed ? try GzipSource(file, path: path, limit: largestOutput) : nil
    isSeekable = file.isRegular && !isCompressed
  }

  /// Whether a problem was that the data ends before its end.
  var isCut: Bool { gzip?.isCut ?? false }

  /// The next bytes, at most so many; `nil` at the end.
  func next(atMost count: Int) throws(FileProblem) -> [UInt8]? {
    if let gzip { try gzip.next(atMost: count) } else { try file.next(atMost: count) }
  }
}
