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
public struct BranchAddress: Sendable, Hashable {
  let level: String
  let episode: Int
  let branch: Int
}

/// What comes back from work on branches.
public enum WhatIfNews: Sendable {
  /// A branch was played on, or only analysed.
  case grown(BranchAddress, Run)
  /// The branches were written to a file.
  case saved(path: String, count: Int)
  /// A file of that name is there already.
  case exists(path: String)
  /// They could not be written.
  case failed(String)
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

  /// Does what is asked if it is about acting otherwise, else `nil`.
  mutating func performWhatIf(_ command: Command) -> [Wish]? {
    if takeOver != nil {
      switch command {
      case .act(let action): act(asPerson: action)
      case .takeBack: takeBack()
      case .handBack: return finish(handsBack: true)
      case .leave: return finish(handsBack: false)
      default: return nil
      }
      return []
    }
    switch command {
    case .takeOver: takeOverHere()
    case .branches: openBranches()
    default: return nil
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
  private mutating func finish(handsBack: Bool) -> [Wish] {
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
      return takeOver.run.analysis == nil ? [.effect(.work { .whatIf(.grown(address, Run(episode))) })] : []
    }
    isPlaying = true
    isReversed = false
    notice = "\(agent.name) plays on in \(tree.name(of: id))."
    return [
      .effect(
        .work {
          let whole = episode.continued(by: agent.policy, seed: agent.seed, greedy: agent.greedy)
          return .whatIf(.grown(address, Run(whole, graph: graph)))
        })
    ]
  }

  /// Takes what comes back from work on branches.
  mutating func receive(_ news: WhatIfNews) -> [Wish] {
    switch news {
    case .grown(let address, let run):
      guard let tree = trees[address.episode], tree[address.branch] != nil,
        tree.root.episode.level.reference == address.level
      else { return [] }
      trees[address.episode]?.replace(address.branch, with: run)
      if address.episode == treeKey, address.branch == shownBranch, takeOver == nil {
        followTrack()
        notice = nil
        isPlaying = isPlaying && frame < last
      }
      if case .branches = panel { refreshBranches() }
    case .saved(let path, let count):
      hasUnsavedBranches = false
      notice = "\(count) branch\(count == 1 ? "" : "es") and the episode are in \(path)."
    case .exists(let path):
      return [
        .ask(
          Question(
            .replaceBranchFile(path: path), label: "\(path.truncated(to: 40)) is there already. Replace it? y/n "))
      ]
    case .failed(let words): notice = words
    }
    return []
  }
}
