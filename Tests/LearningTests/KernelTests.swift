import CKernels
import Gridworlds
import Testing

@testable import Learning

/// The fast kernels against their naive twins, in sizes that leave every kind of remainder.
@Suite struct KernelTests {
  static let sizes = [(m: 1, k: 1, n: 16), (m: 7, k: 5, n: 48), (m: 13, k: 33, n: 80), (m: 300, k: 6, n: 16)]

  @Test("the dense layer adds its inputs in the naive order: sums may not depend on blocks", arguments: sizes)
  func dense(m: Int, k: Int, n: Int) {
    let (x, w, bias) = (numbers(m * k, seed: 1), numbers(k * n, seed: 2), numbers(n, seed: 3))
    for rectifies in [false, true] {
      var (fast, naive) = (zeros(m * n), zeros(m * n))
      kernels_dense(x, w, bias, &fast, m, k, n, rectifies)
      kernels_dense_naive(x, w, bias, &naive, m, k, n, rectifies)
      #expect(distance(fast, naive) < 1e-5)
      #expect(!rectifies || fast.allSatisfy { $0 >= 0 })
    }
  }

  @Test("the gradient passes a rectifier only where it was open", arguments: sizes)
  func gated(m: Int, k: Int, n: Int) {
    let (x, w, gate) = (numbers(m * k, seed: 1), numbers(k * n, seed: 2), numbers(m * n, seed: 3))
    var (fast, naive) = (zeros(m * n), zeros(m * n))
    kernels_dense_gated(x, w, gate, &fast, m, k, n)
    kernels_dense_gated_naive(x, w, gate, &naive, m, k, n)
    #expect(distance(fast, naive) < 1e-5)
    #expect(zip(gate, fast).allSatisfy { $0 > 0 || $1 == 0 })
  }

  @Test("weight gradients have the same bytes however the rows are shared out", arguments: sizes)
  func weightGradient(m: Int, k: Int, n: Int) {
    let (x, d) = (numbers(m * k, seed: 1), numbers(m * n, seed: 2))
    var (whole, parts, naive) = (zeros(k * n), zeros(k * n), zeros(k * n))
    kernels_weight_gradient(x, d, &whole, m, k, n, 0, k)
    kernels_weight_gradient(x, d, &parts, m, k, n, k / 3, k)
    kernels_weight_gradient(x, d, &parts, m, k, n, 0, k / 3)
    kernels_weight_gradient_naive(x, d, &naive, m, k, n, 0, k)
    #expect(distance(whole, parts) == 0)
    #expect(distance(whole, naive) < 1e-4)
    var (sums, naiveSums) = (zeros(n), zeros(n))
    kernels_bias_gradient(d, &sums, m, n)
    kernels_bias_gradient_naive(d, &naiveSums, m, n)
    #expect(distance(sums, naiveSums) == 0)
  }

  @Test("a sample's outputs have the same bytes whichever samples are computed with it", arguments: sizes)
  func samplesApart(m: Int, k: Int, n: Int) {
    let (x, w, bias) = (numbers(m * k, seed: 1), numbers(k * n, seed: 2), numbers(n, seed: 3))
    var (together, alone) = (zeros(m * n), zeros(n))
    kernels_dense(x, w, bias, &together, m, k, n, true)
    kernels_dense(Array(x.suffix(k)), w, bias, &alone, 1, k, n, true)
    #expect(distance(Array(together.suffix(n)), alone) == 0)
  }

  @Test(
    "set bits add their weight rows, and gather the gradient there, in the order of the samples",
    arguments: [(m: 9, n: 80), (m: 64, n: 16), (m: 131, n: 64)])
  func sparse(m: Int, n: Int) {
    let featureCount = 30
    var random = RandomSource(seed: 4)
    let sets = (0..<m).map { _ in (0..<UInt16(featureCount)).filter { _ in random.chance(0.2) } }
    let features = sets.flatMap { $0 + [UInt16](repeating: 0, count: featureCount - $0.count) }
    let counts = sets.map { Int32($0.count) }
    let samples = (0..<m).map { Int32($0 * 4 % m) }
    let (w, bias) = (numbers(featureCount * n, seed: 5), numbers(n, seed: 6))
    let d = numbers(m * n, seed: 7)
    features.withUnsafeBufferPointer { features in
      counts.withUnsafeBufferPointer { counts in
        samples.withUnsafeBufferPointer { samples in
          var rows = kernels_sparse_rows(
            features: features.baseAddress, counts: counts.baseAddress, samples: samples.baseAddress,
            stride: featureCount)
          var (fast, naive) = (zeros(m * n), zeros(m * n))
          kernels_sparse(rows, w, bias, &fast, m, n, true)
          kernels_sparse_naive(rows, w, bias, &naive, m, n, true)
          #expect(distance(fast, naive) == 0)
          var (gradient, naiveGradient) = (zeros(featureCount * n), zeros(featureCount * n))
          kernels_sparse_gradient_naive(rows, d, &naiveGradient, m, featureCount, n)
          var masks: [UInt64] = []
          for first in stride(from: 0, to: m, by: 64) {
            var part = [UInt64](repeating: 1, count: featureCount)
            kernels_sparse_masks(rows, &part, min(64, m - first), featureCount)
            rows.samples += 64
            masks += part
          }
          kernels_sparse_gradient(masks, d, &gradient, m, featureCount, n, 16, n)
          kernels_sparse_gradient(masks, d, &gradient, m, featureCount, n, 0, 16)
          #expect(distance(gradient, naiveGradient) == 0)
        }
      }
    }
  }

  @Test("Adam's vectors and its remainder take the naive step")
  func adam() {
    let squares = numbers(37, seed: 3).map { $0 * $0 }
    var (parameters, mean, square) = (numbers(37, seed: 1), numbers(37, seed: 2), squares)
    var (naiveParameters, naiveMean, naiveSquare) = (parameters, mean, square)
    let gradient = numbers(37, seed: 4)
    kernels_adam(&parameters, gradient, &mean, &square, 37, 0.5, 0.01, 1.5, 0.9, 0.999, 1e-5)
    kernels_adam_naive(
      &naiveParameters, gradient, &naiveMean, &naiveSquare, 37, 0.5, 0.01, 1.5, 0.9, 0.999, 1e-5)
    #expect(distance(parameters, naiveParameters) < 1e-6)
    #expect(distance(mean, naiveMean) < 1e-6)
    #expect(distance(square, naiveSquare) < 1e-6)
  }

  @Test("transposing twice gives the matrix back")
  func transpose() {
    let w = numbers(21 * 5, seed: 1)
    var (once, twice) = (zeros(w.count), zeros(w.count))
    kernels_transpose(w, &once, 21, 5)
    kernels_transpose(once, &twice, 5, 21)
    #expect(once[1] == w[5])
    #expect(distance(twice, w) == 0)
  }

  @Test("probabilities sum to 1 and logits of any size do no harm: games are long")
  func softmax() {
    let logits: [Float] = [1, 2, 3, 99, 1e30, -1e30, 0, 99, 0, 0, 0, 99]
    var logarithms = zeros(9)
    kernels_log_softmax(logits, 4, &logarithms, 3, 3)
    for row in 0..<3 {
      let sum = (0..<3).reduce(Float(0)) { $0 + kernels_exp(logarithms[row * 3 + $1]) }
      #expect(abs(sum - 1) < 1e-6)
    }
    #expect(abs(logarithms[2] - -0.407_605_96) < 1e-6)
  }

  @Test("the own exponential and logarithm undo each other, and know e")
  func exponential() {
    #expect(abs(kernels_exp(1) - 2.718_281_8) < 5e-7)
    #expect(kernels_exp(0) == 1)
    #expect(kernels_exp(-1000) > 0 && kernels_exp(1000).isFinite)
    for x in stride(from: Float(-80), through: 80, by: 0.37) {
      #expect(abs(kernels_log(kernels_exp(x)) - x) < max(1e-6, abs(x) * 3e-7), "x = \(x)")
    }
  }
}

func numbers(_ count: Int, seed: UInt64) -> [Float] {
  var random = RandomSource(seed: seed)
  return (0..<count).map { _ in random.unit() * 2 - 1 }
}

func zeros(_ count: Int) -> [Float] { [Float](repeating: 0, count: count) }

func distance(_ first: [Float], _ second: [Float]) -> Float {
  zip(first, second).reduce(0) { max($0, abs($1.0 - $1.1)) }
}
