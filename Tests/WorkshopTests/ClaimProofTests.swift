import Archive
import Foundation
import Gridworlds
import Studies
import Testing
import Workshop
import Worlds

@Suite("What is told of an episode")
struct ClaimProofTests {
  /// Small levels where the family has such, so that many fit in a second.
  static let worlds = [
    "corner-7", "coinrun-20", "line-7", "keys-9", "locks-7", "dish-7", "dish-7-6", "lava-7", "lava-7-lethal",
    "follow-7", "monsters", "trees", "advisor-7", "supervisor-7",
  ]

  @Test("holds when it is derived again by other code, of whole episodes and of cut ones", arguments: worlds)
  func claims(_ name: String) throws {
    let world = try Catalogue.world(named: name)
    let report = ClaimProof(world, agents: []).report(episodes: world.isDeterministic ? 60 : 12, threads: 1)
    for fault in report.faults.prefix(5) { Issue.record("\(fault)") }
    #expect(report.stopped * 4 > report.episodes && report.claims > 20 * report.episodes)
    #expect(report.pairs > report.episodes && report.studies > 0)
    #expect((report.lives > 0) == (name == "trees"))
  }
}
