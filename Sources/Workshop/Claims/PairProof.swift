import Accounts
import Gridworlds
import Learning
import Planning
import Studies

/// Episodes side by side whose caption is derived again: two of one level, one with a person in it beside what it was,
/// and two on levels that differ.
struct PairProof {
  /// An episode that was told, with what is known of it.
  struct Told {
    let run: Run, check: ClaimCheck
  }

  private let first: (level: Level, graph: StateGraph?, oracle: LevelOracle)
  private let second: (level: Level, graph: StateGraph?, oracle: LevelOracle)
  private var random: RandomSource

  /// - Parameters:
  ///   - index: tells in what the other level differs.
  ///   - edited: the level with some cells changed, where that can be had.
  init(_ level: Level, _ graph: StateGraph?, _ oracle: LevelOracle, index: Int, edited: Level?) {
    first = (level, graph, oracle)
    let (world, other) = PairProof.other(than: level, in: oracle.world, index: index, edited: edited)
    second = (other, StateGraph(world, other), LevelOracle(world, other))
    random = RandomSource(seed: UInt64(index), stream: 0x2A12)
  }

  /// A level that is another one in one thing, or in many.
  private static func other(
    than level: Level, in world: any World, index: Int, edited: Level?
  ) -> (any World, Level) {
    switch index % 5 {
    case 1:
      let longer = try? Level(
        of: world, reference: level.reference, map: level.map, timeLimit: level.timeLimit + 1 + index % 7)
      return (world, longer ?? level)
    case 2: return (world, edited ?? level)
    case 3: return (world, world.generate(.shifted, seed: UInt64(index)))
    case 4:
      if let other = world.otherIntention, let moved = try? level.under(other) { return (other, moved) }
      return (world, world.trainingTwin(of: level) ?? level)
    default: return (world, world.twin(of: level) ?? level)
    }
  }

  /// An episode that was told beside another one of its level, and now and then what could have come of it otherwise.
  mutating func pairs(of told: Told, beside others: [Told], agents: [Agent]) -> [(Told, Told)] {
    let pairs = random.pick(others).map { [(told, $0)] } ?? []
    guard random.chance(0.4) else { return pairs }
    return pairs + [random.chance(0.3) ? (told, branch(of: told)) : onBothLevels(agents)]
  }

  /// A person takes over, and perhaps nobody goes on.
  private mutating func branch(of told: Told) -> Told {
    let episode = told.run.episode
    var branch = episode.prefix(random.below(episode.steps.count + 1))
    for _ in 0...random.below(3) { branch.intervene(random.below(episode.world.actions.count)) }
    if random.chance(0.5) { branch = branch.continued(by: UniformPolicy(), seed: episode.seed) }
    return PairProof.told(branch, first.graph, first.oracle)
  }

  /// The same agent on both levels; most know nothing of where they are.
  private mutating func onBothLevels(_ agents: [Agent]) -> (Told, Told) {
    let acting = agents.isEmpty || random.chance(0.5) ? nil : random.pick(agents)
    let (seed, goal) = (random.next() % 5, Goal.Index(random.below(first.oracle.world.goals.count)))
    let isPlanted = random.chance(0.4)
    let sides = [first, second].map { place -> Told in
      let planted = place.graph.flatMap { isPlanted ? PlantedPolicy($0, goal: goal) as any Policy : nil }
      let policy = acting?.policy ?? planted ?? UniformPolicy() as any Policy
      var played = place.oracle.world.rollout(place.level, policy: policy, seed: seed)
      if random.chance(0.2) { played = played.prefix(random.below(played.steps.count + 1)) }
      return PairProof.told(played, place.graph, place.oracle)
    }
    return (sides[0], sides[1])
  }

  private static func told(_ episode: Episode, _ graph: StateGraph?, _ oracle: LevelOracle) -> Told {
    Told(run: Run(episode, graph: graph), check: ClaimCheck(episode, oracle, hasTrack: false))
  }
}

extension ClaimProof {
  /// Derives the caption of two episodes again.
  func check(_ a: PairProof.Told, _ b: PairProof.Told, into report: inout Report) {
    let comparison = Comparison(a.run, b.run)
    let check = ComparisonCheck(first: a.check, second: b.check)
    report.pairs += 1
    for claim in comparison.claims {
      report.claims += 1
      guard !check.holds(claim) else { continue }
      let sides = [a, b].map { told in
        let episode = told.run.episode
        return "\(episode.world.name) \(episode.level.reference), \(episode.agent), seed \(episode.seed), "
          + "\(episode.steps.count) steps, interventions \(episode.interventions)"
      }
      report.faults.append("\(sides.joined(separator: " beside ")): \(claim.words(in: comparison)) [\(claim)]")
    }
  }
}
