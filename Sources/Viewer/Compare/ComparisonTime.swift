import Gridworlds
import Planning
import Studies

/// Moving in time on two sides at once: by steps, by events, or each for itself.
extension ComparisonScene {
  /// Where the time stands: a step, or the number of an event.
  var position: Int {
    switch sync {
    case .step: clock
    case .event: event
    case .free: frames[focus]
    }
  }

  /// Where it ends.
  var end: Int {
    switch sync {
    case .step: max(sides[0].last, sides[1].last)
    case .event: events.count - 1
    case .free: sides[focus].last
    }
  }

  mutating func perform(_ command: PlayheadCommand) -> [Wish<ComparisonScene>] {
    switch command {
    case .togglePlay:
      if !isPlaying && atEnd { move(to: isReversed ? end : 0) }
      isPlaying.toggle()
    case .stepForward: seek(position + 1)
    case .stepBack: seek(position - 1)
    case .forward10: seek(position + 10)
    case .back10: seek(position - 10)
    case .jump(let tenth): seek((end * tenth + 5) / 10)
    case .first: seek(0)
    case .last: seek(end)
    case .faster: speed = min(ReplayScene.speeds.count - 1, speed + 1)
    case .slower: speed = max(0, speed - 1)
    case .normalSpeed: speed = 2
    case .reverse: isReversed.toggle()
    case .loop: loops.toggle()
    // A range is of one episode.
    case .loopBetween: break
    }
    return []
  }

  public mutating func go(to step: Int) -> [Wish<ComparisonScene>] {
    seek(sync == .event ? events.lastIndex { frame(of: $0) <= step } ?? 0 : step)
    return []
  }

  mutating func perform(_ command: EventCommand) -> [Wish<ComparisonScene>] {
    switch command {
    case .departure: seekDeparture()
    case .nextHappening: seekHappening { frames, now in frames.first { $0 > now } }
    case .previousHappening: seekHappening { frames, now in frames.last { $0 < now } }
    }
    return []
  }

  mutating func seek(_ target: Int) {
    isPlaying = false
    move(to: target)
  }

  private mutating func move(to target: Int) {
    let target = max(0, min(end, target))
    switch sync {
    case .step: clock = target
    case .event:
      event = target
      entered = nil
    case .free: frames[focus] = target
    }
  }

  private var atEnd: Bool { position == (isReversed ? 0 : end) }

  mutating func tick() {
    guard isPlaying else { return }
    let stride = sync == .event ? 1 : max(1, Int((pace * ReplayScene.speeds[speed] / 32).rounded()))
    move(to: position + (isReversed ? -stride : stride))
    guard atEnd else { return }
    if loops { move(to: isReversed ? end : 0) } else { isPlaying = false }
  }

  /// The frame of an event on the side in focus.
  private func frame(of event: SharedEvent) -> Int { focus == 0 ? event.first : event.second }

  /// Takes up another way to go: what is shown stays, as far as the other way can show it.
  mutating func follow(_ sync: Sync) {
    // Who only passes by the events stays where they were.
    let shown = entered ?? self.shown
    entered = sync == .event ? shown : nil
    self.sync = sync
    isPlaying = false
    switch sync {
    case .step: clock = shown[focus]
    case .event:
      event = events.lastIndex { frame(of: $0) <= shown[focus] } ?? 0
      if events.count == 2 { notice = "The two have no event in common but start and end." }
    case .free: frames = shown
    }
  }

  /// The departure of the side in focus, else of the other one.
  private mutating func seekDeparture() {
    let departures = sides.map { $0.run.analysis?.marks.departure }
    guard let side = [focus, 1 - focus].first(where: { departures[$0] != nil }), let step = departures[side] else {
      notice = "Neither side departs."
      return
    }
    switch sync {
    case .step: seek(step)
    case .event:
      guard let index = events.firstIndex(where: { $0.name == "departure" }) else {
        notice = "Only \(["A", "B"][side]) departs, at step \(step): s goes by steps again."
        return
      }
      seek(index)
    case .free:
      focus = side
      seek(step)
    }
  }

  private mutating func seekHappening(_ pick: (_ frames: [Int], _ now: Int) -> Int?) {
    let frames: [Int]
    switch sync {
    case .step: frames = Array(Set(sides.flatMap { happenings(of: $0) })).sorted()
    case .event: frames = Array(events.indices)
    case .free: frames = happenings(of: sides[focus])
    }
    if let target = pick(frames, position) { seek(target) } else { notice = "No further event." }
  }

  private func happenings(of side: Side) -> [Int] { (side.run.analysis?.happenings ?? []).map(\.frame) }
}
