import Archive
import Foundation

extension FuzzSession {
  /// One chunk and the worker that is at it; after a death another one goes on behind the input.
  struct Chunk {
    let number: Int
    private let range: Range<Int>
    private let files: String
    private let worker: (Range<Int>, String) -> Process
    private var process = Process()
    private var last = (place: FuzzWorker.Place(), since: 0.0)
    private(set) var read = 0, refused = 0
    private(set) var findings: [FuzzRecord.Finding] = []

    /// Seconds after which a worker that does not get on with an input is ended.
    private static let longestSilence = 30.0

    init(
      _ number: Int, range: Range<Int>, files: String, worker: @escaping (Range<Int>, String) -> Process
    ) throws {
      (self.number, self.range, self.files, self.worker) = (number, range, files, worker)
      try start(range)
    }

    private var now: Double { Date().timeIntervalSinceReferenceDate }

    private mutating func start(_ range: Range<Int>) throws {
      for ending in Chunk.endings { try Data().write(to: file(ending)) }
      var place = FuzzWorker.Place(input: UInt64(range.lowerBound))
      try withUnsafeBytes(of: &place) { Data($0) }.write(to: file("place"))
      process = worker(range, files)
      process.standardOutput = FileHandle.nullDevice
      process.standardError = try FileHandle(forWritingTo: file("words"))
      try process.run()
      last = (place, now)
    }

    /// Looks after the worker; whether something is left to do.
    mutating func isGoingOn() throws -> Bool {
      // Asked before its place is read: what ends in between has said all that it had to.
      let isRunning = process.isRunning
      let place = try reached()
      guard !isRunning else {
        if place.input != last.place.input {
          last = (place, now)
        } else if now - last.since > Chunk.longestSilence {
          kill(process.processIdentifier, SIGKILL)
        }
        return true
      }
      read += Int(place.read)
      refused += Int(place.refused)
      for line in try String(contentsOf: file("found"), encoding: .utf8).split(separator: "\n") {
        let parts = line.split(separator: " ", maxSplits: 1)
        if parts.count == 2, let input = Int(parts[0]) { note(input, String(parts[1])) }
      }
      guard process.terminationReason == .uncaughtSignal || process.terminationStatus != 0 else {
        removeFiles()
        return false
      }
      let killer = Int(place.input)
      let words = (try? String(contentsOf: file("words"), encoding: .utf8)) ?? ""
      note(killer, "it ended the program (\(process.terminationStatus)) \(words.split(separator: "\n").first ?? "")")
      guard killer + 1 < range.upperBound, findings.count < FuzzSession.mostFindings else {
        removeFiles()
        return false
      }
      try start(killer + 1..<range.upperBound)
      return true
    }

    /// Ends the worker, and leaves nothing behind.
    func end() {
      if process.isRunning { process.terminate() }
      removeFiles()
    }

    /// What the worker says of how far it is.
    private func reached() throws -> FuzzWorker.Place {
      let bytes = try Data(contentsOf: file("place"))
      guard bytes.count >= MemoryLayout<FuzzWorker.Place>.size else { return last.place }
      return bytes.withUnsafeBytes { $0.loadUnaligned(as: FuzzWorker.Place.self) }
    }

    private mutating func note(_ input: Int, _ words: String) {
      guard !findings.contains(where: { $0.input == input }) else { return }
      findings.append(.init(input: input, words: PlainText.stripped(words, limit: 300)))
    }

    private static let endings = ["place", "found", "words"]

    private func file(_ ending: String) -> URL { URL(fileURLWithPath: "\(files).\(ending)") }

    private func removeFiles() {
      for ending in Chunk.endings { try? FileManager.default.removeItem(at: file(ending)) }
    }
  }
}
