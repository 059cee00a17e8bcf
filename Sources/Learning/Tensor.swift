/// Numbers with a name and a shape, as checkpoints keep them.
public struct Tensor: Sendable, Equatable {
  /// A name like `layers.0.weight`.
  public let name: String
  /// Sides, the slowest first; the product is the count of ``values``.
  public let shape: [Int]
  /// Row-major.
  public let values: [Float]

  /// Numbers with a name and a shape; `nil` where the counts do not agree.
  public init?(name: String, shape: [Int], values: [Float]) {
    var count = 1
    for side in shape {
      let (product, overflows) = count.multipliedReportingOverflow(by: side)
      guard side >= 0, !overflows else { return nil }
      count = product
    }
    guard count == values.count else { return nil }
    self.name = name
    self.shape = shape
    self.values = values
  }
}
