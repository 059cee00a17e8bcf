/// Cuts what was typed into words, numbers and signs: the letters of a search in an episode and of a filter of a list.
struct QueryLexer {
  struct Token: Hashable {
    enum Kind: Hashable {
      case word
      /// A word with a colon, and the text after it up to the next space; only where keys are known.
      case key(value: String)
      /// A text that begins with #; only where keys are known.
      case label
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

  /// Longer texts are refused.
  static let longest = 400

  /// - Parameter hasKeys: whether `split:shift` and `#1000042` mean something.
  static func tokens(of text: String, hasKeys: Bool) throws(QueryProblem) -> [Token] {
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
    /// A power of ten behind a number: `e-7`.
    func exponent(at start: Int) -> String? {
      guard start < characters.count, characters[start] == "e" || characters[start] == "E" else { return nil }
      let rest = characters[(start + 1)...]
      let sign = rest.prefix(rest.first == "-" || rest.first == "+" ? 1 : 0)
      let digits = rest.dropFirst(sign.count).prefix(while: isDigit)
      return digits.isEmpty ? nil : "e" + String(sign) + String(digits)
    }
    while index < characters.count {
      let (character, column) = (characters[index], index + 1)
      let next = index + 1 < characters.count ? characters[index + 1] : " "
      if character.isWhitespace {
        index += 1
      } else if character.isLetter || character == "π" {
        let word = take { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" || $0 == "'" }.lowercased()
        guard hasKeys, index < characters.count, characters[index] == ":" else {
          tokens.append(Token(kind: .word, text: word, column: column))
          continue
        }
        index += 1
        _ = take(while: \.isWhitespace)
        tokens.append(Token(kind: .key(value: take { !$0.isWhitespace }), text: word, column: column))
      } else if hasKeys, character == "#" {
        tokens.append(Token(kind: .label, text: take { !$0.isWhitespace }, column: column))
      } else if isDigit(character) || character == "." || ("-−+".contains(character) && (isDigit(next) || next == "."))
      {
        index += 1
        var digits = String(character) + take { isDigit($0) || $0 == "." }
        var tolerance = 0.5
        for _ in digits.split(separator: ".", omittingEmptySubsequences: false).dropFirst().first ?? "" {
          tolerance /= 10
        }
        if let exponent = exponent(at: index) {
          index += exponent.count
          digits += exponent
          tolerance *= Double("1" + exponent) ?? 1
        }
        guard let number = Double(digits.replacing("−", with: "-")), number.isFinite else {
          throw QueryProblem(column: column, cause: "'\(digits)' is no number", mend: "write it like 0.5")
        }
        tokens.append(Token(kind: .number(number, tolerance: tolerance), text: digits, column: column))
      } else if "<>=≤≥≠".contains(character) || character == "!" && next == "=" {
        let first = index
        index += 1
        let sign = String(characters[first]) + take { "<>=≤≥≠".contains($0) }
        guard let relation = Relation(typed: sign) else {
          throw QueryProblem(column: column, cause: "'\(sign)' compares nothing", mend: "use < <= = != >= or >")
        }
        tokens.append(Token(kind: .relation(relation), text: relation.rawValue, column: column))
      } else if character == "!" || character == "," {
        index += 1
        tokens.append(Token(kind: character == "!" ? .not : .comma, text: String(character), column: column))
      } else {
        throw QueryProblem(
          column: column, cause: "'\(character)' means nothing here",
          mend: "use words, numbers and < > = ! \(hasKeys ? ": #" : ",")")
      }
    }
    return tokens
  }

  private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}
