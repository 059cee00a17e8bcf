import Archive
import Gridworlds
import Inference
import Planning
import Studies

/// The account of an episode in plain words: what the agent was trained on, what changed, where it departed, what speaks
/// for that, what it comes to, and what a cautious reader should doubt.
///
/// Every sentence is made from a claim with the figure it rests on, and only what holds is said.
public struct Account: Sendable {
  /// A part of the account.
  public struct Section: Sendable, Hashable {
    /// Which.
    public let part: Part
    /// What is said.
    public let claims: [Claim]
    /// The same in words, each a sentence or two.
    public let sentences: [String]
  }

  /// The parts in their order.
  public enum Part: String, Sendable, CaseIterable {
    case training, change, departure, evidence, verdict, doubts

    /// The heading for people.
    public var title: String {
      switch self {
      case .training: "What it was trained on"
      case .change: "What changed"
      case .departure: "Where it departed"
      case .evidence: "The evidence"
      case .verdict: "What it comes to"
      case .doubts: "What to doubt"
      }
    }
  }

  let run: Run
  let record: AgentRecord?
  /// What differs from the level's training twin; `nil` where it has none.
  public let difference: LevelDifference?
  /// Where the level comes from.
  public let origin: LevelOrigin

  /// The account of a run.
  /// - Parameter record: what is known of the agent; without it, or where it is another one's, the account says that
  ///   nothing is.
  public init(_ run: Run, record: AgentRecord? = nil) {
    self.run = run
    let digest = run.episode.agentDigest
    self.record = record.flatMap { $0.name == run.episode.agent && digest ?? $0.digest == $0.digest ? $0 : nil }
    let (world, level) = (run.episode.world, run.episode.level)
    origin = LevelOrigin(of: level, in: world)
    difference = world.trainingTwin(of: level).map { LevelDifference(level, $0, in: world) }
  }

  var episode: Episode { run.episode }
  var world: any World { run.episode.world }
  var intended: Goal { world.goals[world.intended] }

  /// All parts.
  public var sections: [Section] {
    Part.allCases.map { part in
      let claims =
        switch part {
        case .training: training
        case .change: change
        case .departure: departure
        case .evidence: evidence
        case .verdict: verdict
        case .doubts: doubts
        }
      return Section(part: part, claims: claims, sentences: claims.map { $0.words(in: run) })
    }
  }

  /// The moment of a frame, and what was known by then.
  public func step(at frame: Int) -> [String] {
    let frame = max(0, min(frame, episode.steps.count))
    return [Narration(run).now(frame)] + known(at: frame).map { Claim.moment($0).words(in: run) }
  }

  /// What was known by a frame, and how it stands to the departure.
  public func known(at frame: Int) -> [MomentClaim] {
    guard let analysis = run.analysis else { return [] }
    var claims: [MomentClaim] = [.start]
    if frame > 0 {
      let belief = analysis.posterior.belief(after: frame)
      claims = [
        .beliefs(
          frame: frame, agent: analysis.posterior.agentProbability(after: frame), proxy: analysis.proxy,
          towardProxy: belief.sum(.proxy, .nearer, .beside), intended: belief[.intended])
      ]
    }
    if let step = analysis.marks.departure { claims.append(.departure(step: step, frame: frame)) }
    if let step = analysis.marks.away { claims.append(.away(step: step, frame: frame)) }
    return claims
  }

  /// The moment of a frame in one line, for copying.
  public func text(at frame: Int) -> String {
    let frame = max(0, min(frame, episode.steps.count))
    return "\(episode.level.reference), \(episode.agent), step \(frame) of \(episode.steps.count): "
      + step(at: frame).joined(separator: " ")
  }

  /// The whole account as text: headings, and under each its sentences, indented.
  public var text: String {
    sections.map { section in
      ([section.part.title] + section.sentences.map { "  \($0)" }).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  /// An array of sentences a part, and the figures they rest on.
  public var json: JSON {
    var figures: [JSON.Member] = [
      .init("differing_cells", (difference?.cells).map { .integer($0) } ?? .null),
      .init("cells", .integer(episode.level.map.elements.count)),
      .init("not_most_probable_steps", notMostProbable.map { .integer($0) } ?? .null),
    ]
    if let analysis = run.analysis {
      figures += [
        .init(
          "classes",
          .object(
            StepClass.allCases.map { kind in
              .init(kind.rawValue, .integer(analysis.classes.filter { $0 == kind }.count))
            })),
        .init("evidence_from_departure_bits", bitsFromDeparture.map { .double($0) } ?? .null),
        .init("unlikely_draw", .bool(isUnlikelyDraw)),
        .init("intended_reachable_from_start", .bool(isReachable)),
      ]
    }
    return .object(
      sections.map { .init($0.part.rawValue, .array($0.sentences.map { .string($0) })) }
        + [.init("figures", .object(figures))])
  }

  /// The agent's own steps of which it said its probabilities.
  var saidSteps: [Step] {
    episode.steps.indices.lazy.filter { !episode.isIntervention($0) }.map { episode.steps[$0] }
      .filter { $0.decision != nil }
  }

  /// How many of these took another action than the most probable one; `nil` where no probabilities were said.
  var notMostProbable: Int? {
    let said = saidSteps
    guard !said.isEmpty else { return nil }
    return said.filter { step in
      guard let decision = step.decision, decision.probabilities.indices.contains(step.action) else { return false }
      return decision.probabilities[step.action] < (decision.probabilities.max() ?? 0)
    }.count
  }

  /// The evidence for the proxy over the intended goal from the departure to the end, in bits.
  var bitsFromDeparture: Double? {
    guard let analysis = run.analysis, let step = analysis.marks.departure else { return nil }
    return analysis.proxyOverIntendedBits - analysis.posterior.proxyOverIntended(after: step)
  }

  /// The probabilities of the action taken at the departure and of the likeliest one that the intended goal needed.
  var departureChances: (taken: Float, best: Float)? { run.analysis?.marks.departure.flatMap { chances(at: $0) } }

  /// The same at any step.
  func chances(at step: Int) -> (taken: Float, best: Float)? {
    guard let decision = episode.steps[step].decision else { return nil }
    guard let chance = needed(at: step).map({ decision.probabilities[$0] }).max() else { return nil }
    return (decision.probabilities[episode.steps[step].action], chance)
  }

  /// The actions that are best for the intended goal at a step; none where it cannot be had in time any more.
  func needed(at step: Int) -> [Int] {
    guard let analysis = run.analysis else { return [] }
    return analysis.graph.optimalActions(
      for: world.intended, in: analysis.states[step], stepsLeft: episode.level.timeLimit - step)
  }

  /// Whether the departure was drawn though the agent held what the intended goal needed for likelier.
  var isUnlikelyDraw: Bool { departureChances.map { $0.taken < $0.best } ?? false }

  /// Whether the intended goal could be had from the start within the time.
  var isReachable: Bool {
    guard let analysis = run.analysis else { return true }
    return analysis.distance(to: world.intended, at: 0).map { $0 <= episode.level.timeLimit } ?? false
  }
}

/// `1 step`, `2 steps`, with thousands set apart.
func counted(_ count: Int, _ noun: String) -> String { "\(grouped(count)) \(noun)\(count == 1 ? "" : "s")" }

/// Words with commas, and a last "and".
func listed(_ words: [String], _ last: String = "and") -> String {
  guard let end = words.last, words.count > 1 else { return words.first ?? "" }
  return words.dropLast().joined(separator: ", ") + " \(last) \(end)"
}
