import Accounts
import Gridworlds
import Studies
import TerminalUI

/// Where the program opens: worlds, agents, their episodes with verdicts, and the chosen one playing.
public struct GalleryRoom: Room {
  private(set) var loader: GalleryLoader
  private(set) var filter = GalleryFilter()
  /// A word on what just happened, until the next key.
  private(set) var notice: String?
  private var size = Size.standard
  /// Opens a training of a world; `nil` where trainings cannot be shown.
  private let training: (@Sendable (String) -> TrainingRoom?)?

  /// The gallery of a source.
  public init(_ source: GallerySource, training: (@Sendable (String) -> TrainingRoom?)? = nil) {
    loader = GalleryLoader(source)
    self.training = training
  }

  /// Whether a room full of people looks on.
  private(set) var isPresenting = false

  static let menu = Menu<GalleryRoom>(
    Menu.rows(EpisodeCommand.watching) { $0.perform($1) } + Menu.rows(DeskCommand.moving) { $0.perform($1) }
      + Menu.rows(EpisodeCommand.explaining) { $0.perform($1) } + Menu.rows(FilterCommand.keys) { $0.perform($1) }
      + Menu.rows(DeskCommand.asking) { $0.perform($1) } + Menu.rows(EpisodeCommand.opening) { $0.perform($1) }
      + Menu.program(ProgramCommand.copying + ProgramCommand.exporting + ProgramCommand.anywhere), name: "gallery")

  public var menu: Menu<GalleryRoom> { GalleryRoom.menu }
  public var shownWorld: (any World)? { run?.episode.world }
  public var moment: Moment? {
    run.map { Moment(run: $0, frame: loader.frame, agent: loader.agent, source: replayShelf?.command) }
  }
  public var fileName: String { "gallery-\(Moment.plain(loader.source.file ?? loader.choice.world))" }

  /// The first tick asks for something to show; afterwards ticks play the preview.
  public var frameInterval: Double? {
    !loader.isAsked ? 0.001 : run != nil && loader.preview.animates ? 1 / 8 : nil
  }

  /// What is listed; `nil` until there is something.
  var desk: GalleryDesk? { loader.desk }
  /// The chosen episode.
  var run: Run? { loader.run }

  public mutating func adopt(_ settings: Settings) {
    loader.adopt(settings)
    isPresenting = settings.isPresenting
  }

  func layout(_ size: Size) -> GalleryLayout { GalleryLayout(size, isPresenting: isPresenting) }

  public mutating func prepare() { notice = nil }

  public mutating func goBack() -> [Wish<GalleryRoom>] {
    notice = nil
    return []
  }

  public mutating func receive(_ event: RoomEvent) -> [Wish<GalleryRoom>] {
    switch event {
    case .tick:
      if !loader.isAsked { return load { $0.begin() } }
      loader.advance()
    case .input(.resize(let size)): self.size = size
    case .input(.mouse(let mouse)): return point(mouse)
    case .input(.key), .input(.paste), .input(.resumed): break
    }
    return []
  }

  /// A click chooses a row, one on the chosen row opens it, the wheel goes up and down.
  private mutating func point(_ mouse: MouseEvent) -> [Wish<GalleryRoom>] {
    switch mouse.kind {
    case .scrollUp: return perform(.up)
    case .scrollDown: return perform(.down)
    case .drag, .release: return []
    case .press:
      guard let desk, let row = row(at: mouse.point, on: size) else { return [] }
      return row == desk.row && run != nil ? perform(EpisodeCommand.open) : load { $0.move { _ in row } }
    }
  }

  // MARK: Between the parts

  private mutating func load(_ body: (inout GalleryLoader) -> [Wish<GalleryLoader>]) -> [Wish<GalleryRoom>] {
    body(&loader).map { $0.lifted(\.loader) }
  }

  private mutating func perform(_ command: DeskCommand) -> [Wish<GalleryRoom>] {
    let wishes = loader.perform(command)
    notice = loader.takeWords() ?? notice
    return wishes.map { $0.lifted(\.loader) }
  }

  private mutating func perform(_ command: FilterCommand) -> [Wish<GalleryRoom>] {
    guard let desk else { return [] }
    return filter.perform(command, on: desk.query).map { $0.lifted(\.filter) { $0.followFilter() } }
  }

  /// Shows what the filter lets through.
  private mutating func followFilter() -> [Wish<GalleryRoom>] {
    let news = filter.takeNews()
    notice = news.words ?? notice
    return news.query.map { query in load { $0.ask(query) } } ?? []
  }

  // MARK: Other rooms

  private func perform(_ command: EpisodeCommand) -> [Wish<GalleryRoom>] {
    switch command {
    case .open: return open(isPlaying: true)
    case .departure: return open { _ = $0.perform(EventCommand.departure) }
    case .compare: return compare()
    case .explain: return explain()
    case .play:
      guard let run else { return [] }
      return [.enter(ReplayRoom.played(run.episode.world, run.episode.level))]
    case .edit:
      guard let run else { return [] }
      return [
        EditorRoom.entered(run, agent: loader.agent) { ReplayRoom($0, agent: $1, isPlaying: true) }
      ]
    case .trainNow: return training?(loader.choice.world).map { [.enter($0)] } ?? []
    }
  }

  private func open(isPlaying: Bool = false, _ prepare: (inout ReplayRoom) -> Void = { _ in }) -> [Wish<GalleryRoom>] {
    guard var room = replay(isPlaying: isPlaying) else { return [] }
    prepare(&room)
    return [.enter(room)]
  }

  private func compare() -> [Wish<GalleryRoom>] {
    guard var room = replay() else { return [] }
    let wishes = room.perform(ReplayCommand.compare)
    return [.enter(room, wanting: wishes)]
  }

  /// The replay of the chosen episode, which knows the list.
  private func replay(isPlaying: Bool = false) -> ReplayRoom? {
    guard let run, let list = replayShelf else { return nil }
    let reel = EpisodeReel(run, agent: loader.agent, shelf: list)
    return ReplayRoom(reel, isPlaying: isPlaying, rivals: desk?.stock.rivals ?? [])
  }

  /// The list for the replay of the chosen episode.
  private var replayShelf: ReplayShelf? {
    guard let desk, let shelf = desk.stock.shelf else { return nil }
    return ReplayShelf(shelf, order: desk.shown, place: desk.row, file: loader.source.file)
  }

  private func explain() -> [Wish<GalleryRoom>] {
    guard let run else { return [] }
    let record = loader.agent?.record
    return [.read { TextPanel(Account(run, record: record), run) }]
  }
}

/// What the chosen episode is opened for.
enum EpisodeCommand: PartCommand {
  case open, departure, explain, trainNow, compare, play, edit

  static let watching: [Binding<EpisodeCommand>] = [
    .init("Enter", .open, "Episodes", "watch it", footer: "watch"),
    .init("d", .departure, "Episodes", "watch it from its departure"),
  ]

  static let explaining: [Binding<EpisodeCommand>] = [
    .init("e", .explain, "Episodes", "the account of it in words", footer: "explain")
  ]

  static let opening: [Binding<EpisodeCommand>] = [
    .init("n", .trainNow, "Worlds", "train a new agent, live"),
    .init("c", .compare, "Episodes", "beside its training twin"),
    .init("p", .play, "Episodes", "play the level yourself"),
    .init("E", .edit, "Episodes", "edit the level"),
  ]
}
