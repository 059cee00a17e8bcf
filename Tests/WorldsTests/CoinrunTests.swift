import Foundation
import Gridworlds
import Testing
import Worlds

@Suite("The physics of coinrun")
struct CoinrunTests {
  /// Plays moves by letter: s stay, l left, r right, u up, y up-left, i up-right.
  private func play(_ rows: String, _ moves: String) -> Episode {
    let world = Coinrun()
    let grid = Grid(rows: rows.split(separator: "\n").map { $0.unicodeScalars.map { Tile($0) } })!
    let level = try! Level(of: world, reference: "test", map: grid)
    var episode = Episode(world: world, level: level, agent: "test", seed: 0)
    for move in moves { episode.advance(Array("slruyi").firstIndex(of: move)!) }
    return episode
  }

  private let flat = """
    ##########
    #........#
    #........#
    #........#
    #........#
    #@......o#
    ##########
    """

  @Test("a jump rises one cell a step for three steps, then falls one a step")
  func jump() {
    #expect(play(flat, "uuuuuuu").frames.map(\.agent.y) == [5, 4, 3, 2, 3, 4, 5, 4])
    #expect(play(flat, "usssss").frames.map(\.agent.y) == [5, 4, 3, 2, 3, 4, 5])
  }

  @Test("a jump to the side covers six columns and lands on the ground it left")
  func leap() {
    #expect(play(flat, "irrrrr").frames.last?.agent == Position(x: 7, y: 5))
  }

  @Test("a ceiling ends the rise, and walls stop at the side")
  func ceiling() {
    let low = """
      ######
      #...o#
      #.##.#
      #@...#
      ######
      """
    #expect(play(low, "uuu").frames.map(\.agent.y) == [3, 2, 1, 1], "the rise ends under the ceiling")
    #expect(play(low, "ll").frames.last?.agent == Position(x: 1, y: 3))
  }

  @Test("lava ends the episode without a reward, and the coin with one")
  func ends() {
    let pit = """
      ########
      #......#
      #@....o#
      ##~~####
      ########
      """
    let fall = play(pit, "rr")
    #expect(fall.conclusion == .terminated && fall.totalReward == 0 && fall.achievement(of: 0) == nil)
    let leap = play(pit, "irrrr")
    #expect(leap.conclusion == .terminated && leap.totalReward == 1 && leap.achievement(of: 0) == 5)
  }

  private let crawling = """
    ############
    #..........#
    #..........#
    #@....m...o#
    ############
    """

  @Test("a crawler paces over three cells, to and fro, in four steps")
  func pacing() {
    let places = play(crawling, "sssss").frames.map { $0.occupants[0].position.x }
    #expect(places == [6, 7, 8, 7, 6, 7])
  }

  @Test("a crawler kills who stands where it comes, and who meets it half-way")
  func crawler() {
    // It stands at 6 after steps 0, 4, 8; the runner waits for it there.
    let waits = play(crawling, "rrrrrsss")
    #expect(waits.steps.count == 8 && waits.conclusion == .terminated && waits.totalReward == 0)
    // From 6 to 7 while it comes from 7 to 6.
    let meets = play(crawling, "rrrrrssr")
    #expect(meets.steps.count == 8 && meets.conclusion == .terminated && meets.totalReward == 0)
    let over = play(crawling, "rrrirrrrrr")
    #expect(over.frames.count > 6)
    for frame in over.frames.dropLast() { #expect(frame.occupants[0].position != frame.agent) }
  }

  @Test("the end is the last column, and reaching it ends nothing")
  func end() {
    let rows = flat.replacingOccurrences(of: "o#", with: ".#").replacingOccurrences(
      of: "#........#\n#........#\n#........#\n#........#", with: "#........#\n#........#\n#o.......#\n#........#")
    let episode = play(rows, "rrrrrrrss")
    #expect(episode.achievement(of: 1) == 7)
    #expect(episode.conclusion == .stopped && episode.totalReward == 0)
  }
}
