import Foundation
import Testing

/// The built program without a terminal: what its three descriptors are, and what came of it.
struct Invocation {
  /// What standard output is.
  enum Destination { case pipe, fullDisk, closedPipe, closed }

  /// What it wrote, where that was a pipe.
  private(set) var output = "", errors = ""
  /// The exit status; what a signal ended has 128 and the signal's number, as a shell says it.
  private(set) var status: Int32 = -1

  /// Lines on standard error.
  var complaints: [Substring] { errors.split(separator: "\n") }

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// Held from a pipe's making to the start, so that no other invocation inherits its ends.
  private static let starting = NSLock()

  /// Runs it to its end.
  /// - Parameters:
  ///   - input: what comes from standard input, which is closed where this is `nil`.
  ///   - during: is told the process while it runs.
  init(
    _ arguments: [String], to destination: Destination = .pipe, input: String? = "", hasErrors: Bool = true,
    environment: [String: String] = [:], during: (pid_t) -> Void = { _ in }
  ) throws {
    Invocation.starting.lock()
    let (incoming, outgoing, complaining) = (Invocation.pipe(), Invocation.pipe(), Invocation.pipe())
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if input == nil {
      posix_spawn_file_actions_addclose(&actions, 0)
    } else {
      posix_spawn_file_actions_adddup2(&actions, incoming.read, 0)
    }
    switch destination {
    case .pipe, .closedPipe: posix_spawn_file_actions_adddup2(&actions, outgoing.write, 1)
    case .fullDisk: posix_spawn_file_actions_addopen(&actions, 1, "/dev/full", O_WRONLY, 0)
    case .closed: posix_spawn_file_actions_addclose(&actions, 1)
    }
    if hasErrors {
      posix_spawn_file_actions_adddup2(&actions, complaining.write, 2)
    } else {
      posix_spawn_file_actions_addclose(&actions, 2)
    }
    if destination == .closedPipe { close(outgoing.read) }
    var variables = ["LC_ALL": "C.UTF-8", "WAYWARD_LEVELS": Invocation.root + "/levels", "PATH": "/usr/bin:/bin"]
    variables.merge(environment) { $1 }
    let argv = ([Program.executable] + arguments).map { strdup($0) } + [nil]
    let envp = variables.map { strdup("\($0)=\($1)") } + [nil]
    defer { for text in argv + envp { free(text) } }
    var child = pid_t()
    let problem = posix_spawn(&child, Program.executable, &actions, nil, argv, envp)
    Invocation.starting.unlock()
    try #require(problem == 0)
    for end in [incoming.read, outgoing.write, complaining.write] { close(end) }
    let bytes = Array((input ?? "").utf8)
    // Inputs of tests are smaller than what a pipe holds.
    _ = bytes.withUnsafeBytes { write(incoming.write, $0.baseAddress, $0.count) }
    close(incoming.write)
    during(child)
    let ends = destination == .closedPipe ? [complaining.read] : [outgoing.read, complaining.read]
    var texts = Invocation.drained(ends, stopping: child)
    errors = String(decoding: texts.removeLast(), as: UTF8.self)
    output = String(decoding: texts.last ?? [], as: UTF8.self)
    for end in ends { close(end) }
    var code: Int32 = 0
    waitpid(child, &code, 0)
    status = code & 0x7F == 0 ? code >> 8 & 0xFF : 128 + code & 0x7F
  }

  /// Both ends are this process's alone.
  private static func pipe() -> (read: Int32, write: Int32) {
    var ends: [Int32] = [0, 0]
    _ = Foundation.pipe(&ends)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  /// What comes from each descriptor until all are at their ends; a program that is silent for long is killed.
  private static func drained(_ descriptors: [Int32], stopping child: pid_t) -> [[UInt8]] {
    var texts = descriptors.map { _ in [UInt8]() }
    var open = Set(descriptors.indices)
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while !open.isEmpty {
      let order = open.sorted()
      var waiting = order.map { pollfd(fd: descriptors[$0], events: Int16(POLLIN), revents: 0) }
      if poll(&waiting, nfds_t(waiting.count), 60_000) == 0 { kill(child, SIGKILL) }
      for (index, entry) in zip(order, waiting) where entry.revents != 0 {
        let count = read(descriptors[index], &buffer, buffer.count)
        if count > 0 { texts[index] += buffer[0..<count] } else { open.remove(index) }
      }
    }
    return texts
  }
}

/// A folder of a test's own, gone with it.
final class Scratch {
  let path = FileManager.default.temporaryDirectory.appendingPathComponent("wayward-\(UUID().uuidString)").path

  init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String, _ text: String? = nil) throws -> String {
    let file = "\(path)/\(name)"
    if let text { try text.write(toFile: file, atomically: false, encoding: .utf8) }
    return file
  }

  /// What lies in it, hidden files as well.
  var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }
}
