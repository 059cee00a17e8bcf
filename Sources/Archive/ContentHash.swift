import Foundation
import Gridworlds

/// A hash of 64 bits of a sequence of bytes, in whatever parts they come. It finds what was changed by accident, not by
/// an enemy.
public struct ContentHash: Sendable, Equatable {
  /// Bytes so far.
  public private(set) var count = 0
  private var state: UInt64 = 0
  private var word: UInt64 = 0

  /// Of nothing.
  public init() {}

  /// Of the bytes of a regular file; `nil` where it cannot be read, or once only, as a pipe can.
  public init?(file path: String) {
    guard ContentHash.canRead(path) else { return nil }
    do throws(FileProblem) {
      let source = try FileSource(path)
      while let bytes = try source.next(atMost: 1 << 16) { add(bytes) }
    } catch { return nil }
  }

  /// Whether a file can be read more than once, as a pipe cannot.
  public static func canRead(_ path: String) -> Bool {
    var status = stat()
    return path != "-" && stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// Of several files, one after the other; `nil` where one of them has none.
  public init?(files paths: [String]) {
    for path in paths {
      guard let hash = ContentHash(file: path) else { return nil }
      add(Array("\(hash.text) \(hash.count)\n".utf8))
    }
  }

  /// Adds bytes to the end.
  public mutating func add(_ bytes: [UInt8]) {
    for byte in bytes {
      word = word << 8 | UInt64(byte)
      count += 1
      if count % 8 == 0 { (state, word) = (RandomSource.mix(state ^ word) &+ 0x9E37_79B9_7F4A_7C15, 0) }
    }
  }

  /// Sixteen hexadecimal digits.
  public var text: String {
    let digits = String(RandomSource.mix(state ^ word ^ UInt64(count) << 56 ^ UInt64(count)), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
