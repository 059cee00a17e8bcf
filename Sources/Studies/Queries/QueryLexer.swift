/// Cuts the text of a search into words, numbers and signs.
struct QueryLexer {
  struct Token: Hashable {
    enum Kind: Hashable {
      case word
      /// A number, and half a unit of its last digit: what is equal to it as far as it was typed.
      case number(Double, tolerance: Double)
      case relation(Relation)
      case comma
      case not
    }
    let kind: Kind
    let text: String
    /// From 1.
    let column: Int
  }

  /// Longer searches are refused.
  static let longest = 400

  static func tokens(of text: String) throws(QueryProblem) -> [Token] {
    let characters = Array(text)
    guard characters.count <= longest else {
      throw QueryProblem(column: longest, cause: "the search is too long", mend: "use \(longest) characters at most")
    }
    var tokens: [Token] = []
    var index = 0
    /// Takes characters while they are of a kind.
    func take(while isPart: (Character) -> Bool) -> String {
      let start = index
      while index < characters.count, isPart(characters[index]) { index += 1 }
      return String(characters[start..<index])
    }
    while index < characters.count {
      let (character, column) = (characters[index], index + 1)
      let next = index + 1 < characters.count ? characters[index + 1] : " "
      if character.isWhitespace {
        index += 1
      } else if character.isLetter || character == "π" {
        let word = take { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == "'" }
        tokens.append(Token(kind: .word, text: word.lowercased(), column: column))
      } else if isDigit(character) || character == "." || ("-−+".contains(character) && (isDigit(next) || next == "."))
      {
        index += 1
        let digits = String(character) + take { isDigit($0) || $0 == "." }
        guard let number = Double(digits.replacing("−", with: "-")) else {
          throw QueryProblem(column: column, cause: "'\(digits)' is no number", mend: "write it like 0.5")
        }
        let places = digits.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first?.count ?? 0
        var tolerance = 0.5
        for _ in 0..<places { tolerance /= 10 }
        tokens.append(Token(kind: .number(number, tolerance: tolerance), text: digits, column: column))
      } else if let (relation, length) = relation(character, next) {
        index += length
        tokens.append(Token(kind: .relation(relation), text: relation.rawValue, column: column))
      } else if character == "!" || character == "," {
        index += 1
        tokens.append(Token(kind: character == "!" ? .not : .comma, text: String(character), column: column))
      } else {
        throw QueryProblem(
          column: column, cause: "'\(character)' means nothing here", mend: "use words, numbers and < > = ! ,")
      }
    }
    return tokens
  }

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

  private static func relation(_ first: Character, _ second: Character) -> (Relation, length: Int)? {
    switch (first, second) {
    case ("<", "="): (.lessOrEqual, 2)
    case (">", "="): (.greaterOrEqual, 2)
    case ("!", "="): (.notEqual, 2)
    case ("=", "="): (.equal, 2)
    case ("<", _): (.less, 1)
    case (">", _): (.greater, 1)
    case ("=", _): (.equal, 1)
    case ("≤", _): (.lessOrEqual, 1)
    case ("≥", _): (.greaterOrEqual, 1)
    case ("≠", _): (.notEqual, 1)
    default: nil
    }
  }
}
