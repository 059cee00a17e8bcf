import Gridworlds
import Testing
import Worlds

@testable import Learning

@Suite struct TrainerTests {
  /// Small enough for a debug build, with two groups of environments and minibatches of unequal size.
  static var small: TrainingConfiguration {
    var configuration = TrainingConfiguration()
    (configuration.environments, configuration.horizon) = (37, 7)
    (configuration.epochs, configuration.minibatches) = (2, 3)
    configuration.hidden = [20, 12]
    configuration.totalSteps = 37 * 7 * 4
    configuration.threads = 1
    return configuration
  }

  @Test(
    "trained for either intention, the same agent comes out: training rewards them alike",
    arguments: ["coinrun", "locks"])
  func intentions(_ name: String) throws {
    let world = try Catalogue.world(named: name)
    let other = try #require(world.otherIntention)
    var configuration = TrainingConfiguration(for: world)
    (configuration.environments, configuration.horizon, configuration.hidden) = (16, 32, [16])
    let trainers = [world, other].map { Trainer(world: $0, configuration: configuration) }
    // Long enough that some episodes are rewarded: exploring starts see to that.
    var isRewarded = false
    for _ in 0..<12 {
      for trainer in trainers { isRewarded = trainer.update().successRate ?? 0 > 0 || isRewarded }
    }
    #expect(isRewarded)
    #expect(trainers[0].network == trainers[1].network)
  }

  @Test("PPO learns to walk the corridor the short way, and what that is worth")
  func corridor() {
    var configuration = TrainingConfiguration()
    (configuration.environments, configuration.horizon) = (32, 16)
    (configuration.epochs, configuration.minibatches, configuration.hidden) = (4, 2, [32])
    (configuration.learningRate, configuration.discount, configuration.annealsTo) = (0.01, 0.9, 0)
    configuration.totalSteps = 32 * 16 * 24
    let world = Corridor()
    let trainer = Trainer(world: world, configuration: configuration)
    var report = trainer.update()
    let first = report
    while !trainer.isFinished { report = trainer.update() }
    let policy = trainer.policy(named: "walker")
    for distance in 1..<Corridor.length {
      let level = world.level(distance: distance)
      let episode = world.rollout(level, policy: policy, seed: 1, greedy: true)
      #expect(episode.steps.count == distance, "the shortest way from \(distance) steps")
      let situation = Situation(world: world, level: level, state: world.begin(level), time: 0)
      let worth = (1..<distance).reduce(Float(1)) { product, _ in product * configuration.discount }
      let value = policy.decide(in: situation).value ?? .nan
      #expect(abs(value - worth) < 0.07, "γ to the number of steps before the last, from \(distance) steps")
    }
    #expect(report.successRate == 1)
    #expect((report.meanLength ?? 16) < 4.5 && (first.meanLength ?? 0) > 5)
    #expect(report.entropy < first.entropy / 4)
    #expect(report.explainedVariance > 0.9)
    #expect(report.steps == configuration.totalSteps)
  }

  @Test("the threads that happen to run leave no trace in the parameters", arguments: [2, 3])
  func threads(count: Int) {
    var configuration = TrainerTests.small
    let alone = Trainer(world: Corner(size: 7), configuration: configuration)
    configuration.threads = count
    let shared = Trainer(world: Corner(size: 7), configuration: configuration)
    for _ in 0..<3 { #expect(alone.update() == shared.update()) }
    #expect(alone.snapshot.tensors == shared.snapshot.tensors)
    #expect(alone.snapshot.metadata == shared.snapshot.metadata)
  }

  @Test("a training that was cut and went on ends with the same bytes: the power may fail")
  func resume() throws {
    let world = Corner(size: 7)
    let whole = Trainer(world: world, configuration: TrainerTests.small)
    let cut = Trainer(world: world, configuration: TrainerTests.small)
    for _ in 0..<2 { #expect(whole.update() == cut.update()) }
    let snapshot = try TrainingSnapshot(tensors: cut.snapshot.tensors, metadata: cut.snapshot.metadata)
    let resumed = try Trainer(world: world, snapshot: snapshot)
    #expect(resumed.network == whole.network)
    while !whole.isFinished { #expect(whole.update() == resumed.update()) }
    #expect(resumed.isFinished)
    #expect(resumed.snapshot.tensors == whole.snapshot.tensors)
    #expect(resumed.snapshot.metadata == whole.snapshot.metadata)
  }

  @Test("different seeds train differently, the same seed alike")
  func seeds() {
    var configuration = TrainerTests.small
    let (first, second) = (
      Trainer(world: Corridor(), configuration: configuration), Trainer(world: Corridor(), configuration: configuration)
    )
    configuration.seed = 2
    let other = Trainer(world: Corridor(), configuration: configuration)
    for trainer in [first, second, other] { _ = trainer.update() }
    #expect(first.network == second.network)
    #expect(first.network != other.network)
  }

  @Test("training levels are never held-out levels")
  func trainingLevels() {
    let world = Corner(size: 7)
    let levels = Trainer.trainingLevels(of: world, severity: 0.5)
    var random = RandomSource(seed: 3)
    for _ in 0..<50 {
      let seed = UInt64(levels(&random).reference.split(separator: "#").last ?? "") ?? .max
      #expect(seed < TrainingConfiguration.firstHeldOutSeed)
    }
  }
}
