import Foundation
import Testing

/// What the program makes of files that are not whole, and with which exit status.
@Suite("Damaged files")
struct DamagedFileTests {
  /// Three episodes, the last of which lacks its end.
  private func torn(in scratch: borrowing Scratch) throws -> String {
    let text = try Invocation(["record", "corner/first", "corner/fork", "corner/first"]).output
    return try scratch.file("torn.jsonl", String(text.dropLast(300)))
  }

  @Test("a whole episode of a torn file exits with 0 and says it; the torn one says it of itself")
  func torn() throws {
    let scratch = try Scratch()
    let file = try torn(in: scratch)
    let said = "the last line was cut, and is left out"
    let screen = ["--size", "120x36"]
    for command in [
      ["replay", "\(file)#1", "--dump-screen"] + screen, ["snapshot", "\(file)#1"] + screen,
      ["compare", "\(file)#1", "\(file)#2", "--dump-screen"] + screen, ["export", "\(file)#1", "--out", "-"],
    ] {
      let shown = try Invocation(command)
      #expect(shown.status == 0, "\(command[0]): \(shown.errors)")
      #expect(shown.complaints.count == 1 && shown.errors.contains(said), "\(command[0]): \(shown.errors)")
      #expect(!shown.output.contains("was cut"), "\(command[0])")
    }
    for command in [
      ["replay", "\(file)#3", "--dump-screen"] + screen, ["snapshot", "\(file)#3"] + screen,
      ["compare", "\(file)#3", "\(file)#2", "--dump-screen"] + screen, ["export", "\(file)#3", "--out", "-"],
    ] {
      let shown = try Invocation(command)
      #expect(shown.status == 0 && shown.errors.contains(said), "\(command[0]): \(shown.errors)")
      #expect(shown.output.contains("was cut at step"), "\(command[0])")
    }
    for (name, status, isCut) in [("\(file)#1", Int32(0), "false"), ("\(file)#3", 65, "true"), (file, 65, "true")] {
      let told = try Invocation(["analyze", name, "--format", "json"])
      #expect(told.status == status, "\(name): \(told.errors)")
      #expect(told.errors.contains(said) == (status != 0), "\(name)")
      #expect(told.output.split(separator: "\n").last?.contains("\"cut\":\(isCut)") == true, "\(name)")
    }
  }

  @Test("every command takes the same episode for the damaged one, and refuses it in a line", arguments: [0, 5])
  func number(_ offset: Int) throws {
    let scratch = try Scratch()
    let text = try Invocation(["record", "corner/first", "corner/first", "coinrun/first"]).output
    let whole = try scratch.file("whole.jsonl", text)
    var lines = Array(text.utf8).split(separator: 10).map { Array($0) }
    let headers = lines.indices.filter { lines[$0].starts(with: "{\"format\"".utf8) }
    let damaged = headers[1] + offset
    (lines[damaged][40], lines[damaged][41]) = (0xFF, 0xFE)
    let file = try scratch.file("bad.jsonl")
    try Data(lines.joined(separator: [10]) + [10]).write(to: URL(fileURLWithPath: file))
    let said = "bad.jsonl:\(damaged + 1): byte "
    func commands(_ number: Int) -> [[String]] {
      [
        ["compare", "\(file)#\(number)", whole, "--format", "json"], ["replay", "\(file)#\(number)", "--dump-screen"],
        ["snapshot", "\(file)#\(number)"], ["export", "\(file)#\(number)", "--out", "-"],
        ["analyze", "\(file)#\(number)", "--format", "json"],
      ]
    }
    for command in commands(2) {
      let run = try Invocation(command)
      #expect(run.status == 65 && run.output.isEmpty, "\(command[0]): \(run.status) \(run.errors)")
      #expect(run.complaints.count == 1 && run.errors.contains(said), "\(command[0]): \(run.errors)")
    }
    for command in commands(3) {
      let run = try Invocation(command)
      #expect(run.status == 0 && run.output.contains("coin"), "\(command[0]): \(run.status) \(run.errors)")
    }
  }

  @Test("a pipe among agents and levels is named, and not waited for")
  func pipesInFolders() throws {
    let scratch = try Scratch()
    let folder = try scratch.file("levels")
    for part in ["corner/agents", "kept"] {
      try FileManager.default.createDirectory(atPath: "\(folder)/\(part)", withIntermediateDirectories: true)
    }
    _ = try scratch.file("levels/corner/first.yaml", Invocation(["levels", "generate", "corner/first"]).output)
    let agent = "\(folder)/corner/agents/seed-9.safetensors"
    for pipe in [agent, "\(folder)/corner/zz.yaml"] { #expect(mkfifo(pipe, 0o600) == 0) }
    for (command, status) in [
      (["agents", "--levels", folder], Int32(0)), (["levels", "list", "--levels", folder], 0),
      (["levels", "check", folder], 74), (["eval", "corner", "--levels", "1", "--agents", agent], 74),
      (["watch", "corner/first", "--agent", agent, "--dump-screen"], 74),
    ] {
      let run = try Invocation(command)
      #expect(run.status == status, "\(command): \(run.status) \(run.errors)")
      #expect((run.output + run.errors).contains("this is no regular file"), "\(command): \(run.errors)")
    }
  }

  @Test("a file whose name is no UTF-8 is told by that")
  func name() throws {
    let scratch = try Scratch()
    let folder = try scratch.file("levels")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = Array("\(folder)/a".utf8CString.dropLast()) + [-1] + Array(".yaml".utf8CString)
    let file = open(path, O_CREAT | O_WRONLY, 0o600)
    try #require(file >= 0)
    close(file)
    let run = try Invocation(["levels", "check", folder])
    #expect(run.status == 74 && run.errors.contains("its name is no UTF-8; rename it"), "\(run.errors)")
    unlink(path)
  }

  @Test("a folder in which workers cannot have their files is told in a line")
  func fuzzFolder() throws {
    let scratch = try Scratch()
    let folder = try scratch.file("fuzz")
    try FileManager.default.createDirectory(atPath: "\(folder)/queries-1.0.place", withIntermediateDirectories: true)
    let run = try Invocation(["fuzz", "queries", "--inputs", "5", "--folder", folder])
    #expect(run.status == 74 && run.complaints.count == 1 && !run.errors.contains("Error Domain"), "\(run.errors)")
  }

  /// The writing end of a named pipe that somebody reads; `nil` where nobody does for long.
  private func writer(of path: String) -> Int32? {
    for _ in 0..<500 {
      let end = open(path, O_WRONLY | O_NONBLOCK)
      if end >= 0 { return end }
      usleep(10_000)
    }
    return nil
  }

  private func send(_ bytes: some Sequence<UInt8>, to end: Int32) {
    let bytes = Array(bytes)
    _ = bytes.withUnsafeBytes { write(end, $0.baseAddress, $0.count) }
  }

  /// The processes that a process has started.
  private func children(of process: pid_t) -> [pid_t] {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return all.compactMap { pid_t($0) }.filter { other in
      guard let text = try? String(contentsOfFile: "/proc/\(other)/stat", encoding: .utf8) else { return false }
      return text.split(separator: ")").last?.split(separator: " ").dropFirst().first.flatMap { pid_t($0) } == process
    }
  }

  @Test("a named pipe is waited for until somebody writes to it, and Ctrl-C ends the waiting")
  func namedPipe() throws {
    let scratch = try Scratch()
    let text = try Invocation(["record", "corner/first"]).output
    let path = try scratch.file("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    let run = try Invocation(["analyze", path]) { _ in
      usleep(300_000)
      guard let end = writer(of: path) else { return }
      send(text.utf8, to: end)
      close(end)
    }
    #expect(run.status == 0 && run.output.contains("corner/first"), "\(run.errors)")
    let stopped = try Invocation(["replay", path, "--dump-screen"]) { process in
      usleep(300_000)
      kill(process, SIGINT)
    }
    #expect(stopped.status == 130 && stopped.complaints.count == 1, "\(stopped.errors)")
  }

  @Test("what is compressed is read by a program that was started where children are let go")
  func ignoredChildren() throws {
    let scratch = try Scratch()
    let path = try scratch.file("e.jsonl", Invocation(["record", "corner/fork"]).output)
    let script = """
      import gzip, os, signal, sys
      with gzip.open(sys.argv[2] + '.gz', 'wb') as file: file.write(open(sys.argv[2], 'rb').read())
      signal.signal(signal.SIGCHLD, signal.SIG_IGN)
      os.execv(sys.argv[1], [sys.argv[1], 'analyze', sys.argv[2] + '.gz'])
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script, Program.executable, path]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 0)
  }

  @Test("gzip does not hear the Ctrl-C of the program, and is said to have been ended where it was")
  func gzip() throws {
    let scratch = try Scratch()
    let path = try scratch.file("pipe")
    #expect(mkfifo(path, 0o600) == 0)
    let run = try Invocation(["analyze", path]) { process in
      guard let end = writer(of: path) else { return }
      // As gzip itself makes it, of which the rest never comes.
      let begun: [UInt8] =
        [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0, 0xFF, 0xFF, 0, 0] + Array(repeating: 0x20, count: 100)
      send(begun, to: end)
      usleep(300_000)
      let children = children(of: process)
      #expect(children.count == 1)
      for child in children {
        #expect(getpgid(child) == child)
        kill(child, SIGTERM)
      }
      usleep(100_000)
      send([0x20, 0x20], to: end)
      close(end)
    }
    #expect(run.status == 74 && run.errors.contains("gzip was ended by signal 15 ("), "\(run.errors)")
  }
}
