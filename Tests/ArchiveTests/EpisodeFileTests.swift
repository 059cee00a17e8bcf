import Archive
import Foundation
import Gridworlds
import Testing
import Worlds

/// Mostly right and down, with a say about it.
private struct Drifter: Policy {
  let name = "drifter"
  func decide(in situation: Situation) -> Decision {
    Decision(probabilities: [0.3, 0.1, 0.2, 0.4], value: Float(situation.time) / 3)
  }
}

private let world = Corner(size: 7, layout: .open)

private func episode(seed: UInt64 = 1) -> Episode {
  world.rollout(world.generate(.shifted, seed: seed), policy: Drifter(), seed: seed)
}

private func parse(_ text: String) throws(FileProblem) -> EpisodeCollection {
  try EpisodeFile.parse(Data(text.utf8), path: "e.jsonl", world: named)
}

private func line(_ text: String) -> String? { problem { () throws(FileProblem) in try parse(text) } }

/// The lines of a recorded episode, one of them changed.
private func changed(line: Int, _ old: String, _ new: String) -> String {
  var lines = EpisodeFile.lines(of: episode()).split(separator: "\n").map(String.init)
  lines[line - 1] = lines[line - 1].replacingOccurrences(of: old, with: new)
  return lines.joined(separator: "\n")
}

@Suite("episode files") struct EpisodeFileTests {
  @Test("part by part come the same lines, no part of more than a thousand steps")
  func parts() {
    let level = try! Level(of: world, reference: "long", map: world.generate(.shifted, seed: 1).map, timeLimit: 2_500)
    var long = Episode(world: world, level: level, agent: "test", seed: 0)
    while long.conclusion == .stopped { long.advance(0) }
    var parts: [String] = []
    EpisodeFile.forEachPart(of: long) { parts.append($0) }
    #expect(parts.joined() == EpisodeFile.lines(of: long))
    #expect(parts.map { $0.split(separator: "\n").count } == [1_001, 1_000, 500])
  }

  @Test("episodes come back as they were, several in one file")
  func roundTrip() throws {
    let originals = (1..<5 as Range<UInt64>).map { episode(seed: $0) }
    let text = originals.map { EpisodeFile.lines(of: $0) }.joined()
    let read = try parse(text)
    #expect(read.count == originals.count)
    for (recorded, original) in zip(read, originals) {
      #expect(recorded.episode.recording?.isReproduced == true)
      #expect(recorded.episode.frames == original.frames)
      #expect(recorded.episode.steps.elementsEqual(original.steps))
      #expect(recorded.episode.conclusion == original.conclusion)
      #expect(recorded.episode.level == original.level)
      #expect(recorded.episode.agent == "drifter" && recorded.episode.seed == original.seed)
    }
    #expect(read.map { EpisodeFile.lines(of: $0.episode) }.joined() == text)
    #expect(try parse("\n" + text.replacingOccurrences(of: "\n", with: "\r\n\n")).count == 4)
  }

  @Test("the lines are those that other programs are promised")
  func lines() throws {
    let map = try #require(Grid(rows: ["#####", "#@.*#", "#####"].map { $0.unicodeScalars.map { Tile($0) } }))
    let level = try Level(of: world, reference: "corner/first", title: "x", map: map)
    var episode = Episode(world: world, level: level, agent: "me", seed: 18_446_744_073_709_551_615)
    episode.advance(3, decision: Decision(probabilities: [0.1, 0.2, 0.3, 0.4], value: 0.5))
    episode.advance(3)
    let hashes = [1, 2].map { index in
      let digits = String(episode.hash(at: index), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }
    #expect(
      EpisodeFile.lines(of: episode) == """
        {"format":"wayward-episode","version":1,"world":"corner-7-open","level":{"reference":"corner/first","title":"x",\
        "note":"","map":["#####","#@.*#","#####"],"targets":{"cheese":[[3,1]],"corner":[[3,1]]},"steps":128},\
        "seed":18446744073709551615,"actions":["up","left","down","right"],"goals":["cheese","corner"],"agent":"me"}
        {"t":0,"action":3,"reward":0.0,"terminated":false,"truncated":false,"probs":[0.1,0.2,0.3,0.4],"value":0.5,\
        "proxy_rewards":{"corner":0},"hash":"\(hashes[0])"}
        {"t":1,"action":3,"reward":1.0,"terminated":true,"truncated":false,"proxy_rewards":{"corner":1},\
        "hash":"\(hashes[1])"}

        """)
    #expect(try parse(EpisodeFile.lines(of: episode))[0].episode.recording?.isReproduced == true)
  }

  @Test("which checkpoint acted comes back, of parts of an episode too; files that do not say it say nothing")
  func agentDigest() throws {
    let level = world.generate(.shifted, seed: 1)
    let original = Episode(world: world, level: level, agent: "drifter", agentDigest: 0xAB, seed: 1)
      .continued(by: Drifter(), seed: 1)
    let text = EpisodeFile.lines(of: original)
    #expect(text.contains(#""agent":"drifter","agent_digest":"00000000000000ab""#))
    let read = try parse(text)[0].episode
    #expect(read.agentDigest == 0xAB && read.prefix(2).agentDigest == 0xAB)
    #expect(EpisodeFile.lines(of: read) == text)
    let silent = try parse(EpisodeFile.lines(of: episode()))[0].episode
    #expect(silent.agentDigest == nil && !silent.hasOtherAgent(than: read))
    let other = try parse(text.replacing("00000000000000ab", with: "00000000000000ac"))[0].episode
    #expect(other.hasOtherAgent(than: read) && !read.hasOtherAgent(than: read))
    #expect(
      line(text.replacing("00000000000000ab", with: "ab"))
        == "e.jsonl:1: 'agent_digest' should be 16 hexadecimal digits; correct it")
  }

  @Test("an episode that was stopped reads back as stopped, one without a step too")
  func stopped() throws {
    for count in 0..<2 {
      let short = episode().prefix(count)
      let read = try parse(EpisodeFile.lines(of: short))
      #expect(
        read.count == 1 && read[0].episode.steps.count == count && read[0].episode.recording?.isReproduced == true)
      #expect(read[0].episode.conclusion == .stopped)
    }
  }

  @Test(
    "the first step that the rules do not repeat is said",
    arguments: [
      (3, "\"reward\":0.0", "\"reward\":1", 1, .reward),
      (4, "\"hash\":\"", "\"hash\":\"0000000000000000\",\"x\":\"", 2, .state),
      (2, "\"truncated\":false", "\"truncated\":true", 0, .end),
    ] as [(Int, String, String, Int, Recording.Mismatch.Part)])
  func mismatches(line: Int, old: String, new: String, step: Int, part: Recording.Mismatch.Part) throws {
    let text = changed(line: line, old, new).split(separator: "\n").prefix(line).joined(separator: "\n")
    let episode = try parse(text)[0].episode
    #expect(episode.recording?.mismatch == .init(step: step, parts: [part]))
    #expect(episode.recording?.isReproduced == false)
    #expect(episode.prefix(step).recording?.isReproduced == true, "up to there it is what was recorded")
  }

  @Test("a move that was changed shows in the hash of its step, and reading goes on")
  func changedMove() throws {
    let original = episode()
    let index = try #require(
      original.steps.indices.first { original.frames[$0].agent != original.frames[$0 + 1].agent })
    let action = original.steps[index].action
    let read = try parse(changed(line: index + 2, "\"action\":\(action)", "\"action\":\((action + 2) % 4)"))[0]
    #expect(read.episode.recording?.mismatch?.step == index)
  }

  @Test("unknown keys are ignored, hashes and probabilities may be missing")
  func lenient() throws {
    let text = changed(line: 1, "\"version\":1", "\"version\":1,\"made\":{\"by\":[1,2]}")
      .replacingOccurrences(of: "\"hash\"", with: "\"other\"").replacingOccurrences(of: "\"probs\"", with: "\"p\"")
    let recording = try #require(try parse(text)[0].episode.recording)
    #expect(recording.mismatch == nil && recording.isReproduced == nil, "states were not compared")
  }

  @Test(
    "a fault is named by its line",
    arguments: [
      (1, "\"version\":1", "\"version\":2", "the version is 2; this program reads version 1"),
      (1, "wayward-episode", "minari", "the format is 'minari'; it should be 'wayward-episode'"),
      (1, "\"format\"", "\"f\"", "the key 'format' is missing; it should be 'wayward-episode'"),
      (1, "\"seed\":1", "\"seed\":-1", "'seed' should be a whole number; correct it"),
      (1, "\"seed\":1", "\"sed\":1", "the key 'seed' is missing; it should be a whole number"),
      (1, "\"steps\":128", "\"steps\":0", "the level: steps is 0; choose a number from 1 to 1000000"),
      (1, "@", ".", "the level: the map has no agent; put one '@' where it starts"),
      (
        1, "\"corner\":[[5,1]]", "\"corner\":[5]",
        "the targets of 'corner' are no cells [x, y]; write them like [[9, 1]]"
      ),
      (
        1, "\"corner\":[[5,1]]", "\"corner\":[[50,1]]",
        "the level: goal 'corner': the cell [50, 1] lies outside of the map; columns go from 0 to 6, rows from 0 to 6"
      ),
      (
        1, "\"cheese\":[[", "\"cheese\":[[0,0],[",
        "the targets of 'cheese' are not where the map has them; leave them out"
      ),
      (
        1, "\"up\",\"left\"", "\"left\",\"up\"",
        "the actions are left, up, down, right; those of corner-7-open are up, left, down, right"
      ),
      (1, "corner-7-open", "corner-8", "there is no world 'corner-8'; write \(Catalogue.families[0].variants)"),
      (2, "\"t\":0", "\"t\":1", "the step is 1 where 0 was expected; steps count from 0, a line each"),
      (2, "\"action\":", "\"action\":1", "'action' should be an action's index from 0 to 3; correct it"),
      (2, "\"action\"", "\"act\"", "the key 'action' is missing; it should be an action's index from 0 to 3"),
      (2, "\"reward\":0.0", "\"reward\":1e999", "'reward' should be a finite number; correct it"),
      (
        2, "\"proxy_rewards\":{\"corner\":0}", "\"proxy_rewards\":{\"corner\":1000000000000000000}",
        "'proxy_rewards' should be an object with 0 or 1 for each proxy; correct it"
      ),
      (2, "\"terminated\":false", "\"terminated\":0", "'terminated' should be true or false; correct it"),
      (2, "[0.3,", "[0.4,", "'probs' should be 4 probabilities that sum to 1; correct it"),
      (2, "[0.3,0.1,", "[-0.3,0.7,", "'probs' should be 4 probabilities that sum to 1; correct it"),
      (2, "[0.3,0.1,", "[0.4,", "'probs' should be 4 probabilities that sum to 1; correct it"),
      (2, "\"hash\":\"", "\"hash\":\"x", "'hash' should be 16 hexadecimal digits; correct it"),
      (2, "{\"t\"", "{t", "no JSON at byte 1: a name in quotes should stand here; write one JSON object a line"),
      (
        2, "{\"t\":0,", "{\"t\":0,\"t\":0,",
        "no JSON at byte 7: the name 't' stands twice; write one JSON object a line"
      ),
      (2, "{", "[{", "no JSON at byte 256: a ',' or ']' should stand here; write one JSON object a line"),
      (3, "\"truncated\":false", "\"truncated\":null", "'truncated' should be true or false; correct it"),
    ])
  func faults(at: Int, old: String, new: String, expected: String) throws {
    let found = try #require(line(changed(line: at, old, new)))
    if expected.hasPrefix("no JSON at byte 256") {
      #expect(found.hasSuffix(": a ',' or ']' should stand here; write one JSON object a line"))
    } else {
      #expect(found == "e.jsonl:\(at): \(expected)")
    }
  }

  @Test("files that are no episodes say so")
  func strangers() {
    #expect(line("") == "e.jsonl: the file is empty; record an episode into it")
    #expect(line("\n\n") == "e.jsonl: the file is empty; record an episode into it")
    #expect(line("[]") == "e.jsonl:1: the line is no JSON object; write one JSON object a line")
    #expect(line("{}") == "e.jsonl:1: the key 'format' is missing; it should be 'wayward-episode'")
    #expect(
      line(String(repeating: " ", count: 5 << 20))
        == "e.jsonl:1: the line has more than 4 MB; write one JSON object a line")
    let ended = changed(line: 2, "\"terminated\":false", "\"terminated\":true")
    #expect(line(ended) == "e.jsonl:3: a step follows the episode's end; begin a new header")
  }

  @Test("a file is read line by line, and the first fault ends it")
  func streaming() throws {
    try withFolder { folder in
      let text = EpisodeFile.lines(of: episode()) + EpisodeFile.lines(of: episode(seed: 2)) + "{}\n"
      try AtomicFile.write(Data(text.utf8), to: "\(folder)/e.jsonl")
      let results = Array(try EpisodeFile.Reader(path: "\(folder)/e.jsonl", world: named))
      #expect(results.count == 2)
      #expect((try? results[0].get())?.episode.steps.elementsEqual(episode().steps) == true)
      #expect((try? results[1].get()) == nil)
      try AtomicFile.write(Data(text.dropLast(3).utf8), to: "\(folder)/e.jsonl")
      #expect(try EpisodeFile.readAll("\(folder)/e.jsonl", world: named).count == 2)
      #expect(
        problem { () throws(FileProblem) in try EpisodeFile.readAll("\(folder)/e.jsonl", limit: 1, world: named) }
          == "\(folder)/e.jsonl:\(episode().steps.count + 2): the file has more than 1 episode; split it")
    }
  }
}
