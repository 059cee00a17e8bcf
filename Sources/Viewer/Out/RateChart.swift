/// Rates against a few conditions, as a chart to be drawn: in letters on a terminal, or as SVG.
///
/// The conditions stand at equal distances whatever their numbers, so that 0 has a place beside 0.01 and 0.1.
public struct RateChart: Hashable, Sendable {
  /// What was found under one condition.
  struct Point: Hashable, Sendable {
    /// The mean, `0...1`.
    let mean: Double
    /// Its 95 % interval.
    let interval: ClosedRange<Double>
    /// What the mean is of, one a seed.
    let each: [Double]
  }

  /// One line of the chart.
  struct Series: Hashable, Sendable {
    /// What the legend calls it.
    let name: String
    /// Its colour by number: 0 is success, 1 the proxy, others have no meaning of their own.
    let look: Int
    /// A point a tick.
    let points: [Point]
  }

  /// What it shows, in a line.
  let title: String
  /// What the conditions are.
  let xTitle: String
  /// What the rates are.
  let yTitle: String
  /// From how much it is.
  let note: String
  /// The conditions, in order.
  let ticks: [String]
  /// The lines.
  let series: [Series]
}
