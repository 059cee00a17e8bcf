import Archive
import Foundation
import Gridworlds
import Learning
import Testing
import Worlds

private func agent(_ change: (inout Checkpoint) -> Void = { _ in }) throws -> Checkpoint {
  var agent = Checkpoint(
    tensors: [try #require(Tensor(name: "policy.bias", shape: [4], values: [1, 2, 3, 4]))], world: "corner",
    view: (19, 19), features: 722, hidden: [64, 32], actions: ["up", "left", "down", "right"],
    command: "wayward train corner --seed 7", seed: .max, steps: 1_000_000, severity: 0.1,
    rates: .init(levels: 1000, trainSuccess: 1, shiftSuccess: 0.125, shiftProxyOnly: 0.75, shiftNeither: 0.1),
    extra: ["training.updates": "3"])
  change(&agent)
  return agent
}

@Suite("checkpoints") struct CheckpointTests {
  @Test("an agent comes back as it was")
  func roundTrip() throws {
    var agent = try agent { _ in }
    #expect(try Checkpoint.parse(agent.data(), path: "a") == agent)
    agent.rates = nil
    agent.hidden = [64]
    let again = try Checkpoint.parse(agent.data(), path: "a")
    #expect(again == agent)
    #expect(again.seed == .max)
    #expect(again.extra == ["training.updates": "3"])
    try again.check(for: Corner(), path: "a")
    agent.isHalf = true
    let half = try agent.data()
    #expect(try Checkpoint.parse(half, path: "a") == agent && Checkpoint.parse(half, path: "a").data() == half)
    for command in ["a", "a, stopped early"] {
      for isStopped in [false, true] {
        agent.command = command
        agent.isStoppedEarly = isStopped
        #expect(try Checkpoint.parse(agent.data(), path: "a") == agent, "\(command) \(isStopped)")
      }
    }
  }

  @Test(
    "a field's fault says what it should be",
    arguments: [
      (
        "format", "other",
        "this is no agent: its metadata has no 'format' of 'wayward-agent'; name a file that 'wayward train' wrote"
      ),
      ("version", "2", "the agent's version is '2'; this program reads version 1"),
      ("version", nil, "the metadata has no 'version'; write a number"),
      ("world", nil, "the metadata has no 'world'; write a name like 'corner-13'"),
      ("world", "a\u{1B}[2Jb", "the metadata's 'world' is 'ab'; write a name like 'corner-13'"),
      ("view", "19", "the metadata's 'view' is '19'; write two odd numbers like '19x19', each up to 127"),
      ("view", "18x19", "the metadata's 'view' is '18x19'; write two odd numbers like '19x19', each up to 127"),
      ("features", "-1", "the metadata's 'features' is '-1'; write a whole number up to 1000000"),
      ("hidden", "64,", "the metadata's 'hidden' is '64,'; write whole numbers like '64,64'"),
      ("actions", "up,up", "the metadata's 'actions' is 'up,up'; write names like 'up,left,down,right'"),
      ("seed", "-1", "the metadata's 'seed' is '-1'; write a whole number"),
      ("steps", "1.5", "the metadata's 'steps' is '1.5'; write a whole number"),
      ("severity", "1.5", "the metadata's 'severity' is '1.5'; write a number from 0 to 1"),
      ("severity", "nan", "the metadata's 'severity' is 'nan'; write a number from 0 to 1"),
      ("layout", "sideways", "the metadata's 'layout' is 'sideways'; write 'out,in' or 'in,out'"),
      ("levels", nil, "the metadata has no 'levels'; write a whole number above 0"),
      ("shift_success", "2", "the metadata's 'shift_success' is '2'; write a number from 0 to 1"),
    ])
  func fields(key: String, value: String?, expected: String) throws {
    let agent = try agent { _ in }
    var metadata = agent.metadata
    metadata[key] = value
    let data = try Safetensors.write(tensors: agent.tensors, metadata: metadata)
    #expect(problem { () throws(FileProblem) in try Checkpoint.parse(data, path: "a") } == "a: " + expected)
  }

  @Test("an agent acts in the worlds of its family alone")
  func worlds() throws {
    try agent().check(for: Corner(size: 13), path: "a")
    let turned = try agent { $0.actions = ["left", "right", "up", "down"] }
    #expect(
      problem { () throws(FileProblem) in try turned.check(for: Corner(), path: "a") }
        == "a: this agent's actions are left, right, up, down, the world's up, left, down, right; train it again")
    let narrow = try agent { $0.features = 5 }
    #expect(
      problem { () throws(FileProblem) in try narrow.check(for: Corner(), path: "a") }
        == "a: this agent has 5 features where a view of 19x19 has 722; train it again")
    let stranger = try agent { $0.world = "coinrun" }
    #expect(
      problem { () throws(FileProblem) in try stranger.check(for: Corner(), path: "a") }
        == "a: this agent was trained in coinrun, not in corner; name an agent of corner")
  }

  @Test(
    "a header that claims more bytes than numbers can count is a problem, of the head alone too", arguments: [63, 64])
  func endless(bits: Int) throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID().uuidString).safetensors").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    let claim = (0..<8).map { UInt8(truncatingIfNeeded: (bits == 64 ? UInt64.max : UInt64.max >> 1) >> UInt64(8 * $0)) }
    try Data(claim + Array("{}".utf8)).write(to: URL(fileURLWithPath: path))
    #expect(throws: FileProblem.self) { try Checkpoint.head(of: path) }
    #expect(throws: FileProblem.self) { try Checkpoint.read(path) }
  }
}
