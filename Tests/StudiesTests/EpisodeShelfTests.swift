import Archive
import Foundation
import Gridworlds
import Inference
import Planning
import Testing
import Worlds

@testable import Studies

@Suite("Shelves of episodes")
struct EpisodeShelfTests {
  private static let agents = [Agent(UniformPolicy(), seed: 4), Agent(UniformPolicy(name: "another"), seed: 9)]

  private static let shelf: LevelShelf = {
    let world = Corner(size: 7)
    let made = [LevelShelf.Made(name: "one", world: world, level: world.generate(.shifted, seed: 5))]
    return LevelShelf(world: world, made: made, drawn: 6, agents: agents)
  }()

  @Test("every summary is that of the whole episode, played by itself")
  func summaries() throws {
    let shelf = EpisodeShelfTests.shelf
    let streamed = shelf.summaries(turns: 0..<shelf.count)
    for (turn, summary) in streamed.enumerated() {
      let place = shelf.place(atTurn: turn)
      let run = try shelf.run(place)
      #expect(summary == EpisodeSummary(run))
      let analysis = try #require(run.analysis)
      #expect(summary?.departure == analysis.marks.departure && summary?.regret == analysis.totalRegret)
      #expect(summary?.verdict == analysis.verdict.name && summary?.outcome == run.outcome)
      #expect(shelf.label(place).agent == run.episode.agent)
      if shelf.label(place).split != .made { #expect(shelf.label(place).name == summary?.name) }
    }
  }

  @Test("each place has one turn, hand-made levels the first ones, the distributions by turns")
  func turns() {
    let shelf = EpisodeShelfTests.shelf
    let places = (0..<shelf.count).map(shelf.place(atTurn:))
    #expect(Set(places) == Set(0..<shelf.count))
    #expect(Array(places.prefix(2)) == [0, 1])
    let splits = places.dropFirst(2).map { shelf.label($0).split }
    for (index, split) in splits.enumerated() { #expect(split == (index / 2 % 2 == 0 ? .shifted : .training)) }
    #expect(shelf.count(of: .made) + shelf.count(of: .shifted) + shelf.count(of: .training) == shelf.count)
  }

  @Test("however many threads and however short a while, the summaries come whole and in order", arguments: [1, 2, 5])
  func threads(_ threads: Int) {
    let shelf = EpisodeShelfTests.shelf
    var all: [EpisodeSummary?] = []
    while all.count < shelf.count {
      let (turns, part) = shelf.summaries(from: all.count, threads: threads, chunk: 3, seconds: 0)
      #expect(turns.lowerBound == all.count && turns.count == part.count && !part.isEmpty)
      all += part
    }
    #expect(all == shelf.summaries(turns: 0..<shelf.count))
  }

  @Test("beyond its places a shelf has nothing")
  func beyond() {
    let shelf = EpisodeShelfTests.shelf
    for place in [-1, shelf.count, .max] {
      #expect(throws: FileProblem.self) { try shelf.run(place) }
      #expect(shelf.label(place).name.isEmpty && shelf.agent(place) == nil)
    }
    #expect(shelf.summaries(from: shelf.count, threads: 2, seconds: 0).turns.isEmpty)
    #expect(LevelShelf(world: Corner(), made: [], drawn: 5, agents: []).count == 0)
  }

  private func file(_ text: String) throws -> String {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("shelf-\(UUID().uuidString).jsonl").path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  private func episodes() -> [Episode] {
    (0..<7).map { index in
      let world: any World = index % 2 == 0 ? Corner(size: 7) : Coinrun()
      let level = world.generate(index < 4 ? .shifted : .training, seed: 1_000_000 + UInt64(index))
      return world.rollout(level, policy: UniformPolicy(), seed: UInt64(index))
    }
  }

  @Test("a file's episodes are those that reading it from its beginning gives, each found by itself")
  func fileShelf() throws {
    let text = episodes().map { EpisodeFile.lines(of: $0) }.joined(separator: "\n\r\n")
    let path = try file(text)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let all = try EpisodeFile.readAll(path, world: Catalogue.world)
    let shelf = try FileShelf(EpisodeIndex(path: path))
    #expect(shelf.count == 7)
    for place in (0..<7).reversed() {
      let run = try shelf.run(place)
      #expect(run.episode.frames == all[place].episode.frames)
      #expect(run.episode.level == all[place].episode.level)
      #expect(EpisodeSummary(run).split == (place < 4 ? .shifted : .training))
    }
    #expect(shelf.summaries(turns: 2..<5) == (2..<5).map { EpisodeSummary(Run(all[$0].episode)) })
  }

  @Test("one bad episode leaves the others, and its problem names the line in the file")
  func damaged() throws {
    var parts = episodes().prefix(3).map { EpisodeFile.lines(of: $0) }
    let line = parts[0].split(separator: "\n").count + 2
    parts[1] = parts[1].replacing("\"t\":0,\"action\":", with: "\"t\":0,\"action\":99,\"x\":", maxReplacements: 1)
    let path = try file(parts.joined())
    defer { try? FileManager.default.removeItem(atPath: path) }
    let shelf = try FileShelf(EpisodeIndex(path: path))
    #expect(shelf.count == 3)
    let summaries = shelf.summaries(turns: 0..<3)
    #expect(summaries.map { $0 != nil } == [true, false, true])
    do throws(FileProblem) {
      _ = try shelf.run(1)
      Issue.record("an action of no world was taken")
    } catch {
      #expect("\(error)".contains(":\(line):"), "\(error)")
    }
  }

  @Test("a header counts as one however its keys are ordered, and a step's text as none")
  func headers() throws {
    let lines = EpisodeFile.lines(of: episodes()[0])
    let shuffled = lines.replacing(
      "{\"format\":\"wayward-episode\",", with: "{\"x\":{\"format\":1},\"format\":\"wayward-episode\","
    )
    .replacing("\"t\":0,", with: "\"t\":0,\"y\":{\"format\":2},")
    let path = try file(shuffled + lines)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let shelf = try FileShelf(EpisodeIndex(path: path))
    #expect(shelf.count == 2)
    #expect(try shelf.run(0).episode.frames == shelf.run(1).episode.frames)
  }

  @Test("a file without an episode is refused, and what it begins with is its first one, whatever that is")
  func empty() throws {
    let path = try file("{\"t\":0}\n")
    defer { try? FileManager.default.removeItem(atPath: path) }
    let shelf = try FileShelf(EpisodeIndex(path: path))
    #expect(shelf.count == 1)
    #expect(throws: FileProblem.self) { try shelf.run(0) }
    let empty = try file("\n \n")
    defer { try? FileManager.default.removeItem(atPath: empty) }
    #expect(throws: FileProblem.self) { try FileShelf(EpisodeIndex(path: empty)) }
    #expect(throws: FileProblem.self) { try EpisodeIndex(path: path + ".none") }
  }

  @Test("a curve is as high as the distance is long, and a point where there is no way")
  func trend() throws {
    let world = Corner(size: 7)
    for seed in 0..<UInt64(6) {
      let run = Run(world.rollout(world.generate(.shifted, seed: seed), policy: UniformPolicy(), seed: seed))
      let analysis = try #require(run.analysis)
      let trend = EpisodeSummary(run).trend
      let last = run.episode.steps.count
      let distances = (0..<Trend.count).map {
        analysis.distance(to: Candidate.Index(0), at: last * $0 / (Trend.count - 1))
      }
      let greatest = distances.compactMap(\.self).max() ?? 0
      for (index, distance) in distances.enumerated() {
        #expect((trend[index] == nil) == (distance == nil))
        if distance == greatest, greatest > 0 { #expect(trend[index] == 8) }
        if distance == 0 { #expect(trend[index] == 1) }
      }
      #expect(trend[-1] == nil && trend[Trend.count] == nil)
    }
  }
}
