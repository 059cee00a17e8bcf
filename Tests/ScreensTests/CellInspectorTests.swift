import Gridworlds
import Inference
import Planning
import Studies
import TerminalUI
import Testing
import Worlds

@testable import Viewer

@Suite("The inspector of a cell")
struct CellInspectorTests {
  let size = PictureTests.size

  @Test(
    "says what lies there, who was there when, how far the goals are and what the policy would do",
    arguments: PictureTests.sizes)
  func golden(_ size: Size) throws {
    var app = Stage.picture(size)
    app.drive(try Key.sequence("d Enter Right"), ticks: 0)
    try expectGolden(app.picture(size: size).text(), "cell-\(size.width)x\(size.height)")
    let plain = Stage.picture(size, theme: .mono, glyphs: .ascii)
    try expectGolden(try PictureTests.plain(plain, "d Enter Right", size), "cell-\(size.width)x\(size.height)-ascii")
  }

  @Test("arrows move from cell to cell and stay on the map; Enter and Esc leave the cell, not the room")
  func moving() throws {
    let app = Stage.picture(size)
    let start = Position(x: 2, y: 5)
    #expect(try PictureTests.scene("Enter", in: app).board.cursor == start)
    #expect(try PictureTests.scene("Enter Up Right", in: app).board.cursor == Position(x: 3, y: 4))
    #expect(try PictureTests.scene("Enter j j j j j j", in: app).board.cursor == Position(x: 2, y: 6))
    #expect(try PictureTests.scene("Enter h h h h", in: app).board.cursor == Position(x: 0, y: 5))
    #expect(try PictureTests.scene("Enter Up Enter", in: app).board.cursor == nil)
    #expect(try PictureTests.scene("Enter Up Esc", in: app).board.cursor == nil)
    #expect(try PictureTests.scene("Enter . .", in: app).frame == 2, "time goes on meanwhile")
    #expect(try PictureTests.scene("Enter Esc .", in: app).frame == 1)
  }

  @Test("a click on the board inspects the cell under it, at every zoom; beside the map it does nothing")
  func mouse() throws {
    for keys in ["g", "z", "z z", "Z", "Z Z Z"] {
      var app = Stage.picture(size)
      app.drive(try Key.sequence(keys), ticks: 0)
      let scene = try #require(app.rooms.last as? ReplayRoom)
      let view = scene.board.boardView(of: scene.view, in: scene.layout(size).board)
      for cell in view.cells {
        let (x, y) = try #require(view.place(cell))
        var clicked = app
        _ = clicked.update(.input(.mouse(MouseEvent(.press, at: Point(x: x, y: y)))))
        let found = try #require((clicked.rooms.last as? ReplayRoom)?.board.cursor)
        // Of two in one row of the screen it is the upper.
        #expect(found == cell || view.zoom == .half && found == cell.moved(.up), "\(keys) \(cell)")
      }
      _ = app.update(.input(.mouse(MouseEvent(.press, at: Point(x: 0, y: 0)))))
      #expect((app.rooms.last as? ReplayRoom)?.board.cursor == nil)
    }
  }

  @Test("its figures are the graph's and the policy's")
  func figures() throws {
    let scene = try PictureTests.scene("d Enter Up", in: Stage.picture(size))
    let cell = try #require(scene.board.cursor)
    let entry = try #require(scene.survey?.cells[cell])
    let graph = try #require(scene.run.analysis?.graph)
    let state = try #require(graph.reachable.agents.firstIndex(of: cell))
    for goal in Corner().goalIndices {
      #expect(entry.distance(to: goal) == graph.distances[goal][state])
      for action in 0..<4 { #expect(entry.fits(goal, action) == graph.fits(goal, action, in: state)) }
    }
  }

  @Test("times are told as runs of steps, cut to the room there is")
  func times() {
    #expect(CellInspector.times("agent", [], width: 40) == "agent never here")
    #expect(CellInspector.times("agent", [3...3], width: 40) == "agent here at step 3")
    #expect(CellInspector.times("agent", [3...5, 9...9], width: 60) == "agent here at steps 3-5, 9 (4 in all)")
    for width in 24...60 {
      let text = CellInspector.times("agent", stride(from: 0, to: 200, by: 2).map { $0...$0 }, width: width)
      #expect(text.count <= max(36, width) && text.hasSuffix("(100 in all)"))
    }
  }

  @Test("a wall, a cell that nobody can reach and an episode without a plan say so, and none traps")
  func edges() throws {
    let level = Stage.level(
      Corner(),
      """
      #######
      #*..#.#
      #####.#
      #@..#.#
      #######
      """)
    let run = Run(Corner().rollout(level, policy: UniformPolicy(), seed: 1))
    let app = App(ReplayRoom(run, agent: nil), theme: Theme(.dark), size: size)
    func text(_ keys: String) throws -> String {
      var app = app
      app.drive(try Key.sequence(keys), ticks: 0)
      return app.picture(size: size).text()
    }
    #expect(try text("Enter Up").contains("wall"))
    #expect(try text("Enter Up Up").contains("can never stand here"))
    #expect(try text("Enter").contains("no policy is at hand"))
  }

  @Test("panels come and go by their keys, and the board gets their room")
  func panels() throws {
    let app = Stage.picture(size)
    let usual = try PictureTests.scene("g", in: app).layout(size)
    let without = try PictureTests.scene("I", in: app).layout(size)
    #expect(without.inspector == nil && without.board.width > usual.board.width)
    #expect(try PictureTests.scene("L", in: app).layout(size).legend == nil)
    let alone = try PictureTests.scene("F", in: app).layout(size)
    #expect(alone.board.height > usual.board.height && alone.inspector == nil)
    #expect(try PictureTests.scene("F F I I L L", in: app).layout(size) == usual)
    #expect(try PictureTests.scene("I Enter", in: app).layout(size).inspector != nil, "a cell needs its panel")
  }

  @Test("a survey that comes late, or of another level, is never shown for the wrong moment")
  func late() throws {
    let scene = try PictureTests.scene("p", in: Stage.picture(size))
    let (other, _) = Stage.run(Coinrun(), Stage.run2D, goal: 1)
    let analysis = try #require(other.analysis)
    let moment = SurveyedMoment(other, analysis, at: 0, policy: scene.agent?.policy, after: nil)
    var board = scene.board
    board.take(moment)
    #expect(board.survey(scene.view)?.level == Stage.fork)
    let later = Viewpoint(scene.run, at: 3, agent: scene.agent)
    let shown = try #require(board.survey(later))
    #expect(shown.present.rest == later.shown.state.rest)
  }
}
