import Archive
import Gridworlds

/// Which episodes of a list are shown, and in what order: `lost>0.5 split:shift sort: -regret`.
///
/// Words and comparisons must all hold; `!` or `not` before one turns it round. What an episode has no number for fulfils
/// no comparison and comes last in every order.
public struct EpisodeQuery: Sendable, Hashable {
  /// A word that holds of an episode or does not.
  public enum Word: String, Sendable, CaseIterable {
    /// The intended goal was reached, or was not by the end.
    case ok, lost
    /// A proxy was reached and the intended goal never; neither was.
    case proxy, none
    /// There is a departure.
    case depart
    case intended, misgeneralized, toward, capability, other, undecided
    /// The recording stops before the episode's end: neither won nor lost so far, unless the goal was reached.
    case unfinished
    /// A factor of ten in a prior would turn the verdict; values are approximate; the replay is not what was recorded.
    case fragile, approximate, differs

    func holds(of summary: EpisodeSummary) -> Bool {
      switch self {
      case .ok: summary.outcome == .success
      case .lost: summary.outcome == .proxyOnly || summary.outcome == .neither
      case .proxy: summary.outcome == .proxyOnly
      case .none: summary.outcome == .neither
      case .depart: summary.departure != nil
      case .intended: isJudged(summary, "intended")
      case .misgeneralized: isJudged(summary, "goal_misgeneralization")
      case .toward: isJudged(summary, "toward_proxy")
      case .capability: isJudged(summary, "capability_failure")
      case .other: isJudged(summary, "other_goal")
      case .undecided: isJudged(summary, "undecided")
      case .unfinished: summary.isUnfinished
      case .fragile: summary.isFragile
      case .approximate: summary.isApproximate
      case .differs: summary.mismatch != nil
      }
    }

    /// Whether a whole episode has a verdict; of one that stops only success is final.
    private func isJudged(_ summary: EpisodeSummary, _ verdict: String) -> Bool {
      summary.verdict == verdict && (!summary.isUnfinished || summary.outcome == .success)
    }
  }

  /// A number of an episode.
  public enum Field: String, Sendable, CaseIterable {
    /// The share of the greatest return that was missed, 0 to 1.
    case lost
    /// The step of the departure; the steps in all; the regret in steps.
    case depart, steps, regret
    /// The probability of what leads toward the proxy; that anything is pursued.
    case proxy, agent
    /// The sum of the rewards; the number of the level in its distribution.
    case `return`, seed

    /// The number of an episode; `nil` where it has none.
    public func value(of summary: EpisodeSummary) -> Double? {
      switch self {
      case .lost: summary.lost
      case .depart: summary.departure.map(Double.init)
      case .steps: Double(summary.steps)
      case .regret: summary.regret.map(Double.init)
      case .proxy: summary.proxy
      case .agent: summary.agentProbability
      case .return: summary.totalReward
      case .seed: summary.seed.map { Double($0) }
      }
    }
  }

  /// An order by a number.
  public struct Order: Sendable, Hashable {
    /// The number.
    public let field: Field
    /// Whether the greatest comes first.
    public let isFalling: Bool

    /// An order by a number.
    public init(_ field: Field, falling: Bool = false) {
      self.field = field
      isFalling = falling
    }

    /// `-regret`.
    public var text: String { (isFalling ? "-" : "") + field.rawValue }
  }

  /// A condition on words or numbers.
  public struct Condition: Sendable, Hashable {
    enum Kind: Sendable, Hashable {
      case word(Word)
      case number(Field, Relation, Double)
    }

    let kind: Kind
    let isNegated: Bool

    func holds(of summary: EpisodeSummary) -> Bool {
      switch kind {
      case .word(let word): word.holds(of: summary) != isNegated
      case .number(let field, let relation, let number):
        field.value(of: summary).map { relation.holds($0, number) != isNegated } ?? false
      }
    }

    /// As one types it.
    var text: String {
      let sign = isNegated ? "!" : ""
      switch kind {
      case .word(let word): return sign + word.rawValue
      case .number(let field, let relation, let number):
        let isWhole = number.rounded() == number && abs(number) < 1e15
        return sign + field.rawValue + relation.rawValue + (isWhole ? "\(Int(number))" : "\(number)")
      }
    }
  }

  /// What must hold.
  public var conditions: [Condition] = []
  /// The only levels, world and agent to show; a part of the level's name. All where `nil`.
  public var split: EpisodeSplit?, world: String?, agent: String?, name: String?
  /// The order; that of the list where `nil`.
  public var order: Order?

  /// The query that shows everything.
  public init() {}

  /// Whether nothing is left out.
  public var showsAll: Bool { conditions.isEmpty && split == nil && world == nil && agent == nil && name == nil }

  /// Whether it leaves out some of a split, a world or an agent, so that rates of what is shown are of no whole.
  public var leavesOut: Bool { !conditions.isEmpty || name != nil }

  /// Reads a query.
  /// - Throws: ``QueryProblem``, which names the word and what there is instead.
  public init(parsing text: String) throws(QueryProblem) {
    var reader = try QueryReader(text, hasKeys: true)
    while let token = reader.next {
      switch token.kind {
      case .key(let value):
        reader.skip()
        try take(token, value)
      case .label:
        reader.skip()
        name = token.text
      default: conditions.append(try EpisodeQuery.condition(&reader))
      }
    }
  }

  private static func condition(_ reader: inout QueryReader) throws(QueryProblem) -> Condition {
    let isNegated = reader.takesNot()
    let token = try reader.name("lost>0.5")
    guard let (sign, _) = reader.relation() else {
      guard let word = Word(rawValue: token.text) else {
        throw unknown(token.text, "word", Word.allCases.map(\.rawValue))
      }
      return Condition(kind: .word(word), isNegated: isNegated)
    }
    guard let field = Field(rawValue: token.text) else {
      throw unknown(token.text, "number", Field.allCases.map(\.rawValue))
    }
    let number = try reader.number("\(token.text)\(sign.rawValue)0.5").value
    return Condition(kind: .number(field, sign, number), isNegated: isNegated)
  }

  private mutating func take(_ key: QueryLexer.Token, _ value: String) throws(QueryProblem) {
    let known = ["sort", "split", "world", "agent", "name"]
    guard known.contains(key.text) else {
      throw EpisodeQuery.unknown(key.text + ":", "key", known.map { $0 + ":" })
    }
    guard !value.isEmpty else { throw QueryProblem("'\(key.text):' needs a word after it") }
    switch key.text {
    case "sort":
      let isFalling = value.hasPrefix("-")
      let name = (isFalling ? String(value.dropFirst()) : value).lowercased()
      guard let field = Field(rawValue: name) else {
        throw EpisodeQuery.unknown(name, "number to sort by", Field.allCases.map(\.rawValue))
      }
      order = Order(field, falling: isFalling)
    case "split":
      split = EpisodeSplit.allCases.first { [$0.rawValue, $0.words].contains(value.lowercased()) }
      if split == nil {
        throw EpisodeQuery.unknown(value, "split", EpisodeSplit.allCases.map(\.rawValue))
      }
    case "world": world = value
    case "agent": agent = value
    default: name = value
    }
  }

  private static func unknown(_ word: String, _ kind: String, _ known: [String]) -> QueryProblem {
    let near = Nearest.match(word, among: known).map { "did you mean '\($0)'?" }
    return QueryProblem("no \(kind) '\(word)': \(near ?? known.joined(separator: " "))")
  }

  /// Whether an episode is shown.
  public func matches(_ summary: EpisodeSummary) -> Bool {
    if let split, summary.split != split { return false }
    if let world, summary.world != world { return false }
    if let agent, summary.agent != agent { return false }
    if let name, !summary.name.contains(name) { return false }
    return conditions.allSatisfy { $0.holds(of: summary) }
  }

  /// The query as one types it.
  public var text: String {
    var parts = conditions.map(\.text)
    if let name { parts.append(name.hasPrefix("#") ? name : "name:\(name)") }
    if let split { parts.append("split:\(split.rawValue)") }
    if let world { parts.append("world:\(world)") }
    if let agent { parts.append("agent:\(agent)") }
    if let order { parts.append("sort:\(order.text)") }
    return parts.joined(separator: " ")
  }
}
