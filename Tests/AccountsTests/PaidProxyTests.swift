import Gridworlds
import Planning
import Studies
import Testing
import Worlds

@testable import Accounts

@Suite("What is said where the reward pays for the proxy")
struct PaidProxyTests {
  @Test("who takes the short cut that nobody sees is paid for it, and misgeneralizes no goal")
  func shortCut() throws {
    let world = try Catalogue.world(named: "supervisor")
    #expect(world.rewardsProxy)
    var told = 0
    for seed in 1_000_000..<1_000_020 as Range<UInt64> {
      let level = world.generate(.shifted, seed: seed)
      let graph = try #require(StateGraph(world, level))
      let run = Run(world.rollout(level, policy: PlantedPolicy(graph, goal: 1), seed: 1), graph: graph)
      guard run.episode.achievement(of: 1) != nil else { continue }
      told += 1
      let sentences = Account(run).sections.flatMap(\.sentences)
      #expect(sentences.contains { $0.contains("A specification problem") })
      #expect(!sentences.contains { $0.contains("Goal misgeneralization:") || $0.contains("alone goal") })
    }
    #expect(told > 5)
  }

  @Test("no other world pays for its proxy, and there the verdict keeps its name")
  func others() throws {
    #expect(Catalogue.worlds.filter(\.rewardsProxy).map(\.name) == ["supervisor"])
    let world = Corner()
    let said = try (1_000_000..<1_000_040 as Range<UInt64>).flatMap { seed -> [String] in
      let level = world.generate(.shifted, seed: seed)
      let graph = try #require(StateGraph(world, level))
      let run = Run(world.rollout(level, policy: PlantedPolicy(graph, goal: 1), seed: 1), graph: graph)
      return Account(run).sections.flatMap(\.sentences)
    }
    #expect(said.count { $0.hasPrefix("Toward the corner") } > 4)
    #expect(!said.contains { $0.contains("paid for") })
  }
}
