import CKernels

/// The optimiser: a step against the gradient's running mean, divided by the root of its running square.
///
/// Kingma and Ba (2015), algorithm 1.
final class Adam {
  /// β₁, β₂ and ε. ε is PPO's customary 1e-5 (Huang et al. 2022).
  static let (beta1, beta2, epsilon): (Float, Float, Float) = (0.9, 0.999, 1e-5)
  /// Parameters that one piece of work covers.
  static let piece = 16_384

  let mean: Buffer<Float>
  let square: Buffer<Float>
  private(set) var steps: Int

  init(_ state: AdamState) {
    mean = Buffer(state.mean, else: 0)
    square = Buffer(state.square, else: 0)
    steps = state.steps
  }

  var state: AdamState { AdamState(mean: mean.array, square: square.array, steps: steps) }

  /// Moves the parameters one step; the gradient is multiplied by `scale` first.
  func step(_ parameters: Buffer<Float>, along gradient: Buffer<Float>, scale: Float, rate: Float, by workers: Workers)
  {
    steps += 1
    let rate = Float(Double(rate) / (1 - power(Double(Adam.beta1), steps)))
    let correction = Float(1 / (1 - power(Double(Adam.beta2), steps)).squareRoot())
    workers.share((parameters.count + Adam.piece - 1) / Adam.piece) { piece in
      let first = piece * Adam.piece
      kernels_adam(
        parameters.start + first, gradient.start + first, mean.start + first, square.start + first,
        min(Adam.piece, parameters.count - first), scale, rate, correction, Adam.beta1, Adam.beta2, Adam.epsilon)
    }
  }
}

/// What Adam remembers between steps.
struct AdamState: Sendable, Equatable {
  var mean: [Float]
  var square: [Float]
  var steps = 0

  init(mean: [Float], square: [Float], steps: Int) {
    self.mean = mean
    self.square = square
    self.steps = steps
  }

  init(parameterCount: Int) {
    mean = [Float](repeating: 0, count: parameterCount)
    square = mean
  }
}

/// A power by repeated squaring, the same bytes on every machine.
private func power(_ base: Double, _ exponent: Int) -> Double {
  var (result, square, rest) = (1.0, base, exponent)
  while rest > 0 {
    if rest & 1 == 1 { result *= square }
    square *= square
    rest >>= 1
  }
  return result
}
