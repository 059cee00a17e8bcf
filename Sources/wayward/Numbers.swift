/// What a value is that an option does not take: `is a whole number from 1 to 64`.
struct BadValue: Error, CustomStringConvertible {
  let description: String
}

/// Reads the whole numbers of a range, for an option.
func whole<Number: FixedWidthInteger & Sendable>(
  _ range: ClosedRange<Number>
) -> @Sendable (String) throws -> Number {
  { text in
    guard let number = Number(text), range.contains(number) else {
      throw BadValue(description: "is a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }
}

/// Reads the numbers of a range, for an option.
/// - Parameters:
///   - range: the numbers.
///   - words: what is said of the range, where its bounds alone do not say it.
///   - holds: what must be so of a number besides.
func number(
  _ range: ClosedRange<Double>, _ words: String? = nil,
  where holds: @escaping @Sendable (Double) -> Bool = { _ in true }
) -> @Sendable (String) throws -> Double {
  { text in
    guard let number = Double(text), range.contains(number), holds(number) else {
      throw BadValue(
        description: "is a number " + (words ?? "from \(plain(range.lowerBound)) to \(plain(range.upperBound))"))
    }
    return number
  }
}

/// `1` for 1.0.
private func plain(_ number: Double) -> String {
  let text = "\(number)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
