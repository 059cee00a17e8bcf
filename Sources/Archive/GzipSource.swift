import Foundation

/// What the system's `gzip` makes of a compressed file, in pieces as they come.
///
/// It runs as a process of its own, so that no damaged file can do more than end it. What comes out is limited, and a
/// `gzip` that neither takes nor gives anything for half a minute is ended.
final class GzipSource {
  /// The first bytes of every compressed file.
  static let mark: [UInt8] = [0x1F, 0x8B]
  private static let patience: Int32 = 30_000

  private let source: FileSource
  private let place: FilePlace
  private let limit: Int
  private let process: pid_t
  private var output: Int32
  /// Where the compressed bytes go in; closed once all are sent.
  private var input: Int32
  private var pending: ArraySlice<UInt8> = []
  private var count = 0
  private var isReaped = false
  /// Whether a problem was that the compressed data ends before its end, stops making sense, or has more behind it: what
  /// came out is whole.
  private(set) var isCut = false

  init(_ source: FileSource, path: String, limit: Int = BoundedFile.largestOutput) throws(FileProblem) {
    (self.source, self.limit) = (source, limit)
    place = FilePlace(path: path)
    (process, input, output) = try GzipSource.begin(place)
  }

  deinit {
    closeInput()
    if output >= 0 { close(output) }
    guard !isReaped else { return }
    kill(process, SIGKILL)
    waitpid(process, nil, 0)
  }

  /// The next bytes, at most so many; `nil` at the end of a file that is whole.
  func next(atMost most: Int) throws(FileProblem) -> [UInt8]? {
    guard most > 0, output >= 0 else { return nil }
    while true {
      // What has come out is taken before more is waited for, since the source may be slow.
      if input >= 0, pending.isEmpty, !isReady(output) {
        if let more = try source.next(atMost: 1 << 16) { pending = more[...] } else { closeInput() }
      }
      var watched = [pollfd(fd: output, events: Int16(POLLIN), revents: 0)]
      if input >= 0, !pending.isEmpty { watched.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0)) }
      let ready = poll(&watched, nfds_t(watched.count), GzipSource.patience)
      if ready < 0, errno == EINTR { continue }
      guard ready > 0 else {
        throw place.broken("gzip does not answer", mend: "decompress the file with gzip -d first")
      }
      if watched[0].revents != 0 { return try received(atMost: most) }
      if watched.count > 1, watched[1].revents != 0 { feed() }
    }
  }

  private func isReady(_ descriptor: Int32) -> Bool {
    var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&watched, 1, 0) > 0
  }

  private func received(atMost most: Int) throws(FileProblem) -> [UInt8]? {
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: most) { buffer, received in
      var result = -1
      repeat { result = read(output, buffer.baseAddress, most) } while result < 0 && errno == EINTR
      if result < 0 { failure = errno }
      received = max(0, result)
    }
    guard failure == 0 else { throw FileSource.problem(failure, at: place, doing: "read") }
    guard bytes.isEmpty else {
      count += bytes.count
      guard count <= limit else {
        throw place.bad(
          "more than \(BoundedFile.bytes(limit)) come out of the compressed file",
          mend: "decompress it with gzip -d first, if it is to be that large")
      }
      return bytes
    }
    close(output)
    output = -1
    closeInput()
    var status: Int32 = 0
    var isKnown = true
    while isKnown, waitpid(process, &status, 0) < 0 { isKnown = errno == EINTR }
    isReaped = true
    guard isKnown else {
      // Where a program lets its children go, nobody keeps what came of them.
      throw place.broken(
        "nobody knows whether gzip came to the end of it", mend: "decompress the file with gzip -d first")
    }
    switch (status & 0x7F, status >> 8 & 0xFF) {
    case (0, 0): return nil
    case (0, 2):
      isCut = true
      throw place.bad("something that is not compressed follows the compressed data", mend: "get the file again")
    case (let signal, _) where signal != 0:
      throw place.broken(
        "gzip was ended by signal \(signal) (\(String(cString: strsignal(signal))))",
        mend: "try again, or decompress the file with gzip -d first")
    default:
      isCut = true
      throw place.bad(
        "the compressed data is damaged, or ends too early", mend: "get the file again, or compress it again")
    }
  }

  private func feed() {
    let sent = pending.withUnsafeBytes { send(input, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
    if sent > 0 {
      pending = pending.dropFirst(sent)
    } else if sent < 0, errno != EAGAIN, errno != EINTR {
      // It has read enough; why, its exit status says.
      closeInput()
    }
  }

  private func closeInput() {
    if input >= 0 { close(input) }
    input = -1
  }

  /// Starts `gzip -dc` between two ends: where compressed bytes go in, and where others come out.
  private static func begin(_ place: FilePlace) throws(FileProblem) -> (pid_t, input: Int32, output: Int32) {
    // Sockets, since a pipe whose reader has gone would raise a signal.
    var (ends, exits): ([Int32], [Int32]) = ([-1, -1], [-1, -1])
    let stream = Int32(SOCK_STREAM.rawValue)
    guard socketpair(AF_UNIX, stream, 0, &ends) == 0, socketpair(AF_UNIX, stream, 0, &exits) == 0 else {
      let code = errno
      for end in ends where end >= 0 { close(end) }
      throw FileSource.problem(code, at: place, doing: "read")
    }
    for end in ends + exits { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    defer {
      close(ends[1])
      close(exits[1])
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], 0)
    posix_spawn_file_actions_adddup2(&actions, exits[1], 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    // In a group of its own, since Ctrl-C asks the whole of ours to end, and what it is asked for is said by us.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    posix_spawnattr_setpgroup(&attributes, 0)
    var process = pid_t()
    var words: [UnsafeMutablePointer<CChar>?] = ["gzip", "-dc"].map { (word: String) in strdup(word) } + [nil]
    defer { for word in words { free(word) } }
    let code = posix_spawnp(&process, "gzip", &actions, &attributes, &words, environ)
    guard code == 0 else {
      close(ends[0])
      close(exits[0])
      guard code == ENOENT else { throw FileSource.problem(code, at: place, doing: "decompress") }
      throw place.broken("the file is compressed, and there is no gzip", mend: "install gzip, or decompress it first")
    }
    return (process, ends[0], exits[0])
  }
}
