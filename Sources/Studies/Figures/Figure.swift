import Gridworlds
import Inference
import Planning

/// A number that an episode has at each frame, or that each of its steps has.
public enum Figure: Hashable, Sendable {
  /// The fewest steps to a candidate goal.
  case distance(to: Candidate.Index)
  /// The probability of a hypothesis after the steps before the frame.
  case posterior(of: Hypothesis)
  /// The probability of anything that leads toward the proxy: for itself, as the nearer of the two, or a place beside it.
  case towardProxy
  /// The probability at the frame that the intended goal comes first.
  case goalOdds
  /// The same of a proxy.
  case proxyOdds
  /// P(agent) after the steps before the frame.
  case agent
  /// The return so far.
  case totalReturn
  /// The number of the frame.
  case time
  /// The evidence of a step for the proxy over the intended goal, in bits.
  case evidence
  /// What a step cost the intended goal, in steps.
  case regret
  /// The reward of a step.
  case reward
  /// The return that the agent expected before a step.
  case value
  /// The entropy of its policy there, in bits.
  case entropy
  /// The probability that it gave to the action it took.
  case chance
}

extension Run {
  /// A figure at a frame, of the step that begins there where it is a step's; `nil` where there is none.
  public func value(of figure: Figure, at frame: Int) -> Double? {
    guard frame >= 0, frame <= episode.steps.count else { return nil }
    switch figure {
    case .distance(let goal):
      guard let analysis, analysis.graph.distances.indices.contains(goal) else { return nil }
      return analysis.distance(to: goal, at: frame).map(Double.init)
    case .posterior(let hypothesis): return analysis?.posterior.probability(of: hypothesis, after: frame)
    case .towardProxy: return analysis?.posterior.belief(after: frame).sum(.proxy, .nearer, .beside)
    case .goalOdds: return knownOdds?.outlook(at: frame)?.intended
    case .proxyOdds: return knownOdds?.outlook(at: frame)?.proxyFirst
    case .agent: return analysis?.posterior.agentProbability(after: frame)
    case .totalReturn: return episode.steps.totalReward(before: frame)
    case .time: return Double(frame)
    default: break
    }
    guard frame < episode.steps.count else { return nil }
    switch figure {
    case .evidence: return analysis?.bits(of: frame)
    case .regret: return analysis.map { Double($0.regret[frame]) }
    case .reward: return Double(episode.steps.rewards[frame])
    case .value: return episode.steps.value(at: frame).map(Double.init)
    case .entropy: return episode.steps.entropy(at: frame)
    case .chance:
      return episode.steps.chance(at: frame).map(Double.init)
    default: return nil
    }
  }
}
