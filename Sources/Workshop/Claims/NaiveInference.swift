import Foundation
import Gridworlds

/// The posterior over goals by its formulas, step by step with plain probabilities and dictionaries.
///
/// An agent: (1 − ε)·softmax(−β·steps) + ε/|A| over classes of actions of equal cost, within which it has the habits of
/// the devices. The devices: Krichevsky and Trofimov's estimates after nothing, the last action, the last two and the
/// walls around, and no preference, mixed evenly.
struct NaiveInference {
  /// After each number of steps, the natural logarithm of the probability of all actions so far: by target for an agent
  /// that is after it, and for the devices.
  private(set) var agents: [[Double]]
  private(set) var devices: [Double] = [0]
  /// By step, target and model, the probability of the action taken.
  private(set) var emissions: [[[Double]]] = []
  /// What each target is worth beforehand.
  let shares: [Double]

  /// A kind of agent: how sharply it prefers what costs less, and how often it lapses.
  struct Model: Sendable { let beta: Double, lapse: Double }

  static let models: [Model] = [1.0, 2, 4, 8].flatMap { beta in [0.02, 0.1, 0.3].map { Model(beta: beta, lapse: $0) } }

  init(_ facts: EpisodeFacts) {
    let episode = facts.episode
    let declared = facts.oracle.targets.filter { $0.goal != nil }.count
    let others = facts.oracle.targets.count - declared
    shares = facts.oracle.targets.map { target in
      if target.goal == nil { return 0.05 / Double(others) }
      return (others == 0 ? 1 : 0.95) / Double(declared)
    }
    agents = shares.map { _ in [0] }
    var logs = shares.map { _ in NaiveInference.models.map { _ in 0.0 } }
    let count = episode.world.actions.count
    var seen: [[Int]: [Double]] = [:]
    var weights = [Double](repeating: 0.2, count: 5)
    var last = [-1, -1]
    for step in episode.steps.indices {
      let taken = episode.steps[step].action
      let cell = episode.world.agent(of: facts.states[step])
      var walls = 0
      for heading in Heading.orthogonal {
        walls = walls * 2 + (episode.level.isWall(cell.moved(heading)) ? 1 : 0)
      }
      let contexts = [[0], [1, last[0]], [2, last[0], last[1]], [3, walls]]
      let tables = contexts.map { seen[$0] ?? [Double](repeating: 0, count: count) }
      let estimates =
        tables.map { table in
          table.map { ($0 + 0.5) / (table.reduce(0, +) + Double(count) / 2) }
        } + [[Double](repeating: 1 / Double(count), count: count)]
      let total = weights.reduce(0, +)
      let habits = (0..<count).map { action in
        zip(weights, estimates).reduce(0) { $0 + $1.0 / total * $1.1[action] }
      }
      devices.append(devices[step] + log(habits[taken]))
      var row: [[Double]] = []
      for target in shares.indices {
        let probabilities = NaiveInference.probabilities(facts, step, target, habits)
        row.append(probabilities)
        for (model, probability) in probabilities.enumerated() { logs[target][model] += log(probability) }
        let greatest = logs[target].max() ?? 0
        agents[target].append(
          greatest + log(logs[target].reduce(0) { $0 + exp($1 - greatest) } / Double(NaiveInference.models.count)))
      }
      emissions.append(row)
      if !episode.interventions.contains(step) {
        for (context, table) in zip(contexts, tables) {
          var table = table
          table[taken] += 1
          seen[context] = table
        }
        for predictor in weights.indices { weights[predictor] *= estimates[predictor][taken] }
        let sum = weights.reduce(0, +)
        weights = weights.map { $0 / sum }
      }
      last = [taken, last[0]]
    }
  }

  /// The probability of the action taken at a step by each model of an agent that is after a target.
  private static func probabilities(
    _ facts: EpisodeFacts, _ step: Int, _ target: Int, _ habits: [Double]
  ) -> [Double] {
    let taken = facts.episode.steps[step].action
    let costs = facts.ways[target][step].after
    let isSilent =
      facts.episode.interventions.contains(step) || facts.had[target].map { $0 <= step } ?? false
      || costs.allSatisfy { $0 == nil }
    if isSilent { return models.map { _ in habits[taken] } }
    let least = costs.compactMap(\.self).min() ?? 0
    let same = costs.indices.filter { costs[$0] == costs[taken] }
    let habit = habits[taken] / same.reduce(0) { $0 + habits[$1] }
    return models.map { model in
      let weights = costs.map { $0.map { exp(-model.beta * Double($0 - least)) } ?? 0 }
      let softmax = same.reduce(0) { $0 + weights[$1] } / weights.reduce(0, +)
      return ((1 - model.lapse) * softmax + model.lapse * Double(same.count) / Double(costs.count)) * habit
    }
  }

  /// The probability of each target after some steps, given that an agent acts.
  func beliefs(after steps: Int) -> [Double] {
    let logs = zip(agents, shares).map { $0[steps] + log($1) }
    let greatest = logs.max() ?? 0
    let weights = logs.map { exp($0 - greatest) }
    return weights.map { $0 / weights.reduce(0, +) }
  }

  /// The evidence after some steps for an agent over the devices, in bits.
  func agentBits(after steps: Int) -> Double {
    let logs = zip(agents, shares).map { $0[steps] + log($1) }
    let greatest = logs.max() ?? 0
    return (greatest + log(logs.reduce(0) { $0 + exp($1 - greatest) }) - devices[steps]) / log(2)
  }

  /// P(agent) with some odds beforehand.
  func agent(after steps: Int, odds: Double = 1) -> Double { 1 / (1 + exp2(-agentBits(after: steps)) / odds) }

  /// The evidence after some steps for one target over another, in bits.
  func bits(_ first: Int, over second: Int, after steps: Int) -> Double {
    (agents[first][steps] - agents[second][steps]) / log(2)
  }

  /// By step the probability of each target in hindsight, where the goal is drawn anew with 2 in 100 before each step.
  func pursuits() -> [[Double]] {
    let count = Double(NaiveInference.models.count)
    let prior = shares.flatMap { share in NaiveInference.models.map { _ in share / count } }
    let rows = emissions.map { Array($0.joined()) }
    func scaled(_ row: [Double]) -> [Double] { row.map { $0 / row.reduce(0, +) } }
    var forward: [[Double]] = []
    for row in rows {
      let before = forward.last ?? prior
      forward.append(scaled(zip(zip(before, prior), row).map { (0.98 * $0.0 + 0.02 * $0.1) * $1 }))
    }
    var backward = prior.map { _ in 1.0 }
    var result: [[Double]] = []
    for step in rows.indices.reversed() {
      let joint = scaled(zip(forward[step], backward).map { $0 * $1 })
      result.append(
        shares.indices.map {
          joint[($0 * NaiveInference.models.count)..<(($0 + 1) * NaiveInference.models.count)].reduce(0, +)
        })
      let weighted = zip(backward, rows[step]).map { $0 * $1 }
      let drawn = zip(weighted, prior).reduce(0) { $0 + $1.0 * $1.1 }
      backward = scaled(weighted.map { 0.98 * $0 + 0.02 * drawn })
    }
    return result.reversed()
  }
}
