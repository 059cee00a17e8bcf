import Archive
import ArgumentParser
import Foundation
import Inference
import Planning
import Studies
import Workshop
import Worlds

/// `wayward bench`: the speed table.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure what the program's speed rests on; the best of several runs each.",
    discussion: Schema.measurement.sentence)

  @Option(help: "text or json.")
  var format = TextFormat.text

  private static let cores = ProcessInfo.processInfo.activeProcessorCount

  func run() throws {
    if format == .text { try Output.line("\(Bench.cores) cores") }
    try Output.flush()
    // First, while the process holds nothing else.
    for result in ReplayBench.longEpisode() { try show(result) }
    for result in ReplayBench.frames() + ReplayBench.bytes() { try show(result) }
    for world in Catalogue.worlds {
      try show(Benchmark.environments(world, threads: 1, observing: false))
      for threads in [1, 2] { try show(Benchmark.environments(world, threads: threads, observing: true)) }
      try show(Benchmark.generation(world))
    }
    try show(Benchmark.denseKernel())
    for world in Catalogue.worlds { for threads in [1, 2] { try show(Benchmark.training(world, threads: threads)) } }
    for side in [64, 128, 256, 512, 1024] { try show(Benchmark.planning(side: side)) }
    for world in Catalogue.worlds { try show(Benchmark.analysis(world)) }
    try show(startUp())
  }

  private func show(_ measurement: BenchmarkResult) throws {
    let value = decimal(measurement.value, measurement.value < 10 ? 2 : 0) + " " + measurement.unit
    try Output.line(
      format == .json
        ? Bench.json(of: measurement).text
        : TextTable([.init(width: 46), .init()]).line([measurement.name, value]))
    try Output.flush()
  }

  /// The documented object.
  static func json(of measurement: BenchmarkResult) -> JSON {
    .object([
      .init("name", .string(measurement.name)), .init("value", .double(measurement.value)),
      .init("unit", .string(measurement.unit)), .init("cores", .integer(cores)),
    ])
  }

  /// The whole process, from its start to a first frame printed.
  private func startUp() -> BenchmarkResult {
    let clock = ContinuousClock()
    let program = Bundle.main.executablePath ?? CommandLine.arguments[0]
    let words = [program, "watch", "corner:shift#1000000", "--dump-screen"]
    // Foundation's Process waits in steps of its own that are longer than what is measured.
    let times = (0..<10).compactMap { _ -> Double? in
      var arguments = words.map { strdup($0) } + [nil]
      defer { for text in arguments { free(text) } }
      #if canImport(Darwin)
        var actions: posix_spawn_file_actions_t?
      #else
        var actions = posix_spawn_file_actions_t()
      #endif
      posix_spawn_file_actions_init(&actions)
      defer { posix_spawn_file_actions_destroy(&actions) }
      for descriptor: Int32 in 0...2 { posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0) }
      var (child, status): (pid_t, Int32) = (0, 0)
      var isStarted = false
      let time = clock.measure {
        isStarted = posix_spawn(&child, program, &actions, nil, &arguments, environ) == 0
        if isStarted { waitpid(child, &status, 0) }
      }
      return isStarted && status == 0 ? time / .milliseconds(1) : nil
    }
    return BenchmarkResult("start of wayward watch to its first frame", times.min() ?? 0, "ms")
  }
}
