import Gridworlds
import Planning

/// A walk away from the intended goal.
public struct Excursion: Sendable, Hashable {
  /// How much it cost.
  public enum Kind: String, Sendable, CaseIterable {
    /// At most ``Excursion/slip`` steps.
    case slip
    /// More.
    case detour
  }

  /// The step with which it begins: it fits the proxy and not the intended goal.
  public let left: Int
  /// The first frame at which it is back; `nil` where there is none.
  public let back: Int?
  /// The steps that it cost against the best way on from where it was left; those taken, where it never came back.
  public let cost: Int

  /// What a slip costs at most, in steps: one the wrong way and the one back.
  public static let slip = 2

  /// How much it cost.
  public var kind: Kind { cost <= Excursion.slip ? .slip : .detour }
}

/// An episode between its two goals: what each step costs either, which is what tells where it leaves the intended one,
/// and whether it comes back.
///
/// A step costs a goal as many steps as it makes the way longer, itself included: nothing where it is one of the fewest,
/// one where it changes nothing, two where it is one back. What the intended goal has paid more than the proxy since some
/// frame is the *lead* of the proxy. On the way of an agent after the intended goal it never grows, on the way of one
/// after the proxy never falls, in open rooms and under gravity too, where every way to the proxy comes nearer to the
/// intended goal for a while.
public struct Course: Sendable {
  /// The class of each step.
  private let classes: [StepClass]
  /// By step, what it costs the intended goal.
  private let costs: [Int]
  /// By frame, the lead of the proxy since the start.
  private let leads: [Int]
  /// By frame, the fewest steps to the intended goal; `nil` where there is no way.
  private let distances: [Int?]
  /// The first frames at which the proxy and the intended goal are achieved.
  private let touch: Int?, end: Int?
  /// The first frame from which no goal that is not achieved can be; `nil` where there is none, or nobody can foresee it.
  private let settled: Int?
  /// Whether the proxy is pursued again and again.
  private let proxyRepeats: Bool
  /// Whether the episode came to an end.
  private let isFinished: Bool
  /// Whether distances are to what is wanted next, so that those of two frames cannot be compared.
  private let isOfParts: Bool
  /// The steps that a person took.
  private let interventions: Set<Int>

  /// What a step costs a goal that cannot be reached after it: more than any way makes up for.
  private static let lost = 1 << 24

  /// The course of an episode.
  /// - Parameters:
  ///   - episode: the episode.
  ///   - graph: the states of its level.
  ///   - states: its state at each frame, as an index into the graph.
  ///   - classes: the class of each step.
  ///   - proxy: the proxy that it is seen beside.
  public init(
    _ episode: Episode, along graph: StateGraph, states: [Int], classes: [StepClass], beside proxy: Goal.Index
  ) {
    let actions = episode.steps.actions
    let interventions = Set(episode.interventions)
    let intended = graph.world.intended
    let repeats = graph.world.goals[intended].repeats
    let touch = episode.achievement(of: proxy)
    func cost(_ goal: Goal.Index, _ step: Int) -> Int? {
      guard let now = graph.distances[goal][states[step]], now > 0 else { return nil }
      let next = graph.successor(of: states[step], by: Int(actions[step])) ?? states[step + 1]
      return graph.distances[goal][next].map { 1 + $0 - now } ?? Course.lost
    }
    var costs: [Int] = []
    var leads = [0]
    for step in actions.indices {
      let other = touch.map { $0 <= step } ?? false ? nil : cost(proxy, step)
      // A goal that is pursued again and again and wants nothing now wants the agent to wait.
      let own = cost(intended, step) ?? (repeats && other == 0 ? 1 : 0)
      costs.append(own)
      leads.append(leads[step] + (interventions.contains(step) ? 0 : own - (other ?? 0)))
    }
    (self.classes, self.costs, self.leads, self.touch) = (classes, costs, leads, touch)
    isFinished = episode.conclusion != .stopped
    distances = states.map { graph.distances[intended][$0] }
    end = episode.achievement(of: intended)
    let isOfParts = repeats || !graph.world.isDeterministic
    self.isOfParts = isOfParts
    proxyRepeats = graph.world.goals[proxy].repeats
    func isOpen(_ goal: Goal.Index, _ frame: Int) -> Bool {
      if let achieved = episode.achievement(of: goal), achieved <= frame { return false }
      return graph.distances[goal][states[frame]].map { $0 <= graph.level.timeLimit - frame } ?? false
    }
    // Once closed, a goal stays closed, so the last open frame tells.
    settled =
      isOfParts
      ? nil
      : (states.indices.last { frame in graph.world.goalIndices.contains { isOpen($0, frame) } } ?? -1) + 1
    self.interventions = interventions
  }

  /// Whether the agent leaves the intended goal with a step: it costs that goal something and fits the proxy or, once
  /// that is touched, whatever it fits.
  private func leaves(at step: Int) -> Bool {
    guard costs[step] > 0, !interventions.contains(step) else { return false }
    return classes[step] == .proxyOnly || touch.map { $0 <= step } ?? false
  }

  /// The first frame after a step at which it is back: the proxy has less of a lead than before the step; or it has been
  /// touched, the intended goal is nearer than before the step, and that is reached in the end or still can be; at the
  /// latest where it is reached. Nowhere from where no way leads to it.
  private func back(from step: Int, last: Int) -> Int? {
    let touch = touch ?? .max
    let mayComeBack = end != nil || !isFinished
    return ((step + 1)...last).first { frame in
      if frame == end { return true }
      if !isOfParts, distances[frame] == nil { return false }
      if frame <= touch { return leads[frame] < leads[step] }
      guard mayComeBack, !isOfParts, let now = distances[frame], let before = distances[step] else { return false }
      return now < before
    }
  }

  /// The first step of the aftermath; `nil` where no step follows.
  /// - Parameter departure: the step with which it left for good.
  public func aftermath(departure: Int?) -> Int? {
    var first = settled ?? .max
    if let end {
      first = min(first, end)
    } else if isFinished, !proxyRepeats, let touch {
      first = min(first, max(touch, departure.map { $0 + 1 } ?? 0))
    }
    return first < classes.count ? first : nil
  }

  /// The walks of the episode in order; none of them overlap, and only the last one may be without a return.
  public func excursions() -> [Excursion] {
    let last = end ?? classes.count
    var list: [Excursion] = []
    var step = 0
    while step < last {
      guard leaves(at: step) else {
        step += 1
        continue
      }
      guard let back = back(from: step, last: last) else {
        list.append(Excursion(left: step, back: nil, cost: last - step))
        return list
      }
      list.append(Excursion(left: step, back: back, cost: costs[step..<back].reduce(0, +)))
      step = back
    }
    return list
  }
}
