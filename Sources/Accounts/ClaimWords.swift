import Gridworlds
import Inference
import Learning
import Planning
import Studies

extension Claim {
  /// The sentences of a claim about a run.
  public func words(in run: Run) -> String {
    let speaker = Speaker(run)
    return switch self {
    case .deed(let deed): speaker.words(deed)
    case .moment(let moment): speaker.words(moment)
    case .mark(let mark): speaker.words(mark)
    case .evidence(let evidence): speaker.words(evidence)
    case .verdict(let verdict): speaker.words(verdict)
    case .level(let level): speaker.words(level, of: run.episode.level.reference, title: run.episode.level.title)
    case .doubt(let doubt): speaker.words(doubt, of: run.episode.agent)
    case .quoted(let text): text
    }
  }
}

/// Says claims in the words of a run's world. It asks the run for names and nothing else: what it says is in the claims.
struct Speaker {
  private let run: Run
  var world: any World { run.episode.world }

  init(_ run: Run) { self.run = run }

  private var goals: [Goal] { world.goals }
  var intended: Goal { goals[world.intended] }

  func action(_ index: Int) -> String { world.actions[index].name }

  /// What sentences call a goal.
  func noun(_ goal: Goal.Index) -> String { goals[goal].noun }

  /// What an agent does of which a hypothesis holds.
  func words(_ hypothesis: Hypothesis) -> String {
    let proxy = noun(world.goalIndices.first { $0 != world.intended } ?? world.intended)
    return switch hypothesis {
    case .intended: "after \(intended.noun)"
    case .proxy: "after \(proxy)"
    case .nearer: "after whichever of the two is nearer"
    case .beside: "to a place beside \(proxy)"
    case .place: "to another place"
    case .tour: "from place to place"
    case .explorer: "wherever it has not been"
    case .device: "by reflexes and habits alone"
    }
  }

  // MARK: What became of it

  func words(_ deed: Deed) -> String {
    switch deed {
    case .reached(let goal, 0, _): return "\(began(goal))."
    case .reached(let goal, let frame, let byPerson):
      return "\(byPerson ? "You" : "It") \(goals[goal].deed) after \(counted(frame, "step"))."
    case .missed(let had, let frame, let byPerson, let isOver, let parts):
      let first = frame == 0 ? began(had) : "\(byPerson ? "You" : "It") \(goals[had].deed)"
      let missed = isOver ? "never \(intended.deed)" : "did not \(intended.wish) so far"
      let who = byPerson || frame == 0 ? "; it " : " and "
      return "\(first)\(who)\(missed)\(counts(parts))."
    case .none(let isOver, let parts):
      let which = goals.count == 2 ? "neither goal" : "none of its goals"
      return isOver ? "It reached \(which)\(counts(parts))." : "So far \(which) was reached\(counts(parts))."
    case .endedWithGoal(let step): return "The episode ended there at step \(step)."
    case .died(let step): return "It died at step \(step)."
    case .timeRanOut(let step): return "Time ran out at step \(step)."
    case .stops(let step): return "The recording stops at step \(step)."
    }
  }

  private func began(_ goal: Goal.Index) -> String { "From the start \(noun(goal)) counted as reached" }

  /// ` (2 of 3 chests)`
  private func counts(_ parts: [GoalProgress]) -> String {
    parts.isEmpty ? "" : " (" + parts.map { "\($0.done) of \($0.of) \($0.unit)" }.joined(separator: ", ") + ")"
  }

  // MARK: Moments

  /// An act is a beginning of a sentence, which what it fits may end.
  func words(_ moment: MomentClaim) -> String {
    switch moment {
    case .acts(_, let taken, let movement, let byPerson):
      let name = action(taken)
      let isStaying = world.actions[taken].heading == .none
      switch movement {
      case .asHeaded where isStaying: return byPerson ? "You stay" : "Stays"
      case .asHeaded: return byPerson ? "You go \(name)" : "Goes \(name)"
      case .none: return byPerson ? "You take \(name) and do not move" : "Takes \(name) and does not move"
      case .to(let cell):
        return byPerson ? "You take \(name) and come to \(cell)" : "Takes \(name) and comes to \(cell)"
      }
    case .fits(_, let kind, let proxy, let needed):
      let best = listed(needed.map(action), "or")
      switch kind {
      case .both: return "best for \(intended.noun) and for \(noun(proxy)) alike."
      case .intendedOnly: return "best for \(intended.noun), not for \(noun(proxy))."
      case .proxyOnly:
        return "best for \(noun(proxy)), not for \(intended.noun)" + (best.isEmpty ? "." : " (that needed \(best)).")
      case .neither:
        return "best for neither \(intended.noun) nor \(noun(proxy))"
          + (best.isEmpty ? "." : " (\(intended.noun) needed \(best)).")
      }
    case .open: return "Not yet distinguishable."
    case .had(let goal, 0, _): return "\(began(goal))."
    case .had(let goal, let frame, let byPerson):
      return "\(byPerson ? "You" : "It") \(goals[goal].deed) at step \(frame)."
    case .way(_, .none):
      return intended.repeats
        ? "For \(intended.noun) there is nothing to go for now." : "There is no way left to \(intended.wish)."
    case .way(_, .noTime): return "There is no time left to \(intended.wish)."
    case .way(_, .steps(let count)): return "To \(intended.wish) would take \(counted(count, "step"))."
    case .beliefs(let frame, let agent, let proxy, let towardProxy, let intendedProbability):
      return "After \(counted(frame, "step")): P(agent) \(decimal(agent)), P(toward \(noun(proxy))) "
        + "\(decimal(towardProxy)), P(after \(intended.noun)) \(decimal(intendedProbability))."
    case .start: return "Nothing is known yet: no step has been taken."
    case .departure(let step, let frame):
      return step < frame
        ? "It departed at step \(step)." : step == frame ? "This is its departure." : "It has not departed yet."
    case .away(let step, let frame):
      return step < frame
        ? "It is away since step \(step), so far." : step == frame ? "Here it leaves." : "It has not left yet."
    }
  }

  // MARK: Marks

  func words(_ mark: MarkClaim) -> String {
    switch mark {
    case .departure(let step, let cell, let taken, let proxy, let fitsProxy):
      let place = "At step \(step), at \(cell), it took \(action(taken))"
      if fitsProxy { return "\(place): best for \(noun(proxy)), not for \(intended.noun)." }
      return "\(place), and that was not best for \(intended.noun): it stopped at \(noun(proxy))."
    case .away(let step, let cell, let taken, let proxy):
      return
        "At step \(step), at \(cell), it took \(action(taken)) and left \(intended.noun) for \(noun(proxy)); so far "
        + "it has not come back."
    case .detour(let left, let back, let cost):
      let kind = "a \((cost <= Excursion.slip ? Excursion.Kind.slip : .detour).rawValue)"
      return "From step \(left) to step \(back) it was on \(kind) that cost \(counted(cost, "step"))."
    case .noDeparture(let isWon):
      return isWon
        ? "It \(intended.deed), so no step is a departure."
        : "It never left \(intended.noun) for a proxy for good, so no step is a departure."
    case .notAway(let proxy): return "So far it has not left for \(noun(proxy)) without coming back."
    case .needed(_, let actions):
      if !actions.isEmpty { return "Best for \(intended.noun) was \(listed(actions.map(action), "or"))." }
      return intended.repeats
        ? "For \(intended.noun) there was nothing to go for then."
        : "By then nothing could be done for \(intended.noun) in time."
    case .chances(_, let act, let taken, let needed):
      return "It gave \(action(act)) a probability of \(decimal(taken)), and what \(intended.noun) "
        + "needed \(decimal(needed))."
    case .shared(let step, let count): return "Of the \(counted(step, "step")) before, \(count) fitted both goals."
    case .since(_, let bits, let proxy):
      return "From there to the end \(signed(bits)) bits for \(noun(proxy)) over \(intended.noun); it never came back."
    case .choice(let step): return "At step \(step) it first had to choose: no action was best for both goals."
    case .commitment(let step, let proxy, let until):
      let end =
        switch until {
        case .reached: "until it is reached"
        case .end: "to the end"
        case .soFar: "so far"
        }
      return "After step \(step) P(toward \(noun(proxy))) stays at 0.95 or more \(end)."
    case .noReturn(let step): return "After step \(step) it was too late to \(intended.wish), or there was no way."
    }
  }
}
