import CKernels

/// What one round of playing left behind: `environments * horizon` steps, an environment's steps one after another.
final class Experience {
  let count: Int
  /// Numbers from one sample's features to the next one's.
  let stride: Int
  let features: UnsafeMutableBufferPointer<UInt16>
  let featureCounts: Buffer<Int32>
  let actions: Buffer<Int32>
  /// The logarithm of the probability with which each action was taken.
  let logProbabilities: Buffer<Float>
  let values: Buffer<Float>
  let advantages: Buffer<Float>
  let returns: Buffer<Float>
  /// 0, 1, 2, …: the samples in their own order.
  let identity: Buffer<Int32>

  init(count: Int, featureCount: Int) {
    self.count = count
    // One more than there are features: an observation may write beside the last before it knows that it is none.
    stride = featureCount + 1
    // Left untouched: an observation sets few of its features, so most pages are never used.
    features = .allocate(capacity: count * (featureCount + 1))
    featureCounts = Buffer(count, repeating: 0)
    actions = Buffer(count, repeating: 0)
    logProbabilities = Buffer(count, repeating: 0)
    values = Buffer(count, repeating: 0)
    advantages = Buffer(count, repeating: 0)
    returns = Buffer(count, repeating: 0)
    identity = Buffer((0..<Int32(count)).map { $0 }, else: 0)
  }

  deinit { features.deallocate() }

  /// Room for the features of one sample.
  func room(for sample: Int) -> UnsafeMutableBufferPointer<UInt16> {
    UnsafeMutableBufferPointer(rebasing: features[sample * stride..<(sample + 1) * stride])
  }

  /// The features of samples given by their numbers.
  func rows(_ samples: UnsafePointer<Int32>) -> kernels_sparse_rows {
    kernels_sparse_rows(
      features: features.baseAddress, counts: featureCounts.start, samples: samples, stride: stride)
  }

  /// The share of the returns' variance that the values foresaw.
  var explainedVariance: Double {
    var (residual, total) = (Moments(), Moments())
    for sample in 0..<count {
      residual.add(Double(returns[sample] - values[sample]))
      total.add(Double(returns[sample]))
    }
    return total.variance > 0 ? 1 - residual.variance / total.variance : 0
  }
}

/// Mean and variance of numbers that come one by one (Welford 1962).
struct Moments {
  private(set) var count = 0
  private(set) var mean = 0.0
  private var squares = 0.0

  mutating func add(_ value: Double) {
    count += 1
    let distance = value - mean
    mean += distance / Double(count)
    squares += distance * (value - mean)
  }

  var variance: Double { count > 0 ? squares / Double(count) : 0 }
}
