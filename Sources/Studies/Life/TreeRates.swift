import Gridworlds
import Worlds

/// How often a random walker and a greedy chopper cut, by the number of trees that stand: the ends of the affinity's
/// scale.
///
/// Both are measured on the life's own level: the agent is put on a free cell, and of the places for trees so many stand,
/// all drawn at random; the rate is one over the mean number of steps to the first cut. The walker takes each of the
/// four moves equally often, the chopper goes to the nearest tree as ``TreeSight`` sees it.
public struct TreeRates: Sendable {
  /// How many beginnings are drawn for each number of trees.
  static let sample = 1_000

  /// ρ_b, cuts a step of the random walker, by trees standing.
  public let random: [Double]
  /// ρ_g, cuts a step of the greedy chopper, by trees standing.
  public let greedy: [Double]

  /// Rates that are known.
  public init(random: [Double], greedy: [Double]) {
    self.random = random
    self.greedy = greedy
  }

  /// Measures both on a level.
  init(_ level: Level, _ sight: TreeSight, seed: UInt64) {
    let counts = 0...level.mobiles.count
    random = counts.map { TreeRates.measure(level, sight, trees: $0, seed: seed, isGreedy: false) }
    greedy = counts.map { TreeRates.measure(level, sight, trees: $0, seed: seed, isGreedy: true) }
  }

  /// (ρ_π − ρ_b) / (ρ_g − ρ_b): 0 is the random walker's, 1 the greedy chopper's, below 0 avoids trees. `nil` where
  /// the two ends are the same, as in an empty forest.
  /// - SeeAlso: Shah et al. (2022), on the tree gridworld.
  public static func affinity(of rate: Double, random: Double, greedy: Double) -> Double? {
    greedy > random ? (rate - random) / (greedy - random) : nil
  }

  private static func measure(
    _ level: Level, _ sight: TreeSight, trees: Int, seed: UInt64, isGreedy: Bool
  ) -> Double {
    guard trees > 0 else { return 0 }
    var random = RandomSource(seed: seed, stream: 0x7EE5_0000 + UInt64(trees * 2 + (isGreedy ? 1 : 0)))
    let world = Trees()
    let cells = level.map.positions.filter { !level.isWall($0) }
    var state = world.initialState(of: level)
    var steps = 0
    for _ in 0..<sample {
      state.standing = 0
      while state.standing.nonzeroBitCount < trees { state.standing |= 1 << UInt16(random.below(level.mobiles.count)) }
      let places = level.mobiles.indices.filter { state.standing & (1 << $0) != 0 }.map { level.mobiles[$0].position }
      repeat { state.agent = cells[random.below(cells.count)] } while places.contains(state.agent)
      repeat {
        let seen = sight.nearest(from: state.agent, standing: state.standing)
        state.agent = world.still(state, isGreedy ? Int(seen.turn) : random.below(4), in: level).agent
        steps += 1
      } while !places.contains(state.agent)
    }
    return Double(sample) / Double(steps)
  }
}
