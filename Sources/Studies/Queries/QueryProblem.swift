import Archive

/// What is wrong with a search or a filter: where, why, and what to do.
public struct QueryProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// The place in the text, from 1; `nil` where the cause names the word.
  public let column: Int?
  /// What is wrong.
  public let cause: String
  /// What to do about it; empty where the cause says it.
  public let mend: String

  /// A problem at a place.
  init(column: Int, cause: String, mend: String) {
    self.column = column
    self.cause = PlainText.stripped(cause, limit: 400)
    self.mend = PlainText.stripped(mend, limit: 400)
  }

  /// A problem that one sentence tells.
  init(_ cause: String) {
    (column, mend) = (nil, "")
    self.cause = PlainText.stripped(cause, limit: 400)
  }

  public var description: String {
    let place = column.map { "at \($0): " } ?? ""
    return place + cause + (mend.isEmpty ? "" : "; \(mend)" + (mend.hasSuffix("?") ? "" : "."))
  }
}

/// How a number is compared with another.
public enum Relation: String, Sendable, Hashable, CaseIterable {
  case lessOrEqual = "<="
  case greaterOrEqual = ">="
  case notEqual = "!="
  case less = "<"
  case greater = ">"
  case equal = "="

  /// The relation of a sign as people type it; `nil` of any other text.
  init?(typed sign: String) {
    switch sign {
    case "==": self = .equal
    case "≤": self = .lessOrEqual
    case "≥": self = .greaterOrEqual
    case "≠": self = .notEqual
    default: self.init(rawValue: sign)
    }
  }

  /// Whether it holds; numbers are equal that differ by no more than the tolerance.
  public func holds(_ first: Double, _ second: Double, tolerance: Double = 0) -> Bool {
    switch self {
    case .less: first < second
    case .greater: first > second
    case .lessOrEqual: first <= second
    case .greaterOrEqual: first >= second
    case .equal: abs(first - second) <= tolerance
    case .notEqual: abs(first - second) > tolerance
    }
  }
}
