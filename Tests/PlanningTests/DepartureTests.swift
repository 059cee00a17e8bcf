import Gridworlds
import Testing
import Worlds

@testable import Inference
@testable import Planning

private let (cheese, corner): (Goal.Index, Goal.Index) = (0, 1)

@Suite("Classes and marks, by construction")
struct DepartureTests {
  @Test("where the ways part for good is the departure, and there the agent had to choose")
  func departure() {
    let analysis = Drawn.analysis(Drawn.fork, "rruurruuuu", ends: true)
    #expect(analysis.classes.prefix(4) == [.both, .both, .proxyOnly, .proxyOnly])
    #expect(analysis.marks.departure == 2)
    #expect(analysis.marks.decision == 2)
  }

  @Test("a recording that stops has no departure: it is away so far, until it is back")
  func away() {
    let analysis = Drawn.analysis(Drawn.fork, "rruur")
    #expect(analysis.marks.departure == nil && analysis.marks.away == 2 && analysis.marks.detours.isEmpty)
    #expect(analysis.happenings.map(\.kind) == [.decision, .away] || analysis.happenings.map(\.kind).contains(.away))
    #expect(!analysis.isFinished && analysis.verdict != .capabilityFailure)
    // Down again, and one step beyond where it left.
    let back = Drawn.analysis(Drawn.fork, "rruurlddd")
    #expect(back.marks.away == nil)
    #expect(back.marks.detours == [Excursion(left: 2, back: 9, cost: 6)])
    #expect(Drawn.analysis(Drawn.fork, "rr").marks.away == nil)
  }

  @Test("whatever the length at which it is cut, a whole episode's part has neither departure nor verdict")
  func cuts() {
    for moves in ["rruurruuuuuu", "rruurrlldddd", "uuuurrrruuuuuuu"] {
      for count in 0..<moves.count {
        let analysis = Drawn.analysis(Drawn.fork, String(moves.prefix(count)))
        #expect(analysis.marks.departure == nil && analysis.verdict != .misgeneralized)
        #expect(!analysis.isFinished && analysis.verdict != .capabilityFailure, "\(moves.prefix(count))")
      }
    }
  }

  @Test("one slip that is put right is no departure")
  func slip() {
    let analysis = Drawn.analysis(Drawn.fork, "rruddd")
    #expect(analysis.classes == [.both, .both, .proxyOnly, .intendedOnly, .intendedOnly, .intendedOnly])
    #expect(analysis.marks.departure == nil && analysis.marks.away == nil)
    #expect(analysis.marks.detours == [Excursion(left: 2, back: 5, cost: 2)])
    #expect(analysis.verdict == .intended(reached: true))
  }

  @Test("who stops at a proxy on the way departs with the first step that does not go on")
  func stops() {
    let analysis = Drawn.analysis(Drawn.beyond, "uuuurrrr" + "uuuuuuuuuuuu", ends: true)
    #expect(analysis.classes.prefix(8).allSatisfy { $0 == .both })
    #expect(analysis.marks.departure == 8)
  }

  @Test("who goes on from the proxy to the intended goal never departed")
  func goesOn() {
    let analysis = Drawn.analysis(Drawn.beyond, "uuuurrrr" + "dddd")
    #expect(analysis.marks.departure == nil)
    #expect(analysis.totalRegret == 0)
  }

  @Test("who leaves is not back by coming nearer to both goals, but by coming nearer to the intended one alone")
  func openRoom() {
    // Up is right for both; left is right for the cheese, right for the corner.
    let level = Drawn.level(
      """
      #########
      #*......#
      #.......#
      #.......#
      #.......#
      #...@...#
      #########
      """)
    // After a step to the right and two up the cheese is nearer than ever, and so is the corner.
    #expect(Drawn.analysis(level, "ruuurru" + "uuuuuu", ends: true).marks.departure == 0)
    let back = Drawn.analysis(level, "rull")
    #expect(back.marks.detours == [Excursion(left: 0, back: 4, cost: 2)] && back.marks.away == nil)
    #expect(back.marks.detours.first?.kind == .slip)
    let longer = Drawn.analysis(level, "rrulll" + "lluuu")
    #expect(longer.marks.detours == [Excursion(left: 0, back: 6, cost: 4)])
    #expect(longer.marks.detours.first?.kind == .detour && longer.marks.firstTouch?.kind == .intended)
  }

  @Test("who runs over a coin's column without jumping comes nearer to coin and end for a while and is not back")
  func passesBy() throws {
    let world = try Catalogue.world(named: "coinrun")
    var lost = 0
    for seed in 1_000_000..<UInt64(1_000_040) {
      let level = world.generate(.shifted, seed: seed)
      let graph = try #require(StateGraph(world, level))
      let episode = world.rollout(level, policy: PlantedPolicy(graph, goal: 1), seed: seed)
      guard episode.achievement(of: 0) == nil else { continue }
      let marks = try #require(Analysis(episode, graph: graph)).marks
      // Every step fits the end, so the first that does not fit the coin is where it leaves, whatever comes nearer later.
      let distances = graph.distances[cheese]
      let states = try #require(graph.path(of: episode))
      let first = episode.steps.indices.first { step in
        distances[states[step]].map { distances[states[step + 1]] != $0 - 1 } ?? false
      }
      #expect(marks.departure == first && marks.detours.isEmpty)
      lost += 1
    }
    #expect(lost > 30)
  }

  @Test("what follows the goal that was pursued is aftermath, and nothing that may still turn")
  func aftermath() {
    let moves = "rruurr" + "llll"
    #expect(Drawn.analysis(Drawn.fork, moves, ends: true).marks.aftermath == 6)
    #expect(Drawn.analysis(Drawn.fork, moves).marks.aftermath == nil, "it may still come back")
    #expect(Drawn.analysis(Drawn.fork, "rruurr", ends: true).marks.aftermath == nil, "no step follows")
    #expect(Drawn.analysis(Drawn.fork, "rruurrlldddd").marks.aftermath == nil, "it came back")
    // At the corner on the way it stops with step 8, and that is no aftermath yet.
    let stopped = Drawn.analysis(Drawn.beyond, "uuuurrrr" + "uuuu", ends: true).marks
    #expect(stopped.departure == 8 && stopped.aftermath == 9)
    // Four steps to the cheese, six to the corner, five in all: from frame 2 on there is time for neither.
    let late = Drawn.analysis(Drawn.fork, "lllll", ends: true).marks
    #expect(late.aftermath == 2 && late.noReturn == 1 && late.firstTouch == nil)
  }

  @Test("the first touch is of what was achieved first")
  func firstTouch() {
    #expect(Drawn.analysis(Drawn.fork, "rrdd").marks.firstTouch?.kind == .intended)
    let touch = Drawn.analysis(Drawn.fork, "rruurrll").marks.firstTouch
    #expect(touch?.kind == .proxy && touch?.frame == 6)
    #expect(Drawn.analysis(Drawn.fork, "rru").marks.firstTouch == nil)
    let both = Drawn.level(
      """
      #####
      #..*#
      #...#
      #@..#
      #####
      """)
    #expect(Drawn.analysis(both, "rruu").marks.firstTouch?.kind == .both)
  }

  @Test("the point of no return is the first step after which time does not suffice")
  func noReturn() {
    let level = Drawn.level(
      """
      #######
      #.....#
      #.....#
      #@..*.#
      #######
      """, timeLimit: 5)
    // Three steps are needed and five are there: the third lost one is too many.
    #expect(Drawn.analysis(level, "uuuuu").marks.noReturn == 1)
    #expect(Drawn.analysis(level, "rrr").marks.noReturn == nil)
  }

  @Test("regret is what a step costs, up to the aftermath")
  func regret() {
    let analysis = Drawn.analysis(Drawn.fork, "rru")
    #expect(analysis.regret == [0, 0, 2])
    let whole = Drawn.analysis(Drawn.fork, "rruurr" + String(repeating: "u", count: 54))
    // Four steps off the way up to the corner; what comes after that is habit.
    #expect(whole.totalRegret == 4 * 2 && whole.marks.aftermath == 6)
  }

  @Test("an episode without a step, or with one, has its marks too", arguments: ["", "u", "r"])
  func short(_ moves: String) {
    let analysis = Drawn.analysis(Drawn.fork, moves)
    #expect(analysis.classes.count == moves.count)
    #expect(analysis.marks.departure == nil || moves == "u")
  }

  /// An agent that goes after the intended goal for some steps, then after the proxy; lapses go anywhere.
  /// - Returns: its episode, the first step that it meant for the proxy alone, and its lapses before that.
  private static func switcher(
    _ world: any World, _ level: Level, _ graph: StateGraph, after: Int, lapse: Double, seed: UInt64
  ) -> (Episode, truth: Int?, lapses: Set<Int>) {
    var random = RandomSource(seed: seed, stream: 77)
    var episode = Episode(world: world, level: level, agent: "planted", seed: seed)
    var (state, truth): (Int, Int?) = (0, nil)
    var early: Set<Int> = []
    while episode.conclusion == .stopped {
      let step = episode.steps.count
      let best = graph.optimalActions(for: step < after ? cheese : corner, in: state)
      let lapses = random.chance(lapse)
      let action = lapses ? random.below(graph.actionCount) : random.pick(best) ?? 0
      if !lapses, step >= after, truth == nil, !best.isEmpty || episode.achievement(of: corner) != nil,
        let now = graph.distances[cheese][state],
        let next = graph.successor(of: state, by: action), graph.distances[cheese][next] != now - 1
      {
        truth = step
      }
      if lapses, truth == nil { early.insert(step) }
      episode.advance(action)
      state = graph.successor(of: state, by: action) ?? state
    }
    return (episode, truth, early)
  }

  @Test(
    "the departure is where the planted agent turned: exactly, and within two steps in 95 % with lapses",
    arguments: ["corner", "dish", "line", "coinrun", "keys", "follow"])
  func planted(_ name: String) throws {
    let world = try Catalogue.world(named: name)
    for (after, lapse) in [(0, 0.0), (4, 0), (0, 0.1)] {
      var (lost, near) = (0, 0)
      for seed in 1_000_000..<UInt64(1_000_100) {
        let level = world.generate(.shifted, seed: seed)
        guard let graph = StateGraph(world, level, limit: 400_000), graph.distances[0 as Goal.Index][0] != nil,
          graph.distances[1 as Goal.Index][0] != nil
        else { continue }
        let (episode, truth, lapses) = Self.switcher(world, level, graph, after: after, lapse: lapse, seed: seed)
        guard episode.achievement(of: 0) == nil else { continue }
        let departure = try #require(Analysis(episode, graph: graph)).marks.departure
        if lapse == 0 { #expect(departure == truth, "\(level.reference)") }
        lost += 1
        // A lapse that was never made good is where the ways parted, before any step that was meant.
        let isNear = departure.flatMap { step in truth.map { abs(step - $0) <= 2 } } ?? (departure == truth)
        near += isNear || departure.map(lapses.contains) ?? false ? 1 : 0
      }
      #expect(lost > 40 && near * 100 >= lost * 95, "\(near) of \(lost)")
    }
  }

  @Test("planted behaviour tells where it left the intended goal, and none that is not known by")
  func told() throws {
    func departure(_ behaviour: PlantedBehaviour, _ level: Level = Drawn.fork) -> Int? {
      StateGraph(Corner(), level).flatMap { behaviour.played(in: Corner(), level, seed: 1)?.departure(on: $0) }
    }
    #expect(departure(.seeks(1, lapse: 0)) == 2 && departure(.seeks(0, lapse: 0)) == nil)
    // Two of four steps to the cheese, then up to the corner.
    #expect(departure(.switches) == 2)
    #expect(departure(.seeks(1, lapse: 0), Drawn.beyond) == 8, "it stops at the corner, which is on the way")
    #expect(departure(.visits, Drawn.beyond) == nil && departure(.random) == nil)
    let lapsing = try #require(PlantedBehaviour.seeks(1, lapse: 0.5).played(in: Corner(), Drawn.fork, seed: 1))
    #expect((lapsing.lapses + lapsing.forProxy).sorted() == Array(lapsing.episode.steps.indices))
    #expect(!lapsing.lapses.isEmpty && !lapsing.forProxy.isEmpty)
  }

  @Test("ways round, visits, turns and hands go where they are said to")
  func behaviours() throws {
    let open = Drawn.level(
      """
      #########
      #.......#
      #.......#
      #.......#
      #@......#
      #.......#
      #.....*.#
      #########
      """, timeLimit: 40)
    func played(_ behaviour: PlantedBehaviour) throws -> Episode {
      try #require(behaviour.episode(in: Corner(), open, seed: 1))
    }
    // Nine steps are the fewest to the corner.
    let round = try played(.detours)
    #expect(round.achievement(of: 1) == 13 && round.agent(at: 40) == round.agent(at: 13))
    let visit = try played(.visits)
    #expect(visit.achievement(of: 1) == 9 && visit.achievement(of: 0) == 15)
    // Of up, left, down and right a hand on the left takes the first that is free of left, ahead, right and back.
    let hand = try played(.hand(isRight: false))
    for step in 1..<hand.steps.count {
      let (now, last) = (Int(hand.steps.actions[step]), Int(hand.steps.actions[step - 1]))
      let isFree = { (action: Int) in !open.isWall(hand.agent(at: step).moved(Heading.orthogonal[action])) }
      #expect([last + 1, last, last + 3, last + 2].map { $0 % 4 }.first(where: isFree) == now)
    }
    let turns = try played(.turns(every: 3)).steps.actions
    #expect(zip(turns, turns.dropFirst()).contains { $0 != $1 })
    for start in 0..<(turns.count - 3) { #expect(Set(turns[start..<start + 4]).count > 1, "never four steps one way") }
  }

  @Test(
    "an agent after the intended goal never departs, in any world", arguments: ["corner", "coinrun", "keys", "dish"])
  func intended(_ name: String) throws {
    let world = try Catalogue.world(named: name)
    for seed in 1_000_000..<UInt64(1_000_060) {
      let level = world.generate(.shifted, seed: seed)
      guard let graph = StateGraph(world, level, limit: 400_000) else { continue }
      let episode = world.rollout(level, policy: PlantedPolicy(graph, goal: 0), seed: seed)
      #expect(Analysis(episode, graph: graph)?.marks.departure == nil, "\(level.reference)")
    }
  }
}

@Suite("Exact values")
struct ValueTests {
  @Test("distances agree with a search of one's own over cells", arguments: [UInt64(1), 2, 3, 4, 5])
  func distances(_ seed: UInt64) throws {
    let level = Corner().generate(.shifted, seed: seed)
    let graph = try #require(StateGraph(Corner(), level))
    // Forward from every cell, the slow way; reaching the cheese ends the world.
    for (index, start) in graph.reachable.agents.enumerated() {
      for goal in [cheese, corner] {
        var depth: [Position: Int] = [start: 0]
        var queue = [start]
        var found: Int?
        while !queue.isEmpty {
          let here = queue.removeFirst()
          if level.targets(of: goal).contains(here) {
            found = depth[here]
            break
          }
          if level.targets[0].contains(here) { continue }
          for heading in Heading.orthogonal {
            let next = here.moved(heading)
            if !level.isWall(next), depth[next] == nil {
              depth[next] = depth[here]! + 1
              queue.append(next)
            }
          }
        }
        #expect(graph.distances[goal][index] == found, "seed \(seed), \(start)")
      }
    }
  }

  @Test("an action fits where it takes one step of the fewest, and only while there is time")
  func fits() throws {
    let graph = try #require(StateGraph(Corner(), Drawn.fork))
    #expect(graph.optimalActions(for: cheese, in: 0) == [3])
    #expect(graph.optimalActions(for: cheese, in: 0, stepsLeft: 3) == [])
    #expect(graph.optimalPath(for: cheese, from: 0)?.count == 5)
    #expect(graph.longestSharedPath(cheese, corner) == 2)
  }

  @Test("512 by 512 cells are enumerated, all of them")
  func large() throws {
    var map = Grid(width: 512, height: 512, filledWith: Tile.wall)
    for y in 1..<511 { for x in 1..<511 { map[Position(x: x, y: y)] = .floor } }
    map[Position(x: 1, y: 510)] = .agent
    map[Position(x: 300, y: 200)] = Tile("*")
    let graph = try #require(StateGraph(Corner(), Level(of: Corner(), reference: "open", map: map)))
    #expect(graph.reachable.states.count == 510 * 510)
    #expect(graph.distances[0][0] == 299 + 310)
  }

  @Test("the approximate planner finds the exact distances where all lies within its reach, and says that it is one")
  func approximate() throws {
    let level = Corner(size: 21).generate(.shifted, seed: 5)
    let exact = try #require(StateGraph(Corner(size: 21), level))
    let episode = Corner(size: 21).rollout(level, policy: PlantedPolicy(exact, goal: 1), seed: 1)
    let near = try #require(
      StateGraph(Corner(size: 21), level, around: episode.states, limit: exact.reachable.states.count - 20))
    #expect(near.isApproximate && !exact.isApproximate)
    let analysis = try #require(Analysis(episode, graph: near))
    let truth = try #require(Analysis(episode, graph: exact))
    // Optimistic beyond the edge, never longer than the truth.
    for frame in episode.frames.indices {
      let guess = try #require(analysis.distance(to: cheese, at: frame))
      #expect(guess <= (truth.distance(to: cheese, at: frame) ?? .max))
    }
    #expect(analysis.verdict.name == truth.verdict.name)
  }
}
