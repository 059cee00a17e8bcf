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
  /// The file that the episodes are from, if they are from one.
  var file: String?

  /// The command that opens the episode, where it is from a file.
  var command: String? {
    guard let file, order.indices.contains(place) else { return nil }
    return "wayward replay \(Moment.word(PlainText.stripped(file, limit: 400))) --episode \(order[place] + 1)"
  }

  /// Plays the episode so many rows on; `nil` beyond the ends.
  func turn(by rows: Int) -> Wish? {
    let target = place + rows
    guard order.indices.contains(target) else { return nil }
    let (shelf, index) = (shelf, order[target])
    return .effect(
      .work {
        do throws(FileProblem) {
          return .neighbour(place: target, .success(try shelf.run(index)), shelf.agent(index))
        } catch {
          return .neighbour(place: target, .failure(error), nil)
        }
      })
  }
}

extension ReplayScene {
  /// The number of the episode among those that can be gone to from here.
  var number: Int { shelf.flatMap { $0.order.indices.contains($0.place) ? $0.order[$0.place] : nil } ?? index }

  /// Stands at an episode of a list.
  mutating func enter(_ list: ReplayShelf) {
    shelf = list
    if list.file != nil { source = list.command }
  }

  /// Asks for another episode of the list.
  mutating func turn(_ shelf: ReplayShelf, by rows: Int) -> [Wish] {
    guard let wish = shelf.turn(by: rows) else {
      notice = rows < 0 ? "This is the first episode." : "This is the last episode."
      return []
    }
    return [wish]
  }

  /// Shows the episode that was asked for.
  mutating func take(place: Int, _ result: Result<Run, FileProblem>, _ agent: Agent?) -> [Wish] {
    switch result {
    case .success(let run):
      guard var shelf else { return [] }
      shelf.place = place
      enter(shelf)
      self.agent = agent
      runs = [run]
      return show(run: 0)
    case .failure(let problem):
      notice = "\(problem)"
      return []
    }
  }
}
