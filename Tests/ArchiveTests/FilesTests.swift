import Foundation
import Synchronization
import Testing

@testable import Archive

#if canImport(Glibc)
  import Glibc
#endif

private func reading(_ path: String, limit: Int = 100) -> String? {
  problem { () throws(FileProblem) in try BoundedFile.read(path, limit: limit) }
}

private func writing(_ path: String, _ text: String = "new") -> String? {
  problem { () throws(FileProblem) in try AtomicFile.write(Data(text.utf8), to: path) }
}

private func contents(of folder: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: folder)
}

private func permissions(_ path: String) throws -> Int {
  try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
}

@Suite("reading within bounds") struct BoundedFileTests {
  @Test("a file is read up to its limit and no further")
  func limits() throws {
    try withFolder { folder in
      let path = "\(folder)/a"
      try AtomicFile.write(Data(repeating: 7, count: 100), to: path)
      #expect(try BoundedFile.read(path, limit: 100) == Data(repeating: 7, count: 100))
      #expect(reading(path, limit: 99) == "\(path): the file has more than 99 bytes; only smaller files are read")
      #expect(reading(path, limit: 0) == "\(path): the file has more than 0 bytes; only smaller files are read")
      try FileManager.default.createSymbolicLink(atPath: "\(folder)/link", withDestinationPath: path)
      #expect(try BoundedFile.read("\(folder)/link", limit: 100).count == 100)
    }
  }

  @Test("what is refused closes what it opened, and nothing of another thread's")
  func closing() throws {
    try withFolder { folder in
      let strangers = Mutex(0)
      DispatchQueue.concurrentPerform(iterations: 40_000) { number in
        if number % 2 == 0 {
          #expect(throws: FileProblem.self) { try FileSource(folder) }
          return
        }
        let own = open("/dev/null", O_RDONLY | O_CLOEXEC)
        if own < 0 || close(own) != 0 { strangers.withLock { $0 += 1 } }
      }
      #expect(strangers.withLock { $0 } == 0)
    }
  }

  @Test("what is no file is refused at once, of what is found in a folder a pipe too")
  func special() throws {
    try withFolder { folder in
      let pipe = "\(folder)/pipe"
      try #require(mkfifo(pipe, 0o600) == 0)
      let special = "this is no regular file; send it to standard input and write '-'"
      #expect(
        problem { () throws(FileProblem) in try BoundedFile.read(pipe, limit: 9, takesPipes: false) }
          == "\(pipe): this is no regular file; name one that is")
      #expect(
        problem { () throws(FileProblem) in try Checkpoint.read(pipe) }
          == "\(pipe): this is no regular file; name one that is")
      #expect(reading("/dev/zero") == "/dev/zero: \(special)")
      #expect(reading(folder) == "\(folder): this is a folder; name a file in it")
      #expect(reading("\(folder)/none") == "\(folder)/none: there is no such file; check the name")
      #expect(
        reading("\(folder)/n\u{FFFD}ne")?.hasSuffix("there is no such file, or its name is no UTF-8; rename it") == true
      )
      #expect(reading("\(pipe)/none") == "\(pipe)/none: a part of the path is no folder; check the path")
      #expect(reading("") == "this is no path; name a file")
      #expect(reading("a\0b") == "ab: this is no path; name a file")
      try FileManager.default.createSymbolicLink(atPath: "\(folder)/loop", withDestinationPath: "\(folder)/loop")
      #expect(reading("\(folder)/loop") == "\(folder)/loop: the links lead round in a circle; check where they point")
    }
  }

  @Test("the kind of a problem is the exit status")
  func kinds() {
    #expect(
      throws: FileProblem(path: "none", cause: "there is no such file", mend: "check the name", kind: .inputOutput)
    ) {
      try BoundedFile.read("none", limit: 1)
    }
    #expect(FileProblem.Kind.inputOutput.rawValue == 74 && FileProblem.Kind.badData.rawValue == 65)
  }
}

@Suite("waiting") struct WaitingTests {
  @Test("a pipe of which nothing comes for a second is said once to be waited for, and is read then")
  func pipe() throws {
    let pipe = Pipe()
    let path = "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"
    let told = Mutex<[String]>([])
    Waiting.listen { name in told.withLock { $0.append(name) } }
    defer { Waiting.listen { _ in } }
    let writer = Thread {
      for _ in 0..<2 {
        usleep(1_300_000)
        try? pipe.fileHandleForWriting.write(contentsOf: Data("a".utf8))
      }
      try? pipe.fileHandleForWriting.close()
    }
    writer.start()
    #expect(try BoundedFile.read(path, limit: 9) == Data("aa".utf8))
    #expect(told.withLock { $0.filter { $0 == path } } == [path])
  }
}

@Suite("writing whole files") struct AtomicFileTests {
  @Test("a file is replaced, keeps its permissions, and nothing is left beside it")
  func replaces() throws {
    try withFolder { folder in
      let path = "\(folder)/a"
      #expect(writing(path, "old") == nil)
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
      #expect(writing(path, "new") == nil)
      #expect(try BoundedFile.read(path, limit: 9) == Data("new".utf8))
      #expect(try permissions(path) == 0o640)
      #expect(try permissions(path) & 0o111 == 0)
      #expect(writing(path, "") == nil)
      #expect(try BoundedFile.read(path, limit: 9).isEmpty)
      #expect(try contents(of: folder) == ["a"])
    }
  }

  @Test("a link is followed and stays a link")
  func links() throws {
    try withFolder { folder in
      #expect(writing("\(folder)/a", "old") == nil)
      try FileManager.default.createSymbolicLink(atPath: "\(folder)/link", withDestinationPath: "a")
      #expect(writing("\(folder)/link", "new") == nil)
      #expect(try BoundedFile.read("\(folder)/a", limit: 9) == Data("new".utf8))
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(folder)/link") == "a")
    }
  }

  @Test("a write that fails leaves the old file and nothing else")
  func failures() async {
    // In a process of its own: no file of it may grow beyond 8 bytes, so that the write fails half way.
    await #expect(processExitsWith: .success) {
      try withFolder { folder in
        let path = "\(folder)/a"
        #expect(writing(path, "old") == nil)
        signal(SIGXFSZ, SIG_IGN)
        var limit = rlimit(rlim_cur: 8, rlim_max: 8)
        #expect(setrlimit(fileSizeLimit, &limit) == 0)
        let failed = writing(path, "much longer than eight bytes")
        #expect(failed == "\(path): the system could not write it (File too large); try again")
        let (kept, names) = try (BoundedFile.read(path, limit: 99), contents(of: folder))
        #expect(kept == Data("old".utf8))
        #expect(names == ["a"])
      }
    }
  }

  @Test("a name that cannot be taken leaves nothing behind")
  func names() throws {
    try withFolder { folder in
      let path = "\(folder)/" + String(repeating: "x", count: 256)
      #expect(writing(path) == "\(path): the name is too long; choose a shorter one")
      let names = try contents(of: folder)
      #expect(names.isEmpty)
    }
  }

  @Test("nothing but a regular file is replaced")
  func special() throws {
    try withFolder { folder in
      #expect(writing(folder) == "\(folder): this is a folder; name a file in it")
      #expect(writing("/dev/null") == "/dev/null: this is no regular file; name another file")
      #expect(writing("\(folder)/no/a") == "\(folder)/no/a: there is no folder '\(folder)/no'; make it first")
      #expect(writing("-") == "<stdin>: this is no file to write to; name a file")
      #expect(writing("\(folder)/a/") == "\(folder)/a/: this is no file to write to; name a file")
    }
  }

  @Test("a file that could not be written in the end is found out before, and nothing is left behind")
  func check() throws {
    try withFolder { folder in
      let checked = ["/chart.svg", "", "/none/chart.svg"].map { end in
        problem { () throws(FileProblem) in try AtomicFile.check(folder + end) }
      }
      #expect(checked[0] == nil)
      #expect(checked[1]?.hasSuffix("this is a folder; name a file in it") == true)
      #expect(checked[2]?.hasSuffix("make it first") == true)
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left.isEmpty)
    }
  }
}

#if canImport(Glibc)
  private let fileSizeLimit = __rlimit_resource_t(RLIMIT_FSIZE.rawValue)
#else
  private let fileSizeLimit = RLIMIT_FSIZE
#endif
