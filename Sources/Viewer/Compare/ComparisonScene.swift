import Accounts
import Gridworlds
import Planning
import Studies
import TerminalUI

/// Two runs beside one another: a level and its twin, two agents, two seeds, a branch and what it left, before and after
/// an edit.
public struct ComparisonScene: Room {
  /// One of the two.
  public struct Side: Sendable {
    /// What happened.
    public var run: Run
    /// Who acted; `nil` of episodes from files, and then its policy cannot be asked.
    public var agent: Agent?
    /// What it is called beside the other one.
    public var name: String

    /// One of the two.
    public init(run: Run, agent: Agent?, name: String) {
      self.run = run
      self.agent = agent
      self.name = name
    }

    var last: Int { run.episode.steps.count }
  }

  /// What holds the two together in time.
  enum Sync: String, Sendable, CaseIterable {
    /// The same step on both sides.
    case step
    /// Like events on both sides, whenever they happened.
    case event
    /// Each side has its own time.
    case free
  }

  /// How the two boards stand.
  enum Arrangement: Sendable, CaseIterable { case automatic, beside, stacked }

  private(set) var sides: [Side]
  /// Both runs, and what is worked out of them once.
  private(set) var comparison: Comparison
  private(set) var events: [SharedEvent]
  private(set) var sentences: [String]
  var sync = Sync.step
  /// The time of both sides while they go by steps.
  var clock: Int
  /// Which of ``events`` is shown while they go by events.
  var event = 0
  /// What the sides showed when they began to go by events, until they did.
  var entered: [Int]?
  /// The frames of the sides while each has its own time.
  var frames: [Int]
  /// Which side moves when each has its own time, whose departure is looked for, and which is shown where there is room
  /// for one only.
  var focus = 1
  var arrangement = Arrangement.automatic
  var look = BoardLook()
  /// Whether the difference of the policies lies over the boards.
  var showsDifference = false
  private(set) var difference: PolicyDifference?
  var isPlaying = false
  var isReversed = false
  var loops = false
  var speed = 2
  var notice: String?
  /// Whether a room full of people looks on.
  private(set) var isPresenting = false
  private(set) var pace = Settings.usualPace
  private(set) var size = Size(width: 80, height: 24)

  /// Two runs beside one another, A first.
  public init(_ first: Side, _ second: Side, at frame: Int = 0) {
    sides = [first, second]
    comparison = Comparison(first.run, second.run)
    events = comparison.sharedEvents
    sentences = comparison.captionSentences
    clock = max(0, min(frame, max(first.last, second.last)))
    frames = [min(clock, first.last), min(clock, second.last)]
  }

  /// A run beside the same agent's on another level: what is as in training is A.
  /// - Returns: slow work that plays the other level.
  public static func twin(
    of side: Side, on level: Level, at frame: Int = 0, agent: Agent
  ) -> @Sendable () -> ComparisonScene {
    let world = side.run.episode.world
    return {
      let isTraining = world.trainingTwin(of: side.run.episode.level).map { $0.map == level.map } ?? false
      let name = level.title.isEmpty ? level.reference : level.title
      let twin = Side(
        run: agent.run(world, level), agent: agent,
        name: isTraining ? "training twin" : name)
      return isTraining ? ComparisonScene(twin, side, at: frame) : ComparisonScene(side, twin, at: frame)
    }
  }

  /// A run beside the same agent's on the level's twin, played at once; `nil` where there is no twin.
  public static func twin(of run: Run, agent: Agent) -> ComparisonScene? {
    let level = run.episode.level
    guard let twin = run.episode.world.twin(of: level) else { return nil }
    let side = Side(run: run, agent: agent, name: level.title.isEmpty ? level.reference : level.title)
    return self.twin(of: side, on: twin, agent: agent)()
  }

  /// Whether one of the sides is this very run, so that a comparison which took a while finds the room that asked for it.
  func isAbout(_ run: Run) -> Bool {
    sides.contains {
      $0.run.episode.level == run.episode.level && $0.run.episode.seed == run.episode.seed
        && $0.run.episode.agent == run.episode.agent && $0.last == run.episode.steps.count
    }
  }

  var shownWorld: (any World)? { sides[focus].run.episode.world }
  var bindings: Bindings<Command> { .comparison }

  var frameInterval: Double? {
    guard isPlaying else { return nil }
    // An event takes a look; a step is soon seen.
    let speed = ReplayScene.speeds[speed]
    return sync == .event ? max(1.0 / 8, 1 / speed) : max(1.0 / 32, 1 / (pace * speed))
  }

  /// The frame that each side shows.
  var shown: [Int] {
    switch sync {
    case .step: sides.map { min(clock, $0.last) }
    case .event: [events[event].first, events[event].second]
    case .free: frames
    }
  }

  mutating func perform(_ command: Command) -> [Wish] {
    notice = nil
    switch command {
    case .sync: follow(Sync.allCases[((Sync.allCases.firstIndex(of: sync) ?? 0) + 1) % Sync.allCases.count])
    case .swap: swapSides()
    case .otherSide: focus = 1 - focus
    case .arrangement:
      let layout = layout(size)
      arrangement = layout.isStacked ? .beside : .stacked
      if layout.isSingle { notice = "There is room for one board only: Tab shows the other one." }
    case .difference: return toggleDifference()
    case .trail: look.showsTrail.toggle()
    case .intendedPath: look.showsIntended.toggle()
    case .proxyPath: look.showsProxy.toggle()
    default: performInTime(command)
    }
    return []
  }

  mutating func receive(_ event: Event<Message>) -> [Wish] {
    switch event {
    case .tick: tick()
    case .message(.difference(let levels, let difference)):
      guard levels == sides.map({ $0.run.episode.level.reference }), showsDifference else { return [] }
      self.difference = difference
      notice = nil
      if difference == nil {
        showsDifference = false
        notice = "The maps differ in size, or the actions do: there are no cells to set against each other."
      }
    case .input(.resize(let size)): self.size = size
    case .input(.mouse(let mouse)): point(mouse)
    default: break
    }
    return []
  }

  mutating func adopt(_ settings: Settings) {
    pace = settings.pace
    isPresenting = settings.isPresenting
  }

  private mutating func swapSides() {
    sides.swapAt(0, 1)
    frames.swapAt(0, 1)
    entered?.swapAt(0, 1)
    focus = 1 - focus
    comparison = Comparison(sides[0].run, sides[1].run)
    // The order of two events may turn where they were simultaneous: the one shown is looked up again.
    let shown = (events[event].second, events[event].first)
    events = comparison.sharedEvents
    event = events.lastIndex { ($0.first, $0.second) == shown } ?? min(event, events.count - 1)
    sentences = comparison.captionSentences
  }

  private mutating func toggleDifference() -> [Wish] {
    showsDifference.toggle()
    guard showsDifference, difference == nil else { return [] }
    let (a, b) = (sides[0], sides[1])
    guard let left = a.agent, let right = b.agent else {
      showsDifference = false
      notice = "A policy is not at hand: the episode comes from a file."
      return []
    }
    guard let graph = a.run.analysis?.graph, let other = b.run.analysis?.graph else {
      showsDifference = false
      notice = "The states of these levels are not known: they are too large."
      return []
    }
    notice = "Asking both policies in every cell…"
    let levels = sides.map { $0.run.episode.level.reference }
    return [
      .effect(.work { .difference(levels: levels, PolicyDifference(left, over: graph, right, over: other)) })
    ]
  }

  private mutating func point(_ mouse: MouseEvent) {
    switch mouse.kind {
    case .press, .drag:
      let layout = layout(size)
      if let side = layout.boards.indices.first(where: { layout.boards[$0]?.contains(mouse.point) == true }) {
        focus = side
        return
      }
      guard layout.lanes.contains(mouse.point), sync != .event else { return }
      let scale = laneScale(width: layout.lanes.width)
      let column = mouse.point.x - layout.lanes.x
      if (0..<scale.used).contains(column) { seek(scale.frames(at: column).lowerBound) }
    case .scrollUp: seek(position - 1)
    case .scrollDown: seek(position + 1)
    case .release: break
    }
  }

  func layout(_ size: Size) -> ComparisonLayout {
    ComparisonLayout(
      size, maps: sides.map { $0.run.episode.level.map }, arrangement, focus: focus, isPresenting: isPresenting)
  }
}

extension App {
  /// The program that opens in a comparison.
  public init(_ comparison: ComparisonScene, theme: Theme, size: Size) {
    self.init(room: comparison, theme: theme, size: size)
  }

  /// The program that opens in a comparison, with the replay of one of its sides behind it.
  public init(_ replay: ReplayScene, beside comparison: ComparisonScene, theme: Theme, size: Size) {
    self.init(room: replay, theme: theme, size: size)
    var room = comparison
    _ = room.receive(.input(.resize(size)))
    rooms.append(room)
  }
}
