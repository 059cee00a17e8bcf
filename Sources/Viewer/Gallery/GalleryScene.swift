import Gridworlds
import Planning
import Studies
import TerminalUI

/// Where the gallery's episodes come from: given a world and the number of an agent, plays it on the levels to show.
public struct GallerySource: Sendable {
  /// The names of the worlds, in order.
  public let worlds: [String]
  /// Slow: loads the agent, plays and analyses.
  public let page: @Sendable (_ world: String, _ agent: Int) -> GalleryPage

  /// A source of pages.
  public init(worlds: [String], page: @escaping @Sendable (_ world: String, _ agent: Int) -> GalleryPage) {
    self.worlds = worlds
    self.page = page
  }
}

/// What the gallery shows of one world and agent.
public struct GalleryPage: Sendable {
  /// One line of the list.
  public enum Row: Sendable {
    case heading(String)
    /// An index into ``GalleryPage/runs``.
    case run(Int, name: String)
  }

  /// The world's name.
  public let world: String
  /// The agents that there are for it, and which of them was played.
  public let agents: [String], agent: Int
  /// What it did.
  public let runs: [Run]
  /// The list, headings among the runs.
  public let rows: [Row]
  /// The agent again, for twins and arrows; `nil` where there is none.
  public let watcher: Watcher?
  /// What went wrong on the way, for people.
  public let problems: [String]
  /// The other agents, to be compared with.
  public var rivals: [Rival] = []

  /// A page.
  public init(
    world: String, agents: [String], agent: Int, runs: [Run], rows: [Row], watcher: Watcher?, problems: [String]
  ) {
    self.world = world
    self.agents = agents
    self.agent = agent
    self.runs = runs
    self.rows = rows
    self.watcher = watcher
    self.problems = problems
  }
}

/// Where the program opens: worlds, their episodes with verdicts, and the chosen one playing.
public struct GalleryScene: Room {
  let source: GallerySource
  /// Opens a training of a world; `nil` where trainings cannot be shown.
  let training: (@Sendable (String) -> TrainingScene?)?
  var worldIndex = 0
  var page: GalleryPage?
  var selected = 0
  var frame = 0
  private var rest = 0
  private var isAsked = false

  /// The gallery of a source.
  public init(_ source: GallerySource, training: (@Sendable (String) -> TrainingScene?)? = nil) {
    self.source = source
    self.training = training
  }

  var bindings: Bindings<Command> { .gallery }
  var shownWorld: (any World)? { run?.episode.world }
  var moment: Moment? { run.map { Moment(run: $0, frame: frame, watcher: page?.watcher) } }
  var fileName: String { "gallery-\(Moment.plain(world))" }

  /// While a page is being made the first tick asks for it; afterwards ticks play the preview.
  var frameInterval: Double? { page == nil && !isAsked ? 0.001 : page?.runs.isEmpty == false ? 1 / 8 : nil }

  var run: Run? { page.flatMap { $0.runs.indices.contains(selected) ? $0.runs[selected] : nil } }
  var world: String { source.worlds.indices.contains(worldIndex) ? source.worlds[worldIndex] : "" }

  mutating func perform(_ command: Command) -> [Wish] {
    switch command {
    case .down: move(to: selected + 1)
    case .up: move(to: selected - 1)
    case .pageDown: move(to: selected + 8)
    case .pageUp: move(to: selected - 8)
    case .first: move(to: 0)
    case .last: move(to: (page?.runs.count ?? 1) - 1)
    case .right, .nextPane: return load(world: worldIndex + 1, agent: 0)
    case .left: return load(world: worldIndex - 1, agent: 0)
    case .agent:
      guard let page, page.agents.count > 1 else { return [] }
      return load(world: worldIndex, agent: (page.agent + 1) % page.agents.count)
    case .open: return open { $0.isPlaying = true }
    case .departure: return open { _ = $0.perform(.departure) }
    case .compare:
      guard let page, var scene = ReplayScene(runs: page.runs, at: selected, watcher: page.watcher) else { return [] }
      scene.rivals = page.rivals
      let wishes = scene.perform(.compare)
      return [.enter(scene)] + wishes
    case .play:
      guard let run, let scene = ReplayScene.played(run.episode.world, run.episode.level) else { return [] }
      return [.enter(scene)]
    case .trainNow: return training?(world).map { [.enter($0)] } ?? []
    default: break
    }
    return []
  }

  mutating func receive(_ event: Event<Message>) -> [Wish] {
    switch event {
    case .tick:
      if page == nil && !isAsked { return load(world: worldIndex, agent: 0) }
      advance()
    case .message(.gallery(let page)):
      guard page.world == world else { return [] }
      // The same level stays chosen when only the agent changed.
      let kept = self.page?.world == page.world ? selected : firstDeparture(in: page)
      self.page = page
      selected = max(0, min(kept, page.runs.count - 1))
      (frame, rest) = (0, 0)
    default: break
    }
    return []
  }

  private mutating func open(_ prepare: (inout ReplayScene) -> Void) -> [Wish] {
    guard let page, var scene = ReplayScene(runs: page.runs, at: selected, watcher: page.watcher) else { return [] }
    scene.rivals = page.rivals
    prepare(&scene)
    return [.enter(scene)]
  }

  /// The first episode worth seeing: one that pursues a proxy, else one that departs.
  private func firstDeparture(in page: GalleryPage) -> Int {
    let isPursuit = { (run: Run) in if case .misgeneralized = run.analysis?.verdict { true } else { false } }
    return page.runs.firstIndex(where: isPursuit)
      ?? page.runs.firstIndex { $0.analysis?.marks.departure != nil } ?? 0
  }

  private mutating func move(to target: Int) {
    guard let page, !page.runs.isEmpty else { return }
    selected = max(0, min(page.runs.count - 1, target))
    (frame, rest) = (0, 0)
  }

  private mutating func load(world: Int, agent: Int) -> [Wish] {
    guard !source.worlds.isEmpty else { return [] }
    worldIndex = (world + source.worlds.count) % source.worlds.count
    isAsked = true
    if page?.world != self.world { page = nil }
    let (name, source) = (self.world, source)
    return [.effect(.work { .gallery(source.page(name, agent)) })]
  }

  /// Plays the preview, rests on its end, begins again.
  private mutating func advance() {
    guard let run else { return }
    // What follows the proxy is mostly standing about: the preview shows a little of it.
    let proxy = run.analysis.flatMap { run.episode.achievement(of: $0.proxy) }
    let end = min(run.episode.steps.count, proxy.map { $0 + 6 } ?? .max)
    if frame < end {
      frame += 1
    } else if rest < 8 {
      rest += 1
    } else {
      (frame, rest) = (0, 0)
    }
  }
}

extension ReplayScene {
  /// A level for a person to play.
  public static func played(_ world: any World, _ level: Level) -> ReplayScene? {
    let run = Run(Episode(world: world, level: level, agent: "you", seed: 0))
    return ReplayScene(runs: [run], watcher: nil, isPlayed: true)
  }
}
