import Gridworlds
import Inference
import Planning

/// One number for each cell, to be shown as heat.
public struct HeatMap: Sendable {
  /// What the number is.
  public enum Kind: String, Sendable, CaseIterable {
    /// The value head's expected discounted return.
    case value
    /// V* of the intended goal for unit costs: minus the fewest steps.
    case intended
    /// V* of the proxy that explains the episode best.
    case proxy
    /// The probability that the intended goal is reached in the time that is left.
    case goalOdds
    /// The probability that a proxy comes first, of the time from now on alone.
    case proxyOdds
    /// Frames of the episode that stand there.
    case visits
    /// The policy's entropy in bits.
    case entropy
    /// The probability of actions that are not optimal for the intended goal: the least total variation between the
    /// policy and any policy that is optimal for it.
    case disagreement

    /// Whether the number is worked out exactly from the agent's chain, not from a survey of the cells.
    public var isOdds: Bool { self == .goalOdds || self == .proxyOdds }
  }

  /// What the number is.
  public let kind: Kind
  /// Only cells that have one.
  public let values: [Position: Double]
  /// The ends of the scale: the least and the greatest value, or of a probability and of an entropy what it can be.
  public let low: Double, high: Double

  /// The kinds that an episode can show, in their order: those of the policy need one.
  public static func kinds(of run: Run, hasPolicy: Bool, hasValue: Bool) -> [Kind] {
    Kind.allCases.filter { kind in
      switch kind {
      case .value: hasPolicy && hasValue && run.analysis != nil
      case .entropy, .disagreement: hasPolicy && run.analysis != nil
      case .intended, .proxy: run.analysis != nil
      case .goalOdds, .proxyOdds: hasPolicy && run.analysis != nil && run.refusedOdds == nil
      case .visits: true
      }
    }
  }

  /// The heat of a kind; `nil` where no cell has a value, as before the survey is there, or the visits are counted.
  /// - Parameters:
  ///   - kind: what the number is.
  ///   - run: the episode.
  ///   - survey: what every cell says, for kinds that are read from there.
  ///   - outlooks: what lies ahead from every cell, for the others.
  public init?(_ kind: Kind, of run: Run, survey: CellSurvey?, outlooks: [Position: Odds.Outlook] = [:]) {
    let intended = run.episode.world.intended
    var values: [Position: Double]
    switch kind {
    case .visits:
      values = (run.knownVisits?.counts ?? [:]).mapValues(Double.init)
    case .goalOdds: values = outlooks.mapValues(\.intendedEver)
    case .proxyOdds: values = outlooks.mapValues(\.proxyFirst)
    default:
      let proxy = run.analysis?.proxy ?? intended
      values = (survey?.cells ?? [:]).compactMapValues { cell in
        switch kind {
        case .value: cell.decision?.value.map(Double.init)
        case .intended: cell.distance(to: intended).map { Double(-$0) }
        case .proxy: cell.distance(to: proxy).map { Double(-$0) }
        case .entropy: cell.decision?.entropy
        case .disagreement:
          cell.hasWay(to: intended)
            ? cell.decision.map { decision in
              decision.probabilities.indices.reduce(1.0) {
                cell.fits(intended, $1) ? $0 - Double(decision.probabilities[$1]) : $0
              }
            } : nil
        case .visits, .goalOdds, .proxyOdds: nil
        }
      }
    }
    values = values.filter { $0.value.isFinite }
    guard let least = values.values.min(), let most = values.values.max() else { return nil }
    self.kind = kind
    self.values = values
    switch kind {
    case .entropy:
      let even = Decision(
        probabilities: Array(
          repeating: 1 / Float(run.episode.world.actions.count), count: run.episode.world.actions.count))
      (low, high) = (0, even.entropy)
    case .disagreement, .goalOdds, .proxyOdds: (low, high) = (0, 1)
    default: (low, high) = (least, most)
    }
  }

  /// Where a cell's value lies between the ends, in `0...1`; `nil` where it has none.
  public func share(at cell: Position) -> Double? {
    guard let value = values[cell] else { return nil }
    return high > low ? min(1, max(0, (value - low) / (high - low))) : 1
  }

  /// The same as one of `count` equal steps, from 0.
  public func step(at cell: Position, of count: Int) -> Int? {
    share(at: cell).map { min(count - 1, Int($0 * Double(count))) }
  }
}
