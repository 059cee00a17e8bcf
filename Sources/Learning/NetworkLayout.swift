import CKernels

/// Where the parameters of a network lie in one flat buffer.
///
/// A layer's weights come input by input, so that a set bit adds one contiguous row; its biases follow. Columns are
/// padded to whole vectors of 16 and the next layer's rows with them. Padding is 0 and stays 0: its gradients are.
struct NetworkLayout: Sendable, Equatable {
  /// One layer's place.
  struct Layer: Sendable, Equatable {
    /// Inputs as the tensors have them, and as stored.
    let inputs: Int, rows: Int
    /// Outputs as the tensors have them, and as stored: a multiple of 16.
    let outputs: Int, columns: Int
    /// Where the weights begin, `rows * columns` of them.
    let weight: Int
    /// Where the biases begin, `columns` of them.
    var bias: Int { weight + rows * columns }
    /// Where the next layer begins.
    var end: Int { bias + columns }
  }

  /// The hidden layers, then the head: one logit an action, then the value.
  let layers: [Layer]

  init(featureCount: Int, hidden: [Int], actionCount: Int) {
    var layers: [Layer] = []
    var (inputs, rows, offset) = (featureCount, featureCount, 0)
    for outputs in hidden + [actionCount + 1] {
      let columns = (outputs + 15) / 16 * 16
      layers.append(Layer(inputs: inputs, rows: rows, outputs: outputs, columns: columns, weight: offset))
      (inputs, rows, offset) = (outputs, columns, layers[layers.count - 1].end)
    }
    self.layers = layers
  }

  /// How many numbers the flat buffer holds, padding included.
  var count: Int { layers[layers.count - 1].end }
  /// Which bits are set at the input.
  var featureCount: Int { layers[0].inputs }
  /// Outputs of the hidden layers.
  var hidden: [Int] { layers.dropLast().map(\.outputs) }
  /// Logits of the policy.
  var actionCount: Int { layers[layers.count - 1].outputs - 1 }

  /// Computes the outputs of every layer, the first from the set bits, each other from the one before it.
  /// - Parameter output: where a layer's outputs go: `count` rows of its columns.
  func forward(
    _ rows: kernels_sparse_rows, count: Int, parameters: UnsafePointer<Float>,
    output: (Int) -> UnsafeMutablePointer<Float>
  ) {
    for (index, layer) in layers.enumerated() {
      let (weight, bias) = (parameters + layer.weight, parameters + layer.bias)
      let isHidden = index < layers.count - 1
      if index == 0 {
        kernels_sparse(rows, weight, bias, output(0), count, layer.columns, isHidden)
      } else {
        kernels_dense(output(index - 1), weight, bias, output(index), count, layer.rows, layer.columns, isHidden)
      }
    }
  }
}
