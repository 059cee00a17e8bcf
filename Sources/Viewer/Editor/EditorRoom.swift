import Gridworlds
import Studies
import TerminalUI

/// Draws a level while the agent runs on it after each edit, and moves its goal to every cell.
public struct EditorRoom: Room {
  private(set) var pad: SketchPad
  private(set) var live: LiveStudy
  private(set) var sweep: SweepStudy
  private(set) var shelfmark: LevelShelfmark
  private(set) var ways = Ways()
  private let drawingMenu: Menu<EditorRoom>

  /// Whether the time of a run is shown; a printed screen is the same each time.
  let showsPace: Bool
  /// Whether `q` was pressed once over edits that are not saved.
  private(set) var isLeaving = false
  /// A word on what just happened, until the next key.
  private(set) var notice: String?
  private var size = Size.standard
  /// Whether the board is all that is shown large.
  private var isPresenting = false

  /// The editor of a sketch.
  /// - Parameters:
  ///   - reference: what the level is called.
  ///   - path: where it is saved unless the user says otherwise.
  ///   - agent: the agent that runs on it; without one there is drawing alone.
  ///   - threads: threads of a sweep.
  ///   - showsPace: whether the time of a run is shown.
  ///   - replay: the room that shows what the agent did.
  public init(
    _ sketch: LevelSketch, reference: String, path: String, agent: Agent?, threads: Int = 2, showsPace: Bool = false,
    replay: @escaping @Sendable (Run, Agent?) -> (any Room)?
  ) {
    let door = ReplayDoor(replay)
    pad = SketchPad(sketch)
    live = LiveStudy(
      sketch.drawn, name: LevelName(reference: reference, isEdited: sketch.isEdited), agent: agent, door: door)
    sweep = SweepStudy(threads: threads, door: door)
    shelfmark = LevelShelfmark(sketch.drawn, reference: reference, path: path)
    drawingMenu = EditorRoom.menu(of: pad.pen.brushes)
    self.showsPace = showsPace
  }

  /// Enters the editor of the level that a run is on.
  /// - Parameter replay: the room that shows what the agent did.
  static func entered<Owner>(
    _ run: Run, agent: Agent?, replay: @escaping @Sendable (Run, Agent?) -> (any Room)?
  ) -> Wish<Owner> {
    let (world, level) = (run.episode.world, run.episode.level)
    var room = EditorRoom(
      LevelSketch(level, of: world), reference: level.reference,
      path: EditorRoom.path(for: level.reference, of: world, in: nil), agent: agent, replay: replay)
    let wishes = room.begin()
    return .enter(room, wanting: wishes)
  }

  /// Where a level is saved: the file that it comes from, or one of its name among the world's levels.
  public static func path(for reference: String, of world: any World, in folder: String?) -> String {
    LevelShelfmark.path(for: reference, of: world, in: folder)
  }

  public var shownWorld: (any World)? { pad.world }
  public var menu: Menu<EditorRoom> {
    guard sweep.isGoingOn else { return drawingMenu }
    return sweep.variants.count > 1 ? EditorRoom.sweepMenu : EditorRoom.onlySweepMenu
  }
  /// The first tick begins the first run.
  public var frameInterval: Double? { live.hasBegun ? nil : 0.001 }
  public var hasInnerWayBack: Bool { pad.pen.anchor != nil || sweep.isGoingOn }

  /// What the level is called now.
  var name: LevelName { LevelName(reference: shelfmark.reference, isEdited: pad.sketch.isEdited) }

  public mutating func adopt(_ settings: Settings) { isPresenting = settings.isPresenting }

  public mutating func prepare() {
    notice = nil
    pad.endStroke()
    isLeaving = false
  }

  /// Out, after a warning where that would lose edits; a corner that was set is taken back first.
  public mutating func goBack() -> [Wish<EditorRoom>] {
    notice = nil
    pad.endStroke()
    if sweep.isGoingOn {
      sweep.end()
      return [.stay]
    }
    if pad.pen.anchor != nil {
      pad.liftPen()
      return [.stay]
    }
    guard pad.sketch.isEdited, !isLeaving else { return [] }
    isLeaving = true
    notice = "There are edits that are not saved: S saves them, q once more leaves without."
    return [.stay]
  }

  public mutating func receive(_ event: RoomEvent) -> [Wish<EditorRoom>] {
    switch event {
    case .tick: return begin()
    case .input(.resize(let size)): self.size = size
    case .input(.mouse(let mouse)): return point(mouse)
    case .input(.key), .input(.paste), .input(.resumed): break
    }
    return []
  }

  // MARK: Between the parts

  private mutating func begin() -> [Wish<EditorRoom>] { live.begin().map { $0.lifted(\.live) } }

  /// Lets something be drawn, and the agent run on what became of it.
  private mutating func draw(_ body: (inout SketchPad) -> Void) -> [Wish<EditorRoom>] {
    body(&pad)
    return followPad()
  }

  private mutating func followPad() -> [Wish<EditorRoom>] {
    let news = pad.takeNews()
    notice = news.words ?? notice
    guard news.hasChanged else { return [] }
    isLeaving = false
    let wishes = live.follow(pad.sketch.drawn, name: name)
    shelfmark.follow(pad.sketch.drawn)
    return wishes.map { $0.lifted(\.live) }
  }

  private mutating func followShelfmark() -> [Wish<EditorRoom>] {
    let news = shelfmark.takeNews()
    notice = news.words ?? notice
    // What was drawn since is in no file.
    if let saved = news.saved, !saved.differs(from: pad.sketch.drawn) { pad.markSaved() }
    live.rename(name)
    return []
  }

  private mutating func perform(_ command: LevelCommand) -> [Wish<EditorRoom>] {
    pad.perform(command).map { $0.lifted(\.pad) { $0.followPad() } }
  }

  private mutating func perform(_ command: SaveCommand) -> [Wish<EditorRoom>] {
    shelfmark.perform(command).map { $0.lifted(\.shelfmark) { $0.followShelfmark() } }
  }

  private mutating func perform(_ command: LiveCommand) -> [Wish<EditorRoom>] {
    let wishes = live.perform(command)
    notice = live.takeWords() ?? notice
    return wishes.map { $0.lifted(\.live) }
  }

  private mutating func perform(_ command: SweepCommand) -> [Wish<EditorRoom>] {
    let wishes = sweep.perform(command, in: pad.world, at: pad.cursor, after: live)
    notice = sweep.takeWords() ?? notice
    if sweep.isGoingOn { pad.liftPen() }
    return wishes.map { $0.lifted(\.sweep) }
  }

  // MARK: The mouse

  private mutating func point(_ mouse: MouseEvent) -> [Wish<EditorRoom>] {
    let layout = layout(size)
    let cell = layout.window.cell(at: mouse.point)
    switch mouse.kind {
    case .scrollUp, .scrollDown:
      if !sweep.isGoingOn { pad.turnBrush(by: mouse.kind == .scrollUp ? -1 : 1) }
    case .press:
      notice = nil
      if !sweep.isGoingOn, let index = layout.brush(at: mouse.point, of: pad.pen.brushes.count) {
        pad.choose(brush: index)
      } else if let cell {
        return draw { [sweep] in sweep.isGoingOn ? $0.moveCursor(to: cell) : $0.press(cell) }
      }
    case .drag:
      if let cell { return draw { [sweep] in sweep.isGoingOn ? $0.moveCursor(to: cell) : $0.drag(to: cell) } }
    case .release: return draw { $0.release(at: cell) }
    }
    return []
  }

  /// Where everything stands at a size.
  func layout(_ size: Size) -> EditorLayout {
    EditorLayout(
      size, map: pad.map, around: pad.cursor, brushes: pad.pen.brushes.count, isPresenting: isPresenting)
  }

  // MARK: Keys

  private typealias Rows = [Menu<EditorRoom>.Row]

  private static let strokes: Rows =
    Menu.rows(StrokeCommand.keys) { room, command in room.draw { $0.perform(command) } }
  private static let pens: Rows = Menu.rows(PenCommand.keys) { room, command in room.draw { $0.perform(command) } }
  private static let cursor: Rows =
    Menu.rows(MapCursorCommand.keys) { room, command in room.draw { $0.perform(command) } }
  private static let agent: Rows =
    Menu.rows(SweepCommand.beginning) { $0.perform($1) } + Menu.rows(LiveCommand.keys) { $0.perform($1) }
    + Menu.rows(LiveCommand.ways) { room, command in
      room.ways.perform(command)
      return []
    }
  private static let rest: Rows =
    brushes(BrushCommand.turning) + agent + Menu.rows(SaveCommand.keys) { $0.perform($1) }
    + Menu.rows(LevelCommand.keys) { $0.perform($1) } + cursor + Menu.program(ProgramCommand.anywhere)

  private static func brushes(_ keys: [Binding<BrushCommand>]) -> Rows {
    Menu.rows(keys) { room, command in room.draw { $0.perform(command) } }
  }

  private static func table(_ keys: [Binding<BrushCommand>]) -> Menu<EditorRoom> {
    Menu(strokes + pens + brushes(keys) + rest, name: "editor")
  }

  /// The table that a settings file can change, whatever the world's brushes are.
  static let generalMenu = table(BrushCommand.digits)

  /// The editor's keys with those of some brushes.
  static func menu(of brushes: [Brush]) -> Menu<EditorRoom> {
    let taken = Set(Menu<EditorRoom>(strokes + pens + rest).bindings.all.flatMap(\.keys))
    return table(BrushCommand.keys(of: brushes, besides: taken))
  }

  /// While a thing is moved to every cell.
  static let sweepMenu = sweeping(SweepCommand.turning + SweepCommand.watching)
  /// The same where nothing else can be moved.
  private static let onlySweepMenu = sweeping(SweepCommand.watching)

  private static func sweeping(_ keys: [Binding<SweepCommand>]) -> Menu<EditorRoom> {
    Menu(cursor + Menu.rows(keys) { $0.perform($1) } + Menu.program(ProgramCommand.anywhere), name: "sweep")
  }
}
