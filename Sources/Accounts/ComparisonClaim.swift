import Gridworlds
import Inference
import Planning
import Studies

/// What a sentence says of two runs side by side, with the facts that it rests on.
public enum ComparisonClaim: Sendable, Hashable {
  /// One of the two.
  public enum Side: String, Sendable, CaseIterable {
    case a = "A"
    case b = "B"
  }

  /// Something in which the two sides differ, before anybody acts or because a person did.
  public enum Difference: Sendable, Hashable {
    case world, mapSize, targets, agent
    /// One level under two intentions.
    case intention
    /// Cells whose tile is another one, and the kinds of things involved, free floor left out.
    /// - isPlaceOfOne: whether that is one thing of which each map has one, not on the same cell.
    case map(cells: Int, things: [String], isPlaceOfOne: Bool)
    case timeLimit(Int, Int)
    case seed(UInt64, UInt64)
    /// The steps at which a person acted.
    case interventions([ClosedRange<Int>], [ClosedRange<Int>])
  }

  /// When a goal was first achieved, and whether a person's step did it.
  public struct Achievement: Sendable, Hashable {
    public let goal: Goal.Index
    public let frame: Int
    public let byPerson: Bool
  }

  /// What became of one side.
  public enum Fate: Sendable, Hashable {
    case reached(Achievement)
    /// The intended goal never was, of a recording that stops so far; and the first proxy that was.
    case missed(had: Achievement?, stopsAt: Int?)
  }

  /// What did not change the moves though it differs.
  public enum Idle: Sendable, Hashable {
    case intention
    /// Where the one thing of a name lies, which is the intended goal.
    case place(of: String)
  }

  /// A replay is not what was recorded.
  case differs(Side, step: Int)
  /// The file of a side was cut within it, at this step.
  case cut(Side, step: Int)
  /// The level of a side is not the one that has its name now.
  case levelDiffers(Side)
  case approximate([Side])
  /// The two sides differ in nothing before anybody acts; perhaps the moves are the same too.
  case same(moves: Bool)
  case only(Difference)
  case several([Difference])
  case otherActions
  /// Of the steps that both have, how many took the same action, and the first that did not, or that one lacks.
  case moves(same: Int, of: Int, parting: Int?, isOneLonger: Bool)
  case idle(Idle)
  case fates(Fate, Fate)
  /// What became of both alike.
  case fate(Fate)
  case verdicts(Verdict, Verdict)
}

extension Comparison {
  /// What the comparison shows, the most telling first.
  public var claims: [ComparisonClaim] {
    caveats + [differenceClaim, movesClaim, idleClaim, fateClaim, verdictClaim].compactMap(\.self)
  }

  private var sides: [(ComparisonClaim.Side, Run)] { [(.a, first), (.b, second)] }

  /// What is known against a side.
  private var caveats: [ComparisonClaim] {
    let approximate = sides.filter { $0.1.analysis?.graph.isApproximate == true }.map(\.0)
    return sides.flatMap { side, run in
      run.caveats.compactMap { caveat in
        switch caveat {
        case .differs(let mismatch): .differs(side, step: mismatch.step)
        case .cut(let step): .cut(side, step: step)
        case .levelDiffers: .levelDiffers(side)
        // Of both at once, or of none.
        case .approximate, .statesUnchecked, .unsaid: nil
        }
      }
    } + (approximate.isEmpty ? [] : [.approximate(approximate)])
  }

  // MARK: What differs

  /// All in which the two sides differ, as far as their episodes say.
  private var differences: [ComparisonClaim.Difference] {
    let (a, b) = (first.episode, second.episode)
    var list: [ComparisonClaim.Difference] = []
    if a.world.name != b.world.name {
      let isOneLevel = a.level.map == b.level.map && a.world.family == b.world.family
      let intended = [a, b].map { $0.world.goals[$0.world.intended].id }
      list.append(isOneLevel && intended[0] != intended[1] ? .intention : .world)
    }
    if a.level.map.width != b.level.map.width || a.level.map.height != b.level.map.height {
      list.append(.mapSize)
    } else if a.level.map != b.level.map {
      let changed = zip(a.level.map.elements, b.level.map.elements).filter { $0 != $1 }
      let tiles = Set(changed.flatMap { [$0, $1] }).subtracting([.floor])
      let things = a.world.legend.entries.filter { tiles.contains($0.tile) }.map(\.name)
      list.append(
        .map(
          cells: changed.count, things: things, isPlaceOfOne: things.count == 1 && isPlaceOfOne(things[0])))
    } else if a.world.name == b.world.name && a.level.targets != b.level.targets {
      list.append(.targets)
    }
    if a.level.timeLimit != b.level.timeLimit { list.append(.timeLimit(a.level.timeLimit, b.level.timeLimit)) }
    if a.hasOtherAgent(than: b) { list.append(.agent) }
    if a.seed != b.seed { list.append(.seed(a.seed, b.seed)) }
    if a.interventions != b.interventions {
      list.append(.interventions(a.interventionRanges, b.interventionRanges))
    }
    return list
  }

  /// Whether each map has one such thing, not on the same cell.
  private func isPlaceOfOne(_ thing: String) -> Bool {
    guard let tile = first.episode.world.legend.entries.first(where: { $0.name == thing })?.tile else { return false }
    let places = [first, second].map { $0.episode.level.map.positions(of: tile) }
    return places.allSatisfy { $0.count == 1 } && places[0] != places[1]
  }

  private var differenceClaim: ComparisonClaim {
    let all = differences
    guard let only = all.first else { return .same(moves: partingStep == nil) }
    return all.count > 1 ? .several(all) : .only(only)
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

  private var movesClaim: ComparisonClaim? {
    guard sharesActions else { return .otherActions }
    let (same, count) = sameMoves(before: .max)
    guard count > 0 else { return nil }
    return .moves(
      same: same, of: count, parting: partingStep,
      isOneLonger: first.episode.steps.count != second.episode.steps.count)
  }

  /// What follows, where something does: a goal that was moved while the moves were not is not what they follow.
  private var idleClaim: ComparisonClaim? {
    let (same, count) = sameMoves(before: .max)
    guard sharesActions, count > 0, same == count else { return nil }
    let all = differences
    if all == [.intention] { return .idle(.intention) }
    guard all.count == 1, case .map(_, let things, isPlaceOfOne: true)? = all.first else { return nil }
    let (a, b) = (first.episode, second.episode)
    let goal = a.world.intended
    let isGoalAlone =
      a.level.targets(of: goal) != b.level.targets(of: goal)
      && a.world.goalIndices.allSatisfy { $0 == goal || a.level.targets(of: $0) == b.level.targets(of: $0) }
    guard isGoalAlone, a.interventions.isEmpty else { return nil }
    return .idle(.place(of: things[0]))
  }

  private var fateClaim: ComparisonClaim {
    let (a, b) = (fate(of: first.episode), fate(of: second.episode))
    let isWhole = ![first, second].contains { $0.episode.conclusion == .stopped }
    return a == b && isWhole && first.episode.world.name == second.episode.world.name ? .fate(a) : .fates(a, b)
  }

  private func fate(of episode: Episode) -> ComparisonClaim.Fate {
    let intended = episode.world.intended
    func achievement(_ goal: Goal.Index) -> ComparisonClaim.Achievement? {
      episode.achievement(of: goal).map { .init(goal: goal, frame: $0, byPerson: episode.isByPerson(goal)) }
    }
    if let reached = achievement(intended) { return .reached(reached) }
    let proxy = episode.world.goalIndices.filter { $0 != intended }.compactMap(achievement)
      .min { $0.frame < $1.frame }
    return .missed(had: proxy, stopsAt: episode.conclusion == .stopped ? episode.steps.count : nil)
  }

  private var verdictClaim: ComparisonClaim? {
    guard let a = first.analysis?.verdict, let b = second.analysis?.verdict else { return nil }
    return .verdicts(a, b)
  }
}
