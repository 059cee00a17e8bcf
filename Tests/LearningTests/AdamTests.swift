import Testing

@testable import Learning

@Suite struct AdamTests {
  @Test("along a constant slope every step is as long as the rate: both moments are corrected for their start")
  func constantSlope() {
    let parameters = Buffer<Float>(3, repeating: 0)
    let gradient = Buffer<Float>([0.5, -20, 0], else: 0)
    let adam = Adam(AdamState(parameterCount: 3))
    for step in 1...5 {
      adam.step(parameters, along: gradient, scale: 2, rate: 0.25, by: Workers(threads: 1))
      let way = 0.25 * Float(step)
      #expect(abs(parameters[0] + way) < 1e-4 && abs(parameters[1] - way) < 1e-4 && parameters[2] == 0)
    }
    #expect(adam.state.steps == 5)
  }

  @Test("an optimiser made from another's state goes on like it")
  func state() {
    let (first, second) = (Buffer<Float>(40, repeating: 1), Buffer<Float>(40, repeating: 1))
    let gradient = Buffer(numbers(40, seed: 1), else: 0)
    let adam = Adam(AdamState(parameterCount: 40))
    for parameters in [first, second] {
      let copy = Adam(adam.state)
      copy.step(parameters, along: gradient, scale: 1, rate: 0.1, by: Workers(threads: 1))
    }
    #expect(first.array == second.array)
    #expect(first.array != [Float](repeating: 1, count: 40))
  }
}
