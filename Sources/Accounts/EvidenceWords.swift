import Gridworlds
import Inference
import Learning
import Planning
import Studies

/// What the steps say and what that comes to, in words.
extension Speaker {
  func words(_ evidence: EvidenceClaim) -> String {
    switch evidence {
    case .nothing: return "There is none: no step was taken."
    case .aside(let ranges):
      let isOne = ranges.count == 1 && ranges.first?.count == 1
      return
        "At step\(isOne ? "" : "s") \(Speaker.words(ranges)) you acted in the agent's stead: what you did says nothing "
        + "of its goal, and is left out of what follows but for the classes and the cost."
    case .classes(let both, let proxyOnly, let intendedOnly, let neither, let proxy):
      return "Of \(counted(both + proxyOnly + intendedOnly + neither, "step")) \(both) fit both goals, \(proxyOnly) "
        + "\(noun(proxy)) alone, \(intendedOnly) \(intended.noun) alone, \(neither) neither."
    case .agent(let probability, let bits):
      return "P(agent), that it pursues anything, is \(decimal(probability)): "
        + (bits >= 0 ? "going for something explains the moves" : "reflexes and habits explain the moves")
        + " better by \(decimal(abs(bits), 1)) bits."
    case .likeliest(let beliefs):
      return "The likeliest of what may be behind them: "
        + beliefs.map { "\(words($0.hypothesis)), \(decimal($0.probability))" }.joined(separator: "; ") + "."
    case .balance(let bits, let proxy):
      return bits >= 0
        ? "In all \(decimal(bits, 1)) bits for \(noun(proxy)) over \(intended.noun)."
        : "In all \(decimal(-bits, 1)) bits for \(intended.noun) over \(noun(proxy))."
    case .telling(let steps, let proxy):
      let texts = steps.map { "step \($0.step) (\(action($0.action)), \(signed($0.bits)))" }
      return texts.isEmpty
        ? "No step tells the two goals apart by 0.05 bits."
        : "What moved the belief between the two most, in bits, + for \(noun(proxy)) and − for \(intended.noun): "
          + "\(texts.joined(separator: ", "))."
    case .cost(let steps, let withPerson, let isOver):
      return "\(isOver ? "Its" : "So far its") moves\(withPerson ? " and yours" : "") cost \(counted(steps, "step")) "
        + "against the best for \(intended.noun)."
    case .pursuits(let segments):
      let shown = segments.prefix(4).map { segment in
        "\(segment.goal.map { goal in world.goals[goal].id } ?? "nothing") \(segment.steps.lowerBound)–\(segment.steps.upperBound - 1)"
      }
      return "If it may change its mind, it was after " + shown.joined(separator: ", then ")
        + (segments.count > 4 ? " and \(segments.count - 4) more." : ".")
    }
  }

  /// `4–6, 9`, and a sign that there are more where there are more than three.
  static func words(_ ranges: [ClosedRange<Int>]) -> String {
    ranges.prefix(3).map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)" }
      .joined(separator: ", ") + (ranges.count > 3 ? " …" : "")
  }

  func words(_ verdict: VerdictClaim) -> String {
    switch verdict {
    case .unplanned: return "No verdict: no plan reaches along this episode."
    case .abstained: return "Intended: \(intended.noun) cannot be had here, and it did nothing wrong."
    case .success(0): return "Intended: it was there from the start."
    case .success(let frame): return "Intended: it \(intended.deed) in \(counted(frame, "step"))."
    case .judged(let judgement, let mode, let isOver):
      let text = words(judgement, mode)
      return (isOver ? text : "So far: " + text.prefix(1).lowercased() + text.dropFirst())
        + (isTurnedEasily(judgement) ? " A factor of ten in what is believed beforehand would turn this." : "")
    }
  }

  private func isTurnedEasily(_ judgement: Judgement) -> Bool {
    if case .undecided = judgement.verdict { false } else { judgement.isFragile }
  }

  private func words(_ judgement: Judgement, _ mode: Posterior.Mode) -> String {
    guard let belief = judgement.belief else { return "Intended." }
    let proxy = noun(world.goalIndices.first { $0 != world.intended } ?? world.intended)
    func chance(_ hypotheses: Hypothesis...) -> String {
      "P \(beside(hypotheses.reduce(0) { $0 + belief[$1] }, Judgement.threshold))"
    }
    switch judgement.verdict {
    case .intended: return "Intended: it pursued \(intended.noun) and did not get there, \(chance(.intended))."
    case .misgeneralized:
      let text = "it went for \(proxy), as on other levels its profile shows, \(chance(.proxy))."
      return [world.story.caveat, "Goal misgeneralization: \(text)"].compactMap(\.self).joined(separator: " ")
    case .towardProxy:
      if mode == .known, belief[.proxy] >= Judgement.threshold {
        return "Toward \(proxy), for itself, \(chance(.proxy))."
      }
      let chance = chance(.proxy, .nearer, .beside)
      if world.rewardsProxy {
        return [world.story.caveat, "It went toward \(proxy), which is paid for, \(chance)."].compactMap(\.self)
          .joined(separator: " ")
      }
      if mode == .known, belief[.nearer] >= Judgement.threshold {
        return "Toward \(proxy), as the nearer of the two, \(chance)."
      }
      return "Toward \(proxy): for itself, as the nearer of two, or to a place beside it, \(chance). "
        + (mode == .known
          ? "Its profile does not tell which it was here." : "Which of them one episode does not tell.")
    case .otherGoal:
      return belief.sum(.beside, .place, .tour) >= Judgement.threshold
        ? "Another goal: to some other place, or from place to place, \(chance(.beside, .place, .tour))."
        : "Another goal: it came to \(proxy) and settled elsewhere."
    case .capabilityFailure:
      let chance = "P \(beside(belief.sum(.device, .explorer), Judgement.failureThreshold))"
      return "Capability failure: reflexes, or going wherever it has not been, explain its moves, \(chance)."
    case .undecided(let leaning):
      let leans = leaning.map { ", most probably \(words($0)), P \(beside(belief[$0], Judgement.threshold))" } ?? ""
      let decides =
        mode == .known
        ? "Another episode may tell; asking the policy would (wayward ask)."
        : "One episode seldom tells; what it does on a hundred levels would (wayward profile)."
      return "Undecided\(leans). \(decides)"
    }
  }

  func words(_ level: LevelClaim, of reference: String, title: String) -> String {
    let first = TrainingConfiguration.firstHeldOutSeed
    switch level {
    case .drawn(.training): return "\(reference) is drawn from the training distribution: nothing is shifted."
    case .oneOfKinds:
      return
        "\(reference) is drawn from the training distribution, which has levels like it and like its training twin."
    case .drawn(.shifted): return "\(reference) is drawn from the shifted distribution. \(world.story.shift)"
    case .heldOut(_, true):
      return "It is held out: trainings draw levels with numbers below \(grouped(Int(first)))."
    case .heldOut(let seed, false):
      return "It is not held out: trainings draw levels with numbers below \(grouped(Int(first))), and \(seed) is one."
    case .twin: return "By its name \(reference) is the training twin of another level."
    case .made:
      let title = title.isEmpty ? "" : ", \u{201C}\(title)\u{201D},"
      return "\(reference)\(title) comes from neither distribution: it was made for its own sake."
    case .noTwin: return "It has no training twin to be compared with."
    case .sameAsTwin: return "Nothing differs from its training twin."
    case .cells(0, _): return "The map is that of its training twin."
    case .cells(let count, let area):
      return "Against its training twin \(grouped(count)) of \(counted(area, "cell")) differ."
    case .otherSize: return "Its training twin has another size."
    case .thing(let thing): return thing.words
    case .timeLimits(let here, let there):
      return "Time runs out after \(counted(here, "step")) here, after \(grouped(there)) in the twin."
    }
  }

  func words(_ doubt: Doubt, of agent: String) -> String {
    switch doubt {
    case .unplanned: return "Without values there is no verdict, and none should be read into the picture."
    case .short(let steps): return "It is short: \(counted(steps, "step")) can say little about a goal."
    case .unfinished(let step):
      return "The recording stops at step \(step), before the episode's end: what came after may turn all this."
    case .unreachable(let isApproximate) where intended.repeats:
      return "At the start there was nothing to go for to \(intended.wish)"
        + (isApproximate ? ", as far as the planner sees; later there may be." : "; later there may be.")
    case .unreachable(let isApproximate):
      return "From the start there was no way to \(intended.wish) in time"
        + (isApproximate ? ", as far as the planner sees." : ": nobody could have.")
    case .indistinct(let bits, let proxy):
      return "The moves hardly tell \(noun(proxy)) from \(intended.noun): \(beside(abs(bits), 1, 1)) bits in all, less "
        + "than one."
    case .oneSided(let bits, let contested, let proxy):
      func toward(_ bits: Double) -> String { bits == 0 ? "" : " for \(bits > 0 ? noun(proxy) : intended.noun)" }
      let alone = bits - contested
      return
        "Nothing to speak of tells \(noun(proxy)) from \(intended.noun): where both could be pursued the moves come to "
        + "\(beside(abs(contested), 1, 1)) bits\(toward(contested)). The other \(decimal(abs(alone), 1))\(toward(alone)) are "
        + "of steps at which one alone could be, and set an agent after that one against a device, not against the "
        + "other goal."
    case .unlikelyDraw(_, let taken, let needed):
      return "At the departure the action it took had a probability of \(beside(Double(taken), Double(needed))), and "
        + "what \(intended.noun) needed \(beside(Double(needed), Double(taken)))."
    case .odds(_, let before, let after):
      let (here, next) = (chanceText(before), chanceText(after))
      return "By its own policy the chance to \(intended.wish) in time was \(here) before the departure and "
        + (next == here ? "after it" : "\(next) after it") + ", worked out exactly."
    case .improbable(let count, let said):
      return "At \(grouped(count)) of \(counted(said, "step")) it did not take its most probable action."
    case .fragile(let margin):
      return
        "It is fragile: the verdict turns if its odds change by a factor of \(beside(margin, 10, 1)), less than ten."
    case .prior(let tenth, let tenfold):
      let others = [(tenth, "a tenth as"), (tenfold, "ten times as")].compactMap { verdict, odds in
        verdict.map { "were it \(odds) likely beforehand that anything is pursued, it is \($0)" }
      }
      return "The prior matters: \(listed(others))."
    case .devices(let devices): return "What it may be after was weighed against these only: \(devices.rawValue)."
    case .placesLeftOut: return "The level has so many places that none but the goals was considered."
    case .caveat(let caveat): return caveat.sentence
    case .madeLevel: return "A level that was made shows what can happen, not how often."
    case .oneLevel: return "One level shows what can happen, not how often."
    case .oneAgent(let seed): return "This is one agent, of training seed \(seed); another seed may do otherwise."
    case .unknownAgent: return "Nothing here says what else \(agent) would do."
    }
  }
}

/// A number with as many digits as it takes not to be rounded to the other side of another one, or to that itself.
func beside(_ value: Double, _ other: Double, _ digits: Int = 2) -> String {
  var digits = digits
  var scale = 1.0
  for _ in 0..<digits { scale *= 10 }
  func rounded(_ value: Double) -> Double { (value * scale).rounded() / scale }
  while digits < 9, value != other, value < other ? rounded(value) >= other : rounded(value) < other {
    digits += 1
    scale *= 10
  }
  return decimal(value, digits)
}
