import Gridworlds
import Planning
import Studies
import TerminalUI

/// A person who acts in the agent's stead, from a step on.
struct TakeOver: Sendable {
  /// The branch that is left; `nil` where the episode itself is.
  let parent: Int?
  /// The step at which it is left.
  let leavesAt: Int
  /// What happened so far. Of worlds that take long to plan for it comes without analysis until the person is done.
  var run: Run

  /// How many moves the person made.
  var moves: Int { run.episode.steps.count - leavesAt }
}

/// A branch of one of the episodes, for work that comes back to it.
struct BranchAddress: Sendable, Hashable {
  let level: String
  let episode: Int
  let branch: Int
}

/// Taking over at any step, acting, handing back.
extension ReplayScene {
  /// The branches of the episode that is shown.
  var tree: BranchTree {
    get { trees[treeKey] ?? BranchTree(runs[index]) }
    set { trees[treeKey] = newValue }
  }

  /// Under which number the branches of the shown episode are kept.
  var treeKey: Int { shelf?.place ?? index }

  mutating func perform(_ command: BranchCommand) -> [Wish<ReplayScene>] {
    switch command {
    case .takeOver: takeOverHere()
    case .branches: openBranches()
    }
    return []
  }

  mutating func perform(_ command: TakeOverCommand) -> [Wish<ReplayScene>] {
    switch command {
    case .takeBack: takeBack()
    case .handBack: return finish(handsBack: true)
    case .leave: return finish(handsBack: false)
    }
    return []
  }

  mutating func takeOver(_ command: MoveCommand) -> [Wish<ReplayScene>] {
    switch command {
    case .act(let action): act(asPerson: action)
    }
    return []
  }

  private mutating func takeOverHere() {
    guard !isPlayed else { return }
    isPlaying = false
    let episode = run.episode
    let step = min(frame, episode.steps.count)
    let start = episode.prefix(step)
    guard start.conclusion == .stopped else {
      notice = "The episode is over here: go back a step, and take over there."
      return
    }
    guard tree.branches.count < BranchTree.largest else {
      notice = "There are \(BranchTree.largest) branches already: B, and x takes one away."
      return
    }
    // Before a branch begins it is what it left.
    var parent = shownBranch
    while let id = parent, let branch = tree[id], step <= branch.leavesAt { parent = branch.parent }
    takeOver = TakeOver(parent: parent, leavesAt: step, run: known(start))
    frame = step
    followTrack()
  }

  /// A run that is analysed at once where that is quick.
  private func known(_ episode: Episode) -> Run {
    let graph = tree.root.analysis?.graph
    guard let graph, !graph.isApproximate, episode.steps.count <= 2_000 else { return Run(unanalysed: episode) }
    return Run(episode, graph: graph)
  }

  private mutating func act(asPerson action: Int) {
    guard var takeOver else { return }
    var episode = takeOver.run.episode
    guard episode.conclusion == .stopped else {
      notice = "That was the end: BS takes the move back, w keeps the branch."
      return
    }
    episode.intervene(action, decision: agentsDecision)
    takeOver.run = known(episode)
    self.takeOver = takeOver
    frame = episode.steps.count
    followTrack()
  }

  /// What the agent makes of the state in which the person acts.
  var agentsDecision: Decision? {
    guard let agent, let episode = takeOver?.run.episode, episode.conclusion == .stopped else { return nil }
    let now = episode.steps.count
    return agent.policy.decide(
      in: Situation(world: episode.world, level: episode.level, state: episode.states[now], time: now))
  }

  private mutating func takeBack() {
    guard var takeOver, takeOver.moves > 0 else {
      notice = "You have made no move yet."
      return
    }
    let count = takeOver.run.episode.steps.count - 1
    takeOver.run = known(takeOver.run.episode.prefix(count))
    self.takeOver = takeOver
    frame = count
    followTrack()
  }

  /// Ends the person's part; what was done becomes a branch.
  private mutating func finish(handsBack: Bool) -> [Wish<ReplayScene>] {
    guard let takeOver else { return [] }
    self.takeOver = nil
    frame = takeOver.run.episode.steps.count
    guard takeOver.moves > 0 else {
      followTrack()
      notice = "You made no move, so nothing branches."
      return []
    }
    guard let id = tree.add(takeOver.run, parent: takeOver.parent, leavesAt: takeOver.leavesAt) else { return [] }
    shownBranch = id
    hasUnsavedBranches = true
    followTrack()
    let (episode, graph, agent) = (takeOver.run.episode, tree.root.analysis?.graph, agent)
    let address = BranchAddress(level: episode.level.reference, episode: treeKey, branch: id)
    let isOver = episode.conclusion != .stopped
    guard handsBack, !isOver, let agent else {
      if handsBack && !isOver {
        notice = "No agent is at hand, the episode comes from a file: \(tree.name(of: id)) ends here."
      } else {
        notice = "Kept as \(tree.name(of: id)): B lists the branches."
      }
      return takeOver.run.analysis == nil ? [ReplayScene.growing(address) { Run(episode) }] : []
    }
    isPlaying = true
    isReversed = false
    notice = "\(agent.name) plays on in \(tree.name(of: id))."
    return [
      ReplayScene.growing(address) {
        Run(episode.continued(by: agent.policy, seed: agent.seed, greedy: agent.greedy), graph: graph)
      }
    ]
  }

  /// Work after which a branch is another one: played on, or only analysed.
  private static func growing(_ address: BranchAddress, _ grow: @escaping @Sendable () -> Run) -> Wish<ReplayScene> {
    .work("whatIf") {
      let run = grow()
      return Reply { room in
        room.receive(run, for: address)
        return []
      }
    }
  }

  /// Takes a branch that has grown.
  private mutating func receive(_ run: Run, for address: BranchAddress) {
    guard let tree = trees[address.episode], tree[address.branch] != nil,
      tree.root.episode.level.reference == address.level
    else { return }
    trees[address.episode]?.replace(address.branch, with: run)
    if address.episode == treeKey, address.branch == shownBranch, takeOver == nil {
      followTrack()
      notice = nil
      isPlaying = isPlaying && frame < last
    }
    if case .branches = panel { refreshBranches() }
  }
}
