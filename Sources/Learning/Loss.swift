import CKernels

/// PPO's loss of one sample in a minibatch, and its gradient with respect to what the network answered.
///
/// `−min(r A, clip(r) A) + c₁ ½ (V − R)² − c₂ H`, equations 7 and 9 of Schulman et al. (2017); the advantages A are
/// normalised over the minibatch.
struct Loss {
  /// Advantages are divided by no less than this, in reward units. Before the first reward they are the noise of an
  /// untrained value; blown up to unit size it drives the policy anywhere, and its entropy is gone when a reward comes.
  static let leastDeviation: Float = 0.05

  let clip: Float
  let valueWeight: Float
  let entropyWeight: Float
  /// Mean and standard deviation of the minibatch's advantages.
  let mean: Float, deviation: Float
  /// Samples in the minibatch, over which the loss is averaged.
  let count: Float

  /// The loss of a recipe for one minibatch.
  init(
    _ recipe: TrainingConfiguration, entropyWeight: Float, of samples: UnsafeBufferPointer<Int32>,
    in experience: Experience
  ) {
    var moments = Moments()
    for sample in samples { moments.add(Double(experience.advantages[Int(sample)])) }
    (clip, valueWeight, self.entropyWeight) = (recipe.clip, recipe.valueWeight, entropyWeight)
    (mean, deviation) = (Float(moments.mean), Float(moments.variance.squareRoot()))
    count = Float(samples.count)
  }

  /// Writes the gradient with respect to the logits and the value.
  /// - Parameters:
  ///   - logarithms: of the probability of each action.
  ///   - delta: one number a logit, then the value's.
  func differentiate(
    _ sample: Int, in experience: Experience, logarithms: UnsafeBufferPointer<Float>, value: Float,
    into delta: UnsafeMutablePointer<Float>, tally: inout LossTally
  ) {
    let action = Int(experience.actions[sample])
    let advantage = (experience.advantages[sample] - mean) / max(deviation, Loss.leastDeviation)
    let change = logarithms[action] - experience.logProbabilities[sample]
    let ratio = kernels_exp(change)
    let clipped = max(1 - clip, min(1 + clip, ratio))
    let isClipped = clipped * advantage < ratio * advantage
    let slope = isClipped ? 0 : -advantage * ratio
    var entropy: Float = 0
    for logarithm in logarithms { entropy -= kernels_exp(logarithm) * logarithm }
    for (index, logarithm) in logarithms.enumerated() {
      let probability = kernels_exp(logarithm)
      let surrogate = slope * ((index == action ? 1 : 0) - probability)
      delta[index] = (surrogate + entropyWeight * probability * (logarithm + entropy)) / count
    }
    let error = value - experience.returns[sample]
    delta[logarithms.count] = valueWeight * error / count

    tally.samples += 1
    tally.policy -= Double(min(ratio * advantage, clipped * advantage))
    tally.value += Double(error * error) / 2
    tally.entropy += Double(entropy)
    tally.divergence += Double(ratio - 1 - change)
    tally.clipped += clipped != ratio ? 1 : 0
  }
}

/// Sums over samples of what the reports show.
struct LossTally: BitwiseCopyable, Equatable {
  var samples = 0.0
  var policy = 0.0
  var value = 0.0
  var entropy = 0.0
  var divergence = 0.0
  var clipped = 0.0

  static func += (sum: inout LossTally, other: LossTally) {
    sum.samples += other.samples
    sum.policy += other.policy
    sum.value += other.value
    sum.entropy += other.entropy
    sum.divergence += other.divergence
    sum.clipped += other.clipped
  }
}
