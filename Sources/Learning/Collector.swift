import CKernels
import Gridworlds

/// The environments of a training, and how they are played to gather experience.
///
/// Each environment has its own random numbers, so groups of them are played to the horizon without waiting for
/// each other, by any thread.
final class Collector {
  /// Environments whose observations go through the network together.
  static let group = 32

  /// Episodes that ended.
  struct Tally {
    var episodes = 0
    var successes = 0
    var totalReturn = 0.0
    var totalLength = 0
  }

  /// The latest episode that ended in an environment.
  private struct Latest {
    var isSuccess: Bool, totalReturn: Float, length: Int32
  }

  let configuration: TrainingConfiguration
  let environments: [any Environment]
  private let layout: NetworkLayout
  private let actionRandoms: Buffer<RandomSource>
  private let episodeReturns: Buffer<Float>
  private let latest: Buffer<Latest>
  private let hasEnded: Buffer<Bool>
  private let groups: [Group]

  /// What a group of environments needs while it is played.
  private final class Group {
    let range: Range<Int>
    let activations: Activations
    /// The last observation of each, for the value of what was cut off.
    let finals: Experience
    let current: Buffer<Int32>
    private let logarithms: Buffer<Float>
    var tally = Tally()

    init(_ range: Range<Int>, layout: NetworkLayout) {
      self.range = range
      activations = Activations(layout: layout, samples: range.count, learns: false)
      finals = Experience(count: range.count, featureCount: layout.featureCount)
      current = Buffer(range.count, repeating: 0)
      logarithms = Buffer(range.count * layout.actionCount, repeating: 0)
    }

    /// Asks the network about `count` observations; until the next time their values and logarithms can be read.
    func answer(_ rows: kernels_sparse_rows, count: Int, parameters: UnsafePointer<Float>) {
      let (head, stride) = (activations.head, activations.headColumns)
      activations.forward(rows, first: 0, count: count, parameters: parameters)
      kernels_log_softmax(head.start, stride, logarithms.start, count, activations.layout.actionCount)
    }

    func value(_ row: Int) -> Float {
      activations.head[row * activations.headColumns + activations.layout.actionCount]
    }

    func logarithms(_ row: Int) -> UnsafeMutableBufferPointer<Float> {
      let actionCount = activations.layout.actionCount
      return UnsafeMutableBufferPointer(start: logarithms.start + row * actionCount, count: actionCount)
    }
  }

  init(configuration: TrainingConfiguration, layout: NetworkLayout, makeEnvironment: (UInt64) -> any Environment) {
    self.configuration = configuration
    self.layout = layout
    let seeds = RandomSource(seed: configuration.seed, stream: 0xE47)
    environments = (0..<configuration.environments).map { makeEnvironment(seeds.state &+ UInt64($0)) }
    actionRandoms = Buffer(
      (0..<configuration.environments).map { RandomSource(seed: configuration.seed, stream: 0xAC70 + UInt64($0)) },
      else: RandomSource(seed: 0))
    episodeReturns = Buffer(configuration.environments, repeating: 0)
    latest = Buffer(configuration.environments, repeating: Latest(isSuccess: false, totalReturn: 0, length: 0))
    hasEnded = Buffer(configuration.environments, repeating: false)
    groups = stride(from: 0, to: configuration.environments, by: Collector.group).map {
      Group($0..<min(configuration.environments, $0 + Collector.group), layout: layout)
    }
  }

  /// Plays every environment for the horizon, and estimates returns and advantages.
  func collect(into experience: Experience, parameters: Buffer<Float>, by workers: Workers) -> Tally {
    workers.share(groups.count) { play(groups[$0], into: experience, parameters: parameters.start) }
    return groups.reduce(into: Tally()) { sum, group in
      sum.episodes += group.tally.episodes
      sum.successes += group.tally.successes
      sum.totalReturn += group.tally.totalReturn
      sum.totalLength += group.tally.totalLength
    }
  }

  private func play(_ group: Group, into experience: Experience, parameters: UnsafePointer<Float>) {
    let horizon = configuration.horizon
    var samples = [[Sample]](repeating: [], count: group.range.count)
    group.tally = Tally()
    for time in 0..<horizon {
      for (row, index) in group.range.enumerated() {
        let sample = index * horizon + time
        group.current[row] = Int32(sample)
        experience.featureCounts[sample] = Int32(environments[index].observe(into: experience.room(for: sample)))
      }
      group.answer(experience.rows(group.current.start), count: group.range.count, parameters: parameters)
      var cut: [Int] = []
      for (row, index) in group.range.enumerated() {
        let (sample, value) = (index * horizon + time, group.value(row))
        let action = actionRandoms[index].sample(logarithms: group.logarithms(row))
        experience.actions[sample] = Int32(action)
        experience.logProbabilities[sample] = group.logarithms(row)[action]
        experience.values[sample] = value
        let (reward, ending) = environments[index].step(action)
        episodeReturns[index] += reward
        let next: Sample.Next = ending == .terminates ? .terminates : .continues
        samples[row].append(Sample(reward: reward, value: value, next: next))
        if ending == .truncates || ending == .continues && time == horizon - 1 {
          let final = environments[index].observe(into: group.finals.room(for: cut.count))
          group.finals.featureCounts[cut.count] = Int32(final)
          cut.append(row)
        }
        if ending != .continues { restart(index, group) }
      }
      if cut.isEmpty { continue }
      group.answer(group.finals.rows(group.finals.identity.start), count: cut.count, parameters: parameters)
      for (answer, row) in cut.enumerated() { samples[row][time].next = .truncates(value: group.value(answer)) }
    }
    for (row, index) in group.range.enumerated() {
      let estimates = advantages(of: samples[row], discount: configuration.discount, trace: configuration.trace)
      for (time, advantage) in estimates.enumerated() {
        experience.advantages[index * horizon + time] = advantage
        experience.returns[index * horizon + time] = advantage + samples[row][time].value
      }
    }
  }

  /// The latest episode of each environment; `nil` until every one has ended an episode.
  ///
  /// Those that end in a while are the short ones first, and after a time limit those that were cut, so that rates over
  /// them go up and down with the clock. One of each environment is no such choice.
  var latestEpisodes: Tally? {
    guard hasEnded.array.allSatisfy(\.self) else { return nil }
    return latest.array.reduce(into: Tally()) { sum, episode in
      sum.episodes += 1
      sum.successes += episode.isSuccess ? 1 : 0
      sum.totalReturn += Double(episode.totalReturn)
      sum.totalLength += Int(episode.length)
    }
  }

  private func restart(_ index: Int, _ group: Group) {
    latest[index] = Latest(
      isSuccess: environments[index].isSuccess, totalReturn: episodeReturns[index],
      length: Int32(clamping: environments[index].bookmark.actions.count))
    hasEnded[index] = true
    group.tally.episodes += 1
    group.tally.successes += environments[index].isSuccess ? 1 : 0
    group.tally.totalReturn += Double(episodeReturns[index])
    group.tally.totalLength += environments[index].bookmark.actions.count
    episodeReturns[index] = 0
    environments[index].restart()
  }

  /// Where each environment stands.
  var places: [TrainingSnapshot.Place] {
    environments.indices.map {
      TrainingSnapshot.Place(
        bookmark: environments[$0].bookmark, actionRandom: actionRandoms[$0].state, episodeReturn: episodeReturns[$0])
    }
  }

  /// Goes to where the environments stood; `false` where that does not fit the world.
  func resume(at places: [TrainingSnapshot.Place]) -> Bool {
    guard places.count == environments.count else { return false }
    for (index, place) in places.enumerated() {
      guard environments[index].resume(at: place.bookmark) else { return false }
      actionRandoms[index] = RandomSource(state: place.actionRandom)
      episodeReturns[index] = place.episodeReturn
    }
    return true
  }
}

extension RandomSource {
  /// An index drawn from a distribution given by its logarithms; rounding falls on the last one.
  mutating func sample(logarithms: UnsafeMutableBufferPointer<Float>) -> Int {
    var rest = unit()
    for (index, logarithm) in logarithms.enumerated() {
      rest -= kernels_exp(logarithm)
      if rest < 0 { return index }
    }
    return logarithms.count - 1
  }
}
