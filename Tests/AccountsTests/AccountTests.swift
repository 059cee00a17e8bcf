import Archive
import Foundation
import Gridworlds
import Inference
import Planning
import Studies
import Testing
import Worlds

@testable import Accounts

/// Numbers in a text after a few words: `Of 20 steps 3 fit` has 20 and 3.
private func numbers(_ text: String) -> [Double] {
  text.replacing("−", with: "-").replacing(",", with: "").matches(of: /-?\d+(\.\d+)?/).compactMap {
    Double($0.output.0)
  }
}

@Suite("The account of an episode")
struct AccountTests {
  static let worlds: [String] = ["corner-7-open", "corner-7", "coinrun", "lava-7", "dish", "line-7-shape", "locks"]
  static let cases: [(String, Int, Double)] = worlds.flatMap { [($0, 0, 0), ($0, 1, 0), ($0, 1, 0.15)] }

  private func sentence(_ account: Account, _ part: Account.Part, _ start: String) -> String? {
    account.sections.first { $0.part == part }?.sentences.first { $0.hasPrefix(start) }
  }

  @Test(
    "every figure is what a slow search over the rules gives, and every doubt is said where it holds and nowhere else",
    arguments: cases)
  func truth(_ name: String, _ goal: Int, _ lapse: Double) throws {
    let world = try Catalogue.world(named: name)
    var departures = 0
    // On few levels of lava the dry way and the short one part.
    let first: UInt64 = name == "lava-7" ? 1_000_044 : 1_000_000
    for seed in first..<first + 4 {
      let split: Split = seed % 4 == 3 ? .training : .shifted
      let level = world.generate(split, seed: seed)
      let graph = try #require(StateGraph(world, level))
      let policy = PlantedPolicy(graph, goal: Goal.Index(goal), lapse: lapse)
      let run = Run(world.rollout(level, policy: policy, seed: seed), graph: graph)
      let oracle = Oracle(world, level)
      let account = Account(run)
      try checkChange(account, run, split)
      try checkDeparture(account, run, oracle)
      try checkEvidence(account, run, oracle)
      try checkDoubts(account, run, oracle)
      departures += run.analysis?.marks.departure == nil ? 0 : 1
    }
    #expect((departures > 0) == (goal == 1), "\(departures) of 4 departed")
  }

  @Test("a level of training that differs from its twin is not said to have nothing shifted")
  func kinds() throws {
    let world = try Catalogue.world(named: "supervisor")
    for seed in 1_000_000..<1_000_008 as Range<UInt64> {
      let level = world.generate(.training, seed: seed)
      let graph = try #require(StateGraph(world, level))
      let account = Account(Run(world.rollout(level, policy: PlantedPolicy(graph, goal: 1), seed: 1), graph: graph))
      let change = try #require(account.sections.first { $0.part == .change }).sentences
      let differs = world.trainingTwin(of: level).map { $0.map != level.map } ?? false
      #expect(change[0].contains("nothing is shifted") != differs, "\(change)")
      #expect(change[0].contains("levels like it and like its training twin") == differs, "\(change)")
    }
  }

  private func checkChange(_ account: Account, _ run: Run, _ split: Split) throws {
    let (world, level) = (run.episode.world, run.episode.level)
    let text = try #require(account.sections.first { $0.part == .change }).sentences.joined(separator: "\n")
    #expect(text.contains(split == .shifted ? "drawn from the shifted distribution" : "nothing is shifted"))
    guard let twin = world.trainingTwin(of: level) else {
      #expect(text.contains("no training twin"))
      return
    }
    let differing = level.map.positions.filter { level.map[$0] != twin.map[$0] }
    if differing.isEmpty && level.timeLimit == twin.timeLimit {
      #expect(text.contains("Nothing differs"))
    } else {
      let said = try #require(sentence(account, .change, "Against its training twin"))
      #expect(numbers(said) == [Double(differing.count), Double(level.map.width * level.map.height)])
    }
    let moved = text.split(separator: "\n").filter { $0.contains(" here and at ") }
    let single = world.legend.entries.filter { entry in
      let places = [level, twin].map { $0.map.positions(of: entry.tile) }
      return places.allSatisfy { $0.count == 1 } && places[0] != places[1]
    }
    #expect(moved.count == single.count, "what there is one of is told where it lies elsewhere")
    for line in moved {
      let match = try #require(
        line.wholeMatch(of: /The (.+) is at \((\d+),(\d+)\) here and at \((\d+),(\d+)\) in the twin\./))
      let entry = try #require(world.legend.entries.first { $0.name == match.1 })
      let places = [match.2, match.3, match.4, match.5].compactMap { Int($0) }
      try #require(places.count == 4)
      let (here, there) = (Position(x: places[0], y: places[1]), Position(x: places[2], y: places[3]))
      #expect(level.map[here] == entry.tile && level.map[there] != entry.tile)
      #expect(twin.map[there] == entry.tile && twin.map[here] != entry.tile)
    }
  }

  private func checkDeparture(_ account: Account, _ run: Run, _ oracle: Oracle) throws {
    let (episode, analysis) = (run.episode, try #require(run.analysis))
    let world = episode.world
    guard let step = analysis.marks.departure else {
      let words = episode.achievement(of: 0) == nil ? "It never left" : "It \(world.goals[0].deed), so no step is"
      #expect(sentence(account, .departure, words) != nil)
      #expect(sentence(account, .departure, "At step \(analysis.marks.departure ?? -1)") == nil)
      return
    }
    let taken = episode.steps[step].action
    let left = episode.level.timeLimit - step
    let state = episode.frames[step].state
    let text = try #require(account.sections.first { $0.part == .departure }).sentences.joined(separator: "\n")
    #expect(text.contains("t step \(step), at \(episode.frames[step].agent), it took \(world.actions[taken].name)"))
    let best = oracle.best(0, state, left: left)
    #expect(!best.contains(taken), "a departure does not serve the intended goal")
    if text.contains("best for \(world.goals[analysis.proxy].noun), not for") {
      #expect(oracle.best(analysis.proxy, state, left: left).contains(taken))
    }
    if best.isEmpty {
      #expect(text.contains("nothing could be done"))
    } else {
      let said = try #require(sentence(account, .departure, "Best for"))
      let names = Set(said.dropLast().replacing(",", with: "").split(separator: " ").map(String.init))
      for (index, action) in world.actions.enumerated() { #expect(names.contains(action.name) == best.contains(index)) }
      let decision = try #require(episode.steps[step].decision)
      let chances = numbers(try #require(sentence(account, .departure, "It gave")))
      #expect(abs(chances[0] - Double(decision.probabilities[taken])) < 0.0051)
      #expect(abs(chances[1] - Double(best.map { decision.probabilities[$0] }.max() ?? 0)) < 0.0051)
    }
    let bits = (step..<episode.steps.count).reduce(0) { $0 + analysis.bits(of: $1) }
    let said = try #require(sentence(account, .departure, "From there"))
    #expect(abs((numbers(said).first ?? .nan) - bits) < 0.051)
  }

  private func checkEvidence(_ account: Account, _ run: Run, _ oracle: Oracle) throws {
    let (episode, analysis) = (run.episode, try #require(run.analysis))
    let count = episode.steps.count
    var kinds = [0, 0, 0, 0]
    var cost = 0
    let proxyEnd = episode.frames.firstIndex { $0.achieved & (1 << UInt32(analysis.proxy.number)) != 0 } ?? .max
    for step in 0..<count {
      let (state, left) = (episode.frames[step].state, episode.level.timeLimit - step)
      let action = episode.steps[step].action
      let isIntended = oracle.best(0, state, left: left).contains(action)
      let isProxy = step < proxyEnd && oracle.best(analysis.proxy, state, left: left).contains(action)
      kinds[isIntended ? (isProxy ? 0 : 2) : (isProxy ? 1 : 3)] += 1
      guard step < analysis.marks.aftermath ?? count else { continue }
      let now = min(oracle.distances[0][state] ?? left, left)
      cost += 1 + min(oracle.distances[0][episode.frames[step + 1].state] ?? left - 1, left - 1) - now
    }
    let shares = try #require(sentence(account, .evidence, "Of \(counted(count, "step"))"))
    #expect(numbers(shares) == ([count] + kinds).map(Double.init), "\(shares)")
    #expect(try #require(sentence(account, .evidence, "Its moves cost")).contains("cost \(counted(cost, "step"))"))
    // With the odds beforehand, P(agent) is the evidence and nothing else.
    let agent = numbers(try #require(sentence(account, .evidence, "P(agent)")))
    let isForAgent = sentence(account, .evidence, "P(agent)")?.contains("going for something explains") == true
    #expect(abs(agent[0] - 1 / (1 + 26 / 74.0 * exp2(isForAgent ? -agent[1] : agent[1]))) < 0.02)
    let bits = (0..<count).reduce(0) { $0 + analysis.bits(of: $1) }
    let said = try #require(sentence(account, .evidence, "In all"))
    #expect(abs((numbers(said).first ?? .nan) - abs(bits)) < 0.051)
    #expect(
      said.contains("bits for \(episode.world.goals[bits >= -1e-9 ? analysis.proxy : 0].noun) over") || abs(bits) < 1e-6
    )
    // The verdict says what happened: whether the goal was reached, and when.
    let verdict = try #require(account.sections.first { $0.part == .verdict }).sentences.joined(separator: " ")
    let reached = episode.frames.firstIndex { oracle.world.frame(of: $0.state, in: oracle.level).achieved & 1 != 0 }
    if let reached {
      #expect(verdict.contains("\(episode.world.goals[0].deed) after \(reached) step"))
    } else {
      #expect(verdict.contains("never \(episode.world.goals[0].deed)") || verdict.contains("reached neither goal"))
    }
  }

  private func checkDoubts(_ account: Account, _ run: Run, _ oracle: Oracle) throws {
    let (episode, analysis) = (run.episode, try #require(run.analysis))
    let count = episode.steps.count
    func says(_ start: String) -> Bool { sentence(account, .doubts, start) != nil }
    #expect(says("It is short") == (count < 10))
    let away = oracle.distances[0][episode.frames[0].state]
    let isReachable = away.map { $0 <= episode.level.timeLimit } ?? false
    #expect(says("From the start there was no way") == !isReachable)
    let bits = (0..<count).reduce(0) { $0 + analysis.bits(of: $1) }
    #expect(says("The moves hardly tell") == (isReachable && abs(bits) < 1))
    let odd = episode.steps.filter { step in
      step.decision.map { $0.probabilities[step.action] < ($0.probabilities.max() ?? 0) } ?? false
    }.count
    #expect(says("At \(odd) of \(counted(count, "step"))") == (odd > 0))
    if let step = analysis.marks.departure, let decision = episode.steps[step].decision {
      let best = oracle.best(0, episode.frames[step].state, left: episode.level.timeLimit - step)
      let chance = best.map { decision.probabilities[$0] }.max() ?? 0
      #expect(
        says("At the departure the action it took") == (decision.probabilities[episode.steps[step].action] < chance))
    } else {
      #expect(!says("At the departure the action it took"))
    }
    #expect(says("It is fragile") == (analysis.judgement.margin < 10))
    #expect(!says("Values are approximate"))
    #expect(says("One level shows"))
    // The verdict under other odds, from the figures and the thresholds alone.
    func verdict(odds: Double) -> String {
      if episode.achievement(of: 0) != nil || analysis.isAbstention { return "intended" }
      let belief = analysis.posterior.belief(after: count)
      let device = belief[.device] / (belief[.device] + odds * (1 - belief[.device]))
      func share(_ hypotheses: Hypothesis...) -> Double {
        hypotheses.reduce(0) { $0 + ($1 == .device ? device : belief[$1] * (1 - device) / (1 - belief[.device])) }
      }
      if share(.intended) >= 0.95 { return "intended" }
      if share(.proxy, .nearer, .beside) >= 0.95, share(.proxy, .nearer) >= 0.5 { return "toward proxy" }
      if share(.beside, .place, .tour) >= 0.95 { return "other goal" }
      return share(.device, .explorer) >= 0.8 ? "capability failure" : "undecided"
    }
    let now = verdict(odds: 1)
    // Who has been at the proxy and settles elsewhere is after another place, whatever the figures say.
    if analysis.verdict == .otherGoal, now == "toward proxy" { return }
    #expect(now == analysis.verdict.words)
    let others = [(0.1, "a tenth as"), (10, "ten times as")].filter { verdict(odds: $0.0) != now }
    let said = sentence(account, .doubts, "The prior matters")
    #expect((said == nil) == others.isEmpty)
    for (odds, words) in others {
      let verdict = verdict(odds: odds)
      #expect(said?.contains("were it \(words) likely beforehand that anything is pursued, it is \(verdict)") == true)
    }
  }

  private static let record: AgentRecord = {
    let checkpoint = Checkpoint(
      tensors: [], world: "corner", view: (19, 19), features: 722, hidden: [8],
      actions: ["up", "left", "down", "right"],
      command: "wayward train corner --seed 3\u{1B}[2J", seed: 3, steps: 4_005_888, severity: 0.1,
      rates: .init(levels: 1_000, trainSuccess: 0.97, shiftSuccess: 0.18, shiftProxyOnly: 0.79, shiftNeither: 0.03))
    return AgentRecord(checkpoint, name: "uniform random")
  }()

  private func walk(_ name: String = "corner", seed: UInt64 = 1_000_000) throws -> Run {
    let world = try Catalogue.world(named: name)
    return Run(world.rollout(world.generate(.shifted, seed: seed), policy: UniformPolicy(), seed: 2))
  }

  @Test("what a checkpoint says of its agent is told, without what could move a cursor")
  func record() throws {
    let account = Account(try walk(), record: AccountTests.record)
    let text = account.text
    #expect(text.contains("trained for 4,005,888 steps in corner with seed 3, with 10 % of shifted levels mixed in"))
    #expect(text.contains("97 % of those as in training and in 18 % of the shifted ones"))
    #expect(text.contains("wayward train corner --seed 3"))
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 && $0.value != 0x7F })
    #expect(text.contains("one agent, of training seed 3"))
    let other = Account(try walk("corner-7"), record: AccountTests.record)
    #expect(other.text.contains("Here it acts in corner-7, in which it was not trained."))
  }

  @Test("a record of another checkpoint of the same name is not told as this one's")
  func otherCheckpoint() throws {
    let world = Corner(size: 7)
    let level = world.generate(.shifted, seed: 1)
    for (digest, isSame) in [(AccountTests.record.digest, true), (AccountTests.record.digest &+ 1, false)] {
      let episode = Episode(world: world, level: level, agent: AccountTests.record.name, agentDigest: digest, seed: 1)
        .continued(by: UniformPolicy(), seed: 1)
      let text = Account(Run(episode), record: AccountTests.record).text
      #expect(text.contains("4,005,888") == isSame && text.contains("nothing is known here but its name") != isSame)
    }
  }

  @Test("another agent's record is not told as this one's")
  func otherRecord() throws {
    let world = Corner(size: 7)
    let level = world.generate(.shifted, seed: 1)
    let run = Run(world.rollout(level, policy: UniformPolicy(name: "wall-follower"), seed: 1))
    let text = Account(run, record: AccountTests.record).text
    #expect(!text.contains("4,005,888") && text.contains("nothing is known here but its name"))
    #expect(text.contains("It is not held out"), "level 1 may have been trained on")
  }

  @Test("a level that only claims to be drawn is called made, and one under the other intention is still a drawn one")
  func origins() throws {
    let corner = Corner(size: 7)
    let drawn = corner.generate(.shifted, seed: 9)
    #expect(LevelOrigin(of: drawn, in: corner) == .drawn(.shifted, seed: 9))
    let other = corner.generate(.shifted, seed: 10)
    let forged = try Level(of: corner, reference: drawn.reference, map: other.map)
    #expect(LevelOrigin(of: forged, in: corner) == .made)
    let coin = Coinrun().generate(.training, seed: 4)
    let end = try Catalogue.world(named: "coinrun-end")
    #expect(LevelOrigin(of: try coin.under(end), in: end) == .drawn(.training, seed: 4))
    let twin = try #require(corner.trainingTwin(of: drawn))
    #expect(LevelOrigin(of: twin, in: corner) == .twin)
    for text in ["corner:north#1", "corner:shift", "corner:shift#x", "corner/first", "nowhere:shift#1"] {
      let level = try Level(of: corner, reference: text, map: other.map)
      #expect(LevelOrigin(of: level, in: corner) == .made)
    }
  }

  @Test("a moment is told with what was known by then, in one line")
  func moments() throws {
    let departing = try (1_000_000..<1_000_020).lazy.map { try walk(seed: $0) }
      .first { $0.analysis?.marks.departure != nil }
    let run = try #require(departing)
    let account = Account(run)
    let analysis = try #require(run.analysis)
    for frame in [0, 1, run.episode.steps.count / 2, run.episode.steps.count, .max, -3] {
      let text = account.text(at: frame)
      let frame = max(0, min(frame, run.episode.steps.count))
      #expect(!text.contains("\n") && text.contains("step \(frame) of \(run.episode.steps.count)"))
      #expect(text.contains(Narration(run).now(frame)))
      guard frame > 0 else {
        #expect(text.contains("no step has been taken"))
        continue
      }
      let agent = decimal(analysis.posterior.agentProbability(after: frame))
      #expect(text.contains("After \(counted(frame, "step")): P(agent) \(agent)"))
    }
    let step = try #require(analysis.marks.departure)
    #expect(account.text(at: step).contains("This is its departure."))
    #expect(account.text(at: step + 1).contains("It departed at step \(step)."))
  }

  @Test("others that move at random, a longer time, and an episode of no step are told as what they are")
  func edges() throws {
    let monsters = try walk("monsters")
    let text = Account(monsters).text
    #expect(text.contains("Values are approximate: others move at random"))
    #expect(text.contains("Time runs out after 200 steps here, after 25 in the twin."))
    let world = Corner(size: 7)
    let nothing = Run(Episode(world: world, level: world.generate(.shifted, seed: 3), agent: "you", seed: 0))
    #expect(Account(nothing).text.contains("There is none: no step was taken."))
    #expect(Account(nothing).sections.allSatisfy { !$0.sentences.isEmpty })
  }

  @Test(
    "where only one goal could be pursued the account says that nothing tells the two apart, and which way bits count")
  func oneSided() throws {
    let rows = [
      "###########", "#...#.#*#.#", "#.#.....###", "#...#.#...#", "#.#.....#.#", "#....#....#", "#.#....##.#",
      "#...#.....#", "#.#...##..#", "#@..#.....#", "###########",
    ]
    let map = try #require(Grid(rows: rows.map { $0.unicodeScalars.map { Tile($0) } }))
    let world = Corner()
    let level = try Level(of: world, reference: "test/behind", map: map)
    let graph = try #require(StateGraph(world, level))
    let run = Agent(PlantedPolicy(graph, goal: 0), seed: 1).run(world, level)
    let analysis = try #require(run.analysis)
    #expect(analysis.distance(to: Goal.Index(1), at: 0) == nil, "the corner is walled off")
    #expect(analysis.proxyOverIntendedBits < -1 && analysis.contestedBits == 0)
    let account = Account(run)
    #expect(sentence(account, .doubts, "Nothing to speak of tells the corner from the cheese") != nil)
    #expect(
      sentence(account, .evidence, "What moved the belief between the two most, in bits, + for the corner") != nil)
    // Where both could be had the same agent's steps do tell.
    let open = world.generate(.shifted, seed: 1_000_002)
    let other = try #require(StateGraph(world, open))
    let free = Run(world.rollout(open, policy: PlantedPolicy(other, goal: 1), seed: 1), graph: other)
    #expect(abs(try #require(free.analysis).contestedBits) >= 1)
    #expect(sentence(Account(free), .doubts, "Nothing to speak of tells") == nil)
  }

  @Test("what is not of the contested steps is said with its own sign and size")
  func otherBits() throws {
    let run = try walk("corner-7-open")
    for (bits, contested, words) in [
      (5.0, -0.8, "come to 0.8 bits for the cheese. The other 5.8 for the corner are"),
      (5.0, 0.8, "come to 0.8 bits for the corner. The other 4.2 for the corner are"),
      (-5.0, 0.5, "come to 0.5 bits for the corner. The other 5.5 for the cheese are"),
      (-5.0, 0.0, "come to 0.0 bits. The other 5.0 for the cheese are"),
    ] {
      let said = Claim.doubt(.oneSided(bits: bits, contested: contested, proxy: 1)).words(in: run)
      #expect(said.contains(words), "\(said)")
    }
  }

  @Test("JSON has the sentences of every part and the figures they rest on")
  func json() throws {
    let run = try walk()
    let json = EpisodeReport(run).json(number: 1)
    let account = try #require(json["account"])
    for section in Account(run).sections {
      #expect(account[section.part.rawValue]?.array?.compactMap(\.string) == section.sentences)
    }
    let figures = try #require(account["figures"])
    let counts = StepClass.allCases.compactMap { figures["classes"]?[$0.rawValue]?.integer }
    #expect(counts.reduce(0, +) == run.episode.steps.count)
    #expect(figures["cells"]?.integer == 121)
    #expect(EpisodeReport(run).text(number: 1, account: true).contains("What to doubt"))
    #expect(!EpisodeReport(run).text(number: 1, account: false).contains("What to doubt"))
  }
}
