import Studies
import TerminalUI

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

/// Searching an episode.
extension ReplayScene {
  /// Episodes of more steps are searched on another thread, and not while a line is typed.
  static let longestLive = 50_000

  /// Takes what is typed after `/`.
  mutating func takeSearch(_ answer: Answer) -> [Wish<ReplayScene>] {
    let (before, origin) = tools.earlier ?? (tools.search, frame)
    func abandon() {
      tools.search = before
      frame = min(origin, last)
    }
    switch answer.kind {
    case .abandoned:
      abandon()
      notice = nil
    case .typing:
      guard run.episode.steps.count <= ReplayScene.longestLive else { return [] }
      abandon()
      guard !answer.text.allSatisfy(\.isWhitespace) else {
        notice = nil
        return []
      }
      do throws(QueryProblem) {
        let query = try EventQuery(answer.text, in: run.episode.world)
        let hits = query.hits(in: run)
        tools.search = Search(query: query, hits: hits)
        notice = "\(hits.count) found."
        if let target = hits.first(where: { $0 >= origin }) ?? hits.first { seek(Int(target)) }
      } catch {
        notice = "Search \(error)"
      }
    case .entered:
      abandon()
      tools.earlier = nil
      notice = nil
      // An empty line repeats the last search, as elsewhere.
      guard !answer.text.allSatisfy(\.isWhitespace) else {
        seekHit(forward: true)
        return []
      }
      do throws(QueryProblem) {
        return look(for: try EventQuery(answer.text, in: run.episode.world))
      } catch {
        notice = "Search \(error)"
      }
    }
    return []
  }

  /// Searches the episode that is shown, and goes to the first hit from here on.
  private mutating func look(for query: EventQuery) -> [Wish<ReplayScene>] {
    let found = searchWork(query)
    guard found.isEmpty else {
      notice = "Searching \(run.episode.steps.count) steps…"
      return found
    }
    goToFirstHit()
    return []
  }

  /// Looks for the hits: at once, or on another thread where the episode is long.
  mutating func searchWork(_ query: EventQuery) -> [Wish<ReplayScene>] {
    guard run.episode.steps.count > ReplayScene.longestLive else {
      tools.search = Search(query: query, hits: query.hits(in: run))
      return []
    }
    tools.search = Search(query: query, hits: nil)
    let (run, episode) = (run, number)
    return [
      .work("hits") {
        let hits = query.hits(in: run)
        return Reply { room in
          room.receiveHits(query, episode: episode, hits)
          return room.surveyWork()
        }
      }
    ]
  }

  /// Hits that another thread has found.
  mutating func receiveHits(_ query: EventQuery, episode: Int, _ hits: [Int32]) {
    guard episode == number, tools.search?.query == query, tools.search?.hits == nil else { return }
    tools.search?.hits = hits
    goToFirstHit()
  }

  private mutating func goToFirstHit() {
    guard let hits = tools.search?.hits else { return }
    let first = hits.firstHit(from: frame)
    if let target = first < hits.count ? hits[first] : hits.first { leap(to: Int(target)) }
    sayHit()
  }

  /// To the next hit, or the one before; round at the ends.
  mutating func seekHit(forward: Bool) {
    guard let search = tools.search else {
      notice = "Nothing was searched for: / searches."
      return
    }
    guard let hits = search.hits else {
      notice = "Still searching."
      return
    }
    let next = forward ? hits.firstHit(from: frame + 1) : hits.firstHit(from: frame) - 1
    let isRound = !hits.indices.contains(next)
    guard let target = isRound ? (forward ? hits.first : hits.last) : hits[next] else {
      sayHit()
      return
    }
    leap(to: Int(target))
    sayHit()
    if isRound, hits.count > 1 { notice = (notice ?? "") + (forward ? " Begun again." : " Begun from the end.") }
  }

  private mutating func sayHit() {
    guard let search = tools.search, let hits = search.hits else { return }
    let number = hits.firstHit(from: frame)
    guard number < hits.count, Int(hits[number]) == frame else {
      notice = hits.isEmpty ? "Nothing found for: \(search.query.text)" : "\(hits.count) found."
      return
    }
    notice = "\(number + 1) of \(hits.count) for: \(search.query.text)"
  }
}
