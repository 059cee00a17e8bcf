import Accounts
import Gridworlds
import Planning
import Studies
import TerminalUI

/// What is drawn on and over the board, and which panels there are.
struct BoardLook: Sendable, Equatable {
  var showsTrail = true
  var showsIntended = true
  var showsProxy = false
  var showsArrows = false
  var showsSight = false
  var heat: HeatMap.Kind?
  /// The zoom asked for; `nil` for the largest that fits.
  var zoom: Zoom?
  /// The cell that is inspected.
  var cursor: Position?
  var panels = Panels()
}

/// What the board shows.
extension ReplayScene {
  /// Does what is asked if it is about the picture, else `nil`.
  mutating func performLook(_ command: Command) -> [Wish]? {
    switch command {
    case .trail: look.showsTrail.toggle()
    case .intendedPath: look.showsIntended.toggle()
    case .proxyPath: look.showsProxy.toggle()
    case .arrows: toggleArrows()
    case .heat: moveHeat(by: 1)
    case .heatBack: moveHeat(by: -1)
    case .sight: toggleSight()
    case .zoomIn: zoom(by: 1)
    case .zoomOut: zoom(by: -1)
    case .inspectorPanel: look.panels.inspector.toggle()
    case .legendPanel: look.panels.legend.toggle()
    case .maximize: look.panels.isMaximized.toggle()
    case .inspect: look.cursor = look.cursor == nil ? shownFrame.agent : nil
    case .up: moveCursor(.up)
    case .down: moveCursor(.down)
    case .left: moveCursor(.left)
    case .right: moveCursor(.right)
    case .explain: return explain()
    default: return nil
    }
    return []
  }

  /// The frame that is shown.
  var shownFrame: Frame { run.episode.frames[min(frame, run.episode.steps.count)] }

  /// The zoom of the board in its pane.
  func zoom(in rect: Rect) -> Zoom {
    look.zoom
      ?? Zoom.fitting(
        run.episode.level.map, width: rect.width, height: rect.height, isPresenting: isPresenting)
  }

  /// The account of the episode, with the moment that is shown first.
  private mutating func explain() -> [Wish] {
    isPlaying = false
    let (run, record, frame) = (run, agent?.record, frame)
    return [.effect(.work { .panel(TextPanel(Account(run, record: record), run, at: frame)) })]
  }

  private mutating func zoom(by steps: Int) {
    look.zoom = zoom(in: layout(size).board).moved(by: steps)
    if look.zoom == .policy {
      notice =
        agent == nil
        ? "The numbers are steps to the goal after each action."
        : "The numbers are what the policy gives each action."
    }
  }

  private mutating func toggleArrows() {
    guard agent != nil else {
      notice = "The policy is not at hand: this episode comes from a file or a person."
      return
    }
    guard run.analysis != nil else {
      notice = "This episode is too long to plan along, so no state stands for a cell."
      return
    }
    look.showsArrows.toggle()
  }

  private mutating func toggleSight() {
    guard let agent else {
      notice = "No network is at hand that sees: this episode comes from a file or a person."
      return
    }
    guard Observation(agent.policy, of: shownFrame, in: run.episode.world, run.episode.level) != nil else {
      notice = "\(agent.name) is no network: it does not see through features."
      return
    }
    look.showsSight.toggle()
  }

  private mutating func moveHeat(by steps: Int) {
    let hasValue = run.episode.steps.contains { $0.decision?.value != nil }
    let kinds = HeatMap.kinds(of: run, hasPolicy: agent != nil, hasValue: hasValue)
    // None is one of the circle, before the first.
    let now = look.heat.flatMap { kinds.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    let next = (now + steps + kinds.count + 1) % (kinds.count + 1)
    look.heat = next == 0 ? nil : kinds[next - 1]
    if look.heat != nil && agent == nil {
      notice = "No policy is at hand: heat of distances and visits only."
    }
  }

  private mutating func moveCursor(_ heading: Heading) {
    guard let cursor = look.cursor else { return }
    let next = cursor.moved(heading)
    if run.episode.level.map.contains(next) { look.cursor = next }
  }

  /// A click on the board inspects the cell under it.
  mutating func inspect(at point: Point) {
    guard let cell = boardView(in: layout(size).board).cell(at: point) else { return }
    look.cursor = cell
  }

  /// The part of the map in the board's pane.
  func boardView(in rect: Rect) -> BoardView {
    let map = run.episode.level.map
    let zoom = zoom(in: rect)
    return BoardView(
      map, in: rect.centered(zoom.size(of: map)), zoom: zoom, around: look.cursor ?? shownFrame.agent)
  }
}
