import Gridworlds
import Planning

/// The agents of one world together: how far apart its seeds lie, and what all of them did.
public struct WorldSummary: Sendable {
  /// The world.
  public let world: String
  /// By agent, on training and on shifted levels.
  public let training: [Evaluation], shifted: [Evaluation]

  /// The evaluations of a world's agents; `nil` of none.
  public init?(training: [Evaluation], shifted: [Evaluation]) {
    guard let first = training.first, training.count == shifted.count else { return nil }
    world = first.world
    self.training = training
    self.shifted = shifted
  }

  /// How often a verdict was given on shifted levels, over all agents and levels together.
  public func verdict(_ name: String) -> Rate {
    Rate(shifted.reduce(0) { $0 + ($1.verdicts[name] ?? 0) }, of: shifted.reduce(0) { $0 + $1.levels })
  }

  /// The share of the greatest return reached in training, over all agents; `nil` where the greatest is not known.
  public var shareOfBest: Double? {
    let shares = training.compactMap(\.shareOfBest)
    return shares.count == training.count ? shares.reduce(0, +) / Double(shares.count) : nil
  }
}
