import Gridworlds

/// A training between two updates: with it, and the same recipe, the training goes on to the same last byte.
public struct TrainingSnapshot: Sendable, Equatable {
  /// Where one environment stands.
  struct Place: Sendable, Hashable {
    /// Its level and the actions since.
    var bookmark: EnvironmentBookmark
    /// The random state from which its next action is drawn.
    var actionRandom: UInt64
    /// The return of its episode so far.
    var episodeReturn: Float
  }

  /// The recipe that the training began with.
  public let configuration: TrainingConfiguration
  /// The parameters.
  public let network: Network
  /// Updates so far.
  public let updates: Int
  let adam: AdamState
  /// The random state from which the next shuffle is drawn.
  let shuffleRandom: UInt64
  let places: [Place]

  /// Environment steps so far.
  public var steps: Int { updates * configuration.stepsPerUpdate }
}

/// Why a snapshot cannot be gone on from.
public enum SnapshotProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The parameters or Adam's moments.
  case network(NetworkProblem)
  /// An entry is not there.
  case missing(String)
  /// An entry says something that it cannot say.
  case malformed(String, value: String)
  /// The world or the recipe is another one.
  case mismatch(String)

  /// One line for people: what is wrong where.
  public var description: String {
    switch self {
    case .network(let problem): problem.description
    case .missing(let key): "the entry '\(key)' is missing"
    case .malformed(let key, let value): "the entry '\(key)' cannot be '\(value.prefix(40))'"
    case .mismatch(let what): what
    }
  }
}
