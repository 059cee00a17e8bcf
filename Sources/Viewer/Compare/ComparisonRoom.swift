import Accounts
import Gridworlds
import Inference
import Planning
import Studies
import TerminalUI

/// Two runs beside one another: a level and its twin, two agents, two seeds, a branch and what it left, before and after
/// an edit.
public struct ComparisonRoom: Room {
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

  /// The two, A first.
  private(set) var sides: [Side]
  /// Both runs, and what is worked out of them once.
  private(set) var comparison: Comparison
  private(set) var sentences: [String]
  private(set) var clock: PairClock
  private(set) var ways = Ways()
  private var arrangement = ComparisonLayout.Arrangement.automatic
  /// Whether the difference of the policies lies over the boards.
  private(set) var showsDifference = false
  private(set) var difference: PolicyDifference?
  private(set) var notice: String?
  /// Whether a room full of people looks on.
  private(set) var isPresenting = false
  private var size = Size.standard

  /// Two runs beside one another, A first.
  public init(_ first: Side, _ second: Side, at frame: Int = 0) {
    sides = [first, second]
    comparison = Comparison(first.run, second.run)
    sentences = comparison.captionSentences
    clock = PairClock(lasts: [first.last, second.last], events: comparison.sharedEvents, at: frame)
  }

  /// A run beside the same agent's on another level: what is as in training is A.
  /// - Returns: slow work that plays the other level.
  public static func twin(
    of side: Side, on level: Level, at frame: Int = 0, agent: Agent
  ) -> @Sendable () -> ComparisonRoom {
    let world = side.run.episode.world
    return {
      let isTraining = world.trainingTwin(of: side.run.episode.level).map { $0.map == level.map } ?? false
      let name = level.title.isEmpty ? level.reference : level.title
      let twin = Side(
        run: agent.run(world, level), agent: agent,
        name: isTraining ? "training twin" : name)
      return isTraining ? ComparisonRoom(twin, side, at: frame) : ComparisonRoom(side, twin, at: frame)
    }
  }

  /// A run beside the same agent's on the level's twin, played at once; `nil` where there is no twin.
  public static func twin(of run: Run, agent: Agent, at frame: Int = 0) -> ComparisonRoom? {
    let level = run.episode.level
    guard let twin = run.episode.world.twin(of: level) else { return nil }
    let side = Side(run: run, agent: agent, name: level.title.isEmpty ? level.reference : level.title)
    return self.twin(of: side, on: twin, at: frame, agent: agent)()
  }

  /// Whether one of the sides is this very run: who asked for a comparison that took a while may show another by then.
  func isAbout(_ run: Run) -> Bool {
    sides.contains {
      $0.run.episode.level == run.episode.level && $0.run.episode.seed == run.episode.seed
        && !$0.run.episode.hasOtherAgent(than: run.episode) && $0.last == run.episode.steps.count
    }
  }

  public var shownWorld: (any World)? { sides[clock.focus].run.episode.world }
  /// The two as JSON tells them.
  public var report: ComparisonReport { ComparisonReport(comparison, names: sides.map(\.name)) }
  public var frameInterval: Double? { clock.frameInterval }

  // MARK: Commands

  public mutating func prepare() { notice = nil }

  mutating func perform(_ command: ComparisonCommand) -> [Wish<ComparisonRoom>] {
    switch command {
    case .sync: notice = clock.goOn()
    case .swap: swapSides()
    case .otherSide: clock.focus(on: 1 - clock.focus)
    case .arrangement:
      let layout = layout(size)
      arrangement = layout.isStacked ? .beside : .stacked
      if layout.isSingle { notice = "There is room for one board only: Tab shows the other one." }
    case .difference: return toggleDifference()
    }
    return []
  }

  mutating func perform(_ command: WayCommand) -> [Wish<ComparisonRoom>] {
    ways.perform(command)
    return []
  }

  mutating func perform(_ command: PlayheadCommand) -> [Wish<ComparisonRoom>] {
    clock.perform(command)
    return []
  }

  mutating func perform(_ command: EventCommand) -> [Wish<ComparisonRoom>] {
    notice = clock.perform(
      command, departures: sides.map { $0.run.analysis?.marks.departure },
      happenings: sides.map { ($0.run.analysis?.happenings ?? []).map(\.frame) })
    return []
  }

  public mutating func go(to step: Int) -> [Wish<ComparisonRoom>] {
    clock.go(to: step)
    return []
  }

  private mutating func swapSides() {
    sides.swapAt(0, 1)
    comparison = Comparison(sides[0].run, sides[1].run)
    sentences = comparison.captionSentences
    clock.swap(events: comparison.sharedEvents)
  }

  private mutating func toggleDifference() -> [Wish<ComparisonRoom>] {
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
      .work("difference") {
        let difference = PolicyDifference(left, over: graph, right, over: other)
        return Reply { room in
          room.take(difference, of: levels)
          return []
        }
      }
    ]
  }

  private mutating func take(_ difference: PolicyDifference?, of levels: [String]) {
    guard levels == sides.map({ $0.run.episode.level.reference }), showsDifference else { return }
    self.difference = difference
    notice = nil
    if difference == nil {
      showsDifference = false
      notice = "The maps differ in size, or the actions do: there are no cells to set against each other."
    }
  }

  // MARK: Events

  public mutating func adopt(_ settings: Settings) {
    clock.adopt(settings)
    isPresenting = settings.isPresenting
  }

  public mutating func receive(_ event: RoomEvent) -> [Wish<ComparisonRoom>] {
    switch event {
    case .tick: clock.tick()
    case .input(.resize(let size)): self.size = size
    case .input(.mouse(let mouse)): point(mouse)
    case .input(.key), .input(.paste), .input(.resumed): break
    }
    return []
  }

  private mutating func point(_ mouse: MouseEvent) {
    switch mouse.kind {
    case .press, .drag:
      let layout = layout(size)
      if let side = layout.boards.indices.first(where: { layout.boards[$0]?.contains(mouse.point) == true }) {
        clock.focus(on: side)
        return
      }
      guard layout.lanes.contains(mouse.point), clock.sync != .event else { return }
      let scale = laneScale(width: layout.lanes.width)
      let column = mouse.point.x - layout.lanes.x
      if (0..<scale.used).contains(column) { clock.seek(scale.frames(at: column).lowerBound) }
    case .scrollUp: clock.seek(clock.playhead.position - 1)
    case .scrollDown: clock.seek(clock.playhead.position + 1)
    case .release: break
    }
  }

  // MARK: Drawing

  func layout(_ size: Size) -> ComparisonLayout {
    ComparisonLayout(
      size, maps: sides.map { $0.run.episode.level.map }, arrangement, focus: clock.focus, isPresenting: isPresenting)
  }

  /// The time of the longer side as a lane.
  func laneScale(width: Int) -> TimeScale {
    let longest = sides[0].last > sides[1].last ? sides[0] : sides[1]
    return Timeline(run: longest.run, frame: 0).scale(width: width)
  }

  public func draw(into canvas: inout Canvas, theme: Theme) {
    ComparisonPicture(room: self, theme: theme).draw(into: &canvas)
  }
}
