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
    let outlook = try Odds(graph, policy: policy).atStart
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
    let odds = try Odds(graph, policy: PlantedPolicy(graph, goal: 0))
    #expect(abs(odds.outlooks(stepsLeft: distance)[0].intendedEver - 1) < 1e-6)
    #expect(odds.outlooks(stepsLeft: distance - 1)[0].intendedEver == 0)
    #expect(odds.outlooks(stepsLeft: 0)[0].neither == 1)
  }

  @Test("along a way the odds are those of the time that is left at each frame, and the mean of what may come next")
  func along() throws {
    let world = Corner(size: 7)
    let level = world.generate(.shifted, seed: 4_000_002)
    let graph = try #require(StateGraph(world, level))
    let policy = PlantedPolicy(graph, goal: 1, lapse: 0.5)
    let odds = try Odds(graph, policy: policy)
    var path = [0]
    for action in [1, 2, 2, 3, 0, 0] {
      let next = graph.successor(of: path[path.count - 1], by: action)
      path.append(try #require(next))
    }
    let outlooks = odds.outlooks(along: path)
    #expect(outlooks.count == path.count)
    for (frame, state) in path.enumerated() {
      let left = level.timeLimit - frame
      #expect(outlooks[frame] == odds.outlooks(stepsLeft: left)[state])
      let said = policy.decide(
        in: Situation(world: world, level: level, state: graph.reachable.states[state], time: frame))
      let next = odds.outlooks(stepsLeft: left - 1)
      let mean = (0..<graph.actionCount).reduce(0.0) { sum, action in
        guard let after = graph.successor(of: state, by: action) else { return .nan }
        return sum + Double(said.probabilities[action]) * next[after].intendedEver
      }
      #expect(abs(outlooks[frame].intendedEver - mean) < 1e-6)
    }
  }

  /// Says nothing that could be a probability.
  private struct Mute: Policy {
    let name = "mute"
    func decide(in situation: Situation) -> Decision {
      Decision(probabilities: Array(repeating: .nan, count: situation.world.actions.count))
    }
  }

  /// Acts by the time alone.
  private struct Clock: Policy {
    let name = "clock"
    var dependsOnTime: Bool { true }
    func decide(in situation: Situation) -> Decision {
      let count = situation.world.actions.count
      return Decision(probabilities: (0..<count).map { $0 == situation.time % count ? 1 : 0 })
    }
  }

  @Test("each reason why there are no exact odds is told apart")
  func refused() throws {
    let world = Corner(size: 7)
    let level = world.generate(.shifted, seed: 4_000_002)
    let graph = try #require(StateGraph(world, level))
    #expect(throws: Odds.Refusal.noProbabilities) { try Odds(graph, policy: Mute()) }
    #expect(throws: Odds.Refusal.dependsOnTime) { try Odds(graph, policy: Clock()) }
    #expect(throws: Odds.Refusal.dependsOnTime) {
      try Odds(graph, policy: PlantedPolicy(graph, goal: 1, switching: (to: 0, at: 3)))
    }
    let part = try #require(StateGraph(world, level, around: [world.begin(level)], limit: 3))
    #expect(throws: Odds.Refusal.tooManyStates) { try Odds(part, policy: UniformPolicy()) }
    let wild = Monsters()
    let siege = wild.generate(.training, seed: 1)
    let layers = try #require(StateGraph(wild, siege, around: [wild.begin(siege)]))
    #expect(throws: Odds.Refusal.chance) { try Odds(layers, policy: UniformPolicy()) }
  }
}
