import Gridworlds
import Testing
import Worlds

@testable import Planning

@Suite("The state that stands for a cell")
struct CellStatesTests {
  static let names = [
    "corner", "keys-9", "coinrun", "follow-7", "locks", "lava", "dish", "advisor", "supervisor", "line-7",
  ]

  @Test("every state begins with where its agent stands, so that the rest of it can be compared", arguments: names)
  func rest(_ name: String) throws {
    let world = try Catalogue.world(named: name)
    let level = world.generate(.training, seed: 3)
    let graph = try #require(StateGraph(world, level))
    // The rest and the place together are the state: no two states share both.
    var seen: Set<Pair> = []
    for (state, agent) in zip(graph.reachable.states, graph.reachable.agents).prefix(20_000) {
      #expect(seen.insert(Pair(rest: state.rest, agent: agent)).inserted)
      #expect(state.rest.rest == state.rest)
    }
  }

  struct Pair: Hashable {
    let rest: PackedState
    let agent: Position
  }

  @Test(
    "the rest is as at the moment wherever the graph has such a state, and each state is of its cell", arguments: names)
  func kinds(_ name: String) throws {
    let world = try Catalogue.world(named: name)
    let level = world.generate(.training, seed: 5)
    let graph = try #require(StateGraph(world, level))
    let present = graph.reachable.states.count / 3
    let found = graph.cellStates(asIn: present)
    let rest = graph.reachable.states[present].rest
    var asNow: Set<Position> = []
    for (state, agent) in zip(graph.reachable.states, graph.reachable.agents) where state.rest == rest {
      asNow.insert(agent)
    }
    #expect(!asNow.isEmpty)
    for cell in found.positions {
      guard let standing = found[cell] else {
        #expect(!graph.reachable.agents.contains(cell))
        continue
      }
      #expect(graph.reachable.agents[standing.state] == cell)
      #expect((standing.rest == .asNow) == asNow.contains(cell), "\(cell)")
      if standing.rest == .asNow { #expect(graph.reachable.states[standing.state].rest == rest) }
    }
    #expect(found[graph.reachable.agents[present]] == CellState(state: present, rest: .asNow))
  }

  @Test(
    "a key that is taken stays taken in every cell, and a cell with another key is the one in which it is taken too")
  func keys() throws {
    let world = Keys(size: 9)
    let map = Grid(
      rows: ["#########", "#@k..c..#", "#.......#", "#....k..#", "#########"].map { $0.unicodeScalars.map { Tile($0) } }
    )
    let level = try Level(of: world, reference: "drawn", map: try #require(map), timeLimit: 30)
    let graph = try #require(StateGraph(world, level))
    let right = try #require(world.actions.firstIndex { $0.name == "right" })
    let taken = try #require(graph.successor(of: 0, by: right))
    func occupants(_ state: Int) -> Int { world.frame(of: graph.reachable.states[state], in: level).occupants.count }
    #expect(occupants(0) == 3)
    let found = graph.cellStates(asIn: taken)
    let start = try #require(found[Position(x: 1, y: 1)])
    #expect(start.rest == .asNow && occupants(start.state) == 2, "the first state there has the key still on the floor")
    let other = try #require(found[Position(x: 5, y: 3)])
    #expect(other.rest == .fromNow && occupants(other.state) == 1)
  }

  @Test("a state that is none is no mistake that traps")
  func outside() throws {
    let graph = try #require(StateGraph(Corner(), Drawn.fork))
    #expect(graph.cellStates(asIn: -1).elements.allSatisfy { $0 == nil })
    #expect(graph.cellStates(asIn: .max).elements.allSatisfy { $0 == nil })
  }
}
