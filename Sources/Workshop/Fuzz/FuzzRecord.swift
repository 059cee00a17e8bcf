import Archive
import Foundation

/// How far a run over many inputs is, so that it can go on another day.
public struct FuzzRecord: Sendable, Equatable {
  /// An input at which something is wrong.
  public struct Finding: Sendable, Hashable {
    /// Its number.
    public let input: Int
    /// What is wrong.
    public let words: String
  }

  /// Inputs that a worker is given at once.
  static let chunk = 100_000

  /// What is read, and from which seed.
  public let format: String, seed: UInt64
  /// Inputs in all.
  public let inputs: Int
  /// The chunks that are done, by their numbers.
  private(set) var done: Set<Int> = []
  /// Inputs that were read, and ones that were refused.
  public private(set) var read = 0, refused = 0
  /// What should not be.
  public private(set) var findings: [Finding] = []
  /// Builds of the program that took part, each by its size and date.
  public private(set) var builds: Set<String> = []

  /// A run that has not begun.
  public init(format: String, seed: UInt64, inputs: Int) {
    (self.format, self.seed, self.inputs) = (format, seed, inputs)
  }

  /// Inputs that were given to the reader.
  public var given: Int { read + refused + findings.count }
  /// Whether nothing is left to do.
  public var isComplete: Bool { done.count == chunks }

  var chunks: Int { (inputs + FuzzRecord.chunk - 1) / FuzzRecord.chunk }
  var open: [Int] { (0..<chunks).filter { !done.contains($0) } }

  func range(ofChunk number: Int) -> Range<Int> {
    number * FuzzRecord.chunk..<min(inputs, (number + 1) * FuzzRecord.chunk)
  }

  mutating func take(chunk: Int, read: Int, refused: Int, findings: [Finding], build: String) {
    guard done.insert(chunk).inserted else { return }
    self.read += read
    self.refused += refused
    self.findings = (self.findings + findings).sorted { $0.input < $1.input }
    builds.insert(build)
  }

  /// Bytes of the largest record that is read.
  private static let largest = 8 << 20

  /// The record of a file that an earlier run of the same wrote.
  /// - Throws: ``Archive/FileProblem`` where the file is another one's or damaged.
  init(readingFrom path: String, format: String, seed: UInt64, inputs: Int) throws(FileProblem) {
    self.init(format: format, seed: seed, inputs: inputs)
    let mend = "remove it to begin anew, or choose another --folder"
    let bytes = try BoundedFile.read(path, limit: FuzzRecord.largest)
    guard let json = try? JSON(parsing: bytes), let done = json["done"]?.array,
      let read = json["read"]?.integer, let refused = json["refused"]?.integer,
      (0...inputs).contains(read), (0...inputs).contains(refused), let findings = json["findings"]?.array,
      let builds = json["builds"]?.array
    else { throw FileProblem(path: path, cause: "this is no record of a run over inputs", mend: mend) }
    guard json["format"]?.string == format, json["seed"]?.unsigned == seed, json["inputs"]?.integer == inputs,
      json["chunk"]?.integer == FuzzRecord.chunk
    else { throw FileProblem(path: path, cause: "this is the record of another run", mend: mend) }
    self.done = Set(done.compactMap(\.integer).filter { (0..<chunks).contains($0) })
    (self.read, self.refused) = (read, refused)
    self.findings = findings.compactMap { finding in
      guard let input = finding["input"]?.integer, let words = finding["words"]?.string else { return nil }
      return Finding(input: input, words: words)
    }
    self.builds = Set(builds.compactMap(\.string))
  }

  func write(to path: String) throws(FileProblem) {
    let json = JSON.object([
      .init("format", .string(format)), .init("seed", .integer(seed)), .init("inputs", .integer(inputs)),
      .init("chunk", .integer(FuzzRecord.chunk)), .init("done", .array(done.sorted().map { .integer($0) })),
      .init("read", .integer(read)), .init("refused", .integer(refused)),
      .init(
        "findings",
        .array(
          findings.map { .object([.init("input", .integer($0.input)), .init("words", .string($0.words))]) })),
      .init("builds", .array(builds.sorted().map { .string($0) })),
    ])
    try AtomicFile.write(Data((json.text + "\n").utf8), to: path)
  }
}
