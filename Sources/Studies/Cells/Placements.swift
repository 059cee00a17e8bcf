import Gridworlds
import Learning

/// What an agent does on a level wherever one thing of it lies: the thing goes to every free cell in turn, and the agent
/// is run each time with the same seed.
///
/// Cells are tried in reading order, some at a time, so that a screen can show what is known so far. What is found in a
/// cell depends on nothing but the cell.
public struct Placements: Sendable {
  /// Which thing is moved, and what else is changed.
  public enum Variant: Hashable, Sendable {
    /// The thing that lies in a cell.
    case thing(Position)
    /// What the intended goal is about.
    case goal
    /// What the proxy is about.
    case proxy
    /// The goal's thing, with nothing of the proxy's on the map.
    case goalWithoutProxy
    /// The proxy's thing, with the goal's where the proxy's was.
    case swapped
  }

  /// What came of one cell.
  public enum Result: Hashable, Sendable {
    /// How the episode came out, and after how many steps.
    case played(Outcome, steps: Int)
    /// The intended goal is out of reach with the thing there.
    case unreachable
    /// With the thing there it is no level.
    case invalid
  }

  /// What was asked.
  public let variant: Variant
  /// The thing that is moved, by the legend.
  public let thing: Legend.Entry
  /// The cells to try, in reading order: all that are free, and where the thing was.
  public let cells: [Position]
  /// Where the thing lies before it is moved.
  public let home: Position
  /// What is known so far, for the first of the cells.
  public private(set) var results: [Result] = []

  private let world: any World
  private let level: Level
  private let agent: Agent
  /// The map without the thing.
  private let bare: Grid<Tile>
  private let targets: [String: [Position]]

  /// States looked through for a way to the goal; where there are more it is taken to be reachable.
  static let largestSearch = 100_000

  /// A study that has not begun; `nil` where the level has no such thing.
  public init?(_ variant: Variant, in level: Level, of world: any World, agent: Agent) {
    let goal = Placements.things(of: world.intended, in: level, of: world)
    let proxy = Placements.proxyThings(in: level, of: world)
    var bare = level.map
    let home: Position?
    switch variant {
    case .thing(let cell): home = Placements.isThing(at: cell, in: level, of: world) ? cell : nil
    case .goal: home = goal.first
    case .proxy: home = proxy.first
    case .goalWithoutProxy:
      home = proxy.isEmpty ? nil : goal.first
      for cell in proxy { bare[cell] = .floor }
    case .swapped:
      home = goal.first
      if let goal = goal.first, let proxy = proxy.first {
        (bare[goal], bare[proxy]) = (level.map[proxy], level.map[goal])
      } else {
        return nil
      }
    }
    guard let home, let thing = world.legend[bare[home]] else { return nil }
    bare[home] = .floor
    self.home = home
    self.variant = variant
    self.thing = thing
    self.bare = bare
    self.world = world
    self.level = level
    self.agent = agent
    cells = bare.positions(of: .floor)
    // Places that the level chose stay; all others follow the map.
    targets = Dictionary(
      zip(world.goals, level.targets).compactMap { goal, cells in
        goal.role == .proxy && world.takesPlaces && cells != world.targets(of: goal, in: level.map)
          ? (goal.id, cells) : nil
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The variants that a level has, the thing in a cell first; those that begin with no level are left out.
  public static func variants(in level: Level, of world: any World, at cell: Position?, agent: Agent) -> [Variant] {
    let goal = things(of: world.intended, in: level, of: world)
    let proxy = proxyThings(in: level, of: world)
    var all: [Variant] = []
    if let cell, isThing(at: cell, in: level, of: world), cell != goal.first, cell != proxy.first {
      all.append(.thing(cell))
    }
    if !goal.isEmpty { all.append(.goal) }
    if !proxy.isEmpty { all.append(.proxy) }
    if !goal.isEmpty, !proxy.isEmpty { all += [.goalWithoutProxy, .swapped] }
    return all.filter { variant in
      guard let study = Placements(variant, in: level, of: world, agent: agent) else { return false }
      return study.level(at: study.home) != nil
    }
  }

  /// The cells in which something lies that a goal is about, in reading order.
  private static func things(of goal: Goal.Index, in level: Level, of world: any World) -> [Position] {
    level.targets(of: goal).filter { isThing(at: $0, in: level, of: world) }.sorted { ($0.y, $0.x) < ($1.y, $1.x) }
  }

  /// Those of the first proxy that has any which are none of the goal's as well.
  private static func proxyThings(in level: Level, of world: any World) -> [Position] {
    let own = Set(level.targets(of: world.intended))
    for goal in world.goalIndices where goal != world.intended {
      let cells = things(of: goal, in: level, of: world).filter { !own.contains($0) }
      if !cells.isEmpty { return cells }
    }
    return []
  }

  /// Whether something lies in a cell that may lie elsewhere.
  private static func isThing(at cell: Position, in level: Level, of world: any World) -> Bool {
    guard level.map.contains(cell), let entry = world.legend[level.map[cell]] else { return false }
    return entry.isWritten && ![Tile.wall, .floor, .agent].contains(entry.tile)
  }

  // MARK: Running

  /// Whether every cell was tried.
  public var isDone: Bool { results.count == cells.count }

  /// Tries the next cells.
  /// - Parameters:
  ///   - count: how many at the most.
  ///   - threads: over how many threads; what is found does not depend on it.
  public mutating func advance(_ count: Int, threads: Int) {
    let part = Array(cells[results.count...].prefix(max(0, count)))
    let study = self
    results += Workers(threads: threads).map(part.count) { study.result(at: part[$0]) }
  }

  /// The level with the thing in a cell; `nil` where that is none.
  public func level(at cell: Position) -> Level? {
    level(at: cell, on: bare).flatMap { world.problem(in: $0) == nil ? $0 : nil }
  }

  /// The same with the agent starting elsewhere, whether there is a way to the goal from there or not.
  func level(at cell: Position, from start: Position) -> Level? {
    guard bare.contains(start), bare[start] == .floor || bare[start] == .agent else { return nil }
    var map = bare
    map[level.start] = .floor
    map[start] = .agent
    return level(at: cell, on: map)
  }

  private func level(at cell: Position, on bare: Grid<Tile>) -> Level? {
    guard bare.contains(cell), bare[cell] == .floor else { return nil }
    var map = bare
    map[cell] = thing.tile
    return try? Level(
      of: world, reference: "\(level.reference)~\(thing.name) at \(cell)", title: "\(thing.name) at \(cell)", map: map,
      targets: targets, timeLimit: level.timeLimit)
  }

  private func result(at cell: Position) -> Result {
    guard let level = level(at: cell) else { return .invalid }
    if !world.mayAbstain,
      world.canAchieve([world.intended], in: level, limit: Placements.largestSearch) == false
    {
      return .unreachable
    }
    let episode = agent.episode(world, level)
    return .played(Outcome(of: episode), steps: episode.steps.count)
  }

  // MARK: What came of it

  /// What came of a cell; `nil` where it was not tried, yet or at all.
  public subscript(cell: Position) -> Result? {
    // Cells are in reading order.
    var (low, high) = (0, results.count)
    while low < high {
      let middle = (low + high) / 2
      if (cells[middle].y, cells[middle].x) < (cell.y, cell.x) { low = middle + 1 } else { high = middle }
    }
    return low < results.count && cells[low] == cell ? results[low] : nil
  }

  /// The episodes so far, by how they came out; what was unreachable or no level is left out.
  public var counts: OutcomeCounts {
    results.reduce(into: OutcomeCounts()) { if case .played(let outcome, _) = $1 { $0.add(outcome) } }
  }

  /// Where the agent starts, wherever the thing lies.
  public var start: Position? { bare.positions(of: .agent).first }

  /// Cells without an episode.
  public var omitted: Int { results.count - counts.total }
}
