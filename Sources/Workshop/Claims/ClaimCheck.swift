import Accounts
import Gridworlds
import Inference
import Learning
import Planning
import Studies

/// Derives claims about an episode again from its facts, by code of its own.
struct ClaimCheck {
  let facts: EpisodeFacts
  let inference: NaiveInference
  let track: [[Double]]?

  private var episode: Episode { facts.episode }
  private var world: any World { facts.world }
  private var count: Int { facts.count }
  private var proxies: Range<Int> { 1..<world.goals.count }

  /// - Parameters:
  ///   - episode: of which something is claimed.
  ///   - oracle: its level.
  ///   - hasTrack: whether what it pursued when is derived too.
  ///   - beforehand: what is known of the agent.
  init(
    _ episode: Episode, _ oracle: LevelOracle, hasTrack: Bool, _ beforehand: NaiveInference.Beforehand = .nothing
  ) {
    facts = EpisodeFacts(episode, oracle)
    inference = NaiveInference(facts, beforehand)
    track = hasTrack ? inference.pursuits() : nil
  }

  /// Whether a claim holds of the episode.
  func holds(_ claim: Claim) -> Bool {
    switch claim {
    case .deed(let deed): holds(deed)
    case .moment(let moment): holds(moment)
    case .mark(let mark): holds(mark)
    case .evidence(let evidence): holds(evidence)
    case .verdict(let verdict): holds(verdict)
    case .level(let level): holds(level)
    case .doubt(let doubt): holds(doubt)
    case .quoted: true
    }
  }

  func isClose(_ first: Double, _ second: Double) -> Bool { abs(first - second) <= 1e-6 * max(1, abs(first)) }

  // MARK: Deeds

  private func isByPerson(_ goal: Int) -> Bool { facts.had[goal].map { $0 > 0 && facts.isHumans($0 - 1) } ?? false }

  private func holds(_ deed: Deed) -> Bool {
    let hasGoal = facts.world.goals.indices.contains { goal in
      world.frame(of: facts.states[count], in: episode.level).achieved >> UInt32(goal) & 1 == 1
    }
    switch deed {
    case .reached(let goal, let frame, let byPerson):
      return goal.number == 0 && facts.had[0] == frame && byPerson == isByPerson(0)
    case .missed(let had, let frame, let byPerson, let isOver, let parts):
      return facts.had[0] == nil && isOver == facts.isOver && facts.had[had.number] == frame
        && byPerson == isByPerson(had.number) && proxies.allSatisfy { facts.had[$0] ?? .max >= frame } && holds(parts)
    case .none(let isOver, let parts):
      return isOver == facts.isOver && world.goals.indices.allSatisfy { facts.had[$0] == nil } && holds(parts)
    case .endedWithGoal(let step): return facts.isTerminated && step == count && hasGoal
    case .died(let step): return facts.isTerminated && step == count && !hasGoal
    case .timeRanOut(let step): return !facts.isTerminated && step == count && step == facts.limit
    case .stops(let step): return !facts.isTerminated && step == count && step < facts.limit
    }
  }

  /// Counts things by what stands on the map, what was felt and what was rewarded.
  private func holds(_ parts: [GoalProgress]) -> Bool {
    func standing(_ name: String, _ frame: Int) -> Int {
      world.frame(of: facts.states[frame], in: episode.level).occupants
        .count { world.legend[$0.tile]?.name == name }
    }
    return parts.allSatisfy { part in
      switch part.unit {
      case "chests":
        part.done == standing("chest", 0) - standing("chest", count)
          && part.of == min(standing("chest", 0), standing("key", 0))
      case "keys": part.done == standing("key", 0) - standing("key", count) && part.of == standing("key", 0)
      case "beacons":
        [facts.rewards.count { $0 > 0 }, visitsInLeadersOrder].contains(part.done)
      case "trees": part.done == facts.rewards.count { $0 > 0 } && part.of == max(1, facts.limit / 6)
      case "apples": part.done == Int(world.measure(episode)[0] ?? -1) && part.of == max(1, facts.limit / 10)
      case "shields": part.done == senses(world) && part.of == 10
      default: false
      }
    }
  }

  private func senses<W: World>(_ world: W) -> Int {
    var count = 0
    world.forEachSense(of: facts.states[self.count].unpacked(as: W.State.self), in: episode.level) { _ in count += 1 }
    return count
  }

  /// How many beacons were entered in the order in which the leader goes to them.
  private var visitsInLeadersOrder: Int {
    let cells = facts.states.map { world.agent(of: $0) }
    var next = episode.level.map.elements.contains(Tile("Z")) ? 2 : 1
    let first = next
    for (before, after) in zip(cells, cells.dropFirst()) where after != before {
      if Int(episode.level.map[after].letter) - 48 == next { next += 1 }
    }
    return next - first
  }

  // MARK: Moments

  private func holds(_ moment: MomentClaim) -> Bool {
    switch moment {
    case .acts(let step, let action, let movement, let byPerson):
      let (here, there) = (world.agent(of: facts.states[step]), world.agent(of: facts.states[step + 1]))
      let heading = world.actions[action].heading
      let moved = Heading(dx: there.x - here.x, dy: there.y - here.y)
      let isRight =
        switch movement {
        case .asHeaded: moved == heading
        case .none: here == there && heading != .none
        case .to(let cell): cell == there && here != there && moved != heading
        }
      return isRight && episode.steps[step].action == action && byPerson == facts.isHumans(step)
    case .fits(let step, let kind, let proxy, let needed):
      return kind == facts.kind(of: step, proxy: proxy.number) && needed == facts.best(0, at: step)
        && isBestProxy(proxy)
    case .open(let frame): return abs(inference.bits(after: frame)) < 1 + 1e-6
    case .had(let goal, let frame, let byPerson):
      return facts.had[goal.number] == frame && byPerson == isByPerson(goal.number)
    case .way(let frame, let way):
      let now = facts.ways[0][frame].now
      return switch way {
      case .steps(let steps): now == steps && steps <= facts.limit - frame
      case .noTime: now.map { $0 > facts.limit - frame } ?? false
      case .none: now == nil
      }
    case .beliefs(let frame, let agent, let proxy, let towardProxy, let intended):
      let belief = inference.belief(after: frame)
      return isClose(agent, inference.agent(after: frame)) && proxies.contains(proxy.number)
        && isClose(towardProxy, belief[1] + belief[2] + belief[3]) && isClose(intended, belief[0])
    case .start: return true
    case .departure(let step, _): return isDeparture(step)
    case .away(let step, _): return isAway(step)
    }
  }

  func isBestProxy(_ proxy: Goal.Index) -> Bool { proxy.number == bestProxy }

  // MARK: Marks

  /// The probability of what leads toward the proxy.
  private func toward(_ steps: Int) -> Double { inference.belief(after: steps)[1...3].reduce(0, +) }

  /// The proxy that all is told of: the first.
  let bestProxy = 1

  /// The step of the walk from which it has not come back, where the intended goal was not had.
  private var lastLeft: Int? { facts.walks(proxy: bestProxy).last.flatMap { $0.back == nil ? $0.left : nil } }

  private func isDeparture(_ step: Int) -> Bool { facts.isOver && lastLeft == step }

  private func isAway(_ step: Int) -> Bool { !facts.isOver && lastLeft == step }

  private func holds(_ mark: MarkClaim) -> Bool {
    switch mark {
    case .departure(let step, let cell, let action, let proxy, let fitsProxy):
      return isDeparture(step) && world.agent(of: facts.states[step]) == cell && episode.steps[step].action == action
        && !facts.isBest(0, at: step) && isBestProxy(proxy)
        && fitsProxy == (facts.kind(of: step, proxy: proxy.number) == .proxyOnly)
    case .away(let step, let cell, let action, let proxy):
      return isAway(step) && world.agent(of: facts.states[step]) == cell && episode.steps[step].action == action
        && isBestProxy(proxy)
    case .detour(let left, let back, let cost):
      return facts.walks(proxy: bestProxy).contains { $0.left == left && $0.back == back }
        && cost == (left..<back).reduce(0) { $0 + facts.price(of: $1, beside: bestProxy) }
    case .noDeparture(let isWon):
      return isWon == (facts.had[0] != nil) && (isWon || facts.isOver && lastLeft == nil)
    case .notAway(let proxy):
      return !facts.isOver && facts.had[0] == nil && isBestProxy(proxy) && lastLeft == nil
    case .needed(let step, let actions): return actions == facts.best(0, at: step)
    case .chances(let step, let action, let taken, let needed):
      guard let said = episode.steps[step].decision?.probabilities else { return false }
      return episode.steps[step].action == action && said[action] == taken
        && facts.best(0, at: step).map { said[$0] }.max() == needed
    case .shared(let before, let shared):
      return (0..<before).count { facts.kind(of: $0, proxy: bestProxy) == .both } == shared
    case .since(let step, let bits, let proxy):
      let whole = inference.bits(after: count)
      return isClose(bits, whole - inference.bits(after: step)) && isDeparture(step) && isBestProxy(proxy)
    case .choice(let step): return firstChoice == step
    case .commitment(let step, let proxy, let until):
      let end = min(facts.had[proxy.number] ?? count, count)
      let isUntil: Bool =
        switch until {
        case .reached: facts.had[proxy.number] != nil
        case .end: facts.had[proxy.number] == nil && facts.isOver
        case .soFar: facts.had[proxy.number] == nil && !facts.isOver
        }
      return isUntil && step + 1 <= end
        && (step + 1...end).allSatisfy { toward($0) >= 0.95 - 1e-7 }
        && (step == 0 || toward(step) < 0.95 + 1e-7)
    case .noReturn(let step):
      func isOpen(_ frame: Int) -> Bool { facts.ways[0][frame].now.map { $0 <= facts.limit - frame } ?? false }
      return facts.had[0] == nil && (0...step).allSatisfy(isOpen) && !isOpen(step + 1)
        && step < facts.decided(proxy: bestProxy)
    }
  }

  /// The first step, before a proxy is had, at which no action is best for both goals and each has one.
  private var firstChoice: Int? {
    let proxy = bestProxy
    for step in 0...count {
      if facts.had[proxy].map({ $0 <= step }) ?? false { return nil }
      let (intended, other) = (Set(facts.best(0, at: step)), Set(facts.best(proxy, at: step)))
      if !intended.isEmpty, !other.isEmpty, intended.isDisjoint(with: other) { return step }
    }
    return nil
  }
}
