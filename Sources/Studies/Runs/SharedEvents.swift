import Gridworlds
import Inference
import Planning

/// Something that happened on both sides of a comparison, perhaps at different steps.
public struct SharedEvent: Sendable, Hashable {
  /// What happened, in a word or two.
  public let name: String
  /// The frames at which it can be seen on the two sides.
  public let first: Int, second: Int
}

extension Comparison {
  /// The events that the two sides have in common, in an order that is both sides' own; the start and the end are always
  /// among them.
  ///
  /// The longest common subsequence of the two sequences of events. Who ended, and how, makes no difference: it is the
  /// end.
  public var sharedEvents: [SharedEvent] {
    let (a, b) = (Comparison.events(of: first), Comparison.events(of: second))
    // longest[i][j]: how many events a[i...] and b[j...] have in common.
    var longest = Array(repeating: Array(repeating: 0, count: b.count + 1), count: a.count + 1)
    for i in a.indices.reversed() {
      for j in b.indices.reversed() {
        longest[i][j] =
          a[i].name == b[j].name ? longest[i + 1][j + 1] + 1 : max(longest[i + 1][j], longest[i][j + 1])
      }
    }
    var shared: [SharedEvent] = [SharedEvent(name: "start", first: 0, second: 0)]
    var (i, j) = (0, 0)
    while i < a.count, j < b.count {
      if a[i].name == b[j].name {
        shared.append(SharedEvent(name: a[i].name, first: a[i].frame, second: b[j].frame))
        (i, j) = (i + 1, j + 1)
      } else if longest[i + 1][j] >= longest[i][j + 1] {
        i += 1
      } else {
        j += 1
      }
    }
    shared.append(
      SharedEvent(name: "end", first: first.episode.steps.count, second: second.episode.steps.count))
    return shared
  }

  /// The events of a side without its end; of one without analysis, what it achieved.
  private static func events(of run: Run) -> [(name: String, frame: Int)] {
    let goals = run.episode.world.goals
    guard let analysis = run.analysis else {
      return run.episode.world.goalIndices.compactMap { goal in
        run.episode.achievement(of: goal).map { (goals[goal].deed, $0) }
      }.sorted { $0.1 < $1.1 }
    }
    return analysis.happenings.compactMap { happening in
      switch happening.kind {
      case .decision: ("decision", happening.frame)
      case .departure: ("departure", happening.frame)
      case .away: ("away", happening.frame)
      case .commitment: ("commitment", happening.frame)
      case .noReturn: ("no return", happening.frame)
      case .achieved(let goal): (goals[goal].deed, happening.frame)
      case .ended, .differed: nil
      }
    }
  }
}
