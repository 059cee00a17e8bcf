import Foundation
import Gridworlds
import Testing
import Worlds

@testable import Inference
@testable import Planning

@Suite("Inference")
struct InferenceTests {
  /// The definitions again, the slow way: every hypothesis by itself, products in the open.
  private func bruteForce(_ graph: StateGraph, _ states: [Int], _ actions: [Int]) -> (goals: [Double], device: Double) {
    let count = graph.actionCount
    func contexts(_ step: Int) -> [[Int]] {
      let past = Array(actions.prefix(step))
      let one = past.last ?? count
      let two = past.count > 1 ? past[past.count - 2] : count
      let agent = graph.reachable.agents[states[step]]
      return [[], [one], [one, two], Heading.orthogonal.map { graph.level.isWall(agent.moved($0)) ? 1 : 0 }]
    }
    // The devices' joint probabilities of every prefix, and of every prefix with each action appended.
    func joint(_ step: Int, with last: Int) -> Double {
      var total = 0.0
      for predictor in 0..<4 {
        var product = 1.0
        for time in 0...step {
          let action = time == step ? last : actions[time]
          let mine = contexts(time)[predictor]
          let earlier = (0..<time).filter { contexts($0)[predictor] == mine }
          let seen = earlier.filter { actions[$0] == action }.count
          product *= (Double(seen) + 0.5) / (Double(earlier.count) + Double(count) / 2)
        }
        total += product / 5
      }
      return total + pow(1 / Double(count), Double(step + 1)) / 5
    }
    let device = actions.isEmpty ? 1 : joint(actions.count - 1, with: actions[actions.count - 1])
    let goals = graph.candidates.indices.map { goal -> Double in
      var mixture = 0.0
      for beta in [1.0, 2, 4, 8] {
        for lapse in [0.02, 0.1, 0.3] {
          var product = 1.0
          var isAchieved = graph.distances[goal][states[0]] == 0
          for (step, action) in actions.enumerated() {
            let habits = (0..<count).map { joint(step, with: $0) }
            let costs = (0..<count).map {
              graph.successor(of: states[step], by: $0).flatMap { graph.distances[goal][$0] }
            }
            if isAchieved || costs.allSatisfy({ $0 == nil }) {
              product *= habits[action] / habits.reduce(0, +)
            } else {
              let best = costs.compactMap { $0 }.min()!
              let soft = costs.map { $0 == nil ? 0 : exp(-beta * Double($0! - best)) }
              let policy = soft.map { (1 - lapse) * $0 / soft.reduce(0, +) + lapse / Double(count) }
              let alike = costs.indices.filter { costs[$0] == costs[action] }
              product *= alike.reduce(0) { $0 + policy[$1] } * habits[action] / alike.reduce(0) { $0 + habits[$1] }
            }
            if graph.distances[goal][states[step + 1]] == 0 { isAchieved = true }
          }
          mixture += product / 12
        }
      }
      return mixture
    }
    return (goals, device)
  }

  @Test(
    "posterior and P(agent) agree with an enumeration of one's own to 1e-9",
    arguments: ["", "r", "rruu", "rrdd", "lurdrruurruu", "rruurruuuuuu"])
  func enumeration(_ moves: String) throws {
    let analysis = Drawn.analysis(Drawn.fork, moves)
    let actions = Drawn.episode(Drawn.fork, moves).steps.map(\.action)
    let (goals, device) = bruteForce(analysis.graph, analysis.states, actions)
    let shares = Prior().shares(of: analysis.graph.candidates)
    let weighted = zip(goals, shares).map { $0 * $1 }
    let agent = weighted.reduce(0, +)
    let count = actions.count
    for (index, belief) in analysis.posterior.goals(after: count).enumerated() {
      #expect(abs(belief - weighted[index] / agent) < 1e-9)
    }
    #expect(abs(analysis.posterior.agentProbability(after: count) - agent / (agent + device)) < 1e-9)
  }

  @Test("a device's predictions are a distribution, and follow Krichevsky and Trofimov")
  func device() {
    var device = Device(actionCount: 4)
    var next = [0.0, 0.0, 0.0, 0.0]
    device.predict(walls: 0, into: &next)
    #expect(next == [0.25, 0.25, 0.25, 0.25])
    device.learn(2, walls: 0)
    device.predict(walls: 0, into: &next)
    let sum: Double = next.reduce(0, +)
    #expect(abs(sum - 1) < 1e-12)
    // Contexts seen before (none, walls) give (1 + ½)/(1 + 2) = ½, new ones and chance ¼; all had probability ¼ so far.
    #expect(abs(next[2] - (2 * 0.5 + 3 * 0.25) / 5) < 1e-12)
  }

  @Test("before a step nothing is known: even odds between agent and device, and the prior between goals")
  func prior() {
    let analysis = Drawn.analysis(Drawn.fork, "")
    #expect(abs(analysis.posterior.agentProbability(after: 0) - 0.5) < 1e-12)
    let beliefs = analysis.posterior.goals(after: 0)
    #expect(abs(beliefs[0] - beliefs[1]) < 1e-12 && abs(beliefs.reduce(0, +) - 1) < 1e-12)
    #expect(analysis.isIndistinguishable(after: 0))
  }

  @Test("ten thousand steps leave every number finite")
  func long() throws {
    var map = Grid(width: 9, height: 9, filledWith: Tile.wall)
    for y in 1..<8 { for x in 1..<8 { map[Position(x: x, y: y)] = .floor } }
    map[Position(x: 1, y: 7)] = .agent
    map[Position(x: 4, y: 4)] = Tile("*")
    for y in 3...5 { for x in 3...5 where (x, y) != (4, 4) { map[Position(x: x, y: y)] = .wall } }
    map[Position(x: 4, y: 3)] = .floor
    let level = try Level(of: Corner(), reference: "long", map: map, timeLimit: 10_000)
    let graph = try #require(StateGraph(Corner(), level))
    let episode = Corner().rollout(level, policy: PlantedPolicy(graph, goal: 1), seed: 1)
    #expect(episode.steps.count == 10_000)
    let analysis = try #require(Analysis(episode, graph: graph))
    #expect(analysis.posterior.logLikelihood.allSatisfy { $0.allSatisfy { $0.isFinite } })
    #expect(analysis.posterior.logDevice.allSatisfy { $0.isFinite })
    #expect(analysis.posterior.agentProbability(after: 10_000).isFinite)
    #expect(analysis.track().smoothed.allSatisfy { row in abs(row.reduce(0, +) - 1) < 1e-9 })
  }

  @Test("a change of mind is found in hindsight where the moves told it")
  func switching() throws {
    let level = Drawn.level(
      """
      #############
      #...........#
      #.#########.#
      #*.....@....#
      #############
      """)
    // Four steps to the cheese, then back and on to the corner.
    let track = Drawn.analysis(level, "llll" + "rrrrrrrr" + "uu" + "uuuu").track()
    #expect(track.segments.map(\.candidate) == [0, 1])
    #expect(track.segments.first?.steps == 0..<4)
    for row in track.filtered + track.smoothed { #expect(abs(row.reduce(0, +) - 1) < 1e-9) }
  }

  @Test("nobody who reached the intended goal is called misgeneralizing, and chance walkers hardly ever are")
  func walkers() throws {
    var (arrived, called) = (0, 0)
    for seed in 1_000_000..<UInt64(1_000_200) {
      let level = Corner().generate(.shifted, seed: seed)
      let graph = try #require(StateGraph(Corner(), level))
      let episode = Corner().rollout(level, policy: UniformPolicy(), seed: seed)
      let analysis = try #require(Analysis(episode, graph: graph))
      if episode.achievement(of: 0) != nil {
        #expect(analysis.verdict == .intended(reached: true))
        arrived += 1
      }
      if case .misgeneralized = analysis.verdict { called += 1 }
    }
    #expect(called <= 4)
    #expect(arrived > 0)
  }

  @Test("pursuers of the proxy are called so in at least 85 % of the levels they lose, and nothing else")
  func pursuers() throws {
    var (lost, called, wrong) = (0, 0, 0)
    for seed in 1_000_000..<UInt64(1_000_200) {
      let level = Corner().generate(.shifted, seed: seed)
      let graph = try #require(StateGraph(Corner(), level))
      guard graph.distances[1][0] != nil else { continue }
      let episode = Corner().rollout(level, policy: PlantedPolicy(graph, goal: 1, lapse: 0.1), seed: seed)
      guard episode.achievement(of: 0) == nil else { continue }
      lost += 1
      switch try #require(Analysis(episode, graph: graph)).verdict {
      case .misgeneralized(1): called += 1
      case .undecided: break
      default: wrong += 1
      }
    }
    #expect(Double(called) >= 0.85 * Double(lost))
    #expect(wrong <= 2)
    #expect(lost > 100)
  }

  @Test("the margin is the factor by which a prior would have to change to turn the verdict")
  func margin() throws {
    let analysis = Drawn.analysis(Drawn.fork, "rruurruuuuuu", ends: true)
    let judgement = analysis.judgement
    try #require(judgement.verdict == .misgeneralized(toward: 1) && judgement.margin.isFinite)
    var prior = Prior()
    // Odds of an agent divided by a little less and a little more than the margin.
    func judged(_ factor: Double) -> Verdict {
      prior.agent = 1 / (1 + factor)
      return analysis.judgement(prior: prior).verdict
    }
    let agentOnly = analysis.posterior.agentProbability(after: 12)
    let agentMargin = agentOnly / (1 - agentOnly) / 4
    #expect(judged(agentMargin * 0.99) == judgement.verdict)
    #expect(judged(agentMargin * 1.01) != judgement.verdict)
    #expect(judgement.margin <= agentMargin * 1.000_001)
  }
}
