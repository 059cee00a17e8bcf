import TerminalUI

/// Where in time one stands, and how it goes on by itself: over the frames of an episode, or over whatever else has an
/// order and an end.
struct Playhead: Part {
  /// What one position is: a step of many, or an event that takes a look.
  enum Beat: Sendable { case step, event }

  /// Times the normal speed.
  static let speeds = [0.25, 0.5, 1, 2, 4, 8, 16]

  private(set) var position = 0
  private(set) var isPlaying = false
  private(set) var isReversed = false
  private(set) var loops = false
  /// The range that is played again and again; without an end while only its start is set.
  private(set) var range: (start: Int, end: Int?)?
  /// From where one jumped last.
  private(set) var origin: Int?
  /// Ticks for which what stands here still blinks after a jump, so that the eye finds it.
  private var blinks = 0
  private var speed = 2
  /// Positions a second at normal speed.
  private var pace = Settings.usualPace
  /// Whether what moves unasked may.
  private var animates = false

  /// - Parameter animates: whether what stands here may blink after a jump.
  mutating func adopt(_ settings: Settings, animates: Bool) {
    pace = settings.pace
    self.animates = animates
    if !animates { blinks = 0 }
  }

  // MARK: Commands

  /// - Parameter end: the last position.
  /// - Returns: a word on what was done, where one is needed.
  mutating func perform(_ command: PlayheadCommand, end: Int) -> String? {
    switch command {
    case .togglePlay:
      if !isPlaying && isAtEnd(end) { position = isReversed ? end : 0 }
      isPlaying.toggle()
    case .stepForward: seek(position + 1, end: end)
    case .stepBack: seek(position - 1, end: end)
    case .forward10: seek(position + 10, end: end)
    case .back10: seek(position - 10, end: end)
    case .jump(let tenth): leap(to: (end * tenth + 5) / 10, end: end)
    case .first: leap(to: 0, end: end)
    case .last: leap(to: end, end: end)
    case .faster: speed = min(Playhead.speeds.count - 1, speed + 1)
    case .slower: speed = max(0, speed - 1)
    case .normalSpeed: speed = 2
    case .reverse: isReversed.toggle()
    case .loop: loops.toggle()
    case .loopBetween: return loopBetween()
    }
    return nil
  }

  /// - Parameters:
  ///   - departure: the position of the departure, or of what stands in its place so far.
  ///   - lack: that there is no departure, in words.
  ///   - events: the positions of events, in order.
  /// - Returns: that there is nothing to go to, or not what was asked for.
  mutating func perform(
    _ command: EventCommand, departure: Int?, lack: String?, events: [Int], end: Int
  ) -> String? {
    let target = command.pick(
      departure: { departure }, previous: { events.last { $0 < position } }, next: { events.first { $0 > position } })
    if let target { leap(to: target, end: end) }
    let ended = target == nil ? "No further event." : nil
    return command.pick(departure: { lack }, previous: { ended }, next: { ended })
  }

  /// The first press sets A, the second B, the third takes both away.
  private mutating func loopBetween() -> String {
    guard let range, range.end == nil else {
      if range == nil {
        range = (position, nil)
        return "A is step \(position). Go to where B should be and press a again."
      }
      range = nil
      return "The range from A to B is gone."
    }
    guard range.start != position else { return "A and B need different steps: go elsewhere and press a again." }
    let (start, end) = (min(range.start, position), max(range.start, position))
    self.range = (start, end)
    position = isReversed ? end : start
    isPlaying = true
    return "Playing steps \(start) to \(end) again and again; a ends it."
  }

  // MARK: Moving

  /// Goes somewhere near, and stays.
  mutating func seek(_ target: Int, end: Int) {
    isPlaying = false
    blinks = 0
    position = max(0, min(end, target))
  }

  /// Goes somewhere far, so that one can come back from there.
  mutating func leap(to target: Int, end: Int) {
    origin = position
    seek(target, end: end)
    if animates { blinks = 6 }
  }

  /// Stands somewhere without a word on whether it plays.
  mutating func stand(at position: Int) { self.position = position }

  mutating func pause() { isPlaying = false }

  /// Plays on from here, forward.
  mutating func play() { (isPlaying, isReversed) = (true, false) }

  /// The range means nothing any more, and where one came from neither.
  mutating func forget(origin forgetsOrigin: Bool = true) {
    range = nil
    if forgetsOrigin { origin = nil }
  }

  // MARK: By itself

  private func isAtEnd(_ end: Int) -> Bool { position == (isReversed ? 0 : end) }

  /// Seconds between ticks while something moves, `nil` while nothing does.
  func interval(_ beat: Beat = .step) -> Double? {
    guard isPlaying else { return blinks > 0 ? 1.0 / 8 : nil }
    let speed = Playhead.speeds[speed]
    return beat == .event ? max(1.0 / 8, 1 / speed) : max(1.0 / 32, 1 / (pace * speed))
  }

  mutating func tick(_ beat: Beat = .step, end: Int) {
    blinks = max(0, blinks - 1)
    guard isPlaying else { return }
    // At high speeds more than one step, since no terminal shows 128 frames a second.
    let stride = beat == .event ? 1 : max(1, Int((pace * Playhead.speeds[speed] / 32).rounded()))
    let next = position + (isReversed ? -stride : stride)
    if let turned = turn(to: next) {
      position = min(turned, end)
      return
    }
    position = max(0, min(end, next))
    guard isAtEnd(end) else { return }
    // Playback stops on the last step; it never leaves.
    if loops { position = isReversed ? end : 0 } else { isPlaying = false }
  }

  /// Where playback goes on instead, given the range; `nil` where that has nothing to say.
  private func turn(to next: Int) -> Int? {
    guard let range, let end = range.end else { return nil }
    if isReversed { return position >= range.start && next < range.start ? end : nil }
    return position <= end && next > end ? range.start : nil
  }

  // MARK: Words

  /// Whether what stands here is drawn reversed, for the eye to find it.
  var isBlinking: Bool { blinks % 2 == 1 }

  /// How fast it plays: `0.5x`.
  var speedName: String {
    let speed = Playhead.speeds[speed]
    return speed < 1 ? "\(speed)x" : "\(Int(speed))x"
  }
}

/// Moving in time.
enum PlayheadCommand: PartCommand {
  case togglePlay, stepForward, stepBack, forward10, back10, first, last
  case jump(tenth: Int)
  case faster, slower, normalSpeed, reverse, loop, loopBetween

  /// What a command is about.
  enum Meaning: Sendable { case place, play, range }

  var meaning: Meaning {
    switch self {
    case .stepForward, .stepBack, .forward10, .back10, .first, .last, .jump: .place
    case .togglePlay, .faster, .slower, .normalSpeed, .reverse, .loop: .play
    case .loopBetween: .range
    }
  }

  /// - Parameters:
  ///   - arrows: whether the arrows step, or have another meaning.
  ///   - isPlaying: whether it plays now, for the footer to say what the key does then.
  static func keys(arrows: Bool, isPlaying: Bool) -> [Binding<PlayheadCommand>] {
    [
      .init("Space", .togglePlay, "Move in time", "play or pause", footer: isPlaying ? "pause" : "play"),
      .init(arrows ? ", Left h" : ",", .stepBack, "Move in time", "a step back", footer: "step"),
      .init(arrows ? ". Right l" : ".", .stepForward, "Move in time", "a step forward", footer: "step"),
      .init(arrows ? "( S-Left" : "(", .back10, "Move in time", "ten steps back"),
      .init(arrows ? ") S-Right" : ")", .forward10, "Move in time", "ten steps forward"),
      .init("g Home", .first, "Move in time", "first step"),
      .init("G End", .last, "Move in time", "last step"),
      .init("0", .jump(tenth: 0), "Move in time", "to 0 … 90 %", label: "0 … 9"),
    ]
      + (1...9).map { .init("\($0)", .jump(tenth: $0), "Move in time", "") }
      + [
        .init("<", .slower, "Move in time", "slower"),
        .init(">", .faster, "Move in time", "faster"),
        .init("BS", .normalSpeed, "Move in time", "normal speed"),
        .init("r", .reverse, "Move in time", "play backward"),
        .init("o", .loop, "Move in time", "loop"),
        .init("a", .loopBetween, "Move in time", "A, B: play between; off"),
      ]
  }
}
