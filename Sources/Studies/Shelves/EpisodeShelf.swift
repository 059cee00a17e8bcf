import Archive
import Dispatch
import Gridworlds
import Synchronization

/// Episodes that are known by their place: each can be had at any time, and none is held.
///
/// The places have an order for lists, and another one, the *turns*, in which summaries are worked out.
public protocol EpisodeShelf: Sendable {
  /// How many there are.
  var count: Int { get }
  /// What is known of the one at a place without playing it.
  func label(_ place: Int) -> EpisodeLabel
  /// The one at a place, played and analysed; slow.
  func run(_ place: Int) throws(FileProblem) -> Run
  /// Who acts there, `nil` where that is not at hand.
  func agent(_ place: Int) -> Agent?
  /// The place whose turn it is; a permutation of the places.
  func place(atTurn turn: Int) -> Int
  /// The summaries of some turns in their order, `nil` where one cannot be had.
  func summaries(turns: Range<Int>) -> [EpisodeSummary?]
}

/// What is known of an episode before it is played.
public struct EpisodeLabel: Sendable, Hashable {
  /// The level's short name.
  public let name: String
  /// Who acts, as far as known.
  public let agent: String?
  /// Which levels it belongs to, as far as known.
  public let split: EpisodeSplit?

  /// What is known of an episode before it is played.
  public init(name: String, agent: String?, split: EpisodeSplit?) {
    self.name = name
    self.agent = agent
    self.split = split
  }
}

extension EpisodeShelf {
  public func place(atTurn turn: Int) -> Int { turn }

  public func summaries(turns: Range<Int>) -> [EpisodeSummary?] {
    turns.map { turn in
      do throws(FileProblem) { return EpisodeSummary(try run(place(atTurn: turn))) } catch { return nil }
    }
  }

  /// The summaries of the turns from one on, as many as can be had in a while, on several threads.
  ///
  /// How many come depends on the time; what each says, and their order, does not.
  /// - Parameters:
  ///   - chunk: turns that one thread takes at once.
  ///   - seconds: after so much time no further chunk is begun.
  public func summaries(
    from first: Int, threads: Int, chunk: Int = 8, seconds: Double
  ) -> (turns: Range<Int>, [EpisodeSummary?]) {
    let chunk = max(1, chunk)
    let deadline = DispatchTime.now() + seconds
    let next = Atomic<Int>(first)
    let found = Mutex<[Int: [EpisodeSummary?]]>([:])
    DispatchQueue.concurrentPerform(iterations: max(1, threads)) { _ in
      repeat {
        let begin = next.wrappingAdd(chunk, ordering: .relaxed).oldValue
        guard begin < count else { return }
        let part = summaries(turns: begin..<min(begin + chunk, count))
        found.withLock { $0[begin] = part }
      } while DispatchTime.now() < deadline
    }
    // Chunks are handed out in order and each that is handed out is done, so that no gap is left.
    let parts = found.withLock { $0 }
    var (all, turn): ([EpisodeSummary?], Int) = ([], first)
    while let part = parts[turn], !part.isEmpty {
      all += part
      turn += part.count
    }
    return (first..<turn, all)
  }
}
