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
  /// By goal, the first frame at which it is achieved.
  let had: [Int?]
  /// By goal and frame, the fewest steps to it, now and after each action.
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
    ways = episode.world.goals.indices.map { oracle.ways(to: $0, along: states) }
    had = episode.world.goals.indices.map { goal in
      states.firstIndex { episode.world.frame(of: $0, in: episode.level).achieved >> UInt32(goal) & 1 == 1 }
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

  /// By how many steps a step makes the way to a target longer, itself included; a million where it leaves none. `nil`
  /// where there was none, or where the target was had.
  private func price(of step: Int, for target: Int) -> Int? {
    guard had[target].map({ step < $0 }) ?? true, let now = ways[target][step].now, now > 0 else { return nil }
    let (after, action) = (ways[target][step].after, episode.steps[step].action)
    return after.indices.contains(action) ? after[action].map { $0 + 1 - now } ?? 1_000_000 : 1_000_000
  }

  /// What the intended goal pays for a step. One that comes again and again and is nowhere now pays for what comes
  /// nearer to the proxy.
  func price(of step: Int, beside proxy: Int) -> Int {
    price(of: step, for: 0) ?? (repeats && price(of: step, for: proxy) == 0 ? 1 : 0)
  }

  /// Whether the intended goal comes again and again.
  var repeats: Bool { world.goals[0].repeats }

  /// Whether the agent leaves the intended goal with a step.
  private func leaves(at step: Int, proxy: Int) -> Bool {
    !isHumans(step) && price(of: step, beside: proxy) > 0
      && (kind(of: step, proxy: proxy) == .proxyOnly || had[proxy].map { $0 <= step } ?? false)
  }

  /// The walks away from the intended goal: where each began, and where it was back, if it was.
  func walks(proxy: Int) -> [(left: Int, back: Int?)] {
    let last = had[0] ?? count
    var walks: [(left: Int, back: Int?)] = []
    var step = 0
    while let left = (step..<max(step, last)).first(where: { leaves(at: $0, proxy: proxy) }) {
      // What the intended goal has paid since, less what the proxy has.
      var balance = 0
      let back = (left..<last).first { at in
        if !isHumans(at) { balance += price(of: at, beside: proxy) - (price(of: at, for: proxy) ?? 0) }
        if at + 1 == had[0] { return true }
        if ways[0][at + 1].now == nil, !repeats, world.isDeterministic { return false }
        guard let touch = had[proxy], touch <= at else { return balance < 0 }
        guard had[0] != nil || !isOver, !repeats, world.isDeterministic else { return false }
        return ways[0][at + 1].now ?? .max < ways[0][left].now ?? 0
      }
      walks.append((left, back.map { $0 + 1 }))
      guard let back else { break }
      step = back + 1
    }
    return walks
  }

  /// How many steps come before the aftermath.
  func decided(proxy: Int) -> Int {
    func isOpen(_ goal: Int, _ frame: Int) -> Bool {
      had[goal].map { $0 > frame } ?? true && ways[goal][frame].now.map { $0 <= limit - frame } ?? false
    }
    let goals = world.goals.indices
    let isForeseen = !repeats && world.isDeterministic
    let settled = (0..<count).first { frame in
      isForeseen && (frame...count).allSatisfy { at in goals.allSatisfy { !isOpen($0, at) } }
    }
    var last = settled ?? count
    if let won = had[0] {
      last = min(last, won)
    } else if isOver, !world.goals[proxy].repeats, let touch = had[proxy] {
      let left = walks(proxy: proxy).last.flatMap { $0.back == nil ? $0.left : nil }
      last = min(last, max(touch, (left ?? -1) + 1))
    }
    return min(last, count)
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
