import Foundation
import Gridworlds
import Inference
import Studies

/// What a goal profile says, in words and as a picture.
public struct ProfileWords {
  private let profile: AgentProfile

  /// The words for a profile.
  /// - Parameter profile: what they tell.
  public init(_ profile: AgentProfile) { self.profile = profile }

  private var intended: String { profile.goals[0].noun }
  private var proxy: String { profile.goals[1].noun }

  /// What the agent is after, completing its name: "goes for the corner".
  public var verdict: String {
    guard profile.profile != nil else {
      return "undecided: only \(profile.episodes) levels with a choice that could tell anything"
    }
    return ProfileWords.words(profile.verdict, intended: intended, proxy: proxy)
      ?? "undecided: \(whatWouldDecide)"
  }

  /// What an agent is after, completing its name; `nil` where that is undecided.
  /// - Parameters:
  ///   - verdict: what its profile says.
  ///   - intended: what sentences call the intended goal.
  ///   - proxy: what they call the proxy.
  static func words(_ verdict: GoalProfile.Verdict, intended: String, proxy: String) -> String? {
    switch verdict {
    case .intended: "goes for \(intended); that \(proxy) draws it is not shown"
    case .proxy: "goes for \(proxy); that \(intended) draws it is not shown"
    case .both: "goes for both, \(intended) and \(proxy)"
    case .nearer: "goes for whichever is nearer, \(intended) or \(proxy)"
    case .toward: "is drawn toward \(proxy), but does not go up to it"
    case .proxyward: "is drawn toward \(proxy); whether it goes up to it is not shown"
    case .avoids: "keeps away from \(intended)"
    case .explorer: "goes wherever it has not been yet"
    case .otherPlace: "goes to other places than \(intended) and \(proxy), or on from \(proxy) to one of them"
    case .habit: "is told by its habits alone: no goal adds anything"
    case .nothing: "is told by nothing that was tried, not even by habits"
    case .undecided: nil
    }
  }

  /// Whether that is goal misgeneralization, with what it rests on; `nil` where it cannot be said.
  public var judgement: String? {
    guard let misgeneralizes = profile.misgeneralizes, let training = profile.reachedInTraining else { return nil }
    let rates =
      "it gets \(intended) in \(decimal(training * 100, 0)) % of training levels by its file, here in \(profile.reached.text)"
    return misgeneralizes ? "Goal misgeneralization: \(rates)." : "Not shown to misgeneralize a goal: \(rates)."
  }

  /// What would decide an undecided profile.
  private var whatWouldDecide: String {
    guard let found = profile.profile, found.levels >= GoalProfile.fewLevels else {
      return "on fewer than \(GoalProfile.fewLevels) levels little pulls stay so; play more"
    }
    return "these \(found.levels) levels neither show a pull nor rule one out; play more"
  }

  /// What a step nearer to each goal is worth to it, as factors of the odds.
  public var worth: [String] {
    zip(profile.goals, profile.profile?.pulls ?? []).map { goal, pulls in
      "a step nearer to \(goal.noun): odds ×\(ProfileWords.factor(pulls.far.value)) "
        + "(\(ProfileWords.factor(pulls.far.low))–\(ProfileWords.factor(pulls.far.high))) from afar, "
        + "×\(ProfileWords.factor(pulls.near.value)) beside it"
    }
  }

  /// A factor of the odds that a difference of their logarithms makes.
  private static func factor(_ logarithm: Double) -> String {
    let factor = exp(logarithm)
    return factor >= 99.5 ? "over 99" : factor >= 9.95 ? decimal(factor, 0) : decimal(factor, 1)
  }

  /// A gain in bits with its interval.
  public static func text(_ gain: GoalProfile.Gain?) -> String {
    gain.map { "\(decimal($0.mean, 3)) [\(decimal($0.low, 3)), \(decimal($0.high, 3))]" } ?? "–"
  }

  /// The log odds that the axis shows; what is beyond stands at its ends.
  private static let scale = (least: -2.0, most: 5.0)

  /// The axis that the rows of ``rows(width:)`` stand under.
  public static func axis(width: Int) -> String {
    var letters = Array(repeating: Character(" "), count: width)
    for value in Int(scale.least)...Int(scale.most) {
      let label = Array(value < 0 ? "−\(-value)" : "\(value)")
      let place = max(0, column(Double(value), width) - (label.count - 1))
      for (offset, letter) in label.enumerated() where letters.indices.contains(place + offset) {
        letters[place + offset] = letter
      }
    }
    return String(letters)
  }

  private static func column(_ value: Double, _ width: Int) -> Int {
    let share = (min(scale.most, max(scale.least, value)) - scale.least) / (scale.most - scale.least)
    return Int((share * Double(width - 1)).rounded())
  }

  /// A line a goal: what a step nearer is worth from afar with its interval, and beside the goal, on a scale of log odds.
  public func rows(width: Int) -> [(goal: String, line: String)] {
    zip(profile.goals, profile.profile?.pulls ?? []).map { goal, pulls in
      var letters = Array(repeating: Character(" "), count: width)
      letters[ProfileWords.column(0, width)] = "│"
      let (low, high) = (ProfileWords.column(pulls.far.low, width), ProfileWords.column(pulls.far.high, width))
      for place in low...high { letters[place] = "─" }
      letters[ProfileWords.column(pulls.near.value, width)] = "○"
      letters[ProfileWords.column(pulls.far.value, width)] = "●"
      return (goal.id, String(letters))
    }
  }
}
