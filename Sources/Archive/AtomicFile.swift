import Foundation
import Synchronization

/// A file that is written part by part and is there whole in the end, or not at all; an old one stays until then.
///
/// What is written goes to a temporary file beside it. A link is followed, an existing file keeps its permissions, and
/// nothing but a regular file is ever replaced.
public struct AtomicFile: ~Copyable, Sendable {
  /// The temporary files of this process, so that a signal leaves none of them behind; `nil` once none may be there.
  private static let temporaries = Mutex<Set<String>?>([])

  private let sink: FileSink
  private let target: String, temporary: String
  private let mode: mode_t?

  /// Begins a file.
  public init(_ path: String) throws(FileProblem) {
    let place = FilePlace(path: path)
    let found = try AtomicFile.target(of: path, place: place)
    let begun = try AtomicFile.begin(beside: found.path, place: place)
    (target, mode, temporary) = (found.path, found.mode, begun.path)
    sink = FileSink(descriptor: begun.descriptor, path: path)
  }

  deinit {
    close(sink.descriptor)
    AtomicFile.temporaries.withLock { temporaries in
      if temporaries?.remove(temporary) != nil { unlink(temporary) }
    }
  }

  /// Adds bytes to the end.
  public func write(_ bytes: some Collection<UInt8>) throws(FileProblem) { try sink.write(bytes) }

  /// Puts the whole file where it belongs.
  public consuming func commit() throws(FileProblem) {
    let place = FilePlace(path: sink.path)
    if let mode, fchmod(sink.descriptor, mode & 0o777) != 0 {
      throw FileSource.problem(errno, at: place, doing: "write")
    }
    guard fsync(sink.descriptor) == 0 else { throw FileSource.problem(errno, at: place, doing: "write") }
    let code = AtomicFile.temporaries.withLock { temporaries -> Int32? in
      guard temporaries != nil else { return nil }
      guard rename(temporary, target) == 0 else { return errno }
      temporaries?.remove(temporary)
      return 0
    }
    guard let code else { AtomicFile.awaitEnd() }
    guard code == 0 else { throw FileSource.problem(code, at: place, doing: "write") }
    let folder = open(AtomicFile.parent(of: target), O_RDONLY | O_CLOEXEC)
    if folder >= 0 {
      _ = fsync(folder)
      close(folder)
    }
  }

  /// Writes a file that is known whole.
  public static func write(_ data: Data, to path: String) throws(FileProblem) {
    let file = try AtomicFile(path)
    try file.write(data)
    try file.commit()
  }

  /// Removes what was begun and is not whole, for those who end the process: whoever begins or commits a file from
  /// then on waits for the end.
  public static func abandonAll() {
    temporaries.withLock { temporaries in
      for path in temporaries ?? [] { unlink(path) }
      temporaries = nil
    }
  }

  /// Whether a file is there that would be written over; what is no file is another matter.
  public static func isTaken(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  private static func awaitEnd() -> Never { while true { sleep(1) } }

  /// Whether a file could be written now, so that long work which ends in it is not begun in vain. Nothing is left behind.
  public static func check(_ path: String) throws(FileProblem) {
    _ = try AtomicFile(path)
  }

  /// Where a path leads, and the mode of the file that is there.
  private static func target(of path: String, place: FilePlace) throws(FileProblem) -> (path: String, mode: mode_t?) {
    guard !path.isEmpty, path != "-", !path.utf8.contains(0), !path.hasSuffix("/") else {
      throw place.broken("this is no file to write to", mend: "name a file")
    }
    let target = try followed(path, place: place)
    var status = stat()
    guard stat(target, &status) == 0 else { return (target, nil) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw place.broken("this is a folder", mend: "name a file in it")
    default: throw place.broken("this is no regular file", mend: "name another file")
    }
    // A folder that may be written to lets rename(2) replace files that may not.
    guard access(target, W_OK) == 0 else { throw FileSource.problem(errno, at: place, doing: "write") }
    return (target, status.st_mode)
  }

  /// Where a path leads when it is a link.
  private static func followed(_ path: String, place: FilePlace) throws(FileProblem) -> String {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFLNK else { return path }
    guard let resolved = realpath(path, nil) else {
      if errno == ENOENT {
        throw place.broken("this is a link, and what it leads to is not there", mend: "remove it, or name another file")
      }
      throw FileSource.problem(errno, at: place, doing: "write")
    }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  private static func begin(
    beside target: String, place: FilePlace
  ) throws(FileProblem) -> (path: String, descriptor: Int32) {
    let folder = parent(of: target)
    for _ in 0..<16 {
      let path = "\(folder)/.wayward-\(getpid())-\(UInt64.random(in: 0...UInt64.max)).tmp"
      // A signal finds it known as soon as it is there.
      let opened = temporaries.withLock { temporaries -> (descriptor: Int32, code: Int32)? in
        guard temporaries != nil else { return nil }
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
        let code = errno
        if descriptor >= 0 { temporaries?.insert(path) }
        return (descriptor, code)
      }
      guard let (descriptor, code) = opened else { awaitEnd() }
      if descriptor >= 0 { return (path, descriptor) }
      if code == ENOENT {
        var status = stat()
        guard stat(folder, &status) != 0 else {
          throw place.broken("no files can be made in '\(folder)'", mend: "choose another folder")
        }
        throw place.broken("there is no folder '\(folder)'", mend: "make it first")
      }
      if code != EEXIST && code != EINTR { throw FileSource.problem(code, at: place, doing: "write") }
    }
    throw place.broken("no temporary file could be made beside it", mend: "try again")
  }
}
