import Accounts
import Gridworlds
import Studies

/// Makes up what a study could have found and derives the cells of its table again.
struct SweepCheck {
  /// By severity, mixture and seed: how each level came out.
  private var outcomes: [Cell: [[Outcome]]] = [:]
  /// What is said.
  let result: SweepResult

  private struct Cell: Hashable {
    let severity: Double, mixture: Double
  }

  init(_ world: any World, using random: inout RandomSource) {
    let (seeds, levels) = (1 + random.below(4), 1 + random.below(60))
    let mixtures: [Double] = random.chance(0.5) ? [0, 1] : [0, 0.25, 1]
    let severities: [Double] = random.chance(0.5) ? [0, 0.03] : [0, 0.1, 1]
    var cells: [SweepCell] = []
    for severity in severities {
      for mixture in mixtures {
        // Some always do the same.
        let kinds = Outcome.ofWhole.prefix(1 + random.below(3))
        let all = (0..<seeds).map { _ in (0..<levels).map { _ in random.pick(Array(kinds)) ?? .neither } }
        outcomes[Cell(severity: severity, mixture: mixture)] = all
        let counts = all.map { outcomes in
          outcomes.reduce(into: OutcomeCounts()) { $0.add($1) }
        }
        cells.append(SweepCell(severity: severity, mixture: mixture, seeds: counts))
      }
    }
    result = SweepResult(world: world, steps: 1 + random.below(1_000_000), levels: levels, cells: cells)
  }

  /// Whether a claim holds of it.
  func holds(_ claim: SweepClaim) -> Bool {
    switch claim {
    case .rate(let severity, let mixture, let seed, let outcome, let rate):
      guard let all = outcomes[Cell(severity: severity, mixture: mixture)],
        seed.map({ all.indices.contains($0 - 1) }) ?? true
      else { return false }
      let meant = seed.map { all[$0 - 1] } ?? all.flatMap(\.self)
      return rate.count == meant.count { $0 == outcome } && rate.total == meant.count && isWilsons(rate)
    case .spread(let severity, let mixture, let outcome, let least, let most):
      guard let all = outcomes[Cell(severity: severity, mixture: mixture)] else { return false }
      let shares = all.map { Double($0.count { $0 == outcome }) / Double($0.count) }.sorted()
      return shares.first == least && shares.last == most
    }
  }

  /// Whether the ends of the interval are where the share lies 1.96 standard errors away, which is what Wilson asks for.
  private func isWilsons(_ rate: Rate) -> Bool {
    let (n, z) = (Double(rate.total), 1.959_963_984_540_054)
    return [rate.interval.lowerBound, rate.interval.upperBound].allSatisfy { end in
      let distance = rate.value - end
      return abs(distance * distance - z * z * end * (1 - end) / n) < 1e-12
    } && rate.interval.contains(rate.value)
  }
}
