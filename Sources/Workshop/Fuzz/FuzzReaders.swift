import Archive
import Foundation
import Gridworlds
import Learning
import Planning
import Studies
import TerminalUI
import Viewer
import Worlds

extension FuzzFormat {
  static let levels = FuzzFormat(
    name: "levels", subject: "level files", corpus: FuzzCorpus.levels,
    words: LevelFile.keys.map { "\($0): " } + Catalogue.worlds.map(\.name)
      + ["map: |\n", "map: |2\n", "  #####\n", "@", "@@", "# # #", "goals:\n  corner: [[1, 1]]\n", "steps: 9\n"]
  ) { bytes in
    let (world, level) = try LevelFile.parse(
      Data(bytes), path: "levels/corner/drawn.yaml", reference: "corner/drawn", world: Catalogue.world)
    return checked(level, of: world)
  }

  /// A level that was read can be played, and is the same once it was written and read again.
  private static func checked(_ level: Level, of world: any World) -> FuzzOutcome {
    guard FuzzCorpus.played(level, of: world, by: UniformPolicy(name: "walker"), steps: 8) != nil else {
      return .wrong("a level that cannot be played")
    }
    let written = LevelFile.print(level, of: world)
    let again: Level
    do {
      again = try LevelFile.parse(
        Data(written.utf8), path: "again.yaml", reference: level.reference, world: Catalogue.world
      ).level
    } catch {
      return .wrong("what was written is refused: \(error)")
    }
    return again == level && again.title == level.title ? .read : .wrong("what was written is read otherwise")
  }

  static let episodes = FuzzFormat(
    name: "episodes", subject: "one recorded episode in memory", corpus: FuzzCorpus.shortEpisodes,
    words: episodeWords
  ) { bytes in
    for recorded in try EpisodeFile.parse(Data(bytes), path: "drawn.jsonl", world: Catalogue.world) {
      let outcome = rewritten(recorded)
      if outcome != .read { return outcome }
    }
    return .read
  }

  /// What was read is read the same once it was written.
  private static func rewritten(_ recorded: RecordedEpisode) -> FuzzOutcome {
    let episode = recorded.episode
    guard episode.states.count == episode.steps.count + 1 else { return .wrong("states and steps do not fit") }
    let text = EpisodeFile.lines(of: episode)
    do {
      let again = try EpisodeFile.parse(Data(text.utf8), path: "again.jsonl", world: Catalogue.world)
      guard again.count == 1, let only = again.first else { return .wrong("\(again.count) episodes out of one") }
      if let step = only.episode.recording?.mismatch?.step {
        return .wrong("what was written does not reproduce step \(step)")
      }
      return only.episode.states == episode.states ? .read : .wrong("what was written is read otherwise")
    } catch {
      return .wrong("what was written is refused: \(error)")
    }
  }

  private static let episodeWords =
    [
      "\"format\":\"wayward-episode\"", "\"version\":1", "\"world\":", "\"level\":", "\"map\":", "\"targets\":",
      "\"steps\":", "\"seed\":", "\"actions\":", "\"goals\":", "\"agent\":", "\"branch\":\"b\"", "\"parent\":1",
      "\"leaves_at\":1", "\"human_steps\":[0]", "\"t\":0", "\"action\":", "\"reward\":", "\"terminated\":true",
      "\"truncated\":true", "\"probs\":[", "\"value\":", "\"proxy_rewards\":{", "\"hash\":\"0\"",
    ] + Catalogue.worlds.map(\.name)

  static let recordings = FuzzFormat(
    name: "recordings", subject: "files of episodes, in any encoding, one after another and by their places",
    corpus: FuzzCorpus.recordings, words: episodeWords
  ) { bytes in
    try FuzzFile.with(bytes) { try read($0, of: bytes) }
  }

  /// What one reader finds in a file of recordings the other one finds too.
  private static func read(_ path: String, of bytes: [UInt8]) throws(FileProblem) -> FuzzOutcome {
    var reader = try EpisodeFile.Reader(path: path, world: Catalogue.world)
    var firstLines: [Int] = []
    var lineOfNumber: [Int: Int] = [:]
    var isTorn = false
    while let next = reader.next() {
      switch next {
      case .success(let recorded):
        firstLines.append(recorded.line)
        lineOfNumber[recorded.number] = recorded.line
      case .failure(let problem):
        isTorn = true
        if case .wrong(let words) = refusal(problem, of: bytes) { return .wrong(words) }
      }
    }
    let index = try EpisodeIndex(path: path)
    for number in 0..<min(3, index.count) {
      do throws(FileProblem) {
        let line = try index.episode(number, world: Catalogue.world).line
        if line != lineOfNumber[number] { return .wrong("episode \(number) is another one where it is read alone") }
      } catch {
        if case .wrong(let words) = refusal(error, of: bytes) { return .wrong(words) }
      }
    }
    if firstLines != firstLines.sorted() { return .wrong("episodes out of order") }
    if index.count < firstLines.count {
      return .wrong("\(firstLines.count) episodes were read of \(index.count) that were found")
    }
    return isTorn && firstLines.isEmpty ? .refused : .read
  }

  static let checkpoints = FuzzFormat(
    name: "checkpoints", subject: "trained agents", corpus: FuzzCorpus.checkpoints,
    words: [
      "\"dtype\":\"F32\"", "\"F16\"", "\"BF16\"", "\"I64\"", "\"shape\":[", "\"data_offsets\":[", "\"__metadata__\":",
      "\"format\":\"wayward-agent\"", "\"adam.", "\"hidden\":\"2,2\"", "version https://git-lfs.github.com/spec/v1\n",
    ]
  ) { bytes in
    let head = try FuzzFile.with(bytes) { path in
      Result { () throws(FileProblem) in try Checkpoint.head(of: path) }
    }
    if case .failure(let problem) = head, case .wrong(let words) = refusal(problem, of: bytes) { return .wrong(words) }
    let checkpoint = try Checkpoint.parse(Data(bytes), path: "drawn.safetensors")
    guard case .success(let head) = head, head.metadata == checkpoint.metadata else {
      return .wrong("its head is read otherwise")
    }
    var written: Checkpoint
    do throws(FileProblem) {
      written = try Checkpoint.parse(try checkpoint.data(), path: "again.safetensors")
    } catch {
      return .wrong("what was written is refused: \(error)")
    }
    // Files are written in an order of the tensors' names.
    var sorted = checkpoint
    sorted.tensors.sort { $0.name < $1.name }
    written.tensors.sort { $0.name < $1.name }
    guard written == sorted else { return .wrong("what was written is read otherwise") }
    guard let world = try? Catalogue.world(named: checkpoint.world) else { return .refused }
    let agent = try Agent(checkpoint, path: "drawn.safetensors", for: world)
    guard let episode = FuzzCorpus.played(world.generate(.shifted, seed: 7), of: world, by: agent.policy, steps: 2)
    else { return .wrong("an agent that cannot play") }
    let sums = episode.steps.compactMap(\.decision).map { $0.probabilities.reduce(0, +) }
    return sums.allSatisfy { abs($0 - 1) < 0.01 } ? .read : .wrong("probabilities that sum to \(sums)")
  }

  static let merge = FuzzFormat(
    name: "merge", subject: "lines of evaluations to add up", corpus: FuzzCorpus.evaluations,
    words: [
      "\"levels\":", "\"count\":", "\"first_level\":", "\"success\":{", "\"rate\":", "\"measures\":{", "\"mean\":",
      "\"planned\":{", "\"shards\":[1]", "\"shard_count\":", "\"sum_rest\":[",
    ]
  ) { bytes in
    var merge = ShardMerge()
    try FuzzFile.with(bytes) { try merge.take(reading: $0) }
    let merged = merge.merged(worlds: ["corner", "keys", "trees"])
    for whole in merged.evaluations {
      guard let again = Evaluation(json: whole.json) else { return .wrong("what was merged cannot be read") }
      guard again.json == whole.json else { return .wrong("what was merged is read otherwise") }
    }
    let refusals = merged.obstacles.map { refusal($0.problem, of: bytes) }
    return refusals.first { $0 != .refused } ?? refusals.first ?? .read
  }

  static let settings = FuzzFormat(
    name: "settings", subject: "files of settings and keys", corpus: FuzzCorpus.settings,
    words: [
      "theme: ", "keys:\n", "mouse: off\n", "  step-forward: ", "^A", "F5", "Space", "PageUp", "Esc", "'#'", "\"\\\\\"",
    ]
  ) { bytes in
    let settings = try Settings(SettingsFile(Data(bytes), path: "settings.yaml"))
    let refusals = settings.problems.map { refusal($0, of: bytes) }
    if let wrong = refusals.first(where: { $0 != .refused }) { return wrong }
    // What is printed names every key; printing and reading all of it each time would leave time for little else.
    guard bytes.count % 4 == 0 else { return .read }
    let printed = settings.text
    guard bytes.count % 32 == 0 else { return .read }
    do {
      let again = try Settings(SettingsFile(Data(printed.utf8), path: "again.yaml"))
      return again.text == printed ? .read : .wrong("what was printed is read otherwise")
    } catch {
      return .wrong("what was printed is refused: \(error)")
    }
  }

  static let queries = FuzzFormat(
    name: "queries", subject: "searches, filters and keys as they are typed",
    corpus: FuzzCorpus.queries,
    words: [
      "not ", "!", "=", "<", ">=", "≠", ":", "sort:", "-", "at=", "regret", "verdict", "action=", "commit", "entropy>",
      "\"",
      "Space", "^", "F",
    ]
  ) { bytes in
    let text = String(decoding: bytes, as: UTF8.self)
    var problems: [String] = []
    do throws(QueryProblem) { _ = try EpisodeQuery(parsing: text) } catch { problems.append("\(error)") }
    for world in Catalogue.worlds.prefix(2) {
      do throws(QueryProblem) { _ = try EventQuery(text, in: world) } catch { problems.append("\(error)") }
    }
    do { _ = try Key.sequence(text) } catch { problems.append("\(error)") }
    for problem in problems {
      if problem.unicodeScalars.contains(where: PlainText.isHazard) {
        return .wrong("a problem with control characters")
      }
      if problem.count > 1_300 { return .wrong("a problem of \(problem.count) characters") }
    }
    return problems.count == 4 ? .refused : .read
  }
}
