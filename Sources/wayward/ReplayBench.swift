import Foundation
import Gridworlds
import Planning
import Studies
import TerminalUI
import Viewer
import Worlds

/// An agent that also says a value, another one in each state, so that every lane has something to draw.
private struct Valued: Policy {
  let planted: PlantedPolicy
  var name: String { planted.name }

  func decide(in situation: Situation) -> Decision {
    var decision = planted.decide(in: situation)
    decision.value = Float(situation.state.stableHash % 100) / 100
    return decision
  }
}

/// What looking at episodes costs.
enum ReplayBench {
  private static let size = Size(width: 160, height: 48)
  private static let allLanes: [Key] = [.character("H"), .character("a"), .escape]

  private static func app(_ run: Run) -> App {
    var app = App(replaying: [run], agent: nil, isPlaying: false, Theme(.dark), size)
    app.drive(allLanes)
    return app
  }

  /// An agent that has gone to the corner of a level and keeps moving there.
  private static func run(_ world: Corner = Corner(), steps: Int) -> Run? {
    let drawn = world.generate(.shifted, seed: 1_000_000)
    guard let level = try? Level(of: world, reference: "bench", map: drawn.map, timeLimit: steps),
      let graph = StateGraph(world, level)
    else { return nil }
    return Agent(Valued(planted: PlantedPolicy(graph, goal: 1, lapse: 0.1))).run(world, level)
  }

  /// A million steps: the longest of 100 jumps with the picture after it, and the most memory that the process has held.
  static func longEpisode() -> [BenchmarkResult] {
    guard let run = run(steps: Level.largestTimeLimit) else { return [] }
    var app = app(run)
    var random = RandomSource(seed: 1)
    let clock = ContinuousClock()
    _ = app.picture(size: size)
    let times = (0..<100).map { _ -> Double in
      let keys = [Key.character(":")] + "\(random.below(run.episode.steps.count))".map { .character($0) } + [.enter]
      // The best of three: what else the machine did can only add.
      return (0..<3).map { _ in
        clock.measure {
          app.drive(keys)
          _ = app.picture(size: size)
        } / .milliseconds(1)
      }.min() ?? 0
    }
    let count = "\(run.episode.steps.count) steps"
    return [
      BenchmarkResult("a jump in \(count), 160x48, all lanes", times.min() ?? 0, "ms"),
      BenchmarkResult("the longest of 100 such jumps", times.max() ?? 0, "ms"),
      BenchmarkResult("memory of it, the program's included", Double(peakMemory()) / 1e6, "MB"),
    ]
  }

  /// Drawing into a canvas.
  static func frames() -> [BenchmarkResult] {
    let world = Corner()
    let run = Agent(UniformPolicy()).run(world, world.generate(.shifted, seed: 1_000_000))
    let clock = ContinuousClock()
    return [("", []), (", all lanes", allLanes)].map { words, keys in
      var app = App(replaying: [run], agent: nil, isPlaying: false, Theme(.dark), size)
      app.drive(keys + [.character("5")])
      let best = (0..<20).map { _ in clock.measure { _ = app.picture(size: size) } / .milliseconds(1) }.min() ?? 0
      return BenchmarkResult("drawing a frame of the replay, 160x48\(words)", best, "ms")
    }
  }

  /// Bytes that a step of the agent writes to a terminal of 256 colours, on its way to the corner of a maze of 21 × 21.
  static func bytes() -> [BenchmarkResult] {
    guard let run = run(Corner(size: 21), steps: 128), let end = run.episode.achievement(of: 1) else { return [] }
    return [("", []), (", inspector closed", [Key.character("I")])].flatMap { words, keys -> [BenchmarkResult] in
      var app = app(run)
      app.drive(keys)
      var frames = [app.picture(size: size)]
      for _ in 0..<end {
        app.drive([.character(".")])
        frames.append(app.picture(size: size))
      }
      guard let counts = TerminalBytes.count(frames)?.dropFirst().sorted(), !counts.isEmpty else { return [] }
      return [
        BenchmarkResult(
          "a step on the terminal, all lanes\(words), mean", Double(counts.reduce(0, +)) / Double(counts.count), "bytes"
        ),
        BenchmarkResult("the same, median", Double(counts[counts.count / 2]), "bytes"),
      ]
    }
  }

  /// The most bytes of memory that this process has held at once.
  private static func peakMemory() -> Int {
    var usage = rusage()
    #if canImport(Darwin)
      getrusage(RUSAGE_SELF, &usage)
      return usage.ru_maxrss
    #else
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      return usage.ru_maxrss * 1_024
    #endif
  }
}
