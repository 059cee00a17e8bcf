import Foundation
import Gridworlds
import Testing

@Suite("Chance and numbers")
struct BasicsTests {
  @Test("the stream of a seed is the same on every machine: SplitMix64's published numbers")
  func splitMix() {
    // The first outputs of SplitMix64 from state 1234567 (Vigna's reference implementation).
    var random = RandomSource(state: 1_234_567)
    #expect(random.next() == 6_457_827_717_110_365_317)
    #expect(random.next() == 3_203_168_211_198_807_973)
  }

  @Test("below stays below and meets every number about as often")
  func below() {
    var random = RandomSource(seed: 1)
    var counts = Array(repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[random.below(7)] += 1 }
    for count in counts { #expect(abs(count - 10_000) < 500) }
  }

  @Test("a sample follows its distribution, and rounding never picks what has no weight")
  func sampling() {
    var random = RandomSource(seed: 2)
    var counts = [0, 0, 0]
    for _ in 0..<10_000 { counts[random.sample([0.2, 0.8, 0])] += 1 }
    #expect(abs(counts[0] - 2_000) < 200)
    #expect(counts[2] == 0)
    #expect(random.sample([0.3, 0.3, 0]) != 2)
  }

  @Test("entropy and divergence agree with the library's logarithm")
  func information() {
    let first = Decision(probabilities: [0.5, 0.25, 0.25])
    let second = Decision(probabilities: [0.25, 0.5, 0.25])
    #expect(abs(first.entropy - 1.5) < 1e-9)
    #expect(abs(first.divergence(from: second) - (0.5 * log2(2) + 0.25 * log2(0.5))) < 1e-9)
    #expect(Decision(probabilities: [1, 0]).entropy == 0)
  }

  @Test("a packed state gives the state back, and its hash does not change between runs")
  func packing() {
    struct State: Hashable, BitwiseCopyable { var place: Position, flags: UInt32 }
    let state = State(place: Position(x: 3, y: 7), flags: 9)
    #expect(PackedState(state).unpacked(as: State.self) == state)
    #expect(PackedState(state).stableHash == 4_077_209_928_638_453_240)
    #expect(PackedState(state) != PackedState(State(place: Position(x: 7, y: 3), flags: 9)))
  }

  @Test("a grid refuses rows of different lengths")
  func ragged() {
    #expect(Grid(rows: [[1, 2], [3]]) == nil)
    #expect(Grid(rows: [[1, 2], [3, 4]])?.positions(of: 3) == [Position(x: 0, y: 1)])
  }
}
