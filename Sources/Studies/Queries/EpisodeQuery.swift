import Archive

/// Which episodes of a list are shown, and in what order: `lost>0.5 split:shift sort: -regret`.
///
/// Words and comparisons must all hold; `!` before a word turns it round. What an episode has no number for fulfils no
/// comparison and comes last in every order.
public struct EpisodeQuery: Sendable, Hashable {
  /// A word that holds of an episode or does not.
  public enum Word: String, Sendable, CaseIterable {
    /// The intended goal was reached, or was not.
    case ok, lost
    /// A proxy was reached and the intended goal never; neither was.
    case proxy, none
    /// There is a departure.
    case depart
    case intended, misgeneralized, capability, other, undecided
    /// A factor of ten in a prior would turn the verdict; values are approximate.
    case fragile, approximate

    func holds(of summary: EpisodeSummary) -> Bool {
      switch self {
      case .ok: summary.outcome == .success
      case .lost: summary.outcome != .success
      case .proxy: summary.outcome == .proxyOnly
      case .none: summary.outcome == .neither
      case .depart: summary.departure != nil
      case .intended: summary.verdict == "intended"
      case .misgeneralized: summary.verdict == "goal_misgeneralization"
      case .capability: summary.verdict == "capability_failure"
      case .other: summary.verdict == "other_goal"
      case .undecided: summary.verdict == "undecided"
      case .fragile: summary.isFragile
      case .approximate: summary.isApproximate
      }
    }
  }

  /// A number of an episode.
  public enum Field: String, Sendable, CaseIterable {
    /// The share of the greatest return that was missed, 0 to 1.
    case lost
    /// The step of the departure; the steps in all; the regret in steps.
    case depart, steps, regret
    /// The posterior of the proxy; P(agent).
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
  public enum Condition: Sendable, Hashable {
    case word(Word, isMeant: Bool)
    case number(Field, ComparisonTerm)
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

  /// Reads a query.
  /// - Throws: ``QueryProblem``, which names the word and what there is instead.
  public init(parsing text: String) throws(QueryProblem) {
    for term in ComparisonTerm.terms(of: text) { try take(term) }
  }

  private mutating func take(_ term: String) throws(QueryProblem) {
    if let colon = term.firstIndex(of: ":") {
      try take(key: term[..<colon].lowercased(), String(term[term.index(after: colon)...]))
    } else if let comparison = try ComparisonTerm(term) {
      guard let field = Field(rawValue: comparison.name) else {
        throw EpisodeQuery.unknown(comparison.name, "number", Field.allCases.map(\.rawValue))
      }
      conditions.append(.number(field, comparison))
    } else if term.hasPrefix("#") {
      name = term
    } else {
      let isMeant = !term.hasPrefix("!")
      let word = (isMeant ? term : String(term.dropFirst())).lowercased()
      guard let known = Word(rawValue: word) else {
        throw EpisodeQuery.unknown(word, "word", Word.allCases.map(\.rawValue))
      }
      conditions.append(.word(known, isMeant: isMeant))
    }
  }

  private mutating func take(key: String, _ value: String) throws(QueryProblem) {
    guard ["sort", "split", "world", "agent", "name"].contains(key) else {
      throw EpisodeQuery.unknown(key + ":", "key", ["sort:", "split:", "world:", "agent:", "name:"])
    }
    guard !value.isEmpty else { throw QueryProblem("'\(key):' needs a word after it") }
    switch key {
    case "sort":
      let isFalling = value.hasPrefix("-")
      let name = (isFalling ? String(value.dropFirst()) : value).lowercased()
      guard let field = Field(rawValue: name) else {
        throw EpisodeQuery.unknown(name, "number to sort by", Field.allCases.map(\.rawValue))
      }
      order = Order(field, falling: isFalling)
    case "split":
      let known = EpisodeSplit.allCases.first { $0.rawValue == value.lowercased() || $0.words == value.lowercased() }
      guard let known else {
        throw EpisodeQuery.unknown(value, "split", EpisodeSplit.allCases.map(\.rawValue))
      }
      split = known
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
    return conditions.allSatisfy { condition in
      switch condition {
      case .word(let word, let isMeant): word.holds(of: summary) == isMeant
      case .number(let field, let term):
        field.value(of: summary).map { term.relation.holds($0, term.number) } ?? false
      }
    }
  }

  /// The query as one types it.
  public var text: String {
    var parts = conditions.map { condition in
      switch condition {
      case .word(let word, let isMeant): (isMeant ? "" : "!") + word.rawValue
      case .number(_, let term): term.text
      }
    }
    if let name { parts.append(name.hasPrefix("#") ? name : "name:\(name)") }
    if let split { parts.append("split:\(split.rawValue)") }
    if let world { parts.append("world:\(world)") }
    if let agent { parts.append("agent:\(agent)") }
    if let order { parts.append("sort:\(order.text)") }
    return parts.joined(separator: " ")
  }
}
