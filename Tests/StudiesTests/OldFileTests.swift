import Archive
import Foundation
import Gridworlds
import Studies
import Testing
import Worlds

/// Files that version 0.1 wrote: what they say stays readable in every version to come.
@Suite("Files of version 0.1 keep opening")
struct OldFileTests {
  private static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  private static let folder = tests.appendingPathComponent("Fixtures/0.1").path
  private static let repository = tests.deletingLastPathComponent().deletingLastPathComponent().path

  private func recorded() throws -> EpisodeCollection {
    try EpisodeFile.readAll("\(OldFileTests.folder)/episodes.jsonl", world: Catalogue.world)
  }

  @Test("a level has its title, its note and its map")
  func level() throws {
    let (world, level) = try LevelFile.read(
      "\(OldFileTests.folder)/corner/first.yaml", reference: "corner/first", world: Catalogue.world)
    #expect(world.name == "corner" && level.title == "The cheese lies two steps to the left")
    #expect(level.note.hasSuffix("Where does this one go?") && level.note.contains("\n"))
    #expect(level.map.width == 11 && level.map.height == 11 && level.start == Position(x: 5, y: 5))
    #expect(level.timeLimit == world.timeLimit)
    #expect(level.targets(of: world.intended) == [Position(x: 3, y: 5)])
  }

  @Test("recorded episodes are reproduced by today's rules, step by step, and one that stops is read too")
  func episodes() throws {
    let episodes = try recorded()
    #expect(episodes.problems == [] && episodes.count == 3)
    #expect(episodes.allSatisfy { $0.episode.recording?.isReproduced == true })
    #expect(episodes.map(\.episode.level.reference) == ["corner/home", "corner:train#1000001", "corner/first"])
    #expect(episodes.map(\.episode.conclusion) == [.terminated, .terminated, .stopped])
    for recorded in episodes {
      let episode = recorded.episode
      #expect(episode.agent == "seed-1" && episode.seed == 1 && !episode.steps.isEmpty)
      #expect(episode.steps.allSatisfy { $0.decision?.value != nil && $0.decision?.probabilities.count == 4 })
    }
    // What is written today is what was written then.
    let text = try String(contentsOfFile: "\(OldFileTests.folder)/episodes.jsonl", encoding: .utf8)
    #expect(episodes.map { EpisodeFile.lines(of: $0.episode) }.joined() == text)
  }

  @Test("an agent says how it came to be, and does what it did")
  func agent() throws {
    // The agents that come with the program are of that version; since then their weights were rounded.
    let path = "\(OldFileTests.repository)/levels/corner/agents/seed-1.safetensors"
    let checkpoint = try Checkpoint.read(path)
    #expect(checkpoint.world == "corner" && checkpoint.view == (19, 19) && checkpoint.hidden == [192, 128])
    #expect(checkpoint.command == "wayward train corner --seed 1 --half" && checkpoint.steps == 4_005_888)
    #expect(checkpoint.rates?.shiftProxyOnly == 0.792 && checkpoint.severity == 0)
    for recorded in try recorded() {
      let episode = recorded.episode
      let again = try Agent(path: path, for: episode.world, seed: episode.seed).episode(episode.world, episode.level)
      // A file of then does not say which checkpoint it was; one of today does.
      #expect(episode.agentDigest == nil && again.agentDigest == checkpoint.tensors.digest)
      for (then, now) in zip(episode.steps, again.steps) {
        #expect(then.action == now.action)
        let (old, new) = (then.decision?.probabilities ?? [], now.decision?.probabilities ?? [])
        #expect(zip(old, new).allSatisfy { abs($0 - $1) < 1e-3 } && old.count == new.count)
      }
    }
  }

  @Test("settings say what they said")
  func settings() throws {
    let file = try SettingsFile(reading: "\(OldFileTests.folder)/settings.yaml")
    #expect(file.problems == [])
    #expect(
      file.entries.map { "\($0.path.joined(separator: ".")): \($0.value)" } == [
        "theme: light", "mouse: false", "animation: false", "ascii: true", "speed: 12.5", "presenter: false",
        "keys.replay.step-forward: . l Right", "keys.anywhere.help: F1",
      ])
  }
}
