import Gridworlds
import Inference
import Studies

/// The gallery's list: what is known so far of the episodes of a shelf, which of them are shown, and in which order.
struct GalleryDesk: Sendable {
  let stock: GalleryStock
  /// By place; `nil` where the episode was not played yet, or cannot be had.
  private(set) var summaries: [EpisodeSummary?]
  /// How many turns were played.
  private(set) var turnsDone = 0
  private(set) var query = EpisodeQuery()
  /// The places that are shown, in their order.
  private(set) var shown: [Int] = []
  /// The row of the chosen episode, and its place.
  private(set) var row = 0
  private(set) var selected: Int?
  /// What the shown episodes come to.
  private(set) var counts = EpisodeCounts()
  /// What agents are after, by name, as far as that is known.
  private(set) var profiles: [String: GoalProfile.Verdict] = [:]
  /// How many episodes of all that are known belong to a world, to an agent, to a split.
  private(set) var worlds = Tally(), agents = Tally(), splits = Tally()

  /// How many there are of what, in the order in which they came up.
  struct Tally: Sendable, Equatable {
    private(set) var names: [String] = []
    private(set) var counts: [String: Int] = [:]

    mutating func add(_ name: String) {
      if counts[name] == nil { names.append(name) }
      counts[name, default: 0] += 1
    }
  }

  init(_ stock: GalleryStock, query: EpisodeQuery = EpisodeQuery()) {
    self.stock = stock
    self.query = query
    summaries = Array(repeating: nil, count: stock.shelf?.count ?? 0)
    arrange()
  }

  var count: Int { summaries.count }
  var isComplete: Bool { turnsDone >= count }

  /// Takes the summaries of the turns that come next; returns whether they were those.
  mutating func take(_ turns: Range<Int>, _ news: [EpisodeSummary?]) -> Bool {
    guard let shelf = stock.shelf, turns.lowerBound == turnsDone, turns.count == news.count,
      turns.upperBound <= count, !turns.isEmpty
    else { return false }
    for (turn, summary) in zip(turns, news) {
      let place = shelf.place(atTurn: turn)
      guard summaries.indices.contains(place) else { continue }
      summaries[place] = summary
      guard let summary else { continue }
      worlds.add(summary.world)
      agents.add(summary.agent)
      if let profile = summary.profile { profiles[summary.agent] = profile }
      splits.add(summary.split.rawValue)
    }
    turnsDone = turns.upperBound
    if showsPlaces {
      // Which rows there are does not change, so that a long list costs no more by the part.
      for turn in turns { if let summary = summaries[shelf.place(atTurn: turn)] { counts.count(summary) } }
    } else {
      arrange()
    }
    return true
  }

  /// Shows other episodes, or in another order, from the top.
  mutating func ask(_ query: EpisodeQuery) {
    guard query != self.query else { return }
    self.query = query
    selected = nil
    arrange()
  }

  /// Chooses a row.
  mutating func move(to target: Int) {
    guard !shown.isEmpty else { return }
    row = max(0, min(shown.count - 1, target))
    selected = shown[row]
  }

  /// Chooses the first episode of a level's name, if there is one.
  mutating func choose(named name: String, _ split: EpisodeSplit?) {
    guard let shelf = stock.shelf else { return }
    // Without a query, rows are places.
    let found = shown.firstIndex { place in
      let label = shelf.label(place)
      return label.name == name && label.split == split
    }
    if let found { move(to: found) }
  }

  /// Whether a place was played to no avail.
  func isUnreadable(_ place: Int) -> Bool { isComplete && summaries[place] == nil }

  /// Whether rows are places, whatever is known of them.
  private var showsPlaces: Bool { query.showsAll && query.order == nil }

  /// Works out what is shown; the chosen episode stays chosen while it is shown.
  private mutating func arrange() {
    if showsPlaces {
      shown = Array(summaries.indices)
    } else {
      shown = summaries.indices.filter { place in summaries[place].map(query.matches) ?? false }
      if let order = query.order {
        let keys = shown.map { place in summaries[place].flatMap { order.field.value(of: $0) } }
        let ranks = shown.indices.sorted { first, second in
          switch (keys[first], keys[second]) {
          case (let one?, let other?) where one != other: order.isFalling ? one > other : one < other
          case (_?, nil): true
          case (nil, _?): false
          default: first < second
          }
        }
        shown = ranks.map { shown[$0] }
      }
    }
    counts = EpisodeCounts()
    for place in shown { if let summary = summaries[place] { counts.count(summary) } }
    if let selected, let row = shown.firstIndex(of: selected) {
      self.row = row
    } else {
      row = 0
      selected = shown.first
    }
  }
}
