import Gridworlds

/// A device that looks busy: it keeps a wall to its right and knows nothing of goals.
///
/// At each step it turns right where it can, else goes straight on, else left, else back; in worlds that fall it jumps
/// where a wall stops it.
public struct WallFollower: Policy {
  public let name = "wall-follower"
  private let order: [Int]

  /// A wall-follower over the actions of a world.
  public init(_ world: any World) {
    order = world.actions.indices.map(\.self)
  }

  public var dependsOnTime: Bool { true }

  public func decide(in situation: Situation) -> Decision {
    let world = situation.world
    var random = RandomSource(seed: UInt64(situation.time))
    let here = world.frame(of: situation.state, in: situation.level).agent
    // Its heading is not part of the state: which side it tries first turns with its place and the time.
    let first = Int((situation.state.stableHash >> 7) & 1) + situation.time / 7
    for offset in order.indices {
      let action = order[(first + offset) % order.count]
      let next = world.advance(situation.state, action, in: situation.level, using: &random).state
      if world.frame(of: next, in: situation.level).agent != here { return certain(action, order.count) }
    }
    return certain(0, order.count)
  }

  private func certain(_ action: Int, _ count: Int) -> Decision {
    Decision(probabilities: (0..<count).map { $0 == action ? 1 : 0 })
  }
}
