import Gridworlds
import Studies
import TerminalUI

/// Searching an episode.
struct Finder: Part {
  /// What was searched for, and where it is; `nil` hits while they are still being looked for.
  struct Search: Sendable {
    let query: EventQuery
    fileprivate(set) var hits: [Int32]?
  }

  /// Looks for the hits of a query elsewhere.
  typealias Looking = @Sendable () -> [Int32]

  /// Episodes of more steps are searched on another thread, and not while a line is typed.
  private static let longestLive = 50_000

  private(set) var search: Search?
  /// The last word on what was found.
  private(set) var words: String?
  /// What was searched for, and where one stood, before the search that is being typed.
  private var earlier: (search: Search?, frame: Int)?

  /// - Returns: the line to be typed, where one is.
  mutating func perform(_ command: FinderCommand, in run: Run, moving playhead: inout Playhead) -> TypedLine? {
    switch command {
    case .search:
      // What stands now is what comes back where the line is abandoned.
      earlier = (search, playhead.position)
      words = nil
      return TypedLine(label: "/", hint: EventQuery.hint(for: run.episode), isLive: true)
    case .nextHit: words = go(forward: true, in: run, moving: &playhead)
    case .previousHit: words = go(forward: false, in: run, moving: &playhead)
    }
    return nil
  }

  /// Takes what is typed.
  /// - Returns: work where the episode is long.
  mutating func take(_ answer: Answer, in run: Run, moving playhead: inout Playhead) -> Looking? {
    let (before, origin) = earlier ?? (search, playhead.position)
    func abandon(_ finder: inout Finder, _ playhead: inout Playhead) {
      finder.search = before
      playhead.stand(at: min(origin, run.episode.steps.count))
    }
    let isEmpty = answer.text.allSatisfy(\.isWhitespace)
    switch answer.kind {
    case .abandoned:
      abandon(&self, &playhead)
      words = nil
    case .typing:
      guard run.episode.steps.count <= Finder.longestLive else { return nil }
      abandon(&self, &playhead)
      guard !isEmpty else {
        words = nil
        return nil
      }
      do throws(QueryProblem) {
        let query = try EventQuery(answer.text, in: run.episode.world)
        let hits = query.hits(in: run)
        search = Search(query: query, hits: hits)
        words = "\(hits.count) found."
        if let target = hits.first(where: { $0 >= origin }) ?? hits.first {
          playhead.seek(Int(target), end: run.episode.steps.count)
        }
      } catch {
        words = "Search \(error)"
      }
    case .entered:
      abandon(&self, &playhead)
      earlier = nil
      words = nil
      // An empty line repeats the last search, as elsewhere.
      guard !isEmpty else {
        words = go(forward: true, in: run, moving: &playhead)
        return nil
      }
      do throws(QueryProblem) {
        let query = try EventQuery(answer.text, in: run.episode.world)
        if let looking = look(for: query, in: run) {
          words = "Searching \(run.episode.steps.count) steps…"
          return looking
        }
        goToFirst(in: run, moving: &playhead)
      } catch {
        words = "Search \(error)"
      }
    }
    return nil
  }

  /// Looks for the hits: at once, or elsewhere where the episode is long.
  mutating func look(for query: EventQuery, in run: Run) -> Looking? {
    guard run.episode.steps.count > Finder.longestLive else {
      search = Search(query: query, hits: query.hits(in: run))
      return nil
    }
    search = Search(query: query, hits: nil)
    return { query.hits(in: run) }
  }

  /// Looks in a run that has grown by a step, unless that takes a while.
  mutating func lookAgain(in run: Run) {
    if let search, run.episode.steps.count <= Finder.longestLive { _ = look(for: search.query, in: run) }
  }

  /// Takes hits that were looked for elsewhere, if they are still wanted.
  mutating func take(_ hits: [Int32], of query: EventQuery) -> Bool {
    guard search?.query == query, search?.hits == nil else { return false }
    search?.hits = hits
    return true
  }

  // MARK: Going to hits

  mutating func goToFirst(in run: Run, moving playhead: inout Playhead) {
    guard let hits = search?.hits else {
      words = nil
      return
    }
    let first = hits.firstHit(from: playhead.position)
    if let target = first < hits.count ? hits[first] : hits.first {
      playhead.leap(to: Int(target), end: run.episode.steps.count)
    }
    words = words(at: playhead.position)
  }

  /// To the next hit, or the one before; round at the ends.
  private func go(forward: Bool, in run: Run, moving playhead: inout Playhead) -> String? {
    guard let search else { return "Nothing was searched for: / searches." }
    guard let hits = search.hits else { return "Still searching." }
    let frame = playhead.position
    let next = forward ? hits.firstHit(from: frame + 1) : hits.firstHit(from: frame) - 1
    let isRound = !hits.indices.contains(next)
    guard let target = isRound ? (forward ? hits.first : hits.last) : hits[next] else { return words(at: frame) }
    playhead.leap(to: Int(target), end: run.episode.steps.count)
    let words = words(at: playhead.position)
    guard isRound, hits.count > 1 else { return words }
    return (words ?? "") + (forward ? " Begun again." : " Begun from the end.")
  }

  private func words(at frame: Int) -> String? {
    guard let search, let hits = search.hits else { return nil }
    let number = hits.firstHit(from: frame)
    guard number < hits.count, Int(hits[number]) == frame else {
      return hits.isEmpty ? "Nothing found for: \(search.query.text)" : "\(hits.count) found."
    }
    return "\(number + 1) of \(hits.count) for: \(search.query.text)"
  }
}

/// Searching an episode.
enum FinderCommand: PartCommand {
  case search, nextHit, previousHit

  static let keys: [Binding<FinderCommand>] = [
    .init("/", .search, "Find", "search: regret>0, proxy", footer: "search"),
    .init("n", .nextHit, "Find", "the next hit"),
    .init("N", .previousHit, "Find", "the hit before"),
  ]
}

extension [Int32] {
  /// The index of the first hit at or after a frame, of hits in order; their count where there is none.
  func firstHit(from frame: Int) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if Int(self[middle]) < frame { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
