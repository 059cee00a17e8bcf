import Inference
import Planning

/// What can be said of many things at once by putting together what was said of each: a least and a greatest number, or
/// which classes there are.
public protocol Summary: Sendable {
  /// What is said of nothing.
  static var none: Self { get }
  /// What is said of both.
  func joined(with other: Self) -> Self
}

/// The summaries of blocks of a sequence, of blocks of blocks, and so on, so that any range of a million elements is
/// summed up by looking at a few hundred.
public struct Pyramid<Element: Summary>: Sendable {
  /// Elements a block.
  static var fan: Int { 64 }

  /// The summaries of blocks of 64, of 64², … elements; the elements themselves are not kept.
  private let levels: [[Element]]
  /// How many elements there are.
  public let count: Int

  /// The pyramid over `count` elements.
  /// - Complexity: O(*count*)
  public init(count: Int, _ element: (Int) -> Element) {
    self.count = count
    var levels: [[Element]] = []
    if count > Pyramid.fan {
      levels.append(Pyramid.blocks(of: count, element))
      while let below = levels.last, below.count > Pyramid.fan {
        levels.append(Pyramid.blocks(of: below.count) { below[$0] })
      }
    }
    self.levels = levels
  }

  private static func blocks(of count: Int, _ element: (Int) -> Element) -> [Element] {
    stride(from: 0, to: count, by: fan).map { start in
      (start..<min(start + fan, count)).reduce(Element.none) { $0.joined(with: element($1)) }
    }
  }

  /// The summary of a range, cut to the elements that there are.
  /// - Parameter element: the same function that the pyramid was made with.
  /// - Complexity: O(log *count*), 64 elements a level at both ends.
  public func summary(of range: Range<Int>, _ element: (Int) -> Element) -> Element {
    var (start, end) = (max(0, range.lowerBound), min(count, range.upperBound))
    var result = Element.none
    var level = -1
    func at(_ index: Int) -> Element { level < 0 ? element(index) : levels[level][index] }
    while start < end {
      guard level + 1 < levels.count, end - start >= Pyramid.fan else {
        for index in start..<end { result = result.joined(with: at(index)) }
        break
      }
      // The ends that fill no whole block are taken here, all between them a level higher.
      while start % Pyramid.fan != 0, start < end {
        result = result.joined(with: at(start))
        start += 1
      }
      while end % Pyramid.fan != 0, end > start {
        end -= 1
        result = result.joined(with: at(end))
      }
      (start, end) = (start / Pyramid.fan, end / Pyramid.fan)
      level += 1
    }
    return result
  }
}

/// The least and the greatest of some numbers; of none, from ∞ to −∞.
public struct Extent: Summary, Hashable {
  /// The least.
  public var low = Double.infinity
  /// The greatest.
  public var high = -Double.infinity

  /// The extent of one number, of nothing where there is none.
  public init(_ value: Double?) {
    if let value, !value.isNaN { (low, high) = (value, value) }
  }

  public static let none = Extent(nil)

  /// Whether there was no number.
  public var isEmpty: Bool { low > high }

  /// The number farthest from 0; `nil` where there was none.
  public var farthest: Double? { isEmpty ? nil : abs(low) > abs(high) ? low : high }

  public func joined(with other: Extent) -> Extent {
    var both = self
    both.low = min(low, other.low)
    both.high = max(high, other.high)
    return both
  }
}

/// Which classes of steps there are among some.
public struct StepClasses: Summary, Hashable {
  private var bits: UInt8 = 0

  /// One class, or none.
  public init(_ kind: StepClass?) {
    if let kind { bits = 1 << StepClasses.bit(of: kind) }
  }

  public static let none = StepClasses(nil)

  /// Whether a class is among them.
  public func contains(_ kind: StepClass) -> Bool { bits & (1 << StepClasses.bit(of: kind)) != 0 }

  /// The one that a timeline shows for all, which says most about the goal: a step for the proxy alone, then one for the
  /// intended goal alone; then one for neither, which is a slip; and what fits both says nothing.
  public var mostTelling: StepClass? { [.proxyOnly, .intendedOnly, .neither, .both].first(where: contains) }

  public func joined(with other: StepClasses) -> StepClasses {
    var both = self
    both.bits |= other.bits
    return both
  }

  private static func bit(of kind: StepClass) -> UInt8 {
    switch kind {
    case .both: 0
    case .proxyOnly: 1
    case .intendedOnly: 2
    case .neither: 3
    }
  }
}
