import Gridworlds
import Planning
import Testing
import Worlds

@testable import Studies

@Suite("Odds of episodes, levels and maps")
struct OddsStudyTests {
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
}
