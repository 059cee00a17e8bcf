import Gridworlds
import Inference
import Learning
import Planning
import Studies
import TerminalUI
import Testing
import Worlds

@testable import Viewer

@Suite("Comparisons")
struct ComparisonRoomTests {
  let size = Size(width: 80, height: 24)

  private func driven(_ keys: String, in app: App? = nil) throws -> App {
    var app = app ?? Stage.replay(size)
    app.drive(try Key.sequence(keys), ticks: 0)
    return app
  }

  private func scene(_ keys: String, in app: App? = nil) throws -> ComparisonRoom {
    try #require(try driven(keys, in: app).rooms.last as? ComparisonRoom)
  }

  @Test("c asks what to compare with, Enter plays the training twin beside the level, and q goes back")
  func twin() throws {
    let list = try #require((try driven("c").rooms.last as? ReplayRoom)?.list)
    #expect(list.lines.map(\.text) == ["its training twin", "another draw of the same policy"])
    let scene = try scene("c Enter")
    #expect(scene.sides[0].run.episode.level.targets[0] == [Position(x: 5, y: 1)], "A is as in training")
    #expect(scene.sides[1].run.episode.level == Stage.fork)
    let back = try driven("c Enter q")
    #expect(back.rooms.count == 1)
    #expect((back.rooms.last as? ReplayRoom)?.notice == nil)
    #expect(try driven("c q").rooms.count == 1, "q closes the list, not the replay")
  }

  @Test("other seeds, agents, episodes and branches can be chosen; one candidate alone is opened at once")
  func opponents() throws {
    let (run, agent) = Stage.run(Corner(), Stage.fork, goal: 1)
    let (other, rival) = Stage.run(Corner(), Stage.fork, goal: 0)
    let rivals = [Agent.Source(name: "rival") { rival }, Agent.Source(name: "none") { nil }]
    let replay = try #require(ReplayRoom(runs: [run, other], agent: agent, rivals: rivals))
    let app = App(replay, theme: Theme(.dark), size: size)
    let list = try #require((try driven("w Up w B g Enter c", in: app).rooms.last as? ReplayRoom)?.list)
    #expect(
      list.lines.map(\.text) == [
        "its training twin", "another draw of the same policy", "agent rival", "agent none", "Y1 what-if 1",
        "episode 2  test/level",
      ])
    let seeds = try scene("c Down Enter", in: app)
    #expect(seeds.sides.map(\.run.episode.seed) == [7, 8])
    let agents = try scene("c Down Down Enter", in: app)
    #expect(agents.sides[1].run.episode.agent == "optimal for cheese" && agents.sides[1].run.episode.seed == 7)
    let failed = try driven("c Down Down Down Enter", in: app)
    #expect((failed.rooms.last as? ReplayRoom)?.notice?.contains("cannot be played") == true)
    let episodes = try scene("c G Enter", in: app)
    #expect(episodes.sides[1].run.episode.steps.map(\.action) == other.episode.steps.map(\.action))
    let file = App(try #require(ReplayRoom(runs: [run, other], agent: nil)), theme: Theme(.dark), size: size)
    #expect(try scene("c", in: file).sides.count == 2, "there is one other episode only")
    let alone = App(ReplayRoom(run, agent: nil), theme: Theme(.dark), size: size)
    #expect((try driven("c", in: alone).rooms.last as? ReplayRoom)?.notice?.contains("nothing to compare") == true)
  }

  @Test("C puts the same agent under the other intention: the same moves, another verdict")
  func otherIntention() throws {
    let scene = try scene("C", in: Stage.replay(size, coinrun: true))
    #expect(scene.sides.map(\.run.episode.world.name) == ["coinrun", "coinrun-end"])
    let (same, count) = scene.comparison.sameMoves(before: .max)
    #expect(same == count && count > 0)
    #expect(scene.comparison.caption.contains("What was meant changed no move."))
    let none = try driven("C")
    #expect((none.rooms.last as? ReplayRoom)?.notice?.contains("one intention only") == true)
  }

  @Test("by steps both sides show the same one, or their last")
  func steps() throws {
    #expect(try scene("c Enter . . .").shown == [3, 3])
    let end = try scene("c Enter G")
    #expect(end.shown == end.sides.map(\.last))
    #expect(try scene("c Enter G , ").now == end.now - 1)
    #expect(try scene("c Enter : 4 Enter").shown == [4, 4])
  }

  @Test("by events both sides show the like one, each at its own time")
  func events() throws {
    let app = try driven("c Enter s")
    let events = try scene("c Enter s").comparison.sharedEvents
    for (index, event) in events.enumerated() {
      let shown = try scene(
        String(repeating: ". ", count: index) + "g " + String(repeating: "] ", count: index), in: app)
      #expect(shown.shown == [event.first, event.second])
    }
    let corner = try #require(events.first { $0.name == "went to the corner" })
    #expect(try scene("G", in: app).shown == [events[events.count - 1].first, events[events.count - 1].second])
    #expect(corner.first <= corner.second)
  }

  @Test("free, each side has its own time, and Tab chooses which one moves")
  func free() throws {
    let scene = try scene("c Enter . s s . . Tab . Tab .")
    #expect(scene.clock.sync == .free)
    // Both began at step 1; B moved three times, A once.
    #expect(scene.shown == [2, 4])
    #expect(try self.scene("c Enter . s s . . s").shown == [3, 3], "by steps again, B's step holds")
  }

  @Test("X swaps the sides with their times, and the words with them")
  func swapping() throws {
    let before = try scene("c Enter s s . . .")
    let after = try scene("c Enter s s . . . X")
    #expect(after.sides.map(\.name) == before.sides.map(\.name).reversed())
    #expect(after.shown == before.shown.reversed() && after.clock.focus == 1 - before.clock.focus)
    #expect(after.sentences == Comparison(before.sides[1].run, before.sides[0].run).captionSentences)
    for keys in ["s", "s .", "s . .", "s G"] {
      let shown = try scene("c Enter " + keys).shown
      #expect(try scene("c Enter " + keys + " X").shown == shown.reversed(), "\(keys)")
    }
  }

  @Test("d goes to the departure of the side in focus, else of the other one")
  func departure() throws {
    let scene = try scene("c Enter d")
    let step = try #require(scene.sides[1].run.analysis?.marks.departure)
    #expect(scene.now == step)
    #expect(try self.scene("c Enter Tab d").now == step, "A departs nowhere")
    #expect(try self.scene("c Enter s s Tab d").shown[1] == step)
    #expect(try self.scene("c Enter s d").notice?.contains("Only B departs") == true)
  }

  @Test("D asks both policies in every cell, and says so where one is not at hand")
  func difference() throws {
    let scene = try scene("c Enter D")
    let difference = try #require(scene.difference)
    #expect(scene.showsDifference && !difference.cells.isEmpty)
    #expect(try self.scene("c Enter D D").showsDifference == false)
    let (run, _) = Stage.run(Corner(), Stage.fork, goal: 1)
    let file = App(try #require(ReplayRoom(runs: [run, run], agent: nil)), theme: Theme(.dark), size: size)
    #expect(try self.scene("c D", in: file).notice?.contains("not at hand") == true)
    var sides = scene.sides
    let larger = Corner(size: 9, layout: .open)
    let (wide, agent) = Stage.run(larger, larger.generate(.shifted, seed: 1), goal: 1)
    sides[1] = ComparisonRoom.Side(run: wide, agent: agent, name: "wide")
    let uneven = App(ComparisonRoom(sides[0], sides[1]), theme: Theme(.dark), size: size)
    let shown = try self.scene("D", in: uneven)
    #expect(!shown.showsDifference && shown.notice?.contains("differ in size") == true)
  }

  @Test("maps that do not fit beside one another are stacked, and where one fits only, Tab shows the other")
  func layouts() throws {
    let wide = try #require(Grid(rows: Array(repeating: Array(repeating: Tile.floor, count: 50), count: 13)))
    let small = Stage.fork.map
    func layout(
      _ width: Int, _ height: Int, _ map: Grid<Tile>, _ arrangement: ComparisonLayout.Arrangement = .automatic
    )
      -> ComparisonLayout
    {
      ComparisonLayout(Size(width: width, height: height), maps: [map, map], arrangement, focus: 1)
    }
    #expect(!layout(80, 24, small).isStacked && layout(80, 24, small).figures != nil)
    #expect(layout(80, 24, wide).isStacked && !layout(80, 24, wide).isSingle)
    #expect(layout(40, 12, wide).isSingle && layout(40, 12, wide).boards[0] == nil)
    #expect(layout(160, 48, wide).isStacked, "stacked they are twice as large")
    #expect(!layout(160, 48, wide, .beside).isStacked && layout(160, 48, small, .stacked).isStacked)
    // Whatever the size, no part lies over another one or outside.
    for width in stride(from: 40, through: 200, by: 7) {
      for height in stride(from: 12, through: 60, by: 3) {
        for map in [wide, small] {
          for arrangement in [ComparisonLayout.Arrangement.automatic, .beside, .stacked] {
            let layout = layout(width, height, map, arrangement)
            let parts =
              layout.boards.compactMap(\.self) + [layout.figures, layout.lanes, layout.words].compactMap(\.self)
            let page = Rect(x: 0, y: 1, width: width, height: height - 2)
            for (index, part) in parts.enumerated() {
              #expect(
                part.intersection(page) == part && part.height > 0 && part.width > 0, "\(width)x\(height) \(part)")
              for other in parts.dropFirst(index + 1) {
                #expect(part.intersection(other).isEmpty, "\(width)x\(height)")
              }
            }
          }
        }
      }
    }
  }

  static let sizes = [Size(width: 80, height: 24), Size(width: 160, height: 48), Size(width: 40, height: 12)]

  @Test("the title names the level and says that the other is its twin, and the footer what Space does now")
  func words() throws {
    let size = Size(width: 80, height: 24)
    var app = Stage.replay(size)
    func footer() -> Substring { app.picture(size: size).text().split(separator: "\n").last ?? "" }
    #expect(footer().contains("Space play"))
    app.drive(try Key.sequence("Space"), ticks: 0)
    #expect(footer().contains("Space pause"))
    app.drive(try Key.sequence("Enter"), ticks: 0)
    #expect(footer().contains("Space pause") && !footer().contains("Space play"))
    app.drive(try Key.sequence("Esc Space c Enter"), ticks: 1)
    try #require(app.rooms.last is ComparisonRoom)
    let level = try #require((app.rooms.last as? ComparisonRoom)?.sides[1].run.episode.level.reference)
    #expect(app.picture(size: size).text().hasPrefix(" COMPARE  \(level) and its twin"))
    #expect(footer().contains("Space play"))
    app.drive(try Key.sequence("Space"), ticks: 0)
    #expect(footer().contains("Space pause"))
  }

  @Test("level and twin beside one another, with a caption", arguments: sizes)
  func picture(_ size: Size) throws {
    let app = try driven("c Enter . . .", in: Stage.replay(size))
    try golden(app, size, "compare")
  }

  @Test("the policies' difference lies over the boards in tenths", arguments: sizes)
  func differencePicture(_ size: Size) throws {
    let level = Stage.fork
    let graph = try #require(StateGraph(Corner(), level))
    let sides = Corner().goalIndices.map { goal in
      let agent = Agent(PlantedPolicy(graph, goal: goal), seed: 7)
      return ComparisonRoom.Side(run: agent.run(Corner(), level), agent: agent, name: agent.name)
    }
    let app = try driven("D . .", in: App(ComparisonRoom(sides[0], sides[1]), theme: Theme(.mono), size: size))
    try golden(app, size, "compare-difference")
  }

  @Test("a branch stands beside the episode that it left, at a like event", arguments: sizes)
  func branchPicture(_ size: Size) throws {
    let app = try driven(". . w Right Space B c s ]", in: Stage.replay(size))
    try golden(app, size, "compare-branch")
  }

  @Test("wide maps are stacked", arguments: sizes)
  func wide(_ size: Size) throws {
    let world = Coinrun()
    let level = world.generate(.shifted, seed: 3)
    let (run, agent) = Stage.run(world, level, goal: 1)
    let scene = try #require(ComparisonRoom.twin(of: run, agent: agent))
    let app = try driven("4", in: App(scene, theme: Theme(.dark), size: size))
    try golden(app, size, "compare-wide")
  }

  private func golden(_ app: App, _ size: Size, _ name: String) throws {
    var app = app
    _ = app.update(.input(.resize(size)))
    let picture = app.picture(size: size)
    try expectGolden(picture.text(), "\(name)-\(size.width)x\(size.height)")
    try expectGolden(picture.rendered(with: .ascii).text(), "\(name)-\(size.width)x\(size.height)-ascii")
  }
}
