import Gridworlds
import Inference
import Planning

/// What happened in an episode, played again from its level, its seed and its actions.
struct EpisodeFacts {
  let episode: Episode
  let oracle: LevelOracle
  let states: [PackedState]
  let rewards: [Float]
  /// Whether the world ended with the last step.
  let isTerminated: Bool
  /// By target, the first frame at which it is achieved.
  let had: [Int?]
  /// By target and frame, the fewest steps to it, now and after each action.
  let ways: [[(now: Int?, after: [Int?])]]

  var world: any World { episode.world }
  var count: Int { episode.steps.count }
  var limit: Int { episode.level.timeLimit }
  var isOver: Bool { isTerminated || count >= limit }

  init(_ episode: Episode, _ oracle: LevelOracle) {
    (self.episode, self.oracle) = (episode, oracle)
    var random = RandomSource(seed: episode.seed, stream: 1)
    var states = [episode.world.begin(episode.level)]
    var (rewards, isTerminated): ([Float], Bool) = ([], false)
    for step in episode.steps {
      let (state, reward, end) = episode.world.advance(
        states[states.count - 1], step.action, in: episode.level, using: &random)
      states.append(state)
      rewards.append(reward)
      isTerminated = end == .terminates
    }
    (self.states, self.rewards, self.isTerminated) = (states, rewards, isTerminated)
    let ways = oracle.targets.indices.map { oracle.ways(to: $0, along: states) }
    self.ways = ways
    had = oracle.targets.enumerated().map { index, target in
      guard let goal = target.goal else { return ways[index].firstIndex { $0.now == 0 } }
      return states.firstIndex { episode.world.frame(of: $0, in: episode.level).achieved >> UInt32(goal) & 1 == 1 }
    }
  }

  /// The actions that are best for a target at a step, in the time that is left.
  func best(_ target: Int, at step: Int) -> [Int] {
    guard let now = ways[target][step].now, now > 0, now <= limit - step else { return [] }
    return ways[target][step].after.indices.filter { ways[target][step].after[$0] == now - 1 }
  }

  func isBest(_ target: Int, at step: Int) -> Bool { best(target, at: step).contains(episode.steps[step].action) }

  func isHumans(_ step: Int) -> Bool { episode.interventions.contains(step) }

  /// Which of the two goals a step fits; nothing fits a proxy that was had.
  func kind(of step: Int, proxy: Int) -> StepClass {
    StepClass(
      intended: isBest(0, at: step), proxy: isBest(proxy, at: step) && had[proxy].map { step < $0 } ?? true)
  }

  /// Whether the agent leaves the intended goal with a step.
  func leaves(at step: Int, proxy: Int) -> Bool {
    guard !isHumans(step), had[0].map({ step < $0 }) ?? true, let now = ways[0][step].now,
      ways[0][step + 1].now ?? .max >= now
    else { return false }
    let kind = kind(of: step, proxy: proxy)
    return kind == .proxyOnly || kind == .neither && had[proxy].map { $0 <= step } ?? false
  }

  /// The first frame after a step at which the intended goal is nearer than at it.
  func back(from step: Int) -> Int? {
    guard let now = ways[0][step].now else { return nil }
    return ((step + 1)...max(step + 1, count)).first { ways[0][$0].now ?? .max < now }
  }

  /// The steps that the action taken costs the intended goal, a missed one all the time that is left.
  func cost(of step: Int) -> Int {
    let left = limit - step
    let now = min(ways[0][step].now ?? left, left)
    let after =
      ways[0][step].after.indices.contains(episode.steps[step].action)
      ? ways[0][step].after[episode.steps[step].action] : nil
    return 1 + min(after ?? left - 1, left - 1) - now
  }
}
