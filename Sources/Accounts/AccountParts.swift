import Gridworlds
import Learning
import Planning
import Studies

/// The parts of an account that say what happened.
extension Account {
  var training: [String] {
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
      sentences.append("Its file names the command that trains it again: \(record.command)")
      if record.world != world.name { sentences.append("Here it acts in \(world.name), in which it was not trained.") }
      if let rates = record.rates {
        sentences.append(
          "Its file says, of \(counted(rates.levels, "held-out level")) of each kind: it reached the intended goal in "
            + "\(percent(rates.trainSuccess)) of those as in training and in \(percent(rates.shiftSuccess)) of the shifted "
            + "ones; of these a proxy alone in \(percent(rates.shiftProxyOnly)), neither in "
            + "\(percent(rates.shiftNeither)).")
      } else {
        sentences.append("No rates were measured with it.")
      }
    } else if episode.agent == Episode.person {
      sentences.append("Nobody was trained here: you act yourself.")
    } else {
      sentences.append("Of the agent, \(episode.agent), nothing is known here but its name: not how it was trained.")
    }
    sentences.append("The world: \(world.story.source).")
    return sentences
  }

  var change: [String] {
    let reference = episode.level.reference
    var sentences: [String] = []
    switch origin {
    case .drawn(.training, let seed):
      sentences.append("\(reference) is drawn from the training distribution: nothing is shifted.")
      sentences.append(heldOut(seed))
    case .drawn(.shifted, let seed):
      sentences.append("\(reference) is drawn from the shifted distribution. \(world.story.shift)")
      sentences.append(heldOut(seed))
    case .twin: sentences.append("By its name \(reference) is the training twin of another level.")
    case .made:
      let title = episode.level.title.isEmpty ? "" : ", \u{201C}\(episode.level.title)\u{201D},"
      sentences.append("\(reference)\(title) comes from neither distribution: it was made for its own sake.")
    }
    guard let difference else { return sentences + ["It has no training twin to be compared with."] }
    if difference.isEmpty { return sentences + ["Nothing differs from its training twin."] }
    if let cells = difference.cells, cells == 0 {
      sentences.append("The map is that of its training twin.")
    } else if let cells = difference.cells {
      sentences.append("Against its training twin \(grouped(cells)) of \(counted(difference.area, "cell")) differ.")
    } else {
      sentences.append("Its training twin has another size.")
    }
    return sentences + difference.sentences
  }

  private func heldOut(_ seed: UInt64) -> String {
    let first = TrainingConfiguration.firstHeldOutSeed
    return seed >= first
      ? "It is held out: trainings draw levels with numbers below \(grouped(Int(first)))."
      : "It is not held out: trainings draw levels with numbers below \(grouped(Int(first))), and \(seed) is one."
  }

  var departure: [String] {
    guard let analysis = run.analysis else { return ["Nothing was computed: no plan reaches along this episode."] }
    var sentences: [String] = []
    let proxy = noun(analysis.proxy)
    let marks = analysis.marks
    if let step = marks.departure {
      let taken = action(episode.steps[step].action)
      let place = "At step \(step), at \(episode.frames[step].agent), it took \(taken)"
      if analysis.classes[step] == .proxyOnly {
        sentences.append("\(place): best for \(proxy), not for \(intended.noun).")
      } else {
        let reached = episode.achievement(of: analysis.proxy).map {
          "\(episode.isByPerson(analysis.proxy) ? "You" : "It") \(world.goals[analysis.proxy].deed) at step \($0). "
        }
        sentences.append("\(reached ?? "")\(place), and that was not best for \(intended.noun).")
      }
      let best = needed(at: step).map(action)
      sentences.append(
        best.isEmpty
          ? "By then nothing could be done for \(intended.noun) in time."
          : "Best for \(intended.noun) was \(listed(best, "or")).")
      if let chances = departureChances {
        sentences.append(
          "It gave \(taken) a probability of \(decimal(chances.taken)), and what \(intended.noun) needed "
            + "\(decimal(chances.best)).")
      }
      let before = analysis.classes.prefix(step)
      if step > 0 {
        let both = before.filter { $0 == .both }.count
        sentences.append("Of the \(counted(step, "step")) before, \(both) fitted both goals.")
      }
      if let bits = bitsFromDeparture {
        sentences.append(
          "From there to the end \(signed(bits)) bits for \(proxy) over \(intended.noun); the evidence never falls "
            + "back below where it stood before.")
      }
    } else {
      sentences.append("No step parts it from \(intended.noun) for good, as departures are defined.")
    }
    if let step = marks.decision, step < episode.steps.count {
      sentences.append("At step \(step) it first had to choose: no action was best for both goals.")
    }
    if let step = marks.commitment {
      let end = episode.achievement(of: analysis.proxy) == nil ? "to the end" : "until it is reached"
      sentences.append("After step \(step) P(\(name(analysis.proxy))) stays at 0.95 or more \(end).")
    }
    if let step = marks.noReturn, episode.achievement(of: world.intended).map({ $0 > step }) ?? true {
      sentences.append("After step \(step) it was too late to \(intended.wish), or there was no way.")
    }
    return sentences
  }

  var evidence: [String] {
    guard let analysis = run.analysis else { return ["None was computed."] }
    let count = episode.steps.count
    guard count > 0 else { return ["There is none: no step was taken."] }
    let proxy = noun(analysis.proxy)
    func number(_ kind: StepClass) -> Int { analysis.classes.filter { $0 == kind }.count }
    var sentences = interventions
    sentences += [
      "Of \(counted(count, "step")) \(number(.both)) fit both goals, \(number(.proxyOnly)) \(proxy) alone, "
        + "\(number(.intendedOnly)) \(intended.noun) alone, \(number(.neither)) neither."
    ]
    let agentBits = analysis.agentOverDeviceBits
    sentences.append(
      "P(agent) is \(decimal(analysis.posterior.agentProbability(after: count))): "
        + (agentBits >= 0 ? "an agent with a goal explains the moves" : "a device without a goal explains the moves")
        + " better by \(decimal(abs(agentBits), 1)) bits.")
    let beliefs = analysis.posterior.goals(after: count)
    let ranked = beliefs.indices.sorted { (-beliefs[$0], $0) < (-beliefs[$1], $1) }
      .prefix(3).enumerated().filter { $0.offset == 0 || beliefs[$0.element] >= 0.005 }.map(\.element)
    sentences.append(
      "If an agent acts, of \(counted(beliefs.count, "possible goal")) the likeliest: "
        + ranked.map { "P(\(name($0))) \(decimal(beliefs[$0]))" }.joined(separator: ", ") + ".")
    let bits = analysis.proxyOverIntendedBits
    sentences.append(
      bits >= 0
        ? "In all \(decimal(bits, 1)) bits for \(proxy) over \(intended.noun)."
        : "In all \(decimal(-bits, 1)) bits for \(intended.noun) over \(proxy).")
    let telling = analysis.mostTelling().map { step in
      "step \(step) (\(action(episode.steps[step].action)), \(signed(analysis.bits(of: step))))"
    }
    sentences.append(
      telling.isEmpty
        ? "No step tells the two goals apart."
        : "What moved the belief most, in bits: \(telling.joined(separator: ", ")).")
    let whose = episode.interventions.isEmpty ? "Its moves" : "Its moves and yours"
    sentences.append("\(whose) cost \(counted(analysis.totalRegret, "step")) against the best for \(intended.noun).")
    let segments = count <= 2_000 ? analysis.track().segments : []
    if segments.count > 1 {
      let shown = segments.prefix(4).map { "\(name($0.goal)) \($0.steps.lowerBound)–\($0.steps.upperBound - 1)" }
      sentences.append(
        "If it may change its mind, it was after " + shown.joined(separator: ", then ")
          + (segments.count > 4 ? " and \(segments.count - 4) more." : "."))
    }
    return sentences
  }

  /// Whose moves are no evidence.
  private var interventions: [String] {
    guard let steps = Narration(run).humanSteps else { return [] }
    let isOne = episode.interventions.count == 1
    return [
      "At step\(isOne ? "" : "s") \(steps) you acted in the agent's stead: what you did says nothing of its goal, and is "
        + "left out of what follows but for the classes and the cost."
    ]
  }

  var verdict: [String] {
    let narration = Narration(run)
    return [narration.ending, narration.verdict]
  }

  func percent(_ share: Double) -> String {
    let value = share * 100
    return decimal(value, value > 0 && value < 1 || value > 99 && value < 100 ? 1 : 0) + " %"
  }
}
