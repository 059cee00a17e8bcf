import Gridworlds

/// Proximal policy optimisation with the clipped surrogate: the part that learns.
///
/// - SeeAlso: Schulman et al. (2017), algorithm 1; Huang et al. (2022) for the details.
final class PPO {
  let configuration: TrainingConfiguration
  let parameters: Buffer<Float>
  let adam: Adam
  private let gradient: MinibatchGradient
  private let workers: Workers

  init(configuration: TrainingConfiguration, network: Network, adam state: AdamState) {
    self.configuration = configuration
    parameters = Buffer(network.parameters, else: 0)
    adam = Adam(state)
    workers = Workers(threads: configuration.threads)
    gradient = MinibatchGradient(layout: network.layout, largest: configuration.largestMinibatch)
  }

  /// Passes several times over the experience in shuffled minibatches, each followed by one step of Adam.
  /// - Parameter annealing: what is left of the learning rate and of the entropy's weight, in `0...1`.
  /// - Returns: the losses before each step, summed over all samples and passes.
  func learn(from experience: Experience, annealing: Float, shuffling random: inout RandomSource) -> LossTally {
    let recipe = configuration
    var tally = LossTally()
    let samples = Buffer(experience.identity.array, else: 0)
    for _ in 0..<recipe.epochs {
      random.shuffle(samples)
      for minibatch in samples.parts(recipe.minibatches) {
        let loss = Loss(recipe, entropyWeight: recipe.entropyWeight * annealing, of: minibatch, in: experience)
        tally += gradient.compute(loss, of: minibatch, in: experience, parameters: parameters, by: workers)
        let norm = gradient.norm(by: workers)
        adam.step(
          parameters, along: gradient.numbers, scale: min(1, recipe.gradientNorm / norm),
          rate: recipe.learningRate * annealing, by: workers)
      }
    }
    return tally
  }
}

extension TrainingConfiguration {
  /// Samples in the largest minibatch.
  var largestMinibatch: Int { (stepsPerUpdate + minibatches - 1) / minibatches }
}

extension Buffer {
  /// The elements in consecutive parts of nearly equal size, none of them empty.
  func parts(_ count: Int) -> [UnsafeBufferPointer<Element>] {
    (0..<count).compactMap { part in
      let (first, end) = (part * self.count / count, (part + 1) * self.count / count)
      return first < end ? UnsafeBufferPointer(start: start + first, count: end - first) : nil
    }
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
