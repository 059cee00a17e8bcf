import Archive

/// What came of an input that a reader was given.
public enum FuzzOutcome: Sendable, Hashable {
  /// It was refused in proper words.
  case refused
  /// It was read, and what was read holds together.
  case read
  /// Something that should not be, in words.
  case wrong(String)
}

/// Bytes that come from outside, and the code that reads them.
public struct FuzzFormat: Sendable {
  /// Its name on the command line.
  public let name: String
  /// What is read, for the help.
  public let subject: String
  let corpus: @Sendable () -> [[UInt8]]
  let words: [String]
  /// Throws ``Archive/FileProblem`` where it refuses the input.
  let read: @Sendable ([UInt8]) throws -> FuzzOutcome

  /// All of them.
  public static let all: [FuzzFormat] = [
    .levels, .episodes, .recordings, .checkpoints, .settings, .merge, .terminal, .queries,
  ]

  /// Gives an input to the reader.
  /// - Throws: where it could not be given.
  func outcome(of bytes: [UInt8]) throws -> FuzzOutcome {
    do { return try read(bytes) } catch let problem as FileProblem { return FuzzFormat.refusal(problem, of: bytes) }
  }

  /// What a reader's problem comes to: refused, where its words are what a user may see.
  static func refusal(_ problem: FileProblem, of bytes: [UInt8]) -> FuzzOutcome {
    let text = "\(problem)"
    if problem.cause.isEmpty { return .wrong("a problem without a cause: \(text)") }
    if text.unicodeScalars.contains(where: PlainText.isHazard) { return .wrong("a problem with control characters") }
    if text.count > 1_300 { return .wrong("a problem of \(text.count) characters") }
    if problem.kind != .badData { return .wrong("bad data called a fault of input or output: \(text)") }
    if let line = problem.line, line < 1 || line > bytes.count(where: { $0 == 10 || $0 == 13 }) + 1 {
      return .wrong("a problem in line \(line), which there is not: \(text)")
    }
    return .refused
  }
}

/// Changed inputs for one reader, and whether it bears them.
public struct Fuzzer: Sendable {
  /// What is read.
  public let format: FuzzFormat
  /// The seed of the changes.
  public let seed: UInt64
  private let mutator: Mutator

  /// - Parameter corpus: inputs to change besides the format's own.
  public init(_ format: FuzzFormat, seed: UInt64, corpus: [[UInt8]] = []) {
    self.format = format
    self.seed = seed
    mutator = Mutator(corpus: format.corpus() + corpus, words: format.words)
  }

  /// The input of a number.
  public func input(_ number: Int) -> [UInt8] { mutator.input(number, seed: seed) }

  /// Gives an input to the reader.
  /// - Throws: where it could not be given.
  public func outcome(of bytes: [UInt8]) throws -> FuzzOutcome { try format.outcome(of: bytes) }
}
