import Archive
import Gridworlds
import Learning
import Planning
import Studies
import TerminalUI
import Viewer
import Worlds

/// A way into the program that the monkey takes. Whatever can be opened from there it opens by itself.
struct MonkeyScene: Sendable {
  /// What `--scene` calls it.
  let name: String
  /// The program as it stands there.
  let open: @Sendable (_ stage: MonkeyStage, _ random: inout RandomSource, _ size: Size) -> App

  /// A room, and keys that are pressed in it first.
  init(
    _ name: String, keys: String = "",
    room: @escaping @Sendable (_ stage: MonkeyStage, _ random: inout RandomSource) -> (any Room)?
  ) {
    self.name = name
    open = { stage, random, size in
      let theme = Theme(random.pick(Theme.Name.allCases) ?? .dark)
      var app = App(room(stage, &random) ?? stage.gallery, theme: theme, size: size, outlet: MonkeyStage.outlet)
      app.drive((try? Key.sequence(keys)) ?? [])
      return app
    }
  }

  /// All of them. A new screen is a line here.
  static let all: [MonkeyScene] = [
    .init("gallery") { stage, _ in stage.gallery },
    .init("replay") { stage, random in stage.replay(&random) },
    .init("file") { stage, random in stage.file(&random) },
    .init("compare", keys: "c") { stage, random in stage.replay(&random) },
    .init("comparison", keys: "c Enter") { stage, random in stage.replay(&random) },
    .init("take-over", keys: ". w") { stage, random in stage.replay(&random) },
    .init("branches", keys: ". w Up Space B") { stage, random in stage.replay(&random) },
    .init("intention", keys: "C") { stage, random in stage.replay(&random) },
    .init("playing", keys: "Space") { stage, random in stage.replay(&random) },
    .init("play") { stage, random in stage.played(&random) },
    .init("training") { stage, _ in stage.training() },
    .init("life") { stage, random in LifeRoom(TreeLife.Settings(seed: random.next() % 1000), at: random.below(3000)) },
    .init("editor") { stage, random in stage.editor(&random) },
    .init("sweep", keys: "W") { stage, random in stage.editor(&random) },
    .init("save", keys: "S") { stage, random in stage.editor(&random) },
    .init("help", keys: "?") { stage, random in stage.replay(&random) },
    .init("about", keys: "A") { stage, random in stage.replay(&random) },
    .init("explain", keys: "e") { stage, random in stage.replay(&random) },
    .init("palette", keys: "^P") { stage, random in stage.replay(&random) },
    .init("prompt", keys: ":") { stage, random in stage.replay(&random) },
    .init("export", keys: "S") { stage, random in stage.replay(&random) },
  ]
}

/// What the monkey's scenes are made of: episodes of every world by agents that need no file.
struct MonkeyStage: Sendable {
  /// An episode with its agent.
  struct Act: Sendable {
    let run: Run
    let agent: Agent
  }

  let acts: [Act]

  /// Plays the acts: in each world an optimal agent of the proxy, one of the intended goal, and a random walker.
  init(worlds: [any World]) {
    acts = worlds.flatMap { world in
      (0..<3).map { index in
        let level = world.generate(index == 1 ? .training : .shifted, seed: 1_000_000 + UInt64(index))
        let graph = index < 2 ? StateGraph(world, level) : nil
        let goal = index == 0 ? world.goalIndices.first { $0 != world.intended } ?? 0 : world.intended
        let policy: any Policy = graph.map { PlantedPolicy($0, goal: goal, lapse: 0.1) } ?? UniformPolicy()
        let agent = Agent(policy, seed: UInt64(index))
        return Act(run: agent.run(world, level), agent: agent)
      }
    }
  }

  /// Half of all names are taken already, and some cannot be written; nothing is ever written.
  static let outlet = Outlet(
    exists: { $0.utf8.count.isMultiple(of: 2) },
    write: { text, path in
      text.isEmpty || path.utf8.count % 5 == 0
        ? FileProblem(path: path, cause: "it cannot be written", mend: "name another") : nil
    })

  private func act(_ random: inout RandomSource) -> Act? { random.pick(acts) }

  /// A replay of one or of several episodes.
  func replay(_ random: inout RandomSource) -> ReplayRoom? {
    guard let act = act(&random) else { return nil }
    // An agent acts in one world, so the episodes beside one another are of one.
    let others = acts.filter { $0.run.episode.world.name == act.run.episode.world.name }.map(\.run)
    let runs = random.chance(0.5) ? [act.run] : [act.run] + others
    return ReplayRoom(runs: runs, agent: act.agent)
  }

  /// The same from a file, so without an agent; some of it does not fit the rules any more and is cut.
  func file(_ random: inout RandomSource) -> ReplayRoom? {
    guard let act = act(&random) else { return nil }
    let cut = random.chance(0.3) ? act.run.episode.prefix(random.below(5)) : act.run.episode
    var reader = EpisodeFile.Reader(
      .init(EpisodeFile.lines(of: cut).utf8), path: "memory.jsonl", world: { try Catalogue.world(named: $0) })
    guard case .success(let recorded)? = reader.next() else { return nil }
    return ReplayRoom(runs: [Run(recorded.episode)], agent: nil, source: "wayward replay memory.jsonl")
  }

  /// The editor on a level, or on an empty room; sometimes without an agent.
  func editor(_ random: inout RandomSource) -> EditorRoom? {
    act(&random).map { act in
      let (world, level) = (act.run.episode.world, act.run.episode.level)
      let sketch =
        random.chance(0.7)
        ? LevelSketch(level, of: world)
        : LevelSketch(emptyRoomOf: world, width: random.below(60), height: random.below(30))
      return EditorRoom(
        sketch, reference: level.reference, path: "levels/\(world.family)/new.yaml",
        agent: random.chance(0.8) ? act.agent : nil
      ) { ReplayRoom($0, agent: $1, isPlaying: true) }
    }
  }

  func played(_ random: inout RandomSource) -> ReplayRoom? {
    act(&random).map { ReplayRoom.played($0.run.episode.world, $0.run.episode.level) }
  }

  /// A training that has its news prepared, and ends in different ways.
  func training() -> TrainingRoom {
    let acts = acts
    return TrainingRoom(title: "wayward train corner --seed 1", control: TrainingControl()) { control, post in
      for update in 1...12 where !control.isStopped {
        let (first, second) = (acts[update % acts.count], acts[(update + 1) % acts.count])
        var report = TrainingReport()
        (report.updates, report.steps) = (update, update * 8_192)
        report.successRate = update % 3 == 0 ? nil : 1 - 1 / Double(update)
        report.meanReturn = 1 - 1 / Double(update)
        report.entropy = 1.38 / Double(update).squareRoot()
        var news = TrainingNews(
          report: report, totalSteps: 100_000, stepsPerSecond: update == 1 ? 0 : 150_000, seconds: Double(update) / 18,
          agent: first.agent, training: first.run, shifted: second.run)
        if update > 9 { news.measured = Double(update) / 12 }
        if update == 12 {
          news.kept = acts.count % 2 == 0 ? "levels/corner/agents/seed-2.safetensors" : nil
          if news.kept == nil {
            news.problem = FileProblem(path: "levels/corner/agents", cause: "the disk is full", mend: "make room")
          }
        }
        post(news)
      }
    }
  }

  /// A gallery in which one world has no agent.
  var gallery: GalleryRoom {
    let worlds = acts.reduce(into: [String]()) { names, act in
      if !names.contains(act.run.episode.world.name) { names.append(act.run.episode.world.name) }
    }
    let acts = acts
    let stage = self
    return GalleryRoom(
      GallerySource(worlds: worlds + ["empty"]) { choice in
        let own = acts.filter { $0.run.episode.world.name == choice.world }
        return GalleryStock(
          choice: choice, shelf: own.isEmpty ? nil : ActShelf(acts: own),
          agents: own.isEmpty ? [] : ["planted", "walker"],
          made: [choice.world: own.count],
          problems: own.isEmpty ? ["levels/empty/agents: there is no trained agent; run: wayward train empty"] : [])
      }
    ) { _ in stage.training() }
  }
}

/// Acts as the gallery lists them.
private struct ActShelf: EpisodeShelf {
  let acts: [MonkeyStage.Act]

  var count: Int { acts.count }
  func label(_ place: Int) -> EpisodeLabel {
    EpisodeLabel(name: "#\(1_000_000 + place)", agent: acts[place].run.episode.agent, split: nil)
  }
  func run(_ place: Int) throws(FileProblem) -> Run { acts[place].run }
  func agent(_ place: Int) -> Agent? { acts[place].agent }
}
