import Foundation
import Synchronization

/// An open file, pipe or standard input, as it lies there; closed with the last reference to it.
final class FileSource {
  /// Whether reading can begin anywhere, and again.
  let isRegular: Bool
  /// Bytes of a regular file.
  let size: Int
  private let descriptor: Int32
  private let path: String
  private let owner: AnyObject?
  /// Where a regular file is read on; others go on by themselves.
  private var offset = 0
  /// Bytes that were looked at before it was their turn.
  private var ahead: [UInt8] = []
  /// Whether a pipe's first writer is to be waited for: without one it reads as if it had ended.
  private var awaitsWriter = false
  /// Whether others write what is read, who may be late.
  private let isPipe: Bool
  /// Whether it was said that it is waited for.
  private var hasWaited = false
  /// Whether standard input was opened before.
  private static let hasInput = Mutex(false)

  /// - Parameter takesPipes: whether what is no regular file is read too; a folder's files are nobody's word for that.
  init(_ path: String, takesPipes: Bool = true) throws(FileProblem) {
    self.path = path
    owner = nil
    let place = FilePlace(path: path)
    if path == "-" {
      descriptor = 0
    } else {
      guard !path.isEmpty, !path.utf8.contains(0) else {
        throw place.broken("this is no path", mend: "name a file")
      }
      // Without O_NONBLOCK a pipe that nobody writes to would hold the program inside of `open`.
      let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
      guard opened >= 0 else { throw FileSource.problem(errno, at: place, doing: "read") }
      descriptor = opened
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      let code = errno
      if descriptor != 0 { close(descriptor) }
      throw FileSource.problem(code, at: place, doing: "read")
    }
    // Standard input may be a file that the shell's other commands have read a part of already.
    isRegular = status.st_mode & S_IFMT == S_IFREG && path != "-"
    size = isRegular ? Int(status.st_size) : 0
    isPipe = [S_IFIFO, S_IFSOCK].contains(status.st_mode & S_IFMT)
    if !isRegular, FileReference.isStandardInput(path) { try FileSource.claimInput(place) }
    awaitsWriter = status.st_mode & S_IFMT == S_IFIFO && FileSource.isNamed(path)
    let refused: (cause: String, mend: String)?
    switch status.st_mode & S_IFMT {
    case S_IFREG: refused = nil
    case S_IFDIR: refused = ("this is a folder", "name a file in it")
    case S_IFIFO where takesPipes, S_IFSOCK where takesPipes, S_IFCHR where path == "-": refused = nil
    case _ where !takesPipes: refused = ("this is no regular file", "name one that is")
    default: refused = ("this is no regular file", "send it to standard input and write '-'")
    }
    // What is thrown from here on closes it: all of it is there, so that it is taken down as any other.
    if let refused { throw place.broken(refused.cause, mend: refused.mend) }
  }

  /// A regular file that stays open with its owner.
  init(_ descriptor: Int32, of owner: AnyObject, path: String, from offset: Int) {
    (self.descriptor, self.owner, self.path, self.offset) = (descriptor, owner, path, offset)
    (isRegular, size, isPipe) = (true, 0, false)
  }

  deinit {
    if descriptor != 0, owner == nil { close(descriptor) }
  }

  /// Whether a path leads to what may never be written, as a pipe: neither a regular file nor a folder.
  static func mayWait(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && ![S_IFREG, S_IFDIR].contains(status.st_mode & S_IFMT)
  }

  /// Goes on from a place of a regular file.
  func seek(to offset: Int) {
    self.offset = offset
    ahead = []
  }

  /// The first bytes of what is to come, which stay to come; fewer at the end.
  func peek(_ count: Int) throws(FileProblem) -> [UInt8] {
    while ahead.count < count, let more = try receive(atMost: count - ahead.count) { ahead += more }
    return Array(ahead.prefix(count))
  }

  /// The next bytes, at most so many; `nil` at the end.
  func next(atMost count: Int) throws(FileProblem) -> [UInt8]? {
    guard !ahead.isEmpty, count > 0 else { return try receive(atMost: count) }
    defer { ahead.removeFirst(min(count, ahead.count)) }
    return Array(ahead.prefix(count))
  }

  private func receive(atMost count: Int) throws(FileProblem) -> [UInt8]? {
    guard count > 0 else { return nil }
    // What came and went since it was opened is told as well.
    if awaitsWriter || isPipe { wait() }
    awaitsWriter = false
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, received in
      received = 0
      guard let base = buffer.baseAddress else { return }
      while true {
        let result = isRegular ? pread(descriptor, base, count, off_t(offset)) : receiveSome(descriptor, base, count)
        if result >= 0 {
          received = result
          return
        }
        failure = errno
        if failure == EAGAIN {
          wait()
        } else if failure != EINTR {
          return
        }
        failure = 0
      }
    }
    guard failure == 0 else { throw FileSource.problem(failure, at: FilePlace(path: path), doing: "read") }
    offset += bytes.count
    return bytes.isEmpty ? nil : bytes
  }

  /// Waits until something can be read, or a pipe's last writer has gone, as cat waits.
  private func wait() {
    var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    if !hasWaited {
      let found = poll(&watched, 1, 1_000)
      if found > 0 { return }
      hasWaited = found == 0
      if hasWaited { Waiting.tell(of: path) }
    }
    while poll(&watched, 1, -1) < 0, errno == EINTR {}
  }

  /// Whether a pipe has a name of its own, under which others can open it; that of a descriptor is none.
  private static func isNamed(_ path: String) -> Bool {
    guard path != "-", let real = realpath(path, nil) else { return false }
    defer { free(real) }
    var status = stat()
    return lstat(real, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
  }

  /// Standard input for the one who reads it.
  private static func claimInput(_ place: FilePlace) throws(FileProblem) {
    let isFirst = hasInput.withLock { hasInput in
      defer { hasInput = true }
      return !hasInput
    }
    guard isFirst else {
      throw .usage("standard input can be read once", mend: "write it to a file, and name that each time")
    }
  }

  /// The problem that an error number of the system stands for.
  static func problem(_ code: Int32, at place: FilePlace, doing verb: String) -> FileProblem {
    switch code {
    // A byte that is no UTF-8 has become this sign on the way to us, and under that name there is no file.
    case ENOENT where place.path.unicodeScalars.contains("\u{FFFD}"):
      place.broken("there is no such file, or its name is no UTF-8", mend: "rename it")
    case ENOENT: place.broken("there is no such file", mend: "check the name")
    case ENOTDIR: place.broken("a part of the path is no folder", mend: "check the path")
    case EISDIR: place.broken("this is a folder", mend: "name a file in it")
    case EACCES, EPERM: place.broken("the system does not let you \(verb) it", mend: "check its permissions")
    case ELOOP: place.broken("the links lead round in a circle", mend: "check where they point")
    case ENOSPC, EDQUOT: place.broken("the disk is full", mend: "make room for it")
    case EROFS: place.broken("the disk is read-only", mend: "choose another place")
    case EPIPE: place.broken("nobody reads it any more", mend: "send it to a file to have all of it")
    case EBADF: place.broken("it is closed", mend: "open it or send it elsewhere")
    case ENAMETOOLONG: place.broken("the name is too long", mend: "choose a shorter one")
    default: place.broken("the system could not \(verb) it (\(String(cString: strerror(code))))", mend: "try again")
    }
  }
}

/// `read(2)`, outside of the type so that no `read` of ours stands before it.
private func receiveSome(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}
