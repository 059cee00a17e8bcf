import Foundation
import Gridworlds
import Planning

/// What the moves of an episode say about what is behind them, step by step.
///
/// A hypothesis's likelihood is an even mixture over the kinds of ``Seekers`` of an unknown agent; of a known one, over what
/// its other episodes taught (``KnownAgent``).
public struct Posterior: Sendable {
  /// What is known of the agent beforehand.
  public enum Mode: String, Sendable {
    /// Nothing: this episode is all there is.
    case lone
    /// Its profile.
    case known
  }

  public let mode: Mode
  /// Whether other places than the goals were too many to be considered.
  public let leavesOutPlaces: Bool
  /// By number of steps seen and hypothesis.
  private var probabilities: [Double] = []
  /// By number of steps seen: the evidence for the proxy over the intended goal, and for anything over a device, in bits.
  private var proxyBits: [Double] = [], agentBits: [Double] = []

  /// What is thought of that pursues nothing, in words for screens and files.
  public enum Devices: String, Sendable, Hashable {
    /// Of an unknown agent that goes in four directions.
    case reflexes = "reflexes, and habits learnt from the episode"
    /// Of any other unknown agent.
    case learnt = "habits learnt from the episode"
    /// Of a known agent.
    case habits = "its habits on other levels, and habits learnt from the episode"

    /// The devices of an unknown agent.
    public init(in world: any World) { self = Reflexes.isMeant(in: world) ? .reflexes : .learnt }
  }

  /// What is thought of that pursues nothing.
  public let devices: Devices

  /// What is believed of an unknown agent beforehand.
  public static let lonePrior = PerHypothesis { hypothesis in
    switch hypothesis {
    case .intended, .proxy: 0.2
    case .nearer: 0.1
    case .beside, .place, .tour, .explorer: 0.06
    case .device: 0.26
    }
  }

  /// The posterior of an episode.
  /// - Parameters:
  ///   - episode: the episode.
  ///   - terrain: its level; `nil` of one with too many states, of which nothing is learnt.
  ///   - known: what is known of its agent.
  init(_ episode: Episode, _ terrain: Terrain?, known: KnownAgent? = nil) {
    mode = known == nil ? .lone : .known
    devices = known == nil ? Devices(in: episode.world) : .habits
    guard let terrain else {
      // What cannot be searched says nothing.
      leavesOutPlaces = true
      let count = episode.steps.count + 1
      probabilities = (0..<count).flatMap { _ in Hypothesis.allCases.map { Posterior.lonePrior[$0] } }
      proxyBits = Array(repeating: 0, count: count)
      agentBits = proxyBits
      return
    }
    let weights = known?.logWeights(on: terrain) ?? Posterior.loneWeights
    let device = Hypothesis.device.rawValue * Seekers.count
    var (probabilities, proxyBits, agentBits): ([Double], [Double], [Double]) = ([], [], [])
    let all = Likelihoods(episode, terrain, known.map { .habits($0.habits) } ?? .reflexes, known?.places ?? .far) {
      logs in
      let belief = Posterior.belief(logs.logs, weights)
      for hypothesis in Hypothesis.allCases { probabilities.append(belief[hypothesis]) }
      proxyBits.append((logs[.proxy] - logs[.intended]) / log(2))
      let terms = zip(logs.logs, weights).map { $0 + $1 }
      let agent = logSum(Array(terms[..<device])) - logSum(Array(weights[..<device]))
      agentBits.append((agent - (logSum(Array(terms[device...])) - logSum(Array(weights[device...])))) / log(2))
    }
    leavesOutPlaces = all.leavesOutPlaces
    (self.probabilities, self.proxyBits, self.agentBits) = (probabilities, proxyBits, agentBits)
  }

  /// The logarithm of each hypothesis's and kind's share beforehand.
  static let loneWeights = Hypothesis.allCases.flatMap { hypothesis in
    Array(repeating: log(lonePrior[hypothesis] / Double(Seekers.count)), count: Seekers.count)
  }

  /// The probability of each hypothesis.
  /// - Parameters:
  ///   - logs: the likelihoods, by hypothesis and kind.
  ///   - weights: the logarithms of the shares beforehand, likewise.
  static func belief(_ logs: [Double], _ weights: [Double]) -> PerHypothesis {
    let terms = zip(logs, weights).map { $0 + $1 }
    let largest = terms.max() ?? 0
    var sums = [Double](repeating: 0, count: Hypothesis.count)
    if largest > -.infinity {
      for (index, term) in terms.enumerated() { sums[index / Seekers.count] += exp(term - largest) }
    }
    return PerHypothesis(proportionalTo: sums)
  }

  /// The probability of each hypothesis after some steps.
  public func belief(after steps: Int) -> PerHypothesis {
    let start = min(max(0, steps) * Hypothesis.count, probabilities.count - Hypothesis.count)
    return PerHypothesis(proportionalTo: Array(probabilities[start..<start + Hypothesis.count]))
  }

  /// The probability of one of them.
  public func probability(of hypothesis: Hypothesis, after steps: Int) -> Double {
    probabilities[min(max(0, steps) * Hypothesis.count, probabilities.count - Hypothesis.count) + hypothesis.rawValue]
  }

  /// The probability that anything at all is pursued.
  public func agentProbability(after steps: Int) -> Double { 1 - probability(of: .device, after: steps) }

  /// The evidence for the proxy over the intended goal, in bits.
  public func proxyOverIntended(after steps: Int) -> Double { proxyBits[min(max(0, steps), proxyBits.count - 1)] }

  /// The evidence for an agent that pursues anything over the devices, in bits.
  public func agentOverDevice(after steps: Int) -> Double { agentBits[min(max(0, steps), agentBits.count - 1)] }
}
