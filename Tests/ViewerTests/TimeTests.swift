import Testing

@testable import Studies
@testable import Viewer

/// Standing and moving in time, without a screen.
@Suite("Time")
struct TimeTests {
  @Test(
    "commands move between the first and the last position and not beyond",
    arguments: [
      ([.stepForward], 1), ([.stepBack], 0), ([.forward10, .forward10], 15), ([.last, .stepForward], 15),
      ([.last, .back10], 5), ([.jump(tenth: 5)], 8), ([.jump(tenth: 9), .first], 0),
    ] as [([PlayheadCommand], Int)])
  func moves(_ commands: [PlayheadCommand], _ position: Int) {
    var playhead = Playhead()
    for command in commands { #expect(playhead.perform(command, end: 15) == nil) }
    #expect(playhead.position == position && !playhead.isPlaying)
  }

  @Test("play stops on the last position and begins again from the first, reversed the other way round")
  func play() {
    var playhead = Playhead()
    _ = playhead.perform(.togglePlay, end: 3)
    for _ in 0..<3 { playhead.tick(end: 3) }
    #expect(playhead.position == 3 && !playhead.isPlaying)
    _ = playhead.perform(.togglePlay, end: 3)
    #expect(playhead.position == 0 && playhead.isPlaying)
    _ = playhead.perform(.togglePlay, end: 3)
    _ = playhead.perform(.reverse, end: 3)
    _ = playhead.perform(.togglePlay, end: 3)
    #expect(playhead.position == 3)
    playhead.tick(end: 3)
    #expect(playhead.position == 2)
  }

  @Test("a range is played again and again, and taken away by the third press")
  func range() {
    var playhead = Playhead()
    playhead.stand(at: 2)
    #expect(playhead.perform(.loopBetween, end: 9)?.hasPrefix("A is step 2") == true)
    #expect(playhead.perform(.loopBetween, end: 9)?.contains("different steps") == true)
    playhead.stand(at: 4)
    _ = playhead.perform(.loopBetween, end: 9)
    var seen: [Int] = []
    for _ in 0..<6 {
      seen.append(playhead.position)
      playhead.tick(end: 9)
    }
    #expect(seen == [2, 3, 4, 2, 3, 4] && playhead.isPlaying)
    _ = playhead.perform(.loopBetween, end: 9)
    #expect(playhead.range == nil)
  }

  @Test("events are gone to in order, and where there is none it is said")
  func events() {
    var playhead = Playhead()
    #expect(playhead.perform(EventCommand.departure, departure: nil, lack: "none", events: [3, 7], end: 9) == "none")
    #expect(playhead.perform(EventCommand.departure, departure: 5, lack: nil, events: [3, 7], end: 9) == nil)
    #expect(playhead.position == 5 && playhead.origin == 0)
    #expect(playhead.perform(EventCommand.nextHappening, departure: 5, lack: nil, events: [3, 7], end: 9) == nil)
    #expect(playhead.position == 7)
    #expect(
      playhead.perform(EventCommand.nextHappening, departure: 5, lack: nil, events: [3, 7], end: 9)
        == "No further event.")
    #expect(playhead.position == 7)
  }

  private static let events = [
    SharedEvent(name: "start", first: 0, second: 0), SharedEvent(name: "cheese", first: 4, second: 8),
    SharedEvent(name: "end", first: 6, second: 12),
  ]

  @Test("by step both sides show the same step, the shorter one its last")
  func byStep() {
    var clock = PairClock(lasts: [6, 12], events: TimeTests.events, at: 5)
    #expect(clock.shown == [5, 5] && clock.end == 12)
    clock.perform(.last)
    #expect(clock.shown == [6, 12])
  }

  @Test("by event both show the event, each at its own step; who only passes by stays where they were")
  func byEvent() {
    var clock = PairClock(lasts: [6, 12], events: TimeTests.events, at: 9)
    #expect(clock.goOn() == nil && clock.sync == .event)
    #expect(clock.shown == [4, 8], "the last event that the side in focus has behind it")
    clock.perform(.faster)
    clock.perform(.loopBetween)
    _ = clock.goOn()
    #expect(clock.sync == .free && clock.shown == [6, 9], "nothing moved among the events")
    for _ in 0..<2 { _ = clock.goOn() }
    clock.perform(.stepForward)
    _ = clock.goOn()
    #expect(clock.shown == [6, 12], "who moved goes on from there")
  }

  @Test("free, only the side in focus moves, and a swap takes times along")
  func free() {
    var clock = PairClock(lasts: [6, 12], events: TimeTests.events, at: 2)
    for _ in 0..<2 { _ = clock.goOn() }
    clock.perform(.stepForward)
    #expect(clock.shown == [2, 3] && clock.end == 12)
    clock.focus(on: 0)
    clock.perform(.last)
    #expect(clock.shown == [6, 3] && clock.end == 6)
    clock.swap(events: TimeTests.events)
    #expect(clock.shown == [3, 6] && clock.focus == 1)
  }

  @Test("what is typed is a step, a theme, a command by name or beginning, or a problem that names what may be meant")
  func commandLine() {
    let line = CommandLine(bindings: ReplayRoom.menu.bindings)
    func isCommand(_ text: String, _ name: String) -> Bool {
      if case .command(let command) = line.meaning(of: text) { command.name == name } else { false }
    }
    #expect(isCommand("last", "last") && isCommand("LAST", "last") && isCommand("forw", "forward-10"))
    if case .step(let step) = line.meaning(of: " 12 ") { #expect(step == 12) } else { Issue.record("no step") }
    if case .nothing = line.meaning(of: "  ") {} else { Issue.record("something") }
    if case .problem(let words) = line.meaning(of: "l") {
      #expect(words.hasPrefix("l may be "))
    } else {
      Issue.record("l is several commands' beginning")
    }
    if case .problem = line.meaning(of: "last step") {} else { Issue.record("one word too many") }
    #expect(line.completed("forw") == "forward-10" && line.completed("xyz") == nil)
  }
}
