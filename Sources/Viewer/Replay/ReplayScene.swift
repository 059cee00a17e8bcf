import Gridworlds
import Planning
import Studies
import TerminalUI

/// Steps through episodes, forward and back, and shows where and why one departs from the intended goal.
public struct ReplayScene: Room {
  static let speeds = [0.25, 0.5, 1, 2, 4, 8, 16]
  var runs: [Run]
  var index: Int
  let watcher: Watcher?
  /// Whether a person acts: then moves are keys, and acting in the past branches there.
  let isPlayed: Bool

  var frame = 0
  var isPlaying = false
  var isReversed = false
  var loops = false
  var speed = 2
  var look = BoardLook()
  var decisions: [CellDecision] = []
  /// Which goal the episode shown pursues when it may change its mind; of longer ones it would take a while.
  private(set) var track: GoalTrack?
  /// The same agent on the level's training twin, or on the same level under the other intention, while comparing.
  var twin: Run?
  var isSwapped = false
  /// A word on what just happened, until the next key.
  var notice: String?
  /// Whether a room full of people looks on.
  var isPresenting = false
  /// Steps a second at normal speed.
  private(set) var pace = Settings.usualPace
  private var size = Size(width: 80, height: 24)

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
  var last: Int { max(run.episode.steps.count, twin?.episode.steps.count ?? 0) }

  var shownWorld: (any World)? { run.episode.world }

  var bindings: Bindings<Command> {
    isPlayed ? .playing(run.episode.world.actions) : .replay
  }

  var frameInterval: Double? {
    guard isPlaying else { return nil }
    return max(1.0 / 32, 1 / (pace * ReplayScene.speeds[speed]))
  }

  mutating func perform(_ command: Command) -> [Wish] {
    notice = nil
    if case .act(let action) = command { act(action) }
    return performInTime(command) ?? performLook(command) ?? performComparison(command) ?? []
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
    case .message(.decisions(let level, let decisions)):
      if level == run.episode.level.reference { self.decisions = decisions }
    case .input(.resize(let size)): self.size = size
    case .input(.mouse(let mouse)): point(mouse)
    default: break
    }
    return []
  }

  mutating func show(_ target: Int) -> [Wish] {
    guard runs.indices.contains(target) else {
      notice = target < 0 ? "This is the first episode." : "This is the last episode."
      return []
    }
    index = target
    frame = 0
    followTrack()
    decisions = []
    let wasComparing = twin != nil
    twin = nil
    return (wasComparing ? toggleTwin() : []) + (look.showsArrows ? arrowWork() : [])
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
  }

  private mutating func point(_ mouse: MouseEvent) {
    switch mouse.kind {
    case .press, .drag:
      let timeline = layout(size).timeline
      guard timeline.contains(mouse.point) else { return }
      let line = Timeline(run: run, frame: frame)
      if let target = line.frame(at: mouse.point.x - timeline.x, width: timeline.width) { seek(target) }
    case .scrollUp: seek(frame - 1)
    case .scrollDown: seek(frame + 1)
    case .release: break
    }
  }

  func layout(_ size: Size) -> ReplayLayout {
    ReplayLayout(size, map: run.episode.level.map, isPresenting: isPresenting)
  }
}
