import Accounts
import Gridworlds
import Inference
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
    #expect(words.ending == "It went to the corner and did not get the cheese so far. The recording stops at step 6.")
    #expect(words.verdict.hasPrefix("So far: "))
    #expect(try #require(words.departure).hasPrefix("Away since step 2, (3,3): took up; the cheese needed down."))
    #expect(Account(cut).text.contains("The recording stops at step 6, before the episode's end"))
    #expect(Account(cut).text.contains("So far its moves cost "))
    #expect(words.lackOfDeparture == "No departure so far: it is away since step 2.")
    #expect(Narration(try run("rr")).lackOfDeparture == "No departure so far.")
    #expect(Narration(try run("rrdd")).lackOfDeparture == "This episode has no departure.")
    let text = EpisodeReport(cut).text(number: 1)
    #expect(text.contains("no departure so far, away since 2, "), "\(text)")
    #expect(text.contains("point of no return none so far, regret 8 steps so far"), "\(text)")
    let started = EpisodeReport(try run("r")).text(number: 1)
    #expect(started.contains("departure none so far, commitment none so far, "), "\(started)")
    let caption = Comparison(cut, try run("rruurr" + String(repeating: "u", count: 34))).caption
    #expect(caption.contains("did not get the cheese so far, its recording stops at step 6; B went to the corner"))
    #expect(caption.contains("Both verdicts: undecided."))
    let json = EpisodeReport(cut).json(number: 1)
    #expect(
      json["verdict"]?.string == "undecided" && json["mode"]?.string == "lone" && json["departure_step"]?.integer == nil
    )
    #expect(json["away_step"]?.integer == 2 && json["outcome"]?.string == "unfinished")
  }

  @Test("what an advisor's recording lacks is said in whole words", arguments: ["advisor"])
  func grammar(_ name: String) throws {
    let world = try Catalogue.world(named: name)
    let level = world.generate(.shifted, seed: 1_000_000)
    let whole = world.rollout(level, policy: PlantedPolicy(try #require(StateGraph(world, level)), goal: 1), seed: 1)
    let ending = Narration(Run(whole.prefix(1))).ending
    #expect(!ending.contains("has not"), "\(ending)")
    let caption = Comparison(Run(whole.prefix(1)), Run(whole)).caption
    #expect(caption.contains("did not take the right door so far"), "\(caption)")
  }

  @Test("where what is wanted comes again elsewhere, a part is away since the step that is the whole's departure")
  func repeated() throws {
    let world = try Catalogue.world(named: "trees")
    let level = world.generate(.shifted, seed: 1_000_000)
    var episode = Episode(world: world, level: level, agent: "test", seed: 1)
    var random = RandomSource(seed: 3, stream: 0)
    while episode.conclusion == .stopped { episode.advance(random.below(world.actions.count)) }
    for count in [10, 20, 40, level.timeLimit - 1] {
      let analysis = try #require(Run(episode.prefix(count)).analysis)
      var bits = [0.0]
      for step in 0..<count { bits.append(bits[step] + analysis.bits(of: step)) }
      let lasting = (0..<count).first { step in
        analysis.classes[step] == .proxyOnly && (step + 1...count).allSatisfy { bits[$0] >= bits[step] - 1e-6 }
      }
      #expect(analysis.marks.away == lasting || episode.prefix(count).achievement(of: analysis.proxy) != nil)
    }
  }

  @Test("of what comes again elsewhere, nothing to go for now is not said to be lost for good")
  func nothingNow() throws {
    let world = try Catalogue.world(named: "trees")
    let level = world.generate(.shifted, seed: 1_000_001)
    var episode = Episode(world: world, level: level, agent: "test", seed: 1)
    while episode.conclusion == .stopped { episode.advance(episode.steps.count % world.actions.count) }
    let run = Run(episode)
    #expect(try #require(run.analysis).distance(to: world.intended, at: 0) == nil, "else nothing is tested")
    let words = Claim.mark(.needed(step: 0, [])).words(in: run)
    #expect(words == "For living off the forest there was nothing to go for then.")
    let text = Account(run).text
    #expect(text.contains("At the start there was nothing to go for to live off a forest that lasts, as far as the"))
    #expect(!text.contains("nothing could be done") && !text.contains("there was no way"), "\(text)")
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
