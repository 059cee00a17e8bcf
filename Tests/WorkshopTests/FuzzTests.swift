import Foundation
import Testing

@testable import Archive
@testable import Workshop

@Suite("Changed inputs for readers")
struct FuzzTests {
  @Test(
    "what a format begins with is read, but for a few that are torn or pasted", arguments: FuzzFormat.all.map(\.name))
  func corpus(name: String) throws {
    let format = try #require(FuzzFormat.all.first { $0.name == name })
    let corpus = format.corpus()
    let outcomes = try corpus.map(format.outcome)
    #expect(corpus.count >= 3)
    #expect(outcomes.count { $0 == .read } * 2 > corpus.count)
    #expect(
      outcomes.allSatisfy { if case .wrong = $0 { false } else { true } },
      "\(outcomes.filter { $0 != .read && $0 != .refused })")
  }

  @Test("no reader is trapped or misled by a few hundred changed inputs", arguments: FuzzFormat.all.map(\.name))
  func few(name: String) throws {
    let fuzzer = Fuzzer(try #require(FuzzFormat.all.first { $0.name == name }), seed: 11)
    var counts: [FuzzOutcome: Int] = [:]
    for number in 0..<300 {
      let outcome = try fuzzer.outcome(of: fuzzer.input(number))
      counts[outcome, default: 0] += 1
      if case .wrong(let words) = outcome { Issue.record("input \(number): \(words)") }
    }
    // Both ways are gone: changes are neither too small nor too large. What a terminal sends is never refused,
    // and settings only where nothing of them can be kept.
    #expect(counts[.read, default: 0] >= 15, "\(counts)")
    #expect(counts[.refused, default: 0] >= (["terminal", "settings"].contains(name) ? 0 : 15), "\(counts)")
  }

  @Test("a seed and a number are one input, and others are others")
  func inputs() {
    let first = Fuzzer(.levels, seed: 1)
    let second = Fuzzer(.levels, seed: 2)
    let inputs = (0..<50).map(first.input)
    #expect((0..<50).reversed().map(first.input) == inputs.reversed())
    #expect(Set(inputs).count > 40)
    #expect((0..<50).map(second.input) != inputs)
  }

  @Sendable private static func apples() -> [[UInt8]] { [Array("12 apples".utf8)] }

  /// A reader that takes what it should not.
  private static let careless = FuzzFormat(
    name: "careless", subject: "", corpus: apples, words: ["pears"]
  ) { bytes in
    String(decoding: bytes, as: UTF8.self).contains("pears") ? .wrong("pears") : .refused
  }

  @Test("a worker says where it is, and what it found")
  func worker() throws {
    let files = FileManager.default.temporaryDirectory.appendingPathComponent("fuzz-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: files) }
    try Data(count: MemoryLayout<FuzzWorker.Place>.size).write(to: URL(fileURLWithPath: files))
    let fuzzer = Fuzzer(FuzzTests.careless, seed: 3)
    let worker = try #require(FuzzWorker(fuzzer, placeAt: files, mostMemory: nil))
    var found: [Int] = []
    try worker.run(100..<400) { number, words in
      if words == "pears" { found.append(number) }
    }
    let expected = (100..<400).filter { String(decoding: fuzzer.input($0), as: UTF8.self).contains("pears") }
    #expect(found == expected && !found.isEmpty)
    let place = try Data(contentsOf: URL(fileURLWithPath: files)).withUnsafeBytes {
      $0.loadUnaligned(as: FuzzWorker.Place.self)
    }
    #expect(place == .init(refused: UInt64(300 - found.count), wrong: UInt64(found.count)))
  }

  /// A process that dies at each of some inputs, having read all before it.
  private func mortal(at inputs: [Int], _ range: Range<Int>, _ files: String) -> Process {
    let deadly = inputs.first { range.contains($0) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let last = deadly ?? range.upperBound
    let script = """
      import os, struct, sys
      open(\(literal(files + ".place")), 'wb').write(struct.pack('<QQQ', \(last - range.lowerBound), 0, 0))
      \(deadly == nil ? "" : "sys.stderr.write('it fell over\\n'); sys.stderr.flush(); os.kill(os.getpid(), 9)")
      """
    process.arguments = ["python3", "-c", script]
    return process
  }

  private func literal(_ text: String) -> String { "'\(text)'" }

  @Test("an input that ends the program is found and passed over, and a run goes on where it stopped")
  func session() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("fuzz-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let inputs = 2 * FuzzRecord.chunk + 10
    let deadly = [5, 6, FuzzRecord.chunk - 1]
    let session = try FuzzSession(format: "levels", seed: 1, inputs: inputs, folder: folder, build: "a") {
      mortal(at: deadly, $0, $1)
    }
    try session.run(processes: 2) { _ in }
    let record = session.record
    #expect(record.isComplete && record.tally.given == inputs && record.tally.read == inputs - 3)
    #expect(record.tally.findings.map(\.input) == deadly)
    #expect(record.tally.findings.allSatisfy { $0.words.contains("it ended the program (9) it fell over") })
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["levels-1.json"])

    // All is done: nobody is asked again.
    let again = try FuzzSession(format: "levels", seed: 1, inputs: inputs, folder: folder, build: "b") { _, _ in
      Issue.record("a worker was started")
      return Process()
    }
    #expect(again.record == record)
    try again.run(processes: 2) { _ in }
    #expect(throws: FileProblem.self) {
      try FuzzSession(format: "levels", seed: 1, inputs: 7, folder: folder, build: "a") { _, _ in Process() }
    }
  }

  /// A process that says that so many inputs were read, and then does something.
  private func reading(_ count: Int, of files: String, then words: String) -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let script = """
      import struct, sys, time
      open(\(literal(files + ".place")), 'wb').write(struct.pack('<QQQ', \(count), 0, 0))
      \(words)
      """
    process.arguments = ["python3", "-c", script]
    return process
  }

  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("fuzz-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test("a run that is ended goes on at the very input, and counts each once")
  func resumption() throws {
    try withFolder { folder in
      let inputs = FuzzRecord.chunk + 10
      let session = try FuzzSession(format: "levels", seed: 1, inputs: inputs, folder: folder, build: "a") {
        range, files in
        // The second chunk is short, and done; the first one is long.
        range.count == 10 ? reading(10, of: files, then: "") : reading(1_234, of: files, then: "time.sleep(60)")
      }
      let begin = ContinuousClock.now
      try session.run(
        processes: 2,
        isToEnd: { session.record.tally.given == 1_244 || ContinuousClock.now - begin > .seconds(40) },
        progress: { _ in })
      #expect(session.record.tally.given == 1_244 && session.record.tally.findings.isEmpty)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["levels-1.json"])

      var ranges: [Range<Int>] = []
      let next = try FuzzSession(format: "levels", seed: 1, inputs: inputs, folder: folder, build: "a") {
        range, files in
        ranges.append(range)
        return reading(range.count, of: files, then: "")
      }
      #expect(next.record.tally.given == 1_244 && !next.record.isComplete)
      try next.run(processes: 2) { _ in }
      #expect(ranges == [1_234..<FuzzRecord.chunk])
      #expect(next.record.isComplete && next.record.tally.given == inputs && next.record.tally.read == inputs)
    }
  }

  @Test("a worker that hears of no request to end is ended all the same, and what it did is kept")
  func deafWorker() throws {
    try withFolder { folder in
      let session = try FuzzSession(format: "levels", seed: 1, inputs: 10, folder: folder, build: "a") { _, files in
        // What it has done is said once it is deaf.
        let deaf = """
          import signal
          signal.signal(signal.SIGTERM, signal.SIG_IGN)
          open(\(literal(files + ".place")), 'r+b').write(struct.pack('<QQQ', 3, 0, 0))
          time.sleep(120)
          """
        return reading(0, of: files, then: deaf)
      }
      let begin = ContinuousClock.now
      try session.run(processes: 1, isToEnd: { session.record.tally.given == 3 }, progress: { _ in })
      #expect(ContinuousClock.now - begin < .seconds(100))
      #expect(session.record.tally.read == 3 && session.record.tally.findings.isEmpty)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["levels-1.json"])
    }
  }

  @Test("a worker that cannot write ends the run, and no input is blamed")
  func brokenWorker() throws {
    try withFolder { folder in
      let session = try FuzzSession(format: "levels", seed: 1, inputs: 10, folder: folder, build: "a") { _, files in
        reading(3, of: files, then: "sys.stderr.write('the disk is full\\n'); sys.exit(74)")
      }
      let problem = #expect(throws: FileProblem.self) { try session.run(processes: 1) { _ in } }
      #expect(problem?.cause.contains("the disk is full") == true && problem?.kind == .inputOutput)
      #expect(session.record.tally.findings.isEmpty)
    }
  }

  @Test("the file of an input has no name, so that nothing of it can stay")
  func namelessFile() throws {
    let (bytes, links) = try FuzzFile.with([7, 8, 9]) { path in
      var status = stat()
      #expect(stat(path, &status) == 0)
      return (try Data(contentsOf: URL(fileURLWithPath: path)), Int(status.st_nlink))
    }
    #expect(bytes == Data([7, 8, 9]) && links == 0)
  }
}
