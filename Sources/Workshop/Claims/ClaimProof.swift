import Accounts
import Gridworlds
import Learning
import Planning
import Studies
import Worlds

/// Tells many episodes of a world and derives each claim again: whole ones and such that are cut at any step, some in
/// which a person acts, on drawn levels of both distributions and on edited ones.
public struct ClaimProof: Sendable {
  /// What came of it.
  public struct Report: Sendable {
    /// Episodes that were told; of these the recordings that stop, those with a person in them, those on edited levels,
    /// and those of an agent that is known from others.
    public internal(set) var episodes = 0, stopped = 0, withPerson = 0, edited = 0, known = 0
    /// Episodes that were set side by side, lives that were lived and tables of studies that were made up.
    public internal(set) var pairs = 0, lives = 0, studies = 0
    /// Claims that were derived again.
    public internal(set) var claims = 0
    /// Claims that do not hold, and sentences that contradict others: each with its episode.
    public internal(set) var faults: [String] = []

    static func + (first: Report, second: Report) -> Report {
      var sum = first
      sum.episodes += second.episodes
      sum.stopped += second.stopped
      sum.withPerson += second.withPerson
      sum.edited += second.edited
      sum.known += second.known
      sum.pairs += second.pairs
      sum.lives += second.lives
      sum.studies += second.studies
      sum.claims += second.claims
      sum.faults += second.faults
      return sum
    }
  }

  /// Episodes on one level, which share what is worked out of it.
  public static let perLevel = 25

  private let world: any World
  private let agents: [Agent]

  /// - Parameter agents: those who act besides planted and random ones.
  public init(_ world: any World, agents: [Agent]) { (self.world, self.agents) = (world, agents) }

  /// Tells so many episodes.
  /// - Parameter progress: called now and then with the count of levels done, from any thread.
  public func report(
    episodes: Int, threads: Int, progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) -> Report {
    let levels = (episodes + ClaimProof.perLevel - 1) / ClaimProof.perLevel
    let subject = KnownSubject(world, threads: threads)
    return Workers(threads: threads).map(levels, progress: progress) { index in
      report(level: index, episodes: min(ClaimProof.perLevel, episodes - index * ClaimProof.perLevel), subject)
    }.reduce(Report(), +)
  }

  private func report(level index: Int, episodes: Int, _ subject: KnownSubject?) -> Report {
    var random = RandomSource(seed: UInt64(index), stream: 0xC1A1)
    let split: Split = index % 4 == 3 ? .training : .shifted
    let drawn = world.generate(split, seed: TrainingConfiguration.firstHeldOutSeed + UInt64(index))
    let level = index % 3 == 2 ? edited(drawn, using: &random) ?? drawn : drawn
    let (graph, oracle) = (StateGraph(world, level), LevelOracle(world, level))
    var report = Report()
    var told: [PairProof.Told] = []
    func tell(_ one: PairProof.Told, isKnown: Bool) {
      check(one.run, one.check, using: &random, into: &report)
      if isKnown { report.known += 1 }
    }
    for number in 0..<episodes {
      let episode = played(level, graph, number, using: &random)
      let one: PairProof.Told
      if let subject, number % 4 == 1 {
        // Its own every other time; it may as well be taken for the one who acts.
        let own = number % 8 == 1 ? subject.behaviour.episode(in: world, level, seed: UInt64(number)) : nil
        one = subject.told(own ?? episode, graph, oracle)
        tell(one, isKnown: true)
      } else {
        one = PairProof.Told(
          run: Run(episode, graph: graph), check: ClaimCheck(episode, oracle, hasTrack: number % 4 == 0))
        tell(one, isKnown: false)
      }
      if level !== drawn { report.edited += 1 }
      told.append(one)
    }
    if let subject { tell(subject.told(index % subject.count), isKnown: true) }
    var pairs = PairProof(level, graph, oracle, index: index, edited: edited(level, using: &random))
    for one in told {
      for (a, b) in pairs.pairs(of: one, beside: told, agents: agents) { check(a, b, into: &report) }
    }
    checkStudy(using: &random, into: &report)
    if world is Trees { checkLife(seed: UInt64(index), into: &report) }
    return report
  }

  /// The level with some cells changed: a wall opened or built, a thing moved; `nil` where nothing of that is a level.
  private func edited(_ level: Level, using random: inout RandomSource) -> Level? {
    for _ in 0..<20 {
      var map = level.map
      for _ in 0...random.below(3) {
        let cells = map.positions.filter { $0.x > 0 && $0.y > 0 && $0.x < map.width - 1 && $0.y < map.height - 1 }
        guard let one = random.pick(cells), let other = random.pick(cells) else { return nil }
        (map[one], map[other]) = (map[other], map[one])
      }
      if map != level.map,
        let found = try? Level(of: world, reference: level.reference, map: map, timeLimit: level.timeLimit),
        world.problem(in: found) == nil
      {
        return found
      }
    }
    return nil
  }

  // MARK: Episodes

  private func policy(_ graph: StateGraph?, _ number: Int, using random: inout RandomSource) -> any Policy {
    if !agents.isEmpty, number % 3 == 0, let agent = random.pick(agents) { return agent.policy }
    guard let graph, number % 5 != 4 else { return UniformPolicy() }
    let lapse = [0, 0.1, 0.4][random.below(3)]
    let goal = Goal.Index(random.below(world.goals.count))
    guard random.chance(0.3) else { return PlantedPolicy(graph, goal: goal, lapse: lapse) }
    return PlantedPolicy(graph, goal: 0, lapse: lapse, switching: (to: 1, at: 1 + random.below(8)))
  }

  /// An episode: with a person in it now and then, and every other one cut.
  private func played(_ level: Level, _ graph: StateGraph?, _ number: Int, using random: inout RandomSource) -> Episode
  {
    let policy = policy(graph, number, using: &random)
    let (seed, greedy) = (random.next() % 1000, random.chance(0.3))
    var episode = world.rollout(level, policy: policy, seed: seed, greedy: greedy)
    if number % 6 == 5 {
      episode = episode.prefix(random.below(episode.steps.count + 1))
      for _ in 0...random.below(4) { episode.intervene(random.below(world.actions.count)) }
      if random.chance(0.7) { episode = episode.continued(by: policy, seed: seed, greedy: greedy) }
    }
    return number % 2 == 0 ? episode.prefix(random.below(episode.steps.count + 1)) : episode
  }

  // MARK: Checks

  private func check(
    _ run: Run, _ check: ClaimCheck, using random: inout RandomSource, into report: inout Report
  ) {
    let episode = run.episode
    report.episodes += 1
    if episode.conclusion == .stopped { report.stopped += 1 }
    if !episode.interventions.isEmpty { report.withPerson += 1 }
    func fault(_ words: String) {
      report.faults.append(
        "\(episode.level.reference), \(episode.agent), seed \(episode.seed), \(episode.steps.count) steps, "
          + "\(episode.conclusion.rawValue), interventions \(episode.interventions): \(words)")
    }
    guard check.facts.states == episode.states else { return fault("it cannot be played again") }
    let (account, narration) = (Account(run), Narration(run))
    var claims = account.sections.flatMap(\.claims)
    let frames =
      episode.steps.count <= 12
      ? Array(0...episode.steps.count) : (0..<12).map { _ in random.below(episode.steps.count + 1) }
    for frame in frames {
      claims += account.known(at: frame).map { .moment($0) }
      if frame < episode.steps.count { claims += narration.now(at: frame).map { .moment($0) } }
    }
    for claim in claims {
      report.claims += 1
      if !check.holds(claim) { fault("\(claim.words(in: run)) [\(claim)]") }
    }
    for words in Contradictions(account).found { fault(words) }
  }

  private func checkStudy(using random: inout RandomSource, into report: inout Report) {
    let check = SweepCheck(world, using: &random)
    report.studies += 1
    for claim in SweepWords(check.result).claims {
      report.claims += 1
      if !check.holds(claim) { report.faults.append("a study: \(claim.words) [\(claim)]") }
    }
  }

  /// A life in which the forest comes back soon, so that it is lost and kept within a few steps; or one by the rules.
  private func checkLife(seed: UInt64, into report: inout Report) {
    var settings = TreeLife.Settings(seed: seed)
    if seed % 3 != 2 { settings.least = 1e-3 }
    let check = LifeCheck(settings, steps: seed % 2 == 0 ? 60_000 : 5_000)
    report.lives += 1
    for claim in check.claims {
      report.claims += 1
      if !check.holds(claim) { report.faults.append("the life of seed \(seed): \(claim.words) [\(claim)]") }
    }
  }
}

/// Sentences of an account that cannot stand beside one another, or that say of a recording what only a whole episode can
/// show.
struct Contradictions {
  private let account: Account

  init(_ account: Account) { self.account = account }

  var found: [String] {
    let sections = account.sections.filter { ![.training, .change].contains($0.part) }
    let claims = sections.flatMap(\.claims)
    let sentences = sections.flatMap(\.sentences)
    var found = Dictionary(grouping: sentences) { $0 }.filter { $1.count > 1 }.map { "said twice: \($0.key)" }
    let isStopped = claims.contains { if case .deed(.stops) = $0 { true } else { false } }
    if isStopped {
      let words = ["never", "misgeneralization", "Time ran out", "died", "departed", "for good", "to the end"]
      for sentence in sentences where words.contains(where: sentence.contains) {
        found.append("of a recording that stops: \(sentence)")
      }
    }
    let isReached = claims.contains { if case .deed(.reached) = $0 { true } else { false } }
    let isMissed = claims.contains { claim in
      switch claim {
      case .deed(.missed), .deed(.none), .mark(.departure), .mark(.away), .mark(.noReturn): true
      default: false
      }
    }
    if isReached && isMissed { found.append("reached and missed: \(sentences.joined(separator: " "))") }
    return found
  }
}
