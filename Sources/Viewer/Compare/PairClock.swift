import Studies

/// The time of two sides: together by step, together by event, or each for itself.
struct PairClock: Part {
  /// What holds the two together.
  enum Sync: String, Sendable, CaseIterable {
    /// The same step on both sides.
    case step
    /// Like events on both sides, whenever they happened.
    case event
    /// Each side has its own time.
    case free
  }

  private(set) var sync = Sync.step
  /// Over the steps, over the events, or over the steps of the side in focus.
  private(set) var playhead = Playhead()
  /// Which side moves when each has its own time, whose departure is looked for, and which is shown where there is room
  /// for one only.
  private(set) var focus = 1
  /// The last frames of the sides, and the events that they share.
  private var lasts: [Int]
  private var events: [SharedEvent]
  /// The frames of the sides while each has its own time; that of the side in focus is the playhead's.
  private var own: [Int] = [0, 0]
  /// What the sides showed when they began to go by events, until they did.
  private var entered: [Int]?

  /// - Parameter frame: the step at which both begin.
  init(lasts: [Int], events: [SharedEvent], at frame: Int) {
    (self.lasts, self.events) = (lasts, events)
    playhead.stand(at: max(0, min(frame, lasts.max() ?? 0)))
  }

  mutating func adopt(_ settings: Settings) { playhead.adopt(settings, animates: false) }

  // MARK: What is shown

  /// The frame that each side shows.
  var shown: [Int] {
    let now = playhead.position
    switch sync {
    case .step: return lasts.map { min(now, $0) }
    case .event: return [events[now].first, events[now].second]
    case .free:
      var frames = own
      frames[focus] = now
      return frames
    }
  }

  /// Where the time of now ends.
  var end: Int {
    switch sync {
    case .step: lasts.max() ?? 0
    case .event: events.count - 1
    case .free: lasts[focus]
    }
  }

  /// Where it stands, in words.
  var words: String {
    switch sync {
    case .step: "step \(playhead.position)/\(end)"
    case .event: events[playhead.position].name
    case .free: "\(["A", "B"][focus]) \(playhead.position)/\(lasts[focus])"
    }
  }

  private var beat: Playhead.Beat { sync == .event ? .event : .step }
  var frameInterval: Double? { playhead.interval(beat) }

  // MARK: Moving

  mutating func tick() {
    // Who has moved among the events does not go back to where they entered.
    if playhead.isPlaying { entered = nil }
    playhead.tick(beat, end: end)
  }

  mutating func perform(_ command: PlayheadCommand) {
    // A range is of one episode.
    guard command.meaning != .range else { return }
    let before = playhead.position
    _ = playhead.perform(command, end: end)
    if command.meaning == .place || playhead.position != before { entered = nil }
  }

  mutating func seek(_ target: Int) {
    playhead.seek(target, end: end)
    entered = nil
  }

  /// Goes to a step of the side in focus.
  mutating func go(to step: Int) {
    seek(sync == .event ? events.lastIndex { frame(of: $0) <= step } ?? 0 : step)
  }

  /// The frame of an event on the side in focus.
  private func frame(of event: SharedEvent) -> Int { focus == 0 ? event.first : event.second }

  /// Takes up another way to go: what is shown stays, as far as the other way can show it.
  /// - Returns: a word on it, where one is needed.
  mutating func goOn() -> String? {
    // Who only passes by the events stays where they were.
    let shown = entered ?? self.shown
    sync = Sync.allCases[((Sync.allCases.firstIndex(of: sync) ?? 0) + 1) % Sync.allCases.count]
    entered = sync == .event ? shown : nil
    playhead.pause()
    switch sync {
    case .step: playhead.stand(at: shown[focus])
    case .event:
      playhead.stand(at: events.lastIndex { frame(of: $0) <= shown[focus] } ?? 0)
      if events.count == 2 { return "The two have no event in common but start and end." }
    case .free:
      own = shown
      playhead.stand(at: shown[focus])
    }
    return nil
  }

  /// The other side comes into focus, or one of them.
  mutating func focus(on side: Int) {
    own = shown
    focus = side
    if sync == .free { playhead.stand(at: own[side]) }
  }

  /// The sides change places, with their times.
  /// - Parameter events: those that they share, as they are called then.
  mutating func swap(events: [SharedEvent]) {
    let frames = shown
    own = frames.reversed()
    entered?.swapAt(0, 1)
    lasts.swapAt(0, 1)
    focus = 1 - focus
    self.events = events
    if sync == .event {
      // The order of two events may turn where they were simultaneous: the one shown is looked up again.
      playhead.stand(
        at: events.lastIndex { ($0.first, $0.second) == (frames[1], frames[0]) }
          ?? min(playhead.position, events.count - 1))
    }
  }

  // MARK: Events

  /// - Parameters:
  ///   - departures: the frame at which each side departs.
  ///   - happenings: the frames of each side's events.
  /// - Returns: why there is nothing to go to, or a word on what is.
  mutating func perform(_ command: EventCommand, departures: [Int?], happenings: [[Int]]) -> String? {
    var clock = self
    let notice = command.pick(
      departure: { clock.goToDeparture(departures) },
      previous: { clock.goToHappening(forward: false, happenings) },
      next: { clock.goToHappening(forward: true, happenings) })
    self = clock
    return notice
  }

  /// Goes to the departure of the side in focus, else of the other one.
  /// - Returns: why there is none to go to.
  private mutating func goToDeparture(_ departures: [Int?]) -> String? {
    guard let side = [focus, 1 - focus].first(where: { departures[$0] != nil }), let step = departures[side] else {
      return "Neither side departs."
    }
    switch sync {
    case .step: seek(step)
    case .event:
      guard let index = events.firstIndex(where: { $0.name == "departure" }) else {
        return "Only \(["A", "B"][side]) departs, at step \(step): s goes by steps again."
      }
      seek(index)
    case .free:
      focus(on: side)
      seek(step)
    }
    return nil
  }

  /// Goes to the next of some frames, or the one before.
  /// - Returns: that there is none.
  private mutating func goToHappening(forward: Bool, _ happenings: [[Int]]) -> String? {
    let frames: [Int]
    switch sync {
    case .step: frames = Array(Set(happenings.flatMap(\.self))).sorted()
    case .event: frames = Array(events.indices)
    case .free: frames = happenings[focus]
    }
    let now = playhead.position
    guard let target = forward ? frames.first(where: { $0 > now }) : frames.last(where: { $0 < now }) else {
      return "No further event."
    }
    seek(target)
    return nil
  }
}
