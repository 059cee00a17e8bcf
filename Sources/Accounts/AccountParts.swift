import Gridworlds
import Inference
import Learning
import Planning
import Studies

/// The parts of an account that say what happened.
extension Account {
  var training: [Claim] {
    let proxies = world.goals.filter { $0.role == .proxy }
    var sentences = [world.story.task]
    sentences.append(
      "The intended goal is to \(intended.wish); "
        + (proxies.count == 1 ? "the proxy is to " : "proxies are to ") + listed(proxies.map(\.wish)) + ".")
    if let record {
      let mixture =
        record.severity == 0
        ? "on training levels alone" : "with \(percent(record.severity)) of shifted levels mixed in"
      sentences.append(
        "\(record.name) was trained for \(counted(record.steps, "step")) in \(record.world) with seed \(record.seed), "
          + "\(mixture).")
      if record.isStoppedEarly { sentences.append("Its training was stopped early.") }
      sentences.append("Its file names the command that trains it again: \(record.command)")
      if record.world != world.name { sentences.append("Here it acts in \(world.name), in which it was not trained.") }
      if let rates = record.rates {
        sentences.append(
          "Its file says, of \(counted(rates.levels, "held-out level")) of each kind: it reached the intended goal in "
            + "\(percent(rates.trainSuccess)) of those as in training and in \(percent(rates.shiftSuccess)) of the shifted "
            + "ones; of these a proxy alone in \(percent(rates.shiftProxyOnly)), neither in "
            + "\(percent(rates.shiftNeither)).")
        if let kinds = world.story.kinds { sentences.append(kinds) }
      } else {
        sentences.append("No rates were measured with it.")
      }
    } else if episode.agent == Episode.person {
      sentences.append("Nobody was trained here: you act yourself.")
    } else {
      sentences.append(
        run.known == nil
          ? "Of the agent, \(episode.agent), nothing is known here but its name: not how it was trained."
          : "How the agent, \(episode.agent), was trained nothing here says.")
    }
    if let known = run.known {
      let what = ProfileWords.words(known.verdict, intended: Speaker(run).intended.noun, proxy: world.goals[1].noun)
      sentences.append(
        "By its profile over \(counted(known.profile.levels, "level")) it "
          + (what ?? "is after nothing that these show or rule out") + ".")
    }
    sentences.append("The world: \(world.story.source).")
    return sentences.map { .quoted($0) }
  }

  var change: [Claim] {
    var claims: [LevelClaim] = []
    switch origin {
    case .drawn(let split, let seed):
      let isOneOfKinds = split == .training && difference.map { !$0.isEmpty } ?? false
      claims += [
        isOneOfKinds ? .oneOfKinds : .drawn(split),
        .heldOut(seed: seed, seed >= TrainingConfiguration.firstHeldOutSeed),
      ]
    case .twin: claims.append(.twin)
    case .made: claims.append(.made)
    }
    if let difference {
      claims += difference.isEmpty ? [.sameAsTwin] : against(difference)
    } else {
      claims.append(.noTwin)
    }
    return claims.map { .level($0) }
  }

  private func against(_ difference: LevelDifference) -> [LevelClaim] {
    let limits = (difference.timeLimit, difference.otherTimeLimit)
    return [difference.cells.map { .cells($0, of: difference.area) } ?? .otherSize]
      + difference.things.map { .thing($0) }
      + (limits.0 == limits.1 ? [] : [.timeLimits(here: limits.0, there: limits.1)])
  }

  var departure: [Claim] {
    guard let analysis = run.analysis else {
      return [.quoted("Nothing was computed: no plan reaches along this episode.")]
    }
    let marks = analysis.marks
    let isWon = episode.achievement(of: world.intended) != nil
    var claims: [Claim] = []
    if let step = marks.departure {
      claims += parting(at: step, analysis)
    } else if let step = marks.away {
      claims.append(
        .mark(
          .away(step: step, cell: episode.agent(at: step), action: episode.steps[step].action, proxy: analysis.proxy)))
      claims += choosing(at: step)
    } else {
      claims.append(.mark(isWon || analysis.isFinished ? .noDeparture(isWon: isWon) : .notAway(proxy: analysis.proxy)))
    }
    claims += marks.detours.prefix(4).compactMap { detour in
      detour.back.map { .mark(.detour(left: detour.left, back: $0, cost: detour.cost)) }
    }
    if let step = marks.decision, step < episode.steps.count { claims.append(.mark(.choice(step: step))) }
    if let step = marks.commitment {
      let until: MarkClaim.Until =
        episode.achievement(of: analysis.proxy) != nil ? .reached : analysis.isFinished ? .end : .soFar
      claims.append(.mark(.commitment(step: step, proxy: analysis.proxy, until)))
    }
    if let step = marks.noReturn, episode.achievement(of: world.intended).map({ $0 > step }) ?? true {
      claims.append(.mark(.noReturn(step: step)))
    }
    return claims
  }

  /// What there is to say of the departure.
  private func parting(at step: Int, _ analysis: Analysis) -> [Claim] {
    let proxy = analysis.proxy
    let fitsProxy = analysis.classes[step] == .proxyOnly
    var claims: [Claim] = []
    if !fitsProxy, let touch = episode.achievement(of: proxy) {
      claims.append(.moment(.had(proxy, frame: touch, byPerson: episode.isByPerson(proxy))))
    }
    claims.append(
      .mark(
        .departure(
          step: step, cell: episode.agent(at: step), action: episode.steps[step].action, proxy: proxy,
          fitsProxy: fitsProxy)))
    claims += choosing(at: step)
    if step > 0 {
      claims.append(.mark(.shared(before: step, count: analysis.classes.prefix(step).count { $0 == .both })))
    }
    if let bits = bitsFromDeparture { claims.append(.mark(.since(step: step, bits: bits, proxy: proxy))) }
    return claims
  }

  /// What was best at a step, and how probable it was.
  private func choosing(at step: Int) -> [Claim] {
    let chances = chances(at: step).map {
      Claim.mark(.chances(step: step, action: episode.steps[step].action, taken: $0.taken, needed: $0.best))
    }
    return [.mark(.needed(step: step, needed(at: step)))] + [chances].compactMap(\.self)
  }

  var evidence: [Claim] {
    guard let analysis = run.analysis else { return [.quoted("None was computed.")] }
    let count = episode.steps.count
    guard count > 0 else { return [.evidence(.nothing)] }
    func number(_ kind: StepClass) -> Int { analysis.classes.count { $0 == kind } }
    var claims: [EvidenceClaim] = []
    if !episode.interventions.isEmpty { claims.append(.aside(episode.interventionRanges)) }
    let belief = analysis.posterior.belief(after: count)
    let ranked = Hypothesis.allCases.sorted { (-belief[$0], $0.rawValue) < (-belief[$1], $1.rawValue) }
      .prefix(3).enumerated().filter { $0.offset == 0 || belief[$0.element] >= 0.005 }.map(\.element)
    claims += [
      .classes(
        both: number(.both), proxyOnly: number(.proxyOnly), intendedOnly: number(.intendedOnly),
        neither: number(.neither), proxy: analysis.proxy),
      .agent(
        probability: analysis.posterior.agentProbability(after: count), bits: analysis.agentOverDeviceBits),
      .likeliest(ranked.map { .init(hypothesis: $0, probability: belief[$0]) }),
      .balance(bits: analysis.proxyOverIntendedBits, proxy: analysis.proxy),
      .telling(
        analysis.mostTelling().map {
          .init(step: $0, action: episode.steps[$0].action, bits: analysis.bits(of: $0))
        }, proxy: analysis.proxy),
      .cost(analysis.totalRegret, withPerson: !episode.interventions.isEmpty, isOver: analysis.isFinished),
    ]
    let segments = count <= 2_000 ? analysis.track()?.segments ?? [] : []
    if segments.count > 1 { claims.append(.pursuits(segments)) }
    return claims.map { .evidence($0) }
  }

  var verdict: [Claim] {
    let narration = Narration(run)
    return narration.endingClaims + [narration.verdictClaim]
  }

  func percent(_ share: Double) -> String {
    let value = share * 100
    return decimal(value, value > 0 && value < 1 || value > 99 && value < 100 ? 1 : 0) + " %"
  }
}
