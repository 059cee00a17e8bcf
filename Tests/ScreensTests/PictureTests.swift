import Gridworlds
import Inference
import Learning
import Planning
import Studies
import TerminalUI
import Testing
import Worlds

@testable import Viewer

extension Stage {
  /// An agent whose goal is known, with lapses, that expects 0.9 to the power of its steps.
  struct Expecting: Policy {
    let planted: PlantedPolicy
    let graph: StateGraph
    let goal: Goal.Index
    var name: String { planted.name }

    func decide(in situation: Situation) -> Decision {
      var decision = planted.decide(in: situation)
      let state = graph.reachable.states.firstIndex(of: situation.state)
      let steps = state.flatMap { graph.distances[goal][$0] } ?? 30
      decision.value = (0..<steps).reduce(Float(1)) { value, _ in value * 0.9 }
      return decision
    }
  }

  /// The fork, walked by an agent of the corner that lapses one step in five.
  static func picture(_ size: Size, theme: Theme.Name = .dark, glyphs: GlyphSet = .unicode) -> App {
    let graph = StateGraph(Corner(), fork)!
    let policy = Expecting(planted: PlantedPolicy(graph, goal: 1, lapse: 0.2), graph: graph, goal: 1)
    let agent = Agent(policy, seed: 7)
    let scene = ReplayRoom(agent.run(Corner(), fork), agent: agent)
    return App(scene, theme: Theme(theme, glyphs: glyphs), size: size)
  }

  /// The same by a network that nobody trained.
  static func network(_ size: Size, crop: Int = 9, theme: Theme.Name = .dark, glyphs: GlyphSet = .unicode) -> App {
    let view = Corner().view.cropped(width: crop, height: crop)
    let network = Network(featureCount: view.featureCount, hidden: [8], actionCount: 4, seed: 1)
    let agent = Agent(NetworkPolicy(network: network, view: view, name: "untrained")!, seed: 7)
    let scene = ReplayRoom(agent.run(Corner(), fork), agent: agent)
    return App(scene, theme: Theme(theme, glyphs: glyphs), size: size)
  }
}

@Suite("The picture side of the replay")
struct PictureTests {
  static let size = Size(width: 80, height: 24)
  static let sizes = [size, Size(width: 160, height: 48), Size(width: 40, height: 12)]
  /// A screen in plain characters: no colour, no signs beyond ASCII.
  static func plain(_ app: App, _ keys: String, _ size: Size = size) throws -> String {
    var app = app
    app.drive(try Key.sequence(keys), ticks: 0)
    return app.picture(size: size).rendered(with: .ascii).text()
  }

  static func scene(_ keys: String, in app: App) throws -> ReplayRoom {
    var app = app
    app.drive(try Key.sequence(keys), ticks: 0)
    return try #require(app.rooms.last as? ReplayRoom)
  }

  @Test("each heat says what it is and from where to where, in digits without colour", arguments: HeatMap.Kind.allCases)
  func heat(_ kind: HeatMap.Kind) throws {
    let index = try #require(HeatMap.Kind.allCases.firstIndex(of: kind))
    let keys = "d " + Array(repeating: "v", count: index + 1).joined(separator: " ")
    let mono = Stage.picture(PictureTests.size, theme: .mono, glyphs: .ascii)
    try expectGolden(try PictureTests.plain(mono, keys), "heat-\(kind.rawValue)-80x24-ascii")
    var app = Stage.picture(PictureTests.size)
    app.drive(try Key.sequence(keys), ticks: 0)
    let picture = app.picture(size: PictureTests.size)
    try expectGolden(picture.text(), "heat-\(kind.rawValue)-80x24")
    // The colours are the scale's own, and each cell's is that of its value.
    let scene = try #require(app.rooms.last as? ReplayRoom)
    let heat = try #require(scene.heat)
    #expect(heat.kind == kind)
    let view = scene.board.boardView(of: scene.view, in: scene.layout(PictureTests.size).board)
    var colored = 0
    for cell in view.cells {
      let (x, y) = try #require(view.place(cell))
      let background = picture[x, y].style.background
      if let step = heat.step(at: cell, of: Viridis.count), !picture[x, y].style.attributes.contains(.reverse),
        cell != scene.view.shown.agent
      {
        #expect(background == Viridis.color(step), "\(cell)")
        colored += 1
      } else if heat.values[cell] == nil {
        #expect(!(0..<Viridis.count).map(Viridis.color).contains(background), "\(cell) has no value")
      }
      let style = picture[x, y].style
      if heat.values[cell] != nil { #expect(style.foreground.readable(on: style.background) == style.foreground) }
    }
    #expect(colored > 0)
  }

  @Test("v goes round the heats that there are and past none, V back")
  func circle() throws {
    let app = Stage.picture(PictureTests.size)
    #expect(try PictureTests.scene("v", in: app).board.heatKind == .value)
    #expect(try PictureTests.scene("v v v v v v v v v", in: app).board.heatKind == nil)
    #expect(try PictureTests.scene("V", in: app).board.heatKind == .disagreement)
    #expect(try PictureTests.scene("v V", in: app).board.heatKind == nil)
    let (run, _) = Stage.run(Corner(), Stage.fork, goal: 1)
    let file = App(ReplayRoom(run, agent: nil), theme: Theme(.dark), size: PictureTests.size)
    let scene = try PictureTests.scene("v", in: file)
    #expect(scene.board.heatKind == .intended && scene.notice?.contains("No policy is at hand") == true)
    #expect(scene.heat != nil, "distances need no policy")
    #expect(try PictureTests.scene("p", in: file).notice?.contains("not at hand") == true)
    #expect(try PictureTests.scene("f", in: file).notice?.contains("No network") == true)
    #expect(try PictureTests.scene("f", in: app).notice?.contains("is no network") == true)
  }

  @Test("the policy in every cell, with the sign of what it fits", arguments: sizes)
  func field(_ size: Size) throws {
    var app = Stage.picture(size)
    app.drive(try Key.sequence("d p"), ticks: 0)
    try expectGolden(app.picture(size: size).text(), "field-\(size.width)x\(size.height)")
    let plain = Stage.picture(size, theme: .mono, glyphs: .ascii)
    try expectGolden(try PictureTests.plain(plain, "d p x", size), "field-\(size.width)x\(size.height)-ascii")
  }

  @Test("every arrow is the policy's best action, in the colour and with the sign of what that fits")
  func arrows() throws {
    let scene = try PictureTests.scene("d p", in: Stage.picture(PictureTests.size))
    let (field, analysis) = (try #require(scene.field), try #require(scene.run.analysis))
    let graph = analysis.graph
    let found = graph.cellStates(asIn: analysis.states[scene.frame])
    var classes: Set<StepClass> = []
    for (cell, arrow) in field.arrows {
      let state = try #require(found[cell]?.state)
      let situation = Situation(
        world: Corner(), level: Stage.fork, state: graph.reachable.states[state], time: scene.frame)
      let decision = try #require(scene.agent?.policy.decide(in: situation))
      #expect(arrow.action == decision.best && arrow.probability == decision.probabilities[decision.best])
      let agreement = StepClass(
        intended: graph.fits(Corner().intended, arrow.action, in: state),
        proxy: graph.fits(analysis.proxy, arrow.action, in: state))
      #expect(arrow.agreement == agreement && arrow.sign == agreement.look.0)
      classes.insert(agreement)
    }
    #expect(field.arrows.count == graph.reachable.agents.count - 1, "at the cheese the episode has ended")
    #expect(classes.isSuperset(of: [.both, .proxyOnly]))
  }

  @Test("without colour the four classes of an arrow differ, with the sign beside it and without")
  func mono() {
    let arrows = StepClass.allCases.map { PolicyField.Arrow(action: 0, heading: .up, probability: 1, agreement: $0) }
    #expect(Set(arrows.map(\.sign)).count == 4)
    #expect(Set(arrows.map { Cell(glyph: $0.glyph, style: $0.style(Theme(.mono))) }).count == 4)
    let unsure = PolicyField.Arrow(action: 0, heading: .up, probability: 0.4, agreement: .both)
    #expect(unsure.style(Theme(.mono)) != arrows[0].style(Theme(.mono)))
    #expect(unsure.style(Theme(.dark)) != arrows[0].style(Theme(.dark)))
  }

  @Test("half blocks put two rows of the map into one", arguments: sizes)
  func half(_ size: Size) throws {
    var app = Stage.picture(size)
    // From whatever fits down to the lowest rung.
    app.drive(try Key.sequence("d Z Z Z Z"), ticks: 0)
    let picture = app.picture(size: size)
    try expectGolden(picture.text(), "half-\(size.width)x\(size.height)")
    let scene = try #require(app.rooms.last as? ReplayRoom)
    #expect(scene.board.zoom == .half)
    let view = scene.board.boardView(of: scene.view, in: scene.layout(size).board)
    let agent = scene.view.shown.agent
    let (x, y) = try #require(view.place(agent))
    let ink = Theme(.dark).style(.agent).foreground
    let isUpper = (agent.y - view.origin.y) % 2 == 0
    #expect((isUpper ? picture[x, y].style.foreground : picture[x, y].style.background) == ink)
  }

  @Test("without colour there are no half blocks: a glyph a cell is the lowest rung")
  func noHalf() throws {
    for (theme, glyphs) in [(Theme.Name.mono, GlyphSet.unicode), (.dark, .ascii)] {
      var app = Stage.picture(PictureTests.size, theme: theme, glyphs: glyphs)
      app.drive(try Key.sequence("Z Z Z Z"), ticks: 0)
      #expect(!app.picture(size: PictureTests.size).text().contains("▀"))
    }
  }

  @Test("the ladder has ends, and z goes up what Z went down")
  func ladder() throws {
    let app = Stage.picture(PictureTests.size)
    let fitting = try PictureTests.scene("g", in: app)
    let start = fitting.window.zoom
    #expect(try PictureTests.scene("z", in: app).board.zoom == start.moved(by: 1))
    #expect(try PictureTests.scene("z z z z z z z", in: app).board.zoom == .policy)
    #expect(try PictureTests.scene("Z Z Z Z Z Z z", in: app).board.zoom == .single)
  }

  @Test("the closest zoom has a plus of probabilities in every cell", arguments: sizes)
  func policy(_ size: Size) throws {
    var app = Stage.picture(size)
    app.drive(try Key.sequence("d z z z z z"), ticks: 0)
    try expectGolden(app.picture(size: size).text(), "policy-\(size.width)x\(size.height)")
    let plain = Stage.picture(size, theme: .mono, glyphs: .ascii)
    try expectGolden(try PictureTests.plain(plain, "d z z z z z", size), "policy-\(size.width)x\(size.height)-ascii")
  }

  @Test("slanting actions have their own places, in tenths, and without a policy the numbers are steps")
  func slanting() throws {
    var app = Stage.replay(PictureTests.size, coinrun: true)
    app.drive(try Key.sequence("d z z z z z"), ticks: 0)
    try expectGolden(app.picture(size: PictureTests.size).text(), "policy-coinrun-80x24")
    let (run, _) = Stage.run(Corner(), Stage.fork, goal: 1)
    var file = App(ReplayRoom(run, agent: nil), theme: Theme(.dark), size: PictureTests.size)
    file.drive(try Key.sequence("z z z z z"), ticks: 0)
    try expectGolden(file.picture(size: PictureTests.size).text(), "policy-file-80x24")
    #expect(PolicyCells.text(1, isProbability: true, isShort: false) == "99")
    #expect(PolicyCells.text(0.004, isProbability: true, isShort: false) == nil)
    #expect(PolicyCells.text(.nan, isProbability: true, isShort: false) == nil)
    #expect(PolicyCells.text(1e300, isProbability: false, isShort: false) == "99")
  }

  @Test("what the agent sees, in the crop of its network", arguments: sizes)
  func sight(_ size: Size) throws {
    var app = Stage.network(size, crop: 5)
    app.drive(try Key.sequence("f"), ticks: 0)
    try expectGolden(app.picture(size: size).text(), "sight-\(size.width)x\(size.height)")
    let plain = Stage.network(size, crop: 5, theme: .mono, glyphs: .ascii)
    try expectGolden(try PictureTests.plain(plain, "f", size), "sight-\(size.width)x\(size.height)-ascii")
  }

  @Test("beyond the crop nothing is drawn, whatever lies there")
  func blank() throws {
    var app = Stage.network(PictureTests.size, crop: 3)
    app.drive(try Key.sequence("f"), ticks: 0)
    let scene = try #require(app.rooms.last as? ReplayRoom)
    let (view, sight) = (
      scene.board.boardView(of: scene.view, in: scene.layout(PictureTests.size).board), try #require(scene.view.sight)
    )
    let picture = app.picture(size: PictureTests.size)
    let unseen = view.cells.filter { !sight.sees($0) }
    #expect(!unseen.isEmpty)
    for cell in unseen {
      let (x, y) = try #require(view.place(cell))
      #expect(picture[x, y].glyph == " ", "\(cell)")
    }
  }
}
