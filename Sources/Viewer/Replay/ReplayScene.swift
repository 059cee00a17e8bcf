import Accounts
import Gridworlds
import Planning
import Studies
import TerminalUI

/// Steps through episodes, forward and back, and shows where and why one departs from the intended goal.
///
/// It is put together from parts, each of which alone writes its state; here is only what one part's doing means to the
/// others.
public struct ReplayScene: Room {
  /// Whether a person acts: then moves are keys, and acting in the past branches there.
  let isPlayed: Bool
  private(set) var reel: EpisodeReel
  private(set) var branching = Branching()
  private(set) var playhead = Playhead()
  private(set) var bookmarks = Bookmarks()
  private(set) var finder = Finder()
  private(set) var lanes = LanesPane()
  private(set) var board = BoardPane()
  private(set) var opponents: Opponents
  /// A word on what just happened, until the next key.
  private(set) var notice: String?
  /// Whether the next `q` leaves though there are branches that are in no file.
  private var isLeaving = false
  private var size = Size.standard

  /// A replay of some episodes, at least one.
  /// - Parameters:
  ///   - agent: who acted; `nil` of episodes from files, and then its policy cannot be asked.
  ///   - source: the command that opens these episodes where no agent on a level does: `wayward replay runs.jsonl`.
  ///   - rivals: other agents that could act here.
  public init?(
    runs: [Run], at index: Int = 0, agent: Agent?, isPlaying: Bool = false, isPlayed: Bool = false,
    source: String? = nil, rivals: [Agent.Source] = []
  ) {
    guard let reel = EpisodeReel(runs, at: index, agent: agent, source: source) else { return nil }
    self.init(reel, isPlayed: isPlayed, rivals: rivals)
    if isPlaying { playhead.play() }
  }

  /// A replay of episodes with the branches that a file has of them.
  /// - Parameters:
  ///   - branch: the number of the branch that is shown first.
  ///   - source: the command that opens them: `wayward replay runs.jsonl`.
  public init?(trees: [BranchTree], at index: Int = 0, branch: Int? = nil, source: String? = nil) {
    guard let reel = EpisodeReel(trees.map(\.root), at: index, agent: nil, source: source) else { return nil }
    self.init(reel)
    branching = Branching(trees, at: index, shown: branch)
    lanes.follow(run)
  }

  /// A replay of an episode of a list, which can be gone on with.
  init?(_ run: Run, agent: Agent?, of shelf: ReplayShelf, rivals: [Agent.Source], isPlaying: Bool = false) {
    guard let reel = EpisodeReel([run], at: 0, agent: agent, source: nil, shelf: shelf) else { return nil }
    self.init(reel, rivals: rivals)
    if isPlaying { playhead.play() }
  }

  private init(_ reel: EpisodeReel, isPlayed: Bool = false, rivals: [Agent.Source] = []) {
    (self.reel, self.isPlayed, opponents) = (reel, isPlayed, Opponents(rivals: rivals))
    lanes.follow(run)
  }

  /// A level for a person to play.
  public static func played(_ world: any World, _ level: Level) -> ReplayScene? {
    let run = Run(Episode(world: world, level: level, agent: Episode.person, seed: 0))
    return ReplayScene(runs: [run], agent: nil, isPlayed: true)
  }

  // MARK: What is shown

  /// The episode that is shown.
  public var run: Run { branching.run(reel) }
  /// The frame that is shown.
  public var frame: Int { playhead.position }
  /// What of it is shown now.
  var view: Viewpoint { Viewpoint(run, at: playhead.position, agent: reel.agent) }
  /// The frame at which it ends.
  var last: Int { run.episode.steps.count }

  public var shownWorld: (any World)? { run.episode.world }
  public var helpNote: String { "agent against devices: \(Posterior.deviceClass)" }

  public var moment: Moment? {
    let view = view
    return Moment(
      run: view.run, frame: view.frame, agent: reel.agent, source: reel.command,
      keys: branchSigns.keys(to: playhead.position))
  }

  public var takesNextKey: Bool { bookmarks.takesNextKey }
  public var hasInnerWayBack: Bool { lanes.isChoosing }
  public var frameInterval: Double? { playhead.interval() }

  public var menu: Menu<ReplayScene> {
    if lanes.isChoosing { return ReplayScene.choosingLanes }
    if branching.takeOver != nil { return ReplayScene.takingOver(run.episode.world.actions) }
    if branching.list != nil { return ReplayScene.branchList }
    if opponents.list != nil { return ReplayScene.opponentList }
    if board.cursor != nil { return ReplayScene.inspecting }
    return isPlayed ? ReplayScene.playing(run.episode.world.actions) : ReplayScene.menu
  }

  var branchSigns: BranchSigns { BranchSigns(branching: branching, reel: reel) }

  /// The timeline of what is shown.
  var timeline: Timeline {
    lanes.timeline(
      view, marks: bookmarks.marks(of: reel.number), range: playhead.range, hits: finder.search?.hits)
  }

  func layout(_ size: Size) -> ReplayLayout {
    var panels = board.panels
    if board.cursor != nil { panels.inspector = true }
    let layout = ReplayLayout(
      size, map: run.episode.level.map, isPresenting: board.isPresenting, lanes: lanes.rows(of: timeline),
      panels: panels, zoom: board.zoom)
    return board.cursor == nil ? layout : layout.withInspector
  }

  public func draw(into canvas: inout Canvas, theme: Theme) {
    ReplayPicture(room: self, view: view, theme: theme).draw(into: &canvas)
  }

  // MARK: Events

  public mutating func adopt(_ settings: Settings) {
    playhead.adopt(settings, animates: settings.animates)
    board.adopt(settings)
  }

  public mutating func receive(_ event: RoomEvent) -> [Wish<ReplayScene>] {
    switch event {
    case .tick: playhead.tick(end: last)
    case .input(.key(let key)): take(key)
    case .input(.resize(let size)): self.size = size
    case .input(.mouse(let mouse)): point(mouse)
    case .input(.paste), .input(.resumed): break
    }
    return boardWork()
  }

  private mutating func take(_ key: Key) {
    guard bookmarks.takesNextKey else { return }
    notice = bookmarks.take(key, episode: reel.number, moving: &playhead, end: last)
  }

  private mutating func point(_ mouse: MouseEvent) {
    guard branching.takeOver == nil else { return }
    guard branching.list == nil, opponents.list == nil else {
      branching.point(mouse, in: size)
      opponents.point(mouse, in: size)
      return
    }
    switch mouse.kind {
    case .press, .drag:
      let layout = layout(size)
      guard layout.timeline.contains(mouse.point) else {
        return board.inspect(at: mouse.point, view, in: layout.board)
      }
      if let target = timeline.frame(at: mouse.point.x - layout.timeline.x, width: layout.timeline.width) {
        playhead.seek(target, end: last)
      }
    case .scrollUp: playhead.seek(playhead.position - 1, end: last)
    case .scrollDown: playhead.seek(playhead.position + 1, end: last)
    case .release: break
    }
  }

  /// What the board shows and does not know yet, as work.
  private mutating func boardWork() -> [Wish<ReplayScene>] {
    board.work(for: view).map { $0.lifted(\.board) { $0.boardWork() } }
  }

  public mutating func prepare() {
    notice = nil
    isLeaving = false
  }

  public mutating func goBack() -> [Wish<ReplayScene>] {
    notice = nil
    guard branching.isUnsaved, !isLeaving else { return boardWork() }
    isLeaving = true
    notice = "There are branches that are not saved: B and s save them, q once more leaves without."
    return [.stay]
  }

  // MARK: Time

  public mutating func go(to step: Int) -> [Wish<ReplayScene>] {
    // Under a list time stands still.
    guard branching.list == nil, opponents.list == nil else { return [] }
    playhead.leap(to: step, end: last)
    return boardWork()
  }

  /// Begins at a step.
  public mutating func begin(at step: Int) { playhead.leap(to: step, end: last) }

  /// Stands at a frame of the episode for a picture, with all that is shown there known.
  mutating func pose(at frame: Int, isPlaying: Bool) {
    playhead.play()
    if !isPlaying { playhead.pause() }
    playhead.stand(at: frame)
    notice = nil
    board.surveyNow(view)
  }

  mutating func perform(_ command: PlayheadCommand) -> [Wish<ReplayScene>] {
    notice = playhead.perform(command, end: last)
    return boardWork()
  }

  mutating func perform(_ command: EventCommand) -> [Wish<ReplayScene>] {
    let (now, happenings) = (playhead.position, (run.analysis?.happenings ?? []).map(\.frame))
    let target: Int?
    switch command {
    case .departure: target = run.analysis?.marks.departure
    case .nextHappening: target = happenings.first { $0 > now }
    case .previousHappening: target = happenings.last { $0 < now }
    }
    if let target {
      playhead.leap(to: target, end: last)
    } else {
      notice = command == .departure ? "This episode has no departure." : "No further event."
    }
    return boardWork()
  }

  mutating func perform(_ command: BookmarkCommand) -> [Wish<ReplayScene>] {
    notice = bookmarks.perform(command, episode: reel.number, frame: playhead.position)
    return boardWork()
  }

  // MARK: Searching

  mutating func perform(_ command: FinderCommand) -> [Wish<ReplayScene>] {
    guard let line = finder.perform(command, in: run, moving: &playhead, notice: &notice) else { return boardWork() }
    let question = Question<ReplayScene>(line) { room, answer in
      let looking = room.finder.take(answer, in: room.run, moving: &room.playhead, notice: &room.notice)
      return room.searching(looking)
    }
    return [.ask(question)] + boardWork()
  }

  /// Looks for what was searched for in the run that is shown now.
  private mutating func searchAgain() -> [Wish<ReplayScene>] {
    guard let search = finder.search else { return [] }
    let looking = finder.look(for: search.query, in: run)
    return searching(looking)
  }

  private func searching(_ looking: Finder.Looking?) -> [Wish<ReplayScene>] {
    guard let looking, let query = finder.search?.query else { return [] }
    let episode = reel.number
    return [
      .work("hits") {
        let hits = looking()
        return Reply { room in
          if room.reel.number == episode, room.finder.take(hits, of: query) {
            room.notice = room.finder.goToFirst(in: room.run, moving: &room.playhead)
          }
          return room.boardWork()
        }
      }
    ]
  }

  // MARK: Looks and lanes

  mutating func perform(_ command: WayCommand) -> [Wish<ReplayScene>] {
    board.perform(command)
    return boardWork()
  }

  mutating func perform(_ command: BoardCommand) -> [Wish<ReplayScene>] {
    notice = board.perform(command, at: view, in: layout(size).board)
    return boardWork()
  }

  mutating func perform(_ command: CellCommand) -> [Wish<ReplayScene>] {
    board.perform(command, at: view)
    return boardWork()
  }

  mutating func perform(_ command: LanesCommand) -> [Wish<ReplayScene>] {
    lanes.perform(command)
    return boardWork()
  }

  mutating func perform(_ command: LaneChooserCommand) -> [Wish<ReplayScene>] {
    lanes.perform(command, of: run)
    return boardWork()
  }

  // MARK: Episodes

  mutating func perform(_ command: ReplayCommand) -> [Wish<ReplayScene>] {
    switch command {
    case .explain:
      playhead.pause()
      let (view, record) = (view, reel.agent?.record)
      return [.read { TextPanel(Account(view.run, record: record), view.run, at: view.frame) }] + boardWork()
    case .compare:
      playhead.pause()
      return open(opponents.ask(place)) + boardWork()
    case .otherIntention: return open(opponents.openOtherIntention(place)) + boardWork()
    case .edit: return [EditorScene.entered(run, agent: reel.agent)]
    case .nextEpisode: return turn(by: 1) + boardWork()
    case .previousEpisode: return turn(by: -1) + boardWork()
    }
  }

  private mutating func turn(by step: Int) -> [Wish<ReplayScene>] {
    switch reel.turn(by: step) {
    case .turned: return beginEpisode()
    case .ended(let words):
      notice = words
      return []
    case .later(let play):
      return [
        .work("neighbour") {
          let turned = play()
          return Reply { room in
            room.notice = room.reel.take(turned) ?? room.notice
            if case .success = turned.result { return room.beginEpisode() }
            return []
          }
        }
      ]
    }
  }

  /// Stands at the beginning of another episode.
  private mutating func beginEpisode() -> [Wish<ReplayScene>] {
    _ = branching.show(nil, of: reel)
    playhead.stand(at: 0)
    playhead.forget()
    board.leaveCell()
    lanes.follow(run)
    return searchAgain()
  }

  // MARK: Acting

  /// A move of a person who plays.
  mutating func play(_ command: MoveCommand) -> [Wish<ReplayScene>] {
    var episode = run.episode
    if playhead.position < episode.steps.count { episode = episode.prefix(playhead.position) }
    guard episode.conclusion == .stopped else {
      notice = "The episode is over: step back with , and act there to try otherwise."
      return boardWork()
    }
    switch command {
    case .act(let action): episode.advance(action)
    }
    reel.replace(Run(episode, graph: run.analysis?.graph))
    standAtEnd()
    playhead.pause()
    finder.lookAgain(in: run)
    return boardWork()
  }

  /// A move of a person who has taken over.
  mutating func takeOver(_ command: MoveCommand) -> [Wish<ReplayScene>] {
    notice = branching.act(command, in: reel)
    if notice == nil { standAtEnd() }
    return []
  }

  private mutating func standAtEnd() {
    playhead.stand(at: last)
    lanes.follow(run)
  }

  mutating func perform(_ command: BranchCommand) -> [Wish<ReplayScene>] {
    playhead.pause()
    switch command {
    case .takeOver:
      notice = branching.takeOver(at: playhead.position, of: reel)
      if notice == nil { standAtEnd() }
    case .branches: branching.openList(reel)
    }
    return []
  }

  mutating func perform(_ command: TakeOverCommand) -> [Wish<ReplayScene>] {
    switch command {
    case .takeBack:
      notice = branching.takeBack(in: reel)
      if notice == nil { standAtEnd() }
      return []
    case .handBack: return finish(handsBack: true)
    case .leave: return finish(handsBack: false)
    }
  }

  private mutating func finish(handsBack: Bool) -> [Wish<ReplayScene>] {
    playhead.stand(at: last)
    guard let (words, playsOn, growth) = branching.finish(handsBack: handsBack, in: reel) else { return [] }
    lanes.follow(run)
    notice = words
    if playsOn { playhead.play() }
    guard let growth else { return [] }
    return [
      .work("whatIf") {
        let run = growth.grow()
        return Reply { room in
          if room.branching.take(run, for: growth.address, in: room.reel) {
            room.lanes.follow(room.run)
            room.notice = nil
            if room.playhead.position >= room.last { room.playhead.pause() }
          }
          return []
        }
      }
    ]
  }

  // MARK: Lists

  mutating func perform(_ command: ListCommand) -> [Wish<ReplayScene>] {
    branching.perform(command)
    opponents.perform(command)
    return []
  }

  mutating func perform(_ command: OpponentCommand) -> [Wish<ReplayScene>] { open(opponents.perform(command, place)) }

  private var place: Opponents.Place { .init(view: view, reel: reel, branching: branching) }

  /// Opens a comparison: at once, or once it was played, if the run is still shown then; else says why there is none.
  private mutating func open(_ opening: Opponents.Opening) -> [Wish<ReplayScene>] {
    switch opening {
    case .none(let words):
      notice = words ?? notice
      return []
    case .now(let comparison): return [.enter(comparison)]
    case .later(let words, let problem, let make):
      if !words.isEmpty { notice = words }
      return [
        .work("comparison") {
          let comparison = make()
          return Reply { room in
            guard let comparison else {
              room.notice = problem
              return []
            }
            guard comparison.isAbout(room.run) else { return [] }
            room.notice = nil
            return [.enter(comparison)]
          }
        }
      ]
    }
  }

  mutating func perform(_ command: BranchListCommand) -> [Wish<ReplayScene>] {
    switch branching.perform(command, of: reel) {
    case .nothing: return []
    case .show(let id): return show(id)
    case .compare(let id, let other): return [.enter(Opponents.comparison(of: id, with: other, place))]
    case .say(let words):
      notice = words
      return []
    case .ask(let line, let asked): return [ask(line, asked)]
    }
  }

  /// Shows a branch from where it begins, or the episode itself where the time is now.
  private mutating func show(_ id: Int?) -> [Wish<ReplayScene>] {
    let start = branching.show(id, of: reel)
    playhead.pause()
    playhead.stand(at: start ?? min(playhead.position, last))
    playhead.forget(origin: false)
    board.leaveCell()
    lanes.follow(run)
    return searchAgain()
  }

  private func ask(_ line: TypedLine, _ asked: Branching.Asked) -> Wish<ReplayScene> {
    .ask(Question(line) { room, answer in answer.kind == .entered ? room.take(answer.text, asked) : [] })
  }

  private mutating func take(_ text: String, _ asked: Branching.Asked) -> [Wish<ReplayScene>] {
    switch asked {
    case .name(let id): branching.rename(id, to: text, of: reel)
    case .deletion(let id):
      if branching.delete(id, of: reel) {
        playhead.stand(at: min(playhead.position, last))
        lanes.follow(run)
      }
    case .path: return text.isEmpty ? [] : save(to: text.expandedPath, replacing: false)
    case .replacement(let path): return save(to: path, replacing: true)
    }
    return []
  }

  private func save(to path: String, replacing: Bool) -> [Wish<ReplayScene>] {
    let save = branching.saving(to: path, replacing: replacing, of: reel)
    return [
      .work("whatIf") {
        let saving = save()
        return Reply { room in
          switch saving {
          case .done(let words):
            room.branching.markSaved()
            room.notice = words
          case .failed(let words): room.notice = words
          case .exists(let line, let path): return [room.ask(line, .replacement(path: path))]
          }
          return []
        }
      }
    ]
  }
}
