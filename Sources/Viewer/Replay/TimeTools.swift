import Gridworlds
import Studies
import TerminalUI

/// What helps to find one's way in time: marks, a range that is played again and again, a search, the lanes.
struct TimeTools: Sendable {
  /// A key of which only the next one says what it does.
  enum Pending: Sendable { case setMark, goToMark }

  /// By episode, the frames of the marks.
  var marks: [Int: [Character: Int]] = [:]
  /// From where one jumped last; two quotes go back there.
  var origin: Int?
  var pending: Pending?
  var range: (start: Int, end: Int?)?
  var search: Search?
  /// What was searched for, and where one stood, before the search that is being typed.
  var earlier: (search: Search?, frame: Int)?
  var lanes = LaneChoice()
  /// The chooser of lanes, while it is open.
  var chooser: LaneChooser?
}

/// What was searched for, and where it is; `nil` hits while they are still being looked for.
struct Search: Sendable {
  let query: EventQuery
  var hits: [Int32]?
}

/// Marks and ranges, as in vi and in players of films.
extension ReplayScene {
  /// The timeline of what is shown.
  var timeline: Timeline {
    var line = Timeline(run: run, frame: min(frame, run.episode.steps.count), track: track)
    line.choice = tools.lanes
    line.marks = tools.marks[number] ?? [:]
    line.range = tools.range
    line.hits = tools.search?.hits
    return line
  }

  mutating func perform(_ command: BookmarkCommand) -> [Wish<ReplayScene>] {
    switch command {
    case .setMark:
      tools.pending = .setMark
      notice = "Mark step \(frame) with a letter, a to z."
    case .goToMark:
      tools.pending = .goToMark
      let known = (tools.marks[number] ?? [:]).keys.sorted().map(String.init).joined(separator: " ")
      notice =
        known.isEmpty ? "No mark is set: m and a letter set one. ' goes back." : "Go to a mark: \(known); ' goes back."
    }
    return surveyWork()
  }

  mutating func perform(_ command: LanesCommand) -> [Wish<ReplayScene>] {
    switch command {
    case .lanes: tools.chooser = LaneChooser()
    }
    return surveyWork()
  }

  mutating func perform(_ command: FinderCommand) -> [Wish<ReplayScene>] {
    switch command {
    case .search:
      tools.earlier = (tools.search, frame)
      let line = TypedLine(label: "/", hint: EventQuery.hint, isLive: true)
      return [.ask(Question(line) { $0.takeSearch($1) })] + surveyWork()
    case .nextHit: seekHit(forward: true)
    case .previousHit: seekHit(forward: false)
    }
    return surveyWork()
  }

  /// Goes somewhere far, so that one can come back from there.
  mutating func leap(to target: Int) {
    tools.origin = frame
    seek(target)
    if animates { blinks = 6 }
  }

  /// Takes the key after `m` or `'`.
  mutating func takeKey(_ key: Key) {
    guard let pending = tools.pending else { return }
    tools.pending = nil
    notice = nil
    guard case .character(let letter) = key, letter.isASCII, letter.isLowercase || letter == "'" else {
      notice = key == .escape ? nil : "A mark is a letter from a to z."
      return
    }
    switch pending {
    case .setMark where letter == "'": notice = "A mark is a letter from a to z."
    case .setMark:
      tools.marks[number, default: [:]][letter] = frame
      notice = "Step \(frame) is mark \(letter): ' and \(letter) comes back here."
    case .goToMark:
      let target = letter == "'" ? tools.origin : tools.marks[number]?[letter]
      if let target {
        leap(to: target)
      } else {
        notice = letter == "'" ? "There was no jump yet to go back from." : "There is no mark \(letter)."
      }
    }
  }

  /// The first press sets A, the second B, the third takes both away.
  mutating func loopBetween() {
    guard let range = tools.range, range.end == nil else {
      if tools.range == nil {
        tools.range = (frame, nil)
        notice = "A is step \(frame). Go to where B should be and press a again."
      } else {
        tools.range = nil
        notice = "The range from A to B is gone."
      }
      return
    }
    guard range.start != frame else {
      notice = "A and B need different steps: go elsewhere and press a again."
      return
    }
    let (start, end) = (min(range.start, frame), max(range.start, frame))
    tools.range = (start, end)
    frame = isReversed ? end : start
    isPlaying = true
    notice = "Playing steps \(start) to \(end) again and again; a ends it."
  }

  /// Where playback goes on from a frame, given the range; `nil` where it has nothing to say.
  func turn(from old: Int, to new: Int) -> Int? {
    guard let range = tools.range, let end = range.end else { return nil }
    if isReversed { return old >= range.start && new < range.start ? end : nil }
    return old <= end && new > end ? range.start : nil
  }
}
