import Archive
import Foundation

/// Gives many inputs to a reader in other processes, so that one that kills it is found, kept, and passed over.
public final class FuzzSession {
  /// How far it is.
  public private(set) var record: FuzzRecord
  private let folder: String
  private let worker: (_ range: Range<Int>, _ files: String) -> Process
  private let build: String
  private var open: [Int]

  /// Findings after which a run stops.
  static let mostFindings = 100
  /// - Parameters:
  ///   - folder: where the record, and inputs that were found, are kept; it must be there.
  ///   - build: what tells one build of the program from another.
  ///   - worker: a process that has a ``FuzzWorker`` do a range, not started yet. Of the files that begin with `files`
  ///     it has `.place` for its place, and writes to `.found` a line for each finding: the number, a space, words.
  public init(
    format: String, seed: UInt64, inputs: Int, folder: String, build: String,
    worker: @escaping (_ range: Range<Int>, _ files: String) -> Process
  ) throws(FileProblem) {
    self.folder = folder
    self.build = build
    self.worker = worker
    let path = "\(folder)/\(format)-\(seed).json"
    record =
      FileManager.default.fileExists(atPath: path)
      ? try FuzzRecord(readingFrom: path, format: format, seed: seed, inputs: inputs)
      : FuzzRecord(format: format, seed: seed, inputs: inputs)
    open = record.open.reversed()
  }

  private var name: String { "\(record.format)-\(record.seed)" }

  /// Goes on until all is done, or as far as it is asked to; what is done is written down each second and at the end.
  /// - Parameters:
  ///   - count: processes at a time.
  ///   - isToEnd: whether it is to end now.
  ///   - progress: is told now and then how far it is.
  public func run(
    processes count: Int, isToEnd: () -> Bool = { false }, progress: (FuzzRecord) -> Void
  ) throws(FileProblem) {
    do {
      try work(processes: count, isToEnd: isToEnd, progress: progress)
    } catch let problem as FileProblem {
      throw problem
    } catch {
      // What workers leave is in files, and they are started from one.
      throw FileProblem(
        path: folder, cause: "the files of a worker cannot be used (\(error.localizedDescription))",
        mend: "look whether there is room, and give the command again", kind: .inputOutput)
    }
  }

  private func work(processes count: Int, isToEnd: () -> Bool, progress: (FuzzRecord) -> Void) throws {
    var running: [Chunk] = []
    defer { for index in running.indices { try? running[index].end() } }
    var saved = ContinuousClock.now
    while !isToEnd(), !running.isEmpty || (!open.isEmpty && hasPatience) {
      while running.count < count, hasPatience, let number = open.popLast() {
        running.append(
          try Chunk(
            number, range: record.range(ofChunk: number), tally: record.begun[number] ?? .init(),
            files: "\(folder)/\(name).\(number)", worker: worker))
      }
      usleep(20_000)
      // Whoever asks this process to end may have asked the others too.
      if isToEnd() { break }
      var hasEnded = false
      for index in running.indices.reversed() {
        let isGoingOn = try running[index].isGoingOn()
        take(running[index])
        guard !isGoingOn else { continue }
        running.remove(at: index)
        hasEnded = true
      }
      guard hasEnded || ContinuousClock.now - saved > .seconds(1) else { continue }
      try save()
      saved = .now
      progress(record)
    }
    while var chunk = running.popLast() {
      try chunk.end()
      take(chunk)
    }
    try save()
  }

  private var hasPatience: Bool { record.tally.findings.count < FuzzSession.mostFindings }

  private func take(_ chunk: Chunk) { record.take(chunk: chunk.number, chunk.tally, build: build) }

  private func save() throws { try record.write(to: "\(folder)/\(name).json") }
}
