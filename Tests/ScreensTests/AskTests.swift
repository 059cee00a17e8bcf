import Gridworlds
import Learning
import Studies
import TerminalUI
import Testing
import Worlds

@testable import Viewer

@Suite("Asking the policy, and its odds, in the replay")
struct AskTests {
  /// A network that nobody trained, where cheese and dish could lie anywhere.
  static func stage(_ size: Size) throws -> App {
    let world = Dish(size: 9)
    let level = world.generate(.shifted, seed: 4_000_005)
    let view = world.view.cropped(width: 9, height: 9)
    let network = Network(featureCount: view.featureCount, hidden: [8], actionCount: 4, seed: 1)
    let agent = Agent(try #require(NetworkPolicy(network: network, view: view, name: "untrained")), seed: 7)
    return App(ReplayRoom(agent.run(world, level), agent: agent), theme: Theme(.dark), size: size)
  }

  @Test("W shows the situation with the cheese elsewhere, and the policy's answer beside the one as it is")
  func golden() throws {
    for size in [PictureTests.size, Size(width: 120, height: 36)] {
      var app = try AskTests.stage(size)
      app.drive(try Key.sequence(". W"), ticks: 0)
      try expectGolden(app.picture(size: size).text(), "ask-\(size.width)x\(size.height)")
    }
  }

  @Test("W goes on from place to place and ends, Esc ends it at once, and another moment is as it was")
  func keys() throws {
    let app = try AskTests.stage(PictureTests.size)
    func isAsking(_ keys: String) throws -> Bool {
      let room = try PictureTests.scene(keys, in: app)
      return room.board.asking.shown(room.view) != nil
    }
    #expect(try !isAsking("."))
    #expect(try isAsking(". W"))
    #expect(try !isAsking(". W Esc"))
    #expect(try !isAsking(". W ."), "it is about one moment")
    #expect(try isAsking(". W , . W"))
    let first = try PictureTests.scene(". W", in: app)
    let answers = try MovedSituation.all(
      in: first.run.episode, at: 1, policy: try #require(first.view.agent).policy)
    let all = String(repeating: " W", count: answers.count)
    #expect(try isAsking("." + all))
    #expect(try !isAsking("." + all + " W"), "after the last one it ends")
    // Leaving the question does not leave the room.
    #expect(try PictureTests.scene(". W Esc .", in: app).frame == 2)
  }

  @Test("where nobody can be asked a line says why")
  func unasked() throws {
    let (run, agent) = Stage.run(Corner(), Stage.fork, goal: 1)
    let size = PictureTests.size
    func words(_ room: ReplayRoom, _ keys: String) throws -> String {
      var app = App(room, theme: Theme(.dark), size: size)
      app.drive(try Key.sequence(keys), ticks: 0)
      return app.picture(size: size).text()
    }
    #expect(try words(ReplayRoom(run, agent: nil), "W").contains("The policy is not at hand"))
    #expect(try words(ReplayRoom(run, agent: agent), "G W").contains("The episode is over here"))
  }

  @Test("the odds are worked out for the run that is shown, and stand in lane, inspector, heat and events")
  func odds() throws {
    let size = Size(width: 160, height: 48)
    let app = Stage.picture(size)
    let room = try PictureTests.scene(".", in: app)
    let odds = try #require(room.run.knownOdds)
    var picture = app
    picture.drive(try Key.sequence("."), ticks: 0)
    let text = picture.picture(size: size).text()
    #expect(text.contains("goal 1st"))
    #expect(text.contains("cheese first") && text.contains("corner first") && text.contains("neither"))
    if odds.turn != nil { #expect(text.contains("odds fell")) }
    let kinds = HeatMap.Kind.allCases
    for kind in kinds where kind.isOdds {
      let index = try #require(kinds.firstIndex(of: kind))
      let keys = "." + String(repeating: " v", count: index + 1)
      let shown = try PictureTests.scene(keys, in: app)
      let heat = try #require(shown.board.heat(shown.view))
      #expect(heat.kind == kind && heat.low == 0 && heat.high == 1)
      let here = try #require(heat.values[shown.view.shown.agent])
      let outlook = odds.outlooks[1]
      #expect(abs(here - (kind == .goalOdds ? outlook.intendedEver : outlook.proxyFirst)) < 1e-12)
    }
  }
}
