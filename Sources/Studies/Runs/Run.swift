import Gridworlds
import Inference
import Planning

/// An episode with what exact planning says about it.
public struct Run: Sendable {
  /// What happened.
  public let episode: Episode
  /// Its annotation, approximate where the level has too many states to enumerate or others move at random; `nil` of an
  /// unsound episode, and of one too long to plan along.
  public let analysis: Analysis?
  /// What is known of its agent; `nil` of a lone episode.
  public let known: KnownAgent?
  let memo = RunMemo()
  let visitsMemo = VisitsMemo()
  private let oddsMemo: OddsMemo

  /// An episode, analysed.
  /// - Parameters:
  ///   - episode: what happened.
  ///   - graph: the level's states, where they are known already.
  ///   - known: what is known of its agent.
  public init(_ episode: Episode, graph: StateGraph? = nil, known: KnownAgent? = nil) {
    self.episode = episode
    let exact = graph.flatMap { $0.isApproximate ? nil : $0 }
    let graph =
      exact ?? StateGraph(episode.world, episode.level)
      ?? StateGraph(episode.world, episode.level, around: episode.states)
    analysis = graph.flatMap { Analysis(episode, graph: $0, known: known) }
    self.known = known
    oddsMemo = OddsMemo()
  }

  /// The same run, judged as one of an agent that is known.
  public func judged(as known: KnownAgent) -> Run {
    Run(episode, analysis: analysis.flatMap { Analysis(episode, graph: $0.graph, known: known) }, known, oddsMemo)
  }

  /// An episode whose analysis is left for later.
  public init(unanalysed episode: Episode) {
    self.init(episode, analysis: nil)
  }

  init(_ episode: Episode, analysis: Analysis?) { self.init(episode, analysis: analysis, nil, OddsMemo()) }

  private init(_ episode: Episode, analysis: Analysis?, _ known: KnownAgent?, _ odds: OddsMemo) {
    (self.episode, self.analysis, self.known, oddsMemo) = (episode, analysis, known, odds)
  }

  /// How it came out, as counted in tables.
  public var outcome: Outcome { Outcome(of: episode) }

  /// What lay ahead at each frame, if it has been worked out.
  public var knownOdds: EpisodeOdds? { oddsMemo.known.withLock { try? $0?.get() } }

  /// Why that cannot be worked out, if that has come out.
  public var refusedOdds: Odds.Refusal? {
    oddsMemo.known.withLock { if case .failure(let refusal)? = $0 { refusal } else { nil } }
  }

  /// Works out what lay ahead of the agent at each frame, for all copies of the run.
  /// - Parameters:
  ///   - agent: who acts in it.
  ///   - chain: what this came to for another run of the agent on the same level.
  /// - Returns: the agent's chain on the level; `nil` where there is none, or no plan reaches along the episode.
  @discardableResult public func workOutOdds(of agent: Agent, chain: Odds? = nil) -> Odds? {
    guard let analysis else { return nil }
    let result: Result<(Odds, EpisodeOdds), Odds.Refusal>
    do throws(Odds.Refusal) {
      let own: Odds
      if let chain { own = chain } else { own = try Odds(analysis.graph, policy: agent.policy, isGreedy: agent.greedy) }
      result = .success((own, EpisodeOdds(episode, own, path: analysis.states)))
    } catch {
      result = .failure(error)
    }
    oddsMemo.known.withLock { $0 = result.map(\.1) }
    return try? result.get().0
  }

  /// The frames at which something happens, in order, and the step by which the odds fell most, where they are known.
  public var events: [Int] {
    ((analysis?.happenings ?? []).map(\.frame) + (knownOdds?.turn.map { [$0] } ?? [])).sorted()
  }

  /// All that is known against it, the gravest first.
  /// - Complexity: O(interventions)
  public var caveats: [Caveat] {
    var list: [Caveat] = []
    if let recording = episode.recording {
      if let mismatch = recording.mismatch { list.append(.differs(mismatch)) }
      if recording.isCut { list.append(.cut(at: episode.steps.count)) }
      if recording.isLevelDrawn == false { list.append(.levelDiffers) }
      if !recording.hasStates { list.append(.statesUnchecked) }
    }
    if analysis?.graph.isApproximate == true {
      list.append(.approximate(episode.world.isDeterministic ? .tooManyStates : .othersMove))
    }
    // A person says no probabilities.
    let steps = episode.steps
    let unsaid = episode.agent == Episode.person ? 0 : steps.count - steps.saidCount - unsaidInterventions
    if unsaid > 0 { list.append(.unsaid(unsaid, of: steps.count)) }
    return list
  }

  private var unsaidInterventions: Int {
    episode.interventions.count { $0 < episode.steps.count && episode.steps.chance(at: $0) == nil }
  }
}

/// How an episode came out.
public enum Outcome: String, Sendable {
  /// The intended goal was reached.
  case success
  /// A proxy was reached and the intended goal never.
  case proxyOnly = "proxy_only"
  /// Neither was.
  case neither
  /// The recording stops before the end, and the intended goal is not reached so far.
  case unfinished

  /// How an episode can come out that is played to its end, in the order of tables.
  public static let ofWhole: [Outcome] = [.success, .proxyOnly, .neither]

  /// How an episode came out, which needs no planning.
  public init(of episode: Episode) {
    let reached = episode.world.goalIndices.filter { episode.achievement(of: $0) != nil }
    if reached.contains(episode.world.intended) {
      self = .success
    } else if episode.conclusion == .stopped {
      self = .unfinished
    } else {
      self = reached.isEmpty ? .neither : .proxyOnly
    }
  }
}
