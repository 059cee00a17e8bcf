import Gridworlds
import Inference
import Planning
import Testing
import Worlds

@testable import Studies

@Suite("What is asked of a list of episodes")
struct EpisodeQueryTests {
  private static let summaries: [EpisodeSummary] = (0..<14).map { index in
    let world = Corner(size: 7)
    let level = world.generate(index < 9 ? .shifted : .training, seed: 1_000_000 + UInt64(index))
    let goal: Goal.Index = index % 3 == 0 ? 0 : 1
    let graph = StateGraph(world, level)!
    let policy: any Policy = index % 4 == 3 ? UniformPolicy() : PlantedPolicy(graph, goal: goal)
    return EpisodeSummary(Run(world.rollout(level, policy: policy, seed: 3), graph: graph))
  }

  private func matching(_ text: String) throws -> [Int] {
    let query = try EpisodeQuery(parsing: text)
    return EpisodeQueryTests.summaries.indices.filter { query.matches(EpisodeQueryTests.summaries[$0]) }
  }

  private func wanted(_ holds: (EpisodeSummary) -> Bool) -> [Int] {
    EpisodeQueryTests.summaries.indices.filter { holds(EpisodeQueryTests.summaries[$0]) }
  }

  @Test("a recording that stops is neither won nor lost, and no rate counts it")
  func unfinished() throws {
    let world = Corner(size: 7)
    let graphs = try (UInt64(1)..<9).map { try #require(StateGraph(world, world.generate(.shifted, seed: $0))) }
    let whole = graphs.enumerated().map { index, graph in
      Run(world.rollout(graph.level, policy: PlantedPolicy(graph, goal: Goal.Index(index % 2)), seed: 1), graph: graph)
    }
    let cut = whole.map { Run($0.episode.prefix($0.episode.steps.count - 1), graph: $0.analysis?.graph) }
    let (all, stopped) = ((whole + cut).map { EpisodeSummary($0) }, cut.map { EpisodeSummary($0) })
    for summary in stopped {
      #expect(summary.isUnfinished && summary.verdict != "goal_misgeneralization")
      #expect(summary.departure == nil && summary.lost == nil)
    }
    func matching(_ text: String) throws -> [EpisodeSummary] { all.filter(try EpisodeQuery(parsing: text).matches) }
    #expect(try matching("unfinished") == stopped)
    for word in ["lost", "ok", "proxy", "none", "depart", "misgeneralized", "undecided", "capability", "lost>=0"] {
      #expect(try matching(word).allSatisfy { !$0.isUnfinished }, "\(word)")
    }
    var (counts, ofWhole) = (EpisodeCounts(), EpisodeCounts())
    for summary in all { counts.count(summary) }
    for run in whole { ofWhole.count(EpisodeSummary(run)) }
    #expect(counts.unfinished == 8 && counts.total == 8)
    for verdict in Verdict.names { #expect(counts.verdict(verdict) == ofWhole.verdict(verdict)) }
    for split in EpisodeSplit.allCases { #expect(counts.reached(split) == ofWhole.reached(split)) }
    #expect(counts.departed == ofWhole.departed)
    var outcomes = OutcomeCounts()
    for run in whole + cut { outcomes.add(run.outcome) }
    #expect(outcomes.total == 8)
  }

  @Test("words and comparisons select those of which they hold, and only those")
  func selection() throws {
    #expect(try matching("") == Array(0..<14))
    #expect(try matching("lost") == wanted { $0.outcome != .success })
    #expect(try matching("!lost") == wanted { $0.outcome == .success })
    #expect(try matching("not lost") == matching("!lost") && matching("!not lost") == matching("lost"))
    #expect(try matching("!steps<20") == wanted { $0.steps >= 20 })
    #expect(try matching("ok").count + matching("lost").count == 14)
    #expect(try matching("proxy") == wanted { $0.outcome == .proxyOnly })
    #expect(
      try matching("depart>=2") == wanted { ($0.departure ?? -1) >= 2 }, "without a departure nothing is compared")
    #expect(try matching("depart != 0") == wanted { $0.departure != nil && $0.departure != 0 })
    #expect(try matching("misgeneralized") == wanted { $0.verdict == "goal_misgeneralization" })
    #expect(try matching("steps < 20 agent > .5") == wanted { $0.steps < 20 && $0.agentProbability ?? 0 > 0.5 })
    #expect(try matching("split:train") == wanted { $0.split == .training })
    #expect(try matching("split: shifted lost>0.5") == wanted { $0.split == .shifted && $0.lost ?? 0 > 0.5 })
    #expect(try matching("#1000003") == [3])
    #expect(try matching("seed=1000003") == [3])
    #expect(try matching("return>0") == wanted { $0.totalReward > 0 })
    #expect(try matching("name:00001") == wanted { $0.name.contains("00001") })
    #expect(try matching("world:corner") == [], "the variant has another name")
    #expect(try matching("world:corner-7").count == 14)
    let selected = try [matching("lost"), matching("depart>=2"), matching("split:train"), matching("undecided")]
    #expect(selected.allSatisfy { !$0.isEmpty && $0.count < 14 }, "each of these tells some from others")
  }

  @Test(
    "what means nothing is refused by name, with what there is",
    arguments: [
      ("lst", "did you mean 'lost'?"), ("sort:regert", "did you mean 'regret'?"), ("steps>", "a number is missing"),
      ("steps>many", "'many'"), ("splt:shift", "did you mean 'split:'?"), ("split:north", "shift train"),
      ("zzz>3", "lost depart"), ("steps=>3", "compares nothing"), ("sort:", "needs a word"), ("steps<nan", "no number"),
    ])
  func refusal(_ text: String, _ part: String) {
    do throws(QueryProblem) {
      _ = try EpisodeQuery(parsing: text)
      Issue.record("'\(text)' was taken")
    } catch {
      #expect(error.description.contains(part), "\(error.description)")
    }
  }

  @Test("spaces do not matter around signs and after colons, and the text reads back as the same query")
  func text() throws {
    for text in [
      "lost>0.5 split:shift sort:-regret", "!ok depart<=12 proxy!=0.25 sort:depart",
      "#1000042 agent:seed-1 world:corner",
      "name:first fragile", "",
    ] {
      let query = try EpisodeQuery(parsing: text)
      #expect(try EpisodeQuery(parsing: query.text) == query)
    }
    for number in ["1e16", "0.00001", "-2.5e-7"] {
      let query = try EpisodeQuery(parsing: "return<\(number)")
      #expect(try EpisodeQuery(parsing: query.text) == query, "as far as numbers go")
    }
    #expect(try EpisodeQuery(parsing: "lost > 0.5  sort: -regret") == EpisodeQuery(parsing: "lost>0.5 sort:-regret"))
    #expect(
      try EpisodeQuery(parsing: "steps >= 3 ! lost split: shift depart!= 4")
        == EpisodeQuery(parsing: "steps>=3 !lost split:shift depart!=4"))
  }

  @Test("any text either reads or says why not", arguments: [UInt64(1), 2])
  func noise(_ seed: UInt64) {
    var random = RandomSource(seed: seed)
    let letters = Array("lostdepar><=!:#-. 0159\u{1B}é")
    var (understood, refused) = (0, 0)
    for _ in 0..<3_000 {
      let text = String((0..<random.below(24)).compactMap { _ in random.pick(letters) })
      do throws(QueryProblem) {
        _ = try EpisodeQuery(parsing: text)
        understood += 1
      } catch {
        #expect(!error.description.isEmpty)
        refused += 1
      }
    }
    #expect(understood > 20 && refused > 20)
  }

  @Test("rates pool no training with shifted levels, and where there is no shifted one they name what they pool")
  func pooled() {
    var (counts, training) = (EpisodeCounts(), EpisodeCounts())
    for summary in EpisodeQueryTests.summaries {
      counts.count(summary)
      if summary.split == .training { training.count(summary) }
    }
    for name in Verdict.names {
      let shifted = wanted { $0.split == .shifted && $0.verdict == name }.count
      #expect(counts.verdict(name) == Rate(shifted, of: 9))
    }
    #expect(training.pooled == [.training] && training.pooledTotal == 5 && training.verdict("intended").total == 5)
    #expect(EpisodeCounts().pooled.isEmpty && EpisodeCounts().verdict("intended").total == 0)
  }

  @Test("two agents on the same levels have intervals over both, and none where a level is missing or stands twice")
  func together() throws {
    let world = Corner(size: 7)
    func played(by name: String, every period: Int) throws -> [EpisodeSummary] {
      try (0..<8).map { index in
        let graph = try #require(StateGraph(world, world.generate(.shifted, seed: 1_000_000 + UInt64(index))))
        let policy = PlantedPolicy(graph, goal: Goal.Index(index / period % 2))
        let episode = Episode(world: world, level: graph.level, agent: name, seed: 3)
          .continued(by: policy, seed: 3, greedy: false)
        return EpisodeSummary(Run(episode, graph: graph))
      }
    }
    let (first, second) = (try played(by: "a", every: 1), try played(by: "b", every: 3))
    func counts(_ summaries: [EpisodeSummary]) -> EpisodeCounts {
      summaries.reduce(into: EpisodeCounts()) { $0.count($1) }
    }
    let both = counts(first + second)
    for verdict in Verdict.names {
      let cells = [first, second].map { row in row.map { $0.verdict == verdict ? 1 : 0 } }
      let rate = try #require(both.together(verdict))
      #expect(rate.counts == cells.map { $0.reduce(0, +) } && rate.levels == 8)
      var squares = 0
      for (one, other) in zip(cells[0], cells[1]) { squares += (one + other) * (one + other) }
      #expect(rate.squares == squares && rate.value == both.verdict(verdict).value)
    }
    #expect(Set((first + second).map(\.verdict)).count > 1)
    let short = first + second.dropLast()
    for wrong in [first, short, short + [second[0]]] { #expect(counts(wrong).together("undecided") == nil) }
  }

  @Test("counts add up, and the histogram loses no departure")
  func counts() {
    var counts = EpisodeCounts()
    for summary in EpisodeQueryTests.summaries { counts.count(summary) }
    #expect(Verdict.names.map { counts.verdict($0).count }.reduce(0, +) == 9)
    #expect(counts.total == 14 && counts.pooled == [.shifted] && counts.pooledTotal == 9 && counts.levels == 9)
    #expect(counts.reached(.training).total == 5 && counts.reached(.shifted).total == 9)
    #expect(counts.reached(.shifted).count == wanted { $0.split == .shifted && $0.outcome == .success }.count)
    for bins in [2, 5, 16, 40] {
      let histogram = counts.histogram(bins: bins)
      #expect(histogram.bins.count == bins)
      #expect(histogram.bins.reduce(0, +) == wanted { $0.split == .shifted && $0.departure != nil }.count)
      let early = wanted { $0.split == .shifted && ($0.departure ?? .max) < histogram.width }.count
      #expect(histogram.bins[0] == early)
    }
  }
}
