import Archive
import Foundation
import Gridworlds
import Planning
import Studies
import TerminalUI

/// Draws a level while the agent runs on it after each edit, and moves its goal to every cell.
public struct EditorScene: Room {
  var sketch: LevelSketch
  /// The level as it was opened.
  let original: LevelSketch
  var agent: Agent?
  let brushes: [LevelSketch.Brush]
  let owner = EditorNews.Owner()
  private let drawingKeys: Bindings<Command>

  /// What the level is called, and where `S` proposes to save it.
  var reference: String
  var path: String
  /// Whether this editor has written to it.
  var hasSaved = false
  /// Whether the time of a run is shown; a printed screen is the same each time.
  public var showsPace = false
  /// Threads of a sweep.
  public var threads = 2

  var cursor: Position
  var brush = 0
  var tool = LevelSketch.Tool.paint
  var mirror = LevelSketch.Mirror.off
  /// Where a rectangle or a line begins.
  var anchor: Position?
  var look = BoardLook()

  /// Counts edits and seeds, so that runs of what is drawn no longer are told from those of what is.
  var revision = 0
  var live: LiveRun?
  /// What the agent did on the level as it was opened.
  var opened: Run?
  var isPlayBusy = false
  var isJudgeBusy = false
  private var hasBegun = false

  var sweep: Placements?
  var sweeps: [Placements.Variant] = []
  /// Counts sweeps, so that one that was left is not gone on with.
  var sweepNumber = 0

  /// Whether `q` was pressed once over edits that are not saved.
  var isLeaving = false
  var notice: String?
  var size = Size.standard
  /// Whether the board is all that is shown large.
  var isPresenting = false

  /// The editor of a sketch.
  /// - Parameters:
  ///   - reference: what the level is called.
  ///   - path: where it is saved unless the user says otherwise.
  ///   - agent: the agent that runs on it; without one there is drawing alone.
  public init(_ sketch: LevelSketch, reference: String, path: String, agent: Agent?) {
    self.sketch = sketch
    original = sketch
    self.agent = agent
    self.reference = reference
    self.path = path
    brushes = LevelSketch.brushes(of: sketch.world)
    drawingKeys = .editing(brushes)
    cursor = sketch.map.positions(of: .agent).first ?? Position(x: sketch.map.width / 2, y: sketch.map.height / 2)
  }

  /// Enters the editor of the level that a run is on.
  static func entered(_ run: Run, agent: Agent?) -> [Wish] {
    let (world, level) = (run.episode.world, run.episode.level)
    var scene = EditorScene(
      LevelSketch(level, of: world), reference: level.reference,
      path: EditorScene.path(for: level.reference, of: world, in: nil), agent: agent)
    let wishes = scene.begin()
    return [.enter(scene)] + wishes
  }

  /// Where a level is saved: the file that it comes from, or one of its name among the world's levels.
  public static func path(for reference: String, of world: any World, in folder: String?) -> String {
    if reference.hasSuffix(".yaml") || reference.hasSuffix(".yml") { return reference }
    let parts = reference.split(separator: "/")
    let folder = folder ?? "levels"
    if parts.count == 2, !reference.contains(":") { return "\(folder)/\(reference).yaml" }
    let name = String((parts.last ?? "new").map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
    return "\(folder)/\(world.family)/\(name).yaml"
  }

  var world: any World { sketch.world }
  var shownWorld: (any World)? { sketch.world }
  var bindings: Bindings<Command> { sweep == nil ? drawingKeys : .sweeping }
  /// The first tick begins the first run.
  var frameInterval: Double? { hasBegun ? nil : 0.001 }

  var hasInnerWayBack: Bool { anchor != nil || sweep != nil }

  mutating func adopt(_ settings: Settings) { isPresenting = settings.isPresenting }

  /// Runs the agent for the first time.
  mutating func begin() -> [Wish] {
    guard !hasBegun else { return [] }
    hasBegun = true
    return play()
  }

  mutating func perform(_ command: Command) -> [Wish] {
    notice = nil
    sketch.endStroke()
    if command != .back { isLeaving = false }
    if let wishes = performCursor(command) { return wishes }
    return sweep == nil ? performDrawing(command) : performSweep(command)
  }

  private mutating func performCursor(_ command: Command) -> [Wish]? {
    switch command {
    case .left: move(-1, 0)
    case .right: move(1, 0)
    case .up: move(0, -1)
    case .down: move(0, 1)
    case .first: cursor.x = 0
    case .last: cursor.x = sketch.map.width - 1
    default: return nil
    }
    return []
  }

  private mutating func move(_ dx: Int, _ dy: Int) {
    cursor = Position(
      x: max(0, min(sketch.map.width - 1, cursor.x + dx)), y: max(0, min(sketch.map.height - 1, cursor.y + dy)))
  }

  private mutating func performDrawing(_ command: Command) -> [Wish] {
    switch command {
    case .apply: return apply()
    case .erase:
      let cells = sketch.mirrored(cursor, mirror)
      return edit { $0.erase(cells) }
    case .undo: return step("nothing to undo") { $0.undo() }
    case .redo: return step("nothing to redo") { $0.redo() }
    case .pencil: choose(.paint)
    case .rectangle: choose(.rectangle)
    case .bucket: choose(.fill)
    case .line: choose(.line)
    case .mirror: mirror = mirror.next
    case .brush(let number): choose(brush: number - 1)
    case .nextBrush: choose(brush: (brush + 1) % brushes.count)
    case .previousBrush: choose(brush: (brush + brushes.count - 1) % brushes.count)
    case .trail: look.showsTrail.toggle()
    case .intendedPath: look.showsIntended.toggle()
    case .proxyPath: look.showsProxy.toggle()
    case .rerun: return rerun()
    case .open: return watch()
    case .compare: return compare()
    case .sweep: return beginSweep()
    case .saveLevel: return [.ask(Question(.levelPath, label: "save to: ", text: proposedPath))]
    case .rename: return [.ask(Question(.levelTitle, label: "title: ", text: sketch.title))]
    case .resize:
      let text = "\(sketch.map.width)x\(sketch.map.height)"
      return [.ask(Question(.mapSize, label: "columns x rows: ", text: text))]
    case .timeLimit:
      return [.ask(Question(.timeLimit, label: "steps until the end: ", text: "\(sketch.timeLimit)"))]
    case .back: return leave()
    default: break
    }
    return []
  }

  /// Where to save unless the user says otherwise: the file that this editor wrote last, else one beside the level's that
  /// is not there yet, so that the level one began with stays.
  private var proposedPath: String {
    guard !hasSaved, FileManager.default.fileExists(atPath: path), path.hasSuffix(".yaml") else { return path }
    let stem = path.dropLast(5)
    return (2...99).lazy.map { "\(stem)-\($0).yaml" }.first { !FileManager.default.fileExists(atPath: $0) } ?? path
  }

  /// Out, after a warning where that would lose edits; a corner that was set is taken back first.
  private mutating func leave() -> [Wish] {
    if anchor != nil {
      anchor = nil
      return [.stay]
    }
    guard sketch.isEdited, !isLeaving else { return [] }
    isLeaving = true
    notice = "There are edits that are not saved: S saves them, q once more leaves without."
    return [.stay]
  }

  mutating func receive(_ event: Event<Message>) -> [Wish] {
    switch event {
    case .tick: return begin()
    case .message(.editor(let news)) where news.owner === owner: return take(news.kind)
    case .input(.resize(let size)): self.size = size
    case .input(.mouse(let mouse)): return point(mouse)
    default: break
    }
    return []
  }

  private mutating func take(_ news: EditorNews.Kind) -> [Wish] {
    switch news {
    case .played(let run): return played(run)
    case .judged(let run): return judged(run)
    case .swept(let study, let number): return swept(study, number)
    case .saved(let outcome): return saved(outcome)
    case .compared(let before, let after): return EditorScene.compared(before, after, agent)
    case .watched(let run):
      return ReplayScene(runs: [run], agent: agent, isPlaying: true).map { [.enter($0)] } ?? []
    }
  }

  /// Work whose result comes back to this very editor.
  func work(_ body: @escaping @Sendable () -> EditorNews.Kind) -> Wish {
    let owner = owner
    return .effect(.work { .editor(EditorNews(owner: owner, kind: body())) })
  }
}
