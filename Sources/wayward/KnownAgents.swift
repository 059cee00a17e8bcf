import Archive
import Foundation
import Gridworlds
import Inference
import Learning
import Studies
import Worlds

/// What is known of the agents of episodes: of one that is named, from levels that it plays; of those of a file, from
/// their other episodes.
struct KnownAgents {
  private let named: (name: String, library: Library)?
  private let threads: Int
  /// By world and agent.
  private var found: [String: KnownAgent?] = [:]
  /// By world, the agent that is named.
  private var agents: [String: Agent] = [:]
  /// By world and agent, the number of each episode in the file, in the order of the pool.
  private var numbers: [String: [Int: Int]] = [:]

  /// One agent, for whatever world an episode is of.
  init(named name: String, in library: Library, threads: Int) throws {
    named = (name, library)
    self.threads = threads
  }

  /// All agents of a file.
  init(ofEpisodesIn path: String, threads: Int) throws {
    named = nil
    self.threads = threads
    var samples: [String: [KnownAgent.Sample]] = [:]
    var reader = try EpisodeFile.Reader(path: path, world: Catalogue.world)
    var number = 0
    var levels: [String: Int] = [:]
    while let next = reader.next() {
      number += 1
      guard let episode = try? next.get().episode, episode.conclusion != .stopped,
        let sample = KnownAgent.Sample(episode)
      else { continue }
      let key = KnownAgents.key(episode)
      // What is done on a level once more is no other level.
      let map = episode.level.map.elements.map { String($0.letter) }.joined(separator: " ")
      let level = "\(key) \(episode.level.map.width) \(map)"
      let place = levels[level] ?? samples[key]?.count ?? 0
      numbers[key, default: [:]][number] = place
      guard levels.updateValue(place, forKey: level) == nil else { continue }
      samples[key, default: []].append(sample)
    }
    for (key, samples) in samples {
      found[key] = KnownAgent(samples) { Workers(threads: threads).map($0, $1) }
      guard found[key] == nil || samples.count < GoalProfile.fewLevels else { continue }
      Wayward.complain(
        "\(key): \(samples.count) levels with a whole episode are few to know it by; below \(GoalProfile.fewLevels) "
          + "little pulls stay undecided")
    }
  }

  private static func key(_ episode: Episode) -> String {
    "\(episode.world.name), \(episode.agent)"
      + (episode.agentDigest.map { " " + JSON.hexadecimal($0) } ?? "")
  }

  /// What is known of the agent of an episode, without this one; `nil` where its levels tell too little.
  /// - Parameters:
  ///   - episode: the episode.
  ///   - number: of the episode in its file, from 1.
  /// - Throws: what is wrong where the agent cannot be had in the episode's world.
  mutating func known(of episode: Episode, number: Int) throws -> KnownAgent? {
    guard let named else {
      let key = KnownAgents.key(episode)
      guard let known = found[key] ?? nil else { return nil }
      return numbers[key]?[number].map(known.without) ?? known
    }
    let world = episode.world
    let agent = try agents[world.name] ?? named.library.agent(named.name, for: world)
    agents[world.name] = agent
    let isOther = episode.agentDigest.flatMap { digest in agent.record.map { $0.digest != digest } }
    if isOther ?? (agent.name != episode.agent) {
      Wayward.complain(
        "episode \(number) is of '\(episode.agent)', and --profile names '\(agent.name)'; "
          + (isOther == true ? "their parameters differ, so it is judged by itself" : "it is judged as one of that"))
    }
    if isOther == true { return nil }
    if let known = found[world.name] { return known }
    let meter = Meter("\(world.name), \(agent.name)", of: GoalProfile.fewLevels)
    defer { meter.clear() }
    let known = AgentProfile.known(agent, in: world, threads: threads, progress: meter.show).known
    found[world.name] = known
    return known
  }
}
