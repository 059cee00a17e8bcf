import Archive
import Foundation
import Gridworlds
import Planning
import Studies
import TerminalUI
import Testing
import Worlds

@testable import Viewer

@Suite("The editor")
struct EditorTests {
  static let sizes = [Size(width: 80, height: 24), Size(width: 160, height: 48), Size(width: 40, height: 12)]
  let size = Size(width: 80, height: 24)

  /// The editor on the fork, with an agent that wants the corner.
  static func app(_ size: Size, theme: Theme.Name = .dark, path: String = "levels/corner/fork.yaml") -> App {
    let (_, agent) = Stage.run(Corner(), Stage.fork, goal: 1)
    return app(Stage.fork, of: Corner(), agent, size, theme: theme, path: path)
  }

  static func app(
    _ level: Level, of world: any World, _ agent: Agent?, _ size: Size, theme: Theme.Name = .dark,
    path: String = "levels/corner/fork.yaml"
  ) -> App {
    App(
      EditorScene(LevelSketch(level, of: world), reference: "corner/fork", path: path, agent: agent),
      theme: Theme(theme), size: size)
  }

  private func scene(_ app: App) throws -> EditorScene { try #require(app.rooms.last as? EditorScene) }

  private func scene(_ keys: String, in app: App? = nil) throws -> EditorScene {
    var app = app ?? EditorTests.app(size)
    app.drive(try Key.sequence(keys))
    return try scene(app)
  }

  private func text(_ keys: String, _ app: App? = nil) throws -> String {
    var app = app ?? EditorTests.app(size)
    app.drive(try Key.sequence(keys))
    return app.picture(size: size).text()
  }

  // MARK: Pictures

  @Test("a level being drawn, a rectangle begun, a map that is no level, and a sweep, at every size", arguments: sizes)
  func golden(_ size: Size) throws {
    let cases = [
      ("opened", ""), ("edited", "1 k k l Space"), ("rectangle", "1 m r k k Space k l"), ("invalid", "1 Space"),
      ("sweep", "W l k k"),
    ]
    for (name, keys) in cases {
      var app = EditorTests.app(size)
      app.drive(try Key.sequence(keys))
      let picture = app.picture(size: size)
      try expectGolden(picture.text(), "editor-\(name)-\(size.width)x\(size.height)")
      try expectGolden(
        picture.rendered(with: .ascii).text(), "editor-\(name)-\(size.width)x\(size.height)-ascii")
      var mono = EditorTests.app(size, theme: .mono)
      mono.drive(try Key.sequence(keys))
      #expect(mono.picture(size: size).text() == picture.text(), "colour says nothing that no glyph says")
    }
  }

  @Test("panels find room beside a wide map and one of many letters", arguments: sizes)
  func wide(_ size: Size) throws {
    var runner = EditorTests.app(
      Stage.run2D, of: Coinrun(), Stage.run(Coinrun(), Stage.run2D, goal: 1).1, size)
    runner.drive(try Key.sequence("W"))
    try expectGolden(runner.picture(size: size).text(), "editor-coinrun-\(size.width)x\(size.height)")
    let world = Advisor()
    var asked = EditorTests.app(
      world.generate(.shifted, seed: 2), of: world, Agent(UniformPolicy(), seed: 2), size)
    asked.drive([.tab])
    try expectGolden(asked.picture(size: size).text(), "editor-advisor-\(size.width)x\(size.height)")
  }

  // MARK: Drawing

  @Test("each edit is run on at once: opening a wall between them, the panel tells another end")
  func live() throws {
    let opened = try scene("")
    #expect(opened.live?.run?.outcome == .proxyOnly)
    #expect(opened.live?.isJudged == true && opened.live?.fault == nil)
    // The cheese onto the way of the mouse.
    let edited = try scene("4 k k Space")
    #expect(edited.live?.revision == edited.revision && edited.revision == 1)
    #expect(edited.live?.run?.outcome == .success)
    #expect(edited.live?.run?.episode.level.targets[0] == [Position(x: 2, y: 3)])
    #expect(edited.sketch.map.positions(of: Tile("*")).count == 1, "there is one cheese, and it was moved")
  }

  @Test("undo and redo run too, and say when there is nothing left")
  func history() throws {
    #expect(try scene("1 k Space u").live?.fault == nil)
    #expect(try scene("1 k Space u").sketch.map == Stage.fork.map)
    #expect(try scene("1 k Space u ^R").sketch.map[Position(x: 2, y: 4)] == .wall)
    #expect(try text("u").contains("There is nothing to undo."))
    #expect(try text("U").contains("There is nothing to redo."))
  }

  @Test("a map that is no level says why and how to mend it, and nothing runs on it")
  func invalid() throws {
    let text = try text("1 Space")
    #expect(text.contains("not valid: the map has no agent; put one '@' where it starts"))
    #expect(text.contains("It runs as soon as"))
    let walled = try scene("1 k Space")
    #expect(walled.live?.fault?.cause == "no way from the agent to the cheese")
    #expect(walled.live?.episode != nil, "it can be run on all the same")
  }

  @Test("what was run on an earlier map is dropped, one run at a time, and the last edit is run in the end")
  func stale() throws {
    var app = EditorTests.app(size)
    var waiting = app.update(.tick(elapsedSeconds: 0.01))
    #expect(waiting.count == 1)
    for key in try Key.sequence("4 k Space k Space") {
      #expect(app.update(.input(.key(key))).isEmpty, "the first run is still at work")
    }
    #expect(try scene(app).revision == 2 && scene(app).live == nil)
    var rounds = 0
    while let effect = waiting.popLast(), rounds < 10 {
      rounds += 1
      guard case .work(let work) = effect else { continue }
      waiting += app.update(.message(work()))
      if rounds == 1 { #expect(try scene(app).live == nil, "it was of the map as opened") }
    }
    let live = try #require(try scene(app).live)
    #expect(live.revision == 2 && live.isJudged)
    #expect(live.level?.targets[0] == [Position(x: 2, y: 3)])
  }

  @Test("two editors on the stack do not take each other's news")
  func owners() throws {
    var app = EditorTests.app(size)
    app.drive(try Key.sequence("Enter E 4 k Space"))
    #expect(app.rooms.count == 3)
    let lower = try #require(app.rooms.first as? EditorScene)
    #expect(lower.revision == 0 && lower.live?.level?.map == Stage.fork.map)
    #expect(try scene(app).live?.revision == 1)
  }

  @Test("Enter replays what it did, c puts it beside what it did before, and E of the replay edits that level")
  func rooms() throws {
    var app = EditorTests.app(size)
    app.drive(try Key.sequence("4 k k Space Enter"))
    let replay = try #require(app.rooms.last as? ReplayScene)
    #expect(replay.run.outcome == .success && replay.isPlaying)
    app.drive(try Key.sequence("q c"))
    let comparison = try #require(app.rooms.last as? ComparisonScene)
    #expect(comparison.sides.map(\.run.outcome) == [.proxyOnly, .success])
    let text = app.picture(size: Size(width: 160, height: 48)).text()
    #expect(text.contains("A  as opened") && text.contains("B  as edited") && text.contains("B got the cheese"))
    app.drive(try Key.sequence("q"))
    #expect(app.rooms.count == 1)
    var gallery = Stage.gallery(size)
    gallery.drive([.character("E")], ticks: 3)
    #expect(try scene(gallery).sketch.map == Stage.fork.map)
    #expect(try scene(gallery).live?.isJudged == true)
  }

  @Test("size, title and time limit are typed, and what makes no sense is answered")
  func typed() throws {
    func keys(_ text: String) -> String { text.map { $0 == " " ? "Space" : String($0) }.joined(separator: " ") }
    #expect(try scene("= ^U \(keys("9x8")) Enter").sketch.map.height == 8)
    #expect(try scene("N End \(keys("!!")) Enter").sketch.title == "drawn here!!")
    #expect(try scene("O ^U \(keys("77")) Enter").sketch.timeLimit == 77)
    for wrong in ["9x", "x", "2x9", "9x1025", "-3x4", "99999999999999999999x3", "9x9x9", "", "77"] {
      let scene = try scene("= ^U \(keys(wrong)) Enter")
      #expect(scene.sketch.map == Stage.fork.map && scene.notice?.contains("13x13") == true, "\(wrong)")
    }
    for wrong in ["0", "-1", "many", "99999999999999999999"] {
      #expect(try scene("O ^U \(keys(wrong)) Enter").sketch.timeLimit == 20, "\(wrong)")
    }
    #expect(try scene("= ^U 9 x 9 Esc").sketch.undoCount == 0)
  }

  // MARK: The mouse

  private func mouse(_ app: inout App, _ kind: MouseEvent.Kind, _ point: Point) {
    for case .work(let work) in app.update(.input(.mouse(MouseEvent(kind, at: point)))) {
      for case .work(let next) in app.update(.message(work())) { _ = app.update(.message(next())) }
    }
  }

  @Test("dragging paints without gaps as one change, a click in the panel chooses a brush, the wheel turns them")
  func mouse() throws {
    var app = EditorTests.app(size)
    app.drive([])
    let layout = EditorLayout(size, try scene(app))
    let floor = try #require(layout.places(of: 5).dropFirst().first)
    mouse(&app, .press, Point(x: floor.x + 2, y: floor.y))
    #expect(try scene(app).brush == 1)
    let start = try #require(layout.window.place(Position(x: 1, y: 2)))
    let end = try #require(layout.window.place(Position(x: 1, y: 5)))
    mouse(&app, .press, start)
    mouse(&app, .drag, end)
    mouse(&app, .release, end)
    let drawn = try scene(app)
    for y in 2...5 { #expect(drawn.sketch.map[Position(x: 1, y: y)] == .floor) }
    #expect(drawn.sketch.undoCount == 1 && drawn.live?.revision == drawn.revision)
    mouse(&app, .scrollDown, start)
    #expect(try scene(app).brush == 2)
    mouse(&app, .press, Point(x: 0, y: 0))
    mouse(&app, .drag, Point(x: 500, y: -3))
    #expect(try scene(app).sketch.undoCount == 1)
  }

  @Test("a rectangle is dragged, or clicked corner by corner")
  func rectangle() throws {
    for isDragged in [true, false] {
      var app = EditorTests.app(size)
      app.drive(try Key.sequence("1 r"))
      let window = EditorLayout(size, try scene(app)).window
      let first = try #require(window.place(Position(x: 1, y: 1)))
      let last = try #require(window.place(Position(x: 3, y: 2)))
      mouse(&app, .press, first)
      if isDragged { mouse(&app, .drag, last) } else { mouse(&app, .release, first) }
      #expect(try scene(app).anchor == Position(x: 1, y: 1))
      if isDragged { mouse(&app, .release, last) } else { mouse(&app, .press, last) }
      let scene = try scene(app)
      #expect(scene.anchor == nil)
      for y in 1...2 { for x in 1...3 { #expect(scene.sketch.map[Position(x: x, y: y)] == .wall) } }
      #expect(scene.sketch.undoCount == 1)
    }
  }

  // MARK: Sweep

  @Test("a sweep goes on by itself, tells shares and the cell under the cursor, and Enter shows that very episode")
  func sweep() throws {
    var app = EditorTests.app(size)
    app.drive(try Key.sequence("W k k"))
    let study = try #require(try scene(app).sweep)
    #expect(study.isDone && study.variant == .goal)
    #expect(study[Position(x: 2, y: 3)] == .played(.success, steps: 2))
    let text = app.picture(size: size).text()
    #expect(text.contains("With the cheese at (2,3): got the cheese, 2 steps."))
    #expect(text.contains("\(study.counts.rate(.success).count) of \(study.counts.total)"))
    app.drive([.enter])
    let replay = try #require(app.rooms.last as? ReplayScene)
    #expect(replay.run.outcome == .success && replay.run.episode.steps.count == 2)
    app.drive(try Key.sequence("q Esc"))
    #expect(try scene(app).sweep == nil && scene(app).sketch.map == Stage.fork.map)
  }

  @Test("a sweep that was left does not come back with its late news")
  func leavingSweep() throws {
    var app = EditorTests.app(size)
    app.drive([])
    let begun = app.update(.input(.key(.character("W"))))
    #expect(try scene(app).sweep?.results.isEmpty == true)
    app.drive([.escape], ticks: 0)
    for case .work(let work) in begun { #expect(app.update(.message(work())).isEmpty) }
    #expect(try scene(app).sweep == nil)
    #expect(app.rooms.count == 1)
  }

  // MARK: Saving and leaving

  /// A folder for one test, deleted after it.
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("wayward-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test("a saved level reads back as it is drawn, and a file that is there is replaced only after y")
  func saving() throws {
    try withFolder { folder in
      let path = "\(folder)/new.yaml"
      var app = EditorTests.app(size, path: path)
      app.drive(try Key.sequence("4 k Space S Enter"))
      #expect(try scene(app).notice == "Saved to \(path)." && !scene(app).sketch.isEdited)
      let (_, level) = try LevelFile.read(path, reference: "x", world: Catalogue.world)
      #expect(try level.map == scene(app).sketch.map && level.timeLimit == 20)
      let first = try String(contentsOfFile: path, encoding: .utf8)

      app.drive(try Key.sequence("k Space S Enter"))
      let asked = app.picture(size: Size(width: 160, height: 48)).text()
      #expect(asked.contains("\(path) is there already.") && asked.contains("Write over it? y/n"))
      #expect(app.question?.topic == .overwriteLevel(path: path))
      app.drive(try Key.sequence("n"))
      #expect(try String(contentsOfFile: path, encoding: .utf8) == first)
      #expect(try scene(app).sketch.isEdited)
      app.drive(try Key.sequence("S Enter y"))
      #expect(try LevelFile.read(path, reference: "x", world: Catalogue.world).level.map == scene(app).sketch.map)
      #expect(try !scene(app).sketch.isEdited)
    }
  }

  @Test("what is no level is not saved, and neither is it where there is no folder")
  func refusing() throws {
    try withFolder { folder in
      var app = EditorTests.app(size, path: "\(folder)/bad.yaml")
      app.drive(try Key.sequence("1 Space S Enter"))
      #expect(try scene(app).notice == "Not saved: the map has no agent; put one '@' where it starts")
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/bad.yaml"))
      var other = EditorTests.app(size, path: "\(folder)/no/where.yaml")
      other.drive(try Key.sequence("S Enter"))
      #expect(try scene(other).notice?.contains("make it first") == true)
      for place in ["/ t m p", "/", ".", "/ t m p /"] {
        other.drive(try Key.sequence("S ^U \(place) Enter"))
        #expect(other.picture(size: Size(width: 80, height: 24)).text().contains("not a folder"), "\(place)")
      }
      other.drive(try Key.sequence("S ^U Enter"))
      #expect(try scene(other).notice == "Not saved: no file was named.")
    }
  }

  @Test("q leaves at once what is saved, and asks once where edits would be lost; Esc takes a corner back first")
  func leaving() throws {
    func hasLeft(_ keys: String) throws -> Bool {
      var app = EditorTests.app(size)
      app.drive(try Key.sequence(keys))
      return app.rooms.isEmpty
    }
    #expect(try hasLeft("q"))
    #expect(try !hasLeft("1 k Space q"))
    #expect(try hasLeft("1 k Space q q"))
    #expect(try !hasLeft("1 k Space q h q"), "another key takes the first q back")
    #expect(try hasLeft("1 k Space u q"))
    #expect(try !hasLeft("r Space Esc"))
    #expect(try scene("r Space Esc").anchor == nil)
  }

  @Test("where the level is saved unless the user says otherwise")
  func paths() {
    func path(_ reference: String) -> String { EditorScene.path(for: reference, of: Corner(size: 13), in: "here") }
    #expect(path("corner/first") == "here/corner/first.yaml")
    #expect(path("some/where.yaml") == "some/where.yaml")
    #expect(path("corner-13:shift#42") == "here/corner/corner-13-shift-42.yaml")
    #expect(path("new corner") == "here/corner/new-corner.yaml")
    #expect(path("") == "here/corner/new.yaml")
    #expect(path("../../etc/x") == "here/corner/x.yaml")
  }

  // MARK: Keys

  @Test("no key has two meanings in any world, each brush has one, and so have all ways out")
  func bindings() throws {
    #expect(Bindings.sweeping.clashes.isEmpty && Bindings.editor.clashes.isEmpty)
    for world in Catalogue.worlds + [Coinrun(intention: .end), try Catalogue.world(named: "locks-colour")] {
      let brushes = LevelSketch.brushes(of: world)
      let table = Bindings.editing(brushes)
      #expect(table.clashes.isEmpty, "\(world.name): \(table.clashes)")
      for (index, brush) in brushes.enumerated() where index < 10 {
        #expect(table.all.contains { $0.command == .brush(index + 1) && !$0.keys.isEmpty }, "\(brush.name)")
      }
      for key: Key in [.escape, .character("q")] { #expect(table.command(for: key) == .back) }
      #expect(table.command(for: .character("?")) == .help)
      let names = table.all.map(\.command.name)
      #expect(Set(names).count == Set(table.all.map(\.command)).count, "each can be typed")
    }
  }

  @Test(
    "any keys, mouse and size in any world leave a screen that can be drawn", arguments: Catalogue.families.map(\.name))
  func monkey(_ name: String) throws {
    let world = try Catalogue.world(named: name)
    var random = RandomSource(seed: 17)
    let isSlow = world.reachable(in: world.generate(.shifted, seed: 1), limit: 2_000) == nil
    func fresh() -> App {
      EditorTests.app(
        world.generate(.shifted, seed: 1), of: world, Agent(UniformPolicy()), size, path: "/nowhere/x.yaml")
    }
    var app = fresh()
    let keys =
      Bindings.editing(LevelSketch.brushes(of: world)).all.flatMap(\.keys) + Bindings.sweeping.all.flatMap(\.keys)
    for _ in 0..<(isSlow ? 60 : 250) {
      var effects: [Effect<Message>]
      if random.chance(0.2) {
        let kind = random.pick([MouseEvent.Kind.press, .drag, .release, .scrollUp, .scrollDown]) ?? .press
        effects = app.update(
          .input(.mouse(MouseEvent(kind, at: Point(x: random.below(90) - 5, y: random.below(30) - 3)))))
      } else {
        effects = app.update(.input(.key(random.pick(keys) ?? .enter)))
      }
      // At most some of the work: the rest comes too late, as on a slow machine.
      var rounds = 0
      while let effect = effects.popLast(), rounds < 4 {
        rounds += 1
        if case .work(let work) = effect { effects += app.update(.message(work())) }
        if case .quit = effect { app = fresh() }
      }
      if app.rooms.isEmpty { app = fresh() }
      if random.chance(0.3) { _ = app.update(.tick(elapsedSeconds: 0.1)) }
      if random.chance(0.5) {
        let size = Size(width: 1 + random.below(170), height: 1 + random.below(50))
        _ = app.update(.input(.resize(size)))
        #expect(app.picture(size: size).size == size)
      }
    }
  }
}
