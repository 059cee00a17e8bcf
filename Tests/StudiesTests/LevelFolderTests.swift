import Archive
import Foundation
import Gridworlds
import Inference
import Learning
import Planning
import Studies
import Testing
import Worlds

@Suite("folders with something else in them")
struct ForeignFileTests {
  @Test("a file that is no agent of a world is left out and named, and takes no other with it")
  func agents() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("wayward-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let agents = "\(folder)/corner/agents"
    try FileManager.default.createDirectory(atPath: agents, withIntermediateDirectories: true)
    let world = Corner(size: 7)
    let view = world.view.cropped(width: 3, height: 3)
    func agent(_ name: String, world named: String, cut: Int = 0) throws {
      let network = Network(
        featureCount: view.featureCount, hidden: [2], actionCount: world.actions.count, seed: 1)
      let checkpoint = Checkpoint(
        tensors: network.tensors, world: named, view: (3, 3), features: view.featureCount, hidden: [2],
        actions: world.actions.map(\.name), command: "wayward train", seed: 1, steps: 1, severity: 0)
      try AtomicFile.write(try checkpoint.data().dropLast(cut), to: "\(agents)/\(name).safetensors")
    }
    try agent("seed-1", world: "corner")
    try agent("seed-2", world: "corner")
    try agent("cut", world: "corner", cut: 4)
    try agent("elsewhere", world: "lava")
    // Its header is as it should be, and its last number is none.
    try agent("broken", world: "corner")
    let broken = "\(agents)/broken.safetensors"
    try AtomicFile.write(
      try Data(contentsOf: URL(fileURLWithPath: broken)).dropLast(4) + [0, 0, 0xC0, 0x7F], to: broken)
    let foreign = Data(
      "P\0\0\0\0\0\0\0{\"w\": {\"dtype\": \"F32\", \"shape\": [2, 2], \"data_offsets\": [0, 16]}}".utf8)
    try AtomicFile.write(foreign, to: "\(agents)/a.safetensors")
    try AtomicFile.write(Data("version https://git-lfs.github.com/spec/v1\n".utf8), to: "\(agents)/lfs.safetensors")
    let library = try Library(levelsOption: folder, environment: [:], executable: nil)
    let files = library.agentFiles(in: world)
    #expect(files.usable.map(Agent.name(of:)) == ["broken", "seed-1", "seed-2"])
    #expect(files.problems.count == 4)
    #expect(files.problems.contains { $0.mend.contains("git lfs pull") })
    #expect(library.loadedAgents(in: world).agents.map(\.name) == ["seed-1", "seed-2"])
    var skipped: [FileProblem] = []
    #expect(try library.agent(nil, for: world, skipping: { skipped.append($0) }).name == "seed-1")
    #expect(skipped.count == 5 && skipped.last?.path == broken && skipped.last?.cause.contains("not finite") == true)
    #expect(try Agent.name(of: library.agentPath(nil, for: world)) == "seed-1")
  }
}

@Suite("The levels of this repository")
struct LevelFolderTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("levels").path

  private static let families = Catalogue.families.map(\.name)

  private func library() throws -> Library {
    try Library(levelsOption: LevelFolderTests.root, environment: [:], executable: nil)
  }

  private func level(_ reference: String) throws -> (world: any World, level: Level) {
    try library().level(reference, world: Catalogue.world(named:))
  }

  /// What planted agents of a goal did on a level, at several draws among the optimal actions; where chance has a part,
  /// so that there is no exact plan, what random walkers did if asked for, else nothing.
  private func runs(_ reference: String, goal: Goal.Index, orWalkers: Bool = false) throws -> [Run] {
    let (world, level) = try level(reference)
    guard world.isDeterministic else {
      return orWalkers ? (0..<4).map { Run(world.rollout(level, policy: UniformPolicy(), seed: $0)) } : []
    }
    let graph = try #require(StateGraph(world, level))
    let policy = PlantedPolicy(graph, goal: goal)
    return (0..<4).map { Run(world.rollout(level, policy: policy, seed: $0), graph: graph) }
  }

  @Test(
    "every world has the levels 'first' and 'no-decision', and each of its levels a short title and a note",
    arguments: families)
  func words(_ family: String) throws {
    let entries = try library().levels(of: family)
    for (name, what) in [("first", "goal and proxy lie apart"), ("no-decision", "every goal asks for the same moves")] {
      #expect(
        entries.contains { $0.reference == "\(family)/\(name)" },
        "draw a level on which \(what), as levels/\(family)/\(name).yaml; ``Catalogue`` says more")
    }
    for entry in entries {
      let level = try level(entry.reference).level
      #expect((1..<40).contains(level.title.count), "\(entry.reference): \(level.title)")
      #expect(!level.title.contains("\n") && !level.note.isEmpty, "\(entry.reference)")
    }
  }

  @Test("on 'no-decision' no agent has to choose", arguments: families)
  func noDecision(_ family: String) throws {
    for goal: Goal.Index in [0, 1] {
      for run in try runs("\(family)/no-decision", goal: goal, orWalkers: true) {
        #expect(
          try #require(run.analysis).marks.decision == nil,
          "goal \(goal): make the ways to all goals one on levels/\(family)/no-decision.yaml")
      }
    }
  }

  @Test("on 'first' an agent after the proxy parts from the intended goal at once", arguments: families)
  func first(_ family: String) throws {
    for run in try runs("\(family)/first", goal: 1) {
      let analysis = try #require(run.analysis)
      #expect(
        [analysis.marks.decision, analysis.marks.departure].allSatisfy { $0.map { $0 <= 1 } ?? false },
        "let the ways part at the agent's feet on levels/\(family)/first.yaml")
      #expect(
        analysis.proxyOverIntendedBits > 3,
        "let the proxy lie four moves away or more: fewer tell too little")
    }
    // An agent after the intended goal never departs.
    for run in try runs("\(family)/first", goal: 0) {
      #expect(try #require(run.analysis).marks.departure == nil)
    }
  }

  @Test("lava without a dry way is a level: the best is to stay off the lava")
  func island() throws {
    for run in try runs("lava/island", goal: 0) {
      let analysis = try #require(run.analysis)
      #expect(analysis.isAbstention && analysis.verdict == .intended(reached: true))
    }
    for run in try runs("lava/island", goal: 1) {
      #expect(try #require(run.analysis).proxyOverIntendedBits > 3)
    }
  }
}
