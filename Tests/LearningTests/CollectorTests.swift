import Gridworlds
import Testing

@testable import Learning

/// Counts its steps, shows the count as a feature, and ends at two.
private final class Clock: Environment {
  let end: Ending
  var time = 0
  init(end: Ending) { self.end = end }

  func observe(into features: UnsafeMutableBufferPointer<UInt16>) -> Int {
    features[0] = UInt16(time)
    return 1
  }

  func step(_ action: Int) -> (reward: Float, ending: Ending) {
    time += 1
    return time == 2 ? (1, end) : (0, .continues)
  }

  var isSuccess: Bool { time == 2 }

  func restart() { time = 0 }

  var bookmark: EnvironmentBookmark {
    EnvironmentBookmark(episodeRandom: 0, actions: [UInt8](repeating: 0, count: time))
  }

  func resume(at bookmark: EnvironmentBookmark) -> Bool { false }
}

@Suite struct CollectorTests {
  @Test(
    "at a time limit and at the horizon the last state's value counts, at a true end nothing does",
    arguments: [Ending.terminates, .truncates])
  func returns(end: Ending) {
    var configuration = TrainingConfiguration()
    (configuration.environments, configuration.horizon, configuration.hidden) = (2, 3, [16])
    let network = Network(featureCount: 3, hidden: [16], actionCount: 2, seed: 9)
    let experience = Experience(count: 6, featureCount: 3)
    let collector = Collector(configuration: configuration, layout: network.layout) { _ in Clock(end: end) }
    let tally = collector.collect(
      into: experience, parameters: Buffer(network.parameters, else: 0), by: Workers(threads: 1))
    let values = (0...2).map { network.forward(features: [UInt16($0)]).value }
    let expected = advantages(
      of: [
        Sample(reward: 0, value: values[0], next: .continues),
        Sample(reward: 1, value: values[1], next: end == .terminates ? .terminates : .truncates(value: values[2])),
        Sample(reward: 0, value: values[0], next: .truncates(value: values[1])),
      ], discount: configuration.discount, trace: configuration.trace)
    #expect(experience.values.array == [values[0], values[1], values[0], values[0], values[1], values[0]])
    #expect(experience.advantages.array == expected + expected)
    #expect(experience.returns.array == zip(expected + expected, experience.values.array).map { $0 + $1 })
    #expect(tally.episodes == 2 && tally.successes == 2 && tally.totalLength == 4 && tally.totalReturn == 2)
  }

  @Test("rates are of each environment's latest episode, and unknown until every one has ended one")
  func latest() {
    /// Ends at its own length, and succeeds where that is short.
    final class Runner: Environment {
      let length: Int
      var time = 0
      init(length: Int) { self.length = length }
      func observe(into features: UnsafeMutableBufferPointer<UInt16>) -> Int {
        features[0] = 0
        return 1
      }
      func step(_ action: Int) -> (reward: Float, ending: Ending) {
        time += 1
        return (
          length < 4 && time == length ? 1 : 0, time < length ? .continues : length < 4 ? .terminates : .truncates
        )
      }
      var isSuccess: Bool { length < 4 && time == length }
      func restart() { time = 0 }
      var bookmark: EnvironmentBookmark {
        EnvironmentBookmark(episodeRandom: 0, actions: [UInt8](repeating: 0, count: time))
      }
      func resume(at bookmark: EnvironmentBookmark) -> Bool { false }
    }
    var configuration = TrainingConfiguration()
    (configuration.environments, configuration.horizon, configuration.hidden) = (4, 4, [16])
    let network = Network(featureCount: 1, hidden: [16], actionCount: 2, seed: 9)
    let experience = Experience(count: 16, featureCount: 1)
    var made = 0
    let collector = Collector(configuration: configuration, layout: network.layout) { _ in
      made += 1
      return Runner(length: made == 1 ? 2 : 10)
    }
    func collect() -> Collector.Tally {
      collector.collect(
        into: experience, parameters: Buffer(network.parameters, else: 0), by: Workers(threads: 1))
    }
    for _ in 0..<2 {
      let tally = collect()
      #expect(tally.episodes == 2 && tally.successes == 2, "what ends is what was short")
      #expect(collector.latestEpisodes == nil)
    }
    for _ in 0..<3 {
      _ = collect()
      #expect(collector.latestEpisodes?.successes == 1 && collector.latestEpisodes?.episodes == 4)
      #expect(collector.latestEpisodes?.totalLength == 32 && collector.latestEpisodes?.totalReturn == 1)
    }
  }

  @Test("what is sampled is recorded with its own probability: the ratio begins at 1")
  func logProbabilities() {
    var configuration = TrainingConfiguration()
    (configuration.environments, configuration.horizon, configuration.hidden) = (40, 5, [16])
    let network = Network(featureCount: 3, hidden: [16], actionCount: 2, seed: 9)
    let experience = Experience(count: 200, featureCount: 3)
    let collector = Collector(configuration: configuration, layout: network.layout) { _ in Clock(end: .terminates) }
    _ = collector.collect(into: experience, parameters: Buffer(network.parameters, else: 0), by: Workers(threads: 2))
    let samples = UnsafeBufferPointer(start: experience.identity.start, count: experience.count)
    let gradient = MinibatchGradient(layout: network.layout, largest: 200)
    let tally = gradient.compute(
      Loss(configuration, entropyWeight: 0, of: samples, in: experience), of: samples, in: experience,
      parameters: Buffer(network.parameters, else: 0), by: Workers(threads: 2))
    #expect(tally.divergence == 0 && tally.clipped == 0 && tally.samples == 200)
    #expect(Set(experience.actions.array) == [0, 1])
  }
}
