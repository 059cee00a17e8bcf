import Gridworlds
import Planning
import Testing
import Worlds

@testable import Inference

@Suite("Exact odds")
struct OddsTests {
  @Test("the odds are those of ten thousand sampled episodes, within their interval", arguments: [1, 2, 3] as [UInt64])
  func sampled(_ seed: UInt64) throws {
    let world = Corner(size: 7)
    let level = world.generate(.shifted, seed: 4_000_000 + seed)
    let graph = try #require(StateGraph(world, level))
    let policy = PlantedPolicy(graph, goal: 1, lapse: 0.5)
    let outlook = try #require(Odds(graph, policy: policy)).atStart
    #expect(abs(outlook.intended + outlook.proxyFirst + outlook.neither - 1) < 1e-9)
    var (intended, proxy, ever) = (0, 0, 0)
    let count = 10_000
    for sample in 0..<count {
      let episode = world.rollout(level, policy: policy, seed: UInt64(sample))
      let (first, second) = (episode.achievement(of: 0), episode.achievement(of: 1))
      if first != nil { ever += 1 }
      if let first, first <= second ?? .max { intended += 1 } else if second != nil { proxy += 1 }
    }
    for (exact, found) in [(outlook.intended, intended), (outlook.proxyFirst, proxy), (outlook.intendedEver, ever)] {
      // Five standard errors: once in a million by chance.
      let error = (exact * (1 - exact) / Double(count)).squareRoot()
      #expect(abs(exact - Double(found) / Double(count)) <= 5 * error + 1e-9)
    }
  }

  @Test("an optimal agent reaches what it is after for certain, as long as there is time")
  func certain() throws {
    let world = Corner(size: 7)
    let level = world.generate(.shifted, seed: 4_000_009)
    let graph = try #require(StateGraph(world, level))
    let distance = try #require(graph.distances[Goal.Index(0)][0])
    let odds = try #require(Odds(graph, policy: PlantedPolicy(graph, goal: 0)))
    #expect(abs(odds.outlooks(stepsLeft: distance)[0].intendedEver - 1) < 1e-6)
    #expect(odds.outlooks(stepsLeft: distance - 1)[0].intendedEver == 0)
    #expect(odds.outlooks(stepsLeft: 0)[0].neither == 1)
  }
}
