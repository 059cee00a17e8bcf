import Gridworlds
import Testing
import Worlds

@testable import Learning

@Suite struct NetworkTests {
  let network = Network(featureCount: 23, hidden: [20, 12], actionCount: 3, seed: 5)

  @Test("the answer is that of a plain computation on the tensors, as PyTorch would have it")
  func plain() {
    let tensors = Dictionary(uniqueKeysWithValues: network.tensors.map { ($0.name, $0) })
    func layer(_ name: String, _ input: [Double], rectifies: Bool) -> [Double] {
      let (weight, bias) = (tensors["\(name).weight"]!, tensors["\(name).bias"]!)
      return (0..<weight.shape[0]).map { row in
        let sum = input.indices.reduce(Double(bias.values[row])) {
          $0 + input[$1] * Double(weight.values[row * weight.shape[1] + $1])
        }
        return rectifies ? max(0, sum) : sum
      }
    }
    let features: [UInt16] = [0, 4, 5, 22]
    let input = (0..<23).map { features.contains(UInt16($0)) ? 1.0 : 0 }
    let hidden = layer("layers.1", layer("layers.0", input, rectifies: true), rectifies: true)
    let expected = layer("policy", hidden, rectifies: false) + layer("value", hidden, rectifies: false)
    let answer = network.forward(features: features)
    #expect(answer.logits.count + 1 == expected.count)
    for (found, wanted) in zip(answer.logits + [answer.value], expected) { #expect(abs(Double(found) - wanted) < 1e-5) }
  }

  @Test("an untrained policy is nearly uniform: exploration begins with every action")
  func nearlyUniform() {
    let decision = network.decision(features: [1, 2, 3])
    #expect(decision.probabilities.count == 3)
    for probability in decision.probabilities { #expect(abs(probability - 1 / 3) < 0.02) }
  }

  @Test("features that the network does not have are not seen, whoever sends them")
  func strangeFeatures() {
    #expect(network.forward(features: [1, 60_000, 23]).logits == network.forward(features: [1]).logits)
    #expect(network.forward(features: []).logits.allSatisfy { $0.isFinite })
  }

  @Test("the tensors carry the whole network, in any order")
  func roundTrip() throws {
    #expect(try Network(tensors: network.tensors.reversed()) == network)
    #expect(network.tensors.reduce(0) { $0 + $1.values.count } == network.parameterCount)
    #expect(network.parameterCount == 23 * 20 + 20 + 20 * 12 + 12 + 12 * 4 + 4)
  }

  @Test("the same seed gives the same weights, another seed others")
  func seeds() {
    #expect(Network(featureCount: 23, hidden: [20, 12], actionCount: 3, seed: 5) == network)
    #expect(Network(featureCount: 23, hidden: [20, 12], actionCount: 3, seed: 6) != network)
  }

  @Test("the default network of the first world stays under a million bytes: checkpoints are committed")
  func size() {
    let world = Corner()
    let network = Network(
      featureCount: world.view.featureCount, hidden: TrainingConfiguration().hidden, actionCount: 4, seed: 1)
    #expect(network.parameterCount * 4 < 1_000_000)
  }

  @Test("tensors that are no network are refused with the name of the culprit")
  func refused() throws {
    let tensors = network.tensors
    func problem(_ tensors: [Tensor]) -> NetworkProblem? {
      do { _ = try Network(tensors: tensors) } catch { return error }
      return nil
    }
    func replacing(_ name: String, _ shape: [Int], _ values: [Float]) throws -> [Tensor] {
      try tensors.map { $0.name == name ? try #require(Tensor(name: name, shape: shape, values: values)) : $0 }
    }
    #expect(problem([]) == .missing("layers.0.weight"))
    #expect(problem(tensors.filter { $0.name != "value.bias" }) == .missing("value.bias"))
    #expect(problem(tensors.filter { $0.name != "policy.weight" }) == .missing("policy.weight"))
    #expect(problem(tensors + [tensors[0]]) == .repeated("layers.0.weight"))
    let stranger = try #require(Tensor(name: "convolution", shape: [1], values: [0]))
    #expect(problem(tensors + [stranger]) == .unknown("convolution"))
    let moment = try #require(Tensor(name: "adam.mean.value.bias", shape: [1], values: [0]))
    #expect(problem(tensors + [moment]) == nil)
    #expect(
      try problem(replacing("value.weight", [12, 1], zeros(12)))
        == .shape("value.weight", found: [12, 1], expected: "[1, 12]"))
    #expect(
      try problem(replacing("layers.0.weight", [0, 23], []))
        == .shape("layers.0.weight", found: [0, 23], expected: "[outputs, inputs]"))
    #expect(try problem(replacing("policy.bias", [3], [0, .nan, 0])) == .notFinite("policy.bias", at: 1))
    #expect(try problem(replacing("policy.bias", [3], [0, 3e38, 0])) == .overflowing("policy"))
    #expect(
      try problem(replacing("layers.0.weight", [5_000, 1], zeros(5_000)))
        == .tooLarge(featureCount: 1, hidden: [5_000, 12], actionCount: 3))
  }

  @Test("a shape whose product overflows is no tensor: files may claim anything")
  func overflowingShape() {
    #expect(Tensor(name: "x", shape: [Int.max, 2], values: []) == nil)
    #expect(Tensor(name: "x", shape: [Int.max, 2, 0], values: []) == nil)
    #expect(Tensor(name: "x", shape: [-1, -1], values: [0]) == nil)
  }

  @Test("as a policy the network answers for the view it was made for, and for no other")
  func policy() throws {
    let world = Corner(size: 7)
    let network = Network(featureCount: world.view.featureCount, hidden: [16], actionCount: 4, seed: 1)
    let policy = try #require(NetworkPolicy(network: network, view: world.view, name: "mouse"))
    #expect(NetworkPolicy(network: network, view: Corner().view, name: "mouse") == nil)
    let level = world.generate(.training, seed: 1_000_000)
    let situation = Situation(world: world, level: level, state: world.begin(level), time: 0)
    let decision = policy.decide(in: situation)
    #expect(abs(decision.probabilities.reduce(0, +) - 1) < 1e-5)
    #expect(decision.value != nil)
  }
}
