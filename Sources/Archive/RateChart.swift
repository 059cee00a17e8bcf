/// Rates against a few conditions, as a chart to be drawn: in letters on a terminal, or as SVG.
///
/// The conditions stand at equal distances whatever their numbers, so that 0 has a place beside 0.01 and 0.1.
public struct RateChart: Hashable, Sendable {
  /// What was found under one condition.
  public struct Point: Hashable, Sendable {
    /// The mean, `0...1`.
    public let mean: Double
    /// Its 95 % interval.
    public let interval: ClosedRange<Double>
    /// What the mean is of, one a seed.
    public let each: [Double]

    /// What was found under one condition.
    public init(mean: Double, interval: ClosedRange<Double>, each: [Double]) {
      self.mean = mean
      self.interval = interval
      self.each = each
    }
  }

  /// One line of the chart.
  public struct Series: Hashable, Sendable {
    /// What the legend calls it.
    public let name: String
    /// Its colour by number: 0 is success, 1 the proxy, others have no meaning of their own.
    public let look: Int
    /// A point a tick.
    public let points: [Point]

    /// One line of the chart.
    public init(name: String, look: Int, points: [Point]) {
      self.name = name
      self.look = look
      self.points = points
    }
  }

  /// What it shows, in a line.
  public let title: String
  /// What the conditions are.
  public let xTitle: String
  /// What the rates are.
  public let yTitle: String
  /// From how much it is.
  public let note: String
  /// The conditions, in order.
  public let ticks: [String]
  /// The lines.
  public let series: [Series]

  /// A chart.
  public init(
    title: String, xTitle: String, yTitle: String, note: String, ticks: [String], series: [Series]
  ) {
    self.title = title
    self.xTitle = xTitle
    self.yTitle = yTitle
    self.note = note
    self.ticks = ticks
    self.series = series
  }
}
