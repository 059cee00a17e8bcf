import Accounts
import Archive
import Foundation
import Gridworlds
import Planning
import Studies
import TerminalUI
import Testing
import Worlds

@testable import Viewer

/// What is known against what is shown is told wherever it is shown, and for as long.
@Suite("Caveats")
struct CaveatTests {
  static let sizes = [(40, 12), (60, 16), (80, 24), (120, 36), (200, 60)].map { Size(width: $0, height: $1) }

  /// A recording of the fork whose hash of one step is another one.
  private static func recorded(
    differing step: Int?, hasStates: Bool = true, cutAt cut: Int? = nil
  ) throws -> RecordedEpisode {
    let (run, _) = Stage.run(Corner(), Stage.fork, goal: 1)
    var lines = EpisodeFile.lines(of: run.episode).split(separator: "\n").map(String.init)
    if let step {
      let digits = try #require(lines[step + 1].range(of: "\"hash\":\"")).upperBound
      lines[step + 1].replaceSubrange(digits..<lines[step + 1].index(digits, offsetBy: 16), with: "0123456789abcdef")
    }
    if !hasStates { lines = lines.map { $0.replacing("\"hash\"", with: "\"other\"") } }
    if let cut { lines = lines.prefix(cut + 1) + ["{\"t\":"] }
    let text = lines.joined(separator: "\n") + (cut == nil ? "\n" : "")
    return try EpisodeFile.parse(Data(text.utf8), path: "runs.jsonl", world: Catalogue.world)[0]
  }

  private func replay(_ recorded: RecordedEpisode, _ size: Size) throws -> App {
    let room = try #require(ReplayRoom(trees: BranchTree.trees(of: [recorded]), source: "wayward replay runs.jsonl"))
    return App(room, theme: Theme(.dark), size: size)
  }

  private func text(_ app: App, _ size: Size) -> String { app.picture(size: size).text() }

  @Test(
    "a replay that is not what was recorded says so at every frame, size and look", arguments: sizes)
  func replayHeader(_ size: Size) throws {
    var app = try replay(CaveatTests.recorded(differing: 4), size)
    for keys in ["", "l", "End", "F", "L I", "v", "Enter"] {
      app.drive(try Key.sequence(keys), ticks: 0)
      let header = text(app, size).split(separator: "\n").first ?? ""
      #expect(
        header.contains("not as recorded from step 4 on") || header.contains("differs at 4"),
        "\(keys) at \(size.width)x\(size.height): \(header)")
    }
    var faithful = try replay(CaveatTests.recorded(differing: nil), size)
    for keys in ["", "End"] {
      faithful.drive(try Key.sequence(keys), ticks: 0)
      #expect(!text(faithful, size).contains("as recorded"))
      #expect(!text(faithful, size).contains("differs"))
    }
  }

  @Test("a recording within which the file was cut says so at every frame and size, and is told so", arguments: sizes)
  func cut(_ size: Size) throws {
    let recorded = try CaveatTests.recorded(differing: nil, cutAt: 4)
    var app = try replay(recorded, size)
    for keys in ["", "l", "End", "F"] {
      app.drive(try Key.sequence(keys), ticks: 0)
      let header = text(app, size).split(separator: "\n").first ?? ""
      #expect(header.contains("the file was cut at step 4") || header.contains("cut"), "\(keys): \(header)")
    }
    let run = Run(recorded.episode)
    #expect(run.caveats.first == .cut(at: 4))
    let sentence = "The file was cut within this recording: what followed its 4 steps is lost."
    #expect(Account(run).sections.first { $0.part == .doubts }?.sentences.contains(sentence) == true)
    #expect(EpisodeReport(run).text(number: 1, account: false).contains(sentence))
    #expect(EpisodeReport(run).json(number: 1)["cut"] == .bool(true))
    let whole = Run(try CaveatTests.recorded(differing: nil).episode)
    #expect(EpisodeReport(whole).json(number: 1)["cut"] == .bool(false))
    let sides = [run, whole].map { ComparisonRoom.Side(run: $0, agent: nil, name: "episode") }
    let comparison = ComparisonRoom(sides[0], sides[1])
    #expect(comparison.sentences.first == "The file of A was cut at step 4.")
    #expect(text(App(comparison, theme: Theme(.dark), size: size), size).contains("was cut at step 4"))
    // What is tried otherwise goes on where the file was cut.
    #expect(run.episode.prefix(4).recording?.isCut == false)
  }

  @Test("the timeline marks where it first differs, and ] goes there")
  func timeline() throws {
    let size = Size(width: 80, height: 24)
    var app = try replay(CaveatTests.recorded(differing: 4), size)
    #expect(text(app, size).contains("≠"))
    var frames: [Int] = []
    for _ in 0..<8 {
      app.drive([.character("]")], ticks: 0)
      frames.append((app.rooms.last as? ReplayRoom)?.frame ?? -1)
    }
    #expect(frames.contains(4))
  }

  @Test("the account doubts it, the report has it as fields, what is copied and exported carries it")
  func told() throws {
    let run = Run(try CaveatTests.recorded(differing: 4).episode)
    #expect(Account(run).sections.first { $0.part == .doubts }?.sentences.first?.contains("step 4") == true)
    let json = EpisodeReport(run).json(number: 1)
    #expect(json["reproduces"] == .bool(false) && json["differs_at_step"]?.integer == 4)
    #expect(json["differs_in"] == .array([.string("state")]))
    #expect(EpisodeReport(run).text(number: 1, account: false).contains("not what was recorded"))
    #expect(Moment(run: run, frame: 2).account.contains("not what was recorded"))
    #expect(Moment(run: run, frame: 2).title.contains("not as recorded from step 4 on"))
    let app = try replay(CaveatTests.recorded(differing: 4), Size(width: 80, height: 24))
    let cast = try #require(app.asciicast(CastSettings()))
    #expect(cast.title.contains("not as recorded from step 4 on"))
    #expect(cast.events.contains { $0.kind == .marker("step 4: not as recorded from here") })
  }

  @Test("what was recorded and comes again is said to; what could not be compared is neither")
  func reproduced() throws {
    let same = EpisodeReport(Run(try CaveatTests.recorded(differing: nil).episode)).json(number: 1)
    #expect(same["reproduces"] == .bool(true) && same["differs_at_step"] == .null && same["differs_in"] == .null)
    let blind = Run(try CaveatTests.recorded(differing: nil, hasStates: false).episode)
    #expect(EpisodeReport(blind).json(number: 1)["reproduces"] == .null)
    #expect(blind.caveats == [.statesUnchecked])
    let played = Stage.run(Corner(), Stage.fork, goal: 1).0
    #expect(played.caveats == [] && EpisodeReport(played).json(number: 1)["reproduces"] == .null)
  }

  @Test("a level that is not the one that its name draws says so, and counts for no distribution")
  func otherLevel() throws {
    let world = Corner(size: 7)
    let drawn = world.generate(.shifted, seed: 1_000_000)
    let lines = EpisodeFile.lines(of: world.rollout(drawn, policy: UniformPolicy(), seed: 1))
    func read(_ text: String) throws -> Run {
      Run(try EpisodeFile.parse(Data(text.utf8), path: "runs.jsonl", world: Catalogue.world)[0].episode)
    }
    let (same, other) = (try read(lines), try read(lines.replacing("#1000000", with: "#1000001")))
    #expect(same.caveats == [] && EpisodeReport(same).json(number: 1)["level_as_named"] == .bool(true))
    #expect(EpisodeSummary(same).split == .shifted)
    #expect(other.caveats.contains(.levelDiffers))
    #expect(EpisodeReport(other).json(number: 1)["level_as_named"] == .bool(false))
    #expect(EpisodeSummary(other).split == .made)
    let size = Size(width: 80, height: 24)
    let text = text(App(ReplayRoom(other, agent: nil), theme: Theme(.dark), size: size), size)
    #expect(text.split(separator: "\n")[0].contains("other level") || text.contains("not the level of this name"))
  }

  @Test("a branch that left before the step is as recorded; one that left after it is not")
  func branches() throws {
    let episode = try CaveatTests.recorded(differing: 4).episode
    #expect(episode.prefix(4).recording?.mismatch == nil)
    #expect(episode.prefix(5).recording?.mismatch?.step == 4)
  }

  @Test("the list, its figures and the preview have signs of it, and the filter knows the word", arguments: sizes)
  func gallery(_ size: Size) throws {
    let runs = try [nil, 4].map { Run(try CaveatTests.recorded(differing: $0).episode) }
    let source = GallerySource(worlds: [], file: "runs.jsonl") { choice in
      GalleryStock(choice: choice, shelf: RunShelf(runs, agent: nil))
    }
    var app = try Stage.gallery(source, size)
    let rows = text(app, size).split(separator: "\n").filter { $0.contains("level") && $0.contains("proxy") }
    #expect(rows.count { $0.contains("≠") } == 1, "\(rows)")
    app.drive(try Key.sequence("j"), ticks: 2)
    #expect(text(app, size).contains("≠"))
    app.drive(try Key.sequence("/ d i f f e r s Enter"), ticks: 2)
    #expect((app.rooms.last as? GalleryRoom)?.desk?.shown == [1])
    app.drive([.enter], ticks: 0)
    #expect(text(app, size).contains("not as recorded") || text(app, size).contains("differs at 4"))
  }

  @Test("a comparison says which side differs, in its caption and on its lane", arguments: sizes)
  func comparison(_ size: Size) throws {
    let sides = try [nil, 4].map {
      ComparisonRoom.Side(run: Run(try CaveatTests.recorded(differing: $0).episode), agent: nil, name: "episode")
    }
    let room = ComparisonRoom(sides[0], sides[1])
    #expect(room.sentences.first == "B is not as recorded from step 4 on.")
    let text = text(App(room, theme: Theme(.dark), size: size), size)
    #expect(text.contains("≠"))
    #expect(text.contains("not as recorded from step 4 on"))
  }

  @Test("probabilities that a recording lacks are counted and said beside the step")
  func unsaid() throws {
    var episode = Episode(world: Corner(), level: Stage.fork, agent: "other", seed: 1)
    for action in [0, 0, 3] { episode.advance(action, decision: nil) }
    let run = Run(episode)
    #expect(run.caveats == [.unsaid(3, of: 3)])
    #expect(EpisodeReport(run).json(number: 1)["steps_with_probabilities"]?.integer == 0)
    let size = Size(width: 80, height: 24)
    let app = App(ReplayRoom(run, agent: nil), theme: Theme(.dark), size: size)
    #expect(text(app, size).contains("no probabilities recorded"))
    var yours = Episode(world: Corner(), level: Stage.fork, agent: Episode.person, seed: 1)
    yours.advance(0)
    #expect(Run(yours).caveats == [], "a person says none")
  }
}
