import Gridworlds
import Testing
import Worlds

/// What an episode keeps in flat arrays is what happened.
@Suite("Episodes")
struct EpisodeLawTests {
  /// Says something at some steps, and a value at fewer.
  private struct Mumbler: Policy {
    let name = "mumbler"
    func decide(in situation: Situation) -> Decision {
      let count = situation.world.actions.count
      var weights = (0..<count).map { Float(1 + (situation.time + $0) % 3) }
      let total = weights.reduce(0, +)
      for index in weights.indices { weights[index] /= total }
      return Decision(probabilities: weights, value: situation.time % 5 == 4 ? Float(situation.time) / 8 : nil)
    }
  }

  @Test("frames, rewards, achievements and sums are those of the rules, step by step", arguments: Lawful.names)
  func rules(_ name: String) throws {
    let world = try Lawful.world(name)
    for seed in 0..<UInt64(3) {
      let level = world.generate(.shifted, seed: seed)
      let episode = world.rollout(level, policy: Mumbler(), seed: seed)
      // The same by hand, a frame at a time.
      var random = RandomSource(seed: seed, stream: 1)
      var frames = [world.frame(of: world.begin(level), in: level)]
      var total = 0.0
      var firsts = [Int?](repeating: nil, count: world.goals.count)
      for (index, step) in episode.steps.enumerated() {
        #expect(episode.steps.totalReward(before: index) == total)
        let next = world.advance(frames[index].state, step.action, in: level, using: &random)
        frames.append(world.frame(of: next.state, in: level))
        #expect(step.reward == next.reward)
        total += Double(next.reward)
      }
      for (index, frame) in frames.enumerated() {
        for goal in firsts.indices where firsts[goal] == nil && frame.achieved & (1 << UInt32(goal)) != 0 {
          firsts[goal] = index
        }
        #expect(episode.agent(at: index) == frame.agent && episode.achieved(at: index) == frame.achieved)
        #expect(
          episode.hash(at: index) == RandomSource.mix(frame.state.stableHash ^ level.stableHash ^ UInt64(index)))
      }
      #expect(episode.frames.elementsEqual(frames))
      #expect(episode.steps.totalReward(before: episode.steps.count) == total)
      #expect(firsts.indices.allSatisfy { episode.achievement(of: $0) == firsts[$0] })
    }
  }

  @Test("what an agent said comes back as it was said, and where it said nothing there is nothing")
  func decisions() {
    let world = Corner()
    let level = world.generate(.shifted, seed: 1)
    var episode = Episode(world: world, level: level, agent: "test", seed: 0)
    var said: [Decision?] = []
    for step in 0..<100 {
      let probabilities: [Float] = [0, Float(step % 4) / 4, 0.25, 0.75 - Float(step % 4) / 4]
      let decision =
        step < 10 || step % 7 == 0
        ? nil : Decision(probabilities: probabilities, value: step < 20 ? nil : Float(step))
      episode.advance(0, decision: decision)
      said.append(decision)
    }
    #expect(episode.steps.map(\.decision) == said)
    for (step, decision) in said.enumerated() {
      #expect(episode.steps.entropy(at: step) == decision?.entropy)
      #expect(episode.steps.value(at: step) == decision?.value)
      #expect(episode.steps.probability(of: 2, at: step) == decision?.probabilities[2])
    }
    #expect(episode.steps.probability(of: 4, at: 50) == nil, "there are four actions")
    #expect(episode.prefix(30).steps.elementsEqual(episode.steps.prefix(30)))
  }

  @Test("an agent that says too few or too many numbers leaves a step that can be read")
  func wrongCounts() {
    let world = Corner()
    var episode = Episode(world: world, level: world.generate(.training, seed: 1), agent: "test", seed: 0)
    episode.advance(0, decision: Decision(probabilities: [1]))
    episode.advance(0, decision: Decision(probabilities: [0, 0, 0, 0, 0, 1]))
    #expect(episode.steps[0].decision?.probabilities == [1, 0, 0, 0])
    #expect(episode.steps[1].decision?.probabilities == [0, 0, 0, 0])
  }
}
