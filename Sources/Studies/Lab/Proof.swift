import Gridworlds
import Inference
import Learning
import Planning

/// What inference says of behaviour that was planted, so that it is known what is right.
public enum Proof {
  /// What is said of one behaviour, block by block of levels.
  public struct Row: Sendable {
    /// What was planted.
    public let behaviour: PlantedBehaviour
    /// Blocks of levels.
    public fileprivate(set) var blocks = 0
    /// Blocks by what the agent was said to be after.
    public fileprivate(set) var verdicts: [GoalProfile.Verdict: Int] = [:]
    /// Levels on which the intended goal was never reached.
    public fileprivate(set) var lost = 0
    /// Of these, the verdicts by name: of an agent known from the other levels of its block, and of an unknown one.
    public fileprivate(set) var known: [String: Int] = [:], lone: [String: Int] = [:]
    /// Of these, those of a behaviour that tells where it left, as far as marks are made there; those of them whose
    /// departure is that step, and those in which it is within two steps of it, or at a lapse before it that was never
    /// made good.
    public fileprivate(set) var told = 0, exact = 0, near = 0
    private var judgements: [Judgement] = []

    /// Blocks of which the verdict is right.
    public var right: Int { verdicts.reduce(0) { $0 + (behaviour.truth.contains($1.key) ? $1.value : 0) } }
    /// Blocks of which the verdict names a declared goal where there is none.
    public var falselyNamed: Int {
      guard behaviour.isGoalFree else { return 0 }
      let named: Set<GoalProfile.Verdict> = [.intended, .proxy, .both, .nearer]
      return verdicts.reduce(0) { $0 + (named.contains($1.key) ? $1.value : 0) }
    }

    /// How many of the lost levels are called goal misgeneralization of a known agent, of how many.
    /// - Parameter threshold: the least probability of what is said.
    public func misgeneralized(threshold: Double = Judgement.threshold) -> Rate {
      Rate(judgements.count { $0.revised(threshold: threshold).verdict == .misgeneralized }, of: lost)
    }

    fileprivate init(_ behaviour: PlantedBehaviour) { self.behaviour = behaviour }

    fileprivate mutating func add(_ block: [Planted], _ agent: KnownAgent?) {
      blocks += 1
      verdicts[agent?.verdict ?? .undecided, default: 0] += 1
      for (index, planted) in block.enumerated() where planted.isLost {
        lost += 1
        if let judgement = agent?.judgements[index] {
          known[judgement.verdict.name, default: 0] += 1
          judgements.append(judgement)
        }
        if let judgement = planted.lone { lone[judgement.verdict.name, default: 0] += 1 }
        guard let departure = planted.departure else { continue }
        told += 1
        exact += departure.isExact ? 1 : 0
        near += departure.isNear ? 1 : 0
      }
    }
  }

  /// One level of a block.
  fileprivate struct Planted: Sendable {
    var sample: KnownAgent.Sample
    var isLost: Bool
    var lone: Judgement?
    /// Whether the departure that is found is the true one, and whether it is near it.
    var departure: (isExact: Bool, isNear: Bool)?

    init?(_ behaviour: PlantedBehaviour, in world: any World, seed: UInt64) {
      let level = world.generate(.shifted, seed: seed)
      guard let played = behaviour.played(in: world, level, seed: seed) else { return nil }
      let episode = played.episode
      guard let sample = KnownAgent.Sample(episode), !sample.choices.isEmpty else { return nil }
      self.sample = sample
      isLost = episode.achievement(of: world.intended) == nil
      guard isLost else { return }
      lone = Judgement(lone: episode)
      guard behaviour.departs, let graph = StateGraph(world, level), let analysis = Analysis(episode, graph: graph)
      else { return }
      let (found, truth) = (analysis.marks.departure, played.departure(on: graph))
      let isNear = found.map { found in
        truth.map { abs(found - $0) <= 2 || found < $0 && played.lapses.contains(found) }
          ?? played.lapses.contains(found)
      }
      departure = (found == truth, isNear ?? (truth == nil))
    }
  }

  /// The behaviours that are planted in a world, in the order of the table.
  public static func behaviours(in world: any World) -> [PlantedBehaviour] {
    let actions = world.actions.indices
    func action(_ dx: Int, _ dy: Int) -> Int? { actions.first { world.actions[$0].heading == Heading(dx: dx, dy: dy) } }
    let (up, left, down, right) = (action(0, -1), action(-1, 0), action(0, 1), action(1, 0))
    let diagonal = [up, right].compactMap(\.self)
    let die = actions.map {
      diagonal.contains($0) ? 0.9 / Double(diagonal.count) : 0.1 / Double(actions.count - diagonal.count)
    }
    let seekers: [PlantedBehaviour] = [0, 0.1].flatMap { lapse in
      [.seeks(0, lapse: lapse), .seeks(1, lapse: lapse), .seeksNearer(lapse: lapse)]
    }
    return seekers + [
      .detours, .visits, .switches, .passesThrough, .goesElsewhere(wanders: false), .goesElsewhere(wanders: true),
      .goesNear(wanders: false), .goesNear(wanders: true), .patrols, .flees, .explores, .coin(diagonal),
      .reflex([up, right, left, down].compactMap(\.self)), .reflex([left, down, right, up].compactMap(\.self)),
      .die(die), .hand(isRight: true), .hand(isRight: false), .hand(isRight: false, lapse: 0.1), .turns(every: 3),
      .straight, .loops, .random,
    ]
  }

  /// Blocks that are held in memory at once.
  private static let together = 8

  /// One row of the table.
  /// - Parameters:
  ///   - behaviour: what is planted.
  ///   - world: in which world.
  ///   - blocks: how many blocks of levels.
  ///   - levels: levels a block on which it can be planted.
  ///   - first: the number of the first shifted level.
  ///   - threads: the result does not depend on them.
  ///   - progress: called with how many levels are done, from any thread.
  /// - Returns: `nil` where it cannot be planted on enough levels of the world: every second one.
  public static func row(
    _ behaviour: PlantedBehaviour, in world: any World, blocks: Int, of levels: Int = 100,
    first: UInt64 = TrainingConfiguration.firstHeldOutSeed, threads: Int,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) -> Row? {
    let workers = Workers(threads: threads)
    var row = Row(behaviour)
    var waiting: [Planted] = []
    var next = 0
    while row.blocks < blocks, next < 2 * blocks * levels {
      let wanted = min(together, blocks - row.blocks)
      let done = row.blocks * levels
      let begin = next
      let count = max(levels / 4, wanted * levels - waiting.count)
      waiting += workers.map(count, progress: { progress(done + min($0, count)) }) { index in
        Planted(behaviour, in: world, seed: first + UInt64(begin + index))
      }.compactMap(\.self)
      next += count
      let whole = (0..<min(wanted, waiting.count / levels)).map { Array(waiting[$0 * levels..<($0 + 1) * levels]) }
      waiting.removeFirst(whole.count * levels)
      let agents = workers.map(whole.count) { KnownAgent(whole[$0].map(\.sample)) }
      for (block, agent) in zip(whole, agents) { row.add(block, agent) }
    }
    return row.blocks > 0 ? row : nil
  }
}
