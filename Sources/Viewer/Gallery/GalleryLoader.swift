import Archive
import Foundation
import Studies
import TerminalUI

/// What is shown of a source: the list, the chosen episode, and what is still to be played for them.
///
/// Summaries stream in from the background; the whole of an episode is played for the chosen one alone.
struct GalleryLoader: Part {
  let source: GallerySource
  /// What was asked for last.
  private(set) var choice: GalleryChoice
  /// What is shown; `nil` until there is something.
  private(set) var desk: GalleryDesk?
  private(set) var preview = PreviewPlayer()
  /// Whether anything was asked for.
  private(set) var isAsked = false
  /// Episodes that were played lately, the last one first.
  private var runs: [(place: Int, result: Result<Run, FileProblem>)] = []
  /// The place whose episode is being played.
  private var pending: Int?
  /// What is to be chosen again once other episodes have come, and what is asked of them.
  private var kept: EpisodeLabel?
  private var query = EpisodeQuery()

  /// Why nothing came of what was asked, until it is read.
  private var words: String?

  /// How many whole episodes are held.
  static let mostRuns = 12
  /// How long the background works before it tells how far it is, in seconds.
  private static let patience = 0.06
  /// The orders that a key goes through.
  static let orders: [EpisodeQuery.Order?] = [
    nil, .init(.depart), .init(.regret, falling: true), .init(.proxy, falling: true), .init(.agent), .init(.steps),
  ]

  init(_ source: GallerySource) {
    self.source = source
    choice = GalleryChoice(world: source.worlds.first ?? "", agent: 0, levels: source.levels)
  }

  /// The chosen episode, or why it cannot be had; `nil` while it is being played.
  var chosen: Result<Run, FileProblem>? {
    guard let place = desk?.selected else { return nil }
    return runs.first { $0.place == place }?.result
  }
  var run: Run? { try? chosen?.get() }
  /// Who acts in it.
  var agent: Agent? { desk?.selected.flatMap { desk?.stock.shelf?.agent($0) } }
  /// The step of it that is shown.
  var frame: Int { preview.frame(of: run) }
  /// How many whole episodes are held now.
  var heldRuns: Int { runs.count }

  /// Asks for something to show, if nobody did.
  mutating func begin() -> [Wish<GalleryLoader>] { isAsked ? [] : load(choice) }

  mutating func advance() { preview.advance(over: run) }

  mutating func adopt(_ settings: Settings) { preview.adopt(settings) }

  mutating func perform(_ command: DeskCommand) -> [Wish<GalleryLoader>] {
    switch command {
    case .down: move { $0 + 1 }
    case .up: move { $0 - 1 }
    case .pageDown: move { $0 + 8 }
    case .pageUp: move { $0 - 8 }
    case .first: move { _ in 0 }
    case .last: move { _ in .max }
    case .nextPane: turn(by: 1)
    case .left: turn(by: -1)
    case .agent: nextAgent()
    case .split: nextSplit()
    case .sort: nextOrder()
    case .moreLevels: moreLevels()
    }
  }

  /// Why nothing came of what was asked, once.
  mutating func takeWords() -> String? { words.take() }

  /// Chooses another row.
  mutating func move(_ target: (Int) -> Int) -> [Wish<GalleryLoader>] {
    guard let desk else { return [] }
    self.desk?.move(to: target(desk.row))
    preview.restart()
    return wantRun()
  }

  /// Shows the episodes for which something holds.
  mutating func ask(_ query: EpisodeQuery) -> [Wish<GalleryLoader>] {
    desk?.ask(query)
    preview.restart()
    return wantRun()
  }

  // MARK: What is asked for

  private mutating func turn(by step: Int) -> [Wish<GalleryLoader>] {
    guard source.file == nil else {
      var query = desk?.query ?? query
      query.world = (desk?.worlds.names ?? []).turned(from: query.world, by: step)
      return ask(query)
    }
    guard let index = source.worlds.firstIndex(of: choice.world) else { return [] }
    let next = source.worlds[(index + step + source.worlds.count) % source.worlds.count]
    return load(GalleryChoice(world: next, agent: choice.agent == nil ? nil : 0, levels: choice.levels))
  }

  /// One agent after the other, then all of them.
  private mutating func nextAgent() -> [Wish<GalleryLoader>] {
    guard source.file == nil else {
      var query = desk?.query ?? query
      query.agent = (desk?.agents.names ?? []).turned(from: query.agent, by: 1)
      return ask(query)
    }
    guard let agents = desk?.stock.agents, agents.count > 1 else { return [] }
    var choice = choice
    choice.agent = Array(agents.indices).turned(from: choice.agent, by: 1)
    return load(choice)
  }

  private mutating func nextSplit() -> [Wish<GalleryLoader>] {
    guard var query = desk?.query else { return [] }
    query.split = [EpisodeSplit.shifted, .training, .made].turned(from: query.split, by: 1)
    return ask(query)
  }

  private mutating func nextOrder() -> [Wish<GalleryLoader>] {
    guard var query = desk?.query else { return [] }
    let orders = GalleryLoader.orders
    let place = orders.firstIndex { $0 == query.order } ?? 0
    query.order = orders[(place + 1) % orders.count]
    return ask(query)
  }

  private mutating func moreLevels() -> [Wish<GalleryLoader>] {
    guard source.file == nil else {
      words = "All episodes of the file are here."
      return []
    }
    let steps = [100, 1_000, 10_000]
    var more = choice
    guard let next = steps.first(where: { $0 > more.levels }) else {
      words = "These are \(grouped(more.levels)) levels of each kind; wayward eval plays more."
      return []
    }
    more.levels = next
    return load(more)
  }

  // MARK: Work

  /// Shows something else; the same level stays chosen where it is there too.
  private mutating func load(_ choice: GalleryChoice) -> [Wish<GalleryLoader>] {
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
    return [
      .work("gallery") {
        let stock = source.stock(choice)
        return Reply { $0.take(stock) }
      }
    ]
  }

  /// Shows what was asked for last, and only that.
  private mutating func take(_ stock: GalleryStock) -> [Wish<GalleryLoader>] {
    guard stock.choice == choice else { return [] }
    var desk = GalleryDesk(stock, query: query)
    if let kept { desk.choose(named: kept.name, kept.split) }
    kept = nil
    runs = []
    pending = nil
    self.desk = desk
    return wantSummaries() + wantRun()
  }

  /// The next part of what is to be played for the list.
  private func wantSummaries() -> [Wish<GalleryLoader>] {
    guard let desk, let shelf = desk.stock.shelf, !desk.isComplete else { return [] }
    let (choice, first) = (desk.stock.choice, desk.turnsDone)
    let threads = ProcessInfo.processInfo.activeProcessorCount
    return [
      .work("gallery") {
        let (turns, summaries) = shelf.summaries(from: first, threads: threads, seconds: GalleryLoader.patience)
        return Reply { $0.take(turns, summaries, of: choice) }
      }
    ]
  }

  private mutating func take(
    _ turns: Range<Int>, _ summaries: [EpisodeSummary?], of choice: GalleryChoice
  ) -> [Wish<GalleryLoader>] {
    guard choice == desk?.stock.choice, desk?.take(turns, summaries) == true else { return [] }
    return wantSummaries() + wantRun()
  }

  /// Plays the chosen episode, unless it was or another one still is being played.
  private mutating func wantRun() -> [Wish<GalleryLoader>] {
    guard pending == nil, let desk, let shelf = desk.stock.shelf, let place = desk.selected,
      !runs.contains(where: { $0.place == place })
    else { return [] }
    pending = place
    preview.restart()
    let choice = desk.stock.choice
    return [
      .work("gallery") {
        let result: Result<Run, FileProblem>
        do throws(FileProblem) { result = .success(try shelf.run(place)) } catch { result = .failure(error) }
        return Reply { $0.take(result, at: place, of: choice) }
      }
    ]
  }

  private mutating func take(
    _ result: Result<Run, FileProblem>, at place: Int, of choice: GalleryChoice
  ) -> [Wish<GalleryLoader>] {
    guard choice == desk?.stock.choice else { return [] }
    pending = nil
    runs.insert((place, result), at: 0)
    runs.removeLast(max(0, runs.count - GalleryLoader.mostRuns))
    return wantRun()
  }
}

/// What can be asked of the list: another row, order, kind of level, world or agent, and more levels.
enum DeskCommand: PartCommand {
  case up, down, pageUp, pageDown, first, last
  case sort, split, moreLevels, nextPane, left, agent

  static let moving: [Binding<DeskCommand>] = [
    .init("Up k", .up, "Episodes", "the one before", footer: "pick"),
    .init("Down j", .down, "Episodes", "the next one", footer: "pick"),
    .init("PgUp", .pageUp, "Episodes", "eight before"),
    .init("PgDn", .pageDown, "Episodes", "eight on"),
    .init("g Home", .first, "Episodes", "the first"),
    .init("G End", .last, "Episodes", "the last"),
  ]

  static let asking: [Binding<DeskCommand>] = [
    .init("s", .sort, "List", "the next order"),
    .init("t", .split, "List", "shifted, training, hand-made, all"),
    .init("L", .moreLevels, "List", "more levels: 1,000, 10,000"),
    .init("Tab Right l", .nextPane, "Worlds", "the next world", footer: "world"),
    .init("Left h", .left, "Worlds", "the world before"),
    .init("a", .agent, "Worlds", "the next agent, then all", footer: "agent"),
  ]
}
