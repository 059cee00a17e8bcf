/// A place in a list that cannot be taken for a place in another one: a goal's is no action's and no frame's.
///
/// A range of them can be walked through, and a literal stands for one. Loops that count billions of steps keep `Int`.
public protocol NumberedIndex: Hashable, Sendable, Strideable, ExpressibleByIntegerLiteral where Stride == Int {
  /// The place itself, from 0.
  var number: Int { get }
  /// The index of a place.
  init(_ number: Int)
}

extension NumberedIndex {
  @inlinable public init(integerLiteral number: Int) { self.init(number) }
  @inlinable public func distance(to other: Self) -> Int { other.number - number }
  @inlinable public func advanced(by count: Int) -> Self { Self(number + count) }
}
