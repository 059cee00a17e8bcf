import Gridworlds
import Planning
import Studies
import Synchronization
import TerminalUI
import Testing
import Worlds

@testable import Viewer

extension Stage {
  /// Two agents of known goals in two worlds.
  static let twoAgents = GallerySource(worlds: ["corner", "coinrun"]) { choice in
    let isCorner = choice.world == "corner"
    let (first, agent) = isCorner ? run(Corner(), fork, goal: 1) : run(Coinrun(), run2D, goal: 1)
    let (second, _) = isCorner ? run(Corner(), fork, goal: 0) : run(Coinrun(), run2D, goal: 0)
    return GalleryStock(
      choice: choice, shelf: RunShelf([first, second], agent: agent),
      agents: ["planted", "other"], made: ["corner": 2, "coinrun": 3])
  }

  /// Planted agents of the corner and of the cheese on small drawn levels.
  static func drawn(_ levels: Int = 12) -> GallerySource {
    GallerySource(worlds: ["corner", "coinrun"], levels: levels) { choice in
      let world = Corner(size: 7)
      let agents = [1, 0].map { Agent(PlanningAgent(goal: $0), seed: 5) }
      let wanted = choice.agent.map { [agents[$0]] } ?? agents
      let shelf = LevelShelf(
        world: world, made: [.init(name: "level", world: Corner(), level: fork)], drawn: choice.levels, agents: wanted
      )
      return GalleryStock(
        choice: choice, shelf: shelf, agents: agents.map(\.name), made: ["corner": 1, "coinrun": 0])
    }
  }

  static func gallery(_ source: GallerySource, _ size: Size, _ keys: String = "") throws -> App {
    var app = App(GalleryRoom(source), theme: Theme(.dark), size: size)
    app.drive(try Key.sequence(keys), ticks: 4)
    return app
  }
}

/// Walks the best way to a goal on whatever level it is put; levels that were solved once are remembered.
struct PlanningAgent: Policy {
  let goal: Goal.Index
  private static let solved = Mutex<[UInt64: StateGraph]>([:])
  var name: String { goal == 0 ? "cheese" : "corner" }

  func decide(in situation: Situation) -> Decision {
    let graph = PlanningAgent.solved.withLock { solved in
      let hash = situation.level.stableHash
      let graph = solved[hash] ?? StateGraph(situation.world, situation.level)!
      solved[hash] = graph
      return graph
    }
    return PlantedPolicy(graph, goal: goal).decide(in: situation)
  }
}

@Suite("The gallery's list")
struct GalleryTests {
  static let sizes = Array(GoldenScreens.sizes.prefix(4))
  let size = Size(width: 80, height: 24)

  private func scene(_ app: App) throws -> GalleryRoom { try #require(app.rooms.last as? GalleryRoom) }

  private func desk(_ keys: String, levels: Int = 12) throws -> GalleryDesk {
    try #require(try scene(Stage.gallery(Stage.drawn(levels), size, keys)).desk)
  }

  private func typed(_ text: String) -> String {
    text.map { $0 == " " ? "Space" : String($0) }.joined(separator: " ")
  }

  @Test("filtered and sorted, with verdicts and a histogram, at every size", arguments: sizes)
  func golden(_ size: Size) throws {
    let app = try Stage.gallery(Stage.drawn(), size, "/ \(typed("split:shift sort:-regret")) Enter")
    let picture = app.picture(size: size)
    try expectGolden(picture.text(), "gallery-sorted-\(size.width)x\(size.height)")
    try expectGolden(picture.rendered(with: .ascii).text(), "gallery-sorted-\(size.width)x\(size.height)-ascii")
    let mono = App(try scene(app), theme: Theme(.mono), size: size).picture(size: size)
    #expect(mono.text() == picture.text(), "colour says nothing that no glyph says")
  }

  @Test("while a filter is typed its language is told, and what is wrong with it", arguments: sizes)
  func typing(_ size: Size) throws {
    let app = try Stage.gallery(Stage.drawn(), size, "/ \(typed("lst"))")
    let text = app.picture(size: size).text()
    #expect(text.contains("did you mean 'lost'?"))
    try expectGolden(text, "gallery-typing-\(size.width)x\(size.height)")
  }

  @Test("all agents of a world stand in one list, each level of theirs together")
  func allAgents() throws {
    let desk = try desk("a a")
    #expect(desk.count == 2 * (1 + 24))
    #expect(desk.isComplete)
    let names = (0..<6).map { desk.summaries[$0].map { "\($0.name) \($0.agent)" } }
    #expect(
      names == [
        "level corner", "level cheese", "#1000000 corner", "#1000000 cheese", "#1000001 corner", "#1000001 cheese",
      ])
    try expectGolden(
      try Stage.gallery(Stage.drawn(), size, "a a").picture(size: size).text(), "gallery-agents-80x24")
  }

  @Test("a filter shows those of whom it holds, live; Esc brings back what was there")
  func filter() throws {
    let all = try desk("")
    let lost = try desk("/ \(typed("lost depart>0")) Enter")
    #expect(!lost.shown.isEmpty && lost.shown.count < all.shown.count)
    #expect(
      lost.shown.allSatisfy { place in
        lost.summaries[place].map { $0.outcome != .success && $0.departure ?? 0 > 0 } ?? false
      })
    #expect(lost.counts.total == lost.shown.count)
    #expect(try desk("/ \(typed("lost depart>0"))").shown == lost.shown, "while it is typed")
    #expect(try desk("/ \(typed("lost")) Esc").shown == all.shown)
    #expect(
      try desk("/ \(typed("lost x"))").shown == (try desk("/ \(typed("lost")) Enter")).shown, "half a word asks nothing"
    )
  }

  @Test("s goes through the orders; what has no number comes last")
  func orders() throws {
    let desk = try desk("s")
    #expect(desk.query.order == .init(.depart))
    let steps = desk.shown.map { desk.summaries[$0]?.departure }
    let known = steps.compactMap(\.self)
    #expect(known == known.sorted() && known.count > 2)
    #expect(Array(steps.prefix(known.count)) == known.map(Optional.some), "those without a departure are at the end")
    #expect(
      try self.desk(Array(repeating: "s", count: GalleryLoader.orders.count).joined(separator: " ")).query.text == "")
  }

  @Test("t shows one kind of level after the other, then all again")
  func splits() throws {
    #expect(try desk("t").shown.count == 12)
    #expect(try desk("t t").query.split == .training)
    #expect(try desk("t t t").shown == [0])
    #expect(try desk("t t t t").shown.count == 25)
  }

  @Test("the list begins at its top, and the chosen episode stays chosen when another agent plays")
  func selection() throws {
    #expect(try desk("").row == 0)
    let app = try Stage.gallery(Stage.drawn(), size, "Down Down Down a")
    let desk = try #require(try scene(app).desk)
    #expect(desk.selected == 3)
    #expect(try scene(app).run?.episode.agent == "cheese")
    #expect(try scene(app).run?.episode.level.reference == "corner-7:shift#1000002")
  }

  @Test("L loads more levels, and summaries come in the order of the turns whatever arrives")
  func streaming() throws {
    let stock = Stage.drawn(30).stock(GalleryLoader(Stage.drawn(30)).choice)
    var desk = GalleryDesk(stock)
    let shelf = try #require(stock.shelf)
    func take(_ turns: Range<Int>) -> Bool { desk.take(turns, shelf.summaries(turns: turns)) }
    #expect(!take(7..<9), "a part that is not the next one is left alone")
    #expect(desk.turnsDone == 0)
    #expect(take(0..<7))
    #expect(desk.turnsDone == 7)
    let known = desk.summaries.indices.filter { desk.summaries[$0] != nil }
    #expect(known == [0, 1, 2, 3, 31, 32, 33], "the hand-made level, then both distributions by turns")
    #expect(!take(0..<7), "the same part twice")
    #expect(take(7..<61))
    #expect(desk.isComplete)
    // What was counted part by part is what is counted at once.
    let counts = desk.counts
    desk.ask(try EpisodeQuery(parsing: "split:shift"))
    desk.ask(EpisodeQuery())
    #expect(desk.counts == counts && counts.total > 0 && desk.shown == Array(0..<61))
    #expect(try self.desk("L", levels: 2).count == 201)
  }

  @Test("Enter opens the chosen episode, J goes on in the list's order, q returns")
  func opening() throws {
    var app = try Stage.gallery(Stage.drawn(), size, "s Enter")
    let first = try #require(app.rooms.last as? ReplayRoom)
    let desk = try #require((app.rooms.first as? GalleryRoom)?.desk)
    #expect(first.run.episode.level.reference.hasSuffix(desk.summaries[desk.shown[0]]?.name ?? "-"))
    app.drive(try Key.sequence("J"), ticks: 0)
    let second = try #require(app.rooms.last as? ReplayRoom)
    #expect(second.run.episode.level.reference.hasSuffix(desk.summaries[desk.shown[1]]?.name ?? "-"))
    app.drive(try Key.sequence("K K"), ticks: 0)
    #expect((app.rooms.last as? ReplayRoom)?.notice == "This is the first episode.")
    app.drive(try Key.sequence("q"), ticks: 0)
    #expect(app.rooms.count == 1)
  }

  @Test("a click chooses the row under it, a second one opens it, and the wheel goes on")
  func mouse() throws {
    var app = try Stage.gallery(Stage.drawn(), size, "t")
    let rows = app.picture(size: size).text().split(separator: "\n", omittingEmptySubsequences: false)
    let y = try #require(rows.firstIndex { $0.contains("#1000003") })
    let click = Event<Message>.input(.mouse(MouseEvent(.press, at: Point(x: 20, y: y))))
    for case .work(let work) in app.update(click) { _ = app.update(.message(work())) }
    #expect(try scene(app).desk.map { $0.summaries[$0.selected ?? 0]?.name } == "#1000003")
    _ = app.update(click)
    #expect((app.rooms.last as? ReplayRoom)?.run.episode.level.reference == "corner-7:shift#1000003")
    app.drive([.character("q")], ticks: 0)
    _ = app.update(.input(.mouse(MouseEvent(.scrollDown, at: Point(x: 20, y: y)))))
    #expect(try scene(app).desk?.row == 4)
    _ = app.update(.input(.mouse(MouseEvent(.press, at: Point(x: 2, y: 2)))))
    #expect(try scene(app).desk?.row == 4, "a click elsewhere chooses nothing")
  }

  @Test("few whole episodes are held, however many are looked at")
  func memory() throws {
    let app = try Stage.gallery(Stage.drawn(), size, Array(repeating: "Down", count: 24).joined(separator: " "))
    #expect(try scene(app).loader.heldRuns <= GalleryLoader.mostRuns)
    #expect(try scene(app).desk?.row == 24)
  }
}

@Suite("Texts over the screen")
struct TextPanelTests {
  static let sizes = GalleryTests.sizes

  @Test("e tells the episode in words, the moment first, at every size", arguments: sizes)
  func account(_ size: Size) throws {
    for (name, keys) in [("top", "d e"), ("end", "d e G")] {
      var app = Stage.replay(size)
      app.drive(try Key.sequence(keys))
      let picture = app.picture(size: size)
      try expectGolden(picture.text(), "explain-\(name)-\(size.width)x\(size.height)")
      if size.width == 80 {
        try expectGolden(picture.rendered(with: .ascii).text(), "explain-\(name)-80x24-ascii")
      }
    }
  }

  @Test(
    "a text that is too long scrolls to its last line and no farther, and every line of it can be read",
    arguments: sizes)
  func scrolling(_ size: Size) throws {
    var app = Stage.replay(size)
    app.drive(try Key.sequence("e"))
    let panel = try #require(app.panel)
    let frame = panel.frame(on: size)
    let lines = panel.lines(width: frame.width - 4).map { $0.map(\.text).joined() }.filter { !$0.isEmpty }
    var seen: Set<String> = []
    for _ in 0..<(lines.count + 10) {
      let rows = app.picture(size: size).text().split(separator: "\n").map(String.init)
      for line in lines where rows.contains(where: { $0.contains(line) }) { seen.insert(line) }
      app.drive([.down], ticks: 0)
    }
    #expect(Set(lines).subtracting(seen).isEmpty)
    let end = app.picture(size: size)
    app.drive([.down, .pageDown], ticks: 0)
    #expect(app.picture(size: size) == end)
    app.drive([.home], ticks: 0)
    #expect(app.panel?.first == 0)
  }

  @Test("Esc and e close it; the key does nothing else", arguments: ["Esc", "e", "d"])
  func closing(_ key: String) throws {
    let size = Size(width: 80, height: 24)
    var app = Stage.replay(size)
    app.drive(try Key.sequence("e \(key)"))
    #expect(app.panel == nil)
    #expect(app.rooms.count == 1)
    #expect((app.rooms.last as? ReplayRoom)?.frame == 0)
  }

  @Test("what a world is can be read to its end on the smallest screen")
  func about() throws {
    let size = Size(width: 40, height: 12)
    var app = Stage.replay(size, coinrun: true)
    app.drive(try Key.sequence("A PgDn"))
    try expectGolden(app.picture(size: size).text(), "about-scrolled-40x12")
    app.drive(try Key.sequence("G"), ticks: 0)
    #expect(app.picture(size: size).text().contains("crawler"))
  }

  @Test("the gallery explains its chosen episode")
  func gallery() throws {
    let size = Size(width: 80, height: 24)
    var app = Stage.gallery(size)
    app.drive(try Key.sequence("e"), ticks: 4)
    #expect(app.picture(size: size).text().contains("Explain test/level"))
  }
}
