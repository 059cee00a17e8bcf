import Gridworlds
import Planning
import Studies

/// What a comparison shows, in sentences of which each holds: they are made from the two runs and from nothing else.
extension Comparison {
  /// What the comparison shows, the most telling first.
  public var caption: String { captionSentences.joined(separator: " ") }

  /// The sentences of ``caption``; where room is short, the first ones are those to keep.
  public var captionSentences: [String] {
    caveats + [differenceSentence, movesSentence, inference, outcomeSentence, verdictSentence].compactMap(\.self)
  }

  /// What is known against a side.
  private var caveats: [String] {
    let sides = zip(["A", "B"], [first, second]).flatMap { name, run in
      run.caveats.compactMap { $0.sentence(of: name) }
    }
    let approximate = [first, second].map { $0.analysis?.graph.isApproximate == true }
    guard approximate.contains(true) else { return sides }
    return sides + [
      approximate == [true, true]
        ? "Values are approximate." : "Values are approximate in \(approximate[0] ? "A" : "B")."
    ]
  }

  // MARK: What differs

  /// Something in which the two sides differ, before anybody acts or because a person did.
  enum Difference: Hashable {
    case world, intention, mapSize
    /// Cells whose tile is another one; the kinds of things involved, free floor left out.
    case map(cells: Int, things: [String])
    case targets, timeLimit, agent, seed, interventions
  }

  /// All in which the two sides differ, as far as their episodes say.
  var differences: [Difference] {
    let (a, b) = (first.episode, second.episode)
    var list: [Difference] = []
    if a.world.name != b.world.name {
      let isOneLevel = a.level.map == b.level.map && a.world.family == b.world.family
      list.append(isOneLevel && intendedID(a) != intendedID(b) ? .intention : .world)
    }
    if a.level.map.width != b.level.map.width || a.level.map.height != b.level.map.height {
      list.append(.mapSize)
    } else if a.level.map != b.level.map {
      let changed = zip(a.level.map.elements, b.level.map.elements).filter { $0 != $1 }
      let tiles = Set(changed.flatMap { [$0, $1] }).subtracting([.floor])
      let things = a.world.legend.entries.filter { tiles.contains($0.tile) }.map(\.name)
      list.append(.map(cells: changed.count, things: things))
    } else if a.world.name == b.world.name && a.level.targets != b.level.targets {
      list.append(.targets)
    }
    if a.level.timeLimit != b.level.timeLimit { list.append(.timeLimit) }
    if a.hasOtherAgent(than: b) { list.append(.agent) }
    if a.seed != b.seed { list.append(.seed) }
    if a.interventions != b.interventions { list.append(.interventions) }
    return list
  }

  private func intendedID(_ episode: Episode) -> String { episode.world.goals[episode.world.intended].id }

  private var differenceSentence: String? {
    let all = differences
    guard let only = all.first else {
      return partingStep == nil ? "Level, agent, seed and moves are the same." : "Level, agent and seed are the same."
    }
    if all.count > 1 {
      let words = all.map(short)
      return "\(Comparison.number(all.count)) things differ: \(words.joined(separator: ", "))."
    }
    let (a, b) = (first.episode, second.episode)
    switch only {
    case .world: return "Only the world differs: \(a.world.name) and \(b.world.name)."
    case .intention:
      return "One level, one agent, two intentions: A meant the \(intendedID(a)), B the \(intendedID(b))."
    case .mapSize: return "Only the maps differ, in size too."
    case .map(let cells, let things):
      guard things.count == 1, let thing = things.first else {
        return "Only the maps differ, in \(cells) cell\(cells == 1 ? "" : "s")."
      }
      return isPlaceOfOne(thing)
        ? "Only the place of the \(thing) differs." : "Only cells with \(thing) differ, \(cells) of them."
    case .targets: return "Only the places of the goals differ."
    case .timeLimit: return "Only the time limits differ: \(a.level.timeLimit) and \(b.level.timeLimit) steps."
    case .agent: return "Only the agents differ: \(agents)."
    case .seed: return "Only the seeds of the sampling differ: \(a.seed) and \(b.seed)."
    case .interventions: return "Only who acted differs: \(yourMoves)."
    }
  }

  private func short(_ difference: Difference) -> String {
    let (a, b) = (first.episode, second.episode)
    switch difference {
    case .world: return "the world"
    case .intention: return "what was meant"
    case .mapSize: return "the maps with their sizes"
    case .map(let cells, _): return "the maps in \(cells) cell\(cells == 1 ? "" : "s")"
    case .targets: return "the places of the goals"
    case .timeLimit: return "the time limits"
    case .agent: return "the agents \(agents)"
    case .seed: return "the seeds \(a.seed) and \(b.seed)"
    case .interventions: return "who acted (\(yourMoves))"
    }
  }

  /// Both by name; two of one name are two all the same.
  private var agents: String {
    let (a, b) = (first.episode.agent, second.episode.agent)
    return a == b ? "\(a) and another one called so" : "\(a) and \(b)"
  }

  /// Where a person acted, by side.
  private var yourMoves: String {
    let texts = zip(["A", "B"], [first.episode, second.episode]).compactMap { name, episode -> String? in
      let ranges = episode.interventionRanges
      guard let only = ranges.first else { return nil }
      let texts = ranges.prefix(3).map {
        $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)–\($0.upperBound)"
      }
      let steps = ranges.count == 1 && only.count == 1 ? "step" : "steps"
      return "in \(name) at \(steps) \(texts.joined(separator: ", "))\(ranges.count > 3 ? " …" : "")"
    }
    return "you " + texts.joined(separator: ", ")
  }

  /// Whether each map has one such thing, not on the same cell.
  private func isPlaceOfOne(_ thing: String) -> Bool {
    guard let tile = first.episode.world.legend.entries.first(where: { $0.name == thing })?.tile else { return false }
    let places = [first, second].map { $0.episode.level.map.positions(of: tile) }
    return places.allSatisfy { $0.count == 1 } && places[0] != places[1]
  }

  // MARK: What was done

  /// Whether the two sides can do the same things, so that their moves can be compared.
  public var sharesActions: Bool { first.episode.world.actions == second.episode.world.actions }

  /// The first step at which the two did not do the same, or one had ended; `nil` where there is none.
  public var partingStep: Int? {
    let (a, b) = (first.episode.steps, second.episode.steps)
    let count = Swift.min(a.count, b.count)
    return (0..<count).first { a[$0].action != b[$0].action } ?? (a.count == b.count ? nil : count)
  }

  private var movesSentence: String? {
    guard sharesActions else { return "Their actions are not of one kind." }
    let (same, count) = sameMoves(before: .max)
    guard count > 0 else { return nil }
    let isShorter = first.episode.steps.count != second.episode.steps.count
    let which = isShorter ? " that both took" : ""
    if same == count {
      return count == 1 ? "The one move\(which) is the same." : "All \(count) moves\(which) are alike."
    }
    return "\(same) of \(count) moves\(which) are alike, and they part at step \(partingStep ?? count)."
  }

  /// What follows, where something does: a goal that was moved while the moves were not is not what they follow.
  private var inference: String? {
    let (same, count) = sameMoves(before: .max)
    guard sharesActions, count > 0, same == count else { return nil }
    let all = differences
    if all == [.intention] { return "What was meant changed no move." }
    guard all.count == 1, case .map(_, let things)? = all.first, things.count == 1, isPlaceOfOne(things[0]) else {
      return nil
    }
    let (a, b) = (first.episode, second.episode)
    let goal = a.world.intended
    let isGoalAlone =
      a.level.targets(of: goal) != b.level.targets(of: goal)
      && a.world.goalIndices.allSatisfy { $0 == goal || a.level.targets(of: $0) == b.level.targets(of: $0) }
    guard isGoalAlone, a.interventions.isEmpty else { return nil }
    return "So in which of the two places the \(things[0]) lay made no difference to these moves."
  }

  private var outcomeSentence: String? {
    let (a, b) = (outcome(of: first.episode), outcome(of: second.episode))
    let isWhole = ![first, second].contains { $0.episode.conclusion == .stopped }
    if a == b, isWhole, first.episode.world.name == second.episode.world.name { return "Both \(a)." }
    return "A \(a); B \(b)."
  }

  /// What became of one side; a person's deeds are called a person's.
  private func outcome(of episode: Episode) -> String {
    let goals = episode.world.goals
    func deed(_ goal: Goal.Index, _ frame: Int) -> String {
      "\(goals[goal].deed)\(episode.isByPerson(goal) ? ", by your move," : "") after \(frame) step\(frame == 1 ? "" : "s")"
    }
    let intended = episode.world.intended
    if let frame = episode.achievement(of: intended) { return deed(intended, frame) }
    let proxy = episode.world.goalIndices.filter { $0 != intended }
      .compactMap { goal in episode.achievement(of: goal).map { (goal, $0) } }.min { $0.1 < $1.1 }
    let missed =
      episode.conclusion == .stopped
      ? "has not \(goals[intended].deed) so far, its recording stops at step \(episode.steps.count)"
      : "never \(goals[intended].deed)"
    return (proxy.map { "\(deed($0.0, $0.1)) and " } ?? "") + missed
  }

  private var verdictSentence: String? {
    guard let a = first.analysis?.verdict.words, let b = second.analysis?.verdict.words else { return nil }
    let names = [a, b].map { $0 == "unfinished" ? "none, unfinished" : $0 }
    return a == b ? "Both verdicts: \(names[0])." : "Verdicts: A \(names[0]), B \(names[1])."
  }

  private static func number(_ count: Int) -> String {
    let names = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven"]
    return names.indices.contains(count) ? names[count] : "\(count)"
  }
}
