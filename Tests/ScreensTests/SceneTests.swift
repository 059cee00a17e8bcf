import Gridworlds
import Inference
import Planning
import Studies
import TerminalUI
import Testing
import Worlds

@testable import Viewer

@Suite("What keys do")
struct SceneTests {
  let size = Size(width: 80, height: 24)

  private func scene(_ keys: String, in app: App) throws -> ReplayRoom {
    var app = app
    app.drive(try Key.sequence(keys), ticks: 0)
    return try #require(app.rooms.last as? ReplayRoom)
  }

  @Test(
    "time moves by steps, tens, tenths and ends, and never beyond the episode",
    arguments: [
      (". . .", 3), (". . ,", 1), (",", 0), (")", 10), (") ) ) )", 20), ("G", 20), ("G (", 10), ("5", 10), ("G g", 0),
      (": 1 7 Enter", 17), (": 9 9 9 9 Enter", 20), (": 1 Esc", 0), ("Right Right Left", 1), ("S-Right Home", 0),
    ])
  func time(_ keys: String, _ frame: Int) throws {
    #expect(try scene(keys, in: Stage.replay(size)).frame == frame)
  }

  @Test("playback stops on the last step and never leaves")
  func playback() throws {
    var app = Stage.replay(size)
    app.drive([.character(" ")], ticks: 0)
    for _ in 0..<50 { _ = app.update(.tick(elapsedSeconds: 0.1)) }
    let scene = try #require(app.rooms.last as? ReplayRoom)
    #expect(scene.frame == 20)
    #expect(!scene.isPlaying)
    #expect(app.frameInterval == nil, "what does not move costs nothing")
  }

  @Test("looping begins again, reverse runs backward, and playing from an end begins at the other")
  func directions() throws {
    var app = Stage.replay(size)
    app.drive(try Key.sequence("o G Space"), ticks: 0)
    for _ in 0..<21 { _ = app.update(.tick(elapsedSeconds: 0.1)) }
    #expect((app.rooms.last as? ReplayRoom)?.isPlaying == true)
    app.drive(try Key.sequence("o r g Space"), ticks: 0)
    _ = app.update(.tick(elapsedSeconds: 0.1))
    #expect((app.rooms.last as? ReplayRoom)?.frame == 19)
  }

  @Test("d goes to the departure, ] and [ to the events around")
  func events() throws {
    let app = Stage.replay(size)
    let analysis = try #require(try scene("g", in: app).run.analysis)
    let departure = try #require(analysis.marks.departure)
    #expect(try scene("d", in: app).frame == departure)
    let frames = Array(Set(analysis.happenings.map(\.frame))).sorted()
    #expect(try scene("]", in: app).frame == frames.first { $0 > 0 })
    #expect(try scene("G [", in: app).frame == frames.last { $0 < 20 })
  }

  @Test("the departure of an agent whose goal is the corner is the step at which the ways part")
  func departure() throws {
    // Two steps up and one to the right the ways run together; then one must choose.
    let scene = try scene("d", in: Stage.replay(size))
    #expect(scene.run.episode.frames[scene.frame].agent == Position(x: 3, y: 3))
  }

  @Test("a click on the timeline goes to that step, and the wheel steps")
  func mouse() throws {
    var app = Stage.replay(size)
    let timeline = try scene("g", in: app).layout(size).timeline
    _ = app.update(.input(.mouse(MouseEvent(.press, at: Point(x: timeline.x + 3 * 2, y: timeline.y)))))
    #expect((app.rooms.last as? ReplayRoom)?.frame == 3)
    _ = app.update(.input(.mouse(MouseEvent(.scrollDown, at: Point(x: 1, y: 1)))))
    #expect((app.rooms.last as? ReplayRoom)?.frame == 4)
    _ = app.update(.input(.mouse(MouseEvent(.press, at: Point(x: 1, y: 1)))))
    #expect((app.rooms.last as? ReplayRoom)?.frame == 4, "a click elsewhere is no seek")
  }

  @Test("A tells about the world, and any key goes back to where one was")
  func about() throws {
    var app = Stage.replay(size)
    app.drive([.character("A")])
    #expect(app.picture(size: size).text().contains("About corner"))
    app.drive([.character(".")])
    #expect(app.picture(size: size) == Stage.replay(size).picture(size: size))
  }

  @Test("a person plays with arrows; acting in the past branches there")
  func playing() throws {
    let scene = ReplayRoom.played(Corner(), Stage.fork)
    let app = App(scene, theme: Theme(.dark), size: size)
    let forward = try self.scene("Up Up Left", in: app)
    #expect(forward.run.episode.steps.map(\.action) == [0, 0, 1])
    #expect(forward.frame == 3)
    let branched = try self.scene("Up Up Left , , Right", in: app)
    #expect(branched.run.episode.steps.map(\.action) == [0, 3])
  }

  @Test("q goes back room by room, and out of the last one")
  func leaving() throws {
    var app = Stage.gallery(size)
    app.drive([.enter], ticks: 3)
    #expect(app.rooms.count == 2)
    var effects = app.update(.input(.key(.character("q"))))
    #expect(app.rooms.count == 1)
    effects = app.update(.input(.key(.character("q"))))
    #expect(effects.contains { if case .quit = $0 { true } else { false } })
  }

  @Test("the gallery opens on an episode that pursues a proxy, and its preview moves")
  func gallery() throws {
    var app = Stage.gallery(size)
    app.drive([], ticks: 2)
    let before = app.picture(size: size)
    #expect(before.text().contains("after the corner") || before.text().contains("Undecided"))
    _ = app.update(.tick(elapsedSeconds: 0.1))
    #expect(app.picture(size: size) != before)
    app.drive([.tab], ticks: 0)
    #expect(app.picture(size: size).text().contains("▸coinrun"))
  }

  @Test("no key has two meanings on a screen, and every name in the tables is a key")
  func bindings() {
    let menus: [Menu<ReplayRoom>] = [
      ReplayRoom.menu, ReplayRoom.inspecting, ReplayRoom.playing(Corner().actions),
      ReplayRoom.playing(Coinrun().actions), ReplayRoom.takingOver(Corner().actions),
      ReplayRoom.takingOver(Coinrun().actions), ReplayRoom.branchList, ReplayRoom.opponentList,
    ]
    let tables =
      menus.map(\.bindings) + [
        GalleryRoom.menu.bindings, TrainingRoom.menu.bindings, ComparisonRoom.menu.bindings,
      ]
    for table in tables {
      #expect(table.clashes.isEmpty, "\(table.clashes)")
      for binding in table.all { #expect(!binding.keys.isEmpty, "\(binding.words) has no key") }
      #expect(table.command(for: .character("?"))?.name == "help")
      #expect(["back", "leave"].contains(table.command(for: .character("q"))?.name))
    }
  }

  @Test("any key at any size leaves a screen that can be drawn", arguments: [UInt64(1), 2, 3])
  func monkey(_ seed: UInt64) throws {
    var random = RandomSource(seed: seed)
    let names = [
      ReplayRoom.menu.bindings, GalleryRoom.menu.bindings, ComparisonRoom.menu.bindings,
      ReplayRoom.branchList.bindings,
    ].flatMap { $0.all.flatMap(\.keys) }
    var app = Stage.gallery(size)
    app.drive([], ticks: 2)
    for _ in 0..<400 {
      let key = random.pick(names) ?? .enter
      let effects = app.update(.input(.key(key)))
      if effects.contains(where: { if case .quit = $0 { true } else { false } }) {
        app = Stage.gallery(size)
        app.drive([], ticks: 2)
      }
      for case .work(let work) in effects { _ = app.update(.message(work())) }
      if random.chance(0.3) { _ = app.update(.tick(elapsedSeconds: 0.1)) }
      let size = Size(width: 1 + random.below(170), height: 1 + random.below(50))
      _ = app.update(.input(.resize(size)))
      #expect(app.picture(size: size).size == size)
    }
  }
}
