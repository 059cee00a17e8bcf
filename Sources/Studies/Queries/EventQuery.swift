import Archive
import Gridworlds
import Inference
import Planning

/// A search in an episode: words of events, classes and comparisons, all of which must hold.
///
///     proxy regret>0 action=up
///     departure
///     not both entropy>=0.5 cheese<4
///
/// A word that a relation follows is a number's name, any other an event's or a class's.
public struct EventQuery: Sendable, Hashable {
  /// As it was typed.
  public let text: String
  private let terms: [Term]

  private struct Term: Sendable, Hashable {
    let condition: Condition
    let isNegated: Bool
  }

  private enum Condition: Sendable, Hashable {
    case event(Event)
    case kind(StepClass)
    case number(Subject, Relation, Double, tolerance: Double)
    case action(Int, isSame: Bool)
    case at(Position, isSame: Bool)
  }

  private enum Event: Sendable, Hashable {
    case departure, away, commitment, decision, noReturn, end, touch, aftermath
    /// A goal is achieved; any where none is named.
    case reached(Goal.Index?)
  }

  private enum Subject: Sendable, Hashable {
    case figure(Figure)
    /// The posterior of the proxy that explains the episode best, and the steps to it.
    case belief
  }

  /// The words that stand alone, in the order of hints.
  public static let words = [
    "departure", "away", "commit", "decision", "reached", "no return", "end", "touch", "aftermath", "proxy", "goal",
    "both",
    "neither",
  ]
  /// The names of numbers; those of goals are the steps to them.
  public static let numbers = [
    "regret", "entropy", "v", "pi", "bits", "p", "agent", "return", "reward", "step",
  ]
  /// A line that says what can be typed, in the words of an episode: its goal, an action of its world, where it began.
  public static func hint(for episode: Episode) -> String {
    let world = episode.world
    let cell = episode.agent(at: 0)
    return "departure  commit  reached \(world.goals[world.intended].id.lowercased())  proxy  both  regret>0  "
      + "entropy>0.5  V<0.2  pi<0.1  action=\(world.actions[0].name)  at=\(cell.x),\(cell.y)"
  }

  private static let events: [String: Event] = [
    "departure": .departure, "departs": .departure, "away": .away, "commit": .commitment, "commitment": .commitment,
    "committed": .commitment, "decision": .decision, "choice": .decision, "noreturn": .noReturn,
    "no-return": .noReturn, "end": .end, "touch": .touch, "aftermath": .aftermath,
  ]
  private static let kinds: [String: StepClass] = [
    "proxy": .proxyOnly, "goal": .intendedOnly, "intended": .intendedOnly, "both": .both, "neither": .neither,
  ]
  private static let figures: [String: Subject] = [
    "regret": .figure(.regret), "entropy": .figure(.entropy), "h": .figure(.entropy), "v": .figure(.value),
    "value": .figure(.value), "pi": .figure(.chance), "π": .figure(.chance), "bits": .figure(.evidence),
    "evidence": .figure(.evidence), "p": .belief, "posterior": .belief, "agent": .figure(.agent),
    "return": .figure(.totalReturn), "reward": .figure(.reward), "step": .figure(.time), "t": .figure(.time),
  ]

  /// Reads a search.
  /// - Throws: what is wrong with it, and where.
  public init(_ text: String, in world: any World) throws(QueryProblem) {
    self.text = text
    var parser = Parser(reader: try QueryReader(text), world: world)
    var terms: [Term] = []
    while !parser.reader.isAtEnd {
      let isNegated = parser.reader.takesNot()
      terms.append(Term(condition: try parser.condition(), isNegated: isNegated))
    }
    guard !terms.isEmpty else {
      throw QueryProblem(column: 1, cause: "nothing to search for", mend: "type a word like departure, or regret>0")
    }
    self.terms = terms
  }

  /// Whether all holds at a frame, of the step that begins there where it is about a step.
  public func matches(_ frame: Int, in run: Run) -> Bool {
    terms.allSatisfy { EventQuery.holds($0.condition, at: frame, in: run) != $0.isNegated }
  }

  /// The frames at which all holds, in order.
  /// - Complexity: O(frames), O(1) where an event is among what must hold
  public func hits(in run: Run) -> [Int32] {
    var events: [Event] = []
    for term in terms where !term.isNegated {
      if case .event(let event) = term.condition { events.append(event) }
    }
    guard let event = events.first else {
      return run.episode.states.indices.filter { matches($0, in: run) }.map { Int32($0) }
    }
    return Set(EventQuery.frames(of: event, in: run)).sorted().filter { matches($0, in: run) }.map { Int32($0) }
  }

  private static func holds(_ condition: Condition, at frame: Int, in run: Run) -> Bool {
    let steps = run.episode.steps
    switch condition {
    case .event(let event): return frames(of: event, in: run).contains(frame)
    case .kind(let kind):
      // In the aftermath a step fits what it fits by chance.
      guard let analysis = run.analysis, frame < analysis.marks.aftermath ?? analysis.classes.count else {
        return false
      }
      return analysis.classes[frame] == kind
    case .number(let subject, let relation, let number, let tolerance):
      let value: Double?
      switch subject {
      case .figure(let figure): value = run.value(of: figure, at: frame)
      case .belief: value = run.value(of: .towardProxy, at: frame)
      }
      return value.map { relation.holds($0, number, tolerance: tolerance) } ?? false
    case .action(let action, let isSame):
      return frame < steps.count && (Int(steps.actions[frame]) == action) == isSame
    case .at(let cell, let isSame): return (run.episode.agent(at: frame) == cell) == isSame
    }
  }

  private static func frames(of event: Event, in run: Run) -> [Int] {
    let marks = run.analysis?.marks
    switch event {
    // Of a recording that stops, where it has left so far: both have the same sign.
    case .departure: return [marks?.parting].compactMap(\.self)
    case .away: return [marks?.away].compactMap(\.self)
    case .commitment: return [marks?.commitment].compactMap(\.self)
    case .decision: return [marks?.decision].compactMap(\.self)
    case .noReturn: return [marks?.noReturn].compactMap(\.self)
    case .touch: return [Touch(of: run.episode)?.frame].compactMap(\.self)
    case .aftermath: return [marks?.aftermath].compactMap(\.self)
    case .end: return run.episode.conclusion == .stopped ? [] : [run.episode.steps.count]
    case .reached(let goal?): return [run.episode.achievement(of: goal)].compactMap(\.self)
    case .reached(nil): return run.episode.world.goalIndices.compactMap { run.episode.achievement(of: $0) }
    }
  }

  /// Reads one condition after another.
  private struct Parser {
    var reader: QueryReader
    let world: any World

    mutating func condition() throws(QueryProblem) -> Condition {
      let token = try reader.name("regret>0")
      guard let (sign, column) = reader.relation() else { return try word(token) }
      return try comparison(of: token, sign, at: column)
    }

    private mutating func word(_ token: QueryLexer.Token) throws(QueryProblem) -> Condition {
      if token.text == "no", let second = reader.next, second.kind == .word, second.text == "return" {
        reader.skip()
        return .event(.noReturn)
      }
      if token.text == "reached" {
        guard let name = reader.next, name.kind == .word,
          let goal = goal(name.text)
        else { return .event(.reached(nil)) }
        reader.skip()
        return .event(.reached(goal))
      }
      if let event = EventQuery.events[token.text] { return .event(event) }
      if let kind = EventQuery.kinds[token.text] { return .kind(kind) }
      if isNumber(token.text) {
        throw QueryProblem(
          column: token.column, cause: "'\(token.text)' is not compared with anything",
          mend: token.text == "action" ? "write \(token.text)=\(world.actions[0].name)" : "write \(token.text)>0.5")
      }
      throw unknown(token, among: EventQuery.words + names)
    }

    private mutating func comparison(
      of token: QueryLexer.Token, _ relation: Relation, at column: Int
    ) throws(QueryProblem) -> Condition {
      if token.text == "action" || token.text == "at" {
        guard relation == .equal || relation == .notEqual else {
          throw QueryProblem(column: column, cause: "'\(token.text)' has no order", mend: "use = or !=")
        }
        return token.text == "at"
          ? .at(try cell(), isSame: relation == .equal) : .action(try action(), isSame: relation == .equal)
      }
      let subject: Subject
      if let known = EventQuery.figures[token.text] {
        subject = known
      } else if let goal = goal(token.text) {
        subject = .figure(.distance(to: goal.candidate))
      } else {
        throw unknown(token, among: names)
      }
      let (number, tolerance) = try reader.number("\(token.text)\(relation.rawValue)0.5")
      return .number(subject, relation, number, tolerance: tolerance)
    }

    private mutating func cell() throws(QueryProblem) -> Position {
      let column = reader.next?.column ?? reader.end
      let x = try reader.number("at=5,3").value
      guard reader.next?.kind == .comma else {
        throw QueryProblem(
          column: reader.next?.column ?? reader.end, cause: "a cell has two numbers",
          mend: "write column and row like at=5,3")
      }
      reader.skip()
      let y = try reader.number("at=5,3").value
      guard let x = Int(exactly: x), let y = Int(exactly: y) else {
        throw QueryProblem(column: column, cause: "a cell has whole numbers", mend: "write column and row like at=5,3")
      }
      return Position(x: x, y: y)
    }

    private mutating func action() throws(QueryProblem) -> Int {
      let known = world.actions.map(\.name)
      guard let token = reader.next, token.kind == .word else {
        throw QueryProblem(
          column: reader.next?.column ?? reader.end, cause: "an action is missing",
          mend: "it is \(known.joined(separator: ", "))")
      }
      guard let action = known.firstIndex(of: token.text) else {
        throw QueryProblem(
          column: token.column, cause: "'\(token.text)' is no action of \(world.name)",
          mend: "they are \(known.joined(separator: ", "))")
      }
      reader.skip()
      return action
    }

    private func goal(_ word: String) -> Goal.Index? {
      world.goalIndices.first { world.goals[$0].id.lowercased() == word }
    }

    private func isNumber(_ word: String) -> Bool {
      word == "action" || word == "at" || EventQuery.figures[word] != nil
        || goal(word) != nil
    }

    private var names: [String] { EventQuery.numbers + ["action", "at"] + world.goals.map { $0.id.lowercased() } }

    private func unknown(_ token: QueryLexer.Token, among known: [String]) -> QueryProblem {
      QueryProblem(
        column: token.column, cause: "'\(token.text)' is no word of a search",
        mend: Nearest.match(token.text, among: known).map { "did you mean '\($0)'?" }
          ?? "there are \(known.prefix(12).joined(separator: ", "))")
    }
  }
}
