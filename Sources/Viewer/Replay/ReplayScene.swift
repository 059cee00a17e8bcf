import Gridworlds
import Planning
import Studies
import TerminalUI

/// Steps through episodes, forward and back, and shows where and why one departs from the intended goal.
public struct ReplayScene: Room {
  static let speeds = [0.25, 0.5, 1, 2, 4, 8, 16]
  var runs: [Run]
  var index: Int
  var agent: Agent?
  /// The list that the episode was opened from, where there is more than it holds.
  var shelf: ReplayShelf?
  /// Whether a person acts: then moves are keys, and acting in the past branches there.
  let isPlayed: Bool
  /// The command that opens these episodes where no agent on a level does: `wayward replay runs.jsonl`.
  public var source: String?

  var frame = 0
  var isPlaying = false
  var isReversed = false
  var loops = false
  var speed = 2
  var look = BoardLook()
  /// What is known of every cell.
  var surveys = Surveys()
  /// Which goal the episode shown pursues when it may change its mind; of longer ones it would take a while.
  private(set) var track: GoalTrack?
  /// By episode (its row where it is one of a list), what was tried otherwise from it.
  var trees: [Int: BranchTree] = [:]
  /// Whether there is a branch that is in no file, and whether the next `q` leaves all the same.
  var hasUnsavedBranches = false
  private var isLeaving = false
  /// What of it a file has.
  private(set) var filedTrees: [Int: BranchTree] = [:]
  /// Which branch is shown; `nil` of the episode itself.
  var shownBranch: Int?
  /// While a person acts in the agent's stead.
  var takeOver: TakeOver?
  /// A list that lies over the replay.
  var panel: Panel?
  /// Other agents that could act here.
  public var rivals: [Agent.Source] = []
  /// Marks, ranges, searches, lanes.
  var tools = TimeTools()
  /// A word on what just happened, until the next key.
  var notice: String?
  /// Whether a room full of people looks on.
  var isPresenting = false
  /// Whether what moves unasked may.
  private(set) var animates = false
  /// Ticks for which the agent still blinks after a jump, so that the eye finds it.
  var blinks = 0
  /// Steps a second at normal speed.
  private(set) var pace = Settings.usualPace
  private(set) var size = Size(width: 80, height: 24)

  /// A replay of some episodes, at least one.
  public init?(runs: [Run], at index: Int = 0, agent: Agent?, isPlaying: Bool = false, isPlayed: Bool = false) {
    guard runs.indices.contains(index) else { return nil }
    self.runs = runs
    self.index = index
    self.agent = agent
    self.isPlaying = isPlaying
    self.isPlayed = isPlayed
    followTrack()
  }

  /// A level for a person to play.
  public static func played(_ world: any World, _ level: Level) -> ReplayScene? {
    let run = Run(Episode(world: world, level: level, agent: Episode.person, seed: 0))
    return ReplayScene(runs: [run], agent: nil, isPlayed: true)
  }

  mutating func followTrack() { track = run.episode.steps.count <= 2_000 ? run.analysis?.track() : nil }

  /// A replay of episodes with the branches that a file has of them.
  /// - Parameter branch: the number of the branch that is shown first.
  public init?(trees: [BranchTree], at index: Int = 0, branch: Int? = nil) {
    self.init(runs: trees.map(\.root), at: index, agent: nil)
    for (index, tree) in trees.enumerated() where !tree.branches.isEmpty { self.trees[index] = tree }
    filedTrees = self.trees
    shownBranch = branch.flatMap { trees[index][$0]?.id }
    followTrack()
  }

  /// The episode that is shown.
  public var run: Run { takeOver?.run ?? trees[treeKey]?.run(of: shownBranch) ?? runs[index] }
  var last: Int { run.episode.steps.count }

  /// The command that opens one of these episodes.
  private func command(of index: Int) -> String? {
    source.map { runs.count > 1 ? "\($0) --episode \(index + 1)" : $0 }
  }

  public var shownWorld: (any World)? { run.episode.world }
  public var helpNote: String { "agent against devices: \(Posterior.deviceClass)" }
  public var moment: Moment? {
    Moment(
      run: run, frame: min(frame, run.episode.steps.count), agent: agent, source: command(of: index),
      keys: branchKeys)
  }

  public var takesNextKey: Bool { tools.pending != nil }

  public var menu: Menu<ReplayScene> {
    if tools.chooser != nil { return ReplayScene.choosingLanes }
    if look.cursor != nil && takeOver == nil && panel == nil { return ReplayScene.inspecting }
    if takeOver != nil { return ReplayScene.takingOver(run.episode.world.actions) }
    switch panel {
    case .branches?: return ReplayScene.branchList
    case .opponents?: return ReplayScene.opponentList
    case nil: return isPlayed ? ReplayScene.playing(run.episode.world.actions) : ReplayScene.menu
    }
  }

  public var frameInterval: Double? {
    guard isPlaying else { return blinks > 0 ? 1.0 / 8 : nil }
    return max(1.0 / 32, 1 / (pace * ReplayScene.speeds[speed]))
  }

  public mutating func prepare() {
    notice = nil
    isLeaving = false
  }

  public mutating func goBack() -> [Wish<ReplayScene>] {
    notice = nil
    guard hasUnsavedBranches, !isLeaving else { return surveyWork() }
    isLeaving = true
    notice = "There are branches that are not saved: B and s save them, q once more leaves without."
    return [.stay]
  }

  public mutating func go(to step: Int) -> [Wish<ReplayScene>] {
    leap(to: step)
    return surveyWork()
  }

  mutating func perform(_ command: ReplayCommand) -> [Wish<ReplayScene>] {
    switch command {
    case .explain: return explain() + surveyWork()
    case .compare: return compare() + surveyWork()
    case .otherIntention: return compareIntentions() + surveyWork()
    case .edit:
      return [EditorRoom.entered(run, agent: agent) { ReplayScene(runs: [$0], agent: $1, isPlaying: true) }]
    case .nextEpisode: return show(index + 1) + surveyWork()
    case .previousEpisode: return show(index - 1) + surveyWork()
    }
  }

  public mutating func adopt(_ settings: Settings) {
    isPresenting = settings.isPresenting
    pace = settings.pace
    animates = settings.animates
    if !animates { blinks = 0 }
  }

  public mutating func receive(_ event: RoomEvent) -> [Wish<ReplayScene>] {
    switch event {
    case .tick: tick()
    case .input(.key(let key)): takeKey(key)
    case .input(.resize(let size)): self.size = size
    case .input(.mouse(let mouse)): point(mouse)
    default: break
    }
    return surveyWork()
  }

  mutating func show(_ target: Int) -> [Wish<ReplayScene>] {
    if let shelf { return turn(shelf, by: target - index) }
    return show(run: target)
  }

  mutating func show(run target: Int) -> [Wish<ReplayScene>] {
    guard runs.indices.contains(target) else {
      notice = target < 0 ? "This is the first episode." : "This is the last episode."
      return []
    }
    index = target
    shownBranch = nil
    frame = 0
    followTrack()
    look.cursor = nil
    tools.range = nil
    tools.origin = nil
    return searchAgain()
  }

  /// A move of a person who plays.
  mutating func play(_ command: MoveCommand) -> [Wish<ReplayScene>] {
    switch command {
    case .act(let action): act(action)
    }
    return surveyWork()
  }

  private mutating func act(_ action: Int) {
    var episode = run.episode
    if frame < episode.steps.count { episode = episode.prefix(frame) }
    guard episode.conclusion == .stopped else {
      notice = "The episode is over: step back with , and act there to try otherwise."
      return
    }
    episode.advance(action)
    runs[index] = Run(episode, graph: run.analysis?.graph)
    frame = episode.steps.count
    isPlaying = false
    followTrack()
    if let search = tools.search, episode.steps.count <= ReplayScene.longestLive { _ = searchWork(search.query) }
  }

  /// Looks for what was searched for in the run that is shown now.
  mutating func searchAgain() -> [Wish<ReplayScene>] { tools.search.map { searchWork($0.query) } ?? [] }

  private mutating func point(_ mouse: MouseEvent) {
    guard takeOver == nil else { return }
    if panel != nil {
      if mouse.kind == .press, let line = panel?.list.line(at: mouse.point, in: size) { panel?.list.select(line) }
      return
    }
    switch mouse.kind {
    case .press, .drag:
      let timeline = layout(size).timeline
      guard timeline.contains(mouse.point) else { return inspect(at: mouse.point) }
      if let target = self.timeline.frame(at: mouse.point.x - timeline.x, width: timeline.width) { seek(target) }
    case .scrollUp: seek(frame - 1)
    case .scrollDown: seek(frame + 1)
    case .release: break
    }
  }

  func layout(_ size: Size) -> ReplayLayout {
    var panels = look.panels
    if look.cursor != nil { panels.inspector = true }
    let layout = ReplayLayout(
      size, map: run.episode.level.map, isPresenting: isPresenting, lanes: chosenRows, panels: panels, zoom: look.zoom)
    return look.cursor == nil ? layout : layout.withInspector
  }
}
