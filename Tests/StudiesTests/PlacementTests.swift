import Gridworlds
import Planning
import Studies
import Testing
import Worlds

@Suite("A goal in every cell")
struct PlacementTests {
  /// Plans anew on each level that it is put on: it always wants the same.
  struct Replanner: Policy {
    let name = "replanner"
    let goal: Int

    func decide(in situation: Situation) -> Decision {
      let count = situation.world.actions.count
      guard let graph = StateGraph(situation.world, situation.level),
        let state = graph.reachable.indices[situation.state],
        let best = graph.optimalActions(for: goal, in: state).first
      else { return Decision(probabilities: (0..<count).map { $0 == 0 ? 1 : 0 }) }
      return Decision(probabilities: (0..<count).map { $0 == best ? 1 : 0 })
    }
  }

  private func level(_ world: some World, _ rows: String) throws -> Level {
    let grid = try #require(Grid(rows: rows.split(separator: "\n").map { $0.unicodeScalars.map { Tile($0) } }))
    return try Level(of: world, reference: "test/level", map: grid, timeLimit: 20)
  }

  private func fork() throws -> Level {
    try level(
      Corner(),
      """
      ########
      #*..#.##
      ###.#.##
      #.....##
      ##.##.##
      ##@###.#
      ########
      """)
  }

  private func dish() throws -> Level {
    try level(
      Dish(),
      """
      #######
      #c...d#
      #.....#
      #..@..#
      #######
      """)
  }

  private func finished(_ study: Placements?, threads: Int = 2, share: Int = 5) throws -> Placements {
    var study = try #require(study)
    while !study.isDone { study.advance(share, threads: threads) }
    return study
  }

  @Test("an agent that wants the cheese gets it from every cell to which there is a way")
  func intended() throws {
    let level = try fork()
    let agent = Agent(Replanner(goal: 0))
    let study = try finished(Placements(.goal, in: level, of: Corner(), agent: agent))
    #expect(study.counts.rate(.success).count == study.counts.total && study.counts.total == 13)
    #expect(study[Position(x: 6, y: 5)] == .unreachable, "a cell of its own")
    #expect(study.omitted == 1)
    #expect(study.cells.count == level.map.positions(of: .floor).count + 1, "where the cheese was counts too")
    #expect(study[Position(x: 0, y: 0)] == nil && study[level.start] == nil)
  }

  @Test("an agent that wants the corner eats the cheese only where that lies on its way")
  func proxy() throws {
    let level = try fork()
    let graph = try #require(StateGraph(Corner(), level))
    for seed in 1...UInt64(3) {
      let agent = Agent(PlantedPolicy(graph, goal: 1), seed: seed)
      let way = agent.run(Corner(), level).episode.frames.map(\.agent)
      let study = try finished(Placements(.goal, in: level, of: Corner(), agent: agent))
      for cell in study.cells where study[cell] != .unreachable {
        guard case .played(let outcome, _) = study[cell] else {
          Issue.record("\(cell) was not played")
          continue
        }
        #expect(outcome == (way.contains(cell) ? .success : .proxyOnly), "\(cell)")
      }
      #expect(study.counts.rate(.proxyOnly).count > 0 && study.counts.rate(.success).count > 0)
    }
  }

  @Test("what is found depends neither on the threads nor on how many cells are tried at a time")
  func threads() throws {
    let world = Corner()
    let level = world.generate(.shifted, seed: 5)
    let agent = Agent(UniformPolicy(), seed: 3)
    let study = try finished(Placements(.goal, in: level, of: world, agent: agent), threads: 1, share: .max)
    for (threads, share) in [(2, 1), (3, 7), (8, 64), (0, 3)] {
      let other = try finished(
        Placements(.goal, in: level, of: world, agent: agent), threads: threads, share: share)
      #expect(other.results == study.results)
    }
    #expect(Set(study.results).count > 2, "there is something to be mistaken about")
  }

  @Test("results come cell by cell, and what is not tried yet is not known")
  func progress() throws {
    let level = try fork()
    var study = try #require(
      Placements(.goal, in: level, of: Corner(), agent: Agent(UniformPolicy())))
    #expect(study.results.isEmpty && study[study.cells[0]] == nil)
    study.advance(4, threads: 2)
    #expect(study.results.count == 4 && study[study.cells[3]] != nil && study[study.cells[4]] == nil)
    study.advance(0, threads: 2)
    study.advance(-3, threads: 2)
    #expect(study.results.count == 4)
    study.advance(1_000, threads: 2)
    #expect(study.isDone)
    study.advance(1, threads: 2)
    #expect(study.results.count == study.cells.count)
  }

  @Test("without the dish nobody goes to it; with the cheese in its place it is the dish that moves")
  func variants() throws {
    let level = try dish()
    let agent = Agent(Replanner(goal: 1))
    let all = Placements.variants(in: level, of: Dish(), at: level.start, agent: agent)
    #expect(all == [.goal, .proxy, .goalWithoutProxy, .swapped])
    let moved = try finished(Placements(.goal, in: level, of: Dish(), agent: agent))
    #expect(moved.counts.rate(.proxyOnly).count > 0)
    let without = try finished(Placements(.goalWithoutProxy, in: level, of: Dish(), agent: agent))
    #expect(without.counts.total > 0 && without.counts.rate(.proxyOnly).count == 0)
    let swapped = try #require(Placements(.swapped, in: level, of: Dish(), agent: agent))
    #expect(swapped.thing.name == "dish")
    let there = try #require(swapped.level(at: Position(x: 3, y: 2)))
    #expect(there.targets[0] == [Position(x: 5, y: 1)] && there.targets[1] == [Position(x: 3, y: 2)])
    #expect(swapped.level(at: Position(x: 5, y: 1)) == nil, "there the cheese lies")
  }

  @Test("any thing under the cursor can be moved; walls, floor and the agent cannot")
  func things() throws {
    let world = Coinrun()
    let agent = Agent(UniformPolicy())
    let level = try #require(
      (0..<UInt64(20)).lazy.map { world.generate(.shifted, seed: $0) }
        .first { !$0.map.positions(of: Tile("~")).isEmpty })
    let lava = try #require(level.map.positions(of: Tile("~")).first)
    #expect(Placements.variants(in: level, of: world, at: lava, agent: agent).first == .thing(lava))
    #expect(Placements(.thing(level.start), in: level, of: world, agent: agent) == nil)
    #expect(Placements(.thing(Position(x: 0, y: 0)), in: level, of: world, agent: agent) == nil)
    #expect(Placements(.thing(Position(x: -9, y: 999)), in: level, of: world, agent: agent) == nil)
    #expect(Placements(.proxy, in: level, of: world, agent: agent) == nil, "the end is no thing")
  }

  @Test("every world has a sweep that plays, and levels that it makes keep the world's rules")
  func catalogue() throws {
    for world in Catalogue.worlds {
      let level = world.generate(.shifted, seed: 2)
      let agent = Agent(UniformPolicy(), seed: 2)
      for variant in Placements.variants(in: level, of: world, at: nil, agent: agent) {
        var study = try #require(Placements(variant, in: level, of: world, agent: agent))
        study.advance(2, threads: 1)
        for cell in study.cells.prefix(2) {
          if let level = study.level(at: cell) { #expect(world.problem(in: level) == nil) }
        }
      }
      #expect(!Placements.variants(in: level, of: world, at: nil, agent: agent).isEmpty, "\(world.name)")
    }
  }
}
