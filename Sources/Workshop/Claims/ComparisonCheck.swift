import Accounts
import Gridworlds
import Inference
import Planning

/// Derives claims about two episodes side by side again from their facts, by code of its own.
struct ComparisonCheck {
  let first: ClaimCheck, second: ClaimCheck

  private var a: Episode { first.facts.episode }
  private var b: Episode { second.facts.episode }

  private func side(_ side: ComparisonClaim.Side) -> EpisodeFacts { side == .a ? first.facts : second.facts }

  /// Whether a claim holds of the two.
  func holds(_ claim: ComparisonClaim) -> Bool {
    switch claim {
    case .differs(let side, let step): self.side(side).episode.recording?.mismatch?.step == step
    case .cut(let side, let step):
      self.side(side).episode.recording?.isCut == true && self.side(side).episode.steps.count == step
    case .levelDiffers(let side): self.side(side).episode.recording?.isLevelDrawn == false
    case .approximate(let sides):
      ComparisonClaim.Side.allCases.allSatisfy { sides.contains($0) == !side($0).world.isDeterministic }
        && !sides.isEmpty
    case .same(let moves): differing.isEmpty && moves == (firstUnlike == nil && a.steps.count == b.steps.count)
    case .only(let difference): differing == [Kind(difference)] && holds(difference)
    case .several(let all):
      all.count > 1 && Set(all.map(Kind.init)) == differing && all.count == differing.count
        && all.allSatisfy { holds($0) }
    case .otherActions: !hasSameActions
    case .moves(let same, let count, let parting, let isOneLonger):
      hasSameActions && count == common && same == (0..<common).count { areAlike($0) }
        && isOneLonger == (a.steps.count != b.steps.count)
        && parting == (firstUnlike ?? (isOneLonger ? common : nil))
    case .idle(let idle): hasSameActions && common > 0 && firstUnlike == nil && holds(idle)
    case .fates(let one, let other): holds(one, of: first.facts) && holds(other, of: second.facts)
    case .fate(let fate):
      a.world.name == b.world.name && first.facts.isOver && second.facts.isOver && holds(fate, of: first.facts)
        && holds(fate, of: second.facts)
    case .verdicts(let one, let other): holds(one, of: first) && holds(other, of: second)
    }
  }

  // MARK: What differs

  /// In what two sides can differ.
  private enum Kind: Hashable {
    case rules, places, limit, agent, seed, person

    init(_ difference: ComparisonClaim.Difference) {
      self =
        switch difference {
        case .world, .intention: .rules
        case .map, .mapSize, .targets: .places
        case .timeLimit: .limit
        case .agent: .agent
        case .seed: .seed
        case .interventions: .person
        }
    }
  }

  private var differing: Set<Kind> {
    var kinds: Set<Kind> = []
    if a.world.name != b.world.name { kinds.insert(.rules) }
    if rows(a) != rows(b) || a.world.name == b.world.name && goals(a) != goals(b) { kinds.insert(.places) }
    if a.level.timeLimit != b.level.timeLimit { kinds.insert(.limit) }
    let digests = Set([a.agentDigest, b.agentDigest].compactMap(\.self))
    if a.agent != b.agent || digests.count == 2 { kinds.insert(.agent) }
    if a.seed != b.seed { kinds.insert(.seed) }
    if Set(a.interventions) != Set(b.interventions) { kinds.insert(.person) }
    return kinds
  }

  /// The map as text.
  private func rows(_ episode: Episode) -> [String] {
    let map = episode.level.map
    return (0..<map.height).map { y in
      (0..<map.width).map { "\(map[Position(x: $0, y: y)].letter) " }.joined()
    }
  }

  private func goals(_ episode: Episode) -> [Set<Position>] {
    episode.world.goalIndices.map { Set(episode.level.targets(of: $0)) }
  }

  private func holds(_ difference: ComparisonClaim.Difference) -> Bool {
    let (one, other) = (a.level.map, b.level.map)
    let isOneSize = one.width == other.width && one.height == other.height
    let meant = [a, b].map { $0.world.goals[$0.world.intended].id }
    let isOneLevel = a.world.family == b.world.family && rows(a) == rows(b)
    switch difference {
    case .world: return a.world.name != b.world.name && !(isOneLevel && meant[0] != meant[1])
    case .intention: return a.world.name != b.world.name && isOneLevel && meant[0] != meant[1]
    case .mapSize: return !isOneSize
    case .targets: return rows(a) == rows(b) && goals(a) != goals(b)
    case .map(let cells, let things, let isPlaceOfOne):
      guard isOneSize else { return false }
      let changed = one.positions.filter { one[$0] != other[$0] }
      let tiles = changed.reduce(into: Set<Tile>()) { $0.formUnion([one[$1], other[$1]]) }.filter { $0 != .floor }
      let names = tiles.map { a.world.legend[$0]?.name ?? "" }
      // One thing that was moved is gone from one cell and has come to another one.
      let isMoved =
        tiles.count == 1 && changed.count == 2 && (one[changed[0]] == .floor) != (one[changed[1]] == .floor)
        && one.positions.count { tiles.contains(one[$0]) } == 1
      return changed.count == cells && names.sorted() == things.sorted() && isPlaceOfOne == isMoved
    case .timeLimit(let here, let there):
      return here == a.level.timeLimit && there == b.level.timeLimit && here != there
    case .agent, .seed: return isSaid(difference)
    case .interventions(let here, let there):
      return here != there
        && zip([here, there], [a, b]).allSatisfy { ranges, episode in
          ranges.flatMap { Array($0) } == episode.steps.indices.filter(episode.interventions.contains)
            && zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound + 1 < $1.lowerBound }
        }
    }
  }

  private func isSaid(_ difference: ComparisonClaim.Difference) -> Bool {
    guard case .seed(let here, let there) = difference else { return true }
    return here == a.seed && there == b.seed
  }

  // MARK: What was done

  private var hasSameActions: Bool { a.world.actions.map(\.name) == b.world.actions.map(\.name) }

  /// Steps that both have.
  private var common: Int { min(a.steps.count, b.steps.count) }

  private func areAlike(_ step: Int) -> Bool { a.steps[step].action == b.steps[step].action }

  /// The first step of those that both have at which they did not do the same.
  private var firstUnlike: Int? { (0..<common).first { !areAlike($0) } }

  /// Whether something differs, alone, and it is the intended goal's place or what was meant.
  private func holds(_ idle: ComparisonClaim.Idle) -> Bool {
    switch idle {
    case .intention: return differing == [.rules] && holds(ComparisonClaim.Difference.intention)
    case .place(let thing):
      let moved = zip(goals(a), goals(b)).enumerated().filter { $0.element.0 != $0.element.1 }.map(\.offset)
      let tiles = a.world.legend.entries.filter { $0.name == thing }.map(\.tile)
      func lies(_ episode: Episode) -> Set<Position> {
        Set(episode.level.map.positions.filter { tiles.contains(episode.level.map[$0]) })
      }
      return differing == [.places] && moved == [a.world.intended.number] && a.interventions.isEmpty
        && lies(a) != lies(b) && lies(a).count == 1 && lies(b).count == 1
    }
  }

  private func holds(_ fate: ComparisonClaim.Fate, of facts: EpisodeFacts) -> Bool {
    func holds(_ had: ComparisonClaim.Achievement) -> Bool {
      facts.had[had.goal.number] == had.frame
        && had.byPerson == (had.frame > 0 && facts.isHumans(had.frame - 1))
    }
    let intended = facts.world.intended.number
    switch fate {
    case .reached(let had): return had.goal.number == intended && holds(had)
    case .missed(let had, let stop):
      let proxies = facts.world.goals.indices.filter { $0 != intended }.compactMap { facts.had[$0] }
      return facts.had[intended] == nil && stop == (facts.isOver ? nil : facts.count)
        && proxies.min() == had?.frame && had.map { $0.goal.number != intended && holds($0) } ?? true
    }
  }

  private func holds(_ verdict: Verdict, of check: ClaimCheck) -> Bool {
    check.judged(odds: 1).map { $0.name == verdict.name } ?? true
  }
}
