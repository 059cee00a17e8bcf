import Archive
import Foundation

/// A file without a name, in memory where the system has such: however its process ends, nothing of it is left.
enum FuzzFile {
  /// Why it cannot be written: no input is to blame.
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  private static let template: [CChar] = {
    let memory = "/dev/shm"
    let folder = access(memory, W_OK) == 0 ? memory : FileManager.default.temporaryDirectory.path
    return Array("\(folder)/wayward-XXXXXX".utf8CString)
  }()

  /// Runs something with the path under which this process can read bytes as a file.
  static func with<Result>(_ bytes: [UInt8], _ body: (String) throws -> Result) throws -> Result {
    var name = template
    let file = mkstemp(&name)
    defer { if file >= 0 { close(file) } }
    guard file >= 0, unlink(name) == 0,
      bytes.withUnsafeBytes({ pwrite(file, $0.baseAddress, $0.count, 0) }) == bytes.count
    else { throw Failure(description: "the file of an input cannot be written: \(String(cString: strerror(errno)))") }
    return try body("/dev/fd/\(file)")
  }
}
