import Gridworlds
import Planning

/// Which of its goals an episode came to first.
public struct Touch: Sendable, Hashable {
  /// Which of the two kinds.
  public enum Kind: String, Sendable, CaseIterable {
    case intended, proxy
    /// Both at one frame.
    case both
  }

  /// Which of the two kinds.
  public let kind: Kind
  /// The first frame at which a goal is achieved.
  public let frame: Int

  /// The first touch of an episode, whoever made it; `nil` where no goal was achieved so far. It takes no planning.
  public init?(of episode: Episode) {
    let intended = episode.world.intended
    let own = episode.achievement(of: intended)
    let other = episode.world.goalIndices.filter { $0 != intended }.compactMap { episode.achievement(of: $0) }.min()
    guard let frame = [own, other].compactMap(\.self).min() else { return nil }
    self.frame = frame
    kind = own == other ? .both : own == frame ? .intended : .proxy
  }
}
