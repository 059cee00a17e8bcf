import Accounts
import Archive
import Gridworlds
import Inference
import Planning
import Studies
import Testing
import Worlds

/// A run of an agent that is after one goal, with lapses.
private func played(_ world: any World, _ level: Level, goal: Goal.Index, lapse: Double, seed: UInt64) throws -> Run {
  let graph = try #require(StateGraph(world, level))
  return Agent(PlantedPolicy(graph, goal: goal, lapse: lapse), seed: seed).run(world, level)
}

/// A run in which a person takes some steps at random and hands back.
private func interrupted(_ run: Run, goal: Goal.Index, using random: inout RandomSource) throws -> Run {
  let graph = try #require(run.analysis?.graph)
  try #require(!run.episode.steps.isEmpty)
  var episode = run.episode.prefix(random.below(run.episode.steps.count))
  for _ in 0..<(1 + random.below(3)) { episode.intervene(random.below(run.episode.world.actions.count)) }
  return Run(episode.continued(by: PlantedPolicy(graph, goal: goal), seed: run.episode.seed), graph: graph)
}

/// What can be counted of two runs without any of the code that makes captions.
private struct Recount {
  let first: Run, second: Run

  var count: Int { min(first.episode.steps.count, second.episode.steps.count) }
  var same: Int {
    (0..<count).reduce(0) { $0 + (first.episode.steps[$1].action == second.episode.steps[$1].action ? 1 : 0) }
  }
  var isLengthEqual: Bool { first.episode.steps.count == second.episode.steps.count }
  var parting: Int {
    var step = 0
    while step < count, first.episode.steps[step].action == second.episode.steps[step].action { step += 1 }
    return step
  }
  var changedCells: Int {
    let (a, b) = (first.episode.level.map, second.episode.level.map)
    return a.positions.filter { a[$0] != b[$0] }.count
  }
  var changedTiles: Set<Tile> {
    let (a, b) = (first.episode.level.map, second.episode.level.map)
    return Set(a.positions.filter { a[$0] != b[$0] }.flatMap { [a[$0], b[$0]] })
  }
  /// The first frame at which the world itself says that a goal is achieved.
  static func frame(_ goal: Goal.Index, _ run: Run) -> Int? {
    run.episode.frames.indices.first { run.episode.frames[$0].achieved & (1 << UInt32(goal.number)) != 0 }
  }
}

@Suite("captions of comparisons")
struct ComparisonCaptionTests {
  /// Takes a pattern's numbers out of the text and returns them.
  private func take(_ pattern: Regex<AnyRegexOutput>, from text: inout String) -> [[Int]] {
    let found = text.matches(of: pattern).map { match in
      match.output.dropFirst().compactMap { $0.substring.flatMap { Int($0) } }
    }
    text.replace(pattern, with: "")
    return found
  }

  /// Two runs that differ in one thing or in several, or in none.
  private static func pair(_ seed: UInt64) throws -> (Run, Run) {
    var random = RandomSource(seed: seed, stream: 77)
    let worlds: [any World] = [Corner(size: 7, layout: .open), Coinrun(), Keys()]
    let world = worlds[random.below(worlds.count)]
    let split: Split = random.chance(0.5) ? .shifted : .training
    let level = world.generate(split, seed: UInt64(random.below(40)))
    let (goal, lapse) = (Goal.Index(random.below(world.goals.count)), Double(random.below(3)) / 10)
    let own = UInt64(random.below(5))
    let first = try played(world, level, goal: goal, lapse: lapse, seed: own)
    let second: Run
    switch random.below(8) {
    case 0:
      let twin = world.trainingTwin(of: level) ?? level
      second = try played(world, twin, goal: goal, lapse: lapse, seed: own)
    case 1: second = try played(world, level, goal: goal, lapse: lapse, seed: own + 1)
    case 2:
      second = try played(
        world, level, goal: Goal.Index((goal.number + 1) % world.goals.count), lapse: lapse, seed: own)
    case 3: second = try interrupted(first, goal: goal, using: &random)
    case 4:
      let other = world.generate(.shifted, seed: UInt64(random.below(40)))
      second = try played(world, other, goal: Goal.Index(random.below(world.goals.count)), lapse: lapse, seed: own + 2)
    case 5:
      let longer = try Level(
        of: world, reference: level.reference, map: level.map, timeLimit: level.timeLimit + 1 + random.below(9))
      second = try played(world, longer, goal: goal, lapse: lapse, seed: own)
    case 6:
      var map = level.map
      // A wall of the frame, where nobody can tell the difference but by looking.
      map[Position(x: 0, y: random.below(map.height))] = .floor
      let open = try Level(of: world, reference: level.reference, map: map, timeLimit: level.timeLimit)
      second = try played(world, open, goal: goal, lapse: lapse, seed: own)
    default: second = first
    }
    return (first, second)
  }

  private static let pairs = Result { try (1...60).map { try pair($0) } }

  @Test("the random pairs make captions of every kind, so that each claim is counted anew somewhere")
  func kinds() throws {
    let captions = try Self.pairs.get().map { Comparison($0.0, $0.1).caption }
    let kinds = [
      "Level, agent, seed and moves are the same", "Only the place of the", "Only cells with", "Only the maps",
      "Only the agents",
      "Only the seeds", "Only who acted", "things differ", "made no difference", "All ", "and they part at step",
      "that both took", "cells", "Only the time limits", "the seeds", "Both ", " never ", "Both verdicts",
      "Verdicts: A",
    ]
    for words in kinds {
      #expect(captions.contains { $0.contains(words) }, "\(words)")
    }
  }

  @Test(
    "every number and every claim of a caption is found again by counting anew, over many random pairs of runs",
    arguments: 1...60)
  func truth(_ number: Int) throws {
    let (first, second) = try Self.pairs.get()[number - 1]
    let world = first.episode.world
    let recount = Recount(first: first, second: second)
    let comparison = Comparison(first, second)
    let caption = comparison.caption
    let (a, b) = (first.episode, second.episode)
    let isSameSize = a.level.map.width == b.level.map.width && a.level.map.height == b.level.map.height
    let isSameMap = isSameSize && recount.changedCells == 0
    let isSameOtherwise = a.agent == b.agent && a.seed == b.seed && a.interventions == b.interventions
    func doubt(_ words: String) -> Comment { "\(words): \(caption)" }

    // Claims of what differs.
    if caption.contains("Level, agent, seed and moves are the same") {
      #expect(isSameMap && isSameOtherwise && recount.same == recount.count, doubt("something differs"))
    }
    if caption.hasPrefix("Only the place") || caption.hasPrefix("Only cells") || caption.hasPrefix("Only the maps") {
      #expect(!isSameMap && isSameOtherwise, doubt("not the map alone differs"))
    }
    if let match = caption.firstMatch(of: /^Only the place of the (.+?) differs/) {
      let entry = try #require(world.legend.entries.first { $0.name == String(match.1) })
      #expect(recount.changedTiles.subtracting([.floor]) == [entry.tile], doubt("more than that differs"))
    }
    if caption.hasPrefix("Only the agents") { #expect(isSameMap && a.seed == b.seed && a.agent != b.agent) }
    if caption.hasPrefix("Only the seeds") { #expect(isSameMap && a.agent == b.agent && a.seed != b.seed) }
    if caption.hasPrefix("Only who acted") {
      #expect(isSameMap && a.agent == b.agent && a.seed == b.seed && a.interventions != b.interventions)
    }
    // A conclusion is drawn where the moves are one and the same though the goal lay elsewhere, and never else.
    let goals = world.goalIndices.filter { a.level.targets(of: $0) != b.level.targets(of: $0) }
    let mayConclude =
      isSameSize && !isSameMap && isSameOtherwise && a.interventions.isEmpty && recount.same == recount.count
      && recount.count > 0 && goals == [world.intended]
    if caption.contains("made no difference") { #expect(mayConclude, doubt("nothing follows")) }

    // Numbers.
    var rest = caption
    for numbers in take(try Regex("All (\\d+) moves"), from: &rest) {
      #expect(numbers == [recount.count] && recount.same == recount.count, doubt("moves"))
    }
    for numbers in take(try Regex("(\\d+) of (\\d+) moves.*?part at step (\\d+)"), from: &rest) {
      #expect(numbers == [recount.same, recount.count, recount.parting], doubt("moves"))
    }
    #expect(caption.contains("that both took") == (!recount.isLengthEqual && recount.count > 0), doubt("lengths"))
    for numbers in take(try Regex("in (\\d+) cells?"), from: &rest) {
      #expect(numbers == [recount.changedCells], doubt("cells"))
    }
    for numbers in take(try Regex("differ, (\\d+) of them"), from: &rest) {
      #expect(numbers == [recount.changedCells], doubt("cells"))
    }
    for numbers in take(try Regex("(?:sampling differ:|seeds) (\\d+) and (\\d+)"), from: &rest) {
      #expect(numbers.map(UInt64.init) == [a.seed, b.seed], doubt("seeds"))
    }
    for numbers in take(try Regex("limits differ: (\\d+) and (\\d+)"), from: &rest) {
      #expect(numbers == [a.level.timeLimit, b.level.timeLimit], doubt("limits"))
    }
    // A person's steps.
    var persons: [Int] = []
    for numbers in take(try Regex("(?:at steps? |, )(\\d+)(?:–(\\d+))?(?=[,. )…])"), from: &rest) {
      persons += numbers.count == 2 ? Array(numbers[0]...numbers[1]) : numbers
    }
    #expect(persons == Array((a.interventions + b.interventions)), doubt("a person's steps"))
    // Outcomes, by what the world itself says of each frame.
    let reached = [first, second].map { run in
      let intended = Recount.frame(world.intended, run)
      return intended ?? world.goalIndices.compactMap { Recount.frame($0, run) }.min()
    }
    let told = take(try Regex("after (\\d+) steps?"), from: &rest).compactMap(\.first)
    let wanted =
      caption.contains("Both \(world.goals[0].deed)") || caption.contains(". Both ")
      ? (reached[0].map { reached[0] == reached[1] && told.count == 1 ? [$0] : told } ?? [])
      : reached.compactMap(\.self)
    #expect(told == wanted, doubt("outcomes"))
    for (letter, run) in [("A", first), ("B", second)] where caption.contains("\(letter) never \(world.goals[0].deed)")
    {
      #expect(Recount.frame(world.intended, run) == nil, doubt("it did"))
    }
    #expect(!rest.contains(/\d/), doubt("an unverified number in '\(rest)'"))
    if let verdicts = caption.firstMatch(of: /Verdicts: A (.+?), B (.+?)\./) {
      #expect(
        String(verdicts.1) == first.analysis?.verdict.words && String(verdicts.2) == second.analysis?.verdict.words)
    }
  }

  @Test("a goal that was moved while the moves were not is not what they follow: said then, and only then")
  func inference() throws {
    let world = Corner(size: 7, layout: .open)
    let level = try #require(
      (0..<40).lazy.map { world.generate(.shifted, seed: $0) }.first { $0.targets[0] != $0.targets[1] })
    let twin = try #require(world.trainingTwin(of: level))
    let blind = try played(world, level, goal: 1, lapse: 0, seed: 3)
    // On the twin cheese and corner are one: the agent after the corner gets both.
    let there = try played(world, twin, goal: 1, lapse: 0, seed: 3)
    let captions = Comparison(there, blind).captionSentences
    #expect(captions.first == "Only the place of the cheese differs.")
    let isAlike = Comparison(there, blind).sameMoves(before: .max)
    #expect(captions.contains { $0.contains("made no difference") } == (isAlike.same == isAlike.of))
    let seeing = try played(world, level, goal: 0, lapse: 0, seed: 3)
    #expect(!Comparison(there, seeing).caption.contains("made no difference"))
  }

  @Test("two checkpoints of one name are two agents, and one whose file does not say which it was may be the same")
  func checkpoints() throws {
    let world = Corner(size: 7, layout: .open)
    let level = world.generate(.shifted, seed: 4)
    func run(_ digest: UInt64?) -> Run {
      let start = Episode(world: world, level: level, agent: "seed-1", agentDigest: digest, seed: 2)
      return Run(start.continued(by: UniformPolicy(), seed: 2))
    }
    let two = Comparison(run(1), run(2)).captionSentences
    #expect(two.first == "Only the agents differ: seed-1 and another one called so.")
    for (first, second) in [(1, 1), (1, nil), (nil, nil)] as [(UInt64?, UInt64?)] {
      let same = Comparison(run(first), run(second)).captionSentences
      #expect(same.first == "Level, agent, seed and moves are the same.")
    }
  }

  @Test("numbers of different actions are not compared")
  func otherActions() throws {
    let runs = try ([Corner(size: 7, layout: .open), Coinrun()] as [any World]).map { world in
      try played(world, world.generate(.shifted, seed: 4), goal: 0, lapse: 0, seed: 1)
    }
    let other = ComparisonReport(Comparison(runs[0], runs[1]), names: ["a", "b"]).json
    #expect(other["same_moves"] == .null && other["parting_step"] == .null)
    #expect(other["shared_steps"]?.integer == runs.map(\.episode.steps.count).min())
    let same = ComparisonReport(Comparison(runs[0], runs[0]), names: ["a", "b"]).json
    #expect(same["same_moves"]?.integer == runs[0].episode.steps.count && same["parting_step"] == .null)
  }

  @Test("one agent under two intentions, the same moves: what was meant changed none")
  func intentions() throws {
    let world = Coinrun()
    let other = try #require(world.otherIntention)
    let level = world.generate(.shifted, seed: 4)
    let graph = try #require(StateGraph(world, level))
    let agent = Agent(PlantedPolicy(graph, goal: 1), seed: 2)
    let caption = Comparison(agent.run(world, level), agent.run(other, try level.under(other))).caption
    #expect(caption.hasPrefix("One level, one agent, two intentions: A meant the coin, B the end."))
    #expect(caption.contains("What was meant changed no move."))
  }

  @Test(
    "like events stand beside one another, in an order that is both sides' own",
    arguments: 1...30 as ClosedRange<UInt64>)
  func events(_ seed: UInt64) throws {
    let world = Corner(size: 7, layout: .open)
    let level = world.generate(.shifted, seed: seed)
    let first = try played(world, level, goal: 1, lapse: 0.1, seed: seed)
    let second = try played(world, level, goal: Goal.Index(Int(seed % 2)), lapse: 0.2, seed: seed + 1)
    let events = Comparison(first, second).sharedEvents
    #expect(
      events.first == events.first { $0.name == "start" } && events.first?.first == 0 && events.first?.second == 0)
    #expect(events.last?.first == first.episode.steps.count && events.last?.second == second.episode.steps.count)
    for (before, after) in zip(events, events.dropFirst()) {
      #expect(before.first <= after.first && before.second <= after.second, "time runs backward on a side")
    }
    let departures = [first, second].map { $0.analysis?.marks.departure }
    #expect(events.allSatisfy { $0.name != "departure" || [$0.first, $0.second] == departures })
    for (goal, declared) in zip(world.goalIndices, world.goals) {
      let achieved = [first, second].map { Recount.frame(goal, $0) }
      #expect(events.allSatisfy { $0.name != declared.deed || [$0.first, $0.second] == achieved })
    }
    #expect(seed % 2 == 0 || events.count > 2, "two agents after one goal have more in common than start and end")
    // What happened to both alone, in no conflict of order, is there.
    let swapped = Comparison(second, first).sharedEvents
    #expect(swapped.count == events.count)
  }

  @Test("the difference of two policies is 0 of one with itself, 1 where they never agree, and nothing across sizes")
  func difference() throws {
    let world = Corner(size: 7, layout: .open)
    let level = world.generate(.shifted, seed: 1)
    let graph = try #require(StateGraph(world, level))
    let (cheese, corner): (Goal.Index, Goal.Index) = (0, 1)
    let (first, second) = (Agent(PlantedPolicy(graph, goal: cheese)), Agent(PlantedPolicy(graph, goal: corner)))
    let none = try #require(PolicyDifference(first, over: graph, first, over: graph))
    #expect(!none.cells.isEmpty && none.cells.values.allSatisfy { $0 == 0 })
    let some = try #require(PolicyDifference(first, over: graph, second, over: graph))
    var (apart, alike) = (0, 0)
    for (cell, distance) in some.cells {
      let state = try #require(graph.reachable.agents.firstIndex(of: cell))
      let (left, right) = (graph.optimalActions(for: cheese, in: state), graph.optimalActions(for: corner, in: state))
      if Set(left).isDisjoint(with: right), !left.isEmpty, !right.isEmpty {
        #expect(abs(distance - 1) < 1e-6)
        apart += 1
      }
      if Set(left) == Set(right) {
        #expect(distance < 1e-6)
        alike += 1
      }
    }
    #expect(apart > 0 && alike > 0)
    let larger = Corner(size: 9, layout: .open)
    let other = try #require(StateGraph(larger, larger.generate(.shifted, seed: 1)))
    #expect(PolicyDifference(first, over: graph, first, over: other) == nil)
  }
}
