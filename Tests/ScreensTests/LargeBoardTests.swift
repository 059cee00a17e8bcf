import Gridworlds
import Studies
import TerminalUI
import Testing
import Worlds

@testable import Viewer

/// F, P and zoom: that boards grow where it is said that they do, and that nothing is written over other text.
@Suite("Large boards")
struct LargeBoardTests {
  static let sizes = [
    Size(width: 40, height: 12), Size(width: 60, height: 16), Size(width: 76, height: 20), Size.standard,
    Size(width: 100, height: 30), Size(width: 120, height: 36), Size(width: 160, height: 48),
    Size(width: 200, height: 60),
  ]

  private func replay(_ app: App) throws -> ReplayRoom { try #require(app.rooms.last as? ReplayRoom) }

  private func zoom(_ app: App, _ size: Size) throws -> Zoom {
    let room = try replay(app)
    return room.board.boardView(of: room.view, in: room.layout(size).board).zoom
  }

  @Test(
    "F gives a larger board of the whole map, or says that there is none; F once more gives back what was",
    arguments: sizes)
  func maximized(_ size: Size) throws {
    for coinrun in [false, true] {
      for keys in ["", "z", "Z", "z z"] {
        var app = Stage.replay(size, coinrun: coinrun)
        app.drive(try Key.sequence(keys), ticks: 0)
        let before = try zoom(app, size)
        let layout = try replay(app).layout(size)
        app.drive(["F"], ticks: 0)
        let map = try replay(app).run.episode.level.map
        let pane = try replay(app).layout(size).board
        let after = try zoom(app, size)
        let notice = try replay(app).notice
        if after > before {
          #expect(after.fits(map, in: pane) && notice == nil)
        } else {
          #expect(notice?.hasSuffix("in this window; z zooms in on a part.") == after.fits(map, in: pane), "\(size)")
          #expect(notice != nil && app.picture(size: size).text().contains(notice?.prefix(30) ?? "?"))
        }
        let larger = [Zoom.double, .quad, .large].last { $0.fits(map, in: pane) } ?? .single
        #expect(after == larger, "the largest that there is room for")
        app.drive(["F"], ticks: 0)
        #expect(try zoom(app, size) == before && replay(app).layout(size) == layout)
      }
    }
    let size = Size(width: 160, height: 48)
    var app = Stage.replay(size)
    #expect(try zoom(app, size) == .quad)
    app.drive(["F"], ticks: 0)
    #expect(try zoom(app, size) == .large)
  }

  @Test("presenting gives the gallery's preview and the training's boards room that other panes had", arguments: sizes)
  func presenting(_ size: Size) throws {
    let (usual, presenting) = (GalleryLayout(size), GalleryLayout(size, isPresenting: true))
    #expect((presenting.preview?.width ?? 0) >= (usual.preview?.width ?? 0))
    if size.width >= 76 { #expect(presenting.preview.map { $0.width > size.width / 2 } == true || size.width < 80) }
    var gallery = Stage.gallery(size)
    gallery.drive([], ticks: 4)
    gallery.drive(["P"], ticks: 0)
    #expect(gallery.picture(size: size).text().contains("Presenter: boards instead of panels."))
    var life = App(LifeRoom(TreeLife.Settings(seed: 1), at: 100, isPaused: true), theme: Theme(.dark), size: size)
    let forest = life.picture(size: size)
    life.drive(["P"], ticks: 0)
    let presented = life.picture(size: size)
    func columns(_ canvas: Canvas) -> Int {
      (1..<size.height - 1).map { y in
        canvas.text().split(separator: "\n", omittingEmptySubsequences: false)[y].prefix {
          "┌─┐│└┘".contains($0) || $0 != " "
        }.count
      }.max() ?? 0
    }
    if size.width >= 120, size.height >= 36 { #expect(presented != forest && columns(presented) >= columns(forest)) }
  }

  @Test("no text is written over other text, in any room, at any size, with F, P and every zoom", arguments: sizes)
  func overlaps(_ size: Size) throws {
    for (name, make) in LargeBoardTests.rooms {
      let base = make(size)
      for keys in [
        "", "d", "F", "F d", "P", "P d", "z", "z z", "z z z", "Z", "G", "G F", "Enter", "v F", "p z", "H", "? ", "e",
        "d m g a", "d a",
      ] {
        var app = base
        app.drive(try Key.sequence(keys), ticks: 2)
        var canvas = Canvas.watched(size: size)
        app.draw(into: &canvas)
        #expect(canvas.watch?.findings == [], "\(name) at \(size.width)x\(size.height) after \(keys)")
      }
    }
  }

  private static let rooms: [(String, @Sendable (Size) -> App)] = [
    ("replay", { Stage.replay($0) }), ("coinrun", { Stage.replay($0, coinrun: true) }),
    ("gallery", { Stage.gallery($0) }),
    ("play", { App(ReplayRoom.played(Corner(), Stage.fork), theme: Theme(.dark), size: $0) }),
    (
      "training",
      {
        let room = TrainingRoom(title: "wayward train corner --seed 1", control: TrainingControl()) { _, _ in }
        return App(room, theme: Theme(.dark), size: $0)
      }
    ),
    ("life", { App(LifeRoom(TreeLife.Settings(seed: 1), at: 3_000, isPaused: true), theme: Theme(.dark), size: $0) }),
    (
      "comparison",
      { size in
        var app = Stage.replay(size)
        app.drive(["c", .enter], ticks: 0)
        return app
      }
    ),
    (
      "editor",
      { size in
        var app = Stage.replay(size)
        app.drive(["E"], ticks: 0)
        return app
      }
    ),
  ]

  @Test("the words stay in their rows: the lane of classes is whole under F, at every step", arguments: sizes)
  func lane(_ size: Size) throws {
    // Of what P says the next keys take the place.
    for keys in ["F", "d F", "1 F", "G F", "P x x", "P d"] {
      var app = Stage.replay(size)
      app.drive(try Key.sequence(keys), ticks: 0)
      let room = try replay(app)
      let layout = room.layout(size)
      var alone = Canvas(size: size)
      alone.fill(alone.bounds, Cell(" ", app.theme.style(.text)))
      room.timeline.draw(into: &alone, in: layout.timeline, theme: app.theme)
      let shown = app.picture(size: size)
      for y in layout.timeline.y..<layout.timeline.maxY {
        for x in 0..<size.width { #expect(shown[x, y].glyph == alone[x, y].glyph, "\(keys), column \(x), row \(y)") }
      }
      let rects =
        [layout.board, layout.narration, layout.timeline] + [layout.inspector, layout.legend].compactMap { $0 }
      for (index, rect) in rects.enumerated() {
        for other in rects[..<index] { #expect(rect.intersection(other).isEmpty, "\(keys): \(rect) and \(other)") }
      }
    }
  }

  @Test("the watch finds text over text, and neither blanks nor what was cleared")
  func watch() {
    var canvas = Canvas.watched(size: Size(width: 20, height: 2))
    canvas.put("one two", x: 0, y: 0)
    canvas.put("x", x: 3, y: 0)
    canvas.put("   ", x: 0, y: 0)
    canvas.fill(Rect(x: 4, y: 0, width: 3, height: 1), Cell())
    canvas.put("new", x: 4, y: 0)
    #expect(canvas.watch?.findings == [])
    canvas.put("over", x: 1, y: 0)
    #expect(canvas.watch?.findings.first == "'over' over 'one two'")
    #expect(Canvas(size: .standard).watch == nil)
  }

  @Test("a jump is one slanting line at every zoom, a stroke a row, and joins what is walked before and after")
  func jumps() throws {
    let path = [(0, 2), (1, 2), (2, 1), (3, 0), (4, 1), (5, 2), (6, 2)].map { Position(x: $0.0, y: $0.1) }
    let world = Corner()
    let level = Stage.level(world, "*......\n.......\n......@")
    let frame = world.frame(of: PackedState(world.initialState(of: level)), in: level)
    func picture(_ zoom: Zoom) -> String {
      let size = zoom.size(of: level.map)
      var canvas = Canvas(size: size)
      var board = Board(world: world, level: level, frame: frame)
      board.trail = path
      board.draw(into: &canvas, in: Rect(size), zoom: zoom, theme: Theme(.dark))
      return canvas.text().replacing("·", with: " ").split(separator: "\n", omittingEmptySubsequences: false).map {
        String($0.reversed().drop { $0 == " " }.reversed())
      }.joined(separator: "\n")
    }
    #expect(picture(.double) == "◉     ╲\n    ╱   ╲ ⚑\n╺━╸       ╺━@")
    #expect(
      picture(.quad) == """
        ◉           ╲
                  ╱   ╲
                ╱       ╲   ⚑
              ╱           ╲
        ╺━━━╸               ╺━━━@
        """)
  }
}
