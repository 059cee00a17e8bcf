import Accounts
import Archive
import Foundation
import Gridworlds
import Planning
import Studies
import TerminalUI

/// Where the program opens: worlds, agents, their episodes with verdicts, and the chosen one playing.
///
/// Summaries stream in from the background; the whole of an episode is played for the chosen one alone.
public struct GalleryScene: Room {
  let source: GallerySource
  /// Opens a training of a world; `nil` where trainings cannot be shown.
  let training: (@Sendable (String) -> TrainingScene?)?
  /// What was asked for last.
  var choice: GalleryChoice
  /// What is shown; `nil` until there is something.
  var desk: GalleryDesk?
  /// Episodes that were played lately, the last one first.
  private var runs: [(place: Int, result: Result<Run, FileProblem>)] = []
  /// The step of the chosen run that is shown.
  var frame: Int { animates ? tick : previewEnd }
  var tick = 0
  private var animates = true
  var rest = 0
  private var size = Size(width: 80, height: 24)
  private var isAsked = false
  /// The place whose episode is being played.
  private var pending: Int?
  /// Whether a filter is being typed, what was shown before, and what is wrong with it so far.
  var isFiltering = false
  var before = EpisodeQuery()
  var problem: String?
  /// What is to be chosen again once other episodes have come, and what is asked of them.
  private var kept: EpisodeLabel?
  var query = EpisodeQuery()
  /// A word on what just happened, until the next key.
  var notice: String?

  /// The gallery of a source.
  public init(_ source: GallerySource, training: (@Sendable (String) -> TrainingScene?)? = nil) {
    self.source = source
    self.training = training
    choice = GalleryChoice(world: source.worlds.first ?? "", agent: 0, levels: source.levels)
  }

  var bindings: Bindings<Command> { .gallery }
  var shownWorld: (any World)? { run?.episode.world }
  var moment: Moment? {
    run.map { Moment(run: $0, frame: frame, agent: agent, source: replayShelf?.command) }
  }
  var fileName: String { "gallery-\(Moment.plain(source.file ?? choice.world))" }

  /// The first tick asks for something to show; afterwards ticks play the preview.
  var frameInterval: Double? { !isAsked ? 0.001 : run != nil && animates ? 1 / 8 : nil }

  /// The chosen episode, or why it cannot be had; `nil` while it is being played.
  var chosen: Result<Run, FileProblem>? {
    guard let place = desk?.selected else { return nil }
    return runs.first { $0.place == place }?.result
  }
  var run: Run? { try? chosen?.get() }
  private var agent: Agent? { desk?.selected.flatMap { desk?.stock.shelf?.agent($0) } }

  mutating func perform(_ command: Command) -> [Wish] {
    notice = nil
    switch command {
    case .down: return move { $0 + 1 }
    case .up: return move { $0 - 1 }
    case .pageDown: return move { $0 + 8 }
    case .pageUp: return move { $0 - 8 }
    case .first: return move { _ in 0 }
    case .last: return move { _ in .max }
    case .right, .nextPane: return turn(by: 1)
    case .left: return turn(by: -1)
    case .agent: return nextAgent()
    case .split: return nextSplit()
    case .sort: return nextOrder()
    case .filter: return askForFilter()
    case .moreLevels: return moreLevels()
    case .open: return open { $0.isPlaying = true }
    case .departure: return open { _ = $0.perform(.departure) }
    case .compare: return compare()
    case .explain: return explain()
    case .play:
      guard let run, let scene = ReplayScene.played(run.episode.world, run.episode.level) else { return [] }
      return [.enter(scene)]
    case .edit: return run.map { EditorScene.entered($0, agent: agent) } ?? []
    case .trainNow: return training?(choice.world).map { [.enter($0)] } ?? []
    default: return []
    }
  }

  mutating func receive(_ event: Event<Message>) -> [Wish] {
    switch event {
    case .tick:
      if !isAsked { return load(choice) }
      advance()
    case .message(.gallery(.stock(let stock))):
      guard stock.choice == choice else { return [] }
      var desk = GalleryDesk(stock, query: query)
      if let kept { desk.choose(named: kept.name, kept.split) }
      kept = nil
      runs = []
      pending = nil
      self.desk = desk
      return [nextWork()].compactMap(\.self) + wantRun()
    case .message(.gallery(.summaries(let choice, let turns, let news))):
      guard choice == desk?.stock.choice, desk?.take(turns, news) == true else { return [] }
      return [nextWork()].compactMap(\.self) + wantRun()
    case .message(.gallery(.run(let choice, let place, let result))):
      guard choice == desk?.stock.choice else { return [] }
      pending = nil
      runs.insert((place, result), at: 0)
      runs.removeLast(max(0, runs.count - GalleryScene.mostRuns))
      return wantRun()
    case .input(.resize(let size)): self.size = size
    case .input(.mouse(let mouse)): return point(mouse)
    default: break
    }
    return []
  }

  /// A click chooses a row, one on the chosen row opens it, the wheel goes up and down.
  private mutating func point(_ mouse: MouseEvent) -> [Wish] {
    switch mouse.kind {
    case .scrollUp: return move { $0 - 1 }
    case .scrollDown: return move { $0 + 1 }
    case .drag, .release: return []
    case .press:
      guard let desk, let row = row(at: mouse.point, on: size) else { return [] }
      return row == desk.row && run != nil ? perform(.open) : move { _ in row }
    }
  }

  /// How many whole episodes are held.
  static let mostRuns = 12
  /// How many are held now.
  var heldRuns: Int { runs.count }
  /// How long the background works before it tells how far it is, in seconds.
  static let patience = 0.06

  /// The next part of what is to be played for the list.
  private func nextWork() -> Wish? {
    guard let desk, let shelf = desk.stock.shelf, !desk.isComplete else { return nil }
    let (choice, first) = (desk.stock.choice, desk.turnsDone)
    let threads = ProcessInfo.processInfo.activeProcessorCount
    return .effect(
      .work {
        let (turns, news) = shelf.summaries(from: first, threads: threads, seconds: GalleryScene.patience)
        return .gallery(.summaries(choice, turns: turns, news))
      })
  }

  /// Plays the chosen episode, unless it was or another one still is being played.
  mutating func wantRun() -> [Wish] {
    guard pending == nil, let desk, let shelf = desk.stock.shelf, let place = desk.selected,
      !runs.contains(where: { $0.place == place })
    else { return [] }
    pending = place
    (tick, rest) = (0, 0)
    let choice = desk.stock.choice
    return [
      .effect(
        .work {
          do throws(FileProblem) {
            return .gallery(.run(choice, place: place, .success(try shelf.run(place))))
          } catch {
            return .gallery(.run(choice, place: place, .failure(error)))
          }
        })
    ]
  }

  private mutating func move(_ target: (Int) -> Int) -> [Wish] {
    guard let desk else { return [] }
    self.desk?.move(to: target(desk.row))
    (tick, rest) = (0, 0)
    return wantRun()
  }

  /// Shows something else; the same level stays chosen where it is there too.
  mutating func load(_ choice: GalleryChoice) -> [Wish] {
    isAsked = true
    kept = choice.world == self.choice.world ? desk?.selected.flatMap { desk?.stock.shelf?.label($0) } : nil
    // What was asked of one world's episodes is asked of the next one's.
    query = desk?.query ?? query
    if choice.world != self.choice.world {
      desk = nil
      (query.name, query.world, query.agent) = (nil, nil, nil)
    }
    self.choice = choice
    let source = source
    return [.effect(.work { .gallery(.stock(source.stock(choice))) })]
  }

  private mutating func open(_ prepare: (inout ReplayScene) -> Void) -> [Wish] {
    guard let run, let list = replayShelf, var scene = ReplayScene(runs: [run], agent: agent) else { return [] }
    scene.enter(list)
    scene.rivals = desk?.stock.rivals ?? []
    prepare(&scene)
    return [.enter(scene)]
  }

  /// The list for the replay of the chosen episode.
  private var replayShelf: ReplayShelf? {
    guard let desk, let shelf = desk.stock.shelf else { return nil }
    return ReplayShelf(shelf: shelf, order: desk.shown, place: desk.row, file: source.file)
  }

  private func compare() -> [Wish] {
    guard let run, let list = replayShelf, var scene = ReplayScene(runs: [run], agent: agent) else { return [] }
    scene.enter(list)
    scene.rivals = desk?.stock.rivals ?? []
    let wishes = scene.perform(.compare)
    return [.enter(scene)] + wishes
  }

  private func explain() -> [Wish] {
    guard let run else { return [] }
    let record = agent?.record
    return [.effect(.work { .panel(TextPanel(Account(run, record: record), run)) })]
  }

  /// Plays the preview, rests on its end, begins again.
  /// The last step of the chosen run that its preview shows.
  private var previewEnd: Int {
    guard let run else { return 0 }
    // What follows the proxy is mostly standing about: the preview shows a little of it.
    let proxy = run.analysis.flatMap { run.episode.achievement(of: $0.proxy) }
    return min(run.episode.steps.count, proxy.map { $0 + 6 } ?? .max)
  }

  mutating func adopt(_ settings: Settings) { animates = settings.animates }

  private mutating func advance() {
    guard run != nil, animates else { return }
    if tick < previewEnd {
      tick += 1
    } else if rest < 8 {
      rest += 1
    } else {
      (tick, rest) = (0, 0)
    }
  }
}

extension ReplayScene {
  /// A level for a person to play.
  public static func played(_ world: any World, _ level: Level) -> ReplayScene? {
    let run = Run(Episode(world: world, level: level, agent: Episode.person, seed: 0))
    return ReplayScene(runs: [run], agent: nil, isPlayed: true)
  }
}
