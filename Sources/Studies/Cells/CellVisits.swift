import Gridworlds
import Synchronization

/// Who stood in which cell at which frames of an episode, as runs of frames that follow one another.
public struct CellVisits: Sendable {
  /// Whoever moves by itself beside the agent.
  public struct Other: Sendable {
    /// What the legend calls it.
    public let name: String
    fileprivate(set) var frames: [Position: [ClosedRange<Int>]] = [:]

    /// When one of them stood in a cell.
    public func frames(at cell: Position) -> [ClosedRange<Int>] { frames[cell] ?? [] }
  }

  private var agent: [Position: [ClosedRange<Int>]] = [:]
  /// One for each name.
  public private(set) var others: [Other] = []
  /// How many frames the agent stood in each cell.
  public private(set) var counts: [Position: Int] = [:]

  /// Looks at every frame of an episode once.
  /// - Complexity: O(frames × occupants)
  public init(_ episode: Episode) {
    let creatures = episode.world.legend.entries.filter { $0.role == .creature }
    for frame in episode.states.indices {
      let cell = episode.agent(at: frame)
      CellVisits.extend(&agent[cell, default: []], by: frame)
      counts[cell, default: 0] += 1
      guard !creatures.isEmpty else { continue }
      for occupant in episode.frames[frame].occupants {
        guard let name = creatures.first(where: { $0.tile == occupant.tile })?.name else { continue }
        let index = others.firstIndex { $0.name == name } ?? others.count
        if index == others.count { others.append(Other(name: name)) }
        CellVisits.extend(&others[index].frames[occupant.position, default: []], by: frame)
      }
    }
  }

  private static func extend(_ runs: inout [ClosedRange<Int>], by frame: Int) {
    guard let last = runs.last, last.upperBound + 1 >= frame else { return runs.append(frame...frame) }
    runs[runs.count - 1] = last.lowerBound...frame
  }

  /// When the agent stood in a cell.
  public func frames(at cell: Position) -> [ClosedRange<Int>] { agent[cell] ?? [] }
}

/// The visits of a run, once they have been counted. The lock is never held while they are.
final class VisitsMemo: Sendable {
  let known = Mutex<CellVisits?>(nil)
}

extension Run {
  /// The visits, if they have been counted.
  public var knownVisits: CellVisits? { visitsMemo.known.withLock(\.self) }

  /// The visits; counting them takes a while in an episode of a million steps.
  public var visits: CellVisits {
    if let known = knownVisits { return known }
    let visits = CellVisits(episode)
    visitsMemo.known.withLock { $0 = visits }
    return visits
  }
}
