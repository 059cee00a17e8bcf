import Foundation

/// Writing that leaves either the old file or the whole new one, whatever happens meanwhile.
public enum AtomicFile {
  /// Writes a file by way of a temporary one beside it.
  ///
  /// A link is followed, an existing file keeps its permissions, and nothing but a regular file is ever replaced.
  public static func write(_ data: Data, to path: String) throws(FileProblem) {
    let place = FilePlace(path: path)
    let (target, mode) = try target(of: path, place: place)
    let (temporary, descriptor) = try begin(beside: target, place: place)
    var isDone = false
    defer { if !isDone { unlink(temporary) } }
    do throws(FileProblem) {
      try put(data, into: descriptor, place: place)
      if let mode, fchmod(descriptor, mode & 0o777) != 0 {
        throw FileSource.problem(errno, at: place, doing: "write")
      }
      guard fsync(descriptor) == 0 else { throw FileSource.problem(errno, at: place, doing: "write") }
    } catch {
      close(descriptor)
      throw error
    }
    guard close(descriptor) == 0, rename(temporary, target) == 0 else {
      throw FileSource.problem(errno, at: place, doing: "write")
    }
    isDone = true
    let folder = open(parent(of: target), O_RDONLY | O_CLOEXEC)
    if folder >= 0 {
      _ = fsync(folder)
      close(folder)
    }
  }

  /// Whether a file could be written now, so that long work which ends in it is not begun in vain. Nothing is left behind.
  public static func check(_ path: String) throws(FileProblem) {
    let place = FilePlace(path: path)
    let (temporary, descriptor) = try begin(beside: target(of: path, place: place).path, place: place)
    close(descriptor)
    unlink(temporary)
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
    guard let resolved = realpath(path, nil) else { throw FileSource.problem(errno, at: place, doing: "write") }
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
      let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o666)
      if descriptor >= 0 { return (path, descriptor) }
      if errno == ENOENT { throw place.broken("there is no folder '\(folder)'", mend: "make it first") }
      if errno != EEXIST && errno != EINTR { throw FileSource.problem(errno, at: place, doing: "write") }
    }
    throw place.broken("no temporary file could be made beside it", mend: "try again")
  }

  private static func put(_ data: Data, into descriptor: Int32, place: FilePlace) throws(FileProblem) {
    var written = 0
    while written < data.count {
      let count = data.withUnsafeBytes { bytes -> Int in
        guard let base = bytes.baseAddress else { return 0 }
        return send(descriptor, base + written, min(bytes.count - written, 1 << 20))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw FileSource.problem(errno, at: place, doing: "write") }
      written += count
    }
  }
}

/// `write(2)`, outside of the type so that its own `write` does not stand before it.
private func send(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}
