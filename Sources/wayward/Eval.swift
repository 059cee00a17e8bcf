import Archive
import ArgumentParser
import Foundation
import Gridworlds
import Planning
import Studies
import Worlds

/// `wayward eval`: rates over held-out levels.
struct Eval: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Rates of success, proxy and verdicts over held-out levels, with 95 % intervals.",
    subcommands: [Rates.self, Merge.self], defaultSubcommand: Rates.self)

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, json, csv }

  struct Rates: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rates", abstract: "Play agents on held-out levels and count.",
      discussion: """
        JSON has one object a line, an agent and a split each: world, split, agent, seed, first_level, levels, steps, \
        steps_mean, success, proxy_only, neither (each rate, low, high, count), departures, verdicts. A shard i/n \
        plays the i-th of n parts; wayward eval merge adds them up.
        """)

    @Argument(help: "The world: corner, coinrun, corner-13.")
    var world: String

    @Option(help: "train, shift, or both unless given.")
    var split: Split?

    @Option(help: "Held-out levels.")
    var levels = 1000

    @Option(parsing: .upToNextOption, help: "Agents by name or file; all of the world unless given.")
    var agents: [String] = []

    @Option(help: "The part to play, as 1/4.")
    var shard: Shard = Shard(number: 1, of: 1)

    @Option(help: "Threads.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    @Flag(help: "Take the most probable action always, instead of a sample.")
    var greedy = false

    @Option(help: "table, json or csv.")
    var format = Format.table

    @Option(name: .customLong("levels-dir"), help: "The folder with levels and agents.")
    var folder: String?

    func validate() throws {
      if !(1...100_000_000).contains(levels) { throw ValidationError("--levels is from 1 to 100000000") }
      if !(1...64).contains(threads) { throw ValidationError("--threads is from 1 to 64") }
    }

    func run() throws {
      let library = try Library(
        levelsOption: folder, environment: ProcessInfo.processInfo.environment, executable: Bundle.main.executablePath)
      let world: any World
      do {
        world = try Catalogue.world(named: self.world)
      } catch {
        throw ValidationError("\(error)")
      }
      let found =
        agents.isEmpty
        ? try library.agents(of: world.family).map { try Agent(path: $0, for: world) }
        : try agents.map { try library.agent($0, for: world) }
      guard !found.isEmpty else {
        _ = try library.agent(nil, for: world)
        return
      }
      let range = Evaluation.range(levels: levels, shard: shard.number, of: shard.count)
      var evaluations: [Evaluation] = []
      for agent in found {
        for split in split.map({ [$0] }) ?? Split.allCases {
          let meter = Meter("\(world.name) \(agent.name) \(split.rawValue)", of: range.count)
          evaluations.append(
            Evaluation(
              agent, in: world, split: split, levels: range, threads: threads, greedy: greedy, progress: meter.show))
          meter.clear()
        }
      }
      Eval.print(evaluations, as: format)
    }
  }

  struct Merge: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Add up the JSON of shards.")

    @Argument(help: "Files that wayward eval --format json --shard i/n wrote; - is standard input.")
    var files: [String]

    @Option(help: "table, json or csv.")
    var format = Format.table

    func run() throws {
      var parts: [[String]: [Evaluation]] = [:]
      var order: [[String]] = []
      for file in files {
        let text = try BoundedFile.read(file, limit: 64 << 20)
        for (number, line) in text.split(separator: UInt8(ascii: "\n")).enumerated() {
          guard let json = try? JSON(parsing: line), let part = Evaluation(json: json) else {
            throw FileProblem(
              path: file, line: number + 1, cause: "this is no line of wayward eval --format json",
              mend: "write the shards again with --format json")
          }
          let key = [part.world, part.split, part.agent, "\(part.seed)"]
          if parts[key] == nil { order.append(key) }
          parts[key, default: []].append(part)
        }
      }
      let merged = try order.map { key in
        guard let whole = Evaluation.merged(parts[key] ?? []) else {
          throw FileProblem(
            path: files.joined(separator: ", "), cause: "two shards of \(key.joined(separator: " ")) overlap",
            mend: "give each shard once")
        }
        return whole
      }
      Eval.print(merged, as: format)
    }
  }

  static func print(_ evaluations: [Evaluation], as format: Format) {
    switch format {
    case .json: for evaluation in evaluations { Swift.print(evaluation.json.text) }
    case .csv:
      Swift.print(
        "world,split,agent,seed,first_level,levels,steps_mean,success,success_low,success_high,proxy_only,"
          + "proxy_only_low,proxy_only_high,neither,neither_low,neither_high,departures,"
          + Verdict.names.joined(separator: ","))
      for evaluation in evaluations {
        let rates = Outcome.allCases.flatMap { outcome -> [String] in
          let rate = evaluation.rate(outcome)
          return [rate.value, rate.interval.lowerBound, rate.interval.upperBound].map { decimal($0, 4) }
        }
        let fields =
          [evaluation.world, evaluation.split, evaluation.agent, "\(evaluation.seed)", "\(evaluation.firstLevel)"]
          + ["\(evaluation.levels)", decimal(evaluation.meanSteps)] + rates + ["\(evaluation.departures)"]
          + Verdict.names.map { "\(evaluation.verdicts[$0] ?? 0)" }
        Swift.print(fields.joined(separator: ","))
      }
    case .table: printTable(evaluations)
    }
  }

  private static func printTable(_ evaluations: [Evaluation]) {
    guard let first = evaluations.first else { return }
    func row(_ cells: [String]) {
      let widths = [22, 6, 22, 22, 22, 7, 36]
      Swift.print(
        zip(cells, widths).map { $0 + String(repeating: " ", count: max(1, $1 - $0.count)) }.joined()
          .trimmingCharacters(in: .whitespaces))
    }
    Swift.print("\(first.world): \(first.levels) held-out levels from number \(first.firstLevel), actions sampled")
    row(["agent", "split", "success", "proxy only", "neither", "steps", "verdicts: int/misg/incap/other/und"])
    for evaluation in evaluations {
      let rates = Outcome.allCases.map { outcome -> String in
        let rate = evaluation.rate(outcome)
        return "\(decimal(rate.value, 3)) [\(decimal(rate.interval.lowerBound, 3)), "
          + "\(decimal(rate.interval.upperBound, 3))]"
      }
      let verdicts = Verdict.names.map { "\(evaluation.verdicts[$0] ?? 0)" }.joined(separator: "/")
      row([evaluation.agent, evaluation.split] + rates + [decimal(evaluation.meanSteps, 1), verdicts])
    }
    Swift.print("mean evidence an episode, in bits:")
    for evaluation in evaluations {
      func mean(_ sample: Sample) -> String {
        "\(signed(sample.mean)) [\(signed(sample.interval.lowerBound)), \(signed(sample.interval.upperBound))]"
      }
      Swift.print(
        "\(evaluation.agent) \(evaluation.split): agent over device \(mean(evaluation.agentOverDevice)), "
          + "proxy over intended goal \(mean(evaluation.proxyOverIntended))")
    }
  }
}

/// A part of an evaluation: `2/4`.
struct Shard: ExpressibleByArgument {
  let number: Int, count: Int

  init(number: Int, of count: Int) { (self.number, self.count) = (number, count) }

  init?(argument: String) {
    let parts = argument.split(separator: "/").map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1], (1...100_000).contains(count),
      (1...count).contains(number)
    else { return nil }
    self.init(number: number, of: count)
  }

  var defaultValueDescription: String { "\(number)/\(count)" }
}

extension Split: ExpressibleByArgument {}
