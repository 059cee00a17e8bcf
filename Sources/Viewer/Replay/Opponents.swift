import Archive
import Gridworlds
import Planning
import Studies
import TerminalUI
import Worlds

/// What a run can be compared with.
enum Opponent: Sendable {
  /// The same agent on another level: the training twin of a shifted one, or the other way round.
  case twin(Level)
  case otherIntention
  /// The same agent with another seed of its sampling.
  case seed(UInt64)
  /// Another agent in the same place.
  case rival(Agent.Source)
  /// Another episode of the file or page.
  case episode(Int)
  /// A branch, or the episode itself.
  case branch(Int?)
}

/// Choosing what to compare with.
extension ReplayScene {
  /// Does what is asked if it is about comparing, else `nil`.
  mutating func performComparison(_ command: Command) -> [Wish]? {
    switch command {
    case .compare:
      let opponents = opponents
      isPlaying = false
      guard let only = opponents.first else {
        notice = "There is nothing to compare with: no agent is at hand, and this is the only episode."
        return []
      }
      if opponents.count == 1 { return compare(with: only) }
      panel = .opponents(ChoiceList(title: "Compare with", lines: opponents.map(line)), opponents)
    case .otherIntention:
      guard agent != nil, run.episode.world.otherIntention != nil else {
        let others = Catalogue.ambiguous.map(\.world.family).joined(separator: " and ")
        notice = "This world has one intention only: \(others) have two."
        return []
      }
      return compare(with: .otherIntention)
    default: return nil
    }
    return []
  }

  /// All that the shown run can be compared with, the most telling first.
  var opponents: [Opponent] {
    let (world, level) = (run.episode.world, run.episode.level)
    var list: [Opponent] = []
    let isPlain = run.episode.interventions.isEmpty
    if shownBranch != nil { list.append(.branch(tree[shownBranch ?? 0]?.parent)) }
    if let agent, isPlain {
      if let twin = world.twin(of: level) { list.append(.twin(twin)) }
      if world.otherIntention != nil { list.append(.otherIntention) }
      if !agent.greedy { list.append(.seed(agent.seed &+ 1)) }
      list += rivals.filter { $0.name != run.episode.agent }.map { .rival($0) }
    }
    let parent = shownBranch.flatMap { tree[$0]?.parent }
    if shownBranch != nil, parent != nil { list.append(.branch(nil)) }
    list += tree.branches.filter { $0.id != shownBranch && $0.id != parent }.map { .branch($0.id) }
    list += runs.indices.filter { $0 != index }.map { .episode($0) }
    return list
  }

  private func line(_ opponent: Opponent) -> ChoiceList.Line {
    switch opponent {
    case .twin(let level):
      let isTraining = run.episode.world.trainingTwin(of: run.episode.level).map { $0.map == level.map } ?? false
      return .init(
        text: isTraining ? "its training twin" : "its shifted twin",
        detail: level.title.isEmpty ? level.reference : level.title)
    case .otherIntention:
      let other = run.episode.world.otherIntention
      return .init(text: "the other intention", detail: other.map { "meant: \($0.goals[$0.intended].noun)" } ?? "")
    case .seed(let seed): return .init(text: "another draw of the same policy", detail: "seed \(seed)")
    case .rival(let rival): return .init(text: "agent \(rival.name)", detail: "same level")
    case .episode(let index):
      let (words, ink) = GalleryScene.short(runs[index])
      return .init(text: "episode \(index + 1)  \(runs[index].episode.level.reference)", detail: words, ink: ink)
    case .branch(let id):
      let run = tree.run(of: id)
      let (words, ink) = run.analysis == nil ? ("", Ink.dim) : GalleryScene.short(run)
      return .init(text: id.map { "Y\($0) \(tree.name(of: $0))" } ?? "the episode", detail: words, ink: ink)
    }
  }

  /// Opens a comparison, at once where both runs are there.
  mutating func compare(with opponent: Opponent) -> [Wish] {
    let own = side
    let (world, level) = (run.episode.world, run.episode.level)
    let frame = frame
    func played(_ name: String, _ play: @escaping @Sendable () -> (Run, Agent)?) -> [Wish] {
      notice = "Playing the other side…"
      return [
        .effect(
          .work {
            guard let (run, agent) = play() else {
              return .comparison(nil, problem: "The other side cannot be played: \(name) does not fit this world.")
            }
            let other = ComparisonScene.Side(run: run, agent: agent, name: name)
            return .comparison(ComparisonScene(own, other, at: frame), problem: "")
          })
      ]
    }
    switch opponent {
    case .episode(let index):
      let other = ComparisonScene.Side(
        run: runs[index], agent: agent, name: "episode \(index + 1), \(runs[index].episode.level.reference)")
      return [.enter(ComparisonScene(own, other, at: frame))]
    case .branch(let id): return [.enter(comparison(of: shownBranch, with: id))]
    case .twin(let level):
      guard let agent else { return [] }
      let twin = ComparisonScene.twin(of: own, on: level, at: frame, agent: agent)
      notice = "Playing the twin…"
      return [.effect(.work { .comparison(twin(), problem: "") })]
    case .otherIntention:
      guard let agent, let other = world.otherIntention else { return [] }
      let name = "meant: \(other.goals[other.intended].noun)"
      let own = ComparisonScene.Side(
        run: run, agent: agent, name: "meant: \(world.goals[world.intended].noun)")
      return [
        .effect(
          .work {
            guard let under = try? level.under(other) else {
              return .comparison(nil, problem: "This level does not fit the other intention.")
            }
            let side = ComparisonScene.Side(run: agent.run(other, under), agent: agent, name: name)
            return .comparison(ComparisonScene(own, side, at: frame), problem: "")
          })
      ]
    case .seed(let seed):
      guard let agent else { return [] }
      let other = agent.sampling(seed: seed)
      return played("seed \(seed)") { (other.run(world, level), other) }
    case .rival(let rival):
      let (seed, greedy) = (agent?.seed ?? 1, agent?.greedy ?? false)
      return played("agent \(rival.name)") {
        rival.load().map { loaded in
          let other = loaded.sampling(seed: seed, greedy: greedy)
          return (other.run(world, level), other)
        }
      }
    }
  }

  /// The run that is shown as a side of a comparison.
  private var side: ComparisonScene.Side {
    let name =
      shownBranch.map { tree.name(of: $0) }
      ?? (run.episode.level.title.isEmpty ? run.episode.level.reference : run.episode.level.title)
    return ComparisonScene.Side(run: run, agent: agent, name: name)
  }

  /// A branch beside another one, or beside the episode itself; what is older is A.
  func comparison(of id: Int?, with other: Int?) -> ComparisonScene {
    let sides = [other, id].sorted { ($0 ?? 0) < ($1 ?? 0) }.map {
      ComparisonScene.Side(run: tree.run(of: $0), agent: agent, name: tree.name(of: $0))
    }
    let step = id.flatMap { tree[$0]?.leavesAt } ?? other.flatMap { tree[$0]?.leavesAt } ?? frame
    return ComparisonScene(sides[0], sides[1], at: step)
  }
}
