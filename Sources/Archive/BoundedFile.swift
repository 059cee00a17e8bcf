import Foundation

/// Reading that cannot be made to wait or to grow without end.
public enum BoundedFile {
  /// Reads a regular file, or standard input where the path is `-`.
  /// - Parameter limit: bytes; a file with more is refused.
  /// - Throws: ``FileProblem`` where there is nothing to read, too much, or no regular file.
  public static func read(_ path: String, limit: Int) throws(FileProblem) -> Data {
    let source = try FileSource(path)
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

  /// `2 MB`, `300 bytes`.
  static func bytes(_ count: Int) -> String {
    if count >= 1 << 20, count % (1 << 20) == 0 { return "\(count >> 20) MB" }
    if count >= 1 << 10, count % (1 << 10) == 0 { return "\(count >> 10) kB" }
    return count == 1 ? "1 byte" : "\(count) bytes"
  }
}

/// An open regular file, or standard input; closed with the last reference to it.
final class FileSource {
  private let descriptor: Int32
  private let path: String

  init(_ path: String) throws(FileProblem) {
    self.path = path
    let place = FilePlace(path: path)
    if path == "-" {
      descriptor = 0
      return
    }
    guard !path.isEmpty, !path.utf8.contains(0) else {
      throw place.broken("this is no path", mend: "name a file")
    }
    // Without O_NONBLOCK a pipe that nobody writes to would hold the program here.
    let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
    guard opened >= 0 else { throw FileSource.problem(errno, at: place, doing: "read") }
    var status = stat()
    guard fstat(opened, &status) == 0 else {
      let code = errno
      close(opened)
      throw FileSource.problem(code, at: place, doing: "read")
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: descriptor = opened
    case S_IFDIR:
      close(opened)
      throw place.broken("this is a folder", mend: "name a file in it")
    default:
      close(opened)
      throw place.broken("this is no regular file", mend: "send it to standard input and write '-'")
    }
  }

  deinit {
    if descriptor != 0 { close(descriptor) }
  }

  /// Goes on from a place of a regular file.
  func seek(to offset: Int) throws(FileProblem) {
    guard lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else {
      throw FileSource.problem(errno, at: FilePlace(path: path), doing: "read")
    }
  }

  /// The next bytes, at most so many; `nil` at the end.
  func next(atMost count: Int) throws(FileProblem) -> [UInt8]? {
    guard count > 0 else { return nil }
    var buffer = [UInt8](repeating: 0, count: count)
    while true {
      let received = receive(descriptor, &buffer, count)
      if received > 0 { return Array(buffer.prefix(received)) }
      if received == 0 { return nil }
      if errno == EINTR { continue }
      if errno == EAGAIN {
        var wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&wait, 1, -1)
        continue
      }
      throw FileSource.problem(errno, at: FilePlace(path: path), doing: "read")
    }
  }

  /// The problem that an error number of the system stands for.
  static func problem(_ code: Int32, at place: FilePlace, doing verb: String) -> FileProblem {
    switch code {
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
private func receive(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(descriptor, buffer, count)
}
