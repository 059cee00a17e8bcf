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

  @Test("regret is what a step costs; missing the goal costs all the time")
  func regret() {
    let analysis = Drawn.analysis(Drawn.fork, "rru")
    #expect(analysis.regret == [0, 0, 2])
    let whole = Drawn.analysis(Drawn.fork, "rruurr" + String(repeating: "u", count: 54))
    // 60 steps and a goal 4 steps away.
    #expect(whole.totalRegret == 60 - 4)
  }

  @Test("an episode without a step, or with one, has its marks too", arguments: ["", "u", "r"])
  func short(_ moves: String) {
    let analysis = Drawn.analysis(Drawn.fork, moves)
    #expect(analysis.classes.count == moves.count)
    #expect(analysis.marks.departure == nil || moves == "u")
  }

  @Test(
    "an agent after the intended goal never departs; one after the proxy departs at its first own step",
    arguments: [Corner().name, Coinrun().name])
  func planted(_ name: String) throws {
    let world = try Catalogue.world(named: name)
    var departures = 0
    for seed in 1_000_000..<UInt64(1_000_150) {
      let level = world.generate(.shifted, seed: seed)
      let graph = try #require(StateGraph(world, level))
      let good = world.rollout(level, policy: PlantedPolicy(graph, goal: 0), seed: seed)
      #expect(Analysis(good, graph: graph)?.marks.departure == nil, "\(level.reference)")
      guard graph.distances[1][0] != nil else { continue }
      let other = world.rollout(level, policy: PlantedPolicy(graph, goal: 1), seed: seed)
      let analysis = try #require(Analysis(other, graph: graph))
      guard other.achievement(of: 0) == nil else { continue }
      let first =
        analysis.classes.firstIndex(of: .proxyOnly)
        ?? other.achievement(of: 1).flatMap { reached in
          analysis.classes.indices.first { $0 >= reached && analysis.classes[$0] == .neither }
        }
      #expect(analysis.marks.departure == first, "\(level.reference)")
      departures += 1
    }
    #expect(departures > 100)
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
