import Archive
import ArgumentParser
import Foundation
import Workshop

/// `wayward fuzz`: changed inputs for every reader of bytes from outside.
struct FuzzCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fuzz",
    abstract: "Give changed inputs to the readers of files and input, and check that none is trapped or misled.",
    discussion: """
      An input is one that the program itself would write, with some bytes, numbers, words or lines changed. It must be \
      refused in proper words, or be read and come out the same when it is written and read again. Each seed and number is \
      one input, whatever ran before. Inputs go to other processes, and one that ends its process is found and passed over; \
      so is one that takes over 2 s or 4 GB.

      With --folder a run that was interrupted goes on when the same command is given again. Exit status 70 where \
      something is wrong.

      \(FuzzFormat.all.map { "- \($0.name): \($0.subject)" }.joined(separator: "\n"))
      """)

  @Argument(help: "Formats: \(FuzzFormat.all.map(\.name).joined(separator: ", ")); all unless given.")
  var formats: [String] = []

  @Option(help: "Inputs for each format.", transform: whole(1...1_000_000_000))
  var inputs = 20_000

  @Option(help: "The seed of all changes.", transform: whole(0...UInt64.max))
  var seed: UInt64 = 1

  @Option(help: "Processes at a time.", transform: whole(1...64))
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: "The folder in which it is kept how far it is.")
  var folder: String?

  @Option(help: "A folder of files to change besides the program's own inputs.")
  var corpus: String?

  @Option(help: "One input only, as a finding names it.", transform: whole(0...Int.max))
  var input: Int?

  @Option(help: "With --input: write it to this file.")
  var write: String?

  @Option(help: .hidden)
  var worker: String?

  func validate() throws {
    if input != nil || worker != nil, formats.count != 1 { throw ValidationError("--input is of one format; name it") }
    if write != nil, input == nil { throw ValidationError("--write goes with --input") }
    for name in formats where !FuzzFormat.all.contains(where: { $0.name == name }) {
      throw ValidationError("\(FileProblem.unknown("format", name, among: FuzzFormat.all.map(\.name)))")
    }
  }

  func run() throws {
    let corpus = try corpus.map(FuzzCommand.files) ?? []
    let chosen = FuzzFormat.all.filter { formats.isEmpty || formats.contains($0.name) }
    if let format = chosen.first, let input { return try runOne(Fuzzer(format, seed: seed, corpus: corpus), input) }
    if let format = chosen.first, let worker {
      return try work(Fuzzer(format, seed: seed, corpus: corpus), files: worker)
    }
    guard let folder else {
      try Interruption.withTemporaryFolder("wayward-fuzz") { try run(chosen, in: $0) }
      return
    }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw FileProblem(
        path: folder, cause: "the folder cannot be made", mend: "choose another one", kind: .inputOutput)
    }
    try run(chosen, in: folder)
  }

  private func run(_ formats: [FuzzFormat], in folder: String) throws {
    // How far it is is written down before it ends.
    Interruption.isAwaited()
    var isWrong = false
    for format in formats {
      let record = try run(format, in: folder)
      isWrong = isWrong || !record.tally.findings.isEmpty
    }
    if isWrong { throw ExitCode(70) }
  }

  private func run(_ format: FuzzFormat, in kept: String) throws -> FuzzRecord {
    let session = try FuzzSession(
      format: format.name, seed: seed, inputs: inputs, folder: kept, build: FuzzCommand.build
    ) { range, files in
      let process = Process()
      process.executableURL = Bundle.main.executableURL
      process.arguments =
        ["fuzz", format.name, "--seed", "\(seed)", "--worker", "\(range.lowerBound):\(range.upperBound):\(files)"]
        + (corpus.map { ["--corpus", $0] } ?? [])
      process.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }
      return process
    }
    func state() -> String { "\(session.record.tally.given) of \(inputs) inputs of \(format.name) are done" }
    if session.record.tally.given > 0, !session.record.isComplete { try Output.line("going on: \(state())") }
    let meter = Meter("\(format.name), \(inputs) inputs", of: inputs)
    try session.run(processes: threads, isToEnd: { Interruption.isAsked }, progress: { meter.show($0.tally.given) })
    meter.clear()
    if Interruption.isAsked {
      Interruption.end(
        folder.map { "stopped; \(state()), which is kept in \($0), and the same command goes on" }
          ?? "stopped; \(state()), and nothing is kept; with --folder DIR it would go on")
    }
    let (record, tally) = (session.record, session.record.tally)
    try Output.line(
      "\(format.name): \(tally.given) of \(inputs) inputs, seed \(seed): \(tally.read) read, \(tally.refused) refused"
        + (record.builds.count > 1 ? ", by \(record.builds.count) builds of the program" : "")
        + (tally.findings.isEmpty ? "; nothing found" : "; \(tally.findings.count) findings"))
    for finding in tally.findings {
      try Output.line("FOUND \(finding.words)")
      try Output.line("  reproduce with: wayward fuzz \(format.name) --seed \(seed) --input \(finding.input)")
    }
    return record
  }

  private func runOne(_ fuzzer: Fuzzer, _ number: Int) throws {
    let bytes = fuzzer.input(number)
    if let write { return try AtomicFile.write(Data(bytes), to: write) }
    switch try fuzzer.outcome(of: bytes) {
    case .read: try Output.line("read")
    case .refused: try Output.line("refused")
    case .wrong(let words):
      try Output.line("FOUND \(words)")
      throw ExitCode(70)
    }
  }

  /// The range and the files of `--worker`, as the session names them.
  private func work(_ fuzzer: Fuzzer, files text: String) throws {
    let parts = text.split(separator: ":", maxSplits: 2).map(String.init)
    guard parts.count == 3, let begin = Int(parts[0]), let end = Int(parts[1]), begin <= end,
      let worker = FuzzWorker(fuzzer, placeAt: parts[2] + ".place"),
      let found = FileHandle(forWritingAtPath: parts[2] + ".found")
    else { throw ValidationError("--worker is for the program's own use") }
    var count = 0
    do {
      try worker.run(begin..<end) { number, words in
        count += 1
        guard count <= 100 else { return }
        try found.write(contentsOf: Data("\(number) \(words.prefix(300))\n".utf8))
      }
    } catch {
      throw FileProblem(path: parts[2], cause: "\(error)", mend: "make room for it", kind: .inputOutput)
    }
  }

  /// The files of a folder, as they are; larger ones than a reader takes are left out.
  private static func files(in folder: String) throws -> [[UInt8]] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder).sorted() else {
      throw FileProblem(path: folder, cause: "this is no folder that can be read", mend: "name a folder of inputs")
    }
    let inputs = names.compactMap { try? BoundedFile.read("\(folder)/\($0)", limit: 1 << 20, takesPipes: false) }.map {
      [UInt8]($0)
    }
    guard !inputs.isEmpty else {
      throw FileProblem(path: folder, cause: "there is no file in it", mend: "name a folder of inputs")
    }
    return inputs
  }

  /// What tells this build from another: its size and its date.
  private static var build: String {
    var status = stat()
    guard let path = Bundle.main.executablePath, stat(path, &status) == 0 else { return "unknown" }
    return "\(status.st_size)-\(mtime(status))"
  }

  private static func mtime(_ status: stat) -> Int {
    #if canImport(Glibc)
      status.st_mtim.tv_sec
    #else
      status.st_mtimespec.tv_sec
    #endif
  }
}
