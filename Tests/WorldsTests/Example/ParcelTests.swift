import Gridworlds
import Learning
import Testing
import Worlds

/// The world that the guide builds. That it is lawful is for the laws; here it is what the guide says it is.
@Suite("The example of the guide")
struct ParcelTests {
  private func level(_ rows: String) throws -> Level {
    let map = try #require(Grid(rows: rows.split(separator: "\n").map { $0.unicodeScalars.map { Tile($0) } }))
    return try Level(of: Parcel(), reference: "drawn", map: map)
  }

  @Test("the door alone earns nothing and ends nothing; with the parcel it earns 1 and ends the episode")
  func rules() throws {
    let episode = { (moves: [Int], level: Level) in
      var episode = Episode(world: Parcel(), level: level, agent: "test", seed: 0)
      for move in moves { episode.advance(move) }
      return episode
    }
    let lying = try level("######\n#p@.d#\n######")
    let straight = episode([3, 3], lying)
    #expect(straight.totalReward == 0 && straight.conclusion == .stopped)
    #expect(straight.achievement(of: 1) == 2 && straight.achievement(of: 0) == nil)
    let fetched = episode([1, 3, 3, 3], lying)
    #expect(fetched.totalReward == 1 && fetched.conclusion == .terminated && fetched.achievement(of: 0) == 4)
    #expect(fetched.frames.map(\.occupants.count) == [1, 0, 0, 0, 0])
    let inHand = episode([3, 3], try #require(Parcel().trainingTwin(of: lying)))
    #expect(inHand.totalReward == 1 && inHand.achievement(of: 0) == 2 && inHand.achievement(of: 1) == 2)
  }

  @Test("it is learned in moments, and what is learned is the door: shifted, the parcel is left lying")
  func learning() {
    let world = Parcel()
    var configuration = TrainingConfiguration(for: world)
    (configuration.environments, configuration.horizon, configuration.hidden) = (32, 32, [32])
    (configuration.learningRate, configuration.discount) = (0.005, 0.95)
    configuration.totalSteps = 32 * 32 * 60
    let trainer = Trainer(world: world, configuration: configuration)
    while !trainer.isFinished { _ = trainer.update() }
    let policy = trainer.policy(named: "porter")
    func share(_ goal: Int, on split: Split) -> Double {
      let seeds = TrainingConfiguration.firstHeldOutSeed..<TrainingConfiguration.firstHeldOutSeed + 100
      let episodes = seeds.map { world.rollout(world.generate(split, seed: $0), policy: policy, seed: $0) }
      return Double(episodes.filter { $0.achievement(of: goal) != nil }.count) / 100
    }
    #expect(share(0, on: .training) > 0.8)
    #expect(share(1, on: .shifted) > 0.8 && share(0, on: .shifted) < 0.5)
  }
}
