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

  /// Goes on until all is done.
  /// - Parameters:
  ///   - count: processes at a time.
  ///   - progress: is told now and then how far it is.
  public func run(processes count: Int, progress: (FuzzRecord) -> Void) throws {
    var running: [Chunk] = []
    defer { for chunk in running { chunk.end() } }
    while !running.isEmpty || (!open.isEmpty && record.findings.count < FuzzSession.mostFindings) {
      while running.count < count, record.findings.count < FuzzSession.mostFindings, let number = open.popLast() {
        let files = "\(folder)/\(name).\(number)"
        running.append(try Chunk(number, range: record.range(ofChunk: number), files: files, worker: worker))
      }
      usleep(20_000)
      for index in running.indices.reversed() where try !running[index].isGoingOn() {
        let chunk = running.remove(at: index)
        record.take(
          chunk: chunk.number, read: chunk.read, refused: chunk.refused, findings: chunk.findings, build: build)
        try record.write(to: "\(folder)/\(name).json")
        progress(record)
      }
    }
  }
}
