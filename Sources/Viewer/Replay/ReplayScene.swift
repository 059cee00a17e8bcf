import Gridworlds
import Planning
import Studies
import TerminalUI

/// Steps through episodes, forward and back, and shows where and why one departs from the intended goal.
public struct ReplayScene: Room {
  static let speeds = [0.25, 0.5, 1, 2, 4, 8, 16]
  var runs: [Run]
  var index: Int
  var watcher: Watcher?
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
  /// The same agent on the level's training twin, or on the same level under the other intention, while comparing.
  var twin: Run?
  /// What the two runs together show, where that is no matter of training and shift.
  var twinWords: String?
  var isSwapped = false
  /// Marks, ranges, searches, lanes.
  var tools = TimeTools()
  /// A word on what just happened, until the next key.
  var notice: String?
  /// Whether a room full of people looks on.
  var isPresenting = false
  /// Steps a second at normal speed.
  private(set) var pace = Settings.usualPace
  private(set) var size = Size(width: 80, height: 24)

  /// A replay of some episodes, at least one.
  public init?(runs: [Run], at index: Int = 0, watcher: Watcher?, isPlaying: Bool = false, isPlayed: Bool = false) {
    guard runs.indices.contains(index) else { return nil }
    self.runs = runs
    self.index = index
    self.watcher = watcher
    self.isPlaying = isPlaying
    self.isPlayed = isPlayed
    followTrack()
  }

  mutating func followTrack() { track = run.episode.steps.count <= 2_000 ? run.analysis?.track() : nil }

  var run: Run { runs[index] }

  /// The command that opens one of these episodes.
  private func command(of index: Int) -> String? {
    source.map { runs.count > 1 ? "\($0) --episode \(index + 1)" : $0 }
  }
  var last: Int { max(run.episode.steps.count, twin?.episode.steps.count ?? 0) }

  var shownWorld: (any World)? { run.episode.world }
  var moment: Moment? {
    Moment(run: run, frame: min(frame, run.episode.steps.count), watcher: watcher, source: command(of: index))
  }

  var takesNextKey: Bool { tools.pending != nil || tools.chooser != nil }

  var bindings: Bindings<Command> {
    if tools.chooser != nil { return .laneChooser }
    if look.cursor != nil { return .inspecting }
    return isPlayed ? .playing(run.episode.world.actions) : .replay
  }

  var frameInterval: Double? {
    guard isPlaying else { return nil }
    return max(1.0 / 32, 1 / (pace * ReplayScene.speeds[speed]))
  }

  mutating func perform(_ command: Command) -> [Wish] {
    notice = nil
    if case .act(let action) = command { act(action) }
    if command == .edit { return EditorScene.entered(run, watcher: watcher) }
    let wishes =
      performInTime(command) ?? performTools(command) ?? performLook(command) ?? performComparison(command) ?? []
    return wishes + surveyWork()
  }

  mutating func adopt(_ settings: Settings) {
    isPresenting = settings.isPresenting
    pace = settings.pace
  }

  mutating func receive(_ event: Event<Message>) -> [Wish] {
    switch event {
    case .tick: tick()
    case .message(.twin(let run)):
      twin = run
      if run == nil { notice = "This level has no twin to compare with." }
    case .message(.survey(let moment)): if moment.survey.agent == watcher?.policy.name { surveys.take(moment) }
    case .message(.visitsCounted): surveys.isCounting = false
    case .message(.hits(let query, let episode, let hits)): receiveHits(query, episode: episode, hits)
    case .input(.key(let key)): takeKey(key)
    case .message(.neighbour(let place, let result, let watcher)): return take(place: place, result, watcher)
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
    frame = 0
    followTrack()
    look.cursor = nil
    let wasComparing = twin != nil
    (twin, twinWords) = (nil, nil)
    tools.range = nil
    tools.origin = nil
    let searching = tools.search.map { searchWork($0.query) } ?? []
    return searching + (wasComparing ? toggleTwin() : [])
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
    answer.topic == .search ? takeSearch(answer) : []
  }

  private mutating func point(_ mouse: MouseEvent) {
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
    return look.cursor == nil || twin != nil ? layout : layout.withInspector
  }
}
