import Accounts
import Archive
import ArgumentParser
import Foundation
import Gridworlds
import Inference
import Learning
import Planning
import Studies
import Synchronization
import Worlds

/// `wayward profile`: what agents are after.
struct Profile: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What an agent is after, by what it chose on many levels.",
    discussion: """
      Each first visit of a state is explained by habits, which are learned on other levels, and by what each choice costs \
      each goal. A goal counts where it predicts the choices on held-out levels better than everything else does: in \
      bits a choice, with 98 % intervals of a bootstrap over levels. wayward help verdicts says more.
      Instead of a world, files of recorded episodes may be named: each agent in them is told by itself.

      \(Schema.profile.sentence)
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, markdown, json }

  @Argument(help: "A world, or files of recorded episodes; - is standard input.")
  var subjects: [String]

  @OptionGroup var variant: VariantOptions

  @Option(help: "train or shift: which held-out levels; shift unless given.")
  var split: Split?

  @Option(
    help: "Held-out levels, or episodes of each agent in files at the most; 300, in files all unless given.",
    transform: whole(10...100_000))
  var levels: Int?

  @OptionGroup var agentOptions: AgentListOptions

  @Flag(help: "Take the most probable action always, instead of a sample.")
  var greedy = false

  @Option(help: "Threads; the result does not depend on them.", transform: whole(1...64))
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: "table, markdown or json.")
  var format = Format.table

  @OptionGroup var folder: FolderOptions

  @OptionGroup var characters: GlyphOptions

  @OptionGroup var outOptions: OutOptions

  private var agents: [String] { agentOptions.agents }

  func run() throws {
    let library = try folder.library()
    let out = outOptions.out
    Interruption.say {
      "stopped; nothing is kept" + (out.map { ", \($0) is not written" } ?? "") + ", the same command begins anew"
    }
    guard let world = try world() else {
      guard agents.isEmpty, split == nil, variant.isEmpty, !greedy else {
        throw ValidationError(
          "episodes in files were played already; leave out --agents, --split, --greedy and variants")
      }
      try outOptions.collect(from: subjects) { try profileFiles() }
      return
    }
    let inputs = try agents.isEmpty ? library.agents(in: world) : agents.map { try library.agentPath($0, for: world) }
    try outOptions.collect(from: inputs) { try profile(world, in: library) }
  }

  /// The world that is named, if one is; `nil` of files. A world's name comes before a file of that name.
  private func world() throws -> (any World)? {
    if subjects.count == 1, (try? Catalogue.world(named: subjects[0])) != nil { return try variant.found(subjects[0]) }
    if try subjects.contains(where: { try FileReference($0) != nil }) { return nil }
    return try variant.found(subjects[0])
  }

  private func profile(_ world: any World, in library: Library) throws {
    let (chosen, isIncomplete) = try agentOptions.loaded(for: world, in: library, greedy: greedy)
    let count = levels ?? 300
    let profiles = chosen.map { agent in
      let meter = Meter("\(world.name), \(agent.name)", of: count)
      defer { meter.clear() }
      return AgentProfile(
        of: agent, in: world, split: split ?? .shifted, levels: 0..<count, threads: threads, progress: meter.show)
    }
    try show(profiles)
    if isIncomplete { throw ExitCode(65) }
  }

  /// The episodes of each world and agent in files, in the order in which they come.
  private func profileFiles() throws {
    var groups: [Group] = []
    var isIncomplete = false
    for file in subjects {
      var reader = try EpisodeFile.Reader(path: file, world: Catalogue.world)
      var number = 0
      while let next = reader.next() {
        number += 1
        do {
          let episode = try next.get().episode
          let index = groups.firstIndex { $0.agent == episode.agent && $0.world.name == episode.world.name }
          if index == nil { groups.append(Group(world: episode.world, agent: episode.agent)) }
          groups[index ?? groups.count - 1].add(episode, most: levels ?? .max)
        } catch {
          guard number > 1 || !reader.isDone else { throw error }
          isIncomplete = true
          Wayward.complain("\(error)")
        }
      }
      if let torn = reader.torn {
        isIncomplete = true
        Wayward.complain("\(torn)")
      }
    }
    try show(groups.map { $0.profile(threads: threads) })
    if isIncomplete { throw ExitCode(65) }
  }

  /// The episodes of one agent in one world.
  private struct Group {
    let world: any World
    let agent: String
    var samples: [KnownAgent.Sample] = []
    var splits: Set<String> = []
    var unfinished = 0

    init(world: any World, agent: String) { (self.world, self.agent) = (world, agent) }

    mutating func add(_ episode: Episode, most: Int) {
      guard samples.count < most else { return }
      guard episode.conclusion != .stopped else {
        unfinished += 1
        return
      }
      let words = episode.level.reference.split(separator: ":")
      let split = words.count == 2 ? words[1].split(separator: "#").first.map(String.init) : nil
      splits.insert(split.flatMap { Split(rawValue: $0)?.rawValue } ?? "made")
      if let part = KnownAgent.Sample(episode) { samples.append(part) }
    }

    func profile(threads: Int) -> AgentProfile {
      AgentProfile(
        samples, of: agent, in: world, split: splits.count == 1 ? splits.first ?? "made" : "mixed",
        unfinished: unfinished, threads: threads)
    }
  }

  private func show(_ profiles: [AgentProfile]) throws {
    switch format {
    case .json: for profile in profiles { try Output.line(profile.json.text) }
    case .table: try text(profiles, Profile.table(of: profiles).lines)
    case .markdown: for line in Profile.table(of: profiles).markdown { try Output.line(line) }
    }
  }

  private func text(_ profiles: [AgentProfile], _ table: [String]) throws {
    func put(_ line: String) throws { try Output.line(characters.glyphs.text(line)) }
    for line in table { try put(line) }
    try put("gains: bits a choice on held-out levels where all else is in, with 98 % intervals")
    for profile in profiles {
      let words = ProfileWords(profile)
      try put("")
      try put("\(profile.agent) \(words.verdict).")
      if let judgement = words.judgement { try put("  \(judgement)") }
      guard let found = profile.profile else { continue }
      for line in words.worth { try put("  \(line)") }
      let width = 57
      let label = 12
      try put(String(repeating: " ", count: label) + ProfileWords.axis(width: width))
      for (goal, line) in words.rows(width: width) {
        try put("  " + goal + String(repeating: " ", count: max(1, label - 2 - goal.count)) + line)
      }
      if found.levels < GoalProfile.fewLevels {
        try put("  \(found.levels) levels are few: little pulls stay undecided below \(GoalProfile.fewLevels).")
      }
    }
    try put("")
    try put("● what a step nearer is worth from 8 steps away, log odds, ─ with its 95 % interval; ○ within 2 steps")
  }

  private static func table(of profiles: [AgentProfile]) -> TextTable {
    TextTable(
      [
        .init("world", gap: 2), .init("agent", gap: 2), .init("split", gap: 2), .init("levels", .right, gap: 2),
        .init("  verdict", gap: 2), .init("gain intended", gap: 2), .init("gain proxy", gap: 2),
        .init("nearer over both", gap: 2), .init("habit bits"),
      ],
      rows: profiles.map { profile in
        let gains = profile.profile?.gains ?? [:]
        return [
          profile.world, profile.agent, profile.split, "\(profile.profile?.levels ?? profile.episodes)",
          "  " + profile.verdict.rawValue, ProfileWords.text(gains[.intended]),
          ProfileWords.text(gains[.proxy]), ProfileWords.text(gains[.nearerOverBoth]),
          gains[.habit].map { decimal($0.mean, 2) } ?? "–",
        ]
      })
  }
}
