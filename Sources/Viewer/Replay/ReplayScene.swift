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

  var run: Run { takeOver?.run ?? trees[treeKey]?.run(of: shownBranch) ?? runs[index] }
  var last: Int { run.episode.steps.count }

  /// The command that opens one of these episodes.
  private func command(of index: Int) -> String? {
    source.map { runs.count > 1 ? "\($0) --episode \(index + 1)" : $0 }
  }

  var shownWorld: (any World)? { run.episode.world }
  var moment: Moment? {
    Moment(
      run: run, frame: min(frame, run.episode.steps.count), agent: agent, source: command(of: index),
      keys: branchKeys)
  }

  var takesNextKey: Bool { tools.pending != nil || tools.chooser != nil }

  var bindings: Bindings<Command> {
    if tools.chooser != nil { return .laneChooser }
    if look.cursor != nil && takeOver == nil && panel == nil { return .inspecting }
    if takeOver != nil { return .takingOver(run.episode.world.actions) }
    switch panel {
    case .branches?: return .branchList
    case .opponents?: return .opponentList
    case nil: return isPlayed ? .playing(run.episode.world.actions) : .replay
    }
  }

  var frameInterval: Double? {
    guard isPlaying else { return blinks > 0 ? 1.0 / 8 : nil }
    return max(1.0 / 32, 1 / (pace * ReplayScene.speeds[speed]))
  }

  mutating func perform(_ command: Command) -> [Wish] {
    notice = nil
    if command == .back, hasUnsavedBranches, !isLeaving {
      isLeaving = true
      notice = "There are branches that are not saved: B and s save them, q once more leaves without."
      return [.stay]
    }
    isLeaving = false
    if let wishes = performInPanel(command) ?? performWhatIf(command) { return wishes }
    if case .act(let action) = command { act(action) }
    if command == .edit { return EditorScene.entered(run, agent: agent) }
    let wishes =
      performInTime(command) ?? performTools(command) ?? performLook(command) ?? performComparison(command) ?? []
    return wishes + surveyWork()
  }

  mutating func adopt(_ settings: Settings) {
    isPresenting = settings.isPresenting
    pace = settings.pace
    animates = settings.animates
    if !animates { blinks = 0 }
  }

  mutating func receive(_ event: Event<Message>) -> [Wish] {
    switch event {
    case .tick: tick()
    case .message(.comparison(let scene, let problem)):
      guard let scene else {
        notice = problem
        return []
      }
      guard scene.isAbout(run) else { return [] }
      notice = nil
      return [.enter(scene)]
    case .message(.whatIf(let news)): return receive(news)
    case .message(.survey(let moment)): if moment.survey.agent == agent?.name { surveys.take(moment) }
    case .message(.visitsCounted): surveys.isCounting = false
    case .message(.hits(let query, let episode, let hits)): receiveHits(query, episode: episode, hits)
    case .input(.key(let key)): takeKey(key)
    case .message(.neighbour(let place, let result, let agent)): return take(place: place, result, agent)
    case .input(.resize(let size)): self.size = size
    case .input(.mouse(let mouse)): point(mouse)
    default: break
    }
    return surveyWork()
  }

  mutating func show(_ target: Int) -> [Wish] {
    if let shelf { return turn(shelf, by: target - index) }
    return show(run: target)
  }

  mutating func show(run target: Int) -> [Wish] {
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

  private mutating func act(_ action: Int) {
    guard isPlayed else { return }
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

  mutating func take(_ answer: Answer) -> [Wish] {
    answer.topic == .search ? takeSearch(answer) : takeBranchAnswer(answer)
  }

  /// Looks for what was searched for in the run that is shown now.
  mutating func searchAgain() -> [Wish] { tools.search.map { searchWork($0.query) } ?? [] }

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
