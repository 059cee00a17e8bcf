import CKernels
import Dispatch
import Foundation
import Gridworlds
import Learning
import Planning
import Worlds

/// One line of the speed table.
public struct BenchmarkResult: Sendable {
  /// What was measured.
  public let name: String
  /// The best of several runs.
  public let value: Double
  /// Its unit.
  public let unit: String

  /// One line of the speed table.
  public init(_ name: String, _ value: Double, _ unit: String) {
    self.name = name
    self.value = value
    self.unit = unit
  }
}

/// Measures what the program's speed rests on.
public enum Benchmark {
  /// The least seconds of several runs: what else the machine did can only add.
  static func seconds(runs: Int = 5, _ body: () -> Void) -> Double {
    let clock = ContinuousClock()
    return (0..<runs).map { _ in clock.measure(body) / .seconds(1) }.min() ?? 0
  }

  /// Steps of a world with random actions over 1,024 levels that were drawn before; observed as in training, and not.
  public static func environments(_ world: any World, threads: Int, observing: Bool) -> BenchmarkResult {
    let count = 200_000
    let levels = (0..<UInt64(1024)).map { world.generate(.training, seed: $0) }
    let best = seconds {
      DispatchQueue.concurrentPerform(iterations: threads) { thread in
        let view = world.view
        let environment = WorldEnvironment(world, seed: UInt64(thread), view: view) { levels[$0.below(levels.count)] }
        var random = RandomSource(seed: UInt64(thread))
        let actions = world.actions.count
        let features = UnsafeMutableBufferPointer<UInt16>.allocate(capacity: view.featureCount + 1)
        defer { features.deallocate() }
        for _ in 0..<count {
          if observing { _ = environment.observe(into: features) }
          if environment.step(random.below(actions)).ending != .continues { environment.restart() }
        }
      }
    }
    let what = observing ? "steps with observations" : "steps"
    return BenchmarkResult(
      "\(world.name) \(what), \(threads) thread\(threads == 1 ? "" : "s")", Double(count * threads) / best / 1e6, "M/s")
  }

  /// Levels that a world's generator draws.
  public static func generation(_ world: any World) -> BenchmarkResult {
    let count = 500
    let best = seconds(runs: 3) { for seed in 0..<UInt64(count) { _ = world.generate(.training, seed: seed) } }
    return BenchmarkResult("\(world.name) levels drawn, 1 thread", Double(count) / best / 1e3, "k/s")
  }

  /// The dense kernel on the shape of a minibatch.
  public static func denseKernel() -> BenchmarkResult {
    let (m, k, n) = (2048, 192, 128)
    let x = [Float](repeating: 0.5, count: m * k)
    let w = [Float](repeating: 0.25, count: k * n)
    let bias = [Float](repeating: 0, count: n)
    var y = [Float](repeating: 0, count: m * n)
    let best = seconds(runs: 20) { kernels_dense(x, w, bias, &y, m, k, n, true) }
    return BenchmarkResult("dense kernel, \(m)x\(k)x\(n), 1 thread", 2 * Double(m * k * n) / best / 1e9, "GFLOP/s")
  }

  /// PPO as it runs, levels and all.
  public static func training(_ world: any World, threads: Int) -> BenchmarkResult {
    var configuration = TrainingConfiguration(for: world)
    configuration.threads = threads
    let trainer = Trainer(world: world, configuration: configuration)
    _ = trainer.update()
    let best = seconds(runs: 4) { _ = trainer.update() }
    return BenchmarkResult(
      "\(world.name) training, \(threads) thread\(threads == 1 ? "" : "s")",
      Double(configuration.stepsPerUpdate) / best / 1e3, "k steps/s")
  }

  /// Exact values of an open map.
  public static func planning(side: Int) -> BenchmarkResult {
    let world = Corner()
    var map = Grid(width: side, height: side, filledWith: Tile.wall)
    for y in 1..<(side - 1) { for x in 1..<(side - 1) { map[Position(x: x, y: y)] = .floor } }
    map[Position(x: 1, y: side - 2)] = .agent
    map[Position(x: side / 2, y: side / 2)] = Tile("*")
    guard let level = try? Level(of: world, reference: "open", map: map) else {
      return BenchmarkResult("planning", 0, "ms")
    }
    let best = seconds(runs: 3) { _ = StateGraph(world, level) }
    return BenchmarkResult("exact values, open map \(side)x\(side)", best * 1e3, "ms")
  }

  /// An episode of a world from level to verdict, values included, the playing not.
  public static func analysis(_ world: any World) -> BenchmarkResult {
    let level = world.generate(.shifted, seed: TrainingConfiguration.firstHeldOutSeed)
    let episode = world.rollout(level, policy: UniformPolicy(), seed: 1)
    let best = seconds(runs: 20) { _ = Run(episode) }
    return BenchmarkResult("\(world.name) analysis of \(episode.steps.count) steps", best * 1e3, "ms")
  }
}
