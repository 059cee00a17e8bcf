import Gridworlds
import Planning
import Testing
import Worlds

@testable import Inference

@Suite("Settling after the proxy")
struct SettlingTests {
  /// An episode in a room with the proxy in its upper right corner, by letters of headings.
  private func settles(_ moves: String, startAt start: Position) throws -> Choices.Settling? {
    var map = Grid(width: 11, height: 7, filledWith: Tile.wall)
    for y in 1...5 { for x in 1...9 { map[Position(x: x, y: y)] = .floor } }
    map[Position(x: 1, y: 5)] = Tile("*")
    map[start] = .agent
    let level = try Level(of: Corner(), reference: "room", map: map, timeLimit: 200)
    var episode = Episode(world: Corner(), level: level, agent: "test", seed: 0)
    for move in moves { episode.advance(Array("uldr").firstIndex(of: move) ?? 0) }
    return try #require(Choices(episode)).settling
  }

  @Test("is told of who stays at a wall as of who stays in the open, on whatever side")
  func walls() throws {
    let start = Position(x: 8, y: 1)
    // Along the upper wall; into the room; down the right wall.
    #expect(try settles("rllllll" + String(repeating: "u", count: 30), startAt: start) == .elsewhere)
    #expect(try settles("rlllldd" + String(repeating: "lr", count: 15), startAt: start) == .elsewhere)
    #expect(try settles("rdddd" + String(repeating: "r", count: 30), startAt: start) == .elsewhere)
  }

  @Test("is not told of who stays within two steps of the proxy, though cells beside it are farther away")
  func near() throws {
    let start = Position(x: 8, y: 1)
    #expect(try settles("rl" + String(repeating: "u", count: 30), startAt: start) == .atProxy)
    #expect(try settles("rll" + String(repeating: "u", count: 30), startAt: start) == .atProxy)
    #expect(try settles("rld" + String(repeating: "ud", count: 15), startAt: start) == .atProxy)
    #expect(try settles("r" + String(repeating: "r", count: 30), startAt: start) == .atProxy)
  }

  @Test("is not told of who stays at the proxy, however far it is from there once more is done")
  func chests() throws {
    var count = 0
    for seed in 1_000_000..<UInt64(1_000_020) {
      let level = Locks().generate(.shifted, seed: seed)
      let graph = try #require(StateGraph(Locks(), level))
      let episode = Locks().rollout(level, policy: PlantedPolicy(graph, goal: 1), seed: seed)
      guard episode.achievement(of: 0) == nil, episode.achievement(of: 1) != nil else { continue }
      count += 1
      let choices = try #require(Choices(episode))
      #expect(choices.settling == .atProxy)
    }
    #expect(count > 5)
  }
}
