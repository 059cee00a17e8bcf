import Archive
import Foundation

extension FuzzSession {
  /// One chunk and the worker that is at it; after a death another one goes on behind the input.
  struct Chunk {
    let number: Int
    /// What has come of its inputs.
    private(set) var tally: FuzzRecord.Tally
    private let range: Range<Int>
    private let files: String
    private let worker: (Range<Int>, String) -> Process
    private var process = Process()
    /// What had come of them before the worker that is at it.
    private var before: FuzzRecord.Tally
    private var since = 0.0

    /// Seconds after which a worker that does not get on with an input is ended.
    private static let longestSilence = 30.0
    /// The exit status of a worker that could not read or write, which no input is to blame for.
    private static let broken = FileProblem.Kind.inputOutput.rawValue
    /// The signals by which somebody ends a program, and no input does.
    private static let requests = [SIGINT, SIGTERM, SIGHUP, SIGQUIT]

    /// - Parameter tally: what has come of its inputs already.
    init(
      _ number: Int, range: Range<Int>, tally: FuzzRecord.Tally, files: String,
      worker: @escaping (Range<Int>, String) -> Process
    ) throws {
      (self.number, self.range, self.tally, before) = (number, range, tally, tally)
      (self.files, self.worker) = (files, worker)
      try start()
    }

    private var now: Double { Date().timeIntervalSinceReferenceDate }
    /// The input at which the worker is.
    private var next: Int { range.lowerBound + tally.given }
    /// Whether nothing of it is left to do.
    var isDone: Bool { next >= range.upperBound }

    private mutating func start() throws {
      for ending in Chunk.endings {
        let size = ending == "place" ? MemoryLayout<FuzzWorker.Place>.size : 0
        try AtomicFile.write(Data(count: size), to: file(ending).path)
      }
      before = tally
      process = worker(next..<range.upperBound, files)
      process.standardOutput = FileHandle.nullDevice
      process.standardError = try FileHandle(forWritingTo: file("words"))
      try process.run()
      since = now
    }

    /// Looks after the worker; whether it goes on.
    mutating func isGoingOn() throws -> Bool {
      // Asked before its place is read: what ends in between has said all that it had to.
      let isRunning = process.isRunning
      let given = tally.given
      try look()
      guard !isRunning else {
        if tally.given != given {
          since = now
        } else if now - since > Chunk.longestSilence {
          kill(process.processIdentifier, SIGKILL)
        }
        return true
      }
      let (status, isKilled) = (process.terminationStatus, process.terminationReason == .uncaughtSignal)
      let words = (try? String(contentsOf: file("words"), encoding: .utf8))?.split(separator: "\n").first ?? ""
      if !isKilled, status == Chunk.broken {
        throw FileProblem(
          path: files, cause: "a worker could not go on: \(words)", mend: "make room, and give the command again",
          kind: .inputOutput)
      }
      if isKilled || status != 0, !isDone {
        if !(isKilled && Chunk.requests.contains(status)) {
          tally.note(next, "it ended the program (\(status)) \(words)")
          tally.killed += 1
        }
        if !isDone, tally.findings.count < FuzzSession.mostFindings {
          try start()
          return true
        }
      }
      removeFiles()
      return false
    }

    /// Ends the worker where it is, and leaves nothing behind but what has come of its inputs. It is not asked to end,
    /// since it may have no memory left to hear of it; what it has done stands in its files.
    mutating func end() throws {
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
      process.waitUntilExit()
      defer { removeFiles() }
      try look()
    }

    /// Takes in what the worker says of how far it is and what it found.
    private mutating func look() throws {
      let bytes = try Data(contentsOf: file("place"))
      guard bytes.count >= MemoryLayout<FuzzWorker.Place>.size else { return }
      // Its place is read first: what was found until then stands in the other file already.
      let place = bytes.withUnsafeBytes { $0.loadUnaligned(as: FuzzWorker.Place.self) }
      tally = before
      tally.add(read: Int(place.read), refused: Int(place.refused), wrong: Int(place.wrong))
      for line in try String(contentsOf: file("found"), encoding: .utf8).split(separator: "\n") {
        let parts = line.split(separator: " ", maxSplits: 1)
        if parts.count == 2, let input = Int(parts[0]), input < next { tally.note(input, String(parts[1])) }
      }
    }

    private static let endings = ["place", "found", "words"]

    private func file(_ ending: String) -> URL { URL(fileURLWithPath: "\(files).\(ending)") }

    private func removeFiles() {
      for ending in Chunk.endings { try? FileManager.default.removeItem(at: file(ending)) }
    }
  }
}
