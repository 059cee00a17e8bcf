import Archive
import Foundation
import Gridworlds
import Testing
import Worlds

private let world = Corner(size: 7, layout: .open)

private func episode(person steps: [Int] = []) -> Episode {
  var episode = Episode(world: world, level: world.generate(.shifted, seed: 2), agent: "me", seed: 1)
  for step in 0..<4 { steps.contains(step) ? episode.intervene(step % 4) : episode.advance(step % 4) }
  return episode
}

private func read(_ text: String) throws(FileProblem) -> EpisodeCollection {
  try EpisodeFile.parse(Data(text.utf8), path: "e.jsonl") { try Catalogue.world(named: $0) }
}

private func problem(_ text: String) -> String {
  do {
    return try read(text).problems.first.map { "\($0)" } ?? "read"
  } catch { return "\(error)" }
}

@Suite("branches in episode files") struct EpisodeOriginTests {
  private func lines(branch: String = "b", parent: Int, leavesAt: Int, person: [Int] = [2]) -> String {
    EpisodeFile.lines(of: episode())
      + EpisodeFile.lines(
        of: episode(person: person), origin: EpisodeOrigin(branch: branch, parent: parent, leavesAt: leavesAt))
  }

  @Test("a file without branches is written as before, byte by byte, and its episodes have no origin")
  func plain() throws {
    let text = EpisodeFile.lines(of: episode())
    #expect(!text.contains("branch") && !text.contains("human_steps"))
    #expect(try read(text).map(\.origin) == [nil])
  }

  @Test("a branch says what it is called, what it left and where, and which steps a person took")
  func branch() throws {
    let text = lines(branch: "left\u{7} turn", parent: 0, leavesAt: 2, person: [2, 3])
    let found = try read(text)
    #expect(found[1].origin == EpisodeOrigin(branch: "left turn", parent: 0, leavesAt: 2))
    #expect(found[1].episode.interventions == [2, 3])
    #expect(found[0].episode.interventions.isEmpty)
  }

  @Test("a branch that does not follow its parent is refused with the line of its header")
  func mistakes() {
    let later = problem(lines(parent: 1, leavesAt: 2))
    #expect(later.hasPrefix("e.jsonl:6:") && later.contains("'parent' is 1, and 1 episode came before"), "\(later)")
    let long = problem(lines(parent: 0, leavesAt: 9))
    #expect(long.contains("does not share 9 steps"), "\(long)")
    let other = problem(
      lines(parent: 0, leavesAt: 2).replacingOccurrences(of: "\"t\":0,\"action\":0", with: "\"t\":0,\"action\":1"))
    #expect(other == "read" || other.contains("does not share"), "\(other)")
    let half = problem(lines(parent: 0, leavesAt: 2).replacingOccurrences(of: "\"branch\":\"b\",", with: ""))
    #expect(half.contains("stands without 'branch'"), "\(half)")
    let negative = problem(
      lines(parent: 0, leavesAt: 2).replacingOccurrences(of: "\"leaves_at\":2", with: "\"leaves_at\":-1"))
    #expect(negative.contains("'leaves_at' should be a whole number"), "\(negative)")
  }

  @Test(
    "steps of a person that are no list of steps in order are refused",
    arguments: ["[3,2]", "[-1]", "[1,1]", "7", "[1.5]"])
  func humanSteps(_ value: String) {
    let text = EpisodeFile.lines(of: episode(person: [2])).replacingOccurrences(
      of: "\"human_steps\":[2]", with: "\"human_steps\":\(value)")
    #expect(problem(text).contains("'human_steps' should be a list of steps"))
  }

  @Test("steps of a person that never came are no steps of the episode")
  func lateHumanSteps() {
    let text = EpisodeFile.lines(of: episode(person: [2])).replacingOccurrences(
      of: "\"human_steps\":[2]", with: "\"human_steps\":[2,900000]")
    #expect(problem(text).contains("'human_steps' names step 900000"))
  }

  @Test("a branch is read alone from the middle of its file, where its parent is not at hand")
  func alone() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("origin-\(UUID().uuidString).jsonl").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(lines(parent: 0, leavesAt: 2).utf8).write(to: URL(fileURLWithPath: path))
    let index = try EpisodeIndex(path: path)
    let read = try index.episode(index.count - 1) { try Catalogue.world(named: $0) }
    #expect(read.origin?.leavesAt == 2 && read.episode.interventions == [2])
  }
}
