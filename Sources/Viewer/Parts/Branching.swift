import Archive
import Foundation
import Gridworlds
import Planning
import Studies
import TerminalUI

/// What was tried otherwise from the episodes of a reel: a person who acts in the agent's stead, the branches that came
/// of it, and their list.
struct Branching: Sendable {
  /// A person who acts in the agent's stead, from a step on.
  struct TakeOver: Sendable {
    /// The branch that is left; `nil` where the episode itself is.
    fileprivate let parent: Int?
    /// The step at which it is left.
    let leavesAt: Int
    /// What happened so far. Of worlds that take long to plan for it comes without analysis until the person is done.
    fileprivate(set) var run: Run

    /// How many moves the person made.
    var moves: Int { run.episode.steps.count - leavesAt }
  }

  /// A branch of one of the episodes, for work that comes back to it.
  struct Address: Sendable, Hashable {
    fileprivate let level: String
    fileprivate let episode: Int
    fileprivate let branch: Int
  }

  /// Work after which a branch is another one: played on, or only analysed.
  struct Growth: Sendable {
    let address: Address
    let grow: @Sendable () -> Run
  }

  /// By episode, what was tried otherwise from it.
  private var trees: [Int: BranchTree] = [:]
  /// What of it a file has.
  private var filed: [Int: BranchTree] = [:]
  /// Which branch is shown; `nil` of the episode itself.
  private(set) var shown: Int?
  private(set) var takeOver: TakeOver?
  /// Whether there is a branch that is in no file.
  private(set) var isUnsaved = false
  /// The list of branches, while it is open.
  private(set) var list: ChoiceList?
  /// The branches of its lines; `nil` of the episode itself.
  private var lines: [Int?] = []

  init() {}

  /// The branches that a file has of some episodes.
  /// - Parameter shown: the branch of the episode at an index that is shown first.
  init(_ trees: [BranchTree], at index: Int, shown: Int?) {
    for (index, tree) in trees.enumerated() where !tree.branches.isEmpty { self.trees[index] = tree }
    filed = self.trees
    self.shown = shown.flatMap { trees[index][$0]?.id }
  }

  /// The run that is shown.
  func run(_ reel: EpisodeReel) -> Run { takeOver?.run ?? trees[reel.key]?.run(of: shown) ?? reel.root }

  /// The branches of the episode that is shown.
  func tree(_ reel: EpisodeReel) -> BranchTree { trees[reel.key] ?? BranchTree(reel.root) }

  // MARK: Acting

  /// Takes over at a frame.
  /// - Returns: why that cannot be.
  mutating func takeOver(at frame: Int, of reel: EpisodeReel) -> String? {
    let (tree, episode) = (tree(reel), run(reel).episode)
    let step = min(frame, episode.steps.count)
    let start = episode.prefix(step)
    guard start.conclusion == .stopped else {
      return "The episode is over here: go back a step, and take over there."
    }
    guard tree.branches.count < BranchTree.largest else {
      return "There are \(BranchTree.largest) branches already: B, and x takes one away."
    }
    // Before a branch begins it is what it left.
    var parent = shown
    while let id = parent, let branch = tree[id], step <= branch.leavesAt { parent = branch.parent }
    takeOver = TakeOver(parent: parent, leavesAt: step, run: Branching.known(start, tree))
    return nil
  }

  /// A run that is analysed at once where that is quick.
  private static func known(_ episode: Episode, _ tree: BranchTree) -> Run {
    let graph = tree.root.analysis?.graph
    guard let graph, !graph.isApproximate, episode.steps.count <= 2_000 else { return Run(unanalysed: episode) }
    return Run(episode, graph: graph)
  }

  /// A move of the person.
  /// - Returns: why there is none.
  mutating func act(_ command: MoveCommand, in reel: EpisodeReel) -> String? {
    guard var episode = takeOver?.run.episode else { return nil }
    guard episode.conclusion == .stopped else {
      return "That was the end: BS takes the move back, w keeps the branch."
    }
    switch command {
    case .act(let action): episode.intervene(action, decision: decision(of: reel.agent))
    }
    let run = Branching.known(episode, tree(reel))
    takeOver?.run = run
    return nil
  }

  /// What the agent makes of the state in which the person acts.
  func decision(of agent: Agent?) -> Decision? {
    guard let agent, let episode = takeOver?.run.episode, episode.conclusion == .stopped else { return nil }
    let now = episode.steps.count
    return agent.policy.decide(
      in: Situation(world: episode.world, level: episode.level, state: episode.states[now], time: now))
  }

  /// - Returns: why there is nothing to take back.
  mutating func takeBack(in reel: EpisodeReel) -> String? {
    guard let episode = takeOver?.run.episode, takeOver?.moves ?? 0 > 0 else { return "You have made no move yet." }
    let run = Branching.known(episode.prefix(episode.steps.count - 1), tree(reel))
    takeOver?.run = run
    return nil
  }

  /// Ends the person's part; what was done becomes a branch, which is shown.
  /// - Returns: a word on it, whether the agent plays on, and the work that this takes.
  mutating func finish(handsBack: Bool, in reel: EpisodeReel) -> (notice: String, playsOn: Bool, Growth?)? {
    guard let takeOver else { return nil }
    self.takeOver = nil
    guard takeOver.moves > 0 else { return ("You made no move, so nothing branches.", false, nil) }
    var tree = tree(reel)
    guard let id = tree.add(takeOver.run, parent: takeOver.parent, leavesAt: takeOver.leavesAt) else { return nil }
    trees[reel.key] = tree
    (shown, isUnsaved) = (id, true)
    let (episode, graph) = (takeOver.run.episode, tree.root.analysis?.graph)
    let address = Address(level: episode.level.reference, episode: reel.key, branch: id)
    let isOver = episode.conclusion != .stopped
    guard handsBack, !isOver, let agent = reel.agent else {
      let words =
        handsBack && !isOver
        ? "No agent is at hand, the episode comes from a file: \(tree.name(of: id)) ends here."
        : "Kept as \(tree.name(of: id)): B lists the branches."
      return (words, false, takeOver.run.analysis == nil ? Growth(address: address) { Run(episode) } : nil)
    }
    let growth = Growth(address: address) {
      Run(episode.continued(by: agent.policy, seed: agent.seed, greedy: agent.greedy), graph: graph)
    }
    return ("\(agent.name) plays on in \(tree.name(of: id)).", true, growth)
  }

  /// Takes a branch that has grown.
  /// - Returns: whether it is what is shown.
  mutating func take(_ run: Run, for address: Address, in reel: EpisodeReel) -> Bool {
    guard let tree = trees[address.episode], tree[address.branch] != nil,
      tree.root.episode.level.reference == address.level
    else { return false }
    trees[address.episode]?.replace(address.branch, with: run)
    refreshList(reel)
    return address.episode == reel.key && address.branch == shown && takeOver == nil
  }

  /// Shows a branch, or the episode itself.
  /// - Returns: the step at which the branch begins.
  mutating func show(_ id: Int?, of reel: EpisodeReel) -> Int? {
    list = nil
    shown = id
    return id.flatMap { tree(reel)[$0]?.leavesAt }
  }

  // MARK: The list

  mutating func openList(_ reel: EpisodeReel) { fillList(reel, choosing: shown) }

  private mutating func refreshList(_ reel: EpisodeReel) {
    guard let list else { return }
    fillList(reel, choosing: lines.indices.contains(list.selected) ? lines[list.selected] : nil)
  }

  private mutating func fillList(_ reel: EpisodeReel, choosing id: Int?) {
    let tree = tree(reel)
    var rows = [Branching.line("the episode", tree.root, isShown: shown == nil)]
    lines = [nil]
    for (branch, depth) in tree.outline {
      let text =
        String(repeating: "  ", count: min(6, depth)) + "Y\(branch.id) \(branch.name), from step \(branch.leavesAt)"
      rows.append(Branching.line(text, branch.run, isShown: shown == branch.id))
      lines.append(branch.id)
    }
    let title = tree.branches.isEmpty ? "No branches yet: w takes over at a step" : "Branches"
    list = ChoiceList(title: title, lines: rows, selected: lines.firstIndex { $0 == id } ?? 0)
  }

  private static func line(_ text: String, _ run: Run, isShown: Bool) -> ChoiceList.Line {
    let (words, ink) = run.analysis == nil ? ("being analysed", Ink.dim) : VerdictLook.short(run)
    return ChoiceList.Line(text: text + (isShown ? " (shown)" : ""), detail: words, ink: ink)
  }

  mutating func perform(_ command: ListCommand) { list?.perform(command) }
  mutating func point(_ mouse: MouseEvent, in size: Size) { list?.point(mouse, in: size) }

  /// What the list asks of the room.
  enum Request: Sendable {
    case nothing
    case show(Int?)
    case compare(Int, with: Int?)
    case say(String)
    case ask(TypedLine, Asked)
  }

  /// What is asked about branches.
  enum Asked: Sendable {
    /// Another name for a branch.
    case name(Int)
    /// Whether a branch may go.
    case deletion(Int)
    /// The name of a file for the branches.
    case path
    /// Whether a file may be replaced by the branches.
    case replacement(path: String)
  }

  mutating func perform(_ command: BranchListCommand, of reel: EpisodeReel) -> Request {
    guard let list, lines.indices.contains(list.selected) else { return .nothing }
    let (id, tree) = (lines[list.selected], tree(reel))
    switch command {
    case .open: return .show(id)
    case .rename:
      guard let id else { return .nothing }
      return .ask(TypedLine(label: "Name: ", text: tree.name(of: id)), .name(id))
    case .compare:
      guard let id, let branch = tree[id] else { return .say("Choose a branch: it is compared with what it left.") }
      self.list = nil
      return .compare(id, with: branch.parent)
    case .delete:
      guard let id else { return .nothing }
      let below = tree.descendants(of: id).count - 1
      let more = below == 0 ? "" : " and \(below) that left it"
      return .ask(TypedLine(label: "Delete \(tree.name(of: id))\(more)? y/n ", isYesOrNo: true), .deletion(id))
    case .saveBranches:
      guard !tree.branches.isEmpty else { return .say("There are no branches to save.") }
      let name = Moment.plain(run(reel).episode.level.reference) + "-branches.jsonl"
      return .ask(TypedLine(label: "Save to: ", text: name), .path)
    case .leave:
      self.list = nil
      return .nothing
    }
  }

  mutating func rename(_ id: Int, to name: String, of reel: EpisodeReel) {
    var tree = tree(reel)
    tree.rename(id, to: name)
    trees[reel.key] = tree
    refreshList(reel)
  }

  /// - Returns: whether what was shown is gone.
  mutating func delete(_ id: Int, of reel: EpisodeReel) -> Bool {
    var tree = tree(reel)
    let (gone, parent) = (tree.descendants(of: id), tree[id]?.parent)
    let isGone = shown.map(gone.contains) ?? false
    if isGone { shown = parent }
    tree.remove(id)
    trees[reel.key] = tree
    refreshList(reel)
    return isGone
  }

  // MARK: Files

  /// What became of a file of branches.
  enum Saving: Sendable {
    case done(String)
    case failed(String)
    /// A file of that name is there already.
    case exists(TypedLine, path: String)
  }

  /// Work that writes the branches of the episode shown to a file.
  func saving(to path: String, replacing: Bool, of reel: EpisodeReel) -> @Sendable () -> Saving {
    let tree = tree(reel)
    return {
      if !replacing, FileManager.default.fileExists(atPath: path) {
        let label = "\(path.truncated(to: 40)) is there already. Replace it? y/n "
        return .exists(TypedLine(label: label, isYesOrNo: true), path: path)
      }
      do throws(FileProblem) { try AtomicFile.write(Data(tree.lines.utf8), to: path) } catch {
        return .failed("\(error)")
      }
      let count = tree.branches.count
      return .done("\(count) branch\(count == 1 ? "" : "es") and the episode are in \(path).")
    }
  }

  /// All branches are in a file.
  mutating func markSaved() { isUnsaved = false }

  /// The number of the line at which a file's list has the branch shown, where it has it.
  func filedLine(_ reel: EpisodeReel) -> Int? {
    shown.flatMap { id in filed[reel.key]?.outline.firstIndex { $0.branch.id == id } }
  }
}
