import CKernels

/// The outputs of every layer for a number of samples, and the loss's gradient with respect to them.
///
/// Pieces of the samples may be computed by different threads: each touches its own rows.
final class Activations {
  let layout: NetworkLayout
  /// For each layer `samples * columns` numbers.
  let outputs: [Buffer<Float>]
  /// The same, for the gradient before the rectifier; empty where only the answers are wanted.
  let deltas: [Buffer<Float>]
  /// For each 64 samples a number a feature, whose bits say in which of them it is set.
  let masks: Buffer<UInt64>

  init(layout: NetworkLayout, samples: Int, learns: Bool) {
    self.layout = layout
    outputs = layout.layers.map { Buffer(samples * $0.columns, repeating: 0) }
    deltas = learns ? layout.layers.map { Buffer(samples * $0.columns, repeating: 0) } : []
    masks = Buffer(learns ? (samples + 63) / 64 * layout.featureCount : 0, repeating: 0)
  }

  /// Logits, then the value, `headColumns` apart.
  var head: Buffer<Float> { outputs[outputs.count - 1] }
  var headDeltas: Buffer<Float> { deltas[deltas.count - 1] }
  var headColumns: Int { layout.layers[layout.layers.count - 1].columns }

  /// Computes the outputs of `count` samples from `first` on; `rows` begins with the first of them.
  func forward(_ rows: kernels_sparse_rows, first: Int, count: Int, parameters: UnsafePointer<Float>) {
    layout.forward(rows, count: count, parameters: parameters) { index in
      outputs[index].start + first * layout.layers[index].columns
    }
  }

  /// Carries the head's gradient of at most 64 samples, from a multiple of 64 on, down to the first layer.
  /// - Parameter transposed: the parameters with each layer's weights transposed.
  func backward(_ rows: kernels_sparse_rows, first: Int, count: Int, transposed: UnsafePointer<Float>) {
    kernels_sparse_masks(rows, masks.start + first / 64 * layout.featureCount, count, layout.featureCount)
    for index in layout.layers.indices.dropFirst().reversed() {
      let layer = layout.layers[index]
      kernels_dense_gated(
        deltas[index].start + first * layer.columns, transposed + layer.weight,
        outputs[index - 1].start + first * layer.rows, deltas[index - 1].start + first * layer.rows,
        count, layer.columns, layer.rows)
    }
  }
}

/// The sums over all samples that make the gradient of the parameters, cut into pieces of fixed size.
struct GradientPieces {
  private enum Piece {
    case sparse(columns: Range<Int>)
    case dense(layer: Int, rows: Range<Int>)
    case bias(layer: Int)
  }

  private let layout: NetworkLayout
  private let pieces: [Piece]

  init(layout: NetworkLayout) {
    self.layout = layout
    let ranges = { (count: Int, size: Int) in
      stride(from: 0, to: count, by: size).map { $0..<min(count, $0 + size) }
    }
    var pieces = ranges(layout.layers[0].columns, 64).map { Piece.sparse(columns: $0) }
    for (index, layer) in layout.layers.enumerated().dropFirst() {
      pieces += ranges(layer.rows, 32).map { .dense(layer: index, rows: $0) }
    }
    self.pieces = pieces + layout.layers.indices.map { .bias(layer: $0) }
  }

  /// Fills the gradient from the deltas of `count` samples.
  func sum(_ activations: Activations, count: Int, into gradient: Buffer<Float>, by workers: Workers) {
    workers.share(pieces.count) { piece in
      switch pieces[piece] {
      case .sparse(let columns):
        let layer = layout.layers[0]
        kernels_sparse_gradient(
          activations.masks.start, activations.deltas[0].start, gradient.start + layer.weight, count, layer.rows,
          layer.columns, columns.lowerBound, columns.upperBound)
      case .dense(let index, let rows):
        let layer = layout.layers[index]
        kernels_weight_gradient(
          activations.outputs[index - 1].start, activations.deltas[index].start, gradient.start + layer.weight,
          count, layer.rows, layer.columns, rows.lowerBound, rows.upperBound)
      case .bias(let index):
        let layer = layout.layers[index]
        kernels_bias_gradient(activations.deltas[index].start, gradient.start + layer.bias, count, layer.columns)
      }
    }
  }
}
