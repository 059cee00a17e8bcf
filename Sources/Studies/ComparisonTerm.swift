/// A word compared with a number, as people type it: `lost>0.5`, `steps <= 20`.
public struct ComparisonTerm: Sendable, Hashable {
  /// How the two are compared.
  public enum Relation: String, Sendable, CaseIterable {
    case less = "<"
    case lessOrEqual = "<="
    case equal = "="
    case unequal = "!="
    case greaterOrEqual = ">="
    case greater = ">"

    /// Whether it holds between two numbers.
    public func holds(_ first: Double, _ second: Double) -> Bool {
      switch self {
      case .less: first < second
      case .lessOrEqual: first <= second
      case .equal: first == second
      case .unequal: first != second
      case .greaterOrEqual: first >= second
      case .greater: first > second
      }
    }
  }

  /// What is compared, in small letters.
  public let name: String
  /// How.
  public let relation: Relation
  /// With what.
  public let number: Double

  /// A comparison.
  public init(_ name: String, _ relation: Relation, _ number: Double) {
    self.name = name
    self.relation = relation
    self.number = number
  }

  /// Reads a term without spaces; `nil` where it compares nothing.
  /// - Throws: ``FilterProblem`` where it does, but not with a number.
  public init?(_ term: String) throws(FilterProblem) {
    guard let start = term.firstIndex(where: { "<>=!".contains($0) }), start > term.startIndex else { return nil }
    let sign = term[start...].prefix { "<>=!".contains($0) }
    let name = term[..<start].lowercased()
    let rest = term[start...].dropFirst(sign.count)
    guard let relation = Relation(rawValue: sign == "==" ? "=" : String(sign)) else {
      throw FilterProblem("'\(sign)' compares nothing: < <= = != >= >")
    }
    guard !rest.isEmpty else { throw FilterProblem("'\(name)\(sign)' needs a number after it") }
    guard let number = Double(rest), number.isFinite else {
      throw FilterProblem("'\(rest)' after '\(name)\(sign)' is no number")
    }
    self.init(name, relation, number)
  }

  /// The words of a query: spaces part them, but not around a sign of comparison or after a colon.
  public static func terms(of text: String) -> [String] {
    var terms: [String] = []
    for word in text.split(whereSeparator: \.isWhitespace).map(String.init) {
      let continues = word.first.map { "<>=".contains($0) } == true || word.hasPrefix("!=")
      let isOpen = terms.last?.last.map { "<>=:".contains($0) } == true || terms.last?.hasSuffix("!=") == true
      if let last = terms.last, continues || isOpen {
        terms[terms.count - 1] = last + word
      } else {
        terms.append(word)
      }
    }
    return terms
  }

  /// The term as one types it.
  public var text: String {
    let whole = number.rounded() == number && abs(number) < 1e15
    return name + relation.rawValue + (whole ? "\(Int(number))" : "\(number)")
  }
}

/// What is wrong with a query, for people.
public struct FilterProblem: Error, Sendable, Hashable, CustomStringConvertible {
  /// One sentence.
  public let description: String

  /// What is wrong with a query.
  public init(_ description: String) { self.description = description }
}
