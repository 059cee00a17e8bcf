import Archive
import Gridworlds
import Studies
import TerminalUI

/// The episodes that a replay goes through: those that it holds, or those of a list, of which it holds one.
struct EpisodeReel: Part {
  private(set) var runs: [Run]
  private(set) var index: Int
  /// Who acts in the episode shown, where the agent is at hand.
  private(set) var agent: Agent?
  /// The list that the episode was opened from, where there is more than it holds.
  private(set) var shelf: ReplayShelf?
  /// Whether what is known of the agent is being found out.
  private var isAsking = false
  /// The command that opens these episodes where no agent on a level does: `wayward replay runs.jsonl`.
  private let source: String?

  /// - Parameter index: which of the runs is shown; `nil` comes of one that is not there.
  init?(_ runs: [Run], at index: Int, agent: Agent?, source: String?) {
    guard runs.indices.contains(index) else { return nil }
    (self.runs, self.index, self.agent, self.source) = (runs, index, agent, source)
  }

  /// One episode, of a list where it is from one.
  init(_ run: Run, agent: Agent?, shelf: ReplayShelf? = nil) {
    (runs, index, self.agent, self.shelf, source) = ([run], 0, agent, shelf, nil)
  }

  /// The episode that is shown, as it was.
  var root: Run { runs[index] }
  /// Under which number what was tried otherwise from the episode is kept.
  var key: Int { shelf?.place ?? index }
  /// The number of the episode among those that can be gone to from here.
  var number: Int { shelf.flatMap { $0.order.indices.contains($0.place) ? $0.order[$0.place] : nil } ?? index }

  /// The command that opens the episode, where it is none of an agent on a level.
  var command: String? {
    if let shelf, shelf.file != nil { return shelf.command }
    return source.map { runs.count > 1 ? "\($0) --episode \(index + 1)" : $0 }
  }

  /// Where it stands among all: `3/12`; empty where there is only one.
  var placeWords: [String] {
    (shelf.map { ["\($0.place + 1)/\($0.order.count)"] } ?? []) + (runs.count > 1 ? ["\(index + 1)/\(runs.count)"] : [])
  }

  /// What comes of going on.
  enum Turn {
    case turned
    /// Another one of the list, which has to be played first.
    case later(@Sendable () -> Turned)
    /// There is no further one, in words.
    case ended(String)
  }

  /// An episode of a list, played, or why it cannot be.
  struct Turned: Sendable {
    let place: Int
    let result: Result<Run, FileProblem>
    let agent: Agent?
  }

  /// Goes so many episodes on.
  mutating func turn(by step: Int) -> Turn {
    let ended = Turn.ended(step < 0 ? "This is the first episode." : "This is the last episode.")
    if let shelf { return shelf.turn(by: step).map { .later($0) } ?? ended }
    guard runs.indices.contains(index + step) else { return ended }
    index += step
    return .turned
  }

  /// Takes the episode that was asked for.
  /// - Returns: what stood in the way, in words.
  mutating func take(_ turned: Turned) -> String? {
    switch turned.result {
    case .success(let run):
      shelf?.place = turned.place
      (runs, index, agent) = ([run], 0, turned.agent)
      return nil
    case .failure(let problem): return "\(problem)"
    }
  }

  /// What is not known of the agent at hand, as work: from then on its episodes are judged as its.
  mutating func work() -> [Wish<EpisodeReel>] {
    let run = root
    guard let agent, agent.record != nil, run.known == nil, run.analysis != nil, !isAsking else { return [] }
    isAsking = true
    return [
      .work("profile") {
        let known = AgentProfile.known(agent, in: run.episode.world, threads: 1)
        let judged = known.known.map { run.judged(as: $0) }
        return Reply { reel in
          // Of an agent of which nothing can be known nobody asks again.
          guard let judged else { return [] }
          reel.isAsking = false
          guard reel.agent?.record?.digest == agent.record?.digest else { return reel.work() }
          reel.agent = known
          let (shown, asked) = (reel.root.episode, run.episode)
          if shown.level == asked.level, shown.steps.actions == asked.steps.actions { reel.runs[reel.index] = judged }
          return reel.work()
        }
      }
    ]
  }

  /// The episode shown is another one now: a person has acted.
  mutating func replace(_ run: Run) { runs[index] = run }
}

/// The list that an episode was opened from, for whoever goes on to the next one.
struct ReplayShelf: Sendable {
  let shelf: any EpisodeShelf
  /// The places of the list, in its order.
  let order: [Int]
  /// Where in the order the episode stands.
  fileprivate(set) var place: Int
  /// The file that the episodes are from, if they are from one.
  let file: String?

  init(_ shelf: any EpisodeShelf, order: [Int], place: Int, file: String?) {
    (self.shelf, self.order, self.place, self.file) = (shelf, order, place, file)
  }

  /// The command that opens the episode, where it is from a file.
  var command: String? {
    guard let file, order.indices.contains(place) else { return nil }
    return "wayward replay \(ShellWord.file(file)) --episode \(order[place] + 1)"
  }

  /// Plays the episode so many rows on; `nil` beyond the ends.
  fileprivate func turn(by rows: Int) -> (@Sendable () -> EpisodeReel.Turned)? {
    let target = place + rows
    guard order.indices.contains(target) else { return nil }
    let (shelf, index) = (shelf, order[target])
    return {
      do throws(FileProblem) {
        return .init(place: target, result: .success(try shelf.run(index)), agent: shelf.agent(index))
      } catch {
        return .init(place: target, result: .failure(error), agent: nil)
      }
    }
  }
}
