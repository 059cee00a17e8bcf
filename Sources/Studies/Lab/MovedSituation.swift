import Gridworlds
import Planning

/// The policy asked in the midst of an episode: this very situation, with the one object of a goal lying elsewhere, where
/// the best first steps to it have nothing in common with those to where it lies.
public struct MovedSituation: Sendable {
  /// Whose object is moved.
  public let goal: Goal.Index
  /// Where the object lies, and where it is moved to.
  public let home: Position, place: Position
  /// The level with the object moved, and the situation there.
  public let level: Level, state: PackedState
  /// What the policy makes of the situation as it is, and with the object moved.
  public let before: Decision, after: Decision
  /// The best first actions to the object where it lies, and where it is moved to.
  public let bestBefore: [Int], bestAfter: [Int]

  /// Why nothing can be asked.
  public enum Refusal: Error, Sendable, Hashable {
    /// Nothing is decided here.
    case ended
    /// No goal has one object that lies on the map and is still to be had.
    case nothingToMove
    /// Wherever an object could go, the best first steps would stay the same, or the situation would be another one.
    case noPlace
  }

  /// Places looked at for a goal, and of those asked about: each costs a plan.
  static let most = (places: 60, questions: 3)
  /// States of a plan; beyond them ways are taken to be as long as through free air.
  static let largestPlan = 50_000

  /// The questions of a moment: of the intended goal first, and of each goal with the nearest place first.
  /// - Throws: why there are none.
  public static func all(
    in episode: Episode, at frame: Int, policy: any Policy
  ) throws(Refusal) -> [MovedSituation] {
    guard frame < episode.steps.count || episode.conclusion == .stopped else { throw .ended }
    var (questions, isMovable): ([MovedSituation], Bool) = ([], false)
    for goal in episode.world.goalIndices {
      guard let found = all(goal, in: episode, at: frame, policy) else { continue }
      isMovable = true
      questions += found
    }
    guard !questions.isEmpty else { throw isMovable ? .noPlace : .nothingToMove }
    return questions
  }

  /// The questions of one goal; `nil` where it has no object to move.
  private static func all(
    _ goal: Goal.Index, in episode: Episode, at frame: Int, _ policy: any Policy
  ) -> [MovedSituation]? {
    let (world, level, state) = (episode.world, episode.level, episode.states[frame])
    guard level.targets(of: goal).count == 1, let home = level.targets(of: goal).first,
      episode.achievement(of: goal).map({ $0 > frame }) ?? true,
      let study = Placements(.thing(home), in: level, of: world, agent: Agent(policy)),
      let graph = StateGraph(world, level, around: [state], limit: largestPlan)
    else { return nil }
    let bestBefore = graph.optimalActions(for: goal, in: 0)
    guard !bestBefore.isEmpty else { return nil }
    let before = policy.decide(in: Situation(world: world, level: level, state: state, time: frame))
    // Breadth first: the nearest cells come first, always in the same order.
    var seen: Set<Position> = [graph.reachable.agents[0], home]
    var questions: [MovedSituation] = []
    let cells = graph.reachable.agents.filter { seen.insert($0).inserted }
    for cell in cells.prefix(most.places) where questions.count < most.questions {
      guard let moved = study.level(at: cell), moved.targets(of: goal) == [cell],
        isSame(state, in: world, level, moved, from: home, to: cell),
        let other = StateGraph(world, moved, around: [state], limit: largestPlan)
      else { continue }
      let bestAfter = other.optimalActions(for: goal, in: 0)
      guard !bestAfter.isEmpty, Set(bestBefore).isDisjoint(with: bestAfter) else { continue }
      let after = policy.decide(in: Situation(world: world, level: moved, state: state, time: frame))
      questions.append(
        MovedSituation(
          goal: goal, home: home, place: cell, level: moved, state: state, before: before, after: after,
          bestBefore: bestBefore, bestAfter: bestAfter))
    }
    return questions
  }

  /// Whether the bytes of a state mean the same on the other map, but for the object: a state may number what lies on a
  /// map, and the numbers may be others there.
  private static func isSame(
    _ state: PackedState, in world: any World, _ level: Level, _ moved: Level, from home: Position, to cell: Position
  ) -> Bool {
    let (here, there) = (world.frame(of: state, in: level), world.frame(of: state, in: moved))
    let tile = level.map[home]
    let object = here.occupants.contains { $0.position == home && $0.tile == tile }
    // What lies on the map as a mobile thing must still be there.
    guard object == there.occupants.contains(where: { $0.position == cell && $0.tile == tile }),
      object || !level.mobiles.contains(where: { $0.position == home }),
      !here.occupants.contains(where: { $0.position == cell })
    else { return false }
    func rest(_ frame: Frame, _ place: Position) -> [Occupant: Int] {
      frame.occupants.filter { $0.position != place || $0.tile != tile }.reduce(into: [:]) { $0[$1, default: 0] += 1 }
    }
    return here.agent == there.agent && here.achieved == there.achieved && rest(here, home) == rest(there, cell)
  }

  /// How much probability follows the object: half of what leaves its old best actions and of what comes to its new ones,
  /// 1 of an agent after it, 0 of one that does not care, less of one that shies away.
  public var follow: Double {
    func gain(_ actions: [Int]) -> Double {
      actions.reduce(0) { sum, action in
        guard before.probabilities.indices.contains(action), after.probabilities.indices.contains(action) else {
          return sum
        }
        return sum + Double(after.probabilities[action]) - Double(before.probabilities[action])
      }
    }
    return (gain(bestAfter) - gain(bestBefore)) / 2
  }
}
