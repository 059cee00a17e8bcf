import Accounts
import Gridworlds
import Inference
import Studies
import TerminalUI

/// Steps through episodes, forward and back, and shows where and why one departs from the intended goal.
///
/// Put together from parts, each of which alone writes its state; here is only what one's doing means to the others.
public struct ReplayRoom: Room {
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

  /// A replay of an episode.
  /// - Parameters:
  ///   - agent: who acted; `nil` of episodes from files.
  ///   - rivals: other agents that could act here.
  public init(_ run: Run, agent: Agent?, isPlaying: Bool = false, rivals: [Agent.Source] = []) {
    self.init(EpisodeReel(run, agent: agent), isPlaying: isPlaying, rivals: rivals)
  }

  /// A replay of some episodes; `nil` where there is none.
  /// - Parameter source: the command that opens these episodes where no agent on a level does.
  public init?(
    runs: [Run], at index: Int = 0, agent: Agent?, isPlaying: Bool = false, source: String? = nil,
    rivals: [Agent.Source] = []
  ) {
    guard let reel = EpisodeReel(runs, at: index, agent: agent, source: source) else { return nil }
    self.init(reel, isPlaying: isPlaying, rivals: rivals)
  }

  /// A replay of episodes with the branches that a file has of them; `nil` where there is none.
  /// - Parameter branch: the number of the branch that is shown first.
  public init?(trees: [BranchTree], at index: Int = 0, branch: Int? = nil, source: String? = nil) {
    guard let reel = EpisodeReel(trees.map(\.root), at: index, agent: nil, source: source) else { return nil }
    self.init(reel)
    branching = Branching(trees, at: index, shown: branch)
    lanes.follow(run)
  }

  init(_ reel: EpisodeReel, isPlaying: Bool = false, isPlayed: Bool = false, rivals: [Agent.Source] = []) {
    (self.reel, self.isPlayed, opponents) = (reel, isPlayed, Opponents(rivals: rivals))
    if isPlaying { playhead.play() }
    lanes.follow(run)
  }

  /// A level for a person to play.
  public static func played(_ world: any World, _ level: Level) -> ReplayRoom {
    let run = Run(Episode(world: world, level: level, agent: Episode.person, seed: 0))
    return ReplayRoom(EpisodeReel(run, agent: nil), isPlayed: true)
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

  public var takesNextKey: Bool { bookmarks.takesNextKey }
  public var hasInnerWayBack: Bool { lanes.isChoosing }
  public var frameInterval: Double? { playhead.interval() }

  public func draw(into canvas: inout Canvas, theme: Theme) {
    ReplayPicture(room: self, view: view, theme: theme).draw(into: &canvas)
  }

  // MARK: Events

  public mutating func adopt(_ settings: Settings) {
    playhead.adopt(settings, animates: settings.animates)
    board.adopt(settings)
  }

  public mutating func receive(_ event: RoomEvent) -> [Wish<ReplayRoom>] {
    switch event {
    case .tick: playhead.tick(end: last)
    case .input(.resize(let size)):
      // Every open room hears of the size; what this one shows then it asks for once it is on top.
      self.size = size
      return []
    case .input(.mouse(let mouse)): point(mouse)
    case .input(.key(let key)) where bookmarks.takesNextKey:
      notice = bookmarks.take(key, episode: reel.number, moving: &playhead, end: last)
    case .input(.key), .input(.paste), .input(.resumed): break
    }
    return boardWork()
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
  private mutating func boardWork() -> [Wish<ReplayRoom>] {
    reel.work().map { $0.lifted(\.reel) { $0.searchAgain() } }
      + board.work(for: view).map { $0.lifted(\.board) { $0.boardWork() } }
  }

  public mutating func prepare() {
    notice = nil
    isLeaving = false
  }

  public mutating func goBack() -> [Wish<ReplayRoom>] {
    notice = nil
    guard branching.isUnsaved, !isLeaving else { return boardWork() }
    isLeaving = true
    notice = "There are branches that are not saved: B and s save them, q once more leaves without."
    return [.stay]
  }

  // MARK: Time

  public mutating func go(to step: Int) -> [Wish<ReplayRoom>] {
    // Under a list time stands still.
    guard branching.list == nil, opponents.list == nil else { return [] }
    playhead.leap(to: step, end: last)
    return boardWork()
  }

  /// Stands at a frame of the episode for a picture, with all that is shown there known.
  mutating func pose(at frame: Int, isPlaying: Bool) {
    playhead.play()
    if !isPlaying { playhead.pause() }
    playhead.stand(at: frame)
    notice = nil
    board.surveyNow(view)
  }

  mutating func perform(_ command: PlayheadCommand) -> [Wish<ReplayRoom>] {
    notice = playhead.perform(command, end: last)
    return boardWork()
  }

  mutating func perform(_ command: EventCommand) -> [Wish<ReplayRoom>] {
    notice = playhead.perform(
      command, departure: run.analysis?.marks.parting, lack: Narration(run).lackOfDeparture,
      events: run.events, end: last)
    return boardWork()
  }

  mutating func perform(_ command: BookmarkCommand) -> [Wish<ReplayRoom>] {
    notice = bookmarks.perform(command, episode: reel.number, frame: playhead.position)
    return boardWork()
  }

  // MARK: Searching

  mutating func perform(_ command: FinderCommand) -> [Wish<ReplayRoom>] {
    let line = finder.perform(command, in: run, moving: &playhead)
    notice = finder.words
    guard let line else { return boardWork() }
    let question = Question<ReplayRoom>(line) { room, answer in
      let looking = room.finder.take(answer, in: room.run, moving: &room.playhead)
      room.notice = room.finder.words
      return room.searching(looking)
    }
    return [.ask(question)] + boardWork()
  }

  /// Looks for what was searched for in the run that is shown now.
  private mutating func searchAgain() -> [Wish<ReplayRoom>] {
    guard let search = finder.search else { return [] }
    let looking = finder.look(for: search.query, in: run)
    return searching(looking)
  }

  private func searching(_ looking: Finder.Looking?) -> [Wish<ReplayRoom>] {
    guard let looking, let query = finder.search?.query else { return [] }
    let episode = reel.number
    return [
      .work("hits") {
        let hits = looking()
        return Reply { room in
          if room.reel.number == episode, room.finder.take(hits, of: query) {
            room.finder.goToFirst(in: room.run, moving: &room.playhead)
            room.notice = room.finder.words
          }
          return room.boardWork()
        }
      }
    ]
  }

  // MARK: Looks and lanes

  mutating func perform(_ command: WayCommand) -> [Wish<ReplayRoom>] {
    board.perform(command)
    return boardWork()
  }

  mutating func perform(_ command: BoardCommand) -> [Wish<ReplayRoom>] {
    let words = board.perform(command, at: view, in: layout(size).board)
    notice = words ?? board.words(after: command, at: view, in: layout(size).board)
    return boardWork()
  }

  mutating func perform(_ command: CellCommand) -> [Wish<ReplayRoom>] {
    board.perform(command, at: view)
    return boardWork()
  }

  mutating func perform(_ command: LanesCommand) -> [Wish<ReplayRoom>] {
    lanes.perform(command)
    return boardWork()
  }

  mutating func perform(_ command: LaneChooserCommand) -> [Wish<ReplayRoom>] {
    lanes.perform(command, of: run)
    return boardWork()
  }

  // MARK: Episodes

  mutating func perform(_ command: ReplayCommand) -> [Wish<ReplayRoom>] {
    switch command {
    case .explain:
      playhead.pause()
      let (view, record) = (view, reel.agent?.record)
      return [.read { TextPanel(Account(view.run, record: record), view.run, at: view.frame) }] + boardWork()
    case .compare:
      playhead.pause()
      return open(opponents.ask(place)) + boardWork()
    case .otherIntention: return open(opponents.openOtherIntention(place)) + boardWork()
    case .edit:
      return [EditorRoom.entered(run, agent: reel.agent) { ReplayRoom($0, agent: $1, isPlaying: true) }]
    case .nextEpisode: return turn(by: 1) + boardWork()
    case .previousEpisode: return turn(by: -1) + boardWork()
    }
  }

  private mutating func turn(by step: Int) -> [Wish<ReplayRoom>] {
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
  private mutating func beginEpisode() -> [Wish<ReplayRoom>] {
    branching.leave()
    playhead.stand(at: 0)
    playhead.forget()
    board.leaveCell()
    lanes.follow(run)
    return searchAgain()
  }

  // MARK: Acting

  /// A move of a person who plays.
  mutating func play(_ command: MoveCommand) -> [Wish<ReplayRoom>] {
    var episode = run.episode
    if playhead.position < episode.steps.count { episode = episode.prefix(playhead.position) }
    guard episode.conclusion == .stopped else {
      notice = "The episode is over: step back with , and act there to try otherwise."
      return boardWork()
    }
    episode.advance(command.action)
    reel.replace(Run(episode, graph: run.analysis?.graph))
    playhead.pause()
    playhead.stand(at: last)
    lanes.follow(run)
    finder.lookAgain(in: run)
    return boardWork()
  }

  /// A move of a person who has taken over.
  mutating func takeOver(_ command: MoveCommand) -> [Wish<ReplayRoom>] {
    branching.perform(command, of: reel)
    return hear([])
  }

  mutating func perform(_ command: BranchCommand) -> [Wish<ReplayRoom>] {
    playhead.pause()
    branching.perform(command, at: playhead.position, of: reel)
    return hear([])
  }

  mutating func perform(_ command: TakeOverCommand) -> [Wish<ReplayRoom>] {
    hear(branching.perform(command, of: reel))
  }

  /// Follows what was done with branches.
  private mutating func hear(_ wishes: [Wish<Branching>]) -> [Wish<ReplayRoom>] {
    let news = branching.takeNews()
    notice = news.notice ?? notice
    if news.time != nil { lanes.follow(run) }
    if news.playsOn { playhead.play() }
    if news.grown == reel.key {
      lanes.follow(run)
      notice = nil
      if playhead.position >= last { playhead.pause() }
    }
    var own: [Wish<ReplayRoom>] = wishes.map { $0.lifted(\.branching) { $0.hear([]) } }
    switch news.time {
    case nil: break
    case .end?: playhead.stand(at: last)
    case .at(let step)?: playhead.stand(at: step)
    case .here?: playhead.stand(at: min(playhead.position, last))
    case .from(let start)?:
      playhead.pause()
      playhead.stand(at: start ?? min(playhead.position, last))
      playhead.forget(origin: false)
      board.leaveCell()
      own += searchAgain()
    }
    return own
  }

  // MARK: Lists

  mutating func perform(_ command: ListCommand) -> [Wish<ReplayRoom>] {
    branching.perform(command)
    opponents.perform(command)
    return []
  }

  mutating func perform(_ command: OpponentCommand) -> [Wish<ReplayRoom>] { open(opponents.perform(command, place)) }

  private var place: Opponents.Place { .init(view: view, reel: reel, branching: branching) }

  /// Opens a comparison: at once, or once it was played, if the run is still shown then; else says why there is none.
  private mutating func open(_ opening: Opponents.Opening) -> [Wish<ReplayRoom>] {
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
            guard comparison?.isAbout(room.run) != false else { return [] }
            room.notice = comparison == nil ? problem : nil
            return comparison.map { [.enter($0)] } ?? []
          }
        }
      ]
    }
  }

  mutating func perform(_ command: BranchListCommand) -> [Wish<ReplayRoom>] {
    if command == .compare, let (id, left) = branching.pair(of: reel) {
      return [.enter(Opponents.comparison(of: id, with: left, place))]
    }
    return hear(branching.perform(command, of: reel))
  }
}
