import Gridworlds

extension TrainingSnapshot {
  /// The network's tensors, and Adam's moments by the same names behind `adam.mean.` and `adam.square.`.
  public var tensors: [Tensor] {
    network.tensors + network.layout.tensors(of: adam.mean, prefix: "adam.mean.")
      + network.layout.tensors(of: adam.square, prefix: "adam.square.")
  }

  /// All that is no tensor, as text: counters in decimal, random states in hexadecimal, and `training.environments`
  /// with four words an environment: episode random, action random, the bits of the return so far, the actions.
  public var metadata: [String: String] {
    var metadata = configuration.metadata
    metadata["training.updates"] = "\(updates)"
    metadata["training.adam-steps"] = "\(adam.steps)"
    metadata["training.shuffle"] = String(shuffleRandom, radix: 16)
    metadata["training.environments"] = places.map {
      let actions = $0.bookmark.actions.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      return [
        String($0.bookmark.episodeRandom, radix: 16), String($0.actionRandom, radix: 16),
        String($0.episodeReturn.bitPattern, radix: 16), actions.isEmpty ? "-" : actions,
      ].joined(separator: " ")
    }.joined(separator: ";")
    return metadata
  }

  /// The snapshot of its tensors and metadata, which may come from anywhere.
  /// - Throws: ``SnapshotProblem`` where anything is missing, malformed or does not fit together.
  public init(tensors: [Tensor], metadata: [String: String]) throws(SnapshotProblem) {
    configuration = try TrainingConfiguration(metadata: metadata)
    do throws(NetworkProblem) {
      network = try Network(tensors: tensors)
      let byName = Dictionary(tensors.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
      adam = AdamState(
        mean: try network.layout.parameters(from: byName, prefix: "adam.mean."),
        square: try network.layout.parameters(from: byName, prefix: "adam.square."),
        steps: Int(metadata["training.adam-steps"] ?? "") ?? -1)
    } catch {
      throw .network(error)
    }
    guard adam.square.allSatisfy({ $0 >= 0 }) else {
      throw .malformed("adam.square", value: "a negative number")
    }
    func entry<Value>(_ key: String, _ parse: (String) -> Value?) throws(SnapshotProblem) -> Value {
      guard let text = metadata[key] else { throw .missing(key) }
      guard let value = parse(text) else { throw .malformed(key, value: text) }
      return value
    }
    let counter = { (text: String) in Int(text).flatMap { (0...1 << 32).contains($0) ? $0 : nil } }
    updates = try entry("training.updates", counter)
    _ = try entry("training.adam-steps", counter)
    shuffleRandom = try entry("training.shuffle") { UInt64($0, radix: 16) }
    let environments = configuration.environments
    places = try entry("training.environments") { text in
      let places = text.split(separator: ";", maxSplits: environments).compactMap(Place.init(text:))
      return places.count == environments ? places : nil
    }
    guard network.hidden == configuration.hidden else {
      throw .mismatch("the network has \(network.hidden) units where the recipe says \(configuration.hidden)")
    }
  }
}

extension TrainingSnapshot.Place {
  /// The four words of an environment.
  fileprivate init?(text: Substring) {
    let words = text.split(separator: " ", maxSplits: 4, omittingEmptySubsequences: false)
    guard words.count == 4, let episodeRandom = UInt64(words[0], radix: 16),
      let actionRandom = UInt64(words[1], radix: 16), let bits = UInt32(words[2], radix: 16)
    else { return nil }
    var actions: [UInt8] = []
    if words[3] != "-" {
      let digits = words[3].utf8.compactMap { Character(Unicode.Scalar($0)).hexDigitValue }
      guard digits.count == words[3].utf8.count, digits.count % 2 == 0, digits.count <= 2 * Level.largestTimeLimit
      else { return nil }
      actions = stride(from: 0, to: digits.count, by: 2).map { UInt8(16 * digits[$0] + digits[$0 + 1]) }
    }
    bookmark = EnvironmentBookmark(episodeRandom: episodeRandom, actions: actions)
    self.actionRandom = actionRandom
    episodeReturn = Float(bitPattern: bits)
    if !episodeReturn.isFinite { return nil }
  }
}
