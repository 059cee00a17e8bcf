import Gridworlds
import Studies
import TerminalUI
import Worlds

/// What the run shown can be compared with: the list to choose from, and how a comparison is opened.
struct Opponents: Part {
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

  /// How a comparison comes about.
  enum Opening: Sendable {
    case now(ComparisonRoom)
    /// One that has to be played first: what is said meanwhile, what is said where there is none, and the work.
    case later(notice: String, problem: String, @Sendable () -> ComparisonRoom?)
    /// Nothing is opened, for a reason in words or for none.
    case none(String?)
  }

  /// Where one stands: what is shown, and what else there is.
  struct Place {
    let view: Viewpoint
    let reel: EpisodeReel
    let branching: Branching

    fileprivate var tree: BranchTree { branching.tree(reel) }

    /// The run that is shown as a side of a comparison.
    fileprivate var side: ComparisonRoom.Side {
      let title = view.level.title
      let name = branching.shown.map { tree.name(of: $0) } ?? (title.isEmpty ? view.level.reference : title)
      return ComparisonRoom.Side(run: view.run, agent: view.agent, name: name)
    }
  }

  /// Other agents that could act here.
  private let rivals: [Agent.Source]
  /// The list, while it is open.
  private(set) var list: ChoiceList?
  /// What its lines mean.
  private var lines: [Opponent] = []

  init(rivals: [Agent.Source]) { self.rivals = rivals }

  /// Asks what to compare with, where there is more than one thing.
  mutating func ask(_ place: Place) -> Opening {
    let found = opponents(place)
    guard let only = found.first else {
      return .none("There is nothing to compare with: no agent is at hand, and this is the only episode.")
    }
    if found.count == 1 { return open(only, place) }
    list = ChoiceList(title: "Compare with", lines: found.map { line($0, place) })
    lines = found
    return .none(nil)
  }

  mutating func perform(_ command: ListCommand) { list?.perform(command) }
  mutating func point(_ mouse: MouseEvent, in size: Size) { list?.point(mouse, in: size) }

  mutating func perform(_ command: OpponentCommand, _ place: Place) -> Opening {
    guard let list else { return .none(nil) }
    switch command {
    case .open:
      guard lines.indices.contains(list.selected) else { return .none(nil) }
      self.list = nil
      return open(lines[list.selected], place)
    case .leave:
      self.list = nil
      return .none(nil)
    }
  }

  /// The same agent under the other intention.
  func openOtherIntention(_ place: Place) -> Opening {
    guard place.view.agent != nil, place.view.world.otherIntention != nil else {
      let others = Catalogue.ambiguous.map(\.world.family).joined(separator: " and ")
      return .none("This world has one intention only: \(others) have two.")
    }
    return open(.otherIntention, place)
  }

  /// All that the shown run can be compared with, the most telling first.
  private func opponents(_ place: Place) -> [Opponent] {
    let (view, tree, shown) = (place.view, place.tree, place.branching.shown)
    var list: [Opponent] = []
    if let shown { list.append(.branch(tree[shown]?.parent)) }
    if let agent = view.agent, view.episode.interventions.isEmpty {
      if let twin = view.world.twin(of: view.level) { list.append(.twin(twin)) }
      if view.world.otherIntention != nil { list.append(.otherIntention) }
      if !agent.greedy { list.append(.seed(agent.seed &+ 1)) }
      list += rivals.filter { $0.name != view.episode.agent }.map { .rival($0) }
    }
    let parent = shown.flatMap { tree[$0]?.parent }
    if shown != nil, parent != nil { list.append(.branch(nil)) }
    list += tree.branches.filter { $0.id != shown && $0.id != parent }.map { .branch($0.id) }
    list += place.reel.runs.indices.filter { $0 != place.reel.index }.map { .episode($0) }
    return list
  }

  private func line(_ opponent: Opponent, _ place: Place) -> ChoiceList.Line {
    let (world, runs) = (place.view.world, place.reel.runs)
    switch opponent {
    case .twin(let level):
      let isTraining = world.trainingTwin(of: place.view.level).map { $0.map == level.map } ?? false
      return .init(
        text: isTraining ? "its training twin" : "its shifted twin",
        detail: level.title.isEmpty ? level.reference : level.title)
    case .otherIntention:
      let other = world.otherIntention
      return .init(text: "the other intention", detail: other.map { "meant: \($0.goals[$0.intended].noun)" } ?? "")
    case .seed(let seed): return .init(text: "another draw of the same policy", detail: "seed \(seed)")
    case .rival(let rival): return .init(text: "agent \(rival.name)", detail: "same level")
    case .episode(let index):
      let (words, ink) = VerdictLook.short(runs[index])
      return .init(text: "episode \(index + 1)  \(runs[index].episode.level.reference)", detail: words, ink: ink)
    case .branch(let id):
      let run = place.tree.run(of: id)
      let (words, ink) = run.analysis == nil ? ("", Ink.dim) : VerdictLook.short(run)
      return .init(text: id.map { "Y\($0) \(place.tree.name(of: $0))" } ?? "the episode", detail: words, ink: ink)
    }
  }

  /// A branch beside another one, or beside the episode itself; what is older is A.
  static func comparison(of id: Int?, with other: Int?, _ place: Place) -> ComparisonRoom {
    let tree = place.tree
    let sides = [other, id].sorted { ($0 ?? 0) < ($1 ?? 0) }.map {
      ComparisonRoom.Side(run: tree.run(of: $0), agent: place.view.agent, name: tree.name(of: $0))
    }
    let step = id.flatMap { tree[$0]?.leavesAt } ?? other.flatMap { tree[$0]?.leavesAt } ?? place.view.frame
    return ComparisonRoom(sides[0], sides[1], at: step)
  }

  private func open(_ opponent: Opponent, _ place: Place) -> Opening {
    let (own, view) = (place.side, place.view)
    let (world, level, frame) = (view.world, view.level, view.frame)
    func played(_ name: String, _ play: @escaping @Sendable () -> (Run, Agent)?) -> Opening {
      .later(
        notice: "Playing the other side…",
        problem: "The other side cannot be played: \(name) does not fit this world."
      ) {
        play().map { run, agent in
          ComparisonRoom(own, ComparisonRoom.Side(run: run, agent: agent, name: name), at: frame)
        }
      }
    }
    switch opponent {
    case .episode(let index):
      let run = place.reel.runs[index]
      let name = "episode \(index + 1), \(run.episode.level.reference)"
      return .now(ComparisonRoom(own, ComparisonRoom.Side(run: run, agent: view.agent, name: name), at: frame))
    case .branch(let id): return .now(Opponents.comparison(of: place.branching.shown, with: id, place))
    case .twin(let level):
      guard let agent = view.agent else { return .none(nil) }
      let twin = ComparisonRoom.twin(of: own, on: level, at: frame, agent: agent)
      return .later(notice: "Playing the twin…", problem: "") { twin() }
    case .otherIntention:
      guard let agent = view.agent, let other = world.otherIntention else { return .none(nil) }
      let name = "meant: \(other.goals[other.intended].noun)"
      let own = ComparisonRoom.Side(
        run: view.run, agent: agent, name: "meant: \(world.goals[world.intended].noun)")
      return .later(notice: "", problem: "This level does not fit the other intention.") {
        (try? level.under(other)).map { under in
          let side = ComparisonRoom.Side(run: agent.run(other, under), agent: agent, name: name)
          return ComparisonRoom(own, side, at: frame)
        }
      }
    case .seed(let seed):
      guard let agent = view.agent else { return .none(nil) }
      let other = agent.sampling(seed: seed)
      return played("seed \(seed)") { (other.run(world, level), other) }
    case .rival(let rival):
      let (seed, greedy) = (view.agent?.seed ?? 1, view.agent?.greedy ?? false)
      return played("agent \(rival.name)") {
        rival.load().map { loaded in
          let other = loaded.sampling(seed: seed, greedy: greedy)
          return (other.run(world, level), other)
        }
      }
    }
  }
}

/// What can be done with what a run can be compared with.
enum OpponentCommand: PartCommand {
  case open, leave

  static let opening: [Binding<OpponentCommand>] = [
    .init("Enter", .open, "Compare", "compare with it", footer: "compare")
  ]

  static let keys: [Binding<OpponentCommand>] = [
    .init("q Esc c", .leave, "Compare", "close the list", footer: "close")
  ]
}
