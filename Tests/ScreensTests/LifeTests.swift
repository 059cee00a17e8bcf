import Studies
import TerminalUI
import Testing

@testable import Viewer

@Suite("The life's screen")
struct LifeTests {
  static let sizes = [Size(width: 80, height: 24), Size(width: 160, height: 48), Size(width: 40, height: 12)]

  static let collapsed = life(8_000)
  static let recovered = life(2_100_000)

  static func life(_ steps: Int) -> TreeLife {
    var life = TreeLife(TreeLife.Settings(seed: 3))
    life.run(steps)
    return life
  }

  static func app(_ size: Size, at steps: Int, isPaused: Bool = true) -> App {
    App(LifeRoom(TreeLife.Settings(seed: 3), at: steps, isPaused: isPaused), theme: Theme(.dark), size: size)
  }

  private func scene(_ app: App) throws -> LifeRoom { try #require(app.rooms.last as? LifeRoom) }

  @Test("a collapse and the forest that is kept after it, at every size", arguments: sizes)
  func golden(_ size: Size) throws {
    for (name, life) in [("collapsed", LifeTests.collapsed), ("recovered", LifeTests.recovered)] {
      let scene = LifeRoom(life, isPaused: true)
      let picture = App(scene, theme: Theme(.dark), size: size).picture(size: size)
      try expectGolden(picture.text(), "life-\(name)-\(size.width)x\(size.height)")
      try expectGolden(picture.rendered(with: .ascii).text(), "life-\(name)-\(size.width)x\(size.height)-ascii")
      let mono = App(scene, theme: Theme(.mono), size: size).picture(size: size)
      #expect(mono.text() == picture.text(), "colour says nothing that no glyph says")
    }
  }

  @Test("a tick takes as many steps as the speed says, and < > change it")
  func speed() throws {
    let size = LifeTests.sizes[0]
    var app = LifeTests.app(size, at: 0, isPaused: false)
    _ = app.update(.tick(elapsedSeconds: 0.03))
    #expect(try scene(app).life.steps == 5)
    app.drive([.character(">"), .character(">")], ticks: 0)
    _ = app.update(.tick(elapsedSeconds: 0.03))
    #expect(try scene(app).life.steps == 35)
    app.drive([Key](repeating: .character("<"), count: 20), ticks: 0)
    _ = app.update(.tick(elapsedSeconds: 0.03))
    #expect(try scene(app).life.steps == 36)
  }

  @Test("Space rests, a full stop takes one step, and what rests costs nothing")
  func pause() throws {
    var app = LifeTests.app(LifeTests.sizes[0], at: 100, isPaused: false)
    app.drive([.space], ticks: 0)
    #expect(app.frameInterval == nil)
    app.drive([.character(".")], ticks: 0)
    #expect(try scene(app).life.steps == 101)
    app.drive([.space], ticks: 0)
    #expect(app.frameInterval != nil)
  }

  @Test("] goes on to the next event and rests there")
  func events() throws {
    var settings = TreeLife.Settings(seed: 3)
    settings.least = 1e-3
    var app = App(LifeRoom(settings, isPaused: true), theme: Theme(.dark), size: LifeTests.sizes[0])
    for kind in [LifeEvent.Kind.collapse, .regrowth] {
      app.drive([.character("]")], ticks: 0)
      let scene = try scene(app)
      #expect(scene.life.course.events.last?.kind == kind)
      #expect(scene.life.course.events.last?.step == scene.life.steps)
      #expect(scene.isPaused && !scene.isSeeking)
    }
  }

  @Test("an empty forest runs fast by itself, on another thread, and says what it waits for")
  func waiting() throws {
    var app = LifeTests.app(LifeTests.sizes[0], at: 8_000, isPaused: false)
    #expect(try scene(app).life.trees == 0)
    let effects = app.update(.tick(elapsedSeconds: 0.03))
    #expect(try scene(app).life.steps == 8_000, "the screen does not wait for it")
    #expect(app.update(.tick(elapsedSeconds: 0.03)).isEmpty, "one piece of work at a time")
    for case .work(let work) in effects { _ = app.update(.message(work())) }
    #expect(try scene(app).life.steps == 8_000 + LifeRoom.waiting)
    #expect(app.picture(size: LifeTests.sizes[0]).text().contains("no tree stands; waiting for one"))
  }

  @Test("no key has two meanings, and q leaves")
  func bindings() {
    #expect(LifeRoom.menu.bindings.clashes.isEmpty)
    var app = LifeTests.app(LifeTests.sizes[0], at: 0)
    let effects = app.update(.input(.key(.character("q"))))
    #expect(effects.contains { if case .quit = $0 { true } else { false } })
  }

  /// A life of ever more phases, looked at after every 100,000 steps.
  static let courses: [LifeCourse] = {
    var settings = TreeLife.Settings(seed: 1)
    settings.hope = 1
    settings.least = 1e-3
    var life = TreeLife(settings)
    return (0..<6).map { _ in
      life.run(100_000)
      return life.course
    }
  }()

  @Test("a life of any number of phases has lanes of exactly the width", arguments: [20, 61, 140])
  func lanes(_ width: Int) {
    for course in Self.courses {
      let spans = LifeLanes.spans(of: course, width: width)
      #expect(spans.reduce(0) { $0 + $1.columns } == width)
      #expect(spans.allSatisfy { $0.columns > 0 })
    }
  }
}
