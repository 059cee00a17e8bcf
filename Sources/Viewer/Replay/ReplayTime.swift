/// Moving in time: by steps, to events, by itself.
extension ReplayScene {
  mutating func perform(_ command: PlayheadCommand) -> [Wish<ReplayScene>] {
    switch command {
    case .togglePlay:
      if !isPlaying && atEnd { frame = isReversed ? last : 0 }
      isPlaying.toggle()
    case .stepForward: seek(frame + 1)
    case .stepBack: seek(frame - 1)
    case .forward10: seek(frame + 10)
    case .back10: seek(frame - 10)
    case .jump(let tenth): leap(to: (last * tenth + 5) / 10)
    case .first: leap(to: 0)
    case .last: leap(to: last)
    case .faster: speed = min(ReplayScene.speeds.count - 1, speed + 1)
    case .slower: speed = max(0, speed - 1)
    case .normalSpeed: speed = 2
    case .reverse: isReversed.toggle()
    case .loop: loops.toggle()
    case .loopBetween: loopBetween()
    }
    return surveyWork()
  }

  mutating func perform(_ command: EventCommand) -> [Wish<ReplayScene>] {
    switch command {
    case .departure:
      if let step = run.analysis?.marks.departure {
        leap(to: step)
      } else {
        notice = "This episode has no departure."
      }
    case .nextHappening: seekHappening(happenings.first { $0 > frame })
    case .previousHappening: seekHappening(happenings.last { $0 < frame })
    }
    return surveyWork()
  }

  /// Steps a tick: at high speeds more than one, since no terminal shows 128 frames a second.
  var stride: Int { max(1, Int((pace * ReplayScene.speeds[speed] / 32).rounded())) }

  var atEnd: Bool { isReversed ? frame == 0 : frame == last }

  mutating func seek(_ target: Int) {
    isPlaying = false
    blinks = 0
    frame = max(0, min(last, target))
  }

  /// The frames of the events, in order.
  var happenings: [Int] { (run.analysis?.happenings ?? []).map(\.frame) }

  mutating func seekHappening(_ target: Int?) {
    if let target { leap(to: target) } else { notice = "No further event." }
  }

  mutating func tick() {
    blinks = max(0, blinks - 1)
    guard isPlaying else { return }
    let next = max(0, min(last, frame + (isReversed ? -stride : stride)))
    if let turned = turn(from: frame, to: frame + (isReversed ? -stride : stride)) {
      frame = min(turned, last)
      return
    }
    frame = next
    guard atEnd else { return }
    // Playback stops on the last step; it never leaves.
    if loops { frame = isReversed ? last : 0 } else { isPlaying = false }
  }
}
