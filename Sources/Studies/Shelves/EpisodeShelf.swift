import Archive
import Gridworlds
import Learning

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
    let deadline = ContinuousClock.now + .seconds(seconds)
    let hasTime: @Sendable () -> Bool = { ContinuousClock.now < deadline }
    let parts = Workers(threads: threads).map(first..<max(first, count), by: chunk, while: hasTime) {
      summaries(turns: $0)
    }
    let all = parts.flatMap(\.self)
    return (first..<(first + all.count), all)
  }
}
