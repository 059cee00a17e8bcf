import Gridworlds
import Studies
import TerminalUI

/// The agent on the map that is drawn: played after each edit, then judged; what came too late is dropped.
struct LiveStudy: Part {
  /// Who acts; `nil` where one only draws.
  private(set) var agent: Agent?
  /// Counts edits and seeds, so that runs of what is drawn no longer are told from those of what is.
  private(set) var revision = 0
  private(set) var latest: LiveRun?
  /// What the agent did on the level as it was opened.
  private(set) var opened: Run?
  private(set) var hasBegun = false
  /// Why nothing came of what was asked, until it is read.
  private var words: String?
  private var isPlayBusy = false
  private var isJudgeBusy = false

  /// The level as it was opened, and as it is.
  private let original: SketchedLevel
  private var drawn: SketchedLevel
  private var name: LevelName
  private let door: ReplayDoor

  init(_ drawn: SketchedLevel, name: LevelName, agent: Agent?, door: ReplayDoor) {
    (original, self.drawn, self.name, self.agent, self.door) = (drawn, drawn, name, agent, door)
  }

  /// What is known of what is drawn now.
  var current: LiveRun? { latest.flatMap { $0.revision == revision ? $0 : nil } }

  /// Runs the agent for the first time.
  mutating func begin() -> [Wish<LiveStudy>] {
    guard !hasBegun else { return [] }
    hasBegun = true
    return play()
  }

  /// Runs the agent on what is drawn now.
  mutating func follow(_ drawn: SketchedLevel, name: LevelName) -> [Wish<LiveStudy>] {
    (self.drawn, self.name) = (drawn, name)
    revision += 1
    return play()
  }

  /// Takes another name of what is drawn.
  mutating func rename(_ name: LevelName) { self.name = name }

  mutating func perform(_ command: LiveCommand) -> [Wish<LiveStudy>] {
    switch command {
    case .rerun: rerun()
    case .open: watch()
    case .compare: compare()
    }
  }

  /// Why nothing came of what was asked, once.
  mutating func takeWords() -> String? { words.take() }

  private mutating func play() -> [Wish<LiveStudy>] {
    guard !isPlayBusy else { return [] }
    isPlayBusy = true
    let (drawn, revision, reference, agent) = (drawn, revision, name.shown, agent)
    return [
      .work("editor") {
        let run = LiveRun(drawn, revision: revision, reference: reference, agent: agent)
        return Reply { $0.played(run) }
      }
    ]
  }

  private mutating func played(_ run: LiveRun) -> [Wish<LiveStudy>] {
    isPlayBusy = false
    guard run.revision == revision else { return play() }
    latest = run
    return judge()
  }

  private mutating func judge() -> [Wish<LiveStudy>] {
    guard !isJudgeBusy, let current, current.fault == nil, !current.isJudged else { return [] }
    isJudgeBusy = true
    let drawn = drawn
    return [
      .work("editor") {
        let run = current.judged(drawn)
        return Reply { $0.judged(run) }
      }
    ]
  }

  private mutating func judged(_ run: LiveRun) -> [Wish<LiveStudy>] {
    isJudgeBusy = false
    if run.revision == revision { latest = run }
    if run.revision == 0 { opened = run.run }
    return judge()
  }

  /// Another draw of the agent's chances.
  private mutating func rerun() -> [Wish<LiveStudy>] {
    guard let agent else {
      words = "There is no agent here."
      return []
    }
    self.agent = agent.sampling(seed: agent.seed &+ 1)
    words = agent.greedy ? "It always takes its best action: seeds change nothing." : nil
    revision += 1
    return play()
  }

  /// Why there is nothing to watch.
  private var reason: String {
    if agent == nil { return "There is no agent here." }
    if let fault = latest?.fault, latest?.level == nil { return "There is nothing to run on: \(fault)." }
    return "The agent is still at it."
  }

  private mutating func watch() -> [Wish<LiveStudy>] {
    guard let current, let episode = current.episode else {
      words = reason
      return []
    }
    let run = current.run
    return [door.open(agent) { run ?? Run(episode) }]
  }

  /// The agent on the level as it was opened and as it is, side by side.
  private mutating func compare() -> [Wish<LiveStudy>] {
    guard current?.episode != nil, let agent else {
      words = reason
      return []
    }
    guard let old = try? original.titled("as opened").level(reference: name.reference, searches: false) else {
      words = "As it was opened it is no level to compare with."
      return []
    }
    guard let new = try? drawn.titled("as edited").level(reference: name.shown, searches: false) else { return [] }
    let world = drawn.world
    return [
      .work("editor") {
        let room = ComparisonRoom(
          ComparisonRoom.Side(run: agent.run(world, old), agent: agent, name: "as opened"),
          ComparisonRoom.Side(run: agent.run(world, new), agent: agent, name: "as edited"))
        return Reply { _ in [.enter(room)] }
      }
    ]
  }
}

/// What a level is called that is being edited.
struct LevelName: Sendable {
  let reference: String
  /// Whether it differs from what is called so.
  let isEdited: Bool

  /// As the screen has it.
  var shown: String { reference + (isEdited ? "*" : "") }
}

/// What the agent does on the map.
enum LiveCommand: PartCommand {
  case open, compare, rerun

  static let keys: [Binding<LiveCommand>] = [
    .init("Enter", .open, "Agent", "replay what it does", footer: "watch"),
    .init("c", .compare, "Agent", "beside the level before", footer: "compare"),
    .init("R", .rerun, "Agent", "run with the next seed"),
  ]

  static let ways: [Binding<WayCommand>] = [
    .init("t", .trail, "Agent", "its trail"),
    .init("i", .intendedPath, "Agent", "best way to the goal"),
    .init("x", .proxyPath, "Agent", "best way to the proxy"),
  ]
}
