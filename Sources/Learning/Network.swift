import CKernels
import Gridworlds

/// A perceptron that sees an observation as the list of its set bits, and answers with a policy and a value.
///
/// Rectified hidden layers, then a head with one logit an action and the expected return. The first layer only adds
/// the weight rows of the set bits.
public struct Network: Sendable, Equatable {
  /// The largest numbers of features, of units in a layer, of hidden layers, of actions and of parameters.
  public static let limits = (features: 65_536, units: 4_096, layers: 8, actions: 255, parameters: 16_777_216)

  let layout: NetworkLayout
  /// ``NetworkLayout`` says where each number lies.
  var parameters: [Float]

  init(layout: NetworkLayout, parameters: [Float]) {
    self.layout = layout
    self.parameters = parameters
  }

  /// A network before training: He's normal weights, biases of 0, a policy head a hundredth of that, so that it begins
  /// with nearly equal probabilities.
  /// - Parameters:
  ///   - featureCount: how many features a view has.
  ///   - hidden: the units of each hidden layer, at least one layer.
  ///   - seed: the same seed gives the same weights.
  /// - SeeAlso: He et al. (2015); Andrychowicz et al. (2021) for the policy head.
  public init(featureCount: Int, hidden: [Int] = [192, 128], actionCount: Int, seed: UInt64) {
    precondition(
      Network.allows(featureCount: featureCount, hidden: hidden, actionCount: actionCount),
      "a network of \(featureCount) features, \(hidden) units and \(actionCount) actions is beyond Network.limits")
    layout = NetworkLayout(featureCount: featureCount, hidden: hidden, actionCount: actionCount)
    parameters = [Float](repeating: 0, count: layout.count)
    var random = RandomSource(seed: seed, stream: 0x11E7)
    for (index, layer) in layout.layers.enumerated() {
      let isHead = index == layout.layers.count - 1
      let deviation = ((isHead ? 1 : 2) / Float(layer.inputs)).squareRoot()
      for row in 0..<layer.inputs {
        for column in 0..<layer.outputs {
          let scale = isHead && column < actionCount ? deviation * 0.01 : deviation
          parameters[layer.weight + row * layer.columns + column] = random.normal() * scale
        }
      }
    }
  }

  static func allows(featureCount: Int, hidden: [Int], actionCount: Int) -> Bool {
    guard (1...limits.features).contains(featureCount), (1...limits.actions).contains(actionCount),
      (1...limits.layers).contains(hidden.count), hidden.allSatisfy({ (1...limits.units).contains($0) })
    else { return false }
    return NetworkLayout(featureCount: featureCount, hidden: hidden, actionCount: actionCount).count
      <= limits.parameters
  }

  /// How many features the network looks at.
  public var featureCount: Int { layout.featureCount }
  /// The units of each hidden layer.
  public var hidden: [Int] { layout.hidden }
  /// How many actions it chooses among.
  public var actionCount: Int { layout.actionCount }
  /// How many numbers were trained.
  public var parameterCount: Int { layout.layers.reduce(0) { $0 + ($1.inputs + 1) * $1.outputs } }

  /// What the network makes of one observation.
  /// - Parameter features: the indices of the features that are 1; those beyond ``featureCount`` are not seen.
  /// - Returns: a logit for each action, and the expected discounted return in units of reward.
  /// - Complexity: about 5 µs for 60 set bits and the default units.
  public func forward(features: [UInt16]) -> (logits: [Float], value: Float) {
    let seen = features.allSatisfy { Int($0) < featureCount } ? features : features.filter { Int($0) < featureCount }
    let columns = layout.layers.map(\.columns)
    return withUnsafeTemporaryAllocation(of: Float.self, capacity: columns.reduce(0, +)) { scratch in
      guard var head = scratch.baseAddress else { return ([], 0) }
      let outputs = columns.map { columns in
        defer { head += columns }
        return head
      }
      parameters.withUnsafeBufferPointer { parameters in
        guard let parameters = parameters.baseAddress else { return }
        SparseRows.with(one: seen) { layout.forward($0, count: 1, parameters: parameters) { outputs[$0] } }
      }
      let answer = outputs[outputs.count - 1]
      return (Array(UnsafeBufferPointer(start: answer, count: actionCount)), answer[actionCount])
    }
  }

  /// The probability of each action and the expected return.
  public func decision(features: [UInt16]) -> Decision {
    let (logits, value) = forward(features: features)
    var logarithms = logits
    kernels_log_softmax(logits, logits.count, &logarithms, 1, logits.count)
    return Decision(probabilities: logarithms.map { kernels_exp($0) }, value: value)
  }
}

enum SparseRows {
  /// Calls `body` with the one row.
  static func with<Result>(one features: [UInt16], _ body: (kernels_sparse_rows) -> Result) -> Result {
    features.withUnsafeBufferPointer { features in
      var (count, sample) = (Int32(features.count), Int32(0))
      return withUnsafePointer(to: &count) { count in
        withUnsafePointer(to: &sample) { sample in
          body(kernels_sparse_rows(features: features.baseAddress, counts: count, samples: sample, stride: 0))
        }
      }
    }
  }
}

extension RandomSource {
  /// A number from an approximate standard normal distribution: twelve uniform ones, added.
  mutating func normal() -> Float {
    var sum: Float = -6
    for _ in 0..<12 { sum += unit() }
    return sum
  }
}
