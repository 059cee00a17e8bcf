import Gridworlds
import Inference
import Learning
import Planning
import Testing
import Worlds

@testable import Studies

@Suite("What is said of every cell")
struct SurveyTests {
  static let names = ["corner", "keys-9", "coinrun", "follow-7", "locks", "dish", "advisor", "supervisor", "monsters"]

  /// A network that nobody trained: it answers, and that is all that these laws need.
  private func network(_ world: any World, crop: Int? = nil) throws -> NetworkPolicy {
    let view = crop.map { world.view.cropped(width: $0, height: $0) } ?? world.view
    let network = Network(featureCount: view.featureCount, hidden: [16], actionCount: world.actions.count, seed: 4)
    return try #require(NetworkPolicy(network: network, view: view, name: "untrained"))
  }

  @Test("a cell's arrow is what the policy decides in the state that stands for it", arguments: names)
  func decisions(_ name: String) throws {
    let world = try Catalogue.world(named: name)
    let policy = try network(world)
    let run = Agent(policy, seed: 2).run(world, world.generate(.shifted, seed: 11))
    let analysis = try #require(run.analysis)
    for frame in [0, min(4, run.episode.steps.count)] {
      let survey = CellSurvey(analysis.graph, asIn: analysis.states[frame], time: frame, policy: policy)
      #expect(survey.holds(for: run.episode, at: frame))
      #expect(survey.cells[run.episode.frames[frame].agent]?.state == run.episode.frames[frame].state)
      var asked = 0
      for (cell, entry) in survey.cells {
        #expect(world.frame(of: entry.state, in: run.episode.level).agent == cell)
        guard let decision = entry.decision else { continue }
        let situation = Situation(world: world, level: run.episode.level, state: entry.state, time: frame)
        #expect(decision == policy.decide(in: situation))
        asked += 1
      }
      #expect(asked > 0)
      // The agent was asked there: what the episode recorded is what the cell says.
      if frame < run.episode.steps.count {
        #expect(survey.cells[run.episode.frames[frame].agent]?.decision == run.episode.steps[frame].decision)
      }
    }
  }

  @Test("answers are taken over only where they still hold: a survey after another is the same as one by itself")
  func after() throws {
    let world = try Catalogue.world(named: "keys-9")
    let policy = try network(world)
    let run = Agent(policy, seed: 2).run(world, world.generate(.shifted, seed: 11))
    let analysis = try #require(run.analysis)
    var previous: CellSurvey?
    for frame in run.episode.frames.indices.prefix(30) {
      let state = analysis.states[frame]
      let chained = CellSurvey(analysis.graph, asIn: state, time: frame, policy: policy, after: previous)
      let fresh = CellSurvey(analysis.graph, asIn: state, time: frame, policy: policy)
      #expect(chained.cells.mapValues(\.decision) == fresh.cells.mapValues(\.decision))
      previous = chained
    }
  }

  @Test("the heat of distances is minus the graph's, of every cell", arguments: names)
  func distances(_ name: String) throws {
    let world = try Catalogue.world(named: name)
    let run = Agent(UniformPolicy(), seed: 2).run(world, world.generate(.shifted, seed: 12))
    let analysis = try #require(run.analysis)
    let survey = CellSurvey(analysis.graph, asIn: analysis.states[0], time: 0, policy: nil)
    let found = analysis.graph.cellStates(asIn: analysis.states[0])
    for (kind, goal) in [(HeatMap.Kind.intended, world.intended), (.proxy, analysis.proxy)] {
      let heat = try #require(HeatMap(kind, of: run, survey: survey))
      for cell in found.positions {
        let steps = found[cell].flatMap { analysis.graph.distances[goal][$0.state] }
        #expect(heat.values[cell] == steps.map { Double(-$0) }, "\(cell)")
      }
    }
  }

  @Test("the heat of the policy: its value, its entropy, and how much of it is not optimal for the intended goal")
  func policyHeat() throws {
    let world = try Catalogue.world(named: "corner")
    let policy = try network(world)
    let run = Agent(policy, seed: 2).run(world, world.generate(.shifted, seed: 12))
    let graph = try #require(run.analysis?.graph)
    let survey = CellSurvey(graph, asIn: 0, time: 0, policy: policy)
    let value = try #require(HeatMap(.value, of: run, survey: survey))
    let entropy = try #require(HeatMap(.entropy, of: run, survey: survey))
    let disagreement = try #require(HeatMap(.disagreement, of: run, survey: survey))
    let found = graph.cellStates(asIn: 0)
    var asked = 0
    for cell in found.positions {
      guard let state = found[cell]?.state, !graph.reachable.isTerminal[state] else { continue }
      let situation = Situation(world: world, level: run.episode.level, state: graph.reachable.states[state], time: 0)
      let decision = policy.decide(in: situation)
      #expect(value.values[cell] == decision.value.map(Double.init))
      #expect(entropy.values[cell] == decision.entropy)
      let optimal = graph.optimalActions(for: world.intended, in: state)
      if !optimal.isEmpty {
        // The least total variation from an optimal policy: from the one that keeps the policy's own odds among the best.
        let fitting = optimal.reduce(0.0) { $0 + Double(decision.probabilities[$1]) }
        let variation = decision.probabilities.indices.reduce(0.0) { sum, action in
          let own = Double(decision.probabilities[action])
          return sum + abs(own - (optimal.contains(action) ? own / fitting : 0)) / 2
        }
        #expect(abs((disagreement.values[cell] ?? -1) - variation) < 1e-6)
      }
      asked += 1
    }
    #expect(asked > 20)
    #expect((entropy.low, entropy.high) == (0, 2), "two bits are all that four actions can have")
    #expect((disagreement.low, disagreement.high) == (0, 1))
  }

  @Test("visits add up to the frames of the episode, and need neither policy nor plan")
  func visits() throws {
    let world = try Catalogue.world(named: "corner")
    let run = Agent(UniformPolicy(), seed: 9).run(world, world.generate(.training, seed: 1))
    #expect(run.knownVisits == nil && HeatMap(.visits, of: run, survey: nil) == nil, "nobody counted yet")
    let visits = run.visits
    let heat = try #require(HeatMap(.visits, of: run, survey: nil))
    for (frame, moment) in run.episode.frames.enumerated() {
      #expect(visits.frames(at: moment.agent).contains { $0.contains(frame) })
    }
    #expect(heat.values.values.reduce(0, +) == Double(run.episode.frames.count))
    #expect(heat.share(at: Position(x: 0, y: 0)) == nil)
    #expect(HeatMap.kinds(of: run, hasPolicy: false, hasValue: false) == [.intended, .proxy, .visits])
    #expect(HeatMap.kinds(of: run, hasPolicy: true, hasValue: true) == HeatMap.Kind.allCases)
    #expect(HeatMap(.intended, of: run, survey: nil) == nil, "before the survey there is nothing to show")
  }

  @Test(
    "what the agent sees is its features and nothing else: they can be read off it again", arguments: names,
    [nil, 5, 9])
  func sight(_ name: String, _ crop: Int?) throws {
    let world = try Catalogue.world(named: name)
    let policy = try network(world, crop: crop)
    let run = Agent(policy, seed: 2).run(world, world.generate(.shifted, seed: 13))
    for frame in run.episode.frames.prefix(12) {
      let sight = try #require(Observation(policy, of: frame, in: world, run.episode.level))
      let observation = world.observation(of: frame.state, in: run.episode.level, view: policy.view)
      #expect(sight.features == observation.sorted())
      let area = policy.view.width * policy.view.height
      var again = sight.senses.map { policy.view.planes.count * area + $0 }
      for (cell, planes) in sight.planes {
        #expect(sight.sees(cell))
        #expect(run.episode.level.map.contains(cell), "beyond the map every plane is 0")
        let (column, row) = (
          cell.x - frame.agent.x + policy.view.width / 2, cell.y - frame.agent.y + policy.view.height / 2
        )
        again += planes.map { $0 * area + row * policy.view.width + column }
      }
      #expect(again.sorted() == observation.map(Int.init).sorted())
      #expect(
        sight.decision
          == policy.decide(in: Situation(world: world, level: run.episode.level, state: frame.state, time: 0)))
    }
  }

  @Test("only a network sees through features")
  func planted() throws {
    let level = Corner().generate(.training, seed: 1)
    let frame = Corner().frame(of: Corner().begin(level), in: level)
    #expect(Observation(UniformPolicy(), of: frame, in: Corner(), level) == nil)
  }
}
