import Gridworlds
import Inference
import Planning
import Testing
import Worlds

@Suite("Sums that are kept")
struct SumsTests {
  @Test("the regret before a step, one candidate's posterior and the telling steps are what the plain way gives")
  func plain() throws {
    let world = Corner()
    for seed in 0..<UInt64(4) {
      let level = world.generate(.shifted, seed: seed)
      let episode = world.rollout(level, policy: UniformPolicy(), seed: seed)
      let graph = try #require(StateGraph(world, level))
      let analysis = try #require(Analysis(episode, graph: graph))
      var sum = 0
      for step in 0...episode.steps.count {
        #expect(analysis.regret(before: step) == sum)
        if step < analysis.regret.count { sum += analysis.regret[step] }
        let all = analysis.posterior.belief(after: step)
        for hypothesis in Hypothesis.allCases {
          #expect(abs(analysis.posterior.probability(of: hypothesis, after: step) - all[hypothesis]) < 1e-12)
        }
      }
      #expect(analysis.totalRegret == sum)
      let bits = analysis.regret.indices.map { abs(analysis.bits(of: $0)) }
      let telling = bits.indices.filter { bits[$0] >= 0.05 }.sorted { (-bits[$0], $0) < (-bits[$1], $1) }
      #expect(analysis.mostTelling(3) == Array(telling.prefix(3)))
    }
  }
}
