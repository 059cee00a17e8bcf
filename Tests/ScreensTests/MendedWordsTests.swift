import Foundation
import Gridworlds
import Inference
import Planning
import Studies
import TerminalUI
import Testing
import Worlds

@testable import Viewer

@Suite("Words and signs that must not mislead")
struct MendedWordsTests {
  @Test("each side of two intentions looks a goal up by its id, since they list the goals in another order")
  func distances() throws {
    var app = Stage.replay(Size(width: 160, height: 48), coinrun: true)
    app.drive(try Key.sequence("C"), ticks: 0)
    let scene = try #require(app.rooms.last as? ComparisonRoom)
    let worlds = scene.sides.map(\.run.episode.world)
    #expect(worlds[0].goals.map(\.id) != worlds[1].goals.map(\.id), "else the order could not matter")
    for goal in worlds[0].goals {
      let figures = try scene.sides.map { side in
        let found = try #require(side.run.episode.world.goal(named: goal.id))
        return try #require(side.run.analysis?.distance(to: found, at: 0))
      }
      #expect(figures[0] == figures[1], "the same cell is as far whatever was meant")
      #expect(
        ComparisonPicture(room: scene, theme: Theme(.dark)).distances(to: goal, [0, 0], width: 40)
          == "to \(goal.bareNoun)  A \(figures[0])  B \(figures[1])")
    }
  }

  @Test("every floor has its heat from wall to wall, and no glyph of a wall has any", arguments: [Zoom.double, .quad])
  func heat(_ zoom: Zoom) throws {
    let scene = try PictureTests.scene("v v", in: Stage.picture(PictureTests.size))
    let (level, heat) = (scene.run.episode.level, try #require(scene.heat))
    var board = Board(world: Corner(), level: level, frame: scene.view.shown)
    board.heat = heat
    let rect = Rect(x: 0, y: 0, width: zoom.size(of: level.map).width, height: zoom.size(of: level.map).height)
    var canvas = Canvas(size: Size(width: rect.width, height: rect.height))
    let theme = Theme(.dark)
    board.draw(into: &canvas, in: rect, zoom: zoom, theme: theme)
    let view = BoardView(level.map, in: rect, zoom: zoom, around: board.focus)
    var checked = 0
    for cell in level.map.positions {
      let (x, y) = try #require(view.place(cell))
      if level.isWall(cell) {
        #expect((0..<Viridis.count).allSatisfy { Viridis.color($0) != canvas[x, y].style.background })
      } else if let step = heat.step(at: cell, of: Viridis.count), level.isWall(cell.moved(.left)) {
        #expect(canvas[x - 1, y].style.background == Viridis.color(step), "\(cell) has a stripe at its left")
        checked += 1
      }
    }
    #expect(checked > 0)
  }

  @Test("the legend names the classes of the arrows before the lines, and what else stands on the board")
  func legend() throws {
    let lines = try PictureTests.plain(Stage.picture(PictureTests.size), "p").split(separator: "\n")
    let legend = try #require(lines.last { $0.contains("G goal") })
    let order = ["P proxy", "= fits both", "# proxy only", "taken"].map { legend.range(of: $0)?.lowerBound }
    #expect(order.compactMap { $0 }.count == 4, "\(legend)")
    #expect(order.compactMap { $0 } == order.compactMap { $0 }.sorted(), "\(legend)")
    let wide = Size(width: 160, height: 48)
    let picture = try PictureTests.plain(Stage.replay(wide, coinrun: true), "", wide)
    #expect(picture.contains("m crawler") && picture.contains("~ lava"))
  }

  @Test("a text that is cut says so, and a whole sentence is rather left out")
  func cuts() {
    #expect("One two. Three four five.".fitted(width: 12, height: 1) == ["One two."])
    #expect("One two three four".fitted(width: 9, height: 1) == ["One two…"])
    #expect("One two three four".fitted(width: 8, height: 1) == ["One two…"])
    #expect("One two".fitted(width: 7, height: 1) == ["One two"])
    #expect("One".fitted(width: 7, height: 0).isEmpty)
  }

  @Test("where a map goes on beyond its pane the edge says so, and the agent stays in view")
  func edges() throws {
    let run = Stage.replay(Size(width: 80, height: 24), coinrun: true)
    let level = try #require((run.rooms.last as? ReplayRoom)?.run.episode)
    for frame in [0, level.steps.count / 2, level.steps.count] {
      var canvas = Canvas(size: Size(width: 20, height: 14))
      let board = Board(world: level.world, level: level.level, frame: level.frames[frame])
      let rect = Rect(x: 0, y: 0, width: 20, height: 14)
      let view = BoardView(level.level.map, in: rect, zoom: .single, around: board.focus)
      board.draw(into: &canvas, in: rect, zoom: .single, theme: Theme(.dark))
      let text = canvas.text()
      #expect(text.contains("@"))
      #expect(text.contains("‹") == (view.origin.x > 0))
      #expect(text.contains("›") == (view.origin.x + view.columns < level.level.map.width))
    }
  }

  @Test("a bar in ASCII is made of one sign, so that no dash comes before its number")
  func bars() {
    for eighths in 0...24 {
      let text = GlyphSet.ascii.text(bar(Double(eighths) / 24, width: 3))
      #expect(Set(text).isSubset(of: ["#", " "]), "\(eighths): \(text)")
      #expect(text.count { $0 == "#" } == (eighths + 4) / 8)
    }
  }

  @Test("the gallery's count of agents leaves out the line for all of them")
  func agents() {
    var counted = 0
    for height in 12...36 {
      let size = Size(width: 120, height: height)
      var app = Stage.gallery(size)
      app.drive([], ticks: 4)
      let text = app.picture(size: size).text()
      #expect(!text.contains("Agent, of 3"))
      counted += text.contains("Agent, of 2") ? 1 : 0
    }
    #expect(counted > 0)
  }

  @Test("the help is as wide as the screen: nothing of what lies under it stands beside it", arguments: [60, 80, 160])
  func helpWidth(_ width: Int) {
    let size = Size(width: width, height: 24)
    var app = Stage.gallery(size)
    app.drive(["?"], ticks: 4)
    let picture = app.picture(size: size)
    for y in 2..<22 {
      #expect(picture[0, y].glyph == "│" && picture[width - 1, y].glyph == "│", "row \(y)")
    }
  }

  @Test("a long notice keeps whole words and says that it goes on")
  func notices() {
    var canvas = Canvas(size: Size(width: 30, height: 6))
    Footer.draw(
      notice: "The first sentence is what matters most here, and it does not fit. The rest is left out.", into: &canvas,
      theme: Theme(.dark))
    let lines = canvas.text().split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[4] == " The first sentence is what")
    #expect(lines[5] == " matters most here, and it…")
  }
}
