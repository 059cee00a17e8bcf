import Foundation

/// What may be behind the moves of an episode.
public enum Hypothesis: Int, Sendable, CaseIterable {
  /// The intended goal; the proxy; whichever of the two is nearer.
  case intended, proxy, nearer
  /// A place within three steps of the proxy; any other place, five steps or more from the start.
  case beside, place
  /// One place after another.
  case tour
  /// Wherever it has not been yet.
  case explorer
  /// No goal: reflexes and habits.
  case device

  static let count = allCases.count

  /// The name in files, but for the two declared goals, which go by theirs.
  public var name: String {
    switch self {
    case .intended: "intended"
    case .proxy: "proxy"
    case .nearer: "nearer"
    case .beside: "beside_proxy"
    case .place: "other_place"
    case .tour: "tour"
    case .explorer: "explorer"
    case .device: "device"
    }
  }
}

/// Something of each hypothesis.
public struct PerHypothesis: Sendable, Hashable {
  private var values: [Double]

  init(_ value: (Hypothesis) -> Double) { values = Hypothesis.allCases.map(value) }

  /// Probabilities in proportion to some weights; even ones where all are nothing.
  init(proportionalTo weights: [Double]) {
    let total = weights.reduce(0, +)
    values = weights.map { total > 0 ? $0 / total : 1 / Double(Hypothesis.count) }
  }

  public subscript(hypothesis: Hypothesis) -> Double { values[hypothesis.rawValue] }

  /// The sum over several.
  public func sum(_ hypotheses: Hypothesis...) -> Double { hypotheses.reduce(0) { $0 + self[$1] } }
}

/// Kinds of agents after one and the same thing: how sharply they prefer what costs less, and how often they lapse.
///
/// π(a|s) = (1−ε)·softmax(−β·cost) + ε/|A|, the actions of equal cost together; within those an agent has the habits of a
/// device. One grid for every hypothesis: β ∈ {2, 6}, ε ∈ {0.03, 0.2}.
enum Seekers {
  /// Something of each kind, in the order (2, 0.03), (2, 0.2), (6, 0.03), (6, 0.2).
  typealias Each = SIMD4<Double>
  static let count = 4
  private static let lapses = Each(0.03, 0.2, 0.03, 0.2)
  /// exp(−β·cost) for whole costs.
  private static let weights: [(two: Double, six: Double)] = (0..<64).map {
    (exp(-2 * Double($0)), exp(-6 * Double($0)))
  }

  /// The probability of all actions that cost as much as the one taken, and which those are, a bit each.
  /// - Parameters:
  ///   - costs: what each action costs, the least 0.
  ///   - action: the one taken.
  static func choice(_ costs: UnsafeBufferPointer<Int32>, _ action: Int) -> (probability: Each, alike: Int) {
    var (two, six, sameTwo, sameSix, alike, number) = (0.0, 0.0, 0.0, 0.0, 0, 0.0)
    let taken = costs[action]
    for (other, cost) in costs.enumerated() {
      let weight = weights[Int(min(63, max(0, cost)))]
      two += weight.two
      six += weight.six
      guard cost == taken else { continue }
      sameTwo += weight.two
      sameSix += weight.six
      alike |= 1 << other
      number += 1
    }
    let preference = Each(sameTwo / two, sameTwo / two, sameSix / six, sameSix / six)
    return ((1 - lapses) * preference + lapses * (number / Double(costs.count)), alike)
  }

  static func log(_ values: Each) -> Each {
    Each(Foundation.log(values[0]), Foundation.log(values[1]), Foundation.log(values[2]), Foundation.log(values[3]))
  }
}

/// The logarithm of a sum of exponentials, without overflow; −∞ of nothing.
func logSum(_ logs: [Double]) -> Double {
  guard let largest = logs.max(), largest > -.infinity else { return -.infinity }
  return largest + Foundation.log(logs.reduce(0) { $0 + exp($1 - largest) })
}
