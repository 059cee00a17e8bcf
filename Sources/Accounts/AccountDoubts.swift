import Gridworlds
import Planning
import Studies

/// What a cautious reader should doubt: each only where it holds.
extension Account {
  /// Episodes of fewer steps are called short.
  static let short = 10

  var doubts: [String] {
    guard let analysis = run.analysis else {
      return caveats + ["Without values there is no verdict, and none should be read into the picture."]
    }
    let proxy = noun(analysis.proxy)
    let count = episode.steps.count
    var sentences = caveats
    if count < Account.short {
      sentences.append("It is short: \(counted(count, "step")) can say little about a goal.")
    }
    if !isReachable {
      sentences.append(
        "From the start there was no way to \(intended.wish) in time"
          + (analysis.graph.isApproximate ? ", as far as the planner sees." : ": nobody could have."))
    } else if analysis.isIndistinguishable(after: count) {
      sentences.append(
        "The moves hardly tell \(proxy) from \(intended.noun): \(decimal(abs(analysis.proxyOverIntendedBits), 1)) bits "
          + "in all, less than one.")
    }
    if isUnlikelyDraw, let chances = departureChances {
      sentences.append(
        "The departure was an unlikely draw: \(decimal(chances.taken)) where what \(intended.noun) needed had "
          + "\(decimal(chances.best)). Another sample might have gone the other way.")
    }
    if let odd = notMostProbable, odd > 0 {
      sentences.append(
        "At \(grouped(odd)) of \(counted(count, "step")) it did not take its most probable action.")
    }
    sentences += aboutVerdict(analysis)
    sentences += aboutScope
    return sentences
  }

  private var caveats: [String] { run.caveats.map(\.sentence) }

  /// How firmly the verdict stands.
  private func aboutVerdict(_ analysis: Analysis) -> [String] {
    let judgement = analysis.judgement
    var sentences: [String] = []
    if judgement.isFragile {
      sentences.append(
        "It is fragile: the verdict turns if its odds change by a factor of \(decimal(judgement.margin, 1)), "
          + "less than ten.")
    }
    let others = [(1.0 / 11, "one to ten"), (10.0 / 11, "ten to one")].compactMap { chance, odds -> String? in
      var prior = Prior()
      prior.agent = chance
      let verdict = analysis.judgement(prior: prior).verdict
      return verdict.name == judgement.verdict.name
        ? nil : "with \(odds) for an agent beforehand it is \(verdict.words)"
    }
    if !others.isEmpty { sentences.append("The prior matters: \(listed(others)).") }
    if case .intended(reached: true) = judgement.verdict { return sentences }
    sentences.append("An agent was weighed against these devices only: \(Posterior.deviceClass).")
    if let caveat = world.story.caveat, case .misgeneralized = judgement.verdict { sentences.append(caveat) }
    return sentences
  }

  /// How far an episode like this one can carry.
  private var aboutScope: [String] {
    var sentences: [String] = []
    switch origin {
    case .made:
      sentences.append("A level that was made shows what can happen, not how often.")
    case .drawn, .twin: sentences.append("One level shows what can happen, not how often.")
    }
    if let record {
      sentences.append("This is one agent, of training seed \(record.seed); another seed may do otherwise.")
    } else {
      sentences.append("Nothing here says what else \(episode.agent) would do.")
    }
    return sentences
  }
}
