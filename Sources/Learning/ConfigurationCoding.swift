extension TrainingConfiguration {
  /// The recipe as text, each entry under `recipe.`; threads are no part of it.
  public var metadata: [String: String] {
    [
      "recipe.environments": "\(environments)", "recipe.horizon": "\(horizon)", "recipe.epochs": "\(epochs)",
      "recipe.minibatches": "\(minibatches)", "recipe.learning-rate": "\(learningRate)",
      "recipe.entropy-weight": "\(entropyWeight)", "recipe.anneals-to": "\(annealsTo)",
      "recipe.discount": "\(discount)", "recipe.trace": "\(trace)", "recipe.clip": "\(clip)",
      "recipe.value-weight": "\(valueWeight)", "recipe.gradient-norm": "\(gradientNorm)",
      "recipe.hidden": hidden.map(String.init).joined(separator: " "), "recipe.total-steps": "\(totalSteps)",
      "recipe.severity": "\(severity)", "recipe.exploring-starts": "\(exploringStarts)",
      "recipe.seed": String(seed, radix: 16),
    ]
  }

  /// The recipe of its text.
  /// - Throws: ``SnapshotProblem`` where an entry is missing or out of range.
  public init(metadata: [String: String]) throws(SnapshotProblem) {
    func entry<Value>(_ name: String, _ parse: (String) -> Value?) throws(SnapshotProblem) -> Value {
      let key = "recipe." + name
      guard let text = metadata[key] else { throw .missing(key) }
      guard let value = parse(text) else { throw .malformed(key, value: text) }
      return value
    }
    func whole(_ range: ClosedRange<Int>) -> (String) -> Int? {
      { Int($0).flatMap { range.contains($0) ? $0 : nil } }
    }
    func real(_ range: ClosedRange<Float>) -> (String) -> Float? {
      { Float($0).flatMap { range.contains($0) ? $0 : nil } }
    }
    environments = try entry("environments", whole(1...4_096))
    horizon = try entry("horizon", whole(1...4_096))
    epochs = try entry("epochs", whole(1...100))
    minibatches = try entry("minibatches", whole(1...4_096))
    learningRate = try entry("learning-rate", real(0...1))
    entropyWeight = try entry("entropy-weight", real(0...10))
    annealsTo = try entry("anneals-to", real(0...1))
    discount = try entry("discount", real(0...1))
    trace = try entry("trace", real(0...1))
    clip = try entry("clip", real(0...10))
    valueWeight = try entry("value-weight", real(0...100))
    gradientNorm = try entry("gradient-norm", real(0...1e6))
    hidden = try entry("hidden") { text in
      let words = text.split(separator: " ", maxSplits: Network.limits.layers)
      let units = words.compactMap { whole(1...Network.limits.units)(String($0)) }
      return units.count == words.count && !units.isEmpty ? units : nil
    }
    totalSteps = try entry("total-steps", whole(1...1 << 40))
    let share = { (text: String) in Double(text).flatMap { (0...1).contains($0) ? $0 : nil } }
    severity = try entry("severity", share)
    exploringStarts = try entry("exploring-starts", share)
    seed = try entry("seed") { UInt64($0, radix: 16) }
    guard stepsPerUpdate <= 1 << 20 else { throw .malformed("recipe.horizon", value: "\(horizon)") }
  }

  /// Says what is out of range, before a training is asked for with numbers that someone typed.
  /// - Throws: ``SnapshotProblem/malformed(_:value:)`` with the entry and its value.
  public func validate() throws(SnapshotProblem) { _ = try TrainingConfiguration(metadata: metadata) }
}
