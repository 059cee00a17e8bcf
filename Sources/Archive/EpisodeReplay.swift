import Gridworlds

/// One line of an episode file, and what is wrong with its fields.
struct EpisodeLine {
  let json: JSON
  let line: Int
  let place: FilePlace

  init(_ json: JSON, line: Int, place: FilePlace) {
    self.json = json
    self.line = line
    self.place = place
  }

  func bad(_ cause: String, mend: String) -> FileProblem { place.bad(cause, line: line, mend: mend) }

  /// A field that must be there.
  func field<Value>(
    _ key: String, of object: JSON? = nil, _ expected: String, _ parse: (JSON) -> Value?
  ) throws(FileProblem) -> Value {
    guard let value = (object ?? json)[key] else {
      throw bad("the key '\(key)' is missing", mend: "it should be \(expected)")
    }
    guard let parsed = parse(value) else { throw bad("'\(key)' should be \(expected)", mend: "correct it") }
    return parsed
  }

  /// A field that may be missing or `null`.
  func optional<Value>(_ key: String, _ expected: String, _ parse: (JSON) -> Value?) throws(FileProblem) -> Value? {
    guard let value = json[key], value != .null else { return nil }
    guard let parsed = parse(value) else { throw bad("'\(key)' should be \(expected)", mend: "correct it") }
    return parsed
  }
}

/// An episode that is being played again, line by line.
struct EpisodeReplay {
  private var episode: Episode
  private var mismatch: Recording.Mismatch?
  private var hasStates = true
  private var hasEnded = false
  private var count = 0
  private let firstLine: Int
  private let levelHash: UInt64
  private let isLevelDrawn: Bool?
  private let origin: EpisodeOrigin?
  private let humanSteps: Set<Int>

  /// What has been replayed.
  var recorded: RecordedEpisode {
    var episode = episode
    episode.recording = Recording(hasStates: hasStates, isLevelDrawn: isLevelDrawn, mismatch: mismatch)
    return RecordedEpisode(episode: episode, line: firstLine, origin: origin)
  }

  /// Whether the header speaks of steps that never came.
  func checkEnd(place: FilePlace) throws(FileProblem) {
    if let last = humanSteps.max(), last >= count {
      throw place.bad(
        "'human_steps' names step \(last) of an episode of \(count)", line: firstLine, mend: "steps count from 0")
    }
  }

  /// An episode at the start that a header describes.
  init(header: EpisodeLine, world named: (String) throws -> any World) throws(FileProblem) {
    firstLine = header.line
    let format: String = try header.field("format", "'\(EpisodeFile.format)'", \.string)
    guard format == EpisodeFile.format else {
      throw header.bad("the format is '\(format)'", mend: "it should be '\(EpisodeFile.format)'")
    }
    let version: Int = try header.field("version", "a whole number", \.integer)
    guard version == EpisodeFile.version else {
      throw header.bad("the version is \(version)", mend: "this program reads version \(EpisodeFile.version)")
    }
    let name: String = try header.field("world", "a world's name", EpisodeReplay.shortText)
    let world: any World
    do {
      world = try named(name)
    } catch {
      throw header.place.unknownWorld(error, line: header.line)
    }
    let names = { (json: JSON) -> [String]? in
      json.array.flatMap { names in
        let texts = names.compactMap(\.string)
        return texts.count == names.count ? texts : nil
      }
    }
    for (key, expected) in [("actions", world.actions.map(\.name)), ("goals", world.goals.map(\.id))] {
      let found: [String] = try header.field(key, "a list of names", names)
      guard found == expected else {
        throw header.bad(
          "the \(key) are \(found.joined(separator: ", "))",
          mend: "those of \(world.name) are \(expected.joined(separator: ", "))")
      }
    }
    let seed: UInt64 = try header.field("seed", "a whole number", \.unsigned)
    let agent: String = try header.field("agent", "a short text", EpisodeReplay.shortText)
    let digest: UInt64? = try header.optional("agent_digest", EpisodeReplay.digits, EpisodeReplay.hexadecimal)
    let description: JSON = try header.field("level", "an object") { $0.members == nil ? nil : $0 }
    let level = try EpisodeReplay.level(description, of: world, header: header)
    episode = Episode(world: world, level: level, agent: agent, agentDigest: digest, seed: seed)
    levelHash = level.stableHash
    isLevelDrawn = EpisodeReplay.isDrawn(level, in: world)
    origin = try EpisodeOrigin(header)
    humanSteps = Set(
      try header.optional("human_steps", "a list of steps from 0, ascending") { json -> [Int]? in
        guard let steps = json.array?.map(\.integer), steps.count <= Level.largestTimeLimit else { return nil }
        let numbers = steps.compactMap(\.self)
        guard numbers.count == steps.count, numbers.first ?? 0 >= 0,
          zip(numbers, numbers.dropFirst()).allSatisfy({ $0 < $1 })
        else { return nil }
        return numbers
      } ?? [])
  }

  /// Whether a level is the one that its name draws; `nil` of a name that draws none in this world.
  private static func isDrawn(_ level: Level, in world: any World) -> Bool? {
    guard case .generated(world.name, let split, let seed)? = try? LevelReference.generated(level.reference) else {
      return nil
    }
    let drawn = world.generate(split, seed: seed)
    return drawn.map == level.map && drawn.timeLimit == level.timeLimit
  }

  private static let digits = "16 hexadecimal digits"

  private static func hexadecimal(_ json: JSON) -> UInt64? {
    json.string.flatMap { $0.utf8.count == 16 && !$0.hasPrefix("+") ? UInt64($0, radix: 16) : nil }
  }

  private static func shortText(_ json: JSON) -> String? {
    json.string.map { PlainText.stripped($0, limit: 200) }
  }

  private static func level(
    _ json: JSON, of world: any World, header: EpisodeLine
  ) throws(FileProblem) -> Level {
    let reference: String = try header.field("reference", of: json, "a text", shortText)
    var draft = LevelDraft(reference: reference)
    draft.title = try header.field("title", of: json, "a text", shortText)
    draft.note = PlainText.strippedLines(json["note"]?.string ?? "", limit: LevelFile.longestNote)
    draft.rows = try header.field("map", of: json, "a list of rows") { json in
      json.array.flatMap { rows in
        let texts = rows.compactMap(\.string)
        return texts.count == rows.count ? texts : nil
      }
    }
    draft.steps = try header.field("steps", of: json, "a whole number", \.integer)
    let targets: [JSON.Member] = try header.field("targets", of: json, "cells by goal", \.members)
    var intended: [Position]?
    for target in targets {
      guard let cells = cells(target.value) else {
        throw header.bad("the targets of '\(target.key)' are no cells [x, y]", mend: "write them like [[9, 1]]")
      }
      if target.key == world.goals[world.intended].id {
        intended = cells.map { Position(x: $0.x, y: $0.y) }
      } else {
        draft.goals.append((target.key, cells))
      }
    }
    let level: Level
    do throws(LevelDraft.Fault) {
      level = try draft.level(of: world)
    } catch {
      throw header.bad("the level: \(error.cause)", mend: error.mend)
    }
    guard intended == nil || intended == level.targets(of: world.intended) else {
      throw header.bad(
        "the targets of '\(world.goals[world.intended].id)' are not where the map has them", mend: "leave them out")
    }
    return level
  }

  private static func cells(_ json: JSON) -> [(x: Int, y: Int)]? {
    guard let cells = json.array else { return nil }
    var result: [(x: Int, y: Int)] = []
    for cell in cells {
      guard let pair = cell.array, pair.count == 2, let x = pair[0].integer, let y = pair[1].integer else { return nil }
      result.append((x, y))
    }
    return result
  }

  /// Takes the action of a line, and compares where it leads.
  mutating func take(_ line: EpisodeLine) throws(FileProblem) {
    let time: Int = try line.field("t", "a whole number", \.integer)
    guard time == count else {
      throw line.bad("the step is \(time) where \(count) was expected", mend: "steps count from 0, a line each")
    }
    guard count < Level.largestTimeLimit else {
      throw line.bad("the episode has more than \(Level.largestTimeLimit) steps", mend: "split it")
    }
    let actions = episode.world.actions
    let action: Int = try line.field("action", "an action's index from 0 to \(actions.count - 1)") {
      $0.integer.flatMap { actions.indices.contains($0) ? $0 : nil }
    }
    let reward: Float = try line.field("reward", "a finite number", \.float)
    let terminated: Bool = try line.field("terminated", "true or false", \.bool)
    let truncated: Bool = try line.field("truncated", "true or false", \.bool)
    let decision = try decision(of: line)
    // Nothing is worked out from them, since the moves tell; what cannot be is not passed over.
    let _: JSON? = try line.optional("proxy_rewards", "an object with 0 or 1 for each proxy") { json in
      json.members.flatMap { $0.allSatisfy { [0, 1].contains($0.value.double) } ? json : nil }
    }
    let hash: UInt64? = try line.optional("hash", EpisodeReplay.digits, EpisodeReplay.hexadecimal)
    guard !hasEnded else { throw line.bad("a step follows the episode's end", mend: "begin a new header") }
    hasEnded = terminated || truncated

    let before = episode.steps.count
    if humanSteps.contains(count) {
      episode.intervene(action, decision: decision)
    } else {
      episode.advance(action, decision: decision)
    }
    if hash == nil { hasStates = false }
    if mismatch == nil {
      let parts = differing(from: before, reward: reward, terminated: terminated, truncated: truncated, hash: hash)
      if !parts.isEmpty { mismatch = Recording.Mismatch(step: count, parts: parts) }
    }
    count += 1
  }

  /// In what the step that was just taken is not the recorded one.
  private func differing(
    from before: Int, reward: Float, terminated: Bool, truncated: Bool, hash: UInt64?
  ) -> [Recording.Mismatch.Part] {
    // The recording goes on where the episode has ended.
    guard episode.steps.count == before + 1 else { return [.end] }
    let state = episode.states[before + 1]
    return Recording.Mismatch.Part.allCases.filter { part in
      switch part {
      case .reward: episode.steps.rewards[before] != reward
      case .end:
        terminated != (episode.conclusion == .terminated) || truncated != (episode.conclusion == .truncated)
      case .state: hash.map { $0 != EpisodeFile.hash(of: state, at: count + 1, levelHash: levelHash) } ?? false
      }
    }
  }

  private func decision(of line: EpisodeLine) throws(FileProblem) -> Decision? {
    let count = episode.world.actions.count
    let value: Float? = try line.optional("value", "a finite number", \.float)
    let expected = "\(count) probabilities that sum to 1"
    let probabilities: [Float]? = try line.optional("probs", expected) { json in
      guard let numbers = json.array?.map(\.float), numbers.count == count else { return nil }
      let probabilities = numbers.compactMap(\.self).filter { $0 >= 0 }
      return probabilities.count == count && abs(probabilities.reduce(0, +) - 1) < 1e-3 ? probabilities : nil
    }
    return probabilities.map { Decision(probabilities: $0, value: value) }
  }
}
