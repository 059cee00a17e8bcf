import Gridworlds
import Inference
import Planning
import Studies

/// What goes on in an episode, in plain English.
public struct Narration: Sendable {
  private let run: Run

  /// The narration of a run.
  public init(_ run: Run) { self.run = run }

  private var episode: Episode { run.episode }
  private var world: any World { run.episode.world }

  private func said(_ claims: [Claim]) -> String { claims.map { $0.words(in: run) }.joined(separator: " ") }

  // MARK: A moment

  /// One sentence for a frame: what the agent does now, and which goal that serves.
  public func now(_ frame: Int) -> String {
    guard frame < episode.steps.count else { return ending }
    let claims = now(at: frame)
    let act = claims.prefix(1).map { Claim.moment($0).words(in: run) }.joined()
    let rest = claims.dropFirst().map { Claim.moment($0).words(in: run) }.joined(separator: " ")
    if rest.isEmpty { return "\(act)." }
    if case .fits = claims[1] { return "\(act): \(rest)" }
    return "\(act). \(rest)"
  }

  /// What holds of the step that begins at a frame, the act first.
  public func now(at frame: Int) -> [MomentClaim] {
    let action = episode.steps[frame].action
    let act = MomentClaim.acts(
      step: frame, action: action, movement(at: frame, action), byPerson: episode.isIntervention(frame))
    guard let analysis = run.analysis else { return [act] }
    let (proxy, kind) = (analysis.proxy, analysis.classes[frame])
    let fits = MomentClaim.fits(step: frame, kind, proxy: proxy, needed: needed(at: frame))
    let way = way(at: frame, analysis)
    let left = way.map { [MomentClaim.way(frame: frame, $0)] } ?? []
    if kind == .both {
      return [act, fits] + (analysis.isIndistinguishable(after: frame + 1) ? [.open(frame: frame + 1)] : [])
    }
    if let reached = episode.achievement(of: proxy), reached <= frame {
      // Nothing fits a goal that was had: only the way to the intended one is left to be told.
      return [act, .had(proxy, frame: reached, byPerson: episode.isByPerson(proxy))] + left
    }
    if case .steps? = way { return [act, fits] }
    return (kind == .neither ? [act] : [act, fits]) + left
  }

  /// Where a step led.
  private func movement(at frame: Int, _ action: Int) -> MomentClaim.Movement {
    let (here, next) = (episode.agent(at: frame), episode.agent(at: frame + 1))
    if next == here.moved(world.actions[action].heading) { return .asHeaded }
    return next == here ? .none : .to(next)
  }

  /// What is left of the way to the intended goal; `nil` once that is had.
  private func way(at frame: Int, _ analysis: Analysis) -> MomentClaim.Way? {
    if let had = episode.achievement(of: world.intended), had <= frame { return nil }
    guard let away = analysis.distance(to: world.intended, at: frame) else { return MomentClaim.Way.none }
    return away > episode.level.timeLimit - frame ? .noTime : .steps(away)
  }

  /// What the optimal actions for the intended goal would be in the time that is left.
  private func needed(at frame: Int) -> [Int] {
    guard let analysis = run.analysis else { return [] }
    return analysis.graph.optimalActions(
      for: world.intended, in: analysis.states[frame], stepsLeft: episode.level.timeLimit - frame)
  }

  // MARK: The whole

  /// Where and why one may say that the agent departed, or since when it is away in a recording that stops; `nil` where
  /// neither holds.
  public var departure: String? {
    guard let marks = run.analysis?.marks, let step = marks.parting else { return nil }
    return (marks.departure == nil ? "Away since step " : "Departs at step ") + parting(at: step)
  }

  /// That there is no departure; `nil` where there is one.
  public var lackOfDeparture: String? {
    let marks = run.analysis?.marks
    guard marks?.departure == nil else { return nil }
    guard episode.conclusion == .stopped, episode.achievement(of: world.intended) == nil else {
      return "This episode has no departure."
    }
    return "No departure so far" + (marks?.away.map { ": it is away since step \($0)." } ?? ".")
  }

  private func parting(at step: Int) -> String {
    guard let analysis = run.analysis else { return "" }
    let (speaker, taken, needed) = (Speaker(run), episode.steps[step].action, needed(at: step))
    let noun = speaker.intended.noun
    var text = "\(step), \(episode.agent(at: step)): took \(speaker.action(taken))"
    if let decision = episode.steps[step].decision {
      text += " with π \(decimal(decision.probabilities[taken]))"
      if let wanted = needed.max(by: { decision.probabilities[$0] < decision.probabilities[$1] }) {
        let (chance, other) = (Double(decision.probabilities[wanted]), Double(decision.probabilities[taken]))
        text += "; \(noun) needed \(speaker.action(wanted)), π \(beside(chance, other))"
      }
    } else if !needed.isEmpty {
      text += "; \(noun) needed \(listed(needed.map(speaker.action), "or"))"
    }
    if let odds = run.knownOdds?.outlooks, odds.indices.contains(step + 1) {
      let (before, after) = (chanceText(odds[step].intendedEver), chanceText(odds[step + 1].intendedEver))
      text += "; its policy's chance to \(speaker.intended.wish): \(before)"
      if after != before { text += ", then \(after)" }
    }
    guard analysis.isFinished else { return text + ". It has not come back so far." }
    let bits =
      analysis.proxyOverIntendedBits
      - analysis.posterior.proxyOverIntended(after: step)
    let favoured = bits < 0 ? noun : speaker.noun(analysis.proxy)
    return text + ". From there \(decimal(abs(bits), 1)) bits for \(favoured); it never came back."
  }

  /// The steps that a person took in the agent's stead, in short: `4–6, 9`; `nil` where there are none.
  public var humanSteps: String? {
    episode.interventions.isEmpty ? nil : Speaker.words(episode.interventionRanges)
  }

  /// What the episode shows, with its figures; what a person did in the agent's stead is no part of it.
  public var verdict: String {
    let said = ([said([verdictClaim])] + run.caveats.compactMap(\.addition)).joined(separator: " ")
    guard let humanSteps else { return said }
    let isOne = episode.interventions.count == 1
    return "Your step\(isOne ? "" : "s") \(humanSteps) aside, " + said.prefix(1).lowercased() + said.dropFirst()
  }

  /// What the agent's own steps come to.
  var verdictClaim: Claim {
    guard let analysis = run.analysis else { return .verdict(.unplanned) }
    if analysis.isAbstention { return .verdict(.abstained) }
    if case .intended(true) = analysis.verdict {
      return .verdict(.success(frame: episode.achievement(of: world.intended) ?? episode.steps.count))
    }
    return .verdict(.judged(analysis.judgement, analysis.posterior.mode, isOver: analysis.isFinished))
  }

  /// How it ended, or how it stands where the recording stops.
  public var ending: String { said(endingClaims) }

  /// The same as claims.
  public var endingClaims: [Claim] {
    let (intended, count) = (world.intended, episode.steps.count)
    let isOver = episode.conclusion != .stopped
    let stop: [Deed] = isOver ? [] : [.stops(step: count)]
    if let frame = episode.achievement(of: intended) {
      return ([.reached(intended, frame: frame, byPerson: episode.isByPerson(intended))] + stop).map { .deed($0) }
    }
    let how: [Deed] =
      switch episode.conclusion {
      case .terminated: [episode.achieved(at: count) != 0 ? .endedWithGoal(step: count) : .died(step: count)]
      case .truncated: [.timeRanOut(step: count)]
      case .stopped: stop
      }
    func parts(_ goals: [Goal.Index]) -> [GoalProgress] {
      goals.compactMap { world.progress($0, in: episode.states[count], of: episode.level) }
    }
    let had = world.goalIndices.filter { $0 != intended }
      .compactMap { goal in episode.achievement(of: goal).map { (goal: goal, frame: $0) } }.min { $0.frame < $1.frame }
    let first: Deed =
      had.map {
        .missed(
          had: $0.goal, frame: $0.frame, byPerson: episode.isByPerson($0.goal), isOver: isOver, parts: parts([intended])
        )
      } ?? .none(isOver: isOver, parts: parts(Array(world.goalIndices)))
    return ([first] + how).map { .deed($0) }
  }
}
