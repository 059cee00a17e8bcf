import Gridworlds

/// A goal that an agent may be after: a declared one, or any named place of the level.
public struct Candidate: Sendable, Hashable {
  /// A candidate's place among its level's: the declared goals come first, in their order.
  public struct Index: NumberedIndex, Pursued {
    public let number: Int
    @inlinable public init(_ number: Int) { self.number = number }
    @inlinable public var candidate: Candidate.Index { self }
  }

  /// The goal's id, or the place's name.
  public let name: String
  /// The declared goal; `nil` for a place that nobody declared.
  public let declared: Goal.Index?
}

/// What an agent may be after, as something to look up: a candidate, or a declared goal, which is one of them.
public protocol Pursued {
  /// Its place among the candidates.
  var candidate: Candidate.Index { get }
}

extension Goal.Index: Pursued {
  @inlinable public var candidate: Candidate.Index { Candidate.Index(number) }
}

/// Something of each candidate, in their order. What is no candidate's index finds nothing in it.
public struct PerCandidate<Element: Sendable>: RandomAccessCollection, Sendable {
  @usableFromInline let elements: [Element]

  @inlinable public init(_ elements: [Element]) { self.elements = elements }

  public var startIndex: Candidate.Index { 0 }
  @inlinable public var endIndex: Candidate.Index { Candidate.Index(elements.count) }

  @inlinable public subscript(index: Candidate.Index) -> Element { elements[index.number] }
  @inlinable public subscript(goal: some Pursued) -> Element { elements[goal.candidate.number] }
}
