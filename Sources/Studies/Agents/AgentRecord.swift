import Archive
import Learning

/// What a checkpoint says of its agent: how it came to be, and what was measured of it.
public struct AgentRecord: Sendable, Equatable {
  /// The file's name without its ending.
  public let name: String
  /// The world with its variant that it was trained in.
  public let world: String
  /// The command that trains it again.
  public let command: String
  /// Whether its training was stopped before that command's end.
  public let isStoppedEarly: Bool
  /// The seed of its training.
  public let seed: UInt64
  /// Steps of its training.
  public let steps: Int
  /// The share of shifted levels in its training, in `0...1`.
  public let severity: Double
  /// Rates over held-out levels; `nil` where nothing was measured.
  public let rates: Checkpoint.Rates?
  /// A number that tells its parameters from another agent's of the same name.
  public let digest: UInt64

  /// What a checkpoint says of itself; its texts are stripped, since a file may say anything.
  public init(_ checkpoint: Checkpoint, name: String) {
    self.name = PlainText.stripped(name, limit: 60)
    world = PlainText.stripped(checkpoint.world, limit: 60)
    command = PlainText.stripped(checkpoint.command, limit: 200)
    isStoppedEarly = checkpoint.isStoppedEarly
    seed = checkpoint.seed
    steps = checkpoint.steps
    severity = checkpoint.severity
    rates = checkpoint.rates
    digest = checkpoint.tensors.digest
  }
}
