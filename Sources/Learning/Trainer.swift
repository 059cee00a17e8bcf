import Gridworlds

/// An agent in training: PPO in many environments of one world. One thread at a time may use it.
///
/// ```swift
/// let trainer = Trainer(world: Corner(), configuration: TrainingConfiguration())
/// while !trainer.isFinished { print(trainer.update().successRate ?? .nan) }
/// ```
/// The same recipe gives the same parameters, byte for byte, for any number of threads and after any interruption.
public final class Trainer {
  /// Draws the level of the next episode; it is called by several threads.
  public typealias LevelSource = @Sendable (inout RandomSource) -> Level

  /// Numbers that the experience and the answers to it may fill when a file says how many there are.
  static let mostNumbers = 1 << 28

  /// The rules.
  public let world: any World
  /// The recipe.
  public let configuration: TrainingConfiguration
  /// What the agent sees.
  public let view: View
  /// Updates so far.
  public private(set) var updates = 0
  private let layout: NetworkLayout
  private let ppo: PPO
  private let collector: Collector
  private let experience: Experience
  private var shuffleRandom: RandomSource

  /// A training at its beginning.
  /// - Parameters:
  ///   - view: what the agent sees; the world's own view unless given.
  ///   - levels: where the levels come from; ``trainingLevels(of:severity:)`` unless given.
  public convenience init(
    world: any World, configuration: TrainingConfiguration, view: View? = nil, levels: LevelSource? = nil
  ) {
    let network = Network(
      featureCount: (view ?? world.view).featureCount, hidden: configuration.hidden,
      actionCount: world.actions.count, seed: configuration.seed)
    self.init(
      world: world, configuration: configuration, view: view ?? world.view, levels: levels, network: network,
      adam: AdamState(parameterCount: network.parameters.count),
      shuffleRandom: RandomSource(seed: configuration.seed, stream: 0x5F1E))
  }

  /// A training that goes on where a snapshot was taken.
  ///
  /// With the recipe, view and levels of before it ends with the same parameters as if it had not been interrupted.
  /// - Parameter configuration: another recipe to go on with; the snapshot's own unless given.
  /// - Throws: ``SnapshotProblem/mismatch(_:)`` where the snapshot is of another world, view or recipe.
  public convenience init(
    world: any World, configuration: TrainingConfiguration? = nil, snapshot: TrainingSnapshot, view: View? = nil,
    levels: LevelSource? = nil
  ) throws(SnapshotProblem) {
    let configuration = configuration ?? snapshot.configuration
    let (view, network) = (view ?? world.view, snapshot.network)
    guard network.featureCount == view.featureCount, network.actionCount == world.actions.count else {
      throw .mismatch(
        "the network sees \(network.featureCount) features and chooses among \(network.actionCount) actions; in "
          + "\(world.name) there are \(view.featureCount) and \(world.actions.count)")
    }
    guard configuration.environments == snapshot.places.count else {
      throw .mismatch(
        "the snapshot has \(snapshot.places.count) environments, the recipe \(configuration.environments)")
    }
    guard configuration.hidden == network.hidden else {
      throw .mismatch("the network has \(network.hidden) units, the recipe \(configuration.hidden)")
    }
    let numbersPerStep = network.featureCount + 2 * network.layout.layers.reduce(0) { $0 + $1.columns }
    guard configuration.stepsPerUpdate <= Trainer.mostNumbers / numbersPerStep else {
      throw .mismatch("updates of \(configuration.stepsPerUpdate) steps are too large for this network")
    }
    self.init(
      world: world, configuration: configuration, view: view, levels: levels, network: network, adam: snapshot.adam,
      shuffleRandom: RandomSource(state: snapshot.shuffleRandom))
    updates = snapshot.updates
    guard collector.resume(at: snapshot.places) else {
      throw .mismatch("the recorded actions do not fit the levels of \(world.name)")
    }
  }

  private init(
    world: any World, configuration: TrainingConfiguration, view: View, levels: LevelSource?, network: Network,
    adam: AdamState, shuffleRandom: RandomSource
  ) {
    self.world = world
    self.configuration = configuration
    self.view = view
    self.shuffleRandom = shuffleRandom
    layout = network.layout
    ppo = PPO(configuration: configuration, network: network, adam: adam)
    experience = Experience(count: configuration.stepsPerUpdate, featureCount: view.featureCount)
    let levels =
      levels
      ?? Trainer.trainingLevels(
        of: world, severity: configuration.severity, exploringStarts: configuration.exploringStarts)
    collector = Collector(configuration: configuration, layout: layout) { seed in
      WorldEnvironment(world, seed: seed, view: view, levels: levels)
    }
  }

  /// Levels of the training distribution, or of its mixture with the shifted one, none of them held out.
  /// - Parameter exploringStarts: the share of them in which the agent begins elsewhere, where the world knows where.
  public static func trainingLevels(
    of world: any World, severity: Double = 0, exploringStarts: Double = 0
  ) -> LevelSource {
    { random in
      let seed = UInt64(random.below(Int(TrainingConfiguration.firstHeldOutSeed)))
      let level = world.generate(severity: severity, seed: seed)
      guard random.chance(exploringStarts) else { return level }
      return world.exploringStart(in: level, using: &random) ?? level
    }
  }

  /// Environment steps so far.
  public var steps: Int { updates * configuration.stepsPerUpdate }

  /// Whether all the recipe's steps are done.
  public var isFinished: Bool { updates >= configuration.updates }

  /// One iteration of PPO: plays every environment for the horizon, then learns from that.
  public func update() -> TrainingReport {
    let progress = min(1, Float(updates) / Float(configuration.updates))
    let annealing = 1 - (1 - configuration.annealsTo) * progress
    let workers = Workers(threads: configuration.threads)
    let episodes = collector.collect(into: experience, parameters: ppo.parameters, by: workers)
    let loss = ppo.learn(from: experience, annealing: annealing, shuffling: &shuffleRandom)
    updates += 1
    return TrainingReport(
      updates: updates, steps: steps, ended: episodes.episodes, latest: collector.latestEpisodes, loss: loss,
      learningRate: Double(configuration.learningRate * annealing), explainedVariance: experience.explainedVariance)
  }

  /// The network as it is now.
  public var network: Network { Network(layout: layout, parameters: ppo.parameters.array) }

  /// The agent as it is now.
  public func policy(named name: String) -> NetworkPolicy { NetworkPolicy(network, view, name) }

  /// All that is needed to go on later.
  public var snapshot: TrainingSnapshot {
    TrainingSnapshot(
      configuration: configuration, network: network, updates: updates, adam: ppo.adam.state,
      shuffleRandom: shuffleRandom.state, places: collector.places)
  }
}
