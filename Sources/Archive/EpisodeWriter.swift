import Gridworlds

extension EpisodeFile {
  /// An episode as JSON Lines, each ended by a line feed; the same episode gives the same text.
  /// - Parameters:
  ///   - origin: where the episode left another one of the same file.
  ///   - isLight: whether probabilities and values are left out.
  public static func lines(of episode: Episode, origin: EpisodeOrigin? = nil, isLight: Bool = false) -> String {
    var text = ""
    forEachPart(of: episode, origin: origin, isLight: isLight) { text += $0 }
    return text
  }

  /// Calls `body` with the same lines part by part, 1,000 steps each: of a long episode nobody needs to hold them all.
  public static func forEachPart(
    of episode: Episode, origin: EpisodeOrigin? = nil, isLight: Bool = false, _ body: (String) throws -> Void
  ) rethrows {
    let levelHash = episode.level.stableHash
    var text = header(of: episode, origin: origin).text + "\n"
    for index in episode.steps.indices {
      text += step(index, of: episode, levelHash: levelHash, isLight: isLight).text + "\n"
      if index % 1_000 == 999 {
        try body(text)
        text.removeAll(keepingCapacity: true)
      }
    }
    if !text.isEmpty { try body(text) }
  }

  /// ``Gridworlds/Episode/hash(at:)`` without hashing the level again for each frame.
  static func hash(of state: PackedState, at time: Int, levelHash: UInt64) -> UInt64 {
    RandomSource.mix(state.stableHash ^ levelHash ^ UInt64(time))
  }

  /// The first line: who acted in which level; the level is whole, so that no other file is needed.
  static func header(of episode: Episode, origin: EpisodeOrigin? = nil) -> JSON {
    let (world, level) = (episode.world, episode.level)
    let targets = zip(world.goals, level.targets).map { goal, cells in
      JSON.Member(goal.id, .array(cells.map { .array([.integer($0.x), .integer($0.y)]) }))
    }
    return .object(
      [
        .init("format", .string(format)), .init("version", .integer(version)), .init("world", .string(world.name)),
        .init(
          "level",
          .object([
            .init("reference", .string(level.reference)), .init("title", .string(level.title)),
            .init("note", .string(level.note)), .init("map", .array(LevelFile.rows(of: level.map).map { .string($0) })),
            .init("targets", .object(targets)), .init("steps", .integer(level.timeLimit)),
          ])),
        .init("seed", .integer(episode.seed)), .init("actions", .array(world.actions.map { .string($0.name) })),
        .init("goals", .array(world.goals.map { .string($0.id) })), .init("agent", .string(episode.agent)),
      ] + agentDigest(of: episode) + EpisodeOrigin.members(of: origin) + humanSteps(of: episode))
  }

  private static func agentDigest(of episode: Episode) -> [JSON.Member] {
    episode.agentDigest.map { [.init("agent_digest", .string(JSON.hexadecimal($0)))] } ?? []
  }

  private static func humanSteps(of episode: Episode) -> [JSON.Member] {
    let steps = episode.interventions
    return steps.isEmpty ? [] : [.init("human_steps", .array(steps.map { .integer($0) }))]
  }

  private static func step(_ index: Int, of episode: Episode, levelHash: UInt64, isLight: Bool) -> JSON {
    let step = episode.steps[index]
    let isLast = index == episode.steps.count - 1
    var members: [JSON.Member] = [
      .init("t", .integer(index)), .init("action", .integer(step.action)), .init("reward", .float(step.reward)),
      .init("terminated", .bool(isLast && episode.conclusion == .terminated)),
      .init("truncated", .bool(isLast && episode.conclusion == .truncated)),
    ]
    if !isLight, let decision = step.decision, decision.probabilities.allSatisfy(\.isFinite) {
      members.append(.init("probs", .array(decision.probabilities.map { .float($0) })))
      if let value = decision.value, value.isFinite { members.append(.init("value", .float(value))) }
    }
    // As jaxgmg's step information: 1 at the step that reaches a proxy, 0 else.
    let reached = episode.achieved(at: index + 1) & ~episode.achieved(at: index)
    let proxies = episode.world.goals.enumerated().filter { $0.element.role == .proxy }
    members.append(
      .init(
        "proxy_rewards",
        .object(proxies.map { .init($0.element.id, .integer(reached >> UInt32($0.offset) & 1)) })))
    let hash = hash(of: episode.states[index + 1], at: index + 1, levelHash: levelHash)
    members.append(.init("hash", .string(JSON.hexadecimal(hash))))
    return .object(members)
  }
}
