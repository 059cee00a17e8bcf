import CKernels

/// The gradient of the mean loss of a minibatch with respect to all parameters.
///
/// Samples go through the network and back in pieces; then the parameters' sums over all samples are made, in pieces
/// too. Neither depends on who does which piece.
final class MinibatchGradient {
  /// Samples that one piece of work carries through the network and back; as many as a mask has bits.
  static let piece = 64

  /// The gradient, laid out like the parameters.
  let numbers: Buffer<Float>
  private let layout: NetworkLayout
  private let transposed: Buffer<Float>
  private let activations: Activations
  private let logarithms: Buffer<Float>
  private let sums: GradientPieces

  /// Room for minibatches of up to `largest` samples.
  init(layout: NetworkLayout, largest: Int) {
    self.layout = layout
    numbers = Buffer(layout.count, repeating: 0)
    transposed = Buffer(layout.count, repeating: 0)
    activations = Activations(layout: layout, samples: largest, learns: true)
    logarithms = Buffer(largest * layout.actionCount, repeating: 0)
    sums = GradientPieces(layout: layout)
  }

  /// Leaves the gradient in ``numbers`` and returns the losses, summed over the samples.
  func compute(
    _ loss: Loss, of samples: UnsafeBufferPointer<Int32>, in experience: Experience, parameters: Buffer<Float>,
    by workers: Workers
  ) -> LossTally {
    for layer in layout.layers.dropFirst() {
      kernels_transpose(parameters.start + layer.weight, transposed.start + layer.weight, layer.rows, layer.columns)
    }
    let pieces = (samples.count + MinibatchGradient.piece - 1) / MinibatchGradient.piece
    let tallies = Buffer(pieces, repeating: LossTally())
    workers.share(pieces) { piece in
      let first = piece * MinibatchGradient.piece
      let part = UnsafeBufferPointer(rebasing: samples[first..<min(samples.count, first + MinibatchGradient.piece)])
      guard let start = part.baseAddress else { return }
      let rows = experience.rows(start)
      activations.forward(rows, first: first, count: part.count, parameters: parameters.start)
      tallies[piece] = differentiate(loss, of: part, first: first, in: experience)
      activations.backward(rows, first: first, count: part.count, transposed: transposed.start)
    }
    sums.sum(activations, count: samples.count, into: numbers, by: workers)
    return tallies.array.reduce(into: LossTally()) { $0 += $1 }
  }

  /// Writes the loss's gradient with respect to the head's outputs of some samples.
  private func differentiate(
    _ loss: Loss, of samples: UnsafeBufferPointer<Int32>, first: Int, in experience: Experience
  ) -> LossTally {
    let (actionCount, columns) = (layout.actionCount, activations.headColumns)
    let head = activations.head.start + first * columns
    let deltas = activations.headDeltas.start + first * columns
    let rows = logarithms.start + first * actionCount
    kernels_log_softmax(head, columns, rows, samples.count, actionCount)
    var tally = LossTally()
    for (index, sample) in samples.enumerated() {
      loss.differentiate(
        Int(sample), in: experience,
        logarithms: UnsafeBufferPointer(start: rows + index * actionCount, count: actionCount),
        value: head[index * columns + actionCount], into: deltas + index * columns, tally: &tally)
    }
    return tally
  }

  /// The gradient's Euclidean length.
  func norm(by workers: Workers) -> Float {
    let pieces = (numbers.count + Adam.piece - 1) / Adam.piece
    let squares = Buffer(pieces, repeating: 0.0)
    workers.share(pieces) { piece in
      let first = piece * Adam.piece
      squares[piece] = kernels_sum_of_squares(numbers.start + first, min(Adam.piece, numbers.count - first))
    }
    return Float(squares.array.reduce(0, +).squareRoot())
  }
}
