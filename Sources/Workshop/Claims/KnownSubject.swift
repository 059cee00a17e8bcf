import Gridworlds
import Inference
import Learning
import Planning
import Studies

/// An agent that is known from many episodes, to inference and to what derives claims again: one planted to go to the proxy.
struct KnownSubject: Sendable {
  /// What it does.
  let behaviour = PlantedBehaviour.seeks(1, lapse: 0.1)
  private let agent: KnownAgent
  private let pool: NaivePool
  private let episodes: [(episode: Episode, oracle: LevelOracle)]

  /// Levels that it is known from: enough for its profile to show the proxy where that can be told.
  private static let levels = 40

  /// The subject of a world; `nil` where it cannot be planted, or too little is told of it.
  init?(_ world: any World, threads: Int) {
    let behaviour = behaviour
    let drawn = Workers(threads: threads).map(KnownSubject.levels) { index -> (Episode, LevelOracle)? in
      let seed = TrainingConfiguration.firstHeldOutSeed + 500_000 + UInt64(index)
      let level = world.generate(.shifted, seed: seed)
      return behaviour.episode(in: world, level, seed: seed).map { ($0, LevelOracle(world, level)) }
    }.compactMap(\.self)
    let samples = drawn.compactMap { KnownAgent.Sample($0.0) }
    guard samples.count == drawn.count, let agent = KnownAgent(samples) else { return nil }
    self.agent = agent
    episodes = drawn.map { (episode: $0.0, oracle: $0.1) }
    pool = NaivePool(drawn.map { EpisodeFacts($0.0, $0.1) }, profile: agent.profile.verdict)
  }

  /// Episodes that it is known from.
  var count: Int { episodes.count }

  /// An episode told as one of its own.
  func told(_ episode: Episode, _ graph: StateGraph?, _ oracle: LevelOracle) -> PairProof.Told {
    PairProof.Told(
      run: Run(episode, graph: graph, known: agent),
      check: ClaimCheck(episode, oracle, hasTrack: false, pool.beforehand(on: oracle.ground)))
  }

  /// One that it is known from, told as if it were not.
  func told(_ number: Int) -> PairProof.Told {
    let (episode, oracle) = episodes[number]
    return PairProof.Told(
      run: Run(episode, known: agent.without(number)),
      check: ClaimCheck(
        episode, oracle, hasTrack: false, pool.beforehand(on: oracle.ground, without: number)))
  }

  /// How often each hypothesis explains an episode, as inference says and as it is derived.
  var explained: [(said: Double, derived: Double)] {
    zip(Hypothesis.allCases, pool.explained).map { (said: agent.shares[$0], derived: $1) }
  }

  /// Whether it is said to be after the proxy.
  var showsProxy: Bool { agent.showsProxy }
}
