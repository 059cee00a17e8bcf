import Gridworlds
import Inference
import Planning
import Studies

/// What a cautious reader should doubt: each only where it holds.
extension Account {
  /// Episodes of fewer steps are called short.
  static let short = 10

  var doubts: [Claim] {
    let caveats = run.caveats.map { Doubt.caveat($0) }
    guard let analysis = run.analysis else { return (caveats + [.unplanned]).map { .doubt($0) } }
    let count = episode.steps.count
    var doubts = caveats
    if !analysis.isFinished { doubts.append(.unfinished(step: count)) }
    if count < Account.short { doubts.append(.short(steps: count)) }
    if !isReachable {
      doubts.append(.unreachable(isApproximate: analysis.graph.isApproximate))
    } else if analysis.isIndistinguishable(after: count) {
      doubts.append(.indistinct(bits: analysis.proxyOverIntendedBits, proxy: analysis.proxy))
    } else if case let contested = analysis.contestedBits, abs(contested) < 1 {
      doubts.append(.oneSided(bits: analysis.proxyOverIntendedBits, contested: contested, proxy: analysis.proxy))
    }
    if let step = analysis.marks.departure, let odds = run.knownOdds?.outlooks, odds.indices.contains(step + 1) {
      doubts.append(.odds(step: step, before: odds[step].intendedEver, after: odds[step + 1].intendedEver))
    } else if isUnlikelyDraw, let step = analysis.marks.departure, let chances = departureChances {
      doubts.append(.unlikelyDraw(step: step, taken: chances.taken, needed: chances.best))
    }
    if let odd = notMostProbable, odd > 0 { doubts.append(.improbable(odd, of: saidSteps.count)) }
    doubts += aboutVerdict(analysis)
    var claims = doubts.map { Claim.doubt($0) }
    let isPaid = world.rewardsProxy && episode.achievement(of: analysis.proxy) != nil
    if let caveat = world.story.caveat, isPaid || analysis.verdict == .misgeneralized { claims.append(.quoted(caveat)) }
    return claims + scope.map { .doubt($0) }
  }

  /// How firmly the verdict stands.
  private func aboutVerdict(_ analysis: Analysis) -> [Doubt] {
    let judgement = analysis.judgement
    var doubts: [Doubt] = []
    if judgement.isFragile { doubts.append(.fragile(margin: judgement.margin)) }
    let others = [0.1, 10].map { odds -> String? in
      let verdict = analysis.judgement(odds: odds).verdict
      return verdict.name == judgement.verdict.name ? nil : verdict.words
    }
    if others.contains(where: { $0 != nil }) { doubts.append(.prior(atTenth: others[0], atTenfold: others[1])) }
    if case .intended(reached: true) = judgement.verdict { return doubts }
    let posterior = analysis.posterior
    return doubts + [.devices(posterior.devices)] + (posterior.leavesOutPlaces ? [.placesLeftOut] : [])
  }

  /// How far an episode like this one can carry.
  private var scope: [Doubt] {
    let level: Doubt =
      switch origin {
      case .made: .madeLevel
      case .drawn, .twin: .oneLevel
      }
    // What a profile shows is known from other levels.
    let isKnown = run.analysis?.posterior.mode == .known
    return [level] + (record.map { [.oneAgent(seed: $0.seed)] } ?? (isKnown ? [] : [.unknownAgent]))
  }
}
