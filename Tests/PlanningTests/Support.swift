import Foundation
import Gridworlds
import Worlds

@testable import Inference
@testable import Planning

/// Levels drawn in the test, moves by letter: u, l, d, r.
enum Drawn {
  static func level(_ rows: String, timeLimit: Int = 60) -> Level {
    let grid = Grid(rows: rows.split(separator: "\n").map { $0.unicodeScalars.map { Tile($0) } })!
    return try! Level(of: Corner(), reference: "drawn", map: grid, timeLimit: timeLimit)
  }

  static func episode(_ level: Level, _ moves: String) -> Episode {
    var episode = Episode(world: Corner(), level: level, agent: "test", seed: 0)
    for move in moves { episode.advance(Array("uldr").firstIndex(of: move)!) }
    return episode
  }

  /// - Parameter ends: whether the last move comes when time is up; else it is where the recording stops.
  static func analysis(_ level: Level, _ moves: String, ends: Bool = false) -> Analysis {
    let level = ends ? try! Level(of: Corner(), reference: "drawn", map: level.map, timeLimit: moves.count) : level
    let graph = StateGraph(Corner(), level)!
    return Analysis(episode(level, moves), graph: graph)!
  }

  /// Two steps right the ways run together; then the cheese is down, the corner up.
  static let fork = level(
    """
    #######
    #.#...#
    #.#.#.#
    #@....#
    #.#.#.#
    #.#*..#
    #######
    """)

  /// The corner lies on the way to the cheese.
  static let beyond = level(
    """
    #######
    #....*#
    #.###.#
    #.#.#.#
    #.#.#.#
    #@#...#
    #######
    """.replacingOccurrences(of: "#....*#", with: "#.....#").replacingOccurrences(of: "#@#...#", with: "#@#..*#"))
}
