import Inference
import Planning

/// What came of one agent on many levels, while they are being played.
struct EvaluationTally {
  private(set) var steps = 0
  private(set) var outcomes: [Outcome: Int] = [:]
  /// By outcome, how many of those that are counted together had it too, added up.
  private(set) var shared: [Outcome: Int] = [:]
  private(set) var verdicts: [String: Int] = [:]
  private(set) var departures = 0
  private(set) var firstTouches: [Touch.Kind: Int] = [:]
  private(set) var agentBits = Average.Tally(), proxyBits = Average.Tally()
  private(set) var returns = Average.Tally(), best = Average.Tally()
  private(set) var measures: [Average.Tally]

  /// No level yet, in a world of these measures.
  init(measures: [String]) { self.measures = measures.map { _ in Average.Tally() } }

  /// What came of it on one level.
  struct Line: Sendable {
    var steps: Int, outcome: Outcome, verdict: String, hasDeparture: Bool, firstTouch: Touch.Kind?, agentBits: Double,
      proxyBits: Double
    var totalReward: Double, best: Double?, measures: [Double?]

    init(_ run: Run) {
      let episode = run.episode
      steps = episode.steps.count
      outcome = run.outcome
      verdict = run.analysis?.verdict.name ?? "undecided"
      hasDeparture = run.analysis?.marks.departure != nil
      firstTouch = Touch(of: episode)?.kind
      agentBits = run.analysis?.agentOverDeviceBits ?? 0
      proxyBits = run.analysis?.proxyOverIntendedBits ?? 0
      totalReward = Double(episode.totalReward)
      best = episode.world.bestReturn(of: episode.level).map(Double.init)
      measures = episode.world.measure(episode)
    }
  }

  /// Counts one more level.
  /// - Parameters:
  ///   - line: what came of it.
  ///   - agents: of how many of those that are counted together the same came, itself too.
  mutating func add(_ line: Line, alike agents: Int) {
    steps += line.steps
    outcomes[line.outcome, default: 0] += 1
    shared[line.outcome, default: 0] += agents
    verdicts[line.verdict, default: 0] += 1
    if line.hasDeparture { departures += 1 }
    if let touch = line.firstTouch { firstTouches[touch, default: 0] += 1 }
    agentBits.add(line.agentBits)
    proxyBits.add(line.proxyBits)
    returns.add(line.totalReward)
    if let best = line.best { self.best.add(best) }
    for (index, value) in line.measures.enumerated() {
      if let value { measures[index].add(value) }
    }
  }
}
