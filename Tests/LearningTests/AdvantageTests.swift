import Testing

@testable import Learning

@Suite struct AdvantageTests {
  private func sample(_ reward: Float, _ value: Float, _ next: Sample.Next = .continues) -> Sample {
    Sample(reward: reward, value: value, next: next)
  }

  @Test("three steps worked out by hand")
  func byHand() {
    let samples = [sample(0, 0.5), sample(0, 0.25), sample(1, 0.75, .terminates)]
    // δ₂ = 1 − ¾ = ¼;  δ₁ = ½·¾ − ¼ = ⅛;  δ₀ = ½·¼ − ½ = −⅜;  A = δ + ½·½·A′
    let wanted: [Float] = [-0.375 + 0.1875 / 4, 0.125 + 0.25 / 4, 0.25]
    #expect(advantages(of: samples, discount: 0.5, trace: 0.5) == wanted)
  }

  @Test("a time limit bootstraps, a true end does not: the world went on")
  func endings() {
    #expect(advantages(of: [sample(0, 1, .truncates(value: 4))], discount: 0.5, trace: 1) == [1])
    #expect(advantages(of: [sample(0, 1, .terminates)], discount: 0.5, trace: 1) == [-1])
  }

  @Test(
    "nothing leaks from one episode into the one before it", arguments: [Sample.Next.terminates, .truncates(value: 2)])
  func episodesApart(next: Sample.Next) {
    let first = [sample(1, 2), sample(3, 4, next)]
    let second = [sample(100, 5, .terminates)]
    let apart = advantages(of: first, discount: 0.9, trace: 0.8) + advantages(of: second, discount: 0.9, trace: 0.8)
    #expect(advantages(of: first + second, discount: 0.9, trace: 0.8) == apart)
  }

  @Test("with λ = 1 the advantage is the return less the value: Monte Carlo")
  func monteCarlo() {
    let samples = [sample(1, 9), sample(2, 8), sample(4, 7, .terminates)]
    let returns: [Float] = [1 + 1 + 1, 2 + 2, 4]
    #expect(advantages(of: samples, discount: 0.5, trace: 1) == zip(returns, samples).map { $0 - $1.value })
  }

  @Test("no experience has no advantages") func none() {
    #expect(advantages(of: [], discount: 0.9, trace: 0.9) == [])
  }
}
