/// A row of small columns, one for each value or range of values.
public enum Sparkline {
  /// What stands for a range of values when there are more values than columns.
  public enum Reduction: Sendable, Hashable {
    /// The average.
    case mean
    /// The smallest, so that a dip is never lost.
    case minimum
    /// The largest, so that a peak is never lost.
    case maximum
    /// The last.
    case last
  }

  /// The values as `▁▂▃▄▅▆▇█`, a blank for a value that is not finite.
  /// - Parameters:
  ///   - width: the most columns; nil gives each value its own.
  ///   - range: the values of the lowest and the highest column; by default the smallest and the largest value.
  public static func text(
    _ values: [Double], width: Int? = nil, range: ClosedRange<Double>? = nil, reduction: Reduction = .mean
  ) -> String {
    let columns = downsample(values, width: width ?? values.count, reduction: reduction)
    let finite = columns.filter(\.isFinite)
    guard let low = range?.lowerBound ?? finite.min(), let high = range?.upperBound ?? finite.max() else {
      return String(repeating: " ", count: columns.count)
    }
    let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
    return String(
      columns.map { value -> Character in
        guard value.isFinite else { return " " }
        guard high > low else { return blocks[0] }
        let share = min(max((value - low) / (high - low), 0), 1)
        return blocks[min(7, Int(share * 8))]
      })
  }

  /// At most `width` values, each standing for an equal range of the given ones.
  public static func downsample(_ values: [Double], width: Int, reduction: Reduction) -> [Double] {
    guard width > 0 else { return [] }
    guard values.count > width else { return values }
    return (0..<width).map { column in
      let part = values[(values.count * column / width)..<(values.count * (column + 1) / width)]
      switch reduction {
      case .mean: return part.reduce(0, +) / Double(part.count)
      case .minimum: return part.min() ?? .nan
      case .maximum: return part.max() ?? .nan
      case .last: return part.last ?? .nan
      }
    }
  }

  /// The worst element of each of at most `width` equal ranges, for a timeline that must not hide a fault.
  /// - Parameter isWorse: whether its first argument is worse than its second.
  public static func worst<Element>(
    _ values: [Element], width: Int, by isWorse: (Element, Element) -> Bool
  ) -> [Element] {
    guard width > 0 else { return [] }
    guard values.count > width else { return values }
    return (0..<width).map { column in
      let first = values.count * column / width
      var worst = values[first]
      for value in values[first..<(values.count * (column + 1) / width)] where isWorse(value, worst) { worst = value }
      return worst
    }
  }
}
