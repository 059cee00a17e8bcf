import Archive
import Foundation
import Gridworlds
import Learning
import Planning
import Testing
import Worlds

@testable import Studies

@Suite("Sweeps")
struct SweepTests {
  /// Two severities and two seeds, each agent of six updates.
  private func plan(threads: Int = 1, folder: String? = nil, mixtures: [Double] = [0, 1]) -> SweepPlan {
    var recipe = TrainingConfiguration()
    recipe.environments = 8
    recipe.horizon = 16
    recipe.hidden = [16, 16]
    recipe.totalSteps = 8 * 16 * 6
    recipe.threads = threads
    return SweepPlan(
      world: Corner(size: 7), recipe: recipe, severities: [1, 0], seeds: 2, mixtures: mixtures, levels: 40,
      folder: folder)
  }

  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("wayward-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test("who only measures trains nothing, even where an agent is gone that was there a moment ago")
  func measuringOnly() throws {
    try withFolder { folder in
      let study = plan(folder: folder)
      try study.check()
      let whole = try #require(try study.run())
      #expect(try study.run(trains: false)?.cells == whole.cells)
      let gone = study.jobs[2]
      try FileManager.default.removeItem(atPath: gone.path)
      let problem = #expect(throws: FileProblem.self) { try study.run(trains: false) }
      #expect(problem?.path == gone.path && problem?.cause == "there is no such agent")
      #expect(!FileManager.default.fileExists(atPath: gone.path))
    }
  }

  @Test("the same table at any number of threads, severities in order")
  func threads() throws {
    let results = try [1, 3].map { try #require(try plan(threads: $0).run()) }
    #expect(results[0].cells == results[1].cells)
    #expect(results[0].severities == [0, 1] && results[0].seeds == 2 && results[0].cells.count == 4)
    #expect(results[0].cells.allSatisfy { $0.seeds.allSatisfy { $0.total == 40 } })
  }

  @Test("going on from kept agents gives the same result, and trains none of them again")
  func kept() throws {
    try withFolder { folder in
      let fresh = try #require(try plan().run())
      try plan(folder: folder).check()
      let first = try #require(try plan(folder: folder).run())
      #expect(first.cells == fresh.cells)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      #expect(
        names == [
          "corner-7-seed-1-768-p1.0.safetensors", "corner-7-seed-1-768.safetensors",
          "corner-7-seed-2-768-p1.0.safetensors", "corner-7-seed-2-768.safetensors",
        ])
      let path = folder + "/" + names[1]
      let command = try Checkpoint.read(path).command
      #expect(command == "wayward train corner-7 --seed 1 --steps 768")
      let before = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
      try FileManager.default.removeItem(atPath: folder + "/" + names[3])
      let second = try #require(try plan(folder: folder).run())
      let namesAfter = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      let after = try FileManager.default.attributesOfItem(atPath: path)[.systemFileNumber] as? Int
      #expect(second.cells == fresh.cells && namesAfter == names && after == before)
    }
  }

  @Test("another's agent is not written over, and a folder that cannot be made is refused beforehand")
  func refusal() throws {
    try withFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let other = folder + "/corner-7-seed-2-768.safetensors"
      try Data("not an agent".utf8).write(to: URL(fileURLWithPath: other))
      #expect(throws: FileProblem.self) { try plan(folder: folder).check() }
      let problem = #expect(throws: FileProblem.self) { try plan(folder: other + "/below").check() }
      #expect(problem?.kind == .inputOutput)
    }
  }

  @Test("mixtures 0 and 1 are the two splits as evaluation plays them, and between them every level is of one of them")
  func mixtures() {
    let policy = UniformPolicy()
    let outcomes = Outcome.measured(Agent(policy), in: Advisor(), mixtures: [0, 0.5, 1], levels: 60, threads: 2)
    for (split, outcomes) in zip(Split.allCases, [outcomes[0], outcomes[2]]) {
      let expected = (UInt64(1_000_000)..<1_000_060).map { seed in
        let level = Advisor().generate(split, seed: seed)
        return Run(Advisor().rollout(level, policy: policy, seed: seed)).outcome
      }
      #expect(outcomes == expected, "\(split)")
    }
    let alone = Outcome.measured(Agent(policy), in: Advisor(), mixtures: [0.5], levels: 60, threads: 1)
    #expect(alone == [outcomes[1]], "a level played once for two mixtures comes out as if played for each")
  }

  @Test("rates over all seeds, and their spread")
  func pooling() {
    let outcomes = [9, 5].map { successes in (0..<10).map { $0 < successes ? Outcome.success : .proxyOnly } }
    let cell = SweepCell(severity: 0, mixture: 1, outcomes: outcomes)
    let rate = cell.rate(.success)
    #expect(rate == TwoWay(counts: [9, 5], levels: 10, squares: 5 * 4 + 4 * 1) && rate.spread == 0.5...0.9)
    #expect(cell.seeds.map { $0.rate(.success).value } == [0.9, 0.5])
    let result = SweepResult(world: Advisor(), steps: 100, levels: 10, cells: [cell])
    #expect(result.csv.count == 4 && result.csv[3].hasPrefix("advisor,0.0,1.0,all,100,20,0.7000,"))
    #expect(result.json[0]["success"]?["max"]?.double == 0.9)
    #expect(result.json[0]["success"]?["new_seeds_high"]?.double == rate.newSeedsInterval?.upperBound)
    #expect(result.json[0]["agents"]?.array?.count == 2)
  }
}
