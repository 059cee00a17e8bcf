import Foundation
import Gridworlds
import Testing

@testable import Learning

/// The gradient of PPO's whole loss against finite differences of a plain twin in double precision.
@Suite struct GradientTests {
  static let samples = 70
  static let featureCount = 6
  static let layout = NetworkLayout(featureCount: featureCount, hidden: [5, 18], actionCount: 3)
  let entropyWeight: Float = 0.03
  let configuration: TrainingConfiguration
  let parameters: Buffer<Float>
  let gradient = MinibatchGradient(layout: layout, largest: samples)
  let experience: Experience

  init() {
    var configuration = TrainingConfiguration()
    (configuration.environments, configuration.horizon, configuration.minibatches) = (GradientTests.samples, 1, 1)
    configuration.hidden = GradientTests.layout.hidden
    self.configuration = configuration
    var random = RandomSource(seed: 11)
    var parameters = zeros(GradientTests.layout.count)
    for layer in GradientTests.layout.layers {
      for output in 0..<layer.outputs {
        for input in 0..<layer.inputs {
          parameters[layer.weight + input * layer.columns + output] = 0.4 * random.normal()
        }
        parameters[layer.bias + output] = 0.4 * random.normal()
      }
    }
    self.parameters = Buffer(parameters, else: 0)
    experience = Experience(count: GradientTests.samples, featureCount: GradientTests.featureCount)
    for sample in 0..<experience.count {
      let features = (0..<UInt16(GradientTests.featureCount)).filter { _ in random.chance(0.5) }
      for (index, feature) in features.enumerated() { experience.room(for: sample)[index] = feature }
      experience.featureCounts[sample] = Int32(features.count)
      experience.actions[sample] = Int32(random.below(3))
      // Far enough from the new policy that some ratios leave the clip range on either side.
      experience.logProbabilities[sample] = -2 * random.unit()
      experience.advantages[sample] = random.normal()
      experience.returns[sample] = random.normal()
    }
  }

  /// Fills ``gradient`` from all samples, in the order of their numbers.
  func compute() -> LossTally {
    let samples = UnsafeBufferPointer(start: experience.identity.start, count: experience.count)
    return gradient.compute(
      Loss(configuration, entropyWeight: entropyWeight, of: samples, in: experience), of: samples, in: experience,
      parameters: parameters, by: Workers(threads: 1))
  }

  /// The loss, written down again without regard for speed.
  func loss(_ parameters: [Double]) -> Double {
    let samples = 0..<experience.count
    let raw = samples.map { Double(experience.advantages[$0]) }
    let mean = raw.reduce(0, +) / Double(raw.count)
    let deviation = (raw.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(raw.count)).squareRoot()
    return samples.reduce(0.0) { sum, sample in
      let (logits, value) = answer(sample, parameters)
      let normalizer = log(logits.reduce(0) { $0 + exp($1) })
      let logarithms = logits.map { $0 - normalizer }
      let change = logarithms[Int(experience.actions[sample])] - Double(experience.logProbabilities[sample])
      let ratio = exp(change)
      let advantage = (raw[sample] - mean) / (deviation + 1e-8)
      let clip = Double(configuration.clip)
      let surrogate = min(ratio * advantage, max(1 - clip, min(1 + clip, ratio)) * advantage)
      let error = value - Double(experience.returns[sample])
      let entropy = -logarithms.reduce(0) { $0 + exp($1) * $1 }
      return sum - surrogate + Double(configuration.valueWeight) * error * error / 2 - Double(entropyWeight) * entropy
    } / Double(experience.count)
  }

  func answer(_ sample: Int, _ parameters: [Double]) -> (logits: [Double], value: Double) {
    let set = Set(experience.room(for: sample).prefix(Int(experience.featureCounts[sample])))
    var signal = (0..<GradientTests.featureCount).map { set.contains(UInt16($0)) ? 1.0 : 0 }
    for (index, layer) in GradientTests.layout.layers.enumerated() {
      signal = (0..<layer.outputs).map { output in
        let sum = signal.indices.reduce(parameters[layer.bias + output]) {
          $0 + signal[$1] * parameters[layer.weight + $1 * layer.columns + output]
        }
        return index == GradientTests.layout.layers.count - 1 ? sum : max(0, sum)
      }
    }
    return (Array(signal.dropLast()), signal[signal.count - 1])
  }

  @Test("every parameter's gradient is the slope of the loss: clipped surrogate, value and entropy together")
  func finiteDifferences() {
    let tally = compute()
    #expect(tally.clipped > 5 && tally.clipped < 65, "the samples should fall on both sides of the clip")
    let parameters = self.parameters.array.map(Double.init)
    for layer in GradientTests.layout.layers {
      for output in 0..<layer.outputs {
        for input in 0...layer.inputs {
          let index = (input < layer.inputs ? layer.weight + input * layer.columns : layer.bias) + output
          var (above, below) = (parameters, parameters)
          above[index] += 1e-6
          below[index] -= 1e-6
          let slope = (loss(above) - loss(below)) / 2e-6
          #expect(abs(slope - Double(gradient.numbers[index])) < 2e-5 * max(1, abs(slope)), "parameter \(index)")
        }
      }
    }
  }

  @Test("padding stays zero: it has no gradient")
  func padding() {
    _ = compute()
    let layout = GradientTests.layout
    let kept = layout.tensors(of: gradient.numbers.array, prefix: "").flatMap(\.values).filter { $0 != 0 }.count
    #expect(gradient.numbers.array.filter { $0 != 0 }.count == kept)
  }
}
