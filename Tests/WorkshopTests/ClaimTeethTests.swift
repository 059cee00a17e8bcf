import Gridworlds
import Inference
import Planning
import Studies
import Testing
import Worlds

@testable import Accounts
@testable import Workshop

/// What derives claims again finds those that do not hold: each claim, changed in one number or word, is refused.
@Suite("What derives claims again")
struct ClaimTeethTests {
  @Test("refuses every caption's claim that is changed, of all kinds")
  func captions() throws {
    var kinds: Set<String> = []
    var last: PairProof.Told?
    for (index, name) in ["corner-7", "coinrun-20", "keys-9", "corner-7", "coinrun", "monsters"].enumerated() {
      let world = try Catalogue.world(named: name)
      let level = world.generate(.shifted, seed: UInt64(index))
      let (graph, oracle) = (StateGraph(world, level), LevelOracle(world, level))
      var random = RandomSource(seed: UInt64(index))
      let told = (0..<(world.isDeterministic ? 16 : 4)).map { number -> PairProof.Told in
        var episode = world.rollout(level, policy: UniformPolicy(name: "\(number % 2)"), seed: UInt64(number % 3))
        if number % 4 == 3 { episode = episode.prefix(random.below(episode.steps.count)) }
        return .init(run: Run(episode, graph: graph), check: ClaimCheck(episode, oracle, hasTrack: false))
      }
      var proof = PairProof(level, graph, oracle, index: index, edited: nil)
      let recorded = Self.recorded(told[0].run.episode, graph, oracle)
      let besides = recorded.flatMap { [($0, told[1]), (told[1], $0)] } + (last.map { [($0, told[0])] } ?? [])
      last = told[0]
      for (a, b) in told.flatMap({ proof.pairs(of: $0, beside: told, agents: []) }) + besides {
        let comparison = Comparison(a.run, b.run)
        let check = ComparisonCheck(first: a.check, second: b.check)
        for claim in comparison.claims {
          #expect(check.holds(claim), "\(claim)")
          kinds.formUnion(Self.kinds(of: claim))
          for wrong in Self.changed(claim) { #expect(!check.holds(wrong), "\(wrong), and it is \(claim)") }
        }
      }
    }
    let all = [
      "differs", "cut", "levelDiffers", "otherActions", "approximate", "same", "several", "moves", "fates", "fate",
      "verdicts", "idle", "map", "timeLimit", "agent",
      "seed", "interventions", "intention",
    ]
    for kind in all { #expect(kinds.contains(kind), "no pair has it: \(kind)") }
  }

  /// An episode as recordings of it, against each of which something is known.
  private static func recorded(
    _ episode: Episode, _ graph: StateGraph?, _ oracle: LevelOracle
  ) -> [PairProof.Told] {
    [
      Recording(hasStates: true, mismatch: .init(step: 0, parts: [.state])), Recording(hasStates: true, isCut: true),
      Recording(hasStates: true, isLevelDrawn: false),
    ].map { recording in
      var episode = episode
      episode.recording = recording
      return .init(run: Run(episode, graph: graph), check: ClaimCheck(episode, oracle, hasTrack: false))
    }
  }

  /// The names of a claim's case and of what is said to differ.
  private static func kinds(of claim: ComparisonClaim) -> [String] {
    func name(_ value: Any) -> String { String("\(value)".prefix { $0 != "(" }) }
    switch claim {
    case .only(let difference): return [name(difference)]
    case .several(let all): return ["several"] + all.map(name)
    default: return [name(claim)]
    }
  }

  private static func changed(_ claim: ComparisonClaim) -> [ComparisonClaim] {
    switch claim {
    case .differs(let side, let step): [.differs(side, step: step + 1), .differs(other(side), step: step)]
    case .cut(let side, let step): [.cut(side, step: step + 1), .cut(other(side), step: step)]
    case .levelDiffers(let side): [.levelDiffers(other(side))]
    case .approximate(let sides): [.approximate([]), .approximate(sides.count == 1 ? [.a, .b] : [.b])]
    case .same(let moves): [.same(moves: !moves), .only(.agent), .several([.agent, .mapSize])]
    case .only(let difference):
      [.same(moves: true), .several([difference, .world])] + changed(difference).map { .only($0) }
    case .several(let all):
      [.only(all[0]), .several(Array(all.dropLast())), .several(all + [all[0]])]
        + all.indices.flatMap { index in
          changed(all[index]).map { other in
            var list = all
            list[index] = other
            return .several(list)
          }
        }
    case .otherActions: [.moves(same: 1, of: 1, parting: nil, isOneLonger: false)]
    case .moves(let same, let count, let parting, let isOneLonger):
      [
        .moves(same: same + 1, of: count, parting: parting, isOneLonger: isOneLonger),
        .moves(same: same, of: count + 1, parting: parting, isOneLonger: isOneLonger),
        .moves(same: same, of: count, parting: (parting ?? 0) + 1, isOneLonger: isOneLonger),
        .moves(same: same, of: count, parting: parting, isOneLonger: !isOneLonger), .otherActions,
      ]
    case .idle(.intention): [.idle(.place(of: "coin"))]
    case .idle(.place): [.idle(.intention), .idle(.place(of: "wall"))]
    case .fate(let fate): changed(fate).map { .fate($0) }
    case .fates(let a, let b): changed(a).map { .fates($0, b) } + changed(b).map { .fates(a, $0) }
    case .verdicts(let a, let b): [.verdicts(other(a), b), .verdicts(a, other(b))]
    }
  }

  private static func changed(_ difference: ComparisonClaim.Difference) -> [ComparisonClaim.Difference] {
    switch difference {
    case .world: [.intention]
    case .intention: [.world]
    case .mapSize: [.targets]
    case .targets: [.mapSize]
    case .agent: []
    case .map(let cells, let things, let isPlaceOfOne):
      [
        .map(cells: cells + 1, things: things, isPlaceOfOne: isPlaceOfOne),
        .map(cells: cells, things: things + ["hat"], isPlaceOfOne: isPlaceOfOne),
        .map(cells: cells, things: things, isPlaceOfOne: !isPlaceOfOne), .mapSize,
      ]
    case .timeLimit(let a, let b): [.timeLimit(a + 1, b), .timeLimit(a, b + 1)]
    case .seed(let a, let b): [.seed(a + 1, b), .seed(a, b + 1)]
    case .interventions(let a, let b): [.interventions(a + [999...999], b), .interventions(a, b + [999...999])]
    }
  }

  private static func changed(_ fate: ComparisonClaim.Fate) -> [ComparisonClaim.Fate] {
    func later(_ had: ComparisonClaim.Achievement) -> ComparisonClaim.Achievement {
      .init(goal: had.goal, frame: had.frame + 1, byPerson: had.byPerson)
    }
    func others(_ had: ComparisonClaim.Achievement) -> ComparisonClaim.Achievement {
      .init(goal: had.goal, frame: had.frame, byPerson: !had.byPerson)
    }
    switch fate {
    case .reached(let had):
      return [
        .reached(later(had)), .reached(others(had)), .missed(had: nil, stopsAt: nil), .missed(had: had, stopsAt: 1),
      ]
    case .missed(let had, let stop):
      return [.missed(had: had, stopsAt: stop.map { $0 + 1 } ?? 3), .missed(had: had, stopsAt: stop == nil ? 3 : nil)]
        + (had.map { [.missed(had: later($0), stopsAt: stop), .missed(had: nil, stopsAt: stop), .reached($0)] } ?? [])
    }
  }

  private static func other(_ side: ComparisonClaim.Side) -> ComparisonClaim.Side { side == .a ? .b : .a }

  private static func other(_ verdict: Verdict) -> Verdict {
    verdict == .capabilityFailure ? .otherGoal : .capabilityFailure
  }

  @Test("refuses every cell of a study's table that is changed")
  func studies() {
    var random = RandomSource(seed: 7)
    for _ in 0..<20 {
      let check = SweepCheck(Corner(size: 7), using: &random)
      for claim in SweepWords(check.result).claims {
        #expect(check.holds(claim))
        switch claim {
        case .rate(let severity, let mixture, let seed, let outcome, let rate):
          for wrong in [Rate(rate.count + 1, of: rate.total), Rate(rate.count, of: rate.total + 1)] {
            #expect(!check.holds(.rate(severity: severity, mixture: mixture, seed: seed, outcome, wrong)))
          }
          #expect(!check.holds(.rate(severity: severity + 0.5, mixture: mixture, seed: seed, outcome, rate)))
          #expect(!check.holds(.rate(severity: severity, mixture: mixture, seed: 99, outcome, rate)))
        case .together(let severity, let mixture, let outcome, let rate):
          var counts = rate.counts
          counts[0] += 1
          for wrong in [
            TwoWay(counts: counts, levels: rate.levels, squares: rate.squares),
            TwoWay(counts: rate.counts, levels: rate.levels + 1, squares: rate.squares),
          ] where wrong.value != rate.value {
            #expect(!check.holds(.together(severity: severity, mixture: mixture, outcome, wrong)))
          }
        case .newSeeds(let severity, let mixture, let outcome, let interval):
          let wide = interval.lowerBound...(interval.upperBound + 0.01)
          #expect(!check.holds(.newSeeds(severity: severity, mixture: mixture, outcome, wide)))
        case .middle(let severity, let mixture, let outcome, let mean):
          #expect(!check.holds(.middle(severity: severity, mixture: mixture, outcome, mean + 0.01)))
        case .spread(let severity, let mixture, let outcome, let least, let most):
          #expect(!check.holds(.spread(severity: severity, mixture: mixture, outcome, least: least + 0.1, most: most)))
          #expect(!check.holds(.spread(severity: severity, mixture: mixture, outcome, least: least, most: most - 0.1)))
        }
      }
    }
  }

  @Test(
    "refuses every figure of a life that is changed, of one that goes on, of one that ends and of one that recovers")
  func lives() {
    var parts: Set<LifeClaim.Part> = []
    for (seed, least, steps) in [(1, 1e-6, 30), (2, 1e-3, 60_000), (3, 1e-3, 60_000), (2, 1e-6, 60_000)] {
      var settings = TreeLife.Settings(seed: UInt64(seed))
      settings.least = least
      let check = LifeCheck(settings, steps: steps)
      for claim in check.claims {
        #expect(check.holds(claim), "\(claim)")
        switch claim {
        case .noCollapse(let steps):
          #expect(!check.holds(.noCollapse(steps: steps + 1)))
          #expect(!check.holds(.collapses(first: 1, times: 1, recovery: nil)))
        case .collapses(let first, let times, let recovery):
          #expect(!check.holds(.noCollapse(steps: steps)))
          #expect(!check.holds(.collapses(first: first + 1, times: times, recovery: recovery)))
          #expect(!check.holds(.collapses(first: first, times: times + 1, recovery: recovery)))
          #expect(!check.holds(.collapses(first: first, times: times, recovery: (recovery ?? 0) + 1)))
        case .course(let part, let rate, let population, let affinity):
          parts.insert(part)
          #expect(!check.holds(.course(part, rate: rate + 0.001, population: population, affinity: affinity)))
          #expect(!check.holds(.course(part, rate: rate, population: population + 0.01, affinity: affinity)))
          #expect(!check.holds(.course(part, rate: rate, population: population, affinity: (affinity ?? 0) + 0.01)))
          #expect(
            !check.holds(
              .course(part == .whole ? .before : .whole, rate: rate, population: population, affinity: affinity)))
        case .habit(let trees, let habit, let cut, let spare):
          #expect(!check.holds(.habit(trees: trees, habit == .cuts ? .spares : .cuts, cut: cut, spare: spare)))
          #expect(!check.holds(.habit(trees: trees, habit, cut: cut + 1, spare: spare)))
          #expect(!check.holds(.habit(trees: trees, habit, cut: cut, spare: spare - 1)))
        }
      }
    }
    #expect(parts == [.whole, .before, .between, .after])
  }
}
