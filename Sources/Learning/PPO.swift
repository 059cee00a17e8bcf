import CKernels
import Gridworlds

/// Proximal policy optimisation with the clipped surrogate.
///
/// - SeeAlso: Schulman et al. (2017), algorithm 1 and equations 7 and 9; Huang et al. (2022) for the details.
final class PPO {
  /// Samples that one piece of work carries through the network and back; as many as a mask has bits.
  static let piece = 64

  let configuration: TrainingConfiguration
  let parameters: Buffer<Float>
  let adam: Adam
  let gradient: Buffer<Float>
  private let transposed: Buffer<Float>
  private let layout: NetworkLayout
  private let activations: Activations
  private let gradientPieces: GradientPieces
  private let workers: Workers
  private let logarithms: Buffer<Float>

  init(configuration: TrainingConfiguration, network: Network, adam state: AdamState) {
    self.configuration = configuration
    layout = network.layout
    parameters = Buffer(network.parameters, else: 0)
    gradient = Buffer(parameters.count, repeating: 0)
    transposed = Buffer(parameters.count, repeating: 0)
    adam = Adam(state)
    let largest = (configuration.stepsPerUpdate + configuration.minibatches - 1) / configuration.minibatches
    activations = Activations(layout: layout, samples: largest, learns: true)
    logarithms = Buffer(largest * layout.actionCount, repeating: 0)
    gradientPieces = GradientPieces(layout: layout)
    workers = Workers(threads: configuration.threads)
  }

  /// Several passes over the experience in shuffled minibatches, each followed by one step of Adam.
  /// - Parameter rate: Adam's step size.
  /// - Parameter entropyWeight: the weight of the entropy bonus.
  func learn(
    from experience: Experience, rate: Float, entropyWeight: Float, shuffling random: inout RandomSource
  ) -> LossTally {
    var tally = LossTally()
    let samples = Buffer(experience.identity.array, else: 0)
    for _ in 0..<configuration.epochs {
      random.shuffle(samples)
      for part in 0..<configuration.minibatches {
        let first = part * samples.count / configuration.minibatches
        let end = (part + 1) * samples.count / configuration.minibatches
        if first == end { continue }
        tally += computeGradient(
          of: samples.start + first, count: end - first, in: experience, entropyWeight: entropyWeight)
        let norm = gradientNorm()
        adam.step(
          parameters, along: gradient, scale: norm > configuration.gradientNorm ? configuration.gradientNorm / norm : 1,
          rate: rate, by: workers)
      }
    }
    return tally
  }

  /// Leaves the gradient of a minibatch's loss in ``gradient``.
  func computeGradient(
    of samples: UnsafePointer<Int32>, count: Int, in experience: Experience, entropyWeight: Float
  ) -> LossTally {
    var moments = Moments()
    for index in 0..<count { moments.add(Double(experience.advantages[Int(samples[index])])) }
    let loss = Loss(
      clip: configuration.clip, valueWeight: configuration.valueWeight, entropyWeight: entropyWeight,
      mean: Float(moments.mean), deviation: Float(moments.variance.squareRoot()), count: Float(count))
    transpose()
    let pieceCount = (count + PPO.piece - 1) / PPO.piece
    let tallies = Buffer(pieceCount, repeating: LossTally())
    workers.share(pieceCount) { piece in
      let first = piece * PPO.piece
      let end = min(count, first + PPO.piece)
      let rows = experience.rows(samples + first)
      activations.forward(rows, first: first, count: end - first, parameters: parameters.start)
      let (columns, actionCount) = (activations.headColumns, layout.actionCount)
      kernels_log_softmax(
        activations.head.start + first * columns, columns, logarithms.start + first * actionCount, end - first,
        actionCount)
      for index in first..<end {
        let delta = activations.deltas[layout.layers.count - 1].start + index * columns
        let logits = UnsafeBufferPointer(start: logarithms.start + index * actionCount, count: actionCount)
        let value = activations.head[index * columns + actionCount]
        loss.gradient(
          of: Int(samples[index]), in: experience, logarithms: logits, value: value, into: delta,
          tally: &tallies[piece])
      }
      activations.backward(rows, first: first, count: end - first, transposed: transposed.start)
    }
    gradientPieces.sum(activations, count: count, into: gradient, by: workers)
    return tallies.array.reduce(into: LossTally()) { $0 += $1 }
  }

  private func transpose() {
    for layer in layout.layers.dropFirst() {
      kernels_transpose(parameters.start + layer.weight, transposed.start + layer.weight, layer.rows, layer.columns)
    }
  }

  private func gradientNorm() -> Float {
    let pieces = (gradient.count + Adam.piece - 1) / Adam.piece
    let sums = Buffer(pieces, repeating: 0.0)
    workers.share(pieces) { piece in
      let first = piece * Adam.piece
      sums[piece] = kernels_sum_of_squares(gradient.start + first, min(Adam.piece, gradient.count - first))
    }
    return Float(sums.array.reduce(0, +).squareRoot())
  }
}

extension RandomSource {
  /// Puts the numbers in a random order (Fisher and Yates 1938).
  mutating func shuffle(_ numbers: Buffer<Int32>) {
    for last in stride(from: numbers.count - 1, to: 0, by: -1) {
      let other = below(last + 1)
      (numbers[last], numbers[other]) = (numbers[other], numbers[last])
    }
  }
}
