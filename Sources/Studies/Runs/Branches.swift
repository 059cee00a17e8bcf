import Archive
import Gridworlds
import Inference
import Planning

/// An episode that left another one because a person took over.
public struct Branch: Sendable, Identifiable {
  /// Its number, never given twice in one tree; counts from 1.
  public let id: Int
  /// What it is called.
  public internal(set) var name: String
  /// The branch that it left; `nil` where it left the episode itself.
  public let parent: Int?
  /// Steps that it shares with what it left.
  public let leavesAt: Int
  /// What happened, analysed; the person's steps are ``Gridworlds/Episode/interventions``.
  public internal(set) var run: Run
}

/// An episode with all that was tried otherwise from it, and from what was tried.
public struct BranchTree: Sendable {
  /// More branches of one episode are refused.
  public static let largest = 200

  /// The episode itself.
  public let root: Run
  /// The branches in the order in which they were made; parents come before their children.
  public private(set) var branches: [Branch] = []
  private var nextID = 1

  /// An episode without branches.
  public init(_ root: Run) { self.root = root }

  /// The branch of a number.
  public subscript(id: Int) -> Branch? { branches.first { $0.id == id } }

  /// What happened on a branch, or in the episode itself.
  public func run(of id: Int?) -> Run { id.flatMap { self[$0]?.run } ?? root }

  /// What a branch is called unless it is given a name: the first `what-if n` that is free.
  public var freshName: String {
    let names = Set(branches.map(\.name))
    return (1...).lazy.map { "what-if \($0)" }.first { !names.contains($0) } ?? "what-if"
  }

  /// How a person, or a file, calls a branch or the episode itself.
  public func name(of id: Int?) -> String { id.flatMap { self[$0]?.name } ?? "the episode" }

  /// Adds a branch.
  /// - Returns: its number; `nil` where there are too many, or no such parent.
  @discardableResult
  public mutating func add(_ run: Run, parent: Int?, leavesAt: Int, name: String? = nil) -> Int? {
    guard branches.count < BranchTree.largest, parent == nil || parent.flatMap({ self[$0] }) != nil else { return nil }
    let id = nextID
    nextID += 1
    branches.append(Branch(id: id, name: name ?? freshName, parent: parent, leavesAt: leavesAt, run: run))
    return id
  }

  /// Puts an analysed or longer run in the place of a branch's.
  public mutating func replace(_ id: Int, with run: Run) {
    if let index = branches.firstIndex(where: { $0.id == id }) { branches[index].run = run }
  }

  /// Gives a branch another name, without control characters; an empty one changes nothing.
  public mutating func rename(_ id: Int, to name: String) {
    let name = PlainText.trimmed(PlainText.stripped(name, limit: EpisodeOrigin.longestName))
    if let index = branches.firstIndex(where: { $0.id == id }), !name.isEmpty { branches[index].name = name }
  }

  /// The branches that leave a branch, or the episode itself, in order.
  public func children(of id: Int?) -> [Branch] { branches.filter { $0.parent == id } }

  /// A branch with all that leave it, and what leaves those.
  public func descendants(of id: Int) -> [Int] {
    var found = [id]
    for branch in branches { if let parent = branch.parent, found.contains(parent) { found.append(branch.id) } }
    return found
  }

  /// Takes a branch away with all that left it.
  public mutating func remove(_ id: Int) {
    let gone = Set(descendants(of: id))
    branches.removeAll { gone.contains($0.id) }
  }

  /// The branches as a tree reads: each before those that left it, with how deep it stands.
  public var outline: [(branch: Branch, depth: Int)] {
    func below(_ id: Int?, _ depth: Int) -> [(branch: Branch, depth: Int)] {
      children(of: id).flatMap { [($0, depth)] + below($0.id, depth + 1) }
    }
    return below(nil, 0)
  }

  /// The episode and its branches as JSON Lines, from which ``trees(of:)`` makes the tree again.
  public var lines: String {
    var text = EpisodeFile.lines(of: root.episode)
    // The episode itself is number 0 of the file, the branches follow in order.
    let numbers = Dictionary(uniqueKeysWithValues: branches.enumerated().map { ($1.id, $0 + 1) })
    for branch in branches {
      let parent = branch.parent.flatMap { numbers[$0] } ?? 0
      text += EpisodeFile.lines(
        of: branch.run.episode,
        origin: EpisodeOrigin(branch: branch.name, parent: parent, leavesAt: branch.leavesAt))
    }
    return text
  }

  /// The trees of a file's episodes: a tree for each that left no other one.
  public static func trees(of recorded: some Sequence<RecordedEpisode>) -> [BranchTree] { placed(recorded).trees }

  /// The same with where each episode of the file went: which tree, and which branch of it, `nil` the episode itself.
  public static func placed(
    _ recorded: some Sequence<RecordedEpisode>
  ) -> (trees: [BranchTree], places: [(tree: Int, branch: Int?)]) {
    var trees: [BranchTree] = []
    var places: [(tree: Int, branch: Int?)] = []
    // A file's numbers count the episodes that cannot be read.
    var numbers: [Int: Int] = [:]
    for episode in recorded {
      numbers[episode.number] = places.count
      if let origin = episode.origin, let place = numbers[origin.parent] {
        let (tree, parent) = places[place]
        let run = Run(episode.episode, graph: trees[tree].root.analysis?.graph)
        let name = origin.branch.isEmpty ? nil : origin.branch
        if let id = trees[tree].add(run, parent: parent, leavesAt: origin.leavesAt, name: name) {
          places.append((tree, id))
          continue
        }
      }
      places.append((trees.count, nil))
      trees.append(BranchTree(Run(episode.episode)))
    }
    return (trees, places)
  }
}
