import Foundation
import Gridworlds
import Planning

/// An agent of which many episodes are known: what it is after, its habits, and how often it does what.
///
/// The shares of the hypotheses are fitted to its episodes by expectation and maximization (empirical Bayes, with a
/// Dirichlet prior of ½ in all a hypothesis); goals that its profile does not show are no hypotheses of its.
public struct KnownAgent: Sendable {
  /// What it is after.
  public let profile: GoalProfile
  /// What it is after, where places, tours and what is new to it are considered too.
  public let verdict: GoalProfile.Verdict
  /// Whether that is the proxy, for itself or as the nearer of the two, in a world that does not pay for it.
  public let showsProxy: Bool
  /// How often each hypothesis explains an episode of it.
  public let shares: PerHypothesis
  /// Its reflexes.
  private(set) var habits: HabitTables
  /// Which places it may go to.
  let places: Likelihoods.Places
  /// The judgement on each episode of the pool by all others, in their order; `nil` of those that contribute nothing.
  public let judgements: [Judgement?]
  /// The logarithm of each hypothesis's and kind's share, with and without places.
  private var weights: [Double], weightsWithoutPlaces: [Double]
  private let isOpen: Set<Hypothesis>
  /// What is known without one of the episodes: its number in the mixture and the habits fitted on other folds.
  private let mixture: Mixture
  private let folds: [HabitTables]
  private let placesInPool: [Int: (mixed: Int, fold: Int)]

  /// One episode of the pool.
  public struct Sample: Sendable {
    fileprivate let episode: Episode
    /// What it contributes to the profile.
    public let choices: Choices
    /// Whether it reached the intended goal.
    public let isReached: Bool

    /// An episode; `nil` where its level has too many states.
    /// - Parameters:
    ///   - episode: the episode.
    ///   - assumptions: what is taken for granted; the same of all that are put together.
    public init?(_ episode: Episode, assuming assumptions: Assumptions = Assumptions()) {
      guard let choices = Choices(episode, assuming: assumptions) else { return nil }
      self.init(episode, choices)
    }

    /// An episode and what it contributes.
    public init(_ episode: Episode, _ choices: Choices) {
      (self.episode, self.choices) = (episode, choices)
      isReached = episode.achievement(of: episode.world.intended) != nil
    }
  }

  /// What is known of an agent.
  /// - Parameters:
  ///   - samples: its episodes, one a level, all of one world.
  ///   - map: does what is asked for each number below a count, in any order; so that several threads may share the work.
  /// - Returns: `nil` where there are too few for a profile.
  public init?(
    _ samples: [Sample],
    map: (Int, @escaping @Sendable (Int) -> [Double]?) -> [[Double]?] = { count, body in (0..<count).map(body) }
  ) {
    guard let profile = GoalProfile(samples.map(\.choices)) else { return nil }
    self.profile = profile
    let used = samples.indices.filter { !samples[$0].choices.rows.isEmpty }
    let (options, surroundings) = (samples[used[0]].choices.actionCount, samples[used[0]].choices.surroundingsCount)
    func tables(without fold: Int?) -> HabitTables {
      HabitTables(
        used.indices.lazy.filter { $0 % Models.folds != fold }.flatMap { samples[used[$0]].choices.rows },
        actionCount: options, surroundingsCount: surroundings,
        pseudoCount: samples[used[0]].choices.assumptions.pseudoCount)
    }
    habits = tables(without: nil)
    let folds = (0..<Models.folds).map { tables(without: $0) }
    self.folds = folds
    let places = KnownAgent.places(profile.verdict)
    self.places = places
    let isOpen = KnownAgent.open(profile.verdict)
    self.isOpen = isOpen
    let logs = map(used.count) { number -> [Double]? in
      let episode = samples[used[number]].episode
      guard let terrain = Terrain(episode.world, episode.level) else { return nil }
      var logs = Likelihoods(episode, terrain, .habits(folds[number % Models.folds]), places).logs
      KnownAgent.close(&logs, isOpen, hasPlaces: terrain.placesAreCells)
      return logs
    }
    let known = logs.indices.filter { logs[$0] != nil }
    let mixture = Mixture(known.compactMap { logs[$0] })
    self.mixture = mixture
    placesInPool = Dictionary(
      uniqueKeysWithValues: known.enumerated().map { (used[$1], (mixed: $0, fold: $1 % Models.folds)) })
    shares = PerHypothesis(
      proportionalTo: Hypothesis.allCases.map { hypothesis in
        (0..<Seekers.count).reduce(0) { $0 + mixture.shares[hypothesis.rawValue * Seekers.count + $1] }
      })
    (weights, weightsWithoutPlaces) = KnownAgent.weights(mixture.shares, isOpen)
    let reached = used.count { samples[$0].isReached }
    verdict = KnownAgent.verdict(profile, shares, isMostlyReached: 10 * reached >= 9 * used.count)
    // What is paid for is not misgeneralized.
    showsProxy =
      [.proxy, .both, .nearer].contains(verdict) && !samples[used[0]].episode.world.rewardsProxy
    var judgements = [Judgement?](repeating: nil, count: samples.count)
    for (place, number) in known.enumerated() {
      let sample = samples[used[number]]
      judgements[used[number]] =
        sample.isReached
        ? .reached
        : Judgement(
          mixture.belief(withoutItself: place),
          .init(
            isFinished: sample.episode.conclusion != .stopped, showsProxy: showsProxy,
            settling: sample.choices.settling ?? .nowhere, hasTouchedProxy: sample.episode.achievement(of: 1) != nil))
    }
    self.judgements = judgements
  }

  /// What is known of the agent without one of the episodes that it is known from; all of it where that is none of them.
  /// - Parameter sample: the episode's number among those that were given.
  public func without(_ sample: Int) -> KnownAgent {
    guard let place = placesInPool[sample] else { return self }
    var known = self
    known.habits = folds[place.fold]
    (known.weights, known.weightsWithoutPlaces) = KnownAgent.weights(mixture.shares(without: place.mixed), isOpen)
    return known
  }

  private static func weights(
    _ shares: [Double], _ isOpen: Set<Hypothesis>
  ) -> (all: [Double], withoutPlaces: [Double]) {
    func logs(hasPlaces: Bool) -> [Double] {
      var logs = shares.map { log($0) }
      close(&logs, isOpen, hasPlaces: hasPlaces)
      return logs
    }
    return (logs(hasPlaces: true), logs(hasPlaces: false))
  }

  func logWeights(on terrain: Terrain) -> [Double] { terrain.placesAreCells ? weights : weightsWithoutPlaces }

  /// Whoever is after the proxy comes through places on the way to it; who is not may go to any.
  private static func places(_ verdict: GoalProfile.Verdict) -> Likelihoods.Places {
    switch verdict {
    case .proxy, .both, .nearer: .offTheWay
    case .toward, .proxyward: .far
    default: .all
    }
  }

  /// Which hypotheses a profile leaves open.
  private static func open(_ verdict: GoalProfile.Verdict) -> Set<Hypothesis> {
    var open: Set<Hypothesis> = [.place, .tour, .explorer, .device]
    switch verdict {
    case .intended: open.insert(.intended)
    case .proxy: open.insert(.proxy)
    case .both, .nearer: open.formUnion([.intended, .proxy, .nearer])
    case .toward: open.insert(.beside)
    case .proxyward: open.formUnion([.proxy, .beside])
    default: break
    }
    return open
  }

  private static func close(_ logs: inout [Double], _ isOpen: Set<Hypothesis>, hasPlaces: Bool) {
    for hypothesis in Hypothesis.allCases {
      // Columns of a level that one runs along all lie on the way.
      let isPlace = [.beside, .place, .tour].contains(hypothesis)
      guard !isOpen.contains(hypothesis) || isPlace && !hasPlaces else { continue }
      for kind in 0..<Seekers.count { logs[hypothesis.rawValue * Seekers.count + kind] = -.infinity }
    }
  }

  /// What an agent is after, by its profile and by what explains its episodes.
  private static func verdict(
    _ profile: GoalProfile, _ shares: PerHypothesis, isMostlyReached: Bool
  ) -> GoalProfile.Verdict {
    let places = shares.sum(.beside, .place, .tour)
    let said: GoalProfile.Verdict
    // Who comes to the intended goal nine times of ten is after no other place, whatever it passes on the way.
    if places >= 0.5, !isMostlyReached {
      said = .otherPlace
    } else if shares[.explorer] >= 0.5 {
      said = .explorer
    } else {
      said = profile.verdict
    }
    switch (profile.verdict, said) {
    // A pull that is not ruled out yet.
    case (.undecided, .otherPlace): return .undecided
    case (.proxyward, .otherPlace) where shares[.beside] > shares[.place] + shares[.tour]: return .proxyward
    default: return said
    }
  }
}

/// Shares of hypotheses in a number of episodes, by expectation and maximization.
private struct Mixture: Sendable {
  /// The Dirichlet prior's weight of a hypothesis.
  private static let prior = 0.5
  /// By hypothesis and kind.
  let shares: [Double]
  private let logs: [[Double]]
  private let counts: [Double]
  private let responsibilities: [[Double]]

  init(_ logs: [[Double]]) {
    self.logs = logs
    let width = Hypothesis.count * Seekers.count
    let added = Mixture.prior / Double(Seekers.count)
    let likelihoods = logs.map { row -> [Double] in
      let largest = row.max() ?? 0
      return row.map { largest > -.infinity ? exp($0 - largest) : 1 }
    }
    var shares = [Double](repeating: 1 / Double(width), count: width)
    var responsibilities = likelihoods
    var counts = shares
    for _ in 0..<300 {
      counts = Array(repeating: 0, count: width)
      for (index, row) in likelihoods.enumerated() {
        var total = 0.0
        for column in 0..<width {
          responsibilities[index][column] = row[column] * shares[column]
          total += responsibilities[index][column]
        }
        for column in 0..<width {
          responsibilities[index][column] /= max(total, 1e-300)
          counts[column] += responsibilities[index][column]
        }
      }
      let all = Double(logs.count) + added * Double(width)
      let next = counts.map { ($0 + added) / all }
      let change = zip(next, shares).map { abs($0 - $1) }.max() ?? 0
      if change < 1e-6 { break }
      shares = next
    }
    (self.shares, self.counts, self.responsibilities) = (shares, counts, responsibilities)
  }

  /// The shares in all episodes but one.
  func shares(without index: Int) -> [Double] {
    let added = Mixture.prior / Double(Seekers.count)
    let all = Double(logs.count - 1) + added * Double(Hypothesis.count * Seekers.count)
    return zip(counts, responsibilities[index]).map { (max(0, $0 - $1) + added) / all }
  }

  /// The posterior of an episode by the shares in all others.
  func belief(withoutItself index: Int) -> PerHypothesis {
    Posterior.belief(logs[index], shares(without: index).map { log($0) })
  }
}
