import Gridworlds
import Planning
import Studies
import TerminalUI

/// What the policy likes best in one cell.
public struct CellDecision: Sendable {
  let cell: Position
  let action: Int
  let probability: Float
}

/// Steps through episodes, forward and back, and shows where and why one departs from the intended goal.
public struct ReplayScene: Room {
  static let speeds = [0.25, 0.5, 1, 2, 4, 8, 16]
  /// Steps a second at normal speed.
  static let pace = 8.0

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
  var showsTrail = true
  var showsIntended = true
  var showsProxy = false
  var showsArrows = false
  /// Steps of zoom above or below what fits.
  var zoomOffset = 0
  var decisions: [CellDecision] = []
  /// Which goal the episode shown pursues when it may change its mind; of longer ones it would take a while.
  private(set) var track: GoalTrack?
  /// The same agent on the level's training twin, or on the same level under the other intention, while comparing.
  var twin: Run?
  var isSwapped = false
  /// The digits of a step being typed after `:`.
  var typed: String?
  /// A word on what just happened, until the next key.
  var notice: String?
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

  private mutating func followTrack() { track = run.episode.steps.count <= 2_000 ? run.analysis?.track() : nil }

  var run: Run { runs[index] }
  var last: Int { max(run.episode.steps.count, twin?.episode.steps.count ?? 0) }

  var shownWorld: (any World)? { run.episode.world }

  var bindings: Bindings<Command> {
    isPlayed ? .playing(run.episode.world.actions) : .replay
  }

  var frameInterval: Double? {
    guard isPlaying else { return nil }
    return max(1.0 / 32, 1 / (ReplayScene.pace * ReplayScene.speeds[speed]))
  }

  /// Steps a tick: at high speeds more than one, since no terminal shows 128 frames a second.
  private var stride: Int { max(1, Int((ReplayScene.pace * ReplayScene.speeds[speed] / 32).rounded())) }

  mutating func perform(_ command: Command) -> [Wish] {
    notice = nil
    switch command {
    case .togglePlay:
      if !isPlaying && atEnd { frame = isReversed ? last : 0 }
      isPlaying.toggle()
    case .stepForward: seek(frame + 1)
    case .stepBack: seek(frame - 1)
    case .forward10: seek(frame + 10)
    case .back10: seek(frame - 10)
    case .jump(let tenth): seek((last * tenth + 5) / 10)
    case .first: seek(0)
    case .last: seek(last)
    case .faster: speed = min(ReplayScene.speeds.count - 1, speed + 1)
    case .slower: speed = max(0, speed - 1)
    case .normalSpeed: speed = 2
    case .reverse: isReversed.toggle()
    case .loop: loops.toggle()
    case .gotoStep: typed = ""
    case .departure:
      if let step = run.analysis?.marks.departure {
        seek(step)
      } else {
        notice = "This episode has no departure."
      }
    case .nextHappening: seekHappening(happenings.first { $0 > frame })
    case .previousHappening: seekHappening(happenings.last { $0 < frame })
    case .nextEpisode: return show(index + 1)
    case .previousEpisode: return show(index - 1)
    case .trail: showsTrail.toggle()
    case .intendedPath: showsIntended.toggle()
    case .proxyPath: showsProxy.toggle()
    case .arrows: return toggleArrows()
    case .zoomIn: zoomOffset = min(2, zoomOffset + 1)
    case .zoomOut: zoomOffset = max(-2, zoomOffset - 1)
    case .compare: return toggleTwin()
    case .otherIntention: return toggleOtherIntention()
    case .swap: isSwapped.toggle()
    case .act(let action): act(action)
    default: break
    }
    return []
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
    case .input(.key(let key)): type(key)
    default: break
    }
    return []
  }

  private var atEnd: Bool { isReversed ? frame == 0 : frame == last }

  private mutating func seek(_ target: Int) {
    isPlaying = false
    frame = max(0, min(last, target))
  }

  /// The frames of the events, in order.
  private var happenings: [Int] { (run.analysis?.happenings ?? []).map(\.frame) }

  private mutating func seekHappening(_ target: Int?) {
    if let target { seek(target) } else { notice = "No further event." }
  }

  private mutating func tick() {
    guard isPlaying else { return }
    frame = max(0, min(last, frame + (isReversed ? -stride : stride)))
    guard atEnd else { return }
    // Playback stops on the last step; it never leaves.
    if loops { frame = isReversed ? last : 0 } else { isPlaying = false }
  }

  private mutating func show(_ target: Int) -> [Wish] {
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
    return (wasComparing ? toggleTwin() : []) + (showsArrows ? arrowWork() : [])
  }

  private mutating func toggleArrows() -> [Wish] {
    guard watcher != nil else {
      notice = "The policy is not at hand: this episode comes from a file."
      return []
    }
    showsArrows.toggle()
    return showsArrows ? arrowWork() : []
  }

  private func arrowWork() -> [Wish] {
    guard let watcher, let graph = run.analysis?.graph else { return [] }
    let level = run.episode.level.reference
    return [
      .effect(
        .work {
          .decisions(
            level: level,
            watcher.decisions(over: graph).map {
              CellDecision(cell: $0.key, action: $0.value.best, probability: $0.value.probabilities[$0.value.best])
            })
        })
    ]
  }

  private mutating func toggleTwin() -> [Wish] {
    if twin != nil {
      twin = nil
      frame = min(frame, last)
      return []
    }
    guard let watcher, let level = run.episode.world.twin(of: run.episode.level) else {
      notice = "There is no twin to compare with."
      return []
    }
    let world = run.episode.world
    return [.effect(.work { .twin(watcher.run(world, level)) })]
  }

  /// The same agent, seed and map where the training meant to reward something else: only the verdict can differ.
  private mutating func toggleOtherIntention() -> [Wish] {
    if let twin, twin.episode.world.name != run.episode.world.name { return toggleTwin() }
    guard let watcher, let world = run.episode.world.otherIntention,
      let level = try? run.episode.level.under(world)
    else {
      notice = "This world has one intention only: coinrun and locks have two."
      return []
    }
    return [.effect(.work { .twin(watcher.run(world, level)) })]
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

  private mutating func type(_ key: Key) {
    guard let text = typed else { return }
    switch key {
    case .character(let digit) where digit.isNumber && digit.isASCII && text.count < 6: typed = text + String(digit)
    case .backspace: typed = String(text.dropLast())
    case .enter:
      typed = nil
      if let step = Int(text) { seek(step) }
    default: typed = nil
    }
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

  /// Keys that would be commands belong to the number while one is typed.
  var isTyping: Bool { typed != nil }

  func layout(_ size: Size) -> ReplayLayout {
    ReplayLayout(size, map: run.episode.level.map)
  }
}

extension World {
  /// What a level is best compared with: a shifted level with its training twin, a generated training level with the
  /// shifted one of the same seed.
  func twin(of level: Level) -> Level? {
    if let twin = trainingTwin(of: level), twin.map != level.map || twin.timeLimit != level.timeLimit { return twin }
    guard let hash = level.reference.lastIndex(of: "#"), let seed = UInt64(level.reference[hash...].dropFirst()) else {
      return nil
    }
    return generate(.shifted, seed: seed)
  }
}
