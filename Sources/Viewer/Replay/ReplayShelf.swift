import Archive
import Studies
import TerminalUI

/// The list that an episode was opened from, for whoever goes on to the next one.
struct ReplayShelf: Sendable {
  let shelf: any EpisodeShelf
  /// The places of the list, in its order.
  let order: [Int]
  /// Where in the order the episode stands.
  var place: Int

  /// Plays the episode so many rows on; `nil` beyond the ends.
  func turn(by rows: Int) -> Wish? {
    let target = place + rows
    guard order.indices.contains(target) else { return nil }
    let (shelf, index) = (shelf, order[target])
    return .effect(
      .work {
        do throws(FileProblem) {
          return .neighbour(place: target, .success(try shelf.run(index)), shelf.watcher(index))
        } catch {
          return .neighbour(place: target, .failure(error), nil)
        }
      })
  }
}

extension ReplayScene {
  /// Asks for another episode of the list.
  mutating func turn(_ shelf: ReplayShelf, by rows: Int) -> [Wish] {
    guard let wish = shelf.turn(by: rows) else {
      notice = rows < 0 ? "This is the first episode." : "This is the last episode."
      return []
    }
    return [wish]
  }

  /// Shows the episode that was asked for.
  mutating func take(place: Int, _ result: Result<Run, FileProblem>, _ watcher: Watcher?) -> [Wish] {
    guard shelf != nil else { return [] }
    switch result {
    case .success(let run):
      shelf?.place = place
      self.watcher = watcher
      runs = [run]
      return show(run: 0)
    case .failure(let problem):
      notice = "\(problem)"
      return []
    }
  }
}
