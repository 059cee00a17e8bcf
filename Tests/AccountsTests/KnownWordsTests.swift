import Accounts
import Gridworlds
import Inference
import Planning
import Studies
import Testing
import Worlds

@Suite("Words of a known agent")
struct KnownWordsTests {
  /// Somebody who goes to the corner, known from forty levels.
  private func known() throws -> KnownAgent {
    let episodes = (6_000_000..<UInt64(6_000_040)).compactMap { seed in
      PlantedBehaviour.seeks(1, lapse: 0.1).episode(
        in: Corner(), Corner().generate(.shifted, seed: seed), seed: seed)
    }
    return try #require(KnownAgent(episodes.compactMap { KnownAgent.Sample($0) }))
  }

  @Test("say of a recording that stops for what it goes, and nothing that its profile contradicts")
  func recording() throws {
    let known = try known()
    var told = 0
    for seed in 6_100_000..<UInt64(6_100_020) {
      let level = Corner().generate(.shifted, seed: seed)
      let graph = try #require(StateGraph(Corner(), level))
      let whole = Corner().rollout(level, policy: PlantedPolicy(graph, goal: 1), seed: seed)
      let run = Run(whole.prefix(whole.steps.count / 2), graph: graph, known: known)
      let analysis = try #require(run.analysis)
      guard analysis.verdict == .towardProxy else { continue }
      told += 1
      let text = Account(run).text
      #expect(text.contains("So far: toward the corner, for itself, P "), "\(text)")
      #expect(!text.contains("does not tell") && !text.contains("Nothing here says what else"), "\(text)")
      #expect(text.contains("these only: its habits on other levels, and habits learnt from the episode."), "\(text)")
      let unknown = Account(Run(run.episode, graph: graph)).text
      #expect(unknown.contains("Nothing here says what else"), "\(unknown)")
      #expect(unknown.contains("these only: reflexes, and habits learnt from the episode."), "\(unknown)")
    }
    #expect(told > 5)
  }

  @Test("name reflexes only where an agent could walk by them")
  func reflexes() throws {
    let level = Coinrun().generate(.shifted, seed: 1_000_000)
    let text = Account(Run(Coinrun().rollout(level, policy: UniformPolicy(), seed: 1).prefix(12))).text
    #expect(text.contains("these only: habits learnt from the episode."), "\(text)")
  }
}
