/// Reads the tokens of a query one after the other: what a search in an episode and a filter of a list have in common.
struct QueryReader {
  private let tokens: [QueryLexer.Token]
  private var index = 0
  /// The column after the text.
  let end: Int

  /// - Parameter hasKeys: whether `split:shift` and `#1000042` mean something.
  init(_ text: String, hasKeys: Bool = false) throws(QueryProblem) {
    tokens = try QueryLexer.tokens(of: text, hasKeys: hasKeys)
    end = text.count + 1
  }

  var isAtEnd: Bool { index >= tokens.count }

  /// The token that comes next; `nil` at the end.
  var next: QueryLexer.Token? { isAtEnd ? nil : tokens[index] }

  /// Goes on to the token after the next one.
  mutating func skip() { index += 1 }

  /// Takes every `!` and `not` that comes next; whether they turn round what follows.
  mutating func takesNot() -> Bool {
    var isNegated = false
    while let token = next, token.kind == .not || token.kind == .word && token.text == "not" {
      isNegated.toggle()
      skip()
    }
    return isNegated
  }

  /// Takes the name with which a condition begins.
  /// - Parameter example: a condition as one writes it.
  mutating func name(_ example: String) throws(QueryProblem) -> QueryLexer.Token {
    guard let token = next else {
      throw QueryProblem(column: end, cause: "a condition is missing", mend: "say what should not hold")
    }
    guard token.kind == .word else {
      throw QueryProblem(
        column: token.column, cause: "'\(token.text)' stands without a name before it",
        mend: "write it like \(example)")
    }
    skip()
    return token
  }

  /// Takes a sign of comparison, with its column; `nil` where none comes next.
  mutating func relation() -> (sign: Relation, column: Int)? {
    guard let token = next, case .relation(let sign) = token.kind else { return nil }
    skip()
    return (sign, token.column)
  }

  /// Takes a number.
  mutating func number(_ example: String) throws(QueryProblem) -> (value: Double, tolerance: Double) {
    guard let token = next, case .number(let value, let tolerance) = token.kind else {
      throw QueryProblem(
        column: next?.column ?? end, cause: next.map { "'\($0.text)' is no number" } ?? "a number is missing",
        mend: "write it like \(example)")
    }
    skip()
    return (value, tolerance)
  }
}
