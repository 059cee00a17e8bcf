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
    let (seeds, levels) = (1 + random.below(6), 1 + random.below(60))
    let mixtures: [Double] = random.chance(0.5) ? [0, 1] : [0, 0.25, 1]
    let severities: [Double] = random.chance(0.5) ? [0, 0.03] : [0, 0.1, 1]
    var cells: [SweepCell] = []
    for severity in severities {
      for mixture in mixtures {
        // Some always do the same.
        let kinds = Outcome.ofWhole.prefix(1 + random.below(3))
        let all = (0..<seeds).map { _ in (0..<levels).map { _ in random.pick(Array(kinds)) ?? .neither } }
        outcomes[Cell(severity: severity, mixture: mixture)] = all
        cells.append(SweepCell(severity: severity, mixture: mixture, outcomes: all))
      }
    }
    result = SweepResult(world: world, steps: 1 + random.below(1_000_000), levels: levels, cells: cells)
  }

  /// Whether a claim holds of it.
  func holds(_ claim: SweepClaim) -> Bool {
    switch claim {
    case .rate(let severity, let mixture, let seed, let outcome, let rate):
      guard let all = outcomes[Cell(severity: severity, mixture: mixture)], all.indices.contains(seed - 1) else {
        return false
      }
      let meant = all[seed - 1]
      return rate.count == meant.count { $0 == outcome } && rate.total == meant.count && isWilsons(rate)
    case .together(let severity, let mixture, let outcome, let rate):
      guard let all = outcomes[Cell(severity: severity, mixture: mixture)] else { return false }
      return rate.value == mean(all, outcome) && isAt(rate.interval, of: all, outcome, isOfNewSeeds: false)
    case .newSeeds(let severity, let mixture, let outcome, let interval):
      guard let all = outcomes[Cell(severity: severity, mixture: mixture)] else { return false }
      return isAt(interval, of: all, outcome, isOfNewSeeds: true)
    case .middle(let severity, let mixture, let outcome, let mean):
      guard let all = outcomes[Cell(severity: severity, mixture: mixture)] else { return false }
      let shares = all.map { Double($0.count { $0 == outcome }) / Double($0.count) }.sorted()
      // Up to seven seeds no more than one is left out at either end.
      let middle = shares.count < 4 ? shares[...] : shares[1..<(shares.count - 1)]
      return abs(middle.reduce(0, +) / Double(middle.count) - mean) < 1e-12
    case .spread(let severity, let mixture, let outcome, let least, let most):
      guard let all = outcomes[Cell(severity: severity, mixture: mixture)] else { return false }
      let shares = all.map { Double($0.count { $0 == outcome }) / Double($0.count) }.sorted()
      return shares.first == least && shares.last == most
    }
  }

  private func mean(_ all: [[Outcome]], _ outcome: Outcome) -> Double {
    let cells = all.flatMap(\.self)
    return Double(cells.count { $0 == outcome }) / Double(cells.count)
  }

  /// Whether the ends are where the share lies the right count of standard errors away. The parts of the error are worked
  /// out cell by cell, as they are defined.
  private func isAt(
    _ interval: ClosedRange<Double>, of all: [[Outcome]], _ outcome: Outcome, isOfNewSeeds: Bool
  ) -> Bool {
    let (cells, p) = (all.map { $0.map { $0 == outcome ? 1.0 : 0 } }, mean(all, outcome))
    let (s, n, z) = (Double(all.count), Double(all[0].count), 1.959_963_984_540_054)
    let rows = cells.map { $0.reduce(0, +) / n }
    let columns = all[0].indices.map { level in cells.reduce(0) { $0 + $1[level] } / s }
    let agents = rows.reduce(0) { $0 + ($1 - p) * ($1 - p) } / s / (s - 1)
    let levels = columns.reduce(0) { $0 + ($1 - p) * ($1 - p) } / n / (n - 1)
    let rest = cells.enumerated().reduce(0) { sum, row in
      zip(row.element, columns).reduce(sum) { sum, cell in
        let error = cell.0 - rows[row.offset] - cell.1 + p
        return sum + error * error
      }
    }
    let both = rest / (s - 1) / (n - 1) / s / n
    // Student's quantiles for one to five degrees of freedom.
    let t = [12.706_205, 4.302_653, 3.182_446, 2.776_445, 2.570_582][max(1, all.count - 1) - 1]
    var half = z * z * max(agents + levels - both, levels)
    if isOfNewSeeds { half = max(half, t * t * agents + z * z * max(0, levels - both)) }
    // The share lies as far off an end as it would, were the spread that of the end and not of the share.
    let known = all[0].count > 1 && half > 1e-12 && p > 0 && p < 1
    let ratio = known ? max(half / (p * (1 - p)), z * z / (s * n)) : z * z / n
    return interval.contains(p)
      && [interval.lowerBound, interval.upperBound].allSatisfy { end in
        abs((p - end) * (p - end) - ratio * end * (1 - end)) < 1e-6
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
