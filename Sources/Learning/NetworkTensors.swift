extension Network {
  /// The parameters by name, as PyTorch's linear layers have them: weights `[outputs, inputs]`, biases `[outputs]`.
  ///
  /// `layers.0.weight`, `layers.0.bias`, …, then `policy.weight`, `policy.bias`, `value.weight`, `value.bias`.
  public var tensors: [Tensor] { layout.tensors(of: parameters, prefix: "") }

  /// The network of its tensors, in any order.
  ///
  /// Tensors whose names begin with `adam.` belong to a training in progress and are passed over.
  /// - Throws: ``NetworkProblem`` where a tensor is missing, unknown, of a wrong shape or not finite, or outputs may not be finite.
  public init(tensors: [Tensor]) throws(NetworkProblem) {
    var byName: [String: Tensor] = [:]
    for tensor in tensors where !tensor.name.hasPrefix("adam.") {
      guard byName.updateValue(tensor, forKey: tensor.name) == nil else { throw .repeated(tensor.name) }
    }
    func shape(_ name: String) throws(NetworkProblem) -> (outputs: Int, inputs: Int) {
      guard let tensor = byName[name] else { throw .missing(name) }
      guard tensor.shape.count == 2, tensor.shape[0] > 0, tensor.shape[1] > 0 else {
        throw .shape(name, found: tensor.shape, expected: "[outputs, inputs]")
      }
      return (tensor.shape[0], tensor.shape[1])
    }
    var hidden: [Int] = []
    while byName["layers.\(hidden.count).weight"] != nil, hidden.count <= Network.limits.layers {
      hidden.append(try shape("layers.\(hidden.count).weight").outputs)
    }
    let featureCount = try shape("layers.0.weight").inputs
    let actionCount = try shape("policy.weight").outputs
    guard Network.allows(featureCount: featureCount, hidden: hidden, actionCount: actionCount) else {
      throw .tooLarge(featureCount: featureCount, hidden: hidden, actionCount: actionCount)
    }
    let layout = NetworkLayout(featureCount: featureCount, hidden: hidden, actionCount: actionCount)
    self.init(layout: layout, parameters: try layout.parameters(from: byName, prefix: ""))
    let known = Set(self.tensors.map(\.name))
    if let stranger = byName.keys.filter({ !known.contains($0) }).min() { throw .unknown(stranger) }
    let names = hidden.indices.map { "layers.\($0)" }
    let seen = names.reduce(1) { Network.reach(of: $1, in: byName, from: $0) }
    for name in ["policy", "value"] where Network.reach(of: name, in: byName, from: seen) > Network.largestReach {
      throw .overflowing(name)
    }
  }

  /// What an output can be at most, so that sums and products in single precision stay finite.
  private static let largestReach = 1e30

  /// The greatest size of a layer's outputs where that of its inputs is known. Activations enlarge nothing.
  private static func reach(of name: String, in tensors: [String: Tensor], from inputs: Double) -> Double {
    func greatest(_ tensor: Tensor?) -> Double { Double(tensor?.values.lazy.map(abs).max() ?? 0) }
    let weight = tensors["\(name).weight"]
    return greatest(weight) * Double(weight?.shape.last ?? 0) * inputs + greatest(tensors["\(name).bias"])
  }
}

/// Why tensors are no network.
public enum NetworkProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is no tensor of a name.
  case missing(String)
  /// A tensor's name belongs to no layer.
  case unknown(String)
  /// Two tensors have one name.
  case repeated(String)
  /// A tensor has another shape than the layers around it ask for.
  case shape(String, found: [Int], expected: String)
  /// A tensor holds an infinity or no number at an index.
  case notFinite(String, at: Int)
  /// A layer is beyond ``Network/limits``.
  case tooLarge(featureCount: Int, hidden: [Int], actionCount: Int)
  /// Finite weights of which an output may not be finite.
  case overflowing(String)

  /// One line for people: which tensor, and what it should be.
  public var description: String {
    switch self {
    case .missing(let name): "the tensor '\(name)' is missing"
    case .unknown(let name): "the tensor '\(name)' belongs to no layer"
    case .repeated(let name): "there are two tensors '\(name)'"
    case .shape(let name, let found, let expected):
      "the tensor '\(name)' has the shape \(found); it should be \(expected)"
    case .notFinite(let name, let index): "the tensor '\(name)' is not finite at \(index)"
    case .tooLarge(let features, let hidden, let actions):
      "a network of \(features) features, \(hidden) units and \(actions) actions is too large"
    case .overflowing(let name): "the weights are so large that the tensor '\(name).weight' may give no finite output"
    }
  }
}

extension NetworkLayout {
  /// A piece of a layer that is a tensor of its own: some of its outputs.
  private struct Piece {
    let name: String
    let layer: Layer
    let outputs: Range<Int>
    var shape: [Int] { [outputs.count, layer.inputs] }
  }

  private var pieces: [Piece] {
    var pieces = layers.dropLast().enumerated().map {
      Piece(name: "layers.\($0.offset)", layer: $0.element, outputs: 0..<$0.element.outputs)
    }
    let head = layers[layers.count - 1]
    pieces.append(Piece(name: "policy", layer: head, outputs: 0..<actionCount))
    pieces.append(Piece(name: "value", layer: head, outputs: actionCount..<head.outputs))
    return pieces
  }

  /// The flat buffer as tensors without padding.
  func tensors(of parameters: [Float], prefix: String) -> [Tensor] {
    pieces.flatMap { piece in
      let (layer, outputs) = (piece.layer, piece.outputs)
      let weight = outputs.flatMap { output in
        (0..<layer.inputs).map { parameters[layer.weight + $0 * layer.columns + output] }
      }
      let bias = outputs.map { parameters[layer.bias + $0] }
      return [
        Tensor(name: "\(prefix)\(piece.name).weight", shape: piece.shape, values: weight),
        Tensor(name: "\(prefix)\(piece.name).bias", shape: [outputs.count], values: bias),
      ].compactMap(\.self)
    }
  }

  /// The flat buffer of the named tensors.
  func parameters(from tensors: [String: Tensor], prefix: String) throws(NetworkProblem) -> [Float] {
    func values(_ name: String, _ shape: [Int]) throws(NetworkProblem) -> [Float] {
      guard let tensor = tensors[prefix + name] else { throw .missing(prefix + name) }
      guard tensor.shape == shape else { throw .shape(prefix + name, found: tensor.shape, expected: "\(shape)") }
      if let index = tensor.values.firstIndex(where: { !$0.isFinite }) { throw .notFinite(prefix + name, at: index) }
      return tensor.values
    }
    var parameters = [Float](repeating: 0, count: count)
    for piece in pieces {
      let layer = piece.layer
      let weight = try values("\(piece.name).weight", piece.shape)
      let bias = try values("\(piece.name).bias", [piece.outputs.count])
      for (row, output) in piece.outputs.enumerated() {
        for input in 0..<layer.inputs {
          parameters[layer.weight + input * layer.columns + output] = weight[row * layer.inputs + input]
        }
        parameters[layer.bias + output] = bias[row]
      }
    }
    return parameters
  }
}
