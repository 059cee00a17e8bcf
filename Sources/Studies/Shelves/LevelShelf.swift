import Archive
import Gridworlds
import Learning
import Planning

/// What agents do on a world's levels: the hand-made ones, then held-out ones of both distributions.
///
/// Drawn levels are made anew from their numbers whenever one is asked for.
public struct LevelShelf: EpisodeShelf {
  /// A hand-made level under its name.
  public struct Made: Sendable {
    let name: String
    let world: any World
    let level: Level

    /// A hand-made level under its name.
    public init(name: String, world: any World, level: Level) {
      self.name = name
      self.world = world
      self.level = level
    }
  }

  /// The world of the drawn levels.
  public let world: any World
  /// The hand-made levels.
  public let made: [Made]
  /// How many levels of each distribution.
  public let drawn: Int
  /// Who acts, one after the other on each level.
  public let agents: [Agent]

  /// A shelf of levels.
  /// - Parameter drawn: levels of each distribution, at most a million.
  public init(world: any World, made: [Made], drawn: Int, agents: [Agent]) {
    self.world = world
    self.made = made
    self.drawn = max(0, min(drawn, 1_000_000))
    self.agents = agents
  }

  public var count: Int { (made.count + 2 * drawn) * agents.count }

  /// How many episodes there are of some levels.
  public func count(of split: EpisodeSplit) -> Int { (split == .made ? made.count : drawn) * agents.count }

  public func label(_ place: Int) -> EpisodeLabel {
    guard let (level, index) = parts(of: place) else { return EpisodeLabel(name: "", agent: nil, split: nil) }
    let agent = agents[index].name
    if level < made.count { return EpisodeLabel(name: made[level].name, agent: agent, split: .made) }
    let (split, seed) = draw(level)
    return EpisodeLabel(name: "#\(seed)", agent: agent, split: EpisodeSplit(split))
  }

  public func agent(_ place: Int) -> Agent? { parts(of: place).map { known($0.agent) } }

  /// An agent, known from what it does on other levels: found out when it first acts.
  private func known(_ index: Int) -> Agent {
    agents[index].record == nil ? agents[index] : AgentProfile.known(agents[index], in: world, threads: 1)
  }

  public func run(_ place: Int) throws(FileProblem) -> Run {
    guard let (index, agent) = parts(of: place) else {
      throw FileProblem(path: world.name, cause: "there is no episode \(place)", mend: "there are \(count)")
    }
    let (world, level) = level(index)
    return known(agent).run(world, level)
  }

  /// Hand-made levels first, then shifted and training levels by turns, so that both rates fill in together.
  public func place(atTurn turn: Int) -> Int {
    guard !agents.isEmpty else { return turn }
    let (level, agent) = turn.quotientAndRemainder(dividingBy: agents.count)
    guard level >= made.count else { return turn }
    let (number, side) = (level - made.count).quotientAndRemainder(dividingBy: 2)
    return (made.count + side * drawn + number) * agents.count + agent
  }

  /// What all agents need of a level is worked out once.
  public func summaries(turns: Range<Int>) -> [EpisodeSummary?] {
    var known: (level: Int, graph: StateGraph?)?
    return turns.map { turn in
      guard let (index, agent) = parts(of: place(atTurn: turn)) else { return nil }
      let (world, level) = level(index)
      if known?.level != index { known = (index, StateGraph(world, level)) }
      return EpisodeSummary(self.known(agent).run(world, level, graph: known?.graph))
    }
  }

  private func parts(of place: Int) -> (level: Int, agent: Int)? {
    guard (0..<count).contains(place) else { return nil }
    let (level, agent) = place.quotientAndRemainder(dividingBy: agents.count)
    return (level, agent)
  }

  /// The distribution and the number of a drawn level.
  private func draw(_ level: Int) -> (Split, seed: UInt64) {
    let number = level - made.count
    let isTraining = number >= drawn
    let seed = TrainingConfiguration.firstHeldOutSeed + UInt64(isTraining ? number - drawn : number)
    return (isTraining ? .training : .shifted, seed)
  }

  private func level(_ index: Int) -> (any World, Level) {
    if index < made.count { return (made[index].world, made[index].level) }
    let (split, seed) = draw(index)
    return (world, world.generate(split, seed: seed))
  }
}
