import Gridworlds
import Inference
import Letters
import Planning
import Studies
import TerminalUI

/// What was tried otherwise from the episodes of a reel: a person who acts in the agent's stead, the branches that came
/// of it, and their list.
struct Branching: Part {
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

  /// What the room should hear of.
  struct News: Sendable {
    /// Where the time goes when another run is shown.
    enum Time: Sendable {
      /// To its end.
      case end
      case at(Int)
      /// Nowhere, as long as it has that frame.
      case here
      /// To a step from which on it was chosen to be seen; what belonged to the other run is left.
      case from(Int?)
    }

    /// A word on what was done.
    fileprivate(set) var notice: String?
    /// `nil` where the same run is shown as before.
    fileprivate(set) var time: Time?
    /// Whether the agent plays on, and the screen with it.
    fileprivate(set) var playsOn = false
    /// The episode of which the branch shown has grown.
    fileprivate(set) var grown: Int?
  }

  private var news = News()
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
  /// Whose branches they are.
  private var listed: EpisodeReel?

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

  /// - Parameter frame: where one stands.
  mutating func perform(_ command: BranchCommand, at frame: Int, of reel: EpisodeReel) {
    switch command {
    case .takeOver: takeOver(at: frame, of: reel)
    case .branches: fillList(reel, choosing: shown)
    }
  }

  private mutating func takeOver(at frame: Int, of reel: EpisodeReel) {
    let (tree, episode) = (tree(reel), run(reel).episode)
    let step = min(frame, episode.steps.count)
    let start = episode.prefix(step)
    guard start.conclusion == .stopped else {
      news.notice = "The episode is over here: go back a step, and take over there."
      return
    }
    guard tree.branches.count < BranchTree.largest else {
      news.notice = "There are \(BranchTree.largest) branches already: B, and x takes one away."
      return
    }
    // Before a branch begins it is what it left.
    var parent = shown
    while let id = parent, let branch = tree[id], step <= branch.leavesAt { parent = branch.parent }
    takeOver = TakeOver(parent: parent, leavesAt: step, run: Branching.known(start, tree))
    news.time = .end
  }

  /// A run that is analysed at once where that is quick.
  private static func known(_ episode: Episode, _ tree: BranchTree) -> Run {
    let graph = tree.root.analysis?.graph
    guard let graph, !graph.isApproximate, episode.steps.count <= 2_000 else { return Run(unanalysed: episode) }
    return Run(episode, graph: graph)
  }

  /// A move of the person.
  mutating func perform(_ command: MoveCommand, of reel: EpisodeReel) {
    guard var episode = takeOver?.run.episode else { return }
    guard episode.conclusion == .stopped else {
      news.notice = "That was the end: BS takes the move back, w keeps the branch."
      return
    }
    episode.intervene(command.action, decision: decision(of: reel.agent))
    let run = Branching.known(episode, tree(reel))
    takeOver?.run = run
    news.time = .end
  }

  /// What the agent makes of the state in which the person acts.
  func decision(of agent: Agent?) -> Decision? {
    guard let agent, let episode = takeOver?.run.episode, episode.conclusion == .stopped else { return nil }
    let now = episode.steps.count
    return agent.policy.decide(
      in: Situation(world: episode.world, level: episode.level, state: episode.states[now], time: now))
  }

  mutating func perform(_ command: TakeOverCommand, of reel: EpisodeReel) -> [Wish<Branching>] {
    switch command {
    case .handBack: return finish(handsBack: true, reel)
    case .leave: return finish(handsBack: false, reel)
    case .takeBack:
      guard let episode = takeOver?.run.episode, takeOver?.moves ?? 0 > 0 else {
        news.notice = "You have made no move yet."
        return []
      }
      let run = Branching.known(episode.prefix(episode.steps.count - 1), tree(reel))
      takeOver?.run = run
      news.time = .end
      return []
    }
  }

  /// Ends the person's part; what was done becomes a branch.
  private mutating func finish(handsBack: Bool, _ reel: EpisodeReel) -> [Wish<Branching>] {
    guard let takeOver else { return [] }
    self.takeOver = nil
    // Of the run that is shown now, the step at which the person ended.
    news.time = .at(takeOver.run.episode.steps.count)
    guard takeOver.moves > 0 else {
      news.notice = "You made no move, so nothing branches."
      return []
    }
    var tree = tree(reel)
    guard let id = tree.add(takeOver.run, parent: takeOver.parent, leavesAt: takeOver.leavesAt) else { return [] }
    trees[reel.key] = tree
    (shown, isUnsaved) = (id, true)
    let (episode, graph) = (takeOver.run.episode, tree.root.analysis?.graph)
    let address = Address(level: episode.level.reference, episode: reel.key, branch: id)
    let isOver = episode.conclusion != .stopped
    guard handsBack, !isOver, let agent = reel.agent else {
      news.notice =
        handsBack && !isOver
        ? "No agent is at hand, the episode comes from a file: \(tree.name(of: id)) stops here."
        : "Kept as \(tree.name(of: id)): B lists the branches."
      return takeOver.run.analysis == nil ? [Branching.growing(address) { Run(episode) }] : []
    }
    news.notice = "\(agent.name) plays on in \(tree.name(of: id))."
    news.playsOn = true
    return [
      Branching.growing(address) {
        Run(episode.continued(by: agent.policy, seed: agent.seed, greedy: agent.greedy), graph: graph)
      }
    ]
  }

  /// Work after which a branch is another one: played on, or only analysed.
  private static func growing(_ address: Address, _ grow: @escaping @Sendable () -> Run) -> Wish<Branching> {
    .work("whatIf") {
      let run = grow()
      return Reply { part in
        part.take(run, for: address)
        return []
      }
    }
  }

  private mutating func take(_ run: Run, for address: Address) {
    guard let tree = trees[address.episode], tree[address.branch] != nil,
      tree.root.episode.level.reference == address.level
    else { return }
    trees[address.episode]?.replace(address.branch, with: run)
    if address.branch == shown, takeOver == nil { news.grown = address.episode }
    if list != nil, listed?.key == address.episode, let reel = listed { refreshList(reel) }
  }

  /// Shows a branch from where it begins, or the episode itself where the time is.
  private mutating func show(_ id: Int?, of reel: EpisodeReel) {
    list = nil
    shown = id
    news.time = .from(id.flatMap { tree(reel)[$0]?.leavesAt })
  }

  /// Another episode is shown, as it was.
  mutating func leave() { (shown, list) = (nil, nil) }

  /// What has happened since this was asked last.
  mutating func takeNews() -> News {
    defer { news = News() }
    return news
  }

  // MARK: The list

  private mutating func refreshList(_ reel: EpisodeReel) {
    guard let list else { return }
    fillList(reel, choosing: lines.indices.contains(list.selected) ? lines[list.selected] : nil)
  }

  private mutating func fillList(_ reel: EpisodeReel, choosing id: Int?) {
    listed = reel
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

  /// The branch that is chosen in the list with what it left, to be compared; the list closes.
  mutating func pair(of reel: EpisodeReel) -> (Int, left: Int?)? {
    guard let id = chosen, let branch = tree(reel)[id] else {
      news.notice = "Choose a branch: it is compared with what it left."
      return nil
    }
    list = nil
    return (id, branch.parent)
  }

  /// The branch of the chosen line; `nil` of the episode itself.
  private var chosen: Int? { list.flatMap { lines.indices.contains($0.selected) ? lines[$0.selected] : nil } }

  mutating func perform(_ command: BranchListCommand, of reel: EpisodeReel) -> [Wish<Branching>] {
    guard list != nil else { return [] }
    let (id, tree) = (chosen, tree(reel))
    switch command {
    case .open: show(id, of: reel)
    case .leave: list = nil
    // The room has the runs of both.
    case .compare: break
    case .rename:
      guard let id else { return [] }
      return [Branching.ask(TypedLine(label: "Name: ", text: tree.name(of: id))) { $0.rename(id, to: $1, of: reel) }]
    case .delete:
      guard let id else { return [] }
      let below = tree.descendants(of: id).count - 1
      let more = below == 0 ? "" : " and \(below) that left it"
      let line = TypedLine(label: "Delete \(tree.name(of: id))\(more)? y/n ", isYesOrNo: true)
      return [Branching.ask(line) { part, _ in part.delete(id, of: reel) }]
    case .saveBranches:
      guard !tree.branches.isEmpty else {
        news.notice = "There are no branches to save."
        return []
      }
      let name = Moment.plain(run(reel).episode.level.reference) + "-branches.jsonl"
      return [
        Branching.ask(TypedLine(label: "Save to: ", text: name)) { part, text in
          text.isEmpty ? [] : part.save(to: text.expandedPath, replacing: false, of: reel)
        }
      ]
    }
    return []
  }

  /// A question whose answer counts only where one is given.
  private static func ask(
    _ line: TypedLine, then: @escaping @Sendable (inout Branching, String) -> [Wish<Branching>]
  ) -> Wish<Branching> {
    .ask(Question(line) { part, answer in answer.kind == .entered ? then(&part, answer.text) : [] })
  }

  private mutating func rename(_ id: Int, to name: String, of reel: EpisodeReel) -> [Wish<Branching>] {
    var tree = tree(reel)
    tree.rename(id, to: name)
    trees[reel.key] = tree
    refreshList(reel)
    return []
  }

  private mutating func delete(_ id: Int, of reel: EpisodeReel) -> [Wish<Branching>] {
    var tree = tree(reel)
    let (gone, parent) = (tree.descendants(of: id), tree[id]?.parent)
    if shown.map(gone.contains) ?? false {
      shown = parent
      news.time = .here
    }
    tree.remove(id)
    trees[reel.key] = tree
    refreshList(reel)
    return []
  }

  /// Writes the branches of the episode shown to a file, and asks before one is replaced.
  private func save(to path: String, replacing: Bool, of reel: EpisodeReel) -> [Wish<Branching>] {
    let tree = tree(reel)
    return [
      .write("whatIf") { outlet in
        if !replacing, outlet.exists(path) {
          let label = "\(path.truncated(to: 40)) is there already. Replace it? y/n "
          return Reply { _ in
            [
              Branching.ask(TypedLine(label: label, isYesOrNo: true)) { part, _ in
                part.save(to: path, replacing: true, of: reel)
              }
            ]
          }
        }
        let problem = outlet.write(tree.lines, path)
        let count = tree.branches.count
        return Reply { part in
          if problem == nil { part.isUnsaved = false }
          part.news.notice =
            problem.map { "\($0)" } ?? "\(count) branch\(count == 1 ? "" : "es") and the episode are in \(path)."
          return []
        }
      }
    ]
  }

  /// The number of the line at which a file's list has the branch shown, where it has it.
  func filedLine(_ reel: EpisodeReel) -> Int? {
    shown.flatMap { id in filed[reel.key]?.outline.firstIndex { $0.branch.id == id } }
  }
}
