import Foundation
import Gridworlds
import Learning
import Planning
import Studies
import TerminalUI
import Testing
import Worlds

@testable import Viewer

/// A level drawn in the test, with an agent whose goal is known.
enum Stage {
  static func level(_ world: some World, _ rows: String, title: String = "drawn here") -> Level {
    let grid = Grid(rows: rows.split(separator: "\n").map { $0.unicodeScalars.map { Tile($0) } })
    return try! Level(of: world, reference: "test/level", title: title, map: grid!, timeLimit: 20)
  }

  static let fork = level(
    Corner(),
    """
    #######
    #*..#.#
    ###.#.#
    #.....#
    ##.##.#
    ##@####
    #######
    """)

  static let run2D = level(
    Coinrun(),
    """
    ####################
    #..................#
    #.......o..........#
    #..................#
    #..................#
    #@.......m.........#
    #####~~#############
    ####################
    """)

  static let leader = level(
    Follow(size: 7),
    """
    #########
    #1....3.#
    #.......#
    #..@Z...#
    #.......#
    #.....2.#
    #########
    """)

  static func run(_ world: any World, _ level: Level, goal: Goal.Index) -> (Run, Agent) {
    let agent = Agent(PlantedPolicy(StateGraph(world, level)!, goal: goal), seed: 7)
    return (agent.run(world, level), agent)
  }

  static func replay(
    _ size: Size, theme: Theme.Name = .dark, coinrun: Bool = false, outlet: Outlet = .disk
  ) -> App {
    let (run, agent) = coinrun ? run(Coinrun(), run2D, goal: 1) : run(Corner(), fork, goal: 1)
    return App(ReplayRoom(run, agent: agent), theme: Theme(theme), size: size, outlet: outlet)
  }

  static func gallery(_ size: Size, outlet: Outlet = .disk) -> App {
    App(GalleryRoom(twoAgents), theme: Theme(.dark), size: size, outlet: outlet)
  }
}

/// Compares with a file beside the tests; `WAYWARD_RECORD=1 swift test` writes the files anew.
func expectGolden(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
  let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden")
  let file = folder.appendingPathComponent(name + ".txt")
  if ProcessInfo.processInfo.environment["WAYWARD_RECORD"] != nil {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data((text + "\n").utf8).write(to: file)
  }
  let wanted = try String(contentsOf: file, encoding: .utf8)
  #expect(text + "\n" == wanted, "\(name) is drawn as\n\(text)\ninstead of\n\(wanted)", sourceLocation: sourceLocation)
}

@Suite("Golden screens")
struct GoldenScreens {
  static let sizes = [
    Size(width: 80, height: 24), Size(width: 160, height: 48), Size(width: 60, height: 16), Size(width: 40, height: 12),
    Size(width: 38, height: 10),
  ]

  @Test("the replay at its departure says where and why, at every size", arguments: sizes)
  func replay(_ size: Size) throws {
    var app = Stage.replay(size)
    app.drive([.character("d")])
    try expectGolden(app.picture(size: size).text(), "replay-\(size.width)x\(size.height)")
    app.glyphs = .ascii
    try expectGolden(
      app.picture(size: size).rendered(with: .ascii).text(), "replay-\(size.width)x\(size.height)-ascii")
  }

  @Test("a runner's jumps are slanting lines, at every size", arguments: sizes)
  func coinrun(_ size: Size) throws {
    var app = Stage.replay(size, coinrun: true)
    app.drive([.character("9")])
    try expectGolden(app.picture(size: size).text(), "coinrun-\(size.width)x\(size.height)")
  }

  @Test("the gallery shows worlds, episodes and a preview, at every size", arguments: sizes)
  func gallery(_ size: Size) throws {
    var app = Stage.gallery(size)
    app.drive([], ticks: 4)
    try expectGolden(app.picture(size: size).text(), "gallery-\(size.width)x\(size.height)")
  }

  @Test(
    "a training shows its curves, its pace and what the policy does on both kinds of level", arguments: sizes.prefix(4))
  func training(_ size: Size) throws {
    var room = TrainingRoom(title: "wayward train corner --seed 1", control: TrainingControl()) { _, _ in }
    let (shifted, agent) = Stage.run(Corner(), Stage.fork, goal: 1)
    let (training, _) = Stage.run(Corner(), Stage.fork, goal: 0)
    for update in 1...40 {
      var report = TrainingReport()
      (report.updates, report.steps) = (update, update * 8_192)
      report.successRate = 1 - 1 / Double(update)
      report.meanReturn = 1 - 1 / Double(update)
      report.entropy = 1.38 / Double(update).squareRoot()
      let news = TrainingNews(
        report: report, totalSteps: 500_000, stepsPerSecond: 150_000, seconds: Double(update) / 18, agent: agent,
        training: training, shifted: shifted)
      room.learn(news)
    }
    var app = App(room, theme: Theme(.dark), size: size)
    app.drive([], ticks: 4)
    try expectGolden(app.picture(size: size).text(), "training-\(size.width)x\(size.height)")
  }

  @Test("about a world: what it is, where it is from, what its letters mean, at every size", arguments: sizes.prefix(4))
  func about(_ size: Size) throws {
    var app = Stage.replay(size, coinrun: true)
    app.drive([.character("A")])
    try expectGolden(app.picture(size: size).text(), "about-\(size.width)x\(size.height)")
  }

  @Test("a leader is drawn with its own way behind it", arguments: sizes.prefix(2))
  func leader(_ size: Size) throws {
    let (run, agent) = Stage.run(Follow(size: 7), Stage.leader, goal: 1)
    var app = App(ReplayRoom(run, agent: agent), theme: Theme(.dark), size: size)
    app.drive([.character("4")])
    try expectGolden(app.picture(size: size).text(), "follow-\(size.width)x\(size.height)")
  }

  @Test("where others move at random the values say that they are approximate", arguments: sizes.prefix(2))
  func monsters(_ size: Size) throws {
    let world = Monsters()
    let agent = Agent(UniformPolicy(), seed: 3)
    let run = agent.run(world, world.generate(.training, seed: 2))
    var app = App(ReplayRoom(run, agent: agent), theme: Theme(.dark), size: size)
    app.drive([.character("5")])
    let text = app.picture(size: size).text()
    #expect(text.contains("values approximate"))
    try expectGolden(text, "monsters-\(size.width)x\(size.height)")
  }

  @Test("the help lists every key of the table", arguments: sizes.prefix(2))
  func help(_ size: Size) throws {
    var app = Stage.replay(size)
    app.drive([.character("?")])
    try expectGolden(app.picture(size: size).text(), "help-\(size.width)x\(size.height)")
  }

  @Test("colours fall back from 24 bits to none", arguments: ColorDepth.allCases)
  func depths(_ depth: ColorDepth) throws {
    let size = Size(width: 80, height: 24)
    var app = Stage.replay(size, theme: depth == .mono ? .mono : .dark)
    app.drive([.character("d")])
    let text = app.picture(size: size).ansi(depth: depth).replacingOccurrences(of: "\u{1B}", with: "␛")
    try expectGolden(text, "replay-depth-\(depth)")
    if depth == .mono { #expect(!text.contains(";5;") && !text.contains("[0;3")) }
  }

  @Test("the light theme differs from the dark one in colour only")
  func themes() {
    let size = Size(width: 80, height: 24)
    let dark = Stage.replay(size).picture(size: size)
    let light = Stage.replay(size, theme: .light).picture(size: size)
    #expect(dark.text() == light.text())
    #expect(dark != light)
  }

  @Test("every glyph of every golden screen has an ASCII stand-in that is not a question mark")
  func ascii() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Golden")
    var seen: Set<Unicode.Scalar> = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where !name.contains("depth") {
      seen.formUnion(try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8).unicodeScalars)
    }
    #expect(seen.count > 60)
    for glyph in seen where !glyph.isASCII {
      #expect(GlyphSet.ascii.scalar(glyph) != "?", "\(glyph) has no stand-in")
      #expect(GlyphSet.ascii.scalar(glyph).isASCII)
    }
  }
}
