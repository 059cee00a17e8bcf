import Archive
import Foundation
import Gridworlds
import Inference
import Planning
import Studies
import TerminalUI
import Testing
import Worlds

@testable import Viewer

@Suite("Taking over in a replay")
struct WhatIfTests {
  let size = Size(width: 80, height: 24)

  private func scene(_ keys: String, in app: App? = nil) throws -> ReplayRoom {
    var app = app ?? Stage.replay(size)
    app.drive(try Key.sequence(keys), ticks: 0)
    return try #require(app.rooms.last as? ReplayRoom)
  }

  /// A replay whose agent is gone, as one from a file.
  private func withoutAgent() throws -> App {
    let (run, _) = Stage.run(Corner(), Stage.fork, goal: 1)
    return App(ReplayRoom(run, agent: nil), theme: Theme(.dark), size: size)
  }

  @Test("w takes over at the shown step, arrows act, Space hands back, and the agent goes on from there")
  func handingBack() throws {
    let (run, agent) = Stage.run(Corner(), Stage.fork, goal: 1)
    let scene = try scene(". . w Right Left Space")
    #expect(scene.takeOver == nil && scene.shownBranch == 1 && scene.frame == 4)
    let branch = try #require(scene.tree[1])
    #expect(branch.name == "what-if 1" && branch.parent == nil && branch.leavesAt == 2)
    var wanted = run.episode.prefix(2)
    wanted.intervene(3)
    wanted.intervene(1)
    wanted = wanted.continued(by: agent.policy, seed: agent.seed)
    #expect(branch.run.episode.steps.map(\.action) == wanted.steps.map(\.action))
    #expect(branch.run.episode.interventions == [2, 3])
    #expect(branch.run.analysis != nil)
    #expect(scene.tree.root.episode.steps.map(\.action) == run.episode.steps.map(\.action), "the episode stays")
  }

  @Test("a person's step shows what the agent would have done there")
  func agentsMind() throws {
    let scene = try scene("w Up")
    let first = try #require(scene.run.episode.steps.first)
    #expect(first.decision?.probabilities.count == 4)
    #expect(scene.bindings.command(for: .backspace)?.name == "take-back")
  }

  @Test("BS takes moves back, to the step of the take-over and no further")
  func undo() throws {
    #expect(try scene("w Up Up Left BS").run.episode.steps.map(\.action) == [0, 0])
    let scene = try scene(". w Up BS BS BS")
    #expect(scene.run.episode.steps.count == 1)
    #expect(scene.notice?.contains("no move") == true)
    #expect(scene.takeOver != nil, "one still acts")
  }

  @Test("who made no move has no branch; who leaves keeps the branch as far as it came", arguments: ["w", "Esc", "q"])
  func leaving(_ key: String) throws {
    #expect(try scene("w \(key)").tree.branches.isEmpty)
    #expect(try scene("w Space").tree.branches.isEmpty)
    let scene = try scene("w Up \(key)")
    #expect(scene.tree.branches.count == 1 && scene.run.episode.steps.count == 1)
    #expect(scene.run.episode.conclusion == .stopped)
  }

  @Test("a branch can be left by another one; what leaves before a branch begins leaves what it left")
  func nested() throws {
    let scene = try scene("w Up Up Space G , w Left w B g Down Enter")
    let branches = scene.tree.branches
    #expect(branches.map(\.parent) == [nil, 1])
    #expect(branches[1].leavesAt == branches[0].run.episode.steps.count - 1)
    // At the step where branch 1 begins its past is the episode's.
    #expect(try self.scene(". . w Left Space g w Up w").tree.branches.map(\.parent) == [nil, nil])
    // From within: the person's steps of the branch are those of the branch that left it too.
    let deeper = branches[1].run.episode
    #expect(deeper.interventions == [0, 1, deeper.steps.count - 1])
  }

  @Test("without an agent at hand the branch ends where the person hands back, and that is said")
  func noAgent() throws {
    let scene = try scene("w Up Space", in: try withoutAgent())
    #expect(scene.run.episode.steps.count == 1)
    #expect(scene.notice?.contains("comes from a file") == true)
  }

  @Test("at the end there is nothing to take over, and an ended branch takes no move")
  func atTheEnd() throws {
    let scene = try scene("G w")
    #expect(scene.takeOver == nil && scene.notice?.contains("over here") == true)
    let ended = try self.scene("G , w Up Up")
    #expect(ended.run.episode.steps.count == 20)
    #expect(ended.notice?.contains("the end") == true)
  }

  @Test("slanting keys act in worlds that have slanting moves")
  func slanting() throws {
    let scene = try scene("w u y", in: Stage.replay(size, coinrun: true))
    let headings = scene.run.episode.steps.map { Coinrun().actions[$0.action].heading }
    #expect(headings.map(\.dx) == [1, -1] && headings.allSatisfy { $0.dy == -1 })
  }

  @Test("the list renames, deletes with all that left it after a yes, and shows")
  func list() throws {
    let two = "w Up w w Up w"  // 1 from the episode, 2 from 1
    let renamed = try scene(two + " B g Down r ^U n e w Enter")
    #expect(renamed.tree.branches.map(\.name) == ["new", "what-if 2"])
    #expect(try scene(two + " B g Down r ^U n e w Esc").tree.branches[0].name == "what-if 1")
    #expect(try scene(two + " B g Down x n").tree.branches.count == 2, "only a yes deletes")
    let deleted = try scene(two + " B g Down x y")
    #expect(deleted.tree.branches.isEmpty && deleted.shownBranch == nil)
    let shown = try scene(two + " B g Enter")
    #expect(shown.shownBranch == nil && shown.list == nil)
    #expect(try scene("B x").list != nil, "the episode itself cannot be deleted")
  }

  @Test("c in the list puts a branch beside what it left, the older one as A")
  func comparing() throws {
    var app = Stage.replay(size)
    app.drive(try Key.sequence(". . w Right Space B c"), ticks: 0)
    let comparison = try #require(app.rooms.last as? ComparisonRoom)
    #expect(comparison.sides[0].run.episode.interventions.isEmpty)
    #expect(comparison.sides[1].run.episode.interventions == [2])
    #expect(comparison.now == 2, "where the branch leaves")
    #expect(comparison.comparison.caption.hasPrefix("Only who acted differs: you in B at step 2."))
  }

  @Test("saving asks for a name, asks again before it replaces, and the file shows the branches again")
  func saving() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("branches-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent("b.jsonl").path
    var app = Stage.replay(size)
    app.drive(try Key.sequence("w Up Space B s"), ticks: 0)
    func type(_ text: String) { app.drive([.control("u")] + text.map { .character($0) } + [.enter], ticks: 0) }
    type(path)
    let first = try Data(contentsOf: URL(fileURLWithPath: path))
    let read = try EpisodeFile.readAll(path) { try Catalogue.world(named: $0) }
    let again = try #require(ReplayRoom(trees: BranchTree.trees(of: read)))
    #expect(again.tree.branches.map(\.name) == ["what-if 1"])
    #expect(again.tree.branches[0].run.episode.interventions == [0])
    // Another name first, then the same one: it is asked for.
    app.drive(try Key.sequence("r ^U o t h e r Enter s"), ticks: 0)
    type(path)
    #expect(app.question?.label.contains("is there already. Replace it?") == true)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == first, "nothing is replaced before a yes")
    app.drive(try Key.sequence("n s"), ticks: 0)
    #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == first)
    type(path)
    app.drive([.character("y")], ticks: 0)
    #expect(try String(contentsOfFile: path, encoding: .utf8).contains("\"branch\":\"other\""))
    // A folder that is not there is a word, not a trap.
    app.drive([.character("s")], ticks: 0)
    type(folder.path + "/none/b.jsonl")
    #expect((app.rooms.last as? ReplayRoom)?.notice?.contains("no folder") == true)
  }

  @Test(
    "the keys that are told of a branch lead to the same branch again",
    arguments: [
      ". . w Right Left Space . .", "w Up w", ". w Up Left Space . . . w Right Space ,", "w Up Up Space G , w Left w",
      ". w Left Up",
    ])
  func again(_ keys: String) throws {
    let scene = try scene(keys)
    let told = try #require(scene.moment?.keys)
    let again = try self.scene(told)
    #expect(again.run.episode.steps.map(\.action) == scene.run.episode.steps.map(\.action))
    #expect(again.run.episode.interventions == scene.run.episode.interventions)
    #expect(again.frame == scene.frame && again.shownBranch == scene.shownBranch)
    #expect(try self.scene("g").moment?.keys == nil)
  }

  static let sizes = [Size(width: 80, height: 24), Size(width: 160, height: 48), Size(width: 40, height: 12)]

  @Test("a banner says that you act, and which keys do what", arguments: sizes)
  func banner(_ size: Size) throws {
    var app = Stage.replay(size)
    app.drive(try Key.sequence(". . w Right"))
    let picture = app.picture(size: size)
    #expect(picture.text().contains("YOU ACT"))
    #expect(picture.text().contains("Space hand"))
    try expectGolden(picture.text(), "whatif-act-\(size.width)x\(size.height)")
    try expectGolden(picture.rendered(with: .ascii).text(), "whatif-act-\(size.width)x\(size.height)-ascii")
  }

  @Test(
    "the timeline shows where branches leave and which steps were a person's, and the list how each ended",
    arguments: sizes)
  func branches(_ size: Size) throws {
    var app = Stage.replay(size)
    app.drive(try Key.sequence(". . w Right Left w . B g Enter . . . w Up Space B"))
    let picture = app.picture(size: size)
    try expectGolden(picture.text(), "whatif-list-\(size.width)x\(size.height)")
    try expectGolden(picture.rendered(with: .ascii).text(), "whatif-list-\(size.width)x\(size.height)-ascii")
    app.drive(try Key.sequence("q G"))
    try expectGolden(app.picture(size: size).text(), "whatif-end-\(size.width)x\(size.height)")
  }

  @Test("the marks of branches stand on the episode's own timeline")
  func marks() throws {
    var app = Stage.replay(size)
    app.drive(try Key.sequence(". . w Right w B g Enter"))
    #expect(app.picture(size: size).text().contains("Y1"))
  }
}
