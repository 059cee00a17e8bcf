import Accounts
import Gridworlds
import Inference
import Learning
import Planning
import Studies
import TerminalUI
import Testing
import Worlds

@testable import Viewer

/// What screens say in numbers holds at that moment, with what it is of, and is a dash where nobody knows.
@Suite("Numbers on screens")
struct NumbersTests {
  private let size = Size(width: 80, height: 24)

  private func text(_ app: App, _ size: Size? = nil) -> String { app.picture(size: size ?? self.size).text() }

  // MARK: Gallery

  @Test("the gallery's rates are of shifted levels and say how many, by how many agents", arguments: CaveatTests.sizes)
  func rates(_ size: Size) throws {
    let one = try Stage.gallery(Stage.drawn(), size)
    let desk = try #require((one.rooms.last as? GalleryRoom)?.desk)
    #expect(desk.isComplete && desk.counts.pooledTotal == 12 && desk.counts.total == 25)
    #expect(text(one, size).contains("12 shifted"))
    let both = try Stage.gallery(Stage.drawn(), size, "a a")
    let all = try #require((both.rooms.last as? GalleryRoom)?.desk)
    #expect(all.counts.levels == 12 && all.counts.agents == 2 && all.counts.pooledTotal == 24)
    #expect(text(both, size).contains(size.width >= 76 ? "12 shifted levels, 2 agents" : "24 shifted"))
    let training = try Stage.gallery(Stage.drawn(), size, "t t")
    #expect(text(training, size).contains("12 training"))
    #expect(!text(training, size).contains("12 shifted"))
  }

  @Test("what went wrong on the way is told while the list is shown")
  func problems() throws {
    let (run, agent) = Stage.run(Corner(), Stage.fork, goal: 1)
    let source = GallerySource(worlds: ["corner"]) { choice in
      GalleryStock(
        choice: choice, shelf: RunShelf([run], agent: agent), agents: ["planted"], made: [:],
        problems: ["agents/other.safetensors: it is a pointer of Git LFS; run: git lfs pull"])
    }
    var app = try Stage.gallery(source, size)
    for keys in ["", "j", "g"] {
      app.drive(try Key.sequence(keys), ticks: 2)
      #expect(text(app).contains("agents/other.safetensors: it is a pointer of Git LFS"))
    }
  }

  @Test("each key of a list stands beside what it does")
  func keys() throws {
    let screens = Manual.screens
    let lines = try #require(screens.first { $0.name == "gallery" }).groups.flatMap(\.entries)
    #expect(lines.first { $0.words == "the one before" }?.keys == "↑ k")
    #expect(lines.first { $0.words == "the next one" }?.keys == "↓ j")
    #expect(text(try Stage.gallery(Stage.drawn(), size)).contains("↑↓ pick"))
  }

  // MARK: Training

  private func news(_ report: TrainingReport, pace: Double = 0) -> TrainingNews {
    let (shifted, agent) = Stage.run(Corner(), Stage.fork, goal: 1)
    return TrainingNews(
      report: report, totalSteps: 500_000, stepsPerSecond: pace, seconds: 0, agent: agent, training: shifted,
      shifted: shifted)
  }

  private func training(_ news: [TrainingNews], control: TrainingControl = TrainingControl()) -> App {
    var room = TrainingRoom(title: "wayward train corner --seed 1", control: control) { _, _ in }
    for news in news { room.learn(news) }
    return App(room, theme: Theme(.dark), size: size)
  }

  @Test("before a rate, an entropy or a pace is known there is a dash, never a 0")
  func tooEarly() {
    let start = text(training([news(TrainingReport())]))
    for words in ["success –", "return –", "entropy – bits", "–/s", "Too early for rates."] {
      #expect(start.contains(words), "\(words) in \(start)")
    }
    #expect(
      news(TrainingReport()).line == "0 of 500000 steps  success –  length –  entropy – bits  – steps/s  – s left")
    var report = TrainingReport()
    (report.updates, report.steps, report.entropy, report.successRate) = (1, 8_192, 1.38, 0.25)
    let later = text(training([news(TrainingReport()), news(report, pace: 90_000)]))
    #expect(later.contains("success 0.25") && later.contains("entropy 1.99 bits") && later.contains("90 k/s"))
    #expect(!later.contains("Too early"))
  }

  @Test("a finished training says the agent's name before its path, at every size")
  func kept() {
    let path = "/home/somebody/.local/share/wayward/agents/corner/seed-1-200000.safetensors"
    #expect(
      TrainingRoom.words(onKept: path, width: 118) == "Kept as own/seed-1-200000, in \(path).")
    #expect(
      TrainingRoom.words(onKept: path, width: 78)
        == "Kept as own/seed-1-200000, in …/agents/corner/seed-1-200000.safetensors.")
    #expect(TrainingRoom.words(onKept: path, width: 38) == "Kept as own/seed-1-200000.")
    #expect(TrainingRoom.words(onKept: "mine/a.safetensors", width: 78) == "Kept as mine/a.safetensors.")
    let far = "a/very/long/way/to/mine.safetensors"
    #expect(TrainingRoom.words(onKept: far, width: 42) == "Kept as mine, in …/to/mine.safetensors.")
    #expect(TrainingRoom.words(onKept: far, width: 30) == "Kept as mine.")
    var news = news(TrainingReport())
    (news.kept, news.summary) = (path, "train: success 0.97. shift: success 0.12. The same command goes on with it.")
    let shown = text(training([news]))
    #expect(shown.contains("Kept as own/seed-1-200000, in …"))
  }

  @Test("what q says is so: while the training runs, while it stops, while the agent is measured")
  func leaving() throws {
    let control = TrainingControl()
    var app = training([news(TrainingReport())], control: control)
    app.drive([.character("q")], ticks: 0)
    #expect(text(app).contains("s stops it and keeps the agent"))
    app.drive(try Key.sequence("s q q q"), ticks: 0)
    #expect(app.rooms.count == 1 && !control.isDiscarded, "what is to be kept is waited for")
    #expect(text(app).contains("Then the agent is kept, and q leaves."))
    #expect(!text(app).contains("pause"))
    var measuring = news(TrainingReport())
    measuring.measured = 0.4
    var second = training([measuring], control: control)
    second.drive([.character("q")], ticks: 0)
    #expect(text(second).contains("The agent is kept; its rates are being measured."))
    second.drive([.character("q")], ticks: 0)
    #expect(second.rooms.isEmpty)
  }

  @Test("the footer says what Space does now")
  func pause() throws {
    var app = training([news(TrainingReport())])
    #expect(text(app).contains("Space pause"))
    app.drive([.space], ticks: 0)
    #expect(text(app).contains("Space go on"))
    let life = App(LifeRoom(TreeLife.Settings(seed: 3), isPaused: true), theme: Theme(.dark), size: size)
    #expect(text(life).contains("Space go on"))
    #expect(text(life).contains("lately – chops a step, – trees"), "no step was taken yet")
  }

  // MARK: Replay and others

  @Test("at the first step nothing has been regretted so far")
  func regret() throws {
    var episode = Episode(world: Corner(), level: Stage.fork, agent: Episode.person, seed: 1)
    for action in [2, 0, 0, 2] { episode.advance(action) }
    let run = Run(episode)
    let analysis = try #require(run.analysis)
    #expect(analysis.regret[0] > 0)
    let wide = Size(width: 160, height: 48)
    var app = App(ReplayRoom(run, agent: nil), theme: Theme(.dark), size: wide)
    #expect(text(app, wide).contains("regret so far 0, here \(analysis.regret[0])"))
    app.drive([.character("G")], ticks: 0)
    #expect(text(app, wide).contains("regret so far \(analysis.totalRegret)"))
  }

  @Test("what Tab has completed is not proposed again")
  func completion() throws {
    var app = Stage.replay(size)
    app.drive(try Key.sequence(": c o m p Tab"), ticks: 0)
    let row = text(app).split(separator: "\n").last ?? ""
    #expect(row.components(of: "compare") == 1, "\(row)")
  }

  @Test("a notice is told whole, in as many rows as it takes")
  func notices() throws {
    let narrow = Size(width: 40, height: 12)
    var app = Stage.replay(narrow)
    app.drive(try Key.sequence(": x y z Enter"), ticks: 0)
    let words = text(app, narrow).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("No command is called xyz here; ^P lists them."))
  }

  @Test("a next sweep is offered where there is one")
  func sweeps() throws {
    var counts: Set<Bool> = []
    for world in Catalogue.worlds where world.isDeterministic {
      let level = world.generate(.shifted, seed: 1_000_000)
      let agent = Agent(UniformPolicy(), seed: 1)
      let variants = Placements.variants(in: level, of: world, at: Position(x: 0, y: 0), agent: agent)
      guard !variants.isEmpty, counts.insert(variants.count > 1).inserted else { continue }
      var app = EditorTests.app(level, of: world, agent, size)
      app.drive(try Key.sequence("W"))
      let room = try #require(app.rooms.last as? EditorRoom)
      #expect(room.sweep.variants.count == variants.count, "\(world.name)")
      #expect(text(app).contains("next sweep") == (variants.count > 1), "\(world.name)")
    }
    #expect(counts == [true, false])
  }

  @Test("of an agent's name the end is kept, which tells it from others")
  func endings() {
    let names = ["own/seed-5", "own/seed-12", "seed-1", "own/seed-5-p0.1"]
    #expect(names.map { $0.ending(in: 8) } == ["…/seed-5", "…seed-12", "seed-1", "…-5-p0.1"])
    #expect("own/seed-5".ending(in: 1) == "…" && "日本語".ending(in: 4) == "…語")
  }

  @Test("in ASCII no sign of doubt reads as the sign of the goal, or as nothing known")
  func glyphs() {
    #expect(GlyphSet.ascii.text("±∈≠≈") == "~EX~")
    #expect(!GlyphSet.ascii.text("±≠≈").contains("+"))
  }
}

extension Substring {
  fileprivate func components(of word: String) -> Int { ranges(of: word).count }
}
