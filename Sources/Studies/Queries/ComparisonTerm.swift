/// A word compared with a number, as people type it: `lost>0.5`, `steps <= 20`.
public struct ComparisonTerm: Sendable, Hashable {
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
  /// - Throws: ``QueryProblem`` where it does, but not with a number.
  public init?(_ term: String) throws(QueryProblem) {
    guard let start = term.firstIndex(where: { "<>=!".contains($0) }), start > term.startIndex else { return nil }
    let sign = term[start...].prefix { "<>=!".contains($0) }
    let name = term[..<start].lowercased()
    let rest = term[start...].dropFirst(sign.count)
    guard let relation = Relation(rawValue: sign == "==" ? "=" : String(sign)) else {
      throw QueryProblem("'\(sign)' compares nothing: < <= = != >= >")
    }
    guard !rest.isEmpty else { throw QueryProblem("'\(name)\(sign)' needs a number after it") }
    guard let number = Double(rest), number.isFinite else {
      throw QueryProblem("'\(rest)' after '\(name)\(sign)' is no number")
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
