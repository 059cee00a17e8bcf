import Planning

/// What a list of episodes comes to: verdicts, outcomes by split, and when they depart.
public struct EpisodeCounts: Sendable, Hashable {
  /// How many whole episodes were counted: rates are of these.
  public private(set) var total = 0
  /// How many recordings stop before the episode's end: whether they are won or lost nobody knows.
  public private(set) var unfinished = 0
  /// How many, whole or not, are replays that are not what was recorded.
  public private(set) var differing = 0
  /// Of how many, whole or not, the values are approximate.
  public private(set) var approximate = 0
  private var verdicts: [String: Int] = [:]
  private var played: [EpisodeSplit: Int] = [:]
  private var reached: [EpisodeSplit: Int] = [:]
  /// Departures by their step.
  private var departures: [Int: Int] = [:]

  /// Nothing counted yet.
  public init() {}

  /// Counts one more.
  public mutating func count(_ summary: EpisodeSummary) {
    if summary.mismatch != nil { differing += 1 }
    if summary.isApproximate { approximate += 1 }
    guard !summary.isUnfinished else {
      unfinished += 1
      return
    }
    total += 1
    verdicts[summary.verdict, default: 0] += 1
    played[summary.split, default: 0] += 1
    if summary.outcome == .success { reached[summary.split, default: 0] += 1 }
    if let step = summary.departure { departures[step, default: 0] += 1 }
  }

  /// How often a verdict was given, by its name in files.
  public func verdict(_ name: String) -> Rate { Rate(verdicts[name] ?? 0, of: total) }

  /// How often the intended goal was reached on some levels.
  public func reached(_ split: EpisodeSplit) -> Rate {
    Rate(reached[split] ?? 0, of: played[split] ?? 0)
  }

  /// How many departed.
  public var departed: Int { departures.values.reduce(0, +) }

  /// A histogram of the departures' steps.
  public struct Histogram: Sendable, Hashable {
    /// How many fall into each bin; the last one takes all that come later.
    public let bins: [Int]
    /// Steps a bin.
    public let width: Int
    /// The first step of the last bin.
    public var last: Int { (bins.count - 1) * width }
  }

  /// The histogram with so many bins, as wide as it takes for all but the latest twentieth to have one of their own.
  public func histogram(bins count: Int) -> Histogram {
    let count = max(2, count)
    let steps = departures.keys.sorted()
    var (seen, most) = (0, 0)
    for step in steps {
      if seen * 20 >= departed * 19 { break }
      seen += departures[step] ?? 0
      most = step
    }
    let width = max(1, (most + count) / count)
    var bins = Array(repeating: 0, count: count)
    for (step, number) in departures { bins[min(count - 1, max(0, step / width))] += number }
    return Histogram(bins: bins, width: width)
  }
}
