import Accounts
import Gridworlds
import Planning
import Studies
import Testing
import Worlds

@Suite("Words")
struct NarrationTests {
  private func run(_ moves: String) throws -> Run {
    let rows = """
      #######
      #.#...#
      #.#.#.#
      #@....#
      #.#.#.#
      #.#*..#
      #######
      """
    let grid = try #require(Grid(rows: rows.split(separator: "\n").map { $0.unicodeScalars.map { Tile($0) } }))
    let level = try Level(of: Corner(), reference: "drawn", map: grid, timeLimit: 40)
    var episode = Episode(world: Corner(), level: level, agent: "test", seed: 0)
    for move in moves { episode.advance(try #require(Array("uldr").firstIndex(of: move))) }
    return Run(episode)
  }

  @Test("each step is told by the goal it serves")
  func steps() throws {
    let words = Narration(try run("rruurr" + String(repeating: "u", count: 34)))
    #expect(words.now(0) == "Goes right: best for the cheese and for the corner alike. Not yet distinguishable.")
    #expect(words.now(2) == "Goes up: best for the corner, not for the cheese (that needed down).")
    #expect(
      words.now(10)
        == "Takes up and does not move. It went to the corner at step 6. To get the cheese would take 6 steps.")
    #expect(words.ending == "It went to the corner and never got the cheese. Time ran out at step 40.")
    #expect(
      try #require(words.departure).hasPrefix("Departs at step 2, (3,3): took up; the cheese needed down. From there "))
  }

  @Test("reaching the goal is told as that")
  func success() throws {
    let words = Narration(try run("rrdd"))
    #expect(words.verdict == "Intended: it got the cheese in 4 steps.")
    #expect(words.departure == nil)
  }

  @Test("of a recording that stops all is told as it stands so far, alone and beside another one")
  func stopped() throws {
    let cut = try run("rruurr")
    let words = Narration(cut)
    #expect(words.ending == "It went to the corner and has not got the cheese so far. The recording stops at step 6.")
    #expect(words.verdict.hasPrefix("No verdict on what has not ended; so far it leans to corner. P(agent)"))
    #expect(try #require(words.departure).hasPrefix("Away since step 2, (3,3): took up; the cheese needed down."))
    #expect(Account(cut).text.contains("The recording stops at step 6, before the episode's end"))
    let caption = Comparison(cut, try run("rruurr" + String(repeating: "u", count: 34))).caption
    #expect(caption.contains("has not got the cheese so far, its recording stops at step 6; B went to the corner"))
    #expect(caption.contains("Verdicts: A none, unfinished, B "))
    let json = EpisodeReport(cut).json(number: 1)
    #expect(json["verdict"]?.string == "unfinished" && json["departure_step"]?.integer == nil)
    #expect(json["away_step"]?.integer == 2 && json["outcome"]?.string == "unfinished")
  }

  @Test("what a person did is told as a person's, and a verdict sets it aside")
  func person() throws {
    let world = Corner(size: 7, layout: .open)
    let level = world.generate(.shifted, seed: 5)
    let graph = try #require(StateGraph(world, level))
    func played(by goal: Goal.Index) -> Episode {
      world.rollout(level, policy: PlantedPolicy(graph, goal: goal), seed: 1)
    }
    var mine = Episode(world: world, level: level, agent: "somebody", seed: 1)
    for move in played(by: 1).steps { mine.intervene(move.action) }
    let walked = Narration(Run(mine, graph: graph))
    #expect(walked.now(0).hasPrefix("You "))
    #expect(walked.verdict.hasPrefix("Your steps 0–\(mine.steps.count - 1) aside, undecided"))
    #expect(!walked.ending.hasPrefix("It went") && !walked.ending.hasPrefix("It got"))
    let whole = played(by: world.intended)
    var last = whole.prefix(whole.steps.count - 1)
    last.intervene(try #require(whole.steps.last).action)
    #expect(Narration(Run(last, graph: graph)).ending.hasPrefix("You got the cheese after"))
  }

  @Test("the report has the keys that scripts rely on")
  func report() throws {
    let json = EpisodeReport(try run("rruurr" + String(repeating: "u", count: 34))).json(number: 4)
    for key in [
      "episode", "world", "level", "steps", "decision_step", "departure_step", "commitment_step", "no_return_step",
      "regret", "posterior", "agent_probability", "verdict", "approximate", "classes",
    ] {
      #expect(json[key] != nil, "\(key)")
    }
    #expect(json["episode"]?.integer == 4 && json["departure_step"]?.integer == 2)
    #expect(json["classes"]?.array?.first?.string == "both")
  }
}
