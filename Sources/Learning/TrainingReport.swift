/// What one update of a training saw and did.
public struct TrainingReport: Sendable, Hashable {
  /// Updates so far, this one included.
  public var updates = 0
  /// Environment steps so far.
  public var steps = 0
  /// Episodes that ended during this update.
  public var episodes = 0
  /// The mean return, undiscounted, of the latest episode of each environment; `nil` until every one has ended one, since
  /// short episodes end first.
  public var meanReturn: Double?
  /// The share of these that achieved the intended goal.
  public var successRate: Double?
  /// Their mean number of steps.
  public var meanLength: Double?
  /// The policy's mean entropy in nats.
  public var entropy = 0.0
  /// Half the mean squared error of the value.
  public var valueLoss = 0.0
  /// The clipped surrogate, negated.
  public var policyLoss = 0.0
  /// An estimate of the divergence of the new policy from the old in nats: the mean of `r − 1 − log r`.
  public var divergence = 0.0
  /// The share of samples whose probability ratio left the clip range.
  public var clipFraction = 0.0
  /// Adam's step size during this update.
  public var learningRate = 0.0
  /// How much of the returns' variance the value foresaw when they were collected: 1 all, 0 or less nothing.
  public var explainedVariance = 0.0

  /// An empty report.
  public init() {}

  init(
    updates: Int, steps: Int, ended: Int, latest: Collector.Tally?, loss: LossTally, learningRate: Double,
    explainedVariance: Double
  ) {
    self.updates = updates
    self.steps = steps
    episodes = ended
    if let latest {
      let count = Double(latest.episodes)
      (meanReturn, meanLength) = (latest.totalReturn / count, Double(latest.totalLength) / count)
      successRate = Double(latest.successes) / count
    }
    entropy = loss.entropy / loss.samples
    valueLoss = loss.value / loss.samples
    policyLoss = loss.policy / loss.samples
    divergence = loss.divergence / loss.samples
    clipFraction = loss.clipped / loss.samples
    self.learningRate = learningRate
    self.explainedVariance = explainedVariance
  }

  /// The entropy in bits; `nil` before the first update.
  public var entropyInBits: Double? { updates > 0 ? entropy * 1.442_695_040_888_963_4 : nil }
}
