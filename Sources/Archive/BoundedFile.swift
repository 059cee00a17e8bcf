import Foundation

/// Reading that cannot be made to grow without end.
public enum BoundedFile {
  /// The same as ``read(_:limit:takesPipes:)`` for a text in any encoding, as UTF-8.
  public static func readText(_ path: String, limit: Int) throws(FileProblem) -> Data {
    Data(try TextDecoder.decoded(read(path, limit: limit), place: FilePlace(path: path)))
  }

  /// Bytes that may come out of a compressed file, which can be a thousandth of that: 2 GB.
  public static let largestOutput = 2 << 30

  /// Reads a file or a pipe, or standard input where the path is `-`; what is compressed comes decompressed.
  /// - Parameters:
  ///   - limit: bytes; a file with more is refused.
  ///   - takesPipes: whether what is no regular file is read too, and waited for.
  /// - Throws: ``FileProblem`` where there is nothing to read, too much, or no such file.
  public static func read(_ path: String, limit: Int, takesPipes: Bool = true) throws(FileProblem) -> Data {
    let source = try ByteSource(path, takesPipes: takesPipes)
    var data = Data()
    while let chunk = try source.next(atMost: min(1 << 16, limit + 1 - data.count)) {
      data.append(contentsOf: chunk)
      if data.count > limit {
        throw FileProblem(
          path: path, cause: "the file has more than \(bytes(limit))", mend: "only smaller files are read")
      }
    }
    return data
  }

  /// `2 GB`, `2 MB`, `300 bytes`.
  static func bytes(_ count: Int) -> String {
    if count >= 1 << 30, count % (1 << 30) == 0 { return "\(count >> 30) GB" }
    if count >= 1 << 20, count % (1 << 20) == 0 { return "\(count >> 20) MB" }
    if count >= 1 << 10, count % (1 << 10) == 0 { return "\(count >> 10) kB" }
    return count == 1 ? "1 byte" : "\(count) bytes"
  }
}
