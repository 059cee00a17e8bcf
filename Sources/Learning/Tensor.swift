import Gridworlds

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

extension Sequence<Tensor> {
  /// A number that tells these tensors from others: of their names, shapes and bits, the same in every run. No proof
  /// against one who wants it to be equal.
  /// - Complexity: O(*values*)
  public var digest: UInt64 {
    reduce(0) { digest, tensor in
      var digest = digest
      for byte in tensor.name.utf8 { digest = RandomSource.mix(digest ^ UInt64(byte)) }
      for side in tensor.shape { digest = RandomSource.mix(digest ^ UInt64(side)) }
      for value in tensor.values { digest = RandomSource.mix(digest ^ UInt64(value.bitPattern)) }
      return digest
    }
  }
}
