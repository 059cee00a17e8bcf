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

  /// What came of inputs.
  public struct Tally: Sendable, Equatable {
    /// Inputs that were read, ones that were refused, ones at which something was wrong, and ones that ended the program.
    public internal(set) var read = 0, refused = 0, wrong = 0, killed = 0
    /// What should not be, in the order of the inputs.
    public private(set) var findings: [Finding] = []

    /// Inputs that were given to the reader.
    public var given: Int { read + refused + wrong + killed }

    mutating func add(read: Int, refused: Int, wrong: Int) {
      self.read += read
      self.refused += refused
      self.wrong += wrong
    }

    /// Notes what is wrong with an input, once.
    mutating func note(_ input: Int, _ words: String) {
      let place = findings.firstIndex { $0.input >= input } ?? findings.count
      guard place == findings.count || findings[place].input != input else { return }
      findings.insert(Finding(input: input, words: PlainText.stripped(words, limit: 300)), at: place)
    }

    static func + (first: Tally, second: Tally) -> Tally {
      var sum = first
      sum.add(read: second.read, refused: second.refused, wrong: second.wrong)
      sum.killed += second.killed
      for finding in second.findings { sum.note(finding.input, finding.words) }
      return sum
    }
  }

  /// Inputs that a worker is given at once.
  static let chunk = 100_000

  /// What is read, and from which seed.
  public let format: String, seed: UInt64
  /// Inputs in all.
  public let inputs: Int
  /// The chunks that are done, by their numbers, and what came of them.
  private(set) var done: Set<Int> = []
  private var finished = Tally()
  /// What came of the first inputs of others.
  private(set) var begun: [Int: Tally] = [:]
  /// Builds of the program that took part, each by its size and date.
  public private(set) var builds: Set<String> = []

  /// A run that has not begun.
  public init(format: String, seed: UInt64, inputs: Int) {
    (self.format, self.seed, self.inputs) = (format, seed, inputs)
  }

  /// What came of all inputs so far.
  public var tally: Tally { begun.values.reduce(finished, +) }
  /// Whether nothing is left to do.
  public var isComplete: Bool { done.count == chunks }

  var chunks: Int { (inputs + FuzzRecord.chunk - 1) / FuzzRecord.chunk }
  /// What is left to do, that first which was begun.
  var open: [Int] {
    let open = (0..<chunks).filter { !done.contains($0) }
    return open.filter { begun[$0] != nil } + open.filter { begun[$0] == nil }
  }

  func range(ofChunk number: Int) -> Range<Int> {
    number * FuzzRecord.chunk..<min(inputs, (number + 1) * FuzzRecord.chunk)
  }

  /// Takes in how far a chunk is.
  mutating func take(chunk number: Int, _ tally: Tally, build: String) {
    guard !done.contains(number), tally.given > 0 else { return }
    builds.insert(build)
    if tally.given < range(ofChunk: number).count {
      begun[number] = tally
    } else {
      done.insert(number)
      begun[number] = nil
      finished = finished + tally
    }
  }

  /// Bytes of the largest record that is read.
  private static let largest = 8 << 20

  /// The record of a file that an earlier run of the same wrote.
  /// - Throws: ``Archive/FileProblem`` where the file is another one's or damaged.
  init(readingFrom path: String, format: String, seed: UInt64, inputs: Int) throws(FileProblem) {
    self.init(format: format, seed: seed, inputs: inputs)
    let mend = "remove it to begin anew, or choose another --folder"
    let bytes = try BoundedFile.read(path, limit: FuzzRecord.largest)
    guard let json = try? JSON(parsing: bytes), let done = json["done"]?.array, let finished = Tally(json, of: inputs),
      let builds = json["builds"]?.array
    else { throw FileProblem(path: path, cause: "this is no record of a run over inputs", mend: mend) }
    guard json["format"]?.string == format, json["seed"]?.unsigned == seed, json["inputs"]?.integer == inputs,
      json["chunk"]?.integer == FuzzRecord.chunk
    else { throw FileProblem(path: path, cause: "this is the record of another run", mend: mend) }
    self.done = Set(done.compactMap(\.integer).filter { (0..<chunks).contains($0) })
    self.finished = finished
    self.builds = Set(builds.compactMap(\.string))
    for part in json["begun"]?.array ?? [] {
      guard let number = part["number"]?.integer, (0..<chunks).contains(number), !self.done.contains(number),
        let tally = Tally(part, of: range(ofChunk: number).count)
      else { throw FileProblem(path: path, cause: "a part that was begun makes no sense", mend: mend) }
      begun[number] = tally
    }
    guard finished.given == self.done.reduce(0, { $0 + range(ofChunk: $1).count }) else {
      throw FileProblem(
        path: path, cause: "it counts \(finished.given) inputs, and other ones are done", mend: mend)
    }
  }

  func write(to path: String) throws(FileProblem) {
    let json = JSON.object(
      [
        .init("format", .string(format)), .init("seed", .integer(seed)), .init("inputs", .integer(inputs)),
        .init("chunk", .integer(FuzzRecord.chunk)), .init("done", .array(done.sorted().map { .integer($0) })),
        .init(
          "begun",
          .array(
            begun.sorted { $0.key < $1.key }.map { .object([.init("number", .integer($0.key))] + $0.value.members) })),
        .init("builds", .array(builds.sorted().map { .string($0) })),
      ] + finished.members)
    try AtomicFile.write(Data((json.text + "\n").utf8), to: path)
  }
}

extension FuzzRecord.Tally {
  fileprivate var members: [JSON.Member] {
    [
      .init("read", .integer(read)), .init("refused", .integer(refused)), .init("wrong", .integer(wrong)),
      .init("killed", .integer(killed)),
      .init(
        "findings",
        .array(findings.map { .object([.init("input", .integer($0.input)), .init("words", .string($0.words))]) })),
    ]
  }

  /// The tally of at most so many inputs; `nil` where it makes no sense.
  fileprivate init?(_ json: JSON, of inputs: Int) {
    func count(_ key: String) -> Int? { json[key]?.integer.flatMap { (0...inputs).contains($0) ? $0 : nil } }
    guard let read = count("read"), let refused = count("refused"), let wrong = count("wrong"),
      let killed = count("killed"), let findings = json["findings"]?.array
    else { return nil }
    (self.read, self.refused, self.wrong, self.killed) = (read, refused, wrong, killed)
    guard given <= inputs else { return nil }
    for finding in findings {
      guard let input = finding["input"]?.integer, let words = finding["words"]?.string else { return nil }
      note(input, words)
    }
  }
}
