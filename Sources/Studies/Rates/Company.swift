import Archive
import Gridworlds

/// What an agent's figures say of those that played the same levels beside it and were trained at the same severity, so
/// that intervals over all of them can be worked out from their lines, also where shards of levels were added.
public struct Company: Sendable, Hashable {
  /// How many agents they are, itself too.
  public var agents: Int
  /// By outcome, the sum over the levels on which it came of this agent of how many of them it came of. Over all of them
  /// that is the sum of squares which ``TwoWay`` is made of.
  public var shared: [Outcome: Int]

  /// What is said of the others.
  public init(agents: Int, shared: [Outcome: Int]) {
    self.agents = agents
    self.shared = shared
  }

  var json: JSON {
    .object(
      [.init("agents", .integer(agents))]
        + Outcome.ofWhole.map { .init($0.rawValue, .integer(shared[$0] ?? 0)) })
  }

  /// Reads the object again; `nil` where it makes no sense.
  /// - Parameter counts: how often each outcome came of the agent itself.
  init?(json: JSON, counts: [Outcome: Int]) {
    guard let agents = json["agents"]?.integer, (1...1 << 20).contains(agents) else { return nil }
    var shared: [Outcome: Int] = [:]
    for outcome in Outcome.ofWhole {
      let count = counts[outcome] ?? 0
      guard let sum = json[outcome.rawValue]?.integer, (count...count * agents).contains(sum) else { return nil }
      shared[outcome] = sum
    }
    self.init(agents: agents, shared: shared)
  }

  /// Both together, of other levels of the same agents.
  static func + (first: Company, second: Company) -> Company {
    Company(agents: first.agents, shared: first.shared.merging(second.shared, uniquingKeysWith: +))
  }

  /// Who is counted together: who was trained at the same severity, or not trained at all.
  struct Kind: Hashable {
    let isTrained: Bool, severity: Double
  }
}

extension Evaluation {
  /// With whom the agent is counted together.
  private var kind: Company.Kind { .init(isTrained: digest != nil, severity: severity) }

  /// Those of some evaluations that are counted together with it, itself too; `nil` where not all of them are there.
  public func company(among all: [Evaluation]) -> [Evaluation]? {
    let alike = all.filter {
      $0.world == world && $0.split == split && $0.firstLevel == firstLevel && $0.levels == levels
        && $0.isGreedy == isGreedy && $0.plan?.command == plan?.command && $0.kind == kind
    }
    return TwoWay(.success, of: alike) == nil ? nil : alike
  }

  /// The documented object with what it and those beside it come to together: null where it is alone, or not all of them
  /// are there.
  public func json(among all: [Evaluation]) -> JSON {
    let company = company(among: all).flatMap { $0.count > 1 ? $0 : nil }
    let together = company.map { company -> JSON in
      .object(
        [.init("agents", .integer(company.count))]
          + Outcome.ofWhole.map { outcome in
            .init(outcome.rawValue, TwoWay(outcome, of: company).map { .object($0.members) } ?? .null)
          })
    }
    return .object((json.members ?? []) + [.init("together", together ?? .null)])
  }
}

extension TwoWay {
  /// An outcome of agents that were evaluated in company; `nil` where one of the company is missing, or nothing is known
  /// of it.
  public init?(_ outcome: Outcome, of evaluations: [Evaluation]) {
    guard let first = evaluations.first,
      evaluations.allSatisfy({ $0.levels == first.levels && $0.company?.agents == evaluations.count })
    else { return nil }
    self.init(
      counts: evaluations.map { $0.outcomes[outcome] ?? 0 }, levels: first.levels,
      squares: evaluations.reduce(0) { $0 + ($1.company?.shared[outcome] ?? 0) })
  }

  /// An outcome of agents whose outcomes are known level by level.
  /// - Parameter outcomes: by agent, of the same levels in the same order.
  init(_ outcome: Outcome, in outcomes: [[Outcome]]) {
    let levels = outcomes.first?.count ?? 0
    self.init(
      counts: outcomes.map { $0.count { $0 == outcome } }, levels: levels,
      squares: (0..<levels).reduce(0) { sum, level in
        let agents = outcomes.count { $0[level] == outcome }
        return sum + agents * agents
      })
  }
}
