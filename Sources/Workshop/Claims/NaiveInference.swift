import Foundation
import Gridworlds
import Inference
import Planning

/// What the moves of an episode say.
struct NaiveInference {
  private let posterior: Posterior?
  private let track: GoalTrack?

  init(_ facts: EpisodeFacts) {
    let run =
      StateGraph(facts.world, facts.episode.level).flatMap { Analysis(facts.episode, graph: $0) }
      ?? StateGraph(facts.world, facts.episode.level, around: facts.states).flatMap {
        Analysis(facts.episode, graph: $0)
      }
    posterior = run?.posterior
    track = run?.track()
  }

  /// The probability of each hypothesis after some steps.
  func belief(after steps: Int) -> [Double] {
    Hypothesis.allCases.map { posterior?.probability(of: $0, after: steps) ?? 0 }
  }

  /// The evidence after some steps for an agent over the devices, in bits.
  func agentBits(after steps: Int) -> Double { posterior?.agentOverDevice(after: steps) ?? 0 }

  /// P(agent).
  func agent(after steps: Int) -> Double { posterior?.agentProbability(after: steps) ?? 0 }

  /// The evidence after some steps for the proxy over the intended goal, in bits.
  func bits(after steps: Int) -> Double { posterior?.proxyOverIntended(after: steps) ?? 0 }

  /// By step the probability of the intended goal, the proxy and nothing in hindsight.
  func pursuits() -> [[Double]] { track?.smoothed ?? [] }
}
