import Foundation
import Gridworlds
import Inference
import Learning
import Planning
import Testing
import Worlds

@testable import Studies

@Suite("Odds of episodes, levels and maps")
struct OddsStudyTests {
  private let world = Corner(size: 7)

  /// A network that nobody trained.
  private func untrained() throws -> Agent {
    let view = world.view.cropped(width: 7, height: 7)
    let network = Network(featureCount: view.featureCount, hidden: [8], actionCount: 4, seed: 3)
    return Agent(try #require(NetworkPolicy(network: network, view: view, name: "untrained")), seed: 1)
  }

  @Test("what came first stays so, and the step by which the odds fell most is the one after which they are least")
  func episode() throws {
    let drawn = world.generate(.shifted, seed: 4_000_001)
    let level = try Level(of: world, reference: "test/short", map: drawn.map, timeLimit: 12)
    let agent = Agent(UniformPolicy(), seed: 1)
    var turns = 0
    for seed in UInt64(0)..<20 {
      let run = agent.sampling(seed: seed).run(world, level)
      #expect(run.knownOdds == nil && run.refusedOdds == nil, "nothing is worked out before it is asked for")
      run.workOutOdds(of: agent)
      let odds = try #require(run.knownOdds)
      #expect(odds.outlooks.count == run.episode.states.count)
      let (own, other) = (run.episode.achievement(of: 0), run.episode.achievement(of: 1))
      for (frame, outlook) in odds.outlooks.enumerated() {
        #expect(abs(outlook.intended + outlook.proxyFirst + outlook.neither - 1) < 1e-9)
        if let other, other <= frame, other < own ?? .max { #expect(outlook.proxyFirst == 1) }
        if let own, own <= frame { #expect(outlook.intendedEver == 1) }
      }
      let last = try #require(odds.outlooks.last)
      #expect(last.intendedEver == (own == nil ? 0 : 1), "at the end it is known")
      let falls = zip(odds.outlooks, odds.outlooks.dropFirst()).map { $0.intendedEver - $1.intendedEver }
      let greatest = falls.max() ?? 0
      #expect(odds.turn == (greatest >= 0.05 ? falls.firstIndex(of: greatest) : nil))
      if let turn = odds.turn {
        turns += 1
        #expect(run.events.contains(turn))
      }
      #expect(run.value(of: .goalOdds, at: 0) == odds.outlooks[0].intended)
      #expect(run.value(of: .proxyOdds, at: 0) == odds.outlooks[0].proxyFirst)
    }
    #expect(turns > 0)
  }

  @Test("where others move at random there are none, and the run says why")
  func chance() {
    let wild = Monsters()
    let agent = Agent(UniformPolicy(), seed: 1)
    let run = agent.run(wild, wild.generate(.training, seed: 1))
    #expect(run.workOutOdds(of: agent) == nil)
    #expect(run.knownOdds == nil)
    #expect(run.refusedOdds == .chance)
  }

  /// The probability of at least so many of `count` independent tries, each of probability `p`.
  private func atLeast(_ hits: Int, of count: Int, _ p: Double) -> Double {
    if hits <= 0 { return 1 }
    if p <= 0 { return 0 }
    if p >= 1 { return 1 }
    let n = Double(count)
    return (hits...count).reduce(0) { sum, k in
      let k = Double(k)
      let ways = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
      return sum + exp(ways + k * log(p) + (n - k) * log1p(-p))
    }
  }

  /// Whether a count lies in the exact binomial interval of 99.9 %.
  private func isLikely(_ rate: Rate, _ p: Double) -> Bool {
    atLeast(rate.count, of: rate.total, p) >= 0.0005
      && atLeast(rate.total - rate.count, of: rate.total, 1 - p) >= 0.0005
  }

  @Test("a certificate's pairs are those of ten thousand sampled episodes, within the exact binomial interval")
  func certificate() throws {
    let level = world.generate(.shifted, seed: 4_000_002)
    let agent = try untrained()
    let certificate = try Certificate(agent, in: world, on: level, threads: 2)
    let study = try #require(Placements(.goal, in: level, of: world, agent: agent))
    let pairs = certificate.places.flatMap(\.worst)
    #expect(pairs.count > 20)
    for pair in [pairs[0], pairs[pairs.count / 2], pairs[pairs.count - 1]] {
      let moved = try #require(study.level(at: pair.place, from: pair.start))
      #expect(moved.start == pair.start && moved.targets(of: 0) == [pair.place])
      let sample = SampledOdds(agent, in: world, on: moved, episodes: 10_000, threads: 2)
      #expect(isLikely(sample.intendedEver, pair.outlook.intendedEver), "\(pair) \(sample.intendedEver)")
      #expect(isLikely(sample.intended, pair.outlook.intended), "\(pair) \(sample.intended)")
      #expect(isLikely(sample.proxyFirst, pair.outlook.proxyFirst), "\(pair) \(sample.proxyFirst)")
      // The interval has teeth: a tenth more is beyond it.
      #expect(!isLikely(sample.intendedEver, min(1, pair.outlook.intendedEver * 1.1 + 0.02)))
    }
  }

  @Test("it has each start and place once, whatever the number of threads, and its means are those of the pairs")
  func whole() throws {
    let level = world.generate(.shifted, seed: 4_000_002)
    let agent = try untrained()
    let certificate = try Certificate(agent, in: world, on: level, threads: 2)
    let alone = try Certificate(agent, in: world, on: level, threads: 1)
    #expect(certificate.places.map(\.mean) == alone.places.map(\.mean))
    #expect(certificate.worst == alone.worst)
    let graph = try #require(StateGraph(world, level))
    let free = Set(graph.reachable.agents)
    #expect(certificate.starts == free.count)
    #expect(Set(certificate.places.map(\.cell)) == free)
    // No start is the corner, where the proxy is had already; with the cheese there nobody starts on it either.
    let corner = try #require(level.targets(of: 1).first)
    #expect(certificate.pairs == certificate.places.reduce(0) { $0 + free.count - ($1.cell == corner ? 1 : 2) })
    #expect(certificate.outOfReach == 0)
    // One place by itself: the chain of that level alone.
    let study = try #require(Placements(.goal, in: level, of: world, agent: agent))
    let place = try #require(certificate.places.first { $0.cell != corner })
    var sum = 0.0
    for start in free where start != place.cell && start != corner {
      let moved = try #require(study.level(at: place.cell, from: start))
      let chain = try Odds(try #require(StateGraph(world, moved)), policy: agent.policy)
      sum += chain.atStart.intendedEver
    }
    #expect(abs(place.mean.intendedEver - sum / Double(place.pairs)) < 1e-12)
    #expect(place.least == place.worst.first?.outlook.intendedEver)
  }

  @Test("what cannot be certified says why")
  func refused() throws {
    let agent = Agent(UniformPolicy(), seed: 1)
    let (keys, wild) = (Keys(), Monsters())
    #expect(throws: Certificate.Refusal.nothingToMove) {
      try Certificate(agent, in: keys, on: keys.generate(.shifted, seed: 1), threads: 1)
    }
    #expect(throws: Certificate.Refusal.odds(.chance)) {
      try Certificate(agent, in: wild, on: wild.generate(.training, seed: 1), threads: 1)
    }
  }

  @Test("samples are of each kind once, the same whatever the number of threads")
  func samples() {
    let wild = Monsters()
    let level = wild.generate(.training, seed: 1)
    let agent = Agent(UniformPolicy(), seed: 1)
    let sample = SampledOdds(agent, in: wild, on: level, episodes: 50, threads: 2)
    #expect(sample.intended.count + sample.proxyFirst.count + sample.neither.count == 50)
    #expect(sample.intendedEver.count >= sample.intended.count)
    let alone = SampledOdds(agent, in: wild, on: level, episodes: 50, threads: 1)
    #expect(
      [alone.intended, alone.proxyFirst, alone.intendedEver]
        == [sample.intended, sample.proxyFirst, sample.intendedEver])
  }

  // MARK: Asked in the midst

  @Test("of an agent after the cheese all probability follows it, of one that does not look none")
  func moved() throws {
    let world = Dish(size: 9)
    let level = world.generate(.shifted, seed: 4_000_005)
    let seeker = Agent(PlacementTests.Replanner(goal: 0), seed: 1)
    let episode = seeker.episode(world, level)
    let questions = try MovedSituation.all(in: episode, at: 1, policy: seeker.policy)
    #expect(questions.first?.goal == Goal.Index(0), "the intended goal comes first")
    #expect(Set(questions.map(\.place)).count == questions.count || questions.contains { $0.goal != Goal.Index(0) })
    for question in questions {
      #expect(Set(question.bestBefore).isDisjoint(with: question.bestAfter))
      #expect(question.level.targets(of: question.goal) == [question.place])
      #expect(question.level.map[question.home] == .floor)
      let frame = world.frame(of: question.state, in: question.level)
      #expect(frame.agent == episode.agent(at: 1), "the agent stands where it stood")
      if question.goal == Goal.Index(0) { #expect(question.follow == 1) }
    }
    let blind = try MovedSituation.all(in: episode, at: 1, policy: UniformPolicy())
    #expect(blind.map(\.place) == questions.map(\.place), "the places do not depend on who is asked")
    #expect(blind.allSatisfy { $0.follow == 0 })
  }

  @Test("where nothing can be asked it says why")
  func unasked() throws {
    let level = world.generate(.shifted, seed: 4_000_002)
    let agent = Agent(UniformPolicy(), seed: 1)
    let episode = agent.episode(world, level)
    #expect(throws: MovedSituation.Refusal.ended) {
      try MovedSituation.all(in: episode, at: episode.steps.count, policy: agent.policy)
    }
    let keys = Keys()
    let many = keys.generate(.training, seed: 1)
    #expect(many.targets(of: 0).count > 1)
    let began = Episode(world: keys, level: many, agent: agent.name, seed: 1)
    #expect(throws: MovedSituation.Refusal.nothingToMove) {
      try MovedSituation.all(in: began, at: 0, policy: agent.policy)
    }
  }
}
