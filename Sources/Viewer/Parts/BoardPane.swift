import Gridworlds
import Inference
import Planning
import Studies
import TerminalUI

/// A board with what is drawn on it and over it: ways, heat, the policy, what the agent sees, the cell that is inspected.
struct BoardPane: Part {
  private(set) var ways = Ways()
  private(set) var showsArrows = false
  private(set) var showsSight = false
  private(set) var heatKind: HeatMap.Kind?
  /// The zoom asked for; `nil` for the largest that fits.
  private(set) var zoom: Zoom?
  /// The cell that is inspected.
  private(set) var cursor: Position?
  private(set) var panels = Panels()
  /// The zoom that was asked for before the board stood alone, and the one that was shown.
  private var zoomBefore: (asked: Zoom?, shown: Zoom)?
  private var surveys = Surveys()
  private var outlooks = Outlooks()
  private(set) var asking = Asking()
  /// Whether a room full of people looks on.
  private(set) var isPresenting = false

  mutating func adopt(_ settings: Settings) { isPresenting = settings.isPresenting }

  // MARK: Commands

  mutating func perform(_ command: WayCommand) { ways.perform(command) }

  /// - Parameter pane: where the board stands.
  /// - Returns: a word on what was done, where one is needed.
  mutating func perform(_ command: BoardCommand, at view: Viewpoint, in pane: Rect) -> String? {
    switch command {
    case .arrows: return toggleArrows(view)
    case .heat: return moveHeat(by: 1, view)
    case .heatBack: return moveHeat(by: -1, view)
    case .sight: return toggleSight(view)
    case .zoomIn: return zoom(by: 1, view, in: pane)
    case .zoomOut: return zoom(by: -1, view, in: pane)
    case .inspectorPanel: panels.toggleInspector()
    case .legendPanel: panels.toggleLegend()
    case .maximize: toggleMaximized(view, in: pane)
    case .inspect: cursor = view.shown.agent
    case .ask: return asking.ask(view)
    case .endAsking: asking.end()
    }
    return nil
  }

  private mutating func toggleMaximized(_ view: Viewpoint, in pane: Rect) {
    let shown = zoom(of: view, in: pane)
    panels.toggleMaximized()
    if panels.isMaximized {
      zoomBefore = (zoom, shown)
      zoom = nil
    } else if let before = zoomBefore.take() {
      zoom = before.asked
    }
  }

  /// A word where the board that stands alone is no larger than it was.
  /// - Parameter pane: where the board stands now.
  func words(after command: BoardCommand, at view: Viewpoint, in pane: Rect) -> String? {
    guard command == .maximize, panels.isMaximized, let before = zoomBefore?.shown else { return nil }
    let now = zoom(of: view, in: pane)
    if now > before { return nil }
    return now.fits(view.level.map, in: pane)
      ? "No larger board shows the whole map in this window; z zooms in on a part."
      : "The board alone; the map is larger than this window."
  }

  mutating func perform(_ command: CellCommand, at view: Viewpoint) {
    switch command {
    case .up: move(.up, on: view.level)
    case .down: move(.down, on: view.level)
    case .left: move(.left, on: view.level)
    case .right: move(.right, on: view.level)
    case .inspect: cursor = nil
    }
  }

  /// Inspects the cell under a point of the screen, where there is one.
  mutating func inspect(at point: Point, _ view: Viewpoint, in pane: Rect) {
    guard let cell = boardView(of: view, in: pane).cell(at: point) else { return }
    cursor = cell
  }

  /// Leaves the cell that is inspected.
  mutating func leaveCell() { cursor = nil }

  private mutating func move(_ heading: Heading, on level: Level) {
    guard let next = cursor?.moved(heading), level.map.contains(next) else { return }
    cursor = next
  }

  private mutating func zoom(by steps: Int, _ view: Viewpoint, in pane: Rect) -> String? {
    let next = zoom(of: view, in: pane).moved(by: steps)
    zoom = next
    guard next == .policy else { return nil }
    return view.agent == nil
      ? "The numbers are steps to the goal after each action."
      : "The numbers are what the policy gives each action."
  }

  private mutating func toggleArrows(_ view: Viewpoint) -> String? {
    guard view.agent != nil else {
      return "The policy is not at hand: this episode comes from a file or a person."
    }
    guard view.run.analysis != nil else {
      return "This episode is too long to plan along, so no state stands for a cell."
    }
    showsArrows.toggle()
    return nil
  }

  private mutating func toggleSight(_ view: Viewpoint) -> String? {
    guard let agent = view.agent else {
      return "No network is at hand that sees: this episode comes from a file or a person."
    }
    guard view.sight != nil else { return "\(agent.name) is no network: it does not see through features." }
    showsSight.toggle()
    return nil
  }

  private mutating func moveHeat(by steps: Int, _ view: Viewpoint) -> String? {
    let hasValue = view.episode.steps.contains { $0.decision?.value != nil }
    let kinds = HeatMap.kinds(of: view.run, hasPolicy: view.agent != nil, hasValue: hasValue)
    heatKind = kinds.turned(from: heatKind, by: steps)
    return heatKind != nil && view.agent == nil ? "No policy is at hand: heat of distances and visits only." : nil
  }

  // MARK: What is known of every cell

  /// Whether anything shown asks for every cell.
  private var needsSurvey: Bool {
    showsArrows || cursor != nil || zoom == .policy
      || heatKind.map { $0 != .visits && !$0.isOdds } ?? false
  }

  /// What is shown and not there yet, nor on its way, as work.
  mutating func work(for view: Viewpoint) -> [Wish<BoardPane>] {
    surveys.expect(view.agent)
    return visitsWork(view) + momentWork(view)
      + outlooks.work(for: view, withCells: heatKind?.isOdds == true).map { $0.lifted(\.outlooks) }
      + asking.work(for: view).map { $0.lifted(\.asking) }
  }

  private mutating func visitsWork(_ view: Viewpoint) -> [Wish<BoardPane>] {
    guard heatKind == .visits || cursor != nil, view.run.knownVisits == nil, surveys.beginCounting() else { return [] }
    let run = view.run
    return [
      .work("") {
        _ = run.visits
        return Reply { pane in
          pane.surveys.endCounting()
          return []
        }
      }
    ]
  }

  /// The survey of this moment.
  private mutating func momentWork(_ view: Viewpoint) -> [Wish<BoardPane>] {
    let at = view.frame
    guard needsSurvey, let analysis = view.run.analysis, analysis.states.indices.contains(at),
      surveys.moment(of: view.episode, at: at) == nil, surveys.begin()
    else { return [] }
    let (run, policy, previous) = (view.run, view.agent?.policy, surveys.latest(of: view.level)?.survey)
    return [
      .work("survey") {
        let moment = SurveyedMoment(run, analysis, at: at, policy: policy, after: previous)
        return Reply { pane in
          pane.surveys.take(moment)
          return []
        }
      }
    ]
  }

  /// Does that work on the spot, for pictures that nobody waits for.
  mutating func surveyNow(_ view: Viewpoint) {
    for case .work(_, let work) in self.work(for: view) { _ = work()(&self) }
  }

  /// Takes what was found out of every cell at a moment.
  mutating func take(_ moment: SurveyedMoment) { surveys.take(moment) }

  /// What is shown of every cell. While this moment is being looked at, the latest with everything else in its place
  /// does.
  private func surveyed(_ view: Viewpoint) -> SurveyedMoment? {
    if let exact = surveys.moment(of: view.episode, at: view.frame) { return exact }
    return surveys.latest(of: view.level).flatMap {
      $0.survey.present.rest == view.episode.states[view.frame].rest ? $0 : nil
    }
  }

  /// The survey to show.
  func survey(_ view: Viewpoint) -> CellSurvey? { surveyed(view)?.survey }

  /// The heat that is shown; `nil` while it is worked out.
  func heat(_ view: Viewpoint) -> HeatMap? {
    guard let kind = heatKind else { return nil }
    if kind.isOdds { return outlooks.heat(kind, view) }
    return kind == .visits ? HeatMap(kind, of: view.run, survey: nil) : surveyed(view)?.heats[kind]
  }

  /// The policy in every cell, where it is shown.
  func field(_ view: Viewpoint) -> PolicyField? { showsArrows || zoom == .policy ? surveyed(view)?.field : nil }

  // MARK: Drawing

  /// The zoom of the board in its pane.
  private func zoom(of view: Viewpoint, in rect: Rect) -> Zoom {
    zoom
      ?? Zoom.fitting(
        view.level.map, width: rect.width, height: rect.height, mayBeLarge: isPresenting || panels.isMaximized)
  }

  /// The part of the map in the board's pane.
  func boardView(of view: Viewpoint, in rect: Rect) -> BoardView {
    let zoom = zoom(of: view, in: rect)
    return BoardView(
      view.level.map, in: rect.centered(zoom.size(of: view.level.map)), zoom: zoom,
      around: cursor ?? view.shown.agent)
  }

  /// - Parameter blinks: whether the agent is drawn reversed, for the eye to find it.
  func draw(_ view: Viewpoint, blinks: Bool, into canvas: inout Canvas, in rect: Rect, _ theme: Theme) {
    let window = boardView(of: view, in: rect)
    if showsSight, let sight = view.sight {
      SightBoard(sight: sight, run: view.run)
        .draw(into: &canvas, in: rect, zoom: window.zoom, theme, around: cursor)
      return
    }
    if let asked = asking.shown(view) {
      let frame = view.world.frame(of: asked.state, in: asked.level)
      Board(world: view.world, level: asked.level, frame: frame)
        .draw(into: &canvas, in: window.rect, zoom: window.zoom == .policy ? .single : window.zoom, theme: theme)
      return
    }
    var board = Board(view.run, frame: view.frame, ways: ways)
    board.blinks = blinks
    board.cursor = cursor
    board.heat = heat(view)
    board.field = field(view)
    board.draw(into: &canvas, in: window.rect, zoom: window.zoom, theme: theme)
  }

  /// The panel beside the board: of the cell that is inspected, of what the agent sees, or of the moment.
  /// - Parameter pane: where the board stands.
  func drawPanel(_ view: Viewpoint, into canvas: inout Canvas, in rect: Rect, beside pane: Rect, _ theme: Theme) {
    if let cursor {
      CellInspector(run: view.run, frame: view.frame, cell: cursor, survey: survey(view))
        .draw(into: &canvas, in: rect, theme: theme)
    } else if showsSight, let sight = view.sight {
      SightPanel(sight: sight, run: view.run).draw(into: &canvas, in: rect, theme: theme)
    } else if let asked = asking.shown(view) {
      AskedPanel(asked: asked, place: asking.place, world: view.world).draw(into: &canvas, in: rect, theme: theme)
    } else {
      Inspector(run: view.run, frame: view.frame).draw(into: &canvas, in: rect, theme: theme)
    }
    drawMinimap(view, into: &canvas, in: rect, beside: pane, theme)
  }

  /// The whole map in half blocks at the foot of a tall panel, where the board shows only a part of it.
  private func drawMinimap(
    _ view: Viewpoint, into canvas: inout Canvas, in panel: Rect, beside pane: Rect, _ theme: Theme
  ) {
    let map = view.level.map
    let window = boardView(of: view, in: pane)
    let size = Zoom.half.size(of: map)
    guard Zoom.drawsHalf(theme), window.columns < map.width || window.rows < map.height,
      panel.height >= 22 + size.height, panel.width >= size.width + 4
    else { return }
    let foot = Rect(
      x: panel.maxX - 2 - size.width, y: panel.maxY - 1 - size.height, width: size.width, height: size.height)
    var board = Board(view.run, frame: view.frame, ways: ways)
    board.cursor = cursor
    board.draw(into: &canvas, in: foot, zoom: .half, theme: theme)
  }
}
