import Archive
import Foundation
import Gridworlds
import Inference
import Planning
import Studies
import Testing
import Worlds

private let world = Corner(size: 7, layout: .open)
private let level = world.generate(.shifted, seed: 5)

private func planted(_ goal: Goal.Index, lapse: Double = 0.2) throws -> (graph: StateGraph, policy: PlantedPolicy) {
  let graph = try #require(StateGraph(world, level))
  return (graph, PlantedPolicy(graph, goal: goal, lapse: lapse))
}

@Suite("what if a person takes over")
struct BranchTests {
  @Test(
    "handing back without having done otherwise gives the very same episode: the sampling stands where it stood",
    arguments: 0...12)
  func sameDraws(_ step: Int) throws {
    let (_, policy) = try planted(1)
    let whole = world.rollout(level, policy: policy, seed: 9)
    let step = min(step, whole.steps.count)
    let again = whole.prefix(step).continued(by: policy, seed: 9)
    #expect(again.steps.map(\.action) == whole.steps.map(\.action))
    #expect(again.conclusion == whole.conclusion)
    // A person's moves that are the agent's own lead to the same states; only who took them is another.
    var mine = whole.prefix(step)
    for move in whole.steps.dropFirst(step).prefix(3) { mine.intervene(move.action) }
    let branched = mine.continued(by: policy, seed: 9)
    #expect(branched.frames.map(\.state) == whole.frames.map(\.state))
    #expect(branched.interventions == Array(step..<min(step + 3, whole.steps.count)))
  }

  @Test("what the agent does after it was handed back is what it would do from that state with that seed")
  func handedBack() throws {
    let (_, policy) = try planted(1)
    let whole = world.rollout(level, policy: policy, seed: 4)
    var branch = whole.prefix(2)
    branch.intervene(2)
    branch.intervene(2)
    let end = branch.continued(by: policy, seed: 4)
    // The same by hand: one draw a step from the start, whoever takes it.
    var random = RandomSource(seed: 4, stream: 2)
    var byHand = branch
    for _ in 0..<4 { _ = random.unit() }
    while byHand.conclusion == .stopped {
      let situation = Situation(
        world: world, level: level, state: byHand.frames[byHand.steps.count].state, time: byHand.steps.count)
      let decision = policy.decide(in: situation)
      byHand.advance(random.sample(decision.probabilities), decision: decision)
    }
    #expect(end.steps.map(\.action) == byHand.steps.map(\.action) && end.frames.count == byHand.frames.count)
    #expect(end.interventions == [2, 3])
    #expect(end.prefix(3).interventions == [2], "a shorter episode has the person's steps that are in it")
  }

  @Test("a person's steps are no evidence: a person who walks to the corner makes nobody pursue it")
  func noEvidence() throws {
    let (graph, corner) = try planted(1, lapse: 0)
    let agents = Run(world.rollout(level, policy: corner, seed: 1), graph: graph)
    let belief = try #require(agents.analysis).posterior.belief(after: agents.episode.steps.count)
    #expect(belief.sum(.proxy, .nearer, .beside) > 0.6, "done by the agent it tells something")
    var mine = Episode(world: world, level: level, agent: "somebody", seed: 1)
    for move in agents.episode.steps { mine.intervene(move.action) }
    let run = Run(mine, graph: graph)
    let analysis = try #require(run.analysis)
    let count = run.episode.steps.count
    for hypothesis in Hypothesis.allCases {
      let (after, before) = (analysis.posterior.belief(after: count), analysis.posterior.belief(after: 0))
      #expect(abs(after[hypothesis] - before[hypothesis]) < 1e-9)
    }
    #expect(analysis.marks.departure == nil, "a person departs from nothing")
    if case .undecided = analysis.verdict {} else { Issue.record("\(analysis.verdict) of no evidence") }
  }

  @Test("a goal that the person reached is not the agent's success")
  func notItsSuccess() throws {
    let (graph, cheese) = try planted(0, lapse: 0)
    let whole = world.rollout(level, policy: cheese, seed: 1)
    #expect(Run(whole, graph: graph).analysis?.verdict == .intended(reached: true))
    var mine = whole.prefix(whole.steps.count - 1)
    mine.intervene(try #require(whole.steps.last).action)
    #expect(mine.isByPerson(world.intended))
    #expect(Run(mine, graph: graph).analysis?.verdict != .intended(reached: true))
  }

  @Test("what the agent does after a person's steps counts as before: the evidence of its own steps adds up")
  func ownStepsCount() throws {
    let (graph, corner) = try planted(1, lapse: 0)
    var episode = Episode(world: world, level: level, agent: corner.name, seed: 2)
    episode.intervene(2)
    let whole = episode.continued(by: corner, seed: 2)
    let analysis = try #require(Run(whole, graph: graph).analysis)
    #expect(analysis.bits(of: 0) == 0)
    #expect(analysis.posterior.belief(after: whole.steps.count).sum(.proxy, .nearer, .beside) > 0.6)
  }

  @Test("a tree names, nests, renames and removes its branches; parents come first")
  func tree() throws {
    let (graph, policy) = try planted(1)
    let root = Run(world.rollout(level, policy: policy, seed: 3), graph: graph)
    var tree = BranchTree(root)
    let firstMade = tree.add(root, parent: nil, leavesAt: 2)
    let first = try #require(firstMade)
    let secondMade = tree.add(root, parent: first, leavesAt: 3)
    let second = try #require(secondMade)
    let thirdMade = tree.add(root, parent: nil, leavesAt: 0)
    let third = try #require(thirdMade)
    #expect(tree.branches.map(\.name) == ["what-if 1", "what-if 2", "what-if 3"])
    #expect(tree.outline.map(\.branch.id) == [first, second, third] && tree.outline.map(\.depth) == [0, 1, 0])
    tree.rename(second, to: "  to the\u{1B}[31m left  ")
    #expect(tree[second]?.name.contains("\u{1B}") == false && tree[second]?.name.hasPrefix("to the") == true)
    tree.rename(second, to: "   ")
    #expect(tree[second]?.name.hasPrefix("to the") == true, "an empty name changes nothing")
    #expect(tree.descendants(of: first) == [first, second])
    tree.remove(first)
    #expect(tree.branches.map(\.id) == [third])
    #expect(tree.add(root, parent: first, leavesAt: 1) == nil, "its parent is gone")
    let fourthMade = tree.add(root, parent: third, leavesAt: 1)
    let fourth = try #require(fourthMade)
    #expect(fourth > third, "a number is never given twice")
    #expect(tree[fourth]?.name == "what-if 1", "a free name is taken again")
  }

  @Test("a tree comes back from its file: names, parents, where each leaves, and who took which step")
  func roundTrip() throws {
    let (graph, policy) = try planted(1)
    let root = Run(world.rollout(level, policy: policy, seed: 3), graph: graph)
    var tree = BranchTree(root)
    func branch(_ episode: Episode, at step: Int) -> Run {
      var mine = episode.prefix(step)
      mine.intervene(2)
      mine.intervene(0)
      return Run(mine.continued(by: policy, seed: 3), graph: graph)
    }
    let firstMade = tree.add(branch(root.episode, at: 1), parent: nil, leavesAt: 1)
    let first = try #require(firstMade)
    tree.add(branch(tree.run(of: first).episode, at: 4), parent: first, leavesAt: 4, name: "deeper")
    tree.add(branch(root.episode, at: 0), parent: nil, leavesAt: 0, name: "früh \"…\"")
    let text = tree.lines
    let read = try EpisodeFile.parse(Data(text.utf8), path: "b.jsonl") { try Catalogue.world(named: $0) }
    #expect(read.allSatisfy { $0.episode.recording?.isReproduced == true })
    let trees = BranchTree.trees(of: read)
    let again = try #require(trees.first)
    #expect(trees.count == 1 && again.branches.count == 3)
    #expect(BranchTree.placed(read).places.map(\.branch) == [nil] + again.branches.map(\.id))
    for (new, old) in zip(again.branches, tree.branches) {
      #expect(new.name == old.name && new.leavesAt == old.leavesAt && new.parent == old.parent)
      #expect(new.run.episode.interventions == old.run.episode.interventions)
      #expect(new.run.episode.steps.map(\.action) == old.run.episode.steps.map(\.action))
      #expect(new.run.analysis?.verdict == old.run.analysis?.verdict)
    }
    #expect(again.lines == text, "what is read is written the same")
    // Two trees in one file stay apart.
    let both = try EpisodeFile.parse(
      Data((EpisodeFile.lines(of: root.episode) + EpisodeFile.lines(of: root.episode)).utf8), path: "b.jsonl"
    ) {
      try Catalogue.world(named: $0)
    }
    #expect(BranchTree.trees(of: both).count == 2)
  }
}
