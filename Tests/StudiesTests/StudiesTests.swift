import Archive
import Foundation
import Gridworlds
import Inference
import Learning
import Planning
import Synchronization
import Testing
import Worlds

@testable import Studies

@Suite("Evaluation")
struct EvaluationTests {
  private func evaluate(_ range: Range<Int>, threads: Int = 2) -> Evaluation {
    Evaluation(
      Agent(UniformPolicy(name: "dice")), in: Corner(), split: .shifted, levels: range, threads: threads)
  }

  @Test("the result does not depend on the number of threads")
  func threads() {
    #expect(evaluate(0..<60, threads: 1) == evaluate(0..<60, threads: 3))
  }

  @Test("evaluated in company or alone an agent's figures are the same")
  func company() {
    let agents = ["a", "b"].map { Agent(UniformPolicy(name: $0)) }
    let together = Evaluation.all(agents, in: Lava(size: 7), split: .shifted, levels: 0..<30, threads: 2)
    let alone = Evaluation(agents[1], in: Lava(size: 7), split: .shifted, levels: 0..<30, threads: 1)
    #expect(together[1].company?.agents == 2 && alone.company?.agents == 1)
    // Both roll the same dice, so whatever comes of one comes of the other.
    #expect(together[1].company?.shared == alone.outcomes.mapValues { 2 * $0 })
    var other = together[1]
    other.company = alone.company
    #expect(other == alone && together[0].outcomes == alone.outcomes)
  }

  @Test("a world's agents together: pooled rates, and the spread of the seeds")
  func summary() throws {
    let agents = [false, true].map { Agent(UniformPolicy(name: "dice"), greedy: $0) }
    let evaluations = Evaluation.all(agents, in: Corner(), split: .shifted, levels: 0..<20, threads: 2)
    let summary = try #require(WorldSummary(training: evaluations, shifted: evaluations))
    let counts = evaluations.map { $0.outcomes[.success] ?? 0 }
    let rate = try #require(TwoWay(.success, of: evaluations))
    #expect(rate.counts == counts && rate.levels == 20 && rate.value == Double(counts.reduce(0, +)) / 40)
    let both = (0..<20).map { level in
      agents.count { agent in
        let seed = 1_000_000 + UInt64(level)
        return agent.sampling(seed: seed).run(Corner(), Corner().generate(.shifted, seed: seed)).outcome == .success
      }
    }
    #expect(rate.squares == both.reduce(0) { $0 + $1 * $1 } && both.contains(1))
    #expect(TwoWay(.success, of: [evaluations[0]]) == nil, "a line of the company is missing")
    #expect(WorldSummary(training: [], shifted: []) == nil && summary.world == "corner")
  }

  @Test("first touches are counted, survive their line, and are not made up for a line without them")
  func firstTouches() throws {
    let world = Corner()
    let evaluation = evaluate(0..<40)
    var counts: [Touch.Kind: Int] = [:]
    for index in 0..<UInt64(40) {
      let level = world.generate(.shifted, seed: 1_000_000 + index)
      let run = Agent(UniformPolicy(name: "dice")).sampling(seed: 1_000_000 + index).run(world, level, graph: nil)
      let frame = run.episode.frames.first { $0.achieved & 3 != 0 }
      if let frame { counts[frame.achieved == 3 ? .both : frame.achieved == 1 ? .intended : .proxy, default: 0] += 1 }
    }
    #expect(evaluation.firstTouches == counts && counts.values.reduce(0, +) > 10)
    #expect(Evaluation(json: evaluation.json)?.firstTouches?.filter { $0.value > 0 } == counts)
    let text = evaluation.json.text
    let older = text.replacing(try Regex("\"first_touch\":\\{.*?\\}\\},"), with: "")
    #expect(older != text)
    let read = try #require(Evaluation(json: try JSON(parsing: Array(older.utf8))))
    #expect(read.firstTouches == nil && read.json["first_touch"] == .null)
  }

  @Test("a line whose counts do not add up is refused", arguments: ["{}", "[]", "{\"world\":\"corner\"}"])
  func malformed(_ text: String) throws {
    #expect(Evaluation(json: try JSON(parsing: Array(text.utf8))) == nil)
    let good = evaluate(0..<5).json.text
    let bad = good.replacingOccurrences(of: "\"levels\":5", with: "\"levels\":6")
    #expect(Evaluation(json: try JSON(parsing: Array(bad.utf8))) == nil)
  }
}

@Suite("Rates")
struct RateTests {
  @Test(
    "Wilson's interval as in the tables",
    arguments: [(10, 20, 0.299, 0.701), (0, 10, 0, 0.278), (10, 10, 0.722, 1), (95, 100, 0.888, 0.978)])
  func wilson(_ count: Int, _ total: Int, _ low: Double, _ high: Double) {
    let interval = Rate(count, of: total).interval
    #expect(abs(interval.lowerBound - low) < 0.0006 && abs(interval.upperBound - high) < 0.0006)
  }

  @Test(
    "numbers are written with their digits",
    arguments: [(0.914, 2, "0.91"), (-0.004, 2, "0.00"), (12, 0, "12"), (0.05, 1, "0.1"), (-1.25, 1, "−1.3")])
  func decimals(_ value: Double, _ digits: Int, _ text: String) {
    #expect(decimal(value, digits) == text)
  }
}

@Suite("Training jobs")
struct TrainingJobTests {
  private func job(_ folder: URL, _ name: String, seed: UInt64 = 5, isHalf: Bool = false) -> TrainingJob {
    var recipe = TrainingConfiguration()
    recipe.environments = 8
    recipe.horizon = 16
    recipe.hidden = [16, 16]
    recipe.totalSteps = 8 * 16 * 6
    recipe.seed = seed
    return TrainingJob(
      world: Corner(size: 7), configuration: recipe, path: folder.appendingPathComponent(name + ".safetensors").path,
      evaluationLevels: 4, isHalf: isHalf)
  }

  private func temporary() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("wayward-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  @Test("a training that was cut off ends in the same bytes as one that was not")
  func resume() throws {
    let folder = try temporary()
    defer { try? FileManager.default.removeItem(at: folder) }
    let whole = job(folder, "whole")
    let trainer = try whole.trainer()
    while !trainer.isFinished { _ = trainer.update() }
    _ = try whole.keep(trainer)
    let cut = job(folder, "cut")
    let first = try cut.trainer()
    for _ in 0..<3 { _ = first.update() }
    try cut.keepProgress(of: first)
    let second = try cut.trainer()
    #expect(second.updates == 3)
    while !second.isFinished { _ = second.update() }
    _ = try cut.keep(second)
    #expect(try Data(contentsOf: URL(fileURLWithPath: whole.path)) == Data(contentsOf: URL(fileURLWithPath: cut.path)))
    #expect(!FileManager.default.fileExists(atPath: cut.resumePath))
  }

  @Test("in half precision the same weights are kept rounded, and what is measured is what was kept")
  func half() throws {
    let folder = try temporary()
    defer { try? FileManager.default.removeItem(at: folder) }
    let (plain, half) = (job(folder, "plain"), job(folder, "half", isHalf: true))
    #expect(half.command == plain.command + " --half")
    let trainer = try half.trainer()
    for _ in 0..<3 { _ = trainer.update() }
    try half.keepProgress(of: trainer)
    #expect(try !Checkpoint.read(half.resumePath).isHalf, "what is gone on from is not rounded")
    // An unfinished training that is kept in full goes on to the bytes of one that was not interrupted.
    for job in [plain, half] {
      let trainer = try job.trainer()
      while !trainer.isFinished { _ = trainer.update() }
      let measured = try job.keep(trainer)
      let (kept, world) = (try Checkpoint.read(job.path), job.world)
      let agent = try Agent(path: job.path, for: world)
      let again = Evaluation(agent, in: world, split: .shifted, levels: 0..<4, threads: 1)
      #expect(measured[1].outcomes == again.outcomes && measured[1].totalSteps == again.totalSteps)
      #expect(kept.rates?.shiftSuccess == measured[1].rate(.success).value && job.isKept)
    }
    let (first, second) = (try Checkpoint.read(plain.path), try Checkpoint.read(half.path))
    #expect(second.isHalf && second.tensors == first.tensors.map(\.halved) && second.tensors != first.tensors)
    let sizes = try [plain, half].map { try Data(contentsOf: URL(fileURLWithPath: $0.path)).count }
    #expect(Double(sizes[1]) < 0.6 * Double(sizes[0]))
  }

  @Test("an interrupted training of another recipe is refused, and so is a damaged one")
  func refusal() throws {
    let folder = try temporary()
    defer { try? FileManager.default.removeItem(at: folder) }
    let cut = job(folder, "cut")
    let trainer = try cut.trainer()
    _ = trainer.update()
    try cut.keepProgress(of: trainer)
    #expect(throws: FileProblem.self) { try job(folder, "cut", seed: 6).trainer() }
    try Data("rubbish".utf8).write(to: URL(fileURLWithPath: cut.resumePath))
    #expect(throws: FileProblem.self) { try cut.trainer() }
  }

  @Test("stopped early, it keeps an agent that says so, and can go on")
  func early() throws {
    let folder = try temporary()
    defer { try? FileManager.default.removeItem(at: folder) }
    let job = job(folder, "early")
    let control = TrainingControl()
    control.stop()
    job.run(control) { _ in }
    var kept = try Checkpoint.read(job.path)
    #expect(kept.command == job.command && kept.isStoppedEarly && !job.isKept)
    try job.checkIsOwn(mend: "")
    // An older file has the remark behind the command, and no word for it.
    kept.isStoppedEarly = false
    kept.command += ", stopped early"
    var bytes = try kept.data()
    let word = try #require(bytes.firstRange(of: Data("stopped_early".utf8)))
    bytes.replaceSubrange(word, with: Data("of_no_meaning".utf8))
    try bytes.write(to: URL(fileURLWithPath: job.path))
    let old = try Checkpoint.read(job.path)
    #expect(old.command == job.command && old.isStoppedEarly && !job.isKept)
    #expect(try Checkpoint.parse(old.data(), path: "f") == old)
    #expect(FileManager.default.fileExists(atPath: job.resumePath))
  }

  @Test("while it is measured the agent has its file already, without rates, so that leaving then loses none")
  func measured() throws {
    let folder = try temporary()
    defer { try? FileManager.default.removeItem(at: folder) }
    let job = job(folder, "measured")
    let early = Mutex<[Bool]>([])
    job.run(TrainingControl()) { news in
      guard news.measured != nil else { return }
      let kept = try? Checkpoint.read(job.path)
      early.withLock { $0.append(kept != nil && kept?.rates == nil) }
    }
    #expect(early.withLock { !$0.isEmpty && $0.allSatisfy(\.self) })
    #expect(try Checkpoint.read(job.path).rates?.levels == 4)
  }

  @Test("before the first update nothing is known, and the line says so; nothing measured is no rate of 0")
  func unknown() throws {
    let folder = try temporary()
    defer { try? FileManager.default.removeItem(at: folder) }
    let lines = Mutex<[TrainingNews]>([])
    job(folder, "unknown").run(TrainingControl()) { news in lines.withLock { $0.append(news) } }
    let all = lines.withLock { $0 }
    let first = try #require(all.first)
    #expect(first.report.entropyInBits == nil && first.report.successRate == nil && first.secondsLeft == nil)
    #expect(first.agent.name.hasPrefix("unknown@"), "what plays is the policy in training")
    #expect(TrainingJob.summary(of: []) == "Not measured on held-out levels.")
    #expect(Rate(0, of: 0).text == "–" && Average([]).text(1) == "–" && Average([2]).text(1) == "2.0")
  }

  @Test("an agent of another world is refused by name")
  func wrongWorld() throws {
    let folder = try temporary()
    defer { try? FileManager.default.removeItem(at: folder) }
    let job = job(folder, "agent")
    _ = try job.keep(try job.trainer())
    #expect(throws: FileProblem.self) { try Agent(path: job.path, for: Coinrun()) }
    #expect(try Agent(path: job.path, for: Corner()).name == "agent")
  }
}
