import Studies
import TerminalUI

/// What keys ask of the list: another world, agent, kind of level or order, more levels, a filter.
extension GalleryScene {
  mutating func ask(_ query: EpisodeQuery) -> [Wish<GalleryScene>] {
    desk?.ask(query)
    (tick, rest) = (0, 0)
    return wantRun()
  }

  mutating func turn(by step: Int) -> [Wish<GalleryScene>] {
    guard source.file == nil else {
      var query = desk?.query ?? query
      query.world = GalleryScene.next(after: query.world, in: desk?.worlds.names ?? [], by: step)
      return ask(query)
    }
    guard let index = source.worlds.firstIndex(of: choice.world) else { return [] }
    let next = source.worlds[(index + step + source.worlds.count) % source.worlds.count]
    return load(GalleryChoice(world: next, agent: choice.agent == nil ? nil : 0, levels: choice.levels))
  }

  /// One agent after the other, then all of them.
  mutating func nextAgent() -> [Wish<GalleryScene>] {
    guard source.file == nil else {
      var query = desk?.query ?? query
      query.agent = GalleryScene.next(after: query.agent, in: desk?.agents.names ?? [], by: 1)
      return ask(query)
    }
    guard let agents = desk?.stock.agents, agents.count > 1 else { return [] }
    var choice = choice
    choice.agent = choice.agent.map { $0 + 1 < agents.count ? $0 + 1 : nil } ?? 0
    return load(choice)
  }

  mutating func nextSplit() -> [Wish<GalleryScene>] {
    guard var query = desk?.query else { return [] }
    let names = [EpisodeSplit.shifted, .training, .made].map(\.rawValue)
    query.split = GalleryScene.next(after: query.split?.rawValue, in: names, by: 1).flatMap {
      EpisodeSplit(rawValue: $0)
    }
    return ask(query)
  }

  /// The one after another in a circle that has a place for none.
  private static func next(after name: String?, in names: [String], by step: Int) -> String? {
    let place = name.flatMap { names.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
    let next = (place + step + names.count + 1) % (names.count + 1)
    return next == 0 ? nil : names[next - 1]
  }

  /// The orders that a key goes through.
  static let orders: [EpisodeQuery.Order?] = [
    nil, .init(.depart), .init(.regret, falling: true), .init(.proxy, falling: true), .init(.agent), .init(.steps),
  ]

  mutating func nextOrder() -> [Wish<GalleryScene>] {
    guard var query = desk?.query else { return [] }
    let place = GalleryScene.orders.firstIndex { $0 == query.order } ?? 0
    query.order = GalleryScene.orders[(place + 1) % GalleryScene.orders.count]
    return ask(query)
  }

  mutating func moreLevels() -> [Wish<GalleryScene>] {
    guard source.file == nil else {
      notice = "All episodes of the file are here."
      return []
    }
    let steps = [100, 1_000, 10_000]
    var more = choice
    guard let next = steps.first(where: { $0 > more.levels }) else {
      notice = "These are \(grouped(more.levels)) levels of each kind; wayward eval plays more."
      return []
    }
    more.levels = next
    return load(more)
  }

  mutating func askForFilter() -> [Wish<GalleryScene>] {
    guard let desk else { return [] }
    before = desk.query
    isFiltering = true
    problem = nil
    let line = TypedLine(
      label: "/", text: desk.query.text, hint: "like lost>0.5 split:shift sort:-regret", isLive: true)
    return [.ask(Question(line) { $0.take($1) })]
  }

  private mutating func take(_ answer: Answer) -> [Wish<GalleryScene>] {
    isFiltering = answer.kind == .typing
    guard answer.kind != .abandoned else {
      problem = nil
      return ask(before)
    }
    do throws(QueryProblem) {
      let query = try EpisodeQuery(parsing: answer.text)
      problem = nil
      return ask(query)
    } catch {
      // While a word is half typed it means nothing yet; what was shown stays.
      problem = isFiltering ? error.description : nil
      if !isFiltering { notice = error.description }
      return []
    }
  }
}
