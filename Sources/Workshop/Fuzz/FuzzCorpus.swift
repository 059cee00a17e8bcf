import Archive
import Foundation
import Gridworlds
import Learning
import Planning
import Studies
import Viewer
import Worlds

/// Small inputs as the program itself writes them, of every world: what there is to change.
enum FuzzCorpus {
  /// A drawn level of each split of every world, small where the world has sizes.
  static func drawn() -> [(world: any World, level: Level)] {
    Catalogue.worlds.flatMap { world in Split.allCases.map { (world, world.generate($0, seed: 7)) } }
  }

  static func levels() -> [[UInt8]] {
    drawn().map { Array(LevelFile.print($0.level, of: $0.world).utf8) } + bareLevels
  }

  /// Four steps of a random walker in each of them.
  static func shortEpisodes() -> [[UInt8]] { episodes(steps: 4) }

  private static func episodes(steps: Int) -> [[UInt8]] {
    drawn().enumerated().map { number, drawn in
      let policy = UniformPolicy(name: "random walker")
      // Some end in time, the others stop.
      let length = number % 3 > 0 ? steps : 100
      guard let episode = played(drawn.level, of: drawn.world, by: policy, steps: length) else { return [] }
      let lines = EpisodeFile.lines(of: episode).utf8.split(separator: 10).prefix(steps + 1)
      return Array(lines.joined(separator: [10])) + [10]
    }
  }

  /// What a policy does on a level in so many steps at most.
  static func played(_ level: Level, of world: any World, by policy: some Policy, steps: Int) -> Episode? {
    let short = try? Level(of: world, reference: level.reference, map: level.map, timeLimit: steps)
    return short.map { world.rollout($0, policy: policy, seed: 1) }
  }

  /// Files of several episodes, among them one that stops and one in another encoding.
  static func recordings() -> [[UInt8]] {
    let episodes = episodes(steps: 3)
    let pairs = zip(episodes, episodes.dropFirst()).map { $0 + $1 }
    let texts = episodes.prefix(6).map { String(decoding: $0, as: UTF8.self) }
    let wide = texts.flatMap { text -> [[UInt8]] in
      let units = [0xFEFF] + Array(text.utf16)
      return [
        units.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }, units.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] },
      ]
    }
    let marked = texts.map { [0xEF, 0xBB, 0xBF] + [UInt8]($0.utf8) }
    let torn = pairs.map { Array($0.dropLast($0.count / 5)) }
    return pairs + torn + marked + wide
  }

  /// The smallest agent that every world can have, every other one in half precision.
  static func checkpoints() -> [[UInt8]] {
    Catalogue.worlds.enumerated().compactMap { index, world in
      let view = world.view.cropped(width: 3, height: 3)
      let network = Network(featureCount: view.featureCount, hidden: [2, 2], actionCount: world.actions.count, seed: 1)
      let checkpoint = Checkpoint(
        tensors: network.tensors, world: world.name, view: (view.width, view.height), features: view.featureCount,
        hidden: [2, 2], actions: world.actions.map(\.name), command: "wayward train \(world.name) --seed 1", seed: 1,
        steps: 8_192, severity: 0, isHalf: index % 2 == 1,
        rates: .init(levels: 100, trainSuccess: 0.98, shiftSuccess: 0.3, shiftProxyOnly: 0.5, shiftNeither: 0.2))
      return (try? checkpoint.data()).map { [UInt8]($0) }
    }
  }

  /// Two shards of an evaluation.
  static func evaluations() -> [[UInt8]] {
    ["corner", "keys", "trees"].compactMap { try? Catalogue.world(named: $0) }.map { world in
      let agent = Agent(UniformPolicy(name: "random walker"))
      let parts = (1...2).map { shard in
        let range = EvaluationPlan.range(levels: 4, shard: shard, of: 2)
        var part = Evaluation(agent, in: world, split: .shifted, levels: range, threads: 1)
        part.plan = EvaluationPlan(
          command: "wayward eval \(world.name)", version: "1.0.0", levels: 4,
          firstLevel: TrainingConfiguration.firstHeldOutSeed,
          shards: [shard], of: 2, line: 1, lines: 1)
        return part.json.text
      }
      return Array((parts.joined(separator: "\n") + "\n").utf8)
    }
  }

  /// Short files, as people keep them, out of the long one that the program prints.
  static func settings() -> [[UInt8]] {
    let lines = Settings().text.split(separator: "\n").filter { !$0.hasPrefix("#") }
    let options = lines.prefix { !$0.hasPrefix("keys") }
    let keys = lines.drop { !$0.hasPrefix("keys") }.dropFirst()
    // Each screen's keys stand below its name.
    var screens: [[Substring]] = []
    for line in keys {
      if line.hasSuffix(":") { screens.append([]) }
      if !screens.isEmpty { screens[screens.count - 1].append(line) }
    }
    return screens.map { Array((options + ["keys:"] + $0.prefix(8)).joined(separator: "\n").utf8) + [10] }
  }

  /// Searches, filters and keys.
  static func queries() -> [[UInt8]] {
    [
      "lost > 0.5 sort:-regret", "steps>=3 !lost split:shift depart!=4", "return<1e2 agent:seed-1",
      "regret>0 not action=up", "departure", "reached corner", "at=5,3", "step>=5 step<8", "no-return",
      "Space , , d q ^A F5 PgUp",
    ].map { Array($0.utf8) }
  }

  private static let bareLevels: [[UInt8]] = [
    "world: corner\ntitle: The cheese is two steps away\nmap: |\n  #####\n  #@.*#\n  #####\n",
    "world: corner\nmap: |2\n    # # # # #\n    # @ . * #\n    # # # # #\n",
    "#####\n#@.*#\n#...#\n#####\n",
    "# a note of somebody\nworld: \"corner\"\nnote: |\n  two\n  lines\nsteps: 20\ngoals:\n  corner: [[1, 1]]\nmap: |\n"
      + "  #####\r\n  #@.*#\r\n  #####\r\n",
  ].map { Array($0.utf8) }
}
