import Gridworlds
import Inference
import Planning
import Studies
import TerminalUI
import Testing
import Worlds

@testable import Viewer

@Suite("Finding one's way in time")
struct TimeToolsTests {
  let size = Size(width: 80, height: 24)
  static let sizes = [Size(width: 80, height: 24), Size(width: 160, height: 48), Size(width: 40, height: 12)]

  private func scene(_ keys: String, size: Size? = nil) throws -> ReplayRoom {
    var app = Stage.replay(size ?? self.size)
    app.drive(try Key.sequence(keys), ticks: 0)
    return try #require(app.rooms.last as? ReplayRoom)
  }

  private func typed(_ text: String) -> String {
    "/ " + text.map { $0 == " " ? "Space" : "\($0)" }.joined(separator: " ")
  }

  @Test(
    "m sets a mark, a quote and its letter go there, two quotes go back from where one jumped",
    arguments: [
      (". . . m x G ' x", 3), (". . m x G ' x ' '", 20), ("5 . ' '", 0), (". . m d G ' d", 2), ("' q", 0),
      (". m Esc . ' Esc", 2), (". m 3", 1), ("m b . . m b g ' b", 2), ("' '", 0), (". . G ' ' ' '", 20),
    ])
  func marks(_ keys: String, _ frame: Int) throws {
    #expect(try scene(keys).frame == frame)
  }

  @Test("a letter that is no mark says so, and the room stays open")
  func noMark() throws {
    #expect(try scene("' q").notice == "There is no mark q.")
    #expect(try scene("m Q").notice == "A mark is a letter from a to z.")
    #expect(try scene("' '").notice == "There was no jump yet to go back from.")
  }

  @Test("the first a sets A, the second B and plays between, the third ends it")
  func range() throws {
    var app = Stage.replay(size)
    app.drive(try Key.sequence(") a . . . a"), ticks: 0)
    var seen: [Int] = []
    for _ in 0..<9 {
      seen.append((app.rooms.last as? ReplayRoom)?.frame ?? -1)
      _ = app.update(.tick(elapsedSeconds: 0.1))
    }
    #expect(seen == [10, 11, 12, 13, 10, 11, 12, 13, 10])
    app.drive(try Key.sequence("r"), ticks: 0)
    seen = []
    for _ in 0..<6 {
      seen.append((app.rooms.last as? ReplayRoom)?.frame ?? -1)
      _ = app.update(.tick(elapsedSeconds: 0.1))
    }
    #expect(seen == [11, 10, 13, 12, 11, 10], "backward it goes from A to B")
    app.drive(try Key.sequence("a"), ticks: 0)
    #expect((app.rooms.last as? ReplayRoom)?.playhead.range == nil)
    let early = try scene(") a g a")
    #expect(early.playhead.range?.start == 0 && early.playhead.range?.end == 10, "B may be set before A")
    #expect(try scene(") a a").playhead.range?.end == nil, "a range of one step is none")
  }

  @Test("a search goes to the first hit from here, n and N to the next and back, round at the ends")
  func search() throws {
    let run = try scene("g").run
    let classes = try #require(run.analysis).classes
    let hits = classes.indices.filter { classes[$0] == .proxyOnly }
    try #require(hits.count >= 3)
    let search = typed("proxy") + " Enter"
    #expect(try scene(search).frame == hits[0])
    #expect(try scene(search + " n n").frame == hits[2])
    #expect(try scene(search + " N").frame == hits.last)
    #expect(try scene(search + " G n").frame == hits[0], "after the last comes the first")
    #expect(try scene(search + " ' '").frame == 0)
    #expect(try scene(search + " g / Enter").frame == hits[0], "an empty line searches again")
    #expect(try scene("n").notice == "Nothing was searched for: / searches.")
  }

  @Test("what is found shows while one types, and Esc takes one back")
  func live() throws {
    let frame = try scene(typed("departure")).frame
    #expect(try frame == scene("d").frame)
    let left = try scene(". " + typed("departure") + " Esc")
    #expect(left.frame == 1 && left.finder.search == nil)
    let wrong = try scene(typed("regrret>0") + " Enter")
    #expect(wrong.notice == "Search at 1: 'regrret' is no word of a search; did you mean 'regret'?")
    #expect(try scene(typed("both") + " Enter " + typed("what?") + " Enter").finder.search?.query.text == "both")
  }

  @Test("a long episode is searched elsewhere, and its hits come back as a message")
  func long() throws {
    let world = Corner()
    let level = try Level(of: world, reference: "test/long", map: Stage.fork.map, timeLimit: 60_000)
    let (run, _) = Stage.run(world, level, goal: 1)
    var app = App(ReplayRoom(run, agent: nil), theme: Theme(.dark), size: size)
    for key in try Key.sequence(typed("step=50000")) { _ = app.update(.input(.key(key))) }
    let effects = app.update(.input(.key(.enter)))
    #expect((app.rooms.last as? ReplayRoom)?.frame == 0)
    #expect(effects.count == 1)
    for case .work(let work) in effects { _ = app.update(.message(work())) }
    #expect((app.rooms.last as? ReplayRoom)?.frame == 50_000)
  }

  @Test("H lists the lanes: Space takes one away, arrows move it, Esc leaves the room open")
  func chooser() throws {
    let usual = try scene("g").timeline.lanes
    #expect(usual.prefix(2) == [.classes, .marks])
    #expect(try scene("H Space Esc").timeline.lanes == Array(usual.dropFirst()))
    #expect(try scene("H Space Space Esc").timeline.lanes == usual)
    #expect(try scene("H Down Left Esc").timeline.lanes.prefix(2) == [.marks, .classes])
    #expect(try scene("H Right Esc").timeline.lanes.prefix(2) == [.marks, .classes])
    #expect(try scene("H Space BS q").timeline.lanes == usual)
    #expect(try scene("H Space a H").timeline.lanes == usual)
    let app = Stage.replay(size)
    #expect(app.rooms.count == 1)
    #expect(try scene("H d").frame == 0, "keys are the chooser's while it is open")
  }

  @Test("all lanes have a row at 160x48 and are drawn whole", arguments: [sizes[1]])
  func allLanes(_ size: Size) throws {
    let scene = try scene("H a Esc", size: size)
    #expect(scene.layout(size).timeline.height == scene.timeline.lanes.count)
    #expect(scene.timeline.lanes.contains(.regret) && scene.timeline.lanes.contains(.totalReturn))
  }

  @Test(
    "no label is cut, whatever the world", arguments: ["corner", "coinrun", "line", "keys", "locks", "dish", "lava"])
  func labels(_ name: String) throws {
    let world = try Catalogue.world(named: name)
    let run = Agent(UniformPolicy(), seed: 1).run(world, world.generate(.shifted, seed: 1))
    for lane in Lane.all(of: run) {
      let label = lane.label(of: run)
      #expect(label.count <= 10)
      for frame in [0, 1, run.episode.steps.count] where lane != .pursuit {
        let words = label + " " + lane.reading(of: run, at: frame, track: nil)
        #expect(words.count < Timeline.labelWidth, "\(words)")
      }
    }
  }

  @Test("a step changes of the lanes the pointer and numbers only, all in one style")
  func fewCells() throws {
    let size = Size(width: 160, height: 48)
    var app = Stage.replay(size)
    app.drive(try Key.sequence("H a Esc 5"), ticks: 0)
    let before = app.picture(size: size)
    app.drive(try Key.sequence("."), ticks: 0)
    let after = app.picture(size: size)
    let lanes = try #require(app.rooms.last as? ReplayRoom).layout(size).timeline
    var changed: [Point] = []
    for y in lanes.y..<lanes.maxY {
      for x in lanes.x..<lanes.maxX where before[x, y] != after[x, y] { changed.append(Point(x: x, y: y)) }
    }
    #expect(changed.contains { after[$0].glyph == "▴" })
    #expect(Set(changed.map { after[$0].style }).count == 1)
    #expect(changed.count <= 2 + 4 * lanes.height, "\(changed.count) cells")
  }

  @Test("the chooser over the board, at every size", arguments: sizes)
  func chooserScreen(_ size: Size) throws {
    var app = Stage.replay(size)
    app.drive(try Key.sequence("d H Down Down Down Space"), ticks: 0)
    let picture = app.picture(size: size)
    try expectGolden(picture.text(), "lanes-\(size.width)x\(size.height)")
    try expectGolden(picture.rendered(with: .ascii).text(), "lanes-\(size.width)x\(size.height)-ascii")
  }

  @Test("marks, a range and hits on the lanes, at every size", arguments: sizes)
  func toolScreen(_ size: Size) throws {
    var app = Stage.replay(size)
    let keys = ". . m x . . a ) a Space " + typed("proxy") + " Enter n"
    app.drive(try Key.sequence(keys), ticks: 0)
    let picture = app.picture(size: size)
    try expectGolden(picture.text(), "search-\(size.width)x\(size.height)")
    try expectGolden(picture.rendered(with: .ascii).text(), "search-\(size.width)x\(size.height)-ascii")
  }

  @Test("the board draws what it shows of a long way, and still marks where it departed")
  func longTrail() throws {
    let world = Corner()
    let level = try Level(of: world, reference: "test/long", map: Stage.fork.map, timeLimit: 5_000)
    let (run, _) = Stage.run(world, level, goal: 1)
    let departure = try #require(run.analysis?.marks.departure)
    let board = Board(run, frame: 4_900, ways: Ways())
    #expect(board.trail.count == Board.longestTrail + 1)
    #expect(board.departure == run.episode.agent(at: departure))
    #expect(board.departed.map { $0 < 0 } == true, "all that is drawn comes after the departure")
  }
}
