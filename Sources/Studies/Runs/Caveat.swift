import Gridworlds
import Planning

/// Something that is known and speaks against taking what is shown of a run at its word.
public enum Caveat: Hashable, Sendable {
  /// The replay is not what was recorded.
  case differs(Recording.Mismatch)
  /// The file was cut within the recording, at this step.
  case cut(at: Int)
  /// The recording lacks hashes of states, so that only rewards and ends could be compared.
  case statesUnchecked
  /// The level is not the one that has its name now.
  case levelDiffers
  /// Values are approximate, because of this.
  case approximate(Approximation)
  /// So many steps of so many came without the agent's probabilities.
  case unsaid(Int, of: Int)

  /// Why values are approximate.
  public enum Approximation: Hashable, Sendable {
    /// The level has too many states to look at all of them.
    case tooManyStates
    /// Others move at random.
    case othersMove
  }
}
